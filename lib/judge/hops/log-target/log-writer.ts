import type { Store } from '../fact';

/** How a bucket can be encrypted. */
export type BucketKey = NonNullable<Store['encryption']['value']>;

/** What Object Lock on a bucket does to a kind of log. */
export type LockTolerance =
  /** Logs are written to locked buckets, or no source says otherwise. */
  | 'taken'
  /** They are refused where the bucket has a default retention. */
  | 'without default retention'
  /** They are refused as soon as Object Lock is on. */
  | 'refused';

/**
 * What is known about one kind of log that an AWS service writes to a bucket.
 *
 * Read from AWS's pages, and not from the table by which our constructs choose (`lib/constructs/log-store`): a judge
 * must not share the errors of the accused. A test compares the two.
 */
export interface LogWriter {
  /** In a sentence: `access logs of an application load balancer`. */
  readonly title: string;
  /** The service principal that writes the objects. */
  readonly principal: string;
  /** How the bucket may be encrypted by default. */
  readonly keys: readonly BucketKey[];
  readonly lock: LockTolerance;
  /** The service leaves encryption to the bucket, or asks for `AES256`; never for a key of KMS. */
  readonly asksForNoKey?: true;
  /** Where this was read. */
  readonly sources: readonly string[];
}

const DOCS = 'https://docs.aws.amazon.com';
const S3_KEYS_ONLY: readonly BucketKey[] = ['service-key'];
/** The policy of the key that AWS manages lets no service in that writes from an account of its own. */
const NOT_AWS_MANAGED: readonly BucketKey[] = ['service-key', 'customer-key'];
const ANY_KEY: readonly BucketKey[] = ['service-key', 'customer-key', 'aws-managed-key'];

const BY_LOAD_BALANCING = {
  principal: 'logdelivery.elasticloadbalancing.amazonaws.com',
  keys: S3_KEYS_ONLY,
  // Nothing is documented about Object Lock.
  lock: 'taken',
  asksForNoKey: true,
} as const;

const BY_LOG_DELIVERY = {
  principal: 'delivery.logs.amazonaws.com',
  keys: NOT_AWS_MANAGED,
  lock: 'taken',
} as const;

const VENDED = `${DOCS}/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-S3.html`;
const APPLICATION = `${DOCS}/elasticloadbalancing/latest/application`;

/** The kinds of log. */
export const LOG_WRITERS = {
  applicationAccess: {
    ...BY_LOAD_BALANCING,
    title: 'access logs of an application load balancer',
    sources: [`${APPLICATION}/enable-access-logging.html`],
  },
  applicationConnection: {
    ...BY_LOAD_BALANCING,
    title: 'connection logs of an application load balancer',
    sources: [`${APPLICATION}/enable-connection-logging.html`],
  },
  applicationHealthCheck: {
    ...BY_LOAD_BALANCING,
    title: 'health check logs of an application load balancer',
    sources: [`${APPLICATION}/enable-health-check-logging.html`],
  },
  classicAccess: {
    ...BY_LOAD_BALANCING,
    title: 'access logs of a Classic Load Balancer',
    sources: [`${DOCS}/elasticloadbalancing/latest/classic/enable-access-logs.html`],
  },
  networkAccess: {
    ...BY_LOG_DELIVERY,
    title: 'access logs of a network load balancer',
    sources: [`${DOCS}/elasticloadbalancing/latest/network/enable-access-logs.html`],
  },
  serverAccess: {
    title: 'server access logs of a bucket',
    principal: 'logging.s3.amazonaws.com',
    keys: S3_KEYS_ONLY,
    lock: 'refused',
    asksForNoKey: true,
    sources: [
      `${DOCS}/AmazonS3/latest/userguide/enable-server-access-logging.html`,
      `${DOCS}/AmazonS3/latest/userguide/object-lock-managing.html`,
    ],
  },
  distributionLegacy: {
    ...BY_LOG_DELIVERY,
    title: 'standard logs (legacy) of a distribution',
    sources: [`${DOCS}/AmazonCloudFront/latest/DeveloperGuide/standard-logging-legacy-s3.html`],
  },
  delivered: {
    ...BY_LOG_DELIVERY,
    title: 'logs that CloudWatch Logs delivers',
    sources: [`${DOCS}/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-V2-S3.html`],
  },
  flow: {
    ...BY_LOG_DELIVERY,
    title: 'flow logs of a network',
    sources: [`${DOCS}/vpc/latest/userguide/flow-logs-s3-permissions.html`],
  },
  webAcl: {
    ...BY_LOG_DELIVERY,
    title: 'logs of a web ACL',
    sources: [`${DOCS}/waf/latest/developerguide/logging-s3.html`, VENDED],
  },
  resolverQuery: {
    ...BY_LOG_DELIVERY,
    title: 'query logs of Route 53 Resolver',
    sources: [VENDED],
  },
  networkFirewall: {
    ...BY_LOG_DELIVERY,
    title: 'logs of a network firewall',
    sources: [`${DOCS}/network-firewall/latest/developerguide/logging-s3.html`, VENDED],
  },
  latticeAccess: {
    ...BY_LOG_DELIVERY,
    title: 'access logs of VPC Lattice',
    sources: [`${DOCS}/vpc-lattice/latest/ug/monitoring-access-logs.html`, VENDED],
  },
  trail: {
    title: 'a trail of CloudTrail',
    principal: 'cloudtrail.amazonaws.com',
    // It asks for the key of the trail itself; nothing is documented about that of the bucket.
    keys: ANY_KEY,
    lock: 'taken',
    sources: [`${DOCS}/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html`],
  },
  configuration: {
    title: 'the history of AWS Config',
    principal: 'config.amazonaws.com',
    keys: ANY_KEY,
    lock: 'without default retention',
    sources: [`${DOCS}/AWSCloudFormation/latest/TemplateReference/aws-resource-config-deliverychannel.html`],
  },
} as const satisfies Readonly<Record<string, LogWriter>>;
