import { NOT_KNOWN, TRAVELS, type Travel } from '../../core/statement';
import type { Hop } from '../hops';

/** How bytes travel on a hop; `undefined` for an answer that carries no data of anyone: a redirect, a refusal. */
export function travelOf({ protocol, serverAuthenticated }: Hop): Travel | undefined {
  switch (protocol.value) {
    case undefined:
      // Mail and text messages: no property decides, and AWS promises nothing.
      return protocol.unknown === undefined ? 'up-to-receiver' : NOT_KNOWN;
    case 'plaintext':
    case 'tls-or-plaintext':
      return 'in-clear';
    case 'pass-through':
      return 'passed-on';
    case 'redirect-to-tls':
    case 'refuses-plaintext':
      return undefined;
    default:
      return serverAuthenticated.value === true ? 'encrypted-and-authenticated' : 'encrypted';
  }
}

/** A chain is as strong as its weakest link. */
export function weakestTravel(travels: readonly Travel[]): Travel | undefined {
  return TRAVELS.find((travel) => travels.includes(travel));
}

/** Whether TLS is spoken on a hop, so that its versions matter. */
export function speaksTls({ protocol }: Hop): boolean {
  return protocol.value === 'tls' || protocol.value === 'tls-or-plaintext';
}
