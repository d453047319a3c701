import type { TrailOrganization } from '../constructs/audit-trail';
import type { HstsStage } from '../constructs/distribution';
import type { VpcEncryptionExclusions } from '../constructs/network';
import type { TlsPolicy, TlsProfile } from '../core/tls';

/** A hosted zone of Route 53. */
export interface ZoneConfiguration {
  readonly zoneName: string;
  readonly hostedZoneId: string;
  /** Says in the zone that only Amazon's authorities may issue certificates for it. */
  readonly caa?: CaaConfiguration;
  /** Whether the zone is signed (DNSSEC). */
  readonly dnssec?: boolean;
}

/** The CAA record of a zone. */
export interface CaaConfiguration {
  /** Where authorities report requests that they refused. */
  readonly violationReports?: readonly string[];
}

/** The certificate of the load balancer. */
export interface CertificateConfiguration {
  /** Whether a new certificate has a twin with an RSA key. */
  readonly rsaTwin: boolean;
  /** How many names AWS lets a certificate have. */
  readonly domainNameQuota: number;
  /** The certificate that exists already, in place of a new one. */
  readonly certificateArn?: string;
  /** The twin of that certificate with an RSA key. */
  readonly rsaCertificateArn?: string;
}

/** Who is told when a certificate is not renewed, or a zone no longer signed. */
export interface AlarmConfiguration {
  readonly email?: string;
  /** The topic that exists already, in place of a new one. */
  readonly topicArn?: string;
  /** The same in us-east-1, for what stands there. */
  readonly edgeTopicArn?: string;
}

/** The load balancer: the point of entry, or what CloudFront reaches. */
export interface LoadBalancerConfiguration {
  readonly internetFacing: boolean;
  /** The address ranges that may connect, in CIDR notation. */
  readonly allowedPeers: readonly string[];
  readonly httpRedirect: boolean;
}

/** The network. */
export interface NetworkConfiguration {
  readonly cidr: string;
  readonly availabilityZoneCount: number;
  readonly natGateways: number;
  /** Whose principals and resources endpoints lead to; without it, those of the account. */
  readonly organizationId?: string;
  /** The services reached by interface endpoints, such as `kms`. */
  readonly interfaceEndpoints: readonly string[];
  /** The services reached by gateway endpoints: `s3`, `dynamodb`. */
  readonly gatewayEndpoints: readonly string[];
  readonly encryptionControl?: 'monitor' | 'enforce';
  readonly encryptionExclusions?: VpcEncryptionExclusions;
}

/** The audit trail. */
export interface AuditConfiguration {
  /** Whether there is one; an account may have the trail of its organisation instead. */
  readonly enabled: boolean;
  readonly lock: 'governance' | 'compliance';
  /** Whose accounts are recorded; without it, the account of the stack. */
  readonly organization?: TrailOrganization;
  /** The ARNs of those who alone may decrypt the record. */
  readonly auditors?: readonly string[];
  /** The names of the buckets whose objects are watched. */
  readonly buckets: readonly string[];
  /** The services whose calls are recorded where an endpoint refuses them. */
  readonly refusedAtEndpoints: readonly string[];
  readonly insights: boolean;
}

/** What looks at what runs. */
export interface MonitoringConfiguration {
  readonly enabled: boolean;
  /** The regions whose certificates are audited; without them, those of the baseline. */
  readonly certificateRegions?: readonly string[];
  readonly probe: boolean;
  readonly oldTlsFinder: boolean;
  readonly findings: boolean;
  readonly pciDssStandard: boolean;
  /** Whether API Gateway is let write logs in the account. */
  readonly apiLogging: boolean;
  /** The file with the payment pages, relative to the file of the configuration. */
  readonly paymentPages?: string;
}

/** The distribution of CloudFront before the load balancer. */
export interface DistributionConfiguration {
  /** The certificate in us-east-1 that exists already, in place of a new one. */
  readonly certificateArn?: string;
  readonly allowedCountries: readonly string[];
  readonly strictTransportSecurity: HstsStageName;
  /** Whether methods that write are let through. */
  readonly writes: boolean;
  /** Whether the domain names lead to it. */
  readonly aliasRecords: boolean;
  /** The managed prefix list of CloudFront in `region`, where we do not know it. */
  readonly originFacingPrefixListId?: string;
  /** The folder with `security.txt` and `transmission.json`, relative to the file of the configuration. */
  readonly documents?: string;
}

/** The name of a stage of HSTS. */
export type HstsStageName = Extract<Exclude<keyof typeof HstsStage, 'prototype'>, Uppercase<string>>;

/** What the baseline builds, checked and complete. */
export interface BaselineConfiguration {
  /** The beginning of the names of the stacks. */
  readonly name: string;
  readonly domainName: string;
  readonly subjectAlternativeNames: readonly string[];
  readonly zones: readonly ZoneConfiguration[];
  readonly region: string;
  /** The account, only if the file names one: a template must not depend on who makes it. */
  readonly account?: string;
  readonly tlsProfile: TlsProfile;
  /** For how many days logs are kept. */
  readonly retentionDays: number;
  /** Who answers for what the stores of the baseline hold. */
  readonly owner: string;
  readonly certificate: CertificateConfiguration;
  readonly alarms: AlarmConfiguration;
  readonly loadBalancer: LoadBalancerConfiguration;
  readonly network: NetworkConfiguration;
  readonly audit: AuditConfiguration;
  readonly monitoring: MonitoringConfiguration;
  /** Absent where customers reach the load balancer itself. */
  readonly distribution?: DistributionConfiguration;
  /** TLS policies that the catalogue does not know yet, for the judge. */
  readonly tlsPolicies: readonly TlsPolicy[];
}

/** What the file holds once it fits the schema. */
export interface ConfigurationFile {
  readonly name?: string;
  readonly domainName: string;
  readonly subjectAlternativeNames?: readonly string[];
  readonly zones: readonly ZoneConfiguration[];
  readonly region: string;
  readonly account?: string;
  readonly tlsProfile?: string;
  readonly retentionDays?: number;
  readonly owner?: string;
  readonly certificate?: Partial<CertificateConfiguration>;
  readonly alarms?: AlarmConfiguration;
  readonly loadBalancer?: Partial<LoadBalancerConfiguration>;
  readonly network?: Partial<NetworkConfiguration>;
  readonly audit?: Partial<AuditConfiguration>;
  readonly monitoring?: Partial<MonitoringConfiguration>;
  readonly distribution?: Partial<DistributionConfiguration>;
  readonly tlsPolicies?: unknown;
}
