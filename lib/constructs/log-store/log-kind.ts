import { TransmissionError } from '../../core/errors';

/** What is known about Object Lock on buckets that one kind of log is written to. */
export enum LogLockSupport {
  /** The kind is written to locked buckets in practice. */
  SUPPORTED = 'supported',
  /** No source says either way: it is not the default, and can be asked for after a test. */
  NOT_DOCUMENTED = 'not documented',
  /** Nothing is written to a bucket with Object Lock, or with a default retention. */
  REFUSED = 'refused',
}

/** What is known about one kind of log. */
interface LogKindFacts {
  readonly title: string;
  readonly servicePrincipal: string;
  readonly takesCustomerKey: boolean;
  readonly objectLock: LogLockSupport;
  readonly sameRegion?: boolean;
  readonly keyPaths?: readonly string[];
  readonly bucketActions?: readonly string[];
  readonly setsAcl?: boolean;
  readonly source: LogSource;
  readonly keyActions?: readonly string[];
  readonly bucketNamePrefix?: string;
  readonly sources: readonly string[];
}

/** How the service says on whose behalf it writes. */
interface LogSource {
  /** Whether it sends `aws:SourceAccount`. */
  readonly account: boolean;
  /** The service, region and resource of the `aws:SourceArn` that it sends; `*` is any. */
  readonly arn?: { readonly service: string; readonly region?: string; readonly resource: string };
}

const DOCS = 'https://docs.aws.amazon.com';
const VENDED = `${DOCS}/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-S3.html`;
const OF_ACCOUNT = ['AWSLogs/{account}'];

/** What CloudWatch Logs delivers for other services ("vended logs"); every such page repeats these statements. */
const DELIVERED = {
  servicePrincipal: 'delivery.logs.amazonaws.com',
  takesCustomerKey: true,
  objectLock: LogLockSupport.NOT_DOCUMENTED,
  bucketActions: ['s3:GetBucketAcl', 's3:ListBucket'],
  setsAcl: true,
  source: { account: true, arn: { service: 'logs', resource: '*' } },
  keyActions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
} as const;

/**
 * What Elastic Load Balancing writes itself. No source says that it sends `aws:SourceArn`, and a condition on a key
 * that is not sent refuses every write: the account in the path, which nobody else's load balancer can write to,
 * is the limit. That default retention stops it is said by no page of AWS; S3 asks for a checksum there.
 */
const OF_LOAD_BALANCER = {
  servicePrincipal: 'logdelivery.elasticloadbalancing.amazonaws.com',
  takesCustomerKey: false,
  objectLock: LogLockSupport.REFUSED,
  sameRegion: true,
  source: { account: false },
} as const;

/**
 * A kind of log that an AWS service writes to S3, and what its bucket may and may not be.
 *
 * All of them can be written to a versioned bucket. None can be encrypted with the key that AWS manages (`aws/s3`):
 * where a key of KMS is taken at all, it is one of the customer.
 */
export class LogKind {
  /** Requests to an application load balancer, with TLS version and cipher suite. */
  static readonly ALB_ACCESS = new LogKind('ALB_ACCESS', {
    ...OF_LOAD_BALANCER,
    title: 'access logs of application load balancers',
    sources: [`${DOCS}/elasticloadbalancing/latest/application/enable-access-logging.html`],
  });
  /** TLS connections to an application load balancer, failed ones too. */
  static readonly ALB_CONNECTION = new LogKind('ALB_CONNECTION', {
    ...OF_LOAD_BALANCER,
    title: 'connection logs of application load balancers',
    sources: [`${DOCS}/elasticloadbalancing/latest/application/enable-connection-logging.html`],
  });
  /** TLS connections to a network load balancer; without a TLS listener there are none. */
  static readonly NLB_ACCESS = new LogKind('NLB_ACCESS', {
    ...DELIVERED,
    title: 'access logs of network load balancers',
    sameRegion: true,
    bucketActions: ['s3:GetBucketAcl'],
    sources: [`${DOCS}/elasticloadbalancing/latest/network/enable-access-logs.html`],
  });
  /** Requests to a bucket, with TLS version and cipher suite. Object Lock itself, not just a retention, stops them. */
  static readonly S3_SERVER_ACCESS = new LogKind('S3_SERVER_ACCESS', {
    title: 'server access logs of Amazon S3',
    servicePrincipal: 'logging.s3.amazonaws.com',
    takesCustomerKey: false,
    objectLock: LogLockSupport.REFUSED,
    sameRegion: true,
    keyPaths: [''],
    source: { account: true },
    sources: [
      `${DOCS}/AmazonS3/latest/userguide/troubleshooting-server-access-logging.html`,
      `${DOCS}/AmazonS3/latest/userguide/object-lock-managing.html`,
      `${DOCS}/AmazonS3/latest/API/API_s3Buckets_LoggingEnabled.html`,
    ],
  });
  /** Requests to a distribution (standard logging v2). It is delivered from us-east-1, wherever the bucket lies. */
  static readonly CLOUDFRONT_STANDARD = new LogKind('CLOUDFRONT_STANDARD', {
    ...DELIVERED,
    title: 'standard logs (v2) of CloudFront',
    keyPaths: ['AWSLogs/{account}/CloudFront'],
    source: { account: true, arn: { service: 'logs', region: 'us-east-1', resource: 'delivery-source:*' } },
    sources: [
      `${DOCS}/AmazonCloudFront/latest/DeveloperGuide/standard-logging.html`,
      `${DOCS}/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-V2-S3.html`,
    ],
  });
  /** Flows in a network or of an interface. */
  static readonly VPC_FLOW = new LogKind('VPC_FLOW', {
    ...DELIVERED,
    title: 'flow logs of networks',
    keyPaths: [...OF_ACCOUNT, 'AWSLogs/aws-account-id={account}'],
    sources: [`${DOCS}/vpc/latest/userguide/flow-logs-s3-permissions.html`, VENDED],
  });
  /** Requests that a web ACL judged. The name of its bucket begins with `aws-waf-logs-`. */
  static readonly WAF = new LogKind('WAF', {
    ...DELIVERED,
    title: 'logs of AWS WAF',
    bucketNamePrefix: 'aws-waf-logs-',
    sources: [`${DOCS}/waf/latest/developerguide/logging-s3.html`, VENDED],
  });
  /** Names that were asked for inside networks. */
  static readonly RESOLVER_QUERY = new LogKind('RESOLVER_QUERY', {
    ...DELIVERED,
    title: 'query logs of Route 53 Resolver',
    sources: [`${DOCS}/Route53/latest/DeveloperGuide/resolver-query-logs.html`, VENDED],
  });
  /** Alerts, flows and TLS events of a firewall. */
  static readonly NETWORK_FIREWALL = new LogKind('NETWORK_FIREWALL', {
    ...DELIVERED,
    title: 'logs of AWS Network Firewall',
    sources: [`${DOCS}/network-firewall/latest/developerguide/logging-s3.html`, VENDED],
  });
  /** Calls of APIs, by whom, from where and over which version of TLS. */
  static readonly CLOUDTRAIL = new LogKind('CLOUDTRAIL', {
    title: 'trails of AWS CloudTrail',
    servicePrincipal: 'cloudtrail.amazonaws.com',
    takesCustomerKey: true,
    objectLock: LogLockSupport.SUPPORTED,
    bucketActions: ['s3:GetBucketAcl'],
    setsAcl: true,
    source: { account: false, arn: { service: 'cloudtrail', region: '*', resource: 'trail/*' } },
    sources: [
      `${DOCS}/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html`,
      `${DOCS}/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html`,
      'https://www.trendmicro.com/cloudoneconformity/knowledge-base/aws/CloudTrail/s3-bucket-object-lock-enabled.html',
    ],
  });
  /** Configuration history and snapshots of resources. */
  static readonly CONFIG = new LogKind('CONFIG', {
    title: 'history of AWS Config',
    servicePrincipal: 'config.amazonaws.com',
    takesCustomerKey: true,
    objectLock: LogLockSupport.REFUSED,
    keyPaths: ['AWSLogs/{account}/Config'],
    bucketActions: ['s3:GetBucketAcl', 's3:ListBucket'],
    setsAcl: true,
    source: { account: true },
    keyActions: ['kms:Decrypt', 'kms:GenerateDataKey'],
    sources: [
      `${DOCS}/config/latest/developerguide/s3-bucket-policy.html`,
      `${DOCS}/AWSCloudFormation/latest/TemplateReference/aws-resource-config-deliverychannel.html`,
    ],
  });

  /** Every kind, in the order in which they stand here. */
  static values(): readonly LogKind[] {
    return [
      LogKind.ALB_ACCESS,
      LogKind.ALB_CONNECTION,
      LogKind.NLB_ACCESS,
      LogKind.S3_SERVER_ACCESS,
      LogKind.CLOUDFRONT_STANDARD,
      LogKind.VPC_FLOW,
      LogKind.WAF,
      LogKind.RESOLVER_QUERY,
      LogKind.NETWORK_FIREWALL,
      LogKind.CLOUDTRAIL,
      LogKind.CONFIG,
    ];
  }

  /** The kind of that name, as configuration spells it. */
  static of(name: string): LogKind {
    const found = LogKind.values().find((kind) => kind.name === name);
    if (found !== undefined) return found;
    const allowed = LogKind.values().map((kind) => kind.name);
    throw new TransmissionError(
      'InvalidProperty',
      `kind of log ${JSON.stringify(name.slice(0, 80))} does not exist, use one of ${allowed.join(', ')}`,
    );
  }

  /** In a sentence: `access logs of application load balancers`. */
  readonly title: string;
  /** The service that writes the objects. */
  readonly servicePrincipal: string;
  /** Whether the bucket may be encrypted with a KMS key of the customer; where not, only SSE-S3 is taken. */
  readonly takesCustomerKey: boolean;
  /** Whether the bucket may have Object Lock with a default retention. */
  readonly objectLock: LogLockSupport;
  /** Whether the bucket must lie in the region of what is logged. */
  readonly sameRegion: boolean;
  /** Where below the prefix the service writes; `{account}` stands for the account. */
  readonly keyPaths: readonly string[];
  /** What the service does with the bucket itself. */
  readonly bucketActions: readonly string[];
  /** Whether it writes with the ACL `bucket-owner-full-control`, which AWS wants to see demanded. */
  readonly setsAcl: boolean;
  /** How the service says on whose behalf it writes. */
  readonly source: LogSource;
  /** What it does with the key; empty where there is none, or where another statement says it. */
  readonly keyActions: readonly string[];
  /** How the name of the bucket must begin; absent where any name will do. */
  readonly bucketNamePrefix?: string;
  /** Where this was read. */
  readonly sources: readonly string[];
  /** When it was last compared with the sources. */
  readonly reviewed = '2026-11-22';

  private constructor(
    /** As configuration spells it. */
    readonly name: string,
    facts: LogKindFacts,
  ) {
    this.title = facts.title;
    this.servicePrincipal = facts.servicePrincipal;
    this.takesCustomerKey = facts.takesCustomerKey;
    this.objectLock = facts.objectLock;
    this.sameRegion = facts.sameRegion ?? false;
    this.keyPaths = facts.keyPaths ?? OF_ACCOUNT;
    this.bucketActions = facts.bucketActions ?? [];
    this.setsAcl = facts.setsAcl ?? false;
    this.source = facts.source;
    this.keyActions = facts.keyActions ?? [];
    this.bucketNamePrefix = facts.bucketNamePrefix;
    this.sources = facts.sources;
  }

  toString(): string {
    return this.name;
  }
}
