import { TransmissionError } from '../errors';
import { tlsPoliciesOf } from './catalogue';
import { mostPreferred } from './preference';
import type { TlsEndpoint, TlsPolicy, TlsPolicyService, TlsVersion } from './tls-policy';
import { TLS_SERVICES } from './tls-services';

/** What a profile cannot know from the service alone. */
export interface TlsProfileTarget {
  /**
   * The kind of API Gateway endpoint.
   *
   * @default regional, which private endpoints share
   */
  readonly endpoint?: TlsEndpoint;
  /**
   * Whether clients prove who they are with a certificate: API Gateway refuses that with its enhanced policies.
   *
   * @default false
   */
  readonly mutualTls?: boolean;
}

/**
 * One requirement for TLS across services: the oldest version that a peer may negotiate, and whether only
 * modules validated under FIPS 140-3 may be used.
 *
 * Which policy meets it is computed from the catalogue, so that a construct and the judge cannot disagree.
 */
export class TlsProfile {
  /** TLS 1.2 and 1.3; forward secrecy, Security Hub's lists and post-quantum key agreement where they can be had. */
  static readonly TLS_1_2_OR_NEWER = new TlsProfile('TLS_1_2_OR_NEWER', 'TLSv1.2', false);
  /** TLS 1.3 and nothing else: clients that speak only TLS 1.2 are cut off. */
  static readonly TLS_1_3_ONLY = new TlsProfile('TLS_1_3_ONLY', 'TLSv1.3', false);
  /** As `TLS_1_2_OR_NEWER`, with modules validated under FIPS 140-3. */
  static readonly TLS_1_2_OR_NEWER_FIPS = new TlsProfile('TLS_1_2_OR_NEWER_FIPS', 'TLSv1.2', true);
  /** As `TLS_1_3_ONLY`, with modules validated under FIPS 140-3. */
  static readonly TLS_1_3_ONLY_FIPS = new TlsProfile('TLS_1_3_ONLY_FIPS', 'TLSv1.3', true);

  /** Every profile, the default first. */
  static values(): readonly TlsProfile[] {
    return [
      TlsProfile.TLS_1_2_OR_NEWER,
      TlsProfile.TLS_1_3_ONLY,
      TlsProfile.TLS_1_2_OR_NEWER_FIPS,
      TlsProfile.TLS_1_3_ONLY_FIPS,
    ];
  }

  /** The profile of that name, as configuration spells it. */
  static of(name: string): TlsProfile {
    const found = TlsProfile.values().find((profile) => profile.name === name);
    if (found !== undefined) return found;
    const allowed = TlsProfile.values().map((profile) => profile.name);
    throw new TransmissionError(
      'InvalidProperty',
      `TLS profile ${JSON.stringify(name.slice(0, 80))} does not exist, use one of ${allowed.join(', ')}`,
    );
  }

  private constructor(
    /** As configuration spells it. */
    readonly name: string,
    /** The oldest version that a peer may negotiate. */
    readonly floor: TlsVersion,
    /** Whether only modules validated under FIPS 140-3 may be used. */
    readonly fips: boolean,
  ) {}

  /** The TLS policy of a service that meets this profile best; throws `UnsupportedProfile` where none does. */
  policyFor(service: TlsPolicyService, target: TlsProfileTarget = {}): TlsPolicy {
    const policy = this.choose(service, target);
    if (policy !== undefined) return policy;
    throw new TransmissionError('UnsupportedProfile', this.why(service, target));
  }

  /** Whether a service has a TLS policy that meets this profile. */
  supports(service: TlsPolicyService, target: TlsProfileTarget = {}): boolean {
    return this.choose(service, target) !== undefined;
  }

  /** Why `policyFor` answers as it does: what the policy offers and lacks, or why there is none and what to do. */
  why(service: TlsPolicyService, target: TlsProfileTarget = {}): string {
    const policy = this.choose(service, target);
    const { title, instead } = TLS_SERVICES[service];
    if (policy !== undefined) return `${policy.name} for ${title}: ${describe(policy).join(', ')}`;
    return `${title} cannot meet TLS profile ${this.name}: ${this.obstacle(service, target)}, ${instead}`;
  }

  toString(): string {
    return this.name;
  }

  private choose(service: TlsPolicyService, target: TlsProfileTarget): TlsPolicy | undefined {
    if (!TLS_SERVICES[service].selectable) return undefined;
    return mostPreferred(fitting(service, target).filter((policy) => this.isMetBy(policy)));
  }

  /**
   * The floor is met exactly, not merely exceeded: a profile that promises TLS 1.2 must not cut those clients
   * off. SSH has no version to choose, so every profile takes it.
   */
  private isMetBy(policy: TlsPolicy): boolean {
    return policy.fips === this.fips && (policy.oldest === this.floor || policy.oldest === 'SSH-2.0');
  }

  private obstacle(service: TlsPolicyService, target: TlsProfileTarget): string {
    if (!TLS_SERVICES[service].selectable)
      return 'the service chooses the TLS policy and no property changes it';
    const policies = fitting(service, target);
    if (this.fips && !policies.some((policy) => policy.fips))
      return 'none of its TLS policies keeps to modules validated under FIPS 140-3';
    const scope = this.fips ? 'of its TLS policies with FIPS ' : 'of its TLS policies ';
    return `none ${scope}has ${this.floor} as the oldest version`;
  }
}

/** The policies that such an endpoint takes. */
function fitting(service: TlsPolicyService, target: TlsProfileTarget): TlsPolicy[] {
  const { endpoint = 'regional', mutualTls = false } = target;
  return tlsPoliciesOf(service)
    .filter((policy) => policy.endpoint === undefined || policy.endpoint === endpoint)
    .filter((policy) => !mutualTls || policy.mutualTls !== false);
}

function describe(policy: TlsPolicy): string[] {
  const { oldest, newest, ssh, securityHub, securityHubControl } = policy;
  const said = [
    oldest === newest ? `${oldest} only` : `${oldest} to ${newest}`,
    policy.forwardSecret
      ? 'forward-secret'
      : 'offers suites without forward secrecy, as all the choices here do',
    policy.cbc ? 'offers CBC suites' : 'no CBC suites',
  ];
  if (oldest !== 'SSH-2.0')
    said.push(
      policy.postQuantum ? 'post-quantum hybrid key agreement' : 'no post-quantum key agreement over TLS',
    );
  if (policy.fips) said.push('FIPS 140-3');
  if (ssh !== undefined)
    said.push(ssh.postQuantum ? 'post-quantum over SSH' : 'no post-quantum key exchange over SSH');
  if (securityHub !== undefined)
    said.push(`${securityHub ? 'accepted' : 'not accepted'} by Security Hub ${securityHubControl}`);
  return said;
}
