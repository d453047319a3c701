import { isAtLeast, lookUpTlsPolicy, TLS_VERSIONS, type TlsPolicy } from '../../core/tls';
import type { ClientAuthentication, Hop, HopProtocol } from '../../judge/hops';
import { counted } from '../phrase';
import type { Trait } from './weakening';

interface Ranked {
  readonly rank: number;
  readonly words: string;
}

const PROTOCOLS: Readonly<Record<HopProtocol, Ranked>> = {
  tls: { rank: 0, words: 'TLS' },
  ssh: { rank: 0, words: 'SSH' },
  'refuses-plaintext': { rank: 0, words: 'plaintext refused' },
  'redirect-to-tls': { rank: 0, words: 'redirected to TLS' },
  'pass-through': { rank: 1, words: 'passed through, encrypted or not' },
  'tls-or-plaintext': { rank: 2, words: 'TLS or plaintext' },
  plaintext: { rank: 3, words: 'plaintext' },
};

const CLIENTS: Readonly<Record<ClientAuthentication, Ranked>> = {
  'mutual-tls': { rank: 0, words: 'mutual TLS' },
  'mutual-tls-optional': { rank: 1, words: 'mutual TLS where the client wants it' },
  iam: { rank: 1, words: 'IAM' },
  token: { rank: 1, words: 'a token' },
  none: { rank: 2, words: 'none' },
};

/**
 * What can be compared of a hop.
 *
 * @param added TLS policies that the configuration adds to the catalogue
 */
export function hopTraits(hop: Hop, added: readonly TlsPolicy[]): readonly Trait[] {
  const { protocol, serverAuthenticated, clientAuthentication } = hop;
  const traits: Trait[] = [exposureTrait(hop)];
  if (protocol.value !== undefined) {
    const { rank, words } = PROTOCOLS[protocol.value];
    traits.push({
      aspect: 'protocol',
      rank,
      words,
      level: rank >= 2 ? 'error' : 'warning',
      observed: protocol,
    });
  }
  const speaksTls = protocol.value === 'tls' || protocol.value === 'tls-or-plaintext';
  if (speaksTls) traits.push(...tlsTraits(hop, added));
  if (serverAuthenticated.value !== undefined && speaksTls) {
    const words = serverAuthenticated.value ? 'verified' : 'not verified';
    const rank = serverAuthenticated.value ? 0 : 1;
    traits.push({
      aspect: 'server authentication',
      rank,
      words,
      level: 'warning',
      observed: serverAuthenticated,
    });
  }
  if (clientAuthentication.value !== undefined) {
    const ranked = CLIENTS[clientAuthentication.value];
    traits.push({
      aspect: 'client authentication',
      ...ranked,
      level: 'warning',
      observed: clientAuthentication,
    });
  }
  return [...traits, ...hstsTraits(hop)];
}

/** The same plaintext is another fault where the internet can ask for it. */
function exposureTrait({ from, protocol }: Hop): Trait {
  const isOpen = from.what === 'internet';
  const isPlain = protocol.value === 'plaintext' || protocol.value === 'tls-or-plaintext';
  return {
    aspect: 'exposure',
    rank: isOpen ? 1 : 0,
    words: isOpen ? 'the internet' : from.what === 'vpc' ? 'clients in the VPC' : 'others than the internet',
    level: isPlain ? 'error' : 'warning',
    observed: protocol,
  };
}

function tlsTraits({ policyService: service, tlsPolicy, floor }: Hop, added: readonly TlsPolicy[]): Trait[] {
  if (service === undefined) return floor.value === undefined ? [] : [versionTrait(floor.value, floor)];
  if (tlsPolicy.value === undefined) return [];
  const found = lookUpTlsPolicy(service, tlsPolicy.value, added);
  // Whoever names a policy that nobody classified could name any.
  if (!found.known) return [];
  const { oldest, forwardSecret, postQuantum } = found.policy;
  const observed = tlsPolicy;
  return [
    ...(oldest === 'SSH-2.0' ? [] : [versionTrait(oldest, tlsPolicy)]),
    {
      aspect: 'forward secrecy',
      rank: forwardSecret ? 0 : 1,
      words: forwardSecret ? 'always' : 'not always',
      level: 'warning',
      observed,
    },
    {
      aspect: 'key agreement',
      rank: postQuantum ? 0 : 1,
      words: postQuantum ? 'post-quantum hybrid' : 'classical',
      level: 'info',
      observed,
    },
  ];
}

function versionTrait(version: (typeof TLS_VERSIONS)[number], observed: Trait['observed']): Trait {
  const rank = TLS_VERSIONS.length - TLS_VERSIONS.indexOf(version);
  const level = isAtLeast(version, 'TLSv1.2') ? 'warning' : 'error';
  return { aspect: 'TLS version', rank, words: `${version} or newer`, level, observed };
}

const DAY = 86_400;

function hstsTraits({ hsts }: Hop): Trait[] {
  if (hsts?.value === undefined) return [];
  const seconds = hsts.value === 'none' ? 0 : hsts.value.maxAgeSeconds;
  const words = seconds === 0 ? 'none' : `for ${counted(Math.floor(seconds / DAY), 'day')}`;
  // A rank is above 0, and the greater the shorter the time.
  const rank = 1 / (1 + seconds);
  return [{ aspect: 'HSTS', rank, words, level: seconds === 0 ? 'warning' : 'info', observed: hsts }];
}
