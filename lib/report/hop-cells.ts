import { isAtLeast, lookUpTlsPolicy, type TlsPolicy } from '../core/tls';
import type { Hop, HopProtocol } from '../judge/hops';
import { visible } from './escape';

/** The headings of `Cells.values`. */
export const HOP_HEADINGS = ['data is', 'floor', 'keys', 'cert', 'HSTS', 'TLS policy'] as const;

/** What one hop shows, and how weak it is: 0 is the weakest. */
export interface Cells {
  readonly values: readonly string[];
  readonly rank: 0 | 1 | 2 | 3;
}

/**
 * What the posture shows of a hop.
 *
 * @param added TLS policies that the configuration adds to the catalogue
 * @param further hops that only add a certificate to this one
 */
export function cellsOf(hop: Hop, added: readonly TlsPolicy[], further: readonly Hop[] = []): Cells {
  const { policyService: service, tlsPolicy } = hop;
  const speaks = hop.protocol.value === 'tls' || hop.protocol.value === 'tls-or-plaintext';
  const found =
    speaks && service !== undefined && tlsPolicy.value !== undefined
      ? lookUpTlsPolicy(service, tlsPolicy.value, added)
      : undefined;
  const policy = found?.known === true ? found.policy : undefined;
  const hidden =
    found?.known === false || (speaks && service !== undefined && tlsPolicy.unknown !== undefined);
  const [travels, rank] = travelOf(hop);
  const floor = policy?.oldest ?? hop.floor.value;
  const isFloorUnknown = hidden || (floor === undefined && hop.floor.unknown !== undefined);
  const isLow = floor !== undefined && !isAtLeast(floor, 'TLSv1.2');
  return {
    values: [
      travels,
      !speaks ? '' : isFloorUnknown ? 'unknown' : (floor ?? ''),
      policy === undefined ? (hidden ? 'unknown' : '') : policy.postQuantum ? 'PQ hybrid' : 'classical',
      speaks ? certificatesOf([hop, ...further]) : '',
      speaks ? hstsOf(hop) : '',
      !speaks
        ? ''
        : visible(shortPolicyName(tlsPolicy.value ?? (tlsPolicy.unknown === undefined ? '' : 'unknown'))),
    ],
    rank: rank === 0 ? 0 : isLow || (speaks && isFloorUnknown) ? 1 : rank,
  };
}

const TRAVELS: Readonly<Record<Exclude<HopProtocol, 'tls'>, readonly [words: string, rank: 0 | 2 | 3]>> = {
  plaintext: ['IN CLEAR', 0],
  'tls-or-plaintext': ['TLS OR CLEAR', 0],
  'redirect-to-tls': ['redirected', 3],
  'refuses-plaintext': ['refused', 3],
  ssh: ['in SSH', 3],
  'pass-through': ['passed on', 2],
};

/** *Encrypted* and *encrypted and authenticated* are two things: the first trusts whoever answers. */
function travelOf(hop: Hop): readonly [words: string, rank: 0 | 2 | 3] {
  const { value, unknown } = hop.protocol;
  // Mail and text messages: no property decides, and AWS promises nothing.
  if (value === undefined && unknown === undefined) return ['up to others', 2];
  if (value === undefined) return ['NOT KNOWN', 0];
  if (value !== 'tls') return TRAVELS[value];
  if (hop.serverAuthenticated.value !== true) return ['encrypted', 2];
  return [hop.clientAuthentication.value === 'mutual-tls' ? 'mutual TLS' : 'authenticated', 3];
}

const CERTIFICATES: Readonly<Record<NonNullable<Hop['certificate']['value']>, string>> = {
  acm: 'ACM',
  'acm-imported': 'imported',
  'iam-server-certificate': 'IAM',
  'service-default': 'default',
  'private-ca': 'private',
  'service-owned': 'AWS',
};

/** `ACM`, `ACM x2`, `ACM, IAM`. */
function certificatesOf(hops: readonly Hop[]): string {
  const sources = hops.map(certificateOf).filter((source) => source !== '');
  return [...new Set(sources)]
    .map((source) => {
      const count = sources.filter((other) => other === source).length;
      return count === 1 ? source : `${source} x${count}`;
    })
    .join(', ');
}

function certificateOf({ certificate }: Hop): string {
  if (certificate.value !== undefined) return CERTIFICATES[certificate.value];
  return certificate.unknown === undefined ? '' : 'unknown';
}

const DAY = 86_400;
const YEAR = 365 * DAY;

function hstsOf({ hsts }: Hop): string {
  if (hsts === undefined) return '';
  if (hsts.value === undefined) return hsts.unknown === undefined ? '' : 'unknown';
  if (hsts.value === 'none') return 'none';
  const { maxAgeSeconds: seconds } = hsts.value;
  if (seconds >= YEAR) return `${Math.floor(seconds / YEAR)} y`;
  return seconds >= DAY ? `${Math.floor(seconds / DAY)} d` : `${seconds} s`;
}

/** AWS's names begin with what the endpoint says already. */
function shortPolicyName(name: string): string {
  return name.replace(
    /^(ELBSecurityPolicy-|SecurityPolicy_|IoTSecurityPolicy_|TransferSecurityPolicy-|Policy-)/,
    '',
  );
}
