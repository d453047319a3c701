import { DOCS, type GuardVerdict } from './guard-verdict';

/** Buckets whose logs CloudWatch Logs delivers: they take a key, and no page says that they can be locked. */
const DELIVERED_LOGS = [
  'LogBucket(CLOUDFRONT_STANDARD)/Resource/Resource',
  'LogBucket(NLB_ACCESS)/Resource/Resource',
  'LogBucket(VPC_FLOW)/Resource/Resource',
];
const ALB_LOGS = 'LogBucket(ALB_ACCESS)/Resource/Resource';
const S3_LOGS = 'LogBucket(S3_SERVER_ACCESS)/Resource/Resource';
const TRAIL_LOGS = 'LogBucket(CLOUDTRAIL)/Resource/Resource';
const TRUST_MATERIAL = 'TrustMaterialBucket/Resource/Resource';
const LEDGER = 'TokenVault/Ledger/Resource/Resource';
const QUERY_RESULTS = 'OldTlsFinder/Results/Resource/Resource';

const S3 = { kms: 's3_bucket_default_encryption_kms_check', lock: 's3_bucket_object_lock_enabled_check' };

/** What is found in buckets. */
export const BUCKETS: readonly GuardVerdict[] = [
  {
    rule: S3.kms,
    control: 'CT.S3.PR.10',
    asks: 'a bucket is encrypted with KMS',
    where: [ALB_LOGS],
    standing: 'not possible',
    why: 'Application load balancers write to buckets with SSE-S3 only.',
    source: `${DOCS}/elasticloadbalancing/latest/application/enable-access-logging.html`,
  },
  {
    rule: S3.kms,
    control: 'CT.S3.PR.10',
    asks: 'a bucket is encrypted with KMS',
    where: [S3_LOGS],
    standing: 'not possible',
    why: 'Amazon S3 delivers server access logs to buckets with SSE-S3 only.',
    source: `${DOCS}/AmazonS3/latest/userguide/troubleshooting-server-access-logging.html`,
  },
  {
    rule: S3.kms,
    control: 'CT.S3.PR.10',
    asks: 'a bucket is encrypted with KMS',
    where: [TRUST_MATERIAL],
    standing: 'left to the app',
    why: 'Certificates of authorities and revocation lists are public: what matters is who may write them, and the trust store names one version. S3 encrypts them with its own keys.',
    source: `${DOCS}/elasticloadbalancing/latest/application/mutual-authentication.html`,
  },
  {
    rule: 's3_bucket_logging_enabled_check',
    control: 'CT.S3.PR.2',
    asks: 'a bucket logs the requests to it',
    where: [ALB_LOGS, ...DELIVERED_LOGS, LEDGER, TRUST_MATERIAL],
    standing: 'left to the app',
    why: '`serverAccessLogBucket` of a `LogBucket`, and of a `TokenVault`, sets it; it needs a bucket that all others of the account share. Data events of a trail tell the same with the caller proven.',
    source: `${DOCS}/AmazonS3/latest/userguide/logging-with-S3.html`,
  },
  {
    rule: 's3_bucket_logging_enabled_check',
    control: 'CT.S3.PR.2',
    asks: 'a bucket logs the requests to it',
    where: [S3_LOGS],
    standing: 'not possible',
    why: 'This bucket receives such logs: one that logged to itself would log its own logs without end.',
    source: `${DOCS}/AmazonS3/latest/userguide/ServerLogs.html`,
  },
  {
    rule: S3.lock,
    control: 'CT.S3.PR.9',
    asks: 'a bucket has Object Lock',
    where: [QUERY_RESULTS],
    standing: 'left to the app',
    why: 'What a query found is a copy that can be made again, and names people: it is deleted after `resultRetention`. The logs that it was made from have the lock.',
    source: `${DOCS}/AmazonS3/latest/userguide/object-lock.html`,
  },
  {
    rule: S3.lock,
    control: 'CT.S3.PR.9',
    asks: 'a bucket has Object Lock',
    where: [ALB_LOGS, S3_LOGS],
    standing: 'not possible',
    why: 'The service cannot write there: Amazon S3 refuses a locked bucket as target of access logs, and load balancers send no checksum, which a default retention demands.',
    source: `${DOCS}/AmazonS3/latest/userguide/object-lock-managing.html`,
  },
  {
    rule: S3.lock,
    control: 'CT.S3.PR.9',
    asks: 'a bucket has Object Lock',
    where: DELIVERED_LOGS,
    standing: 'not possible',
    why: 'No page of AWS says that CloudWatch Logs delivers to a locked bucket, and a log that is not written is worse than one that can be deleted. `objectLock` sets it for those who tried it.',
    source: `${DOCS}/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-S3.html`,
  },
  {
    rule: S3.lock,
    control: 'CT.S3.PR.9',
    asks: 'a bucket has Object Lock',
    where: [TRUST_MATERIAL],
    standing: 'left to the app',
    why: 'The trust store names one version, which nobody can overwrite, and every version is kept: what is written later changes nobody whom the load balancer trusts.',
    source: `${DOCS}/elasticloadbalancing/latest/application/mutual-authentication.html`,
  },
  {
    rule: 's3_event_notifications_enabled_check',
    control: 'CT.S3.PR.4',
    asks: 'a bucket sends notifications',
    where: [ALB_LOGS, ...DELIVERED_LOGS, LEDGER, QUERY_RESULTS, S3_LOGS, TRAIL_LOGS, TRUST_MATERIAL],
    standing: 'left to the app',
    why: 'A notification without somebody who wants it protects nothing. Who does adds it to the bucket that the construct hands out.',
    source: `${DOCS}/AmazonS3/latest/userguide/EventNotifications.html`,
  },
];
