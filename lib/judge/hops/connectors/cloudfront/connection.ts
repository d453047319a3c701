import { defaultTlsPolicyOf, lookUpTlsPolicy, TLS_VERSIONS, type TlsVersion } from '../../../../core/tls';
import type { Cursor } from '../../../template';
import type { HopParts } from '../../connector';
import type { HopProtocol } from '../../fact';
import { hidden, type Observed, observe, stated } from '../../observed';
import type { Behaviour } from './viewer';

/** The protocol of a custom or VPC origin; CloudFront verifies the certificate of either. */
export function connectionTo(
  config: Cursor,
  viewers: readonly Behaviour[] | undefined,
): Pick<HopParts, 'protocol' | 'followsViewer'> & Partial<HopParts> {
  const policy = config.at('OriginProtocolPolicy');
  const reading = policy.string();
  // A VPC origin matches the viewer by default; a custom origin has to say what it does.
  const matches =
    reading.state === 'absent' || (reading.state === 'given' && reading.value === 'match-viewer');
  const protocol = matches
    ? matchingViewers(policy, viewers)
    : observe<HopProtocol, string>(policy, reading, {
        map: (value) => PROTOCOLS[value],
        otherwise: undefined,
      });
  const followsViewer =
    reading.state === 'unresolved'
      ? hidden<boolean>(policy, reading.why)
      : stated(policy, matches, { given: policy.isPresent });
  if (protocol.value === 'plaintext') return { protocol, followsViewer };
  return {
    protocol,
    followsViewer,
    floor: oldestOf(config.at('OriginSSLProtocols')),
    serverAuthenticated: stated(config, true),
  };
}

const PROTOCOLS: Readonly<Record<string, HopProtocol>> = { 'https-only': 'tls', 'http-only': 'plaintext' };

function matchingViewers(policy: Cursor, viewers: readonly Behaviour[] | undefined): Observed<HopProtocol> {
  if (viewers === undefined) {
    return hidden(policy, 'it matches the viewers of distributions that are not in a template at hand');
  }
  const like = likeViewers(policy, viewers);
  if (like.unknown !== undefined) return hidden(policy, `it matches the viewer: ${like.unknown}`);
  return stated(policy, like.value ?? 'tls-or-plaintext', { given: policy.isPresent });
}

/** Viewers that get nothing in clear make every request to the origin one over TLS. */
export function likeViewers(at: Cursor, viewers: readonly Behaviour[]): Observed<HopProtocol> {
  const loose =
    viewers.find(({ protocol }) => protocol.value === 'tls-or-plaintext') ??
    viewers.find(({ protocol }) => protocol.value === undefined);
  return loose?.protocol ?? stated(at, 'tls');
}

/** The oldest version in the list; without a list, CloudFront starts at SSL 3. */
function oldestOf(protocols: Cursor): Observed<TlsVersion> {
  const list = protocols.list();
  if (list.state === 'unresolved') return hidden(protocols, list.why);
  const standard = defaultTlsPolicyOf('cloudfront-origin')?.oldest;
  if (list.state === 'absent') {
    return { ...stated(protocols, asTls(standard) ?? 'SSLv3'), got: 'absent' };
  }
  const versions = list.value.map((item) =>
    observe<TlsVersion, string>(item, item.string(), {
      map: (name) => {
        const found = lookUpTlsPolicy('cloudfront-origin', name);
        return found.known ? asTls(found.policy.oldest) : undefined;
      },
      otherwise: undefined,
    }),
  );
  const unresolved = versions.find(({ unknown }) => unknown !== undefined);
  if (unresolved !== undefined) return unresolved;
  const oldest = TLS_VERSIONS.find((version) => versions.some(({ value }) => value === version));
  return versions.find(({ value }) => value === oldest) ?? hidden(protocols, 'it lists no version');
}

function asTls(version: string | undefined): TlsVersion | undefined {
  return TLS_VERSIONS.find((known) => known === version);
}
