import { S3_OBJECT_ROWS } from '../../../../lib/judge/rules/pci/s3-objects';
import type { JsonMap } from '../../../../lib/judge/template';
import { HIDDEN, it as one, says } from './support';

const BUCKET = 'AWS::S3::Bucket';
const bucket = (Properties: JsonMap = {}): JsonMap => one(BUCKET, Properties);
const VERSIONED: JsonMap = { VersioningConfiguration: { Status: 'Enabled' } };

/** A bucket that something writes logs to. */
const target = (Properties: JsonMap, writer: JsonMap): JsonMap => ({ ...bucket(Properties), Writer: writer });
const TRAIL: JsonMap = {
  Type: 'AWS::CloudTrail::Trail',
  Properties: { S3BucketName: { Ref: 'It' }, IsLogging: true },
};
const OTHER_BUCKET: JsonMap = {
  Type: BUCKET,
  Properties: { LoggingConfiguration: { DestinationBucketName: { Ref: 'It' } } },
};
const admitting = (Service: string): JsonMap => ({
  Type: 'AWS::S3::BucketPolicy',
  Properties: {
    Bucket: { Ref: 'It' },
    PolicyDocument: {
      Statement: [{ Effect: 'Allow', Principal: { Service }, Action: 's3:PutObject', Resource: '*' }],
    },
  },
});
const encrypted = (SSEAlgorithm: string | JsonMap): JsonMap => ({
  BucketEncryption: {
    ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm } }],
  },
});
const lifecycle = (...Rules: readonly JsonMap[]): JsonMap => ({ LifecycleConfiguration: { Rules } });
const ALGORITHM =
  'It.Properties.BucketEncryption.ServerSideEncryptionConfiguration.0.ServerSideEncryptionByDefault.SSEAlgorithm';
const RULES = 'It.Properties.LifecycleConfiguration.Rules';

test.each<[string, string, JsonMap, readonly string[]]>([
  ['BucketKeepsVersions', 'passes versions', bucket(VERSIONED), []],
  ['BucketKeepsVersions', 'passes Object Lock, which turns them on', bucket({ ObjectLockEnabled: true }), []],
  [
    'BucketKeepsVersions',
    'fails none',
    bucket(),
    ['info violation It.Properties.VersioningConfiguration.Status: absent'],
  ],
  [
    'BucketKeepsVersions',
    'fails suspended ones',
    bucket({ VersioningConfiguration: { Status: 'Suspended' } }),
    ['info violation It.Properties.VersioningConfiguration.Status: Suspended'],
  ],
  [
    'BucketKeepsVersions',
    'cannot tell a parameter',
    bucket({ VersioningConfiguration: { Status: HIDDEN } }),
    ['info unknown It.Properties.VersioningConfiguration.Status'],
  ],
  ['TrailBucketLocksObjects', 'asks buckets of trails only', bucket(), []],
  [
    'TrailBucketLocksObjects',
    'passes a default retention',
    target(
      { ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 365 } } } },
      TRAIL,
    ),
    [],
  ],
  [
    'TrailBucketLocksObjects',
    'fails none',
    target({ ObjectLockEnabled: true }, TRAIL),
    ['info violation It.Properties.ObjectLockConfiguration.Rule.DefaultRetention: absent'],
  ],
  [
    'TrailBucketLocksObjects',
    'takes a hidden retention for one',
    target({ ObjectLockConfiguration: { Rule: { DefaultRetention: HIDDEN } } }, TRAIL),
    [],
  ],
  [
    'BucketAccessIsLogged',
    'passes a log in another bucket',
    bucket({ LoggingConfiguration: { DestinationBucketName: 'logs' } }),
    [],
  ],
  ['BucketAccessIsLogged', 'passes a log in the bucket itself', bucket({ LoggingConfiguration: {} }), []],
  [
    'BucketAccessIsLogged',
    'fails none',
    bucket(),
    ['warning violation It.Properties.LoggingConfiguration: absent'],
  ],
  ['BucketAccessIsLogged', 'asks for no log of who wrote logs', target({}, OTHER_BUCKET), []],
  [
    'BucketAccessIsLogged',
    'knows a bucket for logs of other apps by its policy',
    target({}, admitting('logging.s3.amazonaws.com')),
    [],
  ],
  [
    'BucketAccessIsLogged',
    'does not take any service for a writer of logs',
    target({}, admitting('ses.amazonaws.com')),
    ['warning violation It.Properties.LoggingConfiguration: absent'],
  ],
  [
    'BucketAccessIsLogged',
    'takes a hidden log for one',
    bucket({ LoggingConfiguration: { DestinationBucketName: HIDDEN } }),
    [],
  ],
  ['BucketUsesKmsKey', 'passes a key of KMS', bucket(encrypted('aws:kms')), []],
  ['BucketUsesKmsKey', 'passes two layers of it', bucket(encrypted('aws:kms:dsse')), []],
  [
    'BucketUsesKmsKey',
    'fails keys of S3',
    bucket(encrypted('AES256')),
    [`info violation ${ALGORITHM}: AES256`],
  ],
  [
    'BucketUsesKmsKey',
    'fails no word, which means keys of S3',
    bucket(),
    [`info violation ${ALGORITHM}: absent`],
  ],
  ['BucketUsesKmsKey', 'cannot tell a parameter', bucket(encrypted(HIDDEN)), [`info unknown ${ALGORITHM}`]],
  [
    'BucketUsesKmsKey',
    'asks nothing of buckets whose writers know no KMS',
    target({}, admitting('logdelivery.elasticloadbalancing.amazonaws.com')),
    [],
  ],
  [
    'BucketUsesKmsKey',
    'asks buckets whose writers know KMS',
    target({}, TRAIL),
    [`info violation ${ALGORITHM}: absent`],
  ],
  [
    'BucketForgetsObjects',
    'passes a rule with an end',
    bucket(
      lifecycle({ Status: 'Disabled', ExpirationInDays: 1 }, { Status: 'Enabled', ExpirationInDays: 400 }),
    ),
    [],
  ],
  ['BucketForgetsObjects', 'fails none', bucket(), [`info violation ${RULES}: absent`]],
  [
    'BucketForgetsObjects',
    'fails a rule that is off',
    bucket(lifecycle({ Status: 'Disabled', ExpirationInDays: 400 })),
    [`info violation ${RULES}: no such rule`],
  ],
  [
    'BucketForgetsObjects',
    'fails rules that only move objects',
    bucket(
      lifecycle({ Status: 'Enabled', Transitions: [{ StorageClass: 'GLACIER', TransitionInDays: 30 }] }),
    ),
    [`info violation ${RULES}: no such rule`],
  ],
  [
    'BucketForgetsObjects',
    'cannot tell whether a rule is on',
    bucket(lifecycle({ Status: HIDDEN, ExpirationInDays: 400 })),
    [`info unknown ${RULES}.0.Status`],
  ],
  ['BucketForgetsOldVersions', 'asks nothing of buckets without versions', bucket(), []],
  [
    'BucketForgetsOldVersions',
    'passes an end of old versions',
    bucket({
      ...VERSIONED,
      ...lifecycle({ Status: 'Enabled', NoncurrentVersionExpiration: { NoncurrentDays: 30 } }),
    }),
    [],
  ],
  [
    'BucketForgetsOldVersions',
    'fails an end of current ones alone',
    bucket({ ...VERSIONED, ...lifecycle({ Status: 'Enabled', ExpirationInDays: 30 }) }),
    [`info violation ${RULES}: no such rule`],
  ],
  [
    'BucketForgetsOldVersions',
    'cannot tell whether there are versions',
    bucket({ VersioningConfiguration: { Status: HIDDEN } }),
    ['info unknown It.Properties.VersioningConfiguration.Status'],
  ],
])('%s %s', (id, _, resources, expected) => {
  expect(says(S3_OBJECT_ROWS, id, resources)).toEqual(expected);
});
