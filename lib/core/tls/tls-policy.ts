/** A version of the protocol, oldest first. */
export const TLS_VERSIONS = ['SSLv3', 'TLSv1.0', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] as const;

/** A protocol version as RFC 8996 and OpenSSL write it. */
export type TlsVersion = (typeof TLS_VERSIONS)[number];

/** What a policy may name as a version: SSH has one in use, and the policies of SFTP connectors govern nothing else. */
export type ProtocolVersion = TlsVersion | 'SSH-2.0';

/** Whether `version` is at least `floor`. SSH 2.0 is above every floor, since no floor of TLS speaks of it. */
export function isAtLeast(version: ProtocolVersion, floor: TlsVersion): boolean {
  return version === 'SSH-2.0' || TLS_VERSIONS.indexOf(version) >= TLS_VERSIONS.indexOf(floor);
}

/**
 * The lists of names that the catalogue keeps apart: one per service and side, since the same name can mean
 * different things on two of them.
 *
 * Services that negotiate TLS without naming a policy are not here (VPC Lattice, App Runner, AppSync): their
 * connectors state the floor themselves.
 */
export const TLS_POLICY_SERVICES = [
  'elbv2',
  'elbv2-backend',
  'elb-classic',
  'cloudfront-viewer',
  'cloudfront-origin',
  'apigateway',
  'apigatewayv2',
  'opensearch',
  'transfer',
  'transfer-connector',
  'iot',
  'lightsail',
  'cognito',
] as const;

/** One list of named TLS policies. */
export type TlsPolicyService = (typeof TLS_POLICY_SERVICES)[number];

/** Which side of the connection a policy governs: who connects to us, the origin we connect to, or a target. */
export type TlsPolicySide = 'viewer' | 'origin' | 'back-end';

/** Where a service applies another default than its usual one: a private API, or the GovCloud partition. */
export type TlsDefaultCase = 'private-api' | 'aws-us-gov';

/** The kind of API Gateway endpoint that a policy is made for. */
export type TlsEndpoint = 'regional' | 'edge';

/** What a named TLS policy of one AWS service allows. */
export interface TlsPolicy {
  readonly service: TlsPolicyService;
  /** The name as CloudFormation spells it. */
  readonly name: string;
  /** Which side of the connection it governs: who connects to us, the origin we connect to, or a target. */
  readonly side: TlsPolicySide;
  /** The oldest protocol version it lets a peer negotiate. */
  readonly oldest: ProtocolVersion;
  /** The newest protocol version it offers. */
  readonly newest: ProtocolVersion;
  /** Every cipher suite it offers has forward secrecy (RFC 9325, 4.1). */
  readonly forwardSecret: boolean;
  /** It offers at least one CBC cipher suite. */
  readonly cbc: boolean;
  /** It offers a post-quantum hybrid key agreement (X25519MLKEM768 or its P-256/P-384 siblings) over TLS. */
  readonly postQuantum: boolean;
  /** It uses only modules validated under FIPS 140-3. */
  readonly fips: boolean;
  /** It keeps to the Commercial National Security Algorithm suite (RFC 9151). */
  readonly cnsa: boolean;
  /** Whether the Security Hub control for this service accepts it; `undefined` where no control judges it. */
  readonly securityHub: boolean | undefined;
  /** The Security Hub control that says so, such as `ELB.17`. */
  readonly securityHubControl: string | undefined;
  /** The AWS partitions known to offer it. A partition that is missing here may offer it all the same. */
  readonly partitions: readonly string[];
  /** The service applies it when the property is absent. */
  readonly isServiceDefault: boolean;
  /** The service applies it when the property is absent, in these cases only. */
  readonly defaultFor?: readonly TlsDefaultCase[];
  /** API Gateway: the kind of endpoint that takes it; `undefined` where every kind does. */
  readonly endpoint?: TlsEndpoint;
  /** `false` where the service refuses to combine it with mutual TLS. */
  readonly mutualTls?: false;
  /** Transfer Family: what it allows over SSH (SFTP), which shares the name with TLS (FTPS). */
  readonly ssh?: SshTraits;
  /** Where its properties were read. */
  readonly source: string;
  /** When, as an ISO date. */
  readonly reviewed: string;
  /** Where the entry comes from: this catalogue, or the user's configuration (verdicts say so). */
  readonly origin: 'catalogue' | 'configuration';
}

/** What a policy of Transfer Family allows over SSH. */
export interface SshTraits {
  /** It offers a key exchange or a message authentication code over SHA-1 (RFC 9142, 1.1). */
  readonly sha1: boolean;
  /** It offers a post-quantum hybrid key exchange (mlkem768x25519-sha256 or its siblings). */
  readonly postQuantum: boolean;
}

/** What a look-up answers: never *fine* for a name that nobody has classified. */
export type TlsPolicyLookup =
  | { readonly known: true; readonly policy: TlsPolicy }
  | { readonly known: false; readonly service: TlsPolicyService; readonly name: string };
