import { NOT_KNOWN, type Stated, type StatedEndpoint } from '../../core/statement';
import { type ProtocolVersion, TLS_VERSIONS, type TlsVersion } from '../../core/tls';
import type { Hop } from '../hops';
import type { RuleContext } from '../rules/rule';
import { speaksTls } from './travel';

/** What the TLS policies of an endpoint allow, the weakest of them all. */
export type TlsTraits = Pick<StatedEndpoint, 'tls' | 'forwardSecrecy' | 'keyAgreement'>;

/** The names of TLS policies, classified as rules classify them. */
export type Catalogue = Pick<RuleContext, 'lookUpTlsPolicy'>;

interface HopTraits {
  readonly oldest: Stated<ProtocolVersion>;
  readonly newest: Stated<ProtocolVersion>;
  readonly forwardSecret: Stated<boolean>;
  readonly postQuantum: Stated<boolean>;
}

/** The traits of all hops that speak TLS to one endpoint; nothing where none does. */
export function tlsTraitsOf(hops: readonly Hop[], catalogue: Catalogue): TlsTraits {
  const traits = hops.filter(speaksTls).flatMap((hop) => hopTraits(hop, catalogue) ?? []);
  if (traits.length === 0) return {};
  return {
    tls: {
      oldest: lowest(traits.map(({ oldest }) => oldest)),
      newest: lowest(traits.map(({ newest }) => newest)),
    },
    forwardSecrecy: all(
      traits.map(({ forwardSecret }) => forwardSecret),
      'always',
      'not-always',
    ),
    keyAgreement: all(
      traits.map(({ postQuantum }) => postQuantum),
      'post-quantum-hybrid',
      'classical',
    ),
  };
}

/** The oldest version that a hop lets anyone negotiate; `undefined` where it speaks no TLS or says nothing. */
export function oldestVersionOf(hop: Hop, catalogue: Catalogue): Stated<TlsVersion> | undefined {
  const traits = speaksTls(hop) ? hopTraits(hop, catalogue) : undefined;
  return traits && lowest([traits.oldest]);
}

function hopTraits(hop: Hop, catalogue: Catalogue): HopTraits | undefined {
  const { policyService: service, tlsPolicy, floor } = hop;
  if (service === undefined) {
    // A hop that only adds a certificate to another one says nothing about versions.
    if (floor.value === undefined && floor.unknown === undefined && hop.certificate.given) return undefined;
    const oldest = floor.value ?? NOT_KNOWN;
    return { oldest, newest: newestAbove(oldest), forwardSecret: NOT_KNOWN, postQuantum: NOT_KNOWN };
  }
  const found =
    tlsPolicy.value === undefined ? undefined : catalogue.lookUpTlsPolicy(service, tlsPolicy.value);
  if (found?.known !== true) {
    return { oldest: NOT_KNOWN, newest: NOT_KNOWN, forwardSecret: NOT_KNOWN, postQuantum: NOT_KNOWN };
  }
  const { oldest, newest, forwardSecret, postQuantum } = found.policy;
  return { oldest, newest, forwardSecret, postQuantum };
}

/** Where no policy names the newest version, only the last one leaves no doubt. */
function newestAbove(oldest: Stated<TlsVersion>): Stated<TlsVersion> {
  return oldest === 'TLSv1.3' ? oldest : NOT_KNOWN;
}

function lowest(versions: readonly Stated<ProtocolVersion>[]): Stated<TlsVersion> {
  if (versions.includes(NOT_KNOWN)) return NOT_KNOWN;
  return TLS_VERSIONS.find((version) => versions.includes(version)) ?? NOT_KNOWN;
}

function all<Yes extends string, No extends string>(
  answers: readonly Stated<boolean>[],
  yes: Yes,
  no: No,
): Stated<Yes | No> {
  if (answers.includes(false)) return no;
  return answers.includes(NOT_KNOWN) ? NOT_KNOWN : yes;
}
