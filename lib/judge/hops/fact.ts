import type { TlsPolicyService, TlsVersion } from '../../core/tls';
import type { DataHolding } from '../classification';
import type { Counterexample } from '../policy';
import type { Verdict } from '../rules/rule';
import type { Resource } from '../template';
import type { AcknowledgementFact, WaiverFact } from '../waivers/fact';
import type { HopKind } from './hop-kinds';
import type { LogContent, LogDestinationName, LogTarget } from './log-facts';
import type { EncryptionExclusion, NetworkIngress, NetworkResident } from './network-facts';
import type { Observed } from './observed';

/** One end of a hop. */
export interface Party {
  /** `internet` is anyone; `vpc` whoever is inside the network; `aws` an AWS service; `resource` one of this app. */
  readonly what: 'internet' | 'vpc' | 'aws' | 'resource' | 'external';
  /** As the posture prints it: a construct path, a host, a service. */
  readonly name: string;
  readonly resource?: Resource;
}

/** How bytes travel on a hop. */
export type HopProtocol =
  /** TLS, always. */
  | 'tls'
  /** In clear, always. */
  | 'plaintext'
  /** The peer may choose: plaintext is served to whoever asks for it. */
  | 'tls-or-plaintext'
  /** Plaintext is answered with a redirect to TLS and nothing else. */
  | 'redirect-to-tls'
  /** Answers plaintext with a fixed response that holds no data of anyone (or refuses). */
  | 'refuses-plaintext'
  /** SSH, always (SFTP): encrypted, but no TLS policy or version speaks of it. */
  | 'ssh'
  /** Bytes pass through; whether they are TLS is decided by both ends, not here. */
  | 'pass-through';

/** Who proves who they are to whom, on the client's side. */
export type ClientAuthentication = 'none' | 'mutual-tls' | 'mutual-tls-optional' | 'iam' | 'token';

/** Where a certificate comes from. */
export type CertificateSource =
  | 'acm'
  | 'acm-imported'
  | 'iam-server-certificate'
  | 'service-default'
  | 'private-ca'
  | 'service-owned';

/** The HSTS header (RFC 6797) that a hop sends. */
export interface StrictTransportSecurity {
  readonly maxAgeSeconds: number;
  readonly includeSubdomains: boolean;
  readonly preload: boolean;
}

/** Data moving from one party to another, as the templates configure it. */
export interface Hop {
  readonly fact: 'hop';
  readonly kind: HopKind;
  /** The resource that findings about this hop point at when an aspect names no other. */
  readonly resource: Resource;
  /** Tells several hops of one resource apart, such as a behaviour's path pattern. */
  readonly label: string | undefined;
  readonly from: Party;
  readonly to: Party;
  readonly protocol: Observed<HopProtocol>;
  /** The service whose catalogue names the TLS policy; `undefined` where the hop names none. */
  readonly policyService: TlsPolicyService | undefined;
  /** The name of the TLS policy, given or the service's default; value `undefined` where the hop names none. */
  readonly tlsPolicy: Observed<string>;
  /** The oldest version that a peer may negotiate, for hops without a named policy; else derived from the policy. */
  readonly floor: Observed<TlsVersion>;
  /** Classic Load Balancers, where no TLS policy has a name: whether all cipher suites listed have forward secrecy. */
  readonly forwardSecret?: Observed<boolean>;
  /** Whether whoever connects verifies the other side's certificate: *encrypted* or *encrypted and authenticated*. */
  readonly serverAuthenticated: Observed<boolean>;
  readonly clientAuthentication: Observed<ClientAuthentication>;
  readonly certificate: Observed<CertificateSource>;
  /** The certificate's resource, where it is one of this app. */
  readonly certificateResource?: Resource;
  /** Set where the hop can send HSTS: browsers come here. */
  readonly hsts?: Observed<StrictTransportSecurity | 'none'>;
  /** Set where certificates of clients are verified: whether they are taken after their end. */
  readonly takesExpiredClients?: Observed<boolean>;
  /** Set where requests with a body that changes something are accepted (POST, PUT, ...). */
  readonly acceptsWrites?: boolean;
  /** CloudFront, viewers: whether the fields that are encrypted at the edge are so in every request. */
  readonly fieldEncryption?: Observed<'always' | 'bypassable'>;
  /** CloudFront, origins: whether their protocol is that of each viewer, so that distributions decide it. */
  readonly followsViewer?: Observed<boolean>;
  /** S3 origins of CloudFront: what tells the distribution's requests from everyone else's. */
  readonly originAccess?: Observed<'control' | 'identity' | 'none'>;
  /**
   * CloudFront, origins that are APIs of the app, of distributions that ask viewers for certificates: whether the API
   * takes requests without one too, from whoever goes past the distribution.
   */
  readonly apiTakesAnyone?: Observed<boolean>;
  /** API Gateway: `STRICT` or `BASIC` (`EndpointAccessMode`). */
  readonly endpointAccessMode?: Observed<string>;
  /**
   * API Gateway, default endpoints: what a client goes round who uses them instead of a custom domain. Custom domains:
   * the same of one that asks for no certificate, instead of another that does.
   */
  readonly bypasses?: Observed<'nothing' | 'custom-domain' | 'mutual-tls'>;
  /** API Gateway, custom domains: TLS policies of the APIs behind that are reachable through the domain only. */
  readonly tlsPoliciesBehind?: readonly Observed<string>[];
  /** Whether TLS ends at `to`, so that what follows is a new hop. */
  readonly endsHere: boolean;
  /** Where what is passed through ends, if it is a resource of this app that is judged itself. */
  readonly endsAt?: Resource;
  readonly region: string | undefined;
  /** The choices under which it is so; `undefined` where there were none. */
  readonly when: string | undefined;
}

/** Data at rest. */
export interface Store {
  readonly fact: 'store';
  readonly resource: Resource;
  /** The service's short name, such as `s3` or `rds`. */
  readonly kind: string;
  readonly encryption: Observed<'customer-key' | 'aws-managed-key' | 'service-key' | 'none'>;
  readonly key: Resource | undefined;
  /** Days; value `undefined` and no `unknown`: without end. */
  readonly retentionDays: Observed<number>;
  /** Databases that can be restored to any second of the last days; absent where the service has no such thing. */
  readonly pointInTimeRecovery?: Observed<boolean>;
  readonly region: string | undefined;
  readonly when: string | undefined;
}

/** An X.509 certificate that the templates ask for. */
export interface Certificate {
  readonly fact: 'certificate';
  readonly resource: Resource;
  readonly domainName: Observed<string>;
  readonly validation: Observed<'dns' | 'email' | 'private-ca'>;
  /** As ACM spells it, such as `EC_prime256v1`. */
  readonly keyAlgorithm: Observed<string>;
  readonly transparencyLogging: Observed<boolean>;
  readonly exportable: Observed<boolean>;
  /** Some name of it is a wildcard. */
  readonly wildcard: Observed<boolean>;
  readonly region: string | undefined;
  readonly when: string | undefined;
}

/** A resource policy that is there to refuse plaintext, judged on whether it does. */
export interface PlaintextDenial {
  readonly fact: 'plaintext-denial';
  /** The resource that is (not) protected: bucket, topic, queue, table, secret, bus, repository. */
  readonly resource: Resource;
  readonly kind: HopKind;
  /** Whether the service has an endpoint that serves plaintext at all. */
  readonly plaintextEndpoint: boolean;
  /** `denied`: no plaintext request is allowed. `weakened`: a Deny is there and lets some through. `absent`: none. */
  readonly denial: Observed<'denied' | 'weakened' | 'absent'>;
  /** For `weakened` and `absent`: a plaintext request that no statement denies. */
  readonly counterexample: Counterexample | undefined;
  /** The TLS version below which requests are denied, where the service has a condition key for it. */
  readonly minimumTls: Observed<TlsVersion>;
  /** A request by the oldest version of TLS that no statement denies, where all of plaintext is denied. */
  readonly oldTlsCounterexample?: Counterexample | undefined;
  readonly region: string | undefined;
  readonly when: string | undefined;
}

/** Something that could not be judged, so that it is never taken for fine. */
export interface NotJudged {
  readonly fact: 'not-judged';
  readonly resource: Resource;
  readonly why: string;
  /** `fatal`: a connector failed. `unknown`: the template hides it. */
  readonly severity: 'fatal' | 'unknown';
  readonly path: string;
  readonly when: string | undefined;
}

/** How often the material of a KMS key is replaced. Keys that KMS cannot rotate have none. */
export interface KeyRotation {
  readonly fact: 'key-rotation';
  readonly resource: Resource;
  /** Days between two rotations. */
  readonly period: Observed<number | 'never'>;
  readonly region: string | undefined;
  readonly when: string | undefined;
}

/** How often a secret is replaced by its schedule. */
export interface SecretRotation {
  readonly fact: 'secret-rotation';
  /** The schedule. */
  readonly resource: Resource;
  /** Days between two rotations. */
  readonly period: Observed<number | 'never'>;
  readonly region: string | undefined;
  readonly when: string | undefined;
}

/** A record of who called which API. */
export interface AuditTrail {
  readonly fact: 'audit-trail';
  readonly resource: Resource;
  readonly logging: Observed<boolean>;
  /** Whether calls in every region are recorded, not only in its own. */
  readonly everyRegion: Observed<boolean>;
  readonly region: string | undefined;
  readonly when: string | undefined;
}

/** What an IAM policy allows. */
export interface AccessGrant {
  readonly fact: 'access-grant';
  /** The policy, or the role, user or group that it stands in. */
  readonly resource: Resource;
  /** Whether it allows every action on every resource, and which statement does. */
  readonly administrator: Observed<boolean>;
  readonly region: string | undefined;
  readonly when: string | undefined;
}

/** A zone of Route 53 that the templates make, or that they enter records into. */
export interface HostedZone {
  readonly fact: 'hosted-zone';
  /** The zone; the first record, where no template at hand makes the zone. */
  readonly resource: Resource;
  /** Who may issue certificates for it (CAA, RFC 8659). */
  readonly issuers: Observed<'named' | 'anyone'>;
  /** Whether its answers are signed (DNSSEC). */
  readonly signed: Observed<boolean>;
  readonly region: string | undefined;
  readonly when: string | undefined;
}

/** Something that its author declares to be looser than the default of our constructs. */
export interface Loosening {
  readonly fact: 'loosening';
  readonly resource: Resource;
  /** What is lost, such as `plaintextTargets`. */
  readonly what: string;
  readonly declared: Observed<true>;
  readonly region: string | undefined;
  readonly when: string | undefined;
}

/** Documents about the app that a template publishes: its transmission statement and `security.txt`. */
export interface PublishedDocuments {
  readonly fact: 'published-documents';
  /** What serves them. */
  readonly resource: Resource;
  /** The digest of what the statement states, such as `sha256:0c1f…`. */
  readonly statementDigest: Observed<string>;
  /** When `security.txt` expires. */
  readonly securityTxtExpires: Observed<Date>;
  readonly region: string | undefined;
  readonly when: string | undefined;
}

/** What a rule over properties says about one resource: it must be asked while the world stands. */
export interface PropertyVerdict {
  readonly fact: 'property';
  /** The id of the rule. */
  readonly kind: string;
  readonly resource: Resource;
  readonly when: string | undefined;
  readonly verdict: Verdict;
}

/** What connectors turn rendered resources into. */
export type Fact =
  | Hop
  | Store
  | Certificate
  | PlaintextDenial
  | KeyRotation
  | SecretRotation
  | AuditTrail
  | NetworkIngress
  | AccessGrant
  | PublishedDocuments
  | LogTarget
  | LogDestinationName
  | LogContent
  | HostedZone
  | EncryptionExclusion
  | NetworkResident
  | Loosening
  | DataHolding
  | WaiverFact
  | AcknowledgementFact
  | PropertyVerdict
  | NotJudged;
