import type { LogDeliveryFact, LogTarget } from '../hops/log-facts';
import type { LogWriter } from '../hops/log-target';
import type { PackRule } from '../packs/pack';
import { defineRule } from './define';
import { judged, unknown, violation } from './predicates';
import { COMPLIANT, type Rule, type Verdict } from './rule';

const BUCKET = 'AWS::S3::Bucket';
const WAF_NAME = 'aws-waf-logs-';

const NEVER_ARRIVE =
  'Nothing fails at deployment, and the log stays empty: when somebody has to know who connected, nobody can.';

/**
 * Rules on buckets that AWS services write logs to, with their levels. Nothing travels in clear for these faults, but
 * what should show it never arrives: they are warnings.
 */
export const LOG_TARGET_PACK_ROWS: readonly PackRule[] = [
  {
    level: 'warning',
    unknown: 'warning',
    rule: defineRule({
      id: 'LogBucketEncryptionAdmitsDelivery',
      title: 'a bucket for logs is encrypted with what the services that write them can use',
      risk: `Load balancers for HTTP and Amazon S3 itself write logs to buckets with keys of Amazon S3 only, and no service of another account can use the key that AWS manages (aws/s3). ${NEVER_ARRIVE}`,
      fix: 'Set SSEAlgorithm to AES256, or leave BucketEncryption out; logs that may be encrypted with KMS (network load balancers, flow logs, CloudTrail) go to a bucket of their own, whose key has a policy that lets the service in. CDK: encryption: BucketEncryption.S3_MANAGED, or LogBucket with the kind of log.',
      references: { pciDss: ['10.2.1', '10.7.2'], gdpr: ['32(1)(d)'], cwe: ['CWE-778'] },
      resourceTypes: [BUCKET],
      reads: 'log-target',
      judge: (target) => judgeEncryption(target),
    }),
  },
  {
    level: 'warning',
    unknown: 'warning',
    rule: defineRule({
      id: 'LogBucketObjectLockAdmitsDelivery',
      title: 'a bucket for logs is not locked against the services that write them',
      risk: `Amazon S3 writes no server access logs to a bucket with Object Lock, and AWS Config nothing to one with a default retention. ${NEVER_ARRIVE}`,
      fix: 'Leave ObjectLockEnabled and ObjectLockConfiguration out for server access logs, and DefaultRetention for AWS Config; versions (VersioningConfiguration) and a policy that denies s3:DeleteObject protect them too. CDK: no objectLockEnabled and no objectLockDefaultRetention, or LogBucket with the kind of log.',
      references: { pciDss: ['10.2.1', '10.3.4', '10.7.2'], gdpr: ['32(1)(d)'], cwe: ['CWE-778'] },
      resourceTypes: [BUCKET],
      reads: 'log-target',
      judge: (target) => judgeLock(target),
    }),
  },
  {
    level: 'warning',
    unknown: 'warning',
    rule: defineRule({
      id: 'LogBucketPolicyAdmitsDelivery',
      title: 'the policy of a bucket for logs does not deny what the services write',
      risk: `A Deny that asks for a VPC endpoint, an organisation or an encryption header holds for services of AWS too, which have none of them. ${NEVER_ARRIVE}`,
      fix: 'Let the Deny spare services: add the condition Bool aws:PrincipalIsAWSService false to it. CDK: conditions of the PolicyStatement that addToResourcePolicy() takes.',
      references: { pciDss: ['10.2.1', '10.7.2'], gdpr: ['32(1)(d)'], cwe: ['CWE-778'] },
      resourceTypes: [BUCKET, 'AWS::S3::BucketPolicy'],
      reads: 'log-target',
      judge: (target) => judgePolicy(target),
    }),
  },
  {
    level: 'warning',
    unknown: 'warning',
    rule: defineRule({
      id: 'WafLogDestinationNameIsTaken',
      title: `the name of what AWS WAF logs to begins with ${WAF_NAME}`,
      risk: 'AWS WAF refuses any other destination: the deployment fails, or the web ACL is left without a log.',
      fix: `Give the log group (LogGroupName), bucket (BucketName) or stream (DeliveryStreamName) a name that begins with ${WAF_NAME}; a name that CloudFormation makes up does not. CDK: logGroupName, bucketName or deliveryStreamName.`,
      references: { pciDss: ['10.2.1', '10.7.2'], gdpr: ['32(1)(d)'], cwe: ['CWE-778'] },
      resourceTypes: [
        'AWS::WAFv2::LoggingConfiguration',
        BUCKET,
        'AWS::Logs::LogGroup',
        'AWS::KinesisFirehose::DeliveryStream',
      ],
      reads: 'log-destination-name',
      judge: ({ name }) =>
        name.value === undefined && name.unknown === undefined
          ? violation(name, `a name that begins with ${WAF_NAME}`, 'CloudFormation makes up a name')
          : judged(name, `a name that begins with ${WAF_NAME}`, (begin) => begin.startsWith(WAF_NAME)),
    }),
  },
  {
    level: 'info',
    unknown: 'info',
    rule: defineRule({
      id: 'LogOmitsQueryStrings',
      title: 'an access log holds no query strings',
      risk: 'Query strings hold e-mail addresses, search terms and tokens of persons: protected by TLS on their way, they lie in the log for a year, for everyone who may read it.',
      fix: 'Leave cs-uri-query, cs(Referer) and cs(Cookie) out of RecordFields, which must be given, since it stands for all fields where it is absent; add QueryString to RedactedFields of AWS WAF. CDK: TlsDistribution and WebAcl leave them out.',
      references: { pciDss: ['3.2.1', '10.2.2'], gdpr: ['5(1)(c)', '25(2)'], cwe: ['CWE-532'] },
      resourceTypes: ['AWS::Logs::Delivery', 'AWS::WAFv2::LoggingConfiguration'],
      loosenings: ['queryStringsInLogs'],
      reads: 'log-content',
      judge: ({ queryStrings }) => judged(queryStrings, 'without query strings', (held) => !held),
    }),
  },
];

/** Rules on buckets for logs, and on what logs hold. */
export const LOG_TARGET_RULES: readonly Rule[] = LOG_TARGET_PACK_ROWS.map(({ rule }) => rule);

function judgeEncryption({ encryption, deliveries }: LogTarget): Verdict {
  const key = encryption.value;
  if (key === undefined) {
    const choosy = deliveries.some(({ writers }) => writers.some(({ keys }) => keys.length < 3));
    return choosy && encryption.unknown !== undefined ? unknown(encryption, encryption.unknown) : COMPLIANT;
  }
  // None is as good as keys of Amazon S3, which encrypts by itself.
  const takes = (writer: LogWriter) => key === 'none' || writer.keys.includes(key);
  return judgeDeliveries(deliveries, takes, (refused) => {
    // What is wanted has to suit all of them.
    const alone = refused.some(({ writers }) => writers.some(({ keys }) => keys.length === 1));
    const want = alone ? 'AES256' : 'AES256, or a key of your own';
    const which = key === 'aws-managed-key' ? ['with the key that AWS manages'] : [];
    return violation(encryption, want, [...which, comeFrom(refused)].join('; '));
  });
}

function judgeLock({ objectLock, deliveries }: LogTarget): Verdict {
  const state = objectLock.value;
  if (state === undefined) {
    const choosy = deliveries.some(({ writers }) => writers.some(({ lock }) => lock !== 'taken'));
    return choosy && objectLock.unknown !== undefined ? unknown(objectLock, objectLock.unknown) : COMPLIANT;
  }
  const takes = ({ lock }: LogWriter) =>
    state === 'off' || lock === 'taken' || (lock === 'without default retention' && state === 'on');
  return judgeDeliveries(deliveries, takes, (refused) =>
    violation(objectLock, 'left out', comeFrom(refused)),
  );
}

function judgePolicy({ deliveries }: LogTarget): Verdict {
  const refused = deliveries.filter(({ refused: { value } }) => value === true);
  const [first] = refused;
  if (first === undefined) return COMPLIANT;
  return violation(
    first.refused,
    'limited to requests that no service of AWS makes',
    comeFrom(refused.filter(({ refused: { path } }) => path === first.refused.path)),
  );
}

function judgeDeliveries(
  deliveries: readonly LogDeliveryFact[],
  takes: (writer: LogWriter) => boolean,
  fault: (refused: readonly LogDeliveryFact[]) => Verdict,
): Verdict {
  const refused = deliveries.filter(({ writers }) => !writers.some(takes));
  if (refused.length > 0) return fault(refused);
  const unsure = deliveries.find(({ writers }) => !writers.every(takes));
  return unsure === undefined
    ? COMPLIANT
    : unknown(unsure.which, unsure.which.unknown ?? 'the log is not known');
}

/** Which logs it is about; of many, the first tell enough. */
function comeFrom(refused: readonly LogDeliveryFact[]): string {
  const titles = [...new Set(refused.map(({ writers: [writer] }) => writer?.title ?? 'logs'))];
  return `it takes ${titles.join(', ')}`;
}
