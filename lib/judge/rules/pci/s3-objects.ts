import type { PackRule } from '../../packs/pack';
import { arbitrate } from '../arbiter';
import {
  anyOf,
  isOneOf,
  isPresent,
  isTrue,
  onlyWhere,
  type PropertyTest,
  propertyRow,
  unknown,
  violation,
} from '../property';
import { COMPLIANT, NOT_APPLICABLE, type Verdict } from '../rule';
import { AT_REST, AUDIT_LOG } from './requirements';
import { keepsTrail, logWritersOf } from './s3-log-writers';

const BUCKET = 'AWS::S3::Bucket';

const keepsVersions: PropertyTest = anyOf(
  isOneOf('VersioningConfiguration.Status', ['Enabled']),
  // Object Lock turns versions on by itself.
  isTrue('ObjectLockEnabled'),
);

/** Rules on how buckets keep objects, with their levels. */
export const S3_OBJECT_ROWS: readonly PackRule[] = [
  propertyRow('info', {
    id: 'BucketKeepsVersions',
    title: 'a bucket keeps what is overwritten or removed',
    risk: 'What a faulty release or an intruder overwrites is gone, and nobody can show what was there.',
    fix: 'Set VersioningConfiguration.Status to Enabled, and let a lifecycle rule remove old versions in time. CDK: versioned: true on Bucket, which is off by default.',
    references: {
      pciDss: ['10.3.4'],
      gdpr: ['32(1)(c)'],
      securityHub: ['S3.14'],
      cwe: ['CWE-404'],
      awsConfig: ['S3_BUCKET_VERSIONING_ENABLED'],
    },
    resourceTypes: [BUCKET],
    test: keepsVersions,
  }),
  propertyRow('info', {
    id: 'TrailBucketLocksObjects',
    title: 'a bucket that keeps the audit trail locks what is in it',
    risk: 'Whoever may delete objects removes the record of what they did.',
    fix: 'Set ObjectLockEnabled to true and ObjectLockConfiguration.Rule.DefaultRetention to a mode and a year or more; not on buckets that server access logs or AWS Config write to, which refuse locked buckets. CDK: objectLockEnabled: true and objectLockDefaultRetention: ObjectLockRetention.governance(Duration.days(365)) on Bucket.',
    references: {
      pciDss: ['10.3.2', '10.3.4'],
      gdpr: ['32(1)(d)'],
      securityHub: ['S3.15'],
      cwe: ['CWE-778'],
      awsConfig: ['S3_BUCKET_DEFAULT_LOCK_ENABLED'],
    },
    resourceTypes: [BUCKET],
    test: (properties, context) => {
      if (!keepsTrail(properties)) return NOT_APPLICABLE;
      const writersTakeLock = logWritersOf(properties).every(({ lock }) => lock === 'taken');
      const { ruling } = arbitrate('immutability', { isAuditRecord: true, writersTakeLock });
      return ruling === 'yields'
        ? NOT_APPLICABLE
        : isPresent('ObjectLockConfiguration.Rule.DefaultRetention', 'a mode and a time')(
            properties,
            context,
          );
    },
  }),
  propertyRow('warning', {
    id: 'BucketAccessIsLogged',
    title: 'a bucket logs who asks for its objects',
    risk: 'After a leak nobody can tell which objects were read, and whose data they held.',
    fix: 'Set LoggingConfiguration with DestinationBucketName, or a prefix alone to log into the bucket itself; a bucket that holds logs needs none. CDK: serverAccessLogsBucket on Bucket, such as a LogBucket of this package.',
    references: {
      pciDss: AUDIT_LOG,
      gdpr: ['32(1)(d)', '33(1)'],
      securityHub: ['S3.9'],
      cwe: ['CWE-778'],
      awsConfig: ['S3_BUCKET_LOGGING_ENABLED'],
    },
    resourceTypes: [BUCKET],
    // A log of who wrote the log would never end.
    test: (properties) => {
      const isLogTarget = logWritersOf(properties).length > 0;
      if (arbitrate('log-target-logging', { isLogTarget }).ruling === 'yields') return NOT_APPLICABLE;
      // An empty map logs into the bucket itself.
      const at = properties.at('LoggingConfiguration');
      return at.isPresent ? COMPLIANT : violation(at, 'absent', 'a bucket for logs');
    },
  }),
  propertyRow('info', {
    id: 'BucketUsesKmsKey',
    title: 'a bucket is encrypted with a key whose use is decided and logged',
    risk: 'S3 encrypts with keys of its own for everybody who may read: no second permission stands in the way, no use of the key is logged, and no key can be destroyed to destroy the data.',
    fix: 'Set SSEAlgorithm in BucketEncryption.ServerSideEncryptionConfiguration to aws:kms with KMSMasterKeyID; buckets for logs of load balancers and of S3 itself take AES256 only. CDK: encryptionKey on Bucket; the default is S3_MANAGED.',
    references: {
      pciDss: AT_REST,
      gdpr: ['32(1)(a)'],
      securityHub: ['S3.17'],
      cwe: ['CWE-320'],
      awsConfig: ['S3_DEFAULT_ENCRYPTION_KMS'],
    },
    resourceTypes: [BUCKET],
    test: (properties, context) => {
      const writersTakeKeys = logWritersOf(properties).every(({ keys }) => keys.includes('customer-key'));
      const { ruling } = arbitrate('log-target-encryption', { writersTakeKeys });
      return ruling === 'yields' ? NOT_APPLICABLE : usesKms(properties, context);
    },
  }),
  propertyRow('info', {
    id: 'BucketForgetsObjects',
    title: 'a bucket says how long it keeps objects',
    risk: 'What nobody removes is kept for ever, and stolen long after it was of use.',
    fix: 'Add an enabled rule with ExpirationInDays to LifecycleConfiguration.Rules. CDK: lifecycleRules: [{ expiration: Duration.days(400) }] on Bucket.',
    references: {
      pciDss: ['3.2.1', '10.5.1'],
      gdpr: ['5(1)(e)', '25(2)'],
      securityHub: ['S3.13'],
      cwe: ['CWE-404'],
      awsConfig: ['S3_LIFECYCLE_POLICY_CHECK'],
    },
    resourceTypes: [BUCKET],
    test: hasLifecycle('ExpirationInDays', 'ExpirationDate'),
  }),
  propertyRow('info', {
    id: 'BucketForgetsOldVersions',
    title: 'a bucket with versions removes old ones in time',
    risk: 'What was deleted is still there as an old version: personal data that had to be erased, card data that had to be gone.',
    fix: 'Add an enabled rule with NoncurrentVersionExpiration to LifecycleConfiguration.Rules. CDK: lifecycleRules: [{ noncurrentVersionExpiration: Duration.days(30) }] on Bucket.',
    references: {
      pciDss: ['3.2.1', '10.5.1'],
      gdpr: ['5(1)(e)', '17(1)'],
      cwe: ['CWE-404'],
      awsConfig: ['S3_VERSION_LIFECYCLE_POLICY_CHECK'],
    },
    resourceTypes: [BUCKET],
    test: onlyWhere(
      keepsVersions,
      hasLifecycle('NoncurrentVersionExpiration', 'NoncurrentVersionExpirationInDays'),
    ),
  }),
];

/** A bucket has one rule for encryption. */
const usesKms: PropertyTest = (properties) => {
  const rules = properties.at('BucketEncryption', 'ServerSideEncryptionConfiguration');
  const list = rules.list();
  if (list.state === 'unresolved') return unknown(rules, list.why);
  const rule = list.state === 'given' && list.value[0] !== undefined ? list.value[0] : rules.at(0);
  const at = rule.at('ServerSideEncryptionByDefault', 'SSEAlgorithm');
  const algorithm = at.string();
  if (algorithm.state === 'unresolved') return unknown(at, algorithm.why);
  const got = algorithm.state === 'given' ? algorithm.value : 'absent';
  return got.startsWith('aws:kms') ? COMPLIANT : violation(at, got, 'aws:kms');
};

/** Some rule that is on has one of these; a rule that is hidden may. */
function hasLifecycle(...expiries: readonly string[]): PropertyTest {
  return (properties) => {
    const rules = properties.at('LifecycleConfiguration', 'Rules');
    const list = rules.list();
    if (list.state === 'unresolved') return unknown(rules, list.why);
    let hidden: Verdict | undefined;
    for (const rule of list.state === 'given' ? list.value : []) {
      const status = rule.at('Status').string();
      if (!expiries.some((expiry) => rule.at(expiry).isPresent)) continue;
      if (status.state === 'unresolved') hidden ??= unknown(rule.at('Status'), status.why);
      else if (status.state === 'given' && status.value === 'Enabled') return COMPLIANT;
    }
    const got = rules.isPresent ? 'no such rule' : 'absent';
    return hidden ?? violation(rules, got, `an enabled rule with ${expiries[0]}`);
  };
}
