import type { ProtocolVersion, TlsPolicy } from '../../core/tls';
import type { Hop, HopKind } from '../hops';

/**
 * Who proves that a hop is open: the client that is served in clear, the server that is believed. One sentence each,
 * without a full stop, about something that a reader can try.
 */

/** Who comes by a kind of hop; a client, where nothing more can be said. */
const COMERS: Partial<Readonly<Record<HopKind, string>>> = {
  'cloudfront.viewer': 'a browser',
  'elbv2.listener': 'a browser',
  'elb-classic.listener': 'a client',
  'sns.subscription': 'a subscriber',
  'transfer.server': 'a partner',
  'iot.domain': 'a device',
};

/** What is served in clear, where something is. */
export function servedInClear(hop: Hop): string | undefined {
  const { value, path } = hop.protocol;
  if (value !== 'plaintext' && value !== 'tls-or-plaintext') return undefined;
  const [, port] = /^port (\d{1,5})\b/.exec(hop.label ?? '') ?? [];
  const at = port === undefined ? '' : ` on port ${port}`;
  const { from, to } = hop;
  if (/Redirect/.test(path)) return `${comer(hop)} that follows the redirect goes on in clear`;
  if (isAmongOurs(hop))
    return `whoever captures packets in the network of ${to.name} reads what its nodes exchange`;
  if (comesIn(hop)) {
    if (hop.label === 'website') return 'a browser that opens the website endpoint is answered in clear';
    return value === 'plaintext'
      ? `${comer(hop)} that connects${at} is answered in clear`
      : `${comer(hop)} that does not ask for TLS${at} is served in clear`;
  }
  return value === 'plaintext'
    ? `whoever captures packets between ${from.name} and ${to.name} reads what is sent`
    : 'a server that offers no TLS is sent everything in clear';
}

/** Who still gets through by an old version of TLS. */
export function servedBelow(
  hop: Hop,
  oldest: ProtocolVersion | undefined,
  policy?: TlsPolicy,
): string | undefined {
  if (oldest === undefined) return undefined;
  const under = policy === undefined ? '' : ` under ${policy.name}`;
  return comesIn(hop)
    ? `${comer(hop)} that offers ${words(oldest)} at most completes the handshake${under}`
    : `${hop.from.name} completes the handshake with a server that offers ${words(oldest)} at most${under}`;
}

/** Who still gets through without forward secrecy. */
export function servedWithoutForwardSecrecy(hop: Hop, { name }: TlsPolicy): string {
  return comesIn(hop)
    ? `${comer(hop)} that offers RSA key transport alone completes the handshake under ${name}`
    : `a server that takes RSA key transport alone is accepted under ${name}`;
}

/** Who still gets a key that a quantum computer would find. */
export function servedClassically(hop: Hop, { name }: TlsPolicy): string {
  return comesIn(hop)
    ? `${comer(hop)} that offers X25519MLKEM768 is given a classical key agreement under ${name}`
    : `a server that takes X25519MLKEM768 is offered a classical key agreement under ${name}`;
}

/** Who is believed, where nobody looks at a certificate. */
export function believed({ from, to }: Hop): string {
  return `whoever answers in the place of ${to.name}, with any certificate at all, is believed by ${from.name}`;
}

/** Where the first request goes out before TLS. */
export function strippedOfTls(hop: Hop): string | undefined {
  if (hop.hsts?.value === undefined) return undefined;
  return hop.hsts.value === 'none'
    ? 'a browser whose user types the name alone asks in clear first, on every visit'
    : `a browser that was last here more than ${duration(hop.hsts.value.maxAgeSeconds)} ago asks in clear first`;
}

function comer({ kind }: Hop): string {
  return COMERS[kind] ?? 'a client';
}

/** Somebody outside the app connects; otherwise one of its resources does. */
function comesIn({ from }: Hop): boolean {
  return from.what === 'internet' || from.what === 'vpc' || from.what === 'external';
}

/** Nodes of one cluster, to each other. */
function isAmongOurs({ from, to }: Hop): boolean {
  return from.resource !== undefined && from.resource === to.resource;
}

/** `TLS 1.0`, as people say it. */
function words(version: ProtocolVersion): string {
  return version.replace(/^TLSv/, 'TLS ').replace(/^SSLv/, 'SSL ').replace('-', ' ');
}

function duration(seconds: number): string {
  const days = Math.floor(seconds / 86_400);
  if (days === 0) return `${seconds} s`;
  return days === 1 ? '1 day' : `${days} days`;
}
