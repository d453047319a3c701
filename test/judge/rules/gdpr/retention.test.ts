import { RETENTION_ROWS } from '../../../../lib/judge/rules/gdpr/retention';
import type { JsonMap } from '../../../../lib/judge/template';
import { findings, found, HIDDEN, resource, store, tags } from './support';

const BUCKET = 'AWS::S3::Bucket';
const bucket = (...Rules: readonly JsonMap[]) => ({
  It: store(BUCKET, { LifecycleConfiguration: { Rules } }),
});
const on = (rule: JsonMap): JsonMap => ({ Status: 'Enabled', ...rule });
const RULES = 'It.LifecycleConfiguration.Rules';

describe('BucketForgetsPersonalDataInTime', () => {
  const says = (...rules: readonly JsonMap[]) =>
    found(RETENTION_ROWS, 'BucketForgetsPersonalDataInTime', bucket(...rules));

  test.each<[string, readonly JsonMap[]]>([
    ['in time', [on({ ExpirationInDays: 90 })]],
    [
      'in time by one of several rules',
      [on({ ExpirationInDays: 400 }), on({ ExpirationInDays: 30, Prefix: '' })],
    ],
    ['nothing, which another rule tells', []],
    ['nothing, by a rule that is off', [{ Status: 'Disabled', ExpirationInDays: 400 }]],
  ])('passes a bucket that erases %s', (_, rules) => {
    expect(says(...rules)).toEqual([]);
  });

  test('fails one that erases too late, or not everything', () => {
    expect(says(on({ ExpirationInDays: 91 }))).toEqual([`warning violation ${RULES}.0.ExpirationInDays: 91`]);
    expect(says(on({ ExpirationInDays: 30, Prefix: 'tmp/' }))).toEqual([
      `warning violation ${RULES}: rules for some objects only`,
    ]);
  });

  test('cannot tell what is hidden', () => {
    expect(says(on({ ExpirationInDays: HIDDEN }))).toEqual([`warning unknown ${RULES}.0.ExpirationInDays`]);
    expect(says({ Status: HIDDEN, ExpirationInDays: 400 })).toEqual([`warning unknown ${RULES}.0.Status`]);
    const it = store(BUCKET, { LifecycleConfiguration: { Rules: HIDDEN } });
    expect(found(RETENTION_ROWS, 'BucketForgetsPersonalDataInTime', { It: it })).toEqual([
      `warning unknown ${RULES}`,
    ]);
  });

  test('is asked in the case in which a condition makes it so', () => {
    const days = { 'Fn::If': ['Production', 400, 30] };
    expect(says(on({ ExpirationInDays: days }))).toEqual([
      `warning violation ${RULES}.0.ExpirationInDays: 400`,
    ]);
  });
});

describe('BucketForgetsOldVersionsInTime', () => {
  const RULE = 'BucketForgetsOldVersionsInTime';
  const says = (...rules: readonly JsonMap[]) => found(RETENTION_ROWS, RULE, bucket(...rules));

  test('passes old versions that end with the data, however it is written', () => {
    expect(says(on({ NoncurrentVersionExpiration: { NoncurrentDays: 30 } }))).toEqual([]);
    expect(says(on({ NoncurrentVersionExpirationInDays: 90 }))).toEqual([]);
    expect(says()).toEqual([]);
  });

  test('fails those that outlive it, and says who gives way', () => {
    const late = on({ NoncurrentVersionExpiration: { NoncurrentDays: 365 } });
    expect(says(late)).toEqual([
      `warning violation ${RULES}.0.NoncurrentVersionExpiration.NoncurrentDays: 365`,
    ]);
    expect(findings(RETENTION_ROWS, RULE, bucket(late))[0]?.detail).toBe(
      'old versions of personal data end with the data itself',
    );
    expect(
      says(on({ NoncurrentVersionExpirationInDays: 9, TagFilters: [{ Key: 'a', Value: 'b' }] })),
    ).toEqual([`warning violation ${RULES}: rules for some old versions only`]);
  });

  test('cannot tell a hidden number', () => {
    expect(says(on({ NoncurrentVersionExpiration: { NoncurrentDays: HIDDEN } }))).toEqual([
      `warning unknown ${RULES}.0.NoncurrentVersionExpiration.NoncurrentDays`,
    ]);
  });
});

describe('BucketForgetsUnfinishedUploads', () => {
  const RULE = 'BucketForgetsUnfinishedUploads';
  const upload = { AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } };

  test('passes a rule for all objects, fails none, and cannot tell hidden ones', () => {
    expect(found(RETENTION_ROWS, RULE, bucket(on(upload)))).toEqual([]);
    expect(found(RETENTION_ROWS, RULE, bucket())).toEqual([
      `info violation ${RULES}: no such rule for all objects`,
    ]);
    expect(found(RETENTION_ROWS, RULE, bucket(on({ ...upload, Prefix: 'a' })))).toHaveLength(1);
    expect(found(RETENTION_ROWS, RULE, { It: store(BUCKET) })).toEqual([`info violation ${RULES}: absent`]);
    expect(found(RETENTION_ROWS, RULE, bucket({ Status: HIDDEN, ...upload }))).toEqual([
      `info unknown ${RULES}.0.Status`,
    ]);
    expect(found(RETENTION_ROWS, RULE, { It: resource(BUCKET) })).toEqual([]);
  });
});

describe('TableForgetsPersonalDataInTime', () => {
  const RULE = 'TableForgetsPersonalDataInTime';
  const TABLE = 'AWS::DynamoDB::Table';
  const SOON = { retentionDays: 30 };
  const ttl = (Enabled: boolean | JsonMap) => ({
    TimeToLiveSpecification: { Enabled, AttributeName: 'ends' },
  });

  test('passes a time to live, and what names a handler', () => {
    expect(found(RETENTION_ROWS, RULE, { It: store(TABLE, ttl(true), SOON) })).toEqual([]);
    expect(
      found(RETENTION_ROWS, RULE, { It: store(TABLE, {}, { ...SOON, erasureHandler: 'Eraser' }) }),
    ).toEqual([]);
  });

  test('fails neither, also of data that nobody may ask to erase', () => {
    expect(found(RETENTION_ROWS, RULE, { It: store(TABLE, {}, SOON) })).toEqual([
      'warning violation It.TimeToLiveSpecification.Enabled: absent',
    ]);
    expect(
      found(RETENTION_ROWS, RULE, { It: store(TABLE, ttl(false), { lawfulBases: ['legal-obligation'] }) }),
    ).toEqual(['warning violation It.TimeToLiveSpecification.Enabled: false']);
  });

  test('leaves a table that needs a handler to the rule on handlers', () => {
    expect(found(RETENTION_ROWS, RULE, { It: store(TABLE) })).toEqual([]);
  });

  test('looks at tables of several regions, whose tags stand on replicas', () => {
    const it = resource('AWS::DynamoDB::GlobalTable', {
      Replicas: [{ Region: 'eu-central-1', Tags: tags(SOON) }],
    });
    expect(found(RETENTION_ROWS, RULE, { It: it })).toHaveLength(1);
  });

  test('cannot tell a hidden switch', () => {
    expect(found(RETENTION_ROWS, RULE, { It: store(TABLE, ttl(HIDDEN), SOON) })).toEqual([
      'warning unknown It.TimeToLiveSpecification.Enabled',
    ]);
  });
});

describe('StreamForgetsPersonalDataInTime', () => {
  const RULE = 'StreamForgetsPersonalDataInTime';
  const DAYS = { retentionDays: 2 };

  test.each<[string, JsonMap, JsonMap, string]>([
    [
      'AWS::Kinesis::Stream',
      { RetentionPeriodHours: 48 },
      { RetentionPeriodHours: 49 },
      'RetentionPeriodHours: 49',
    ],
    [
      'AWS::SQS::Queue',
      { MessageRetentionPeriod: '172800' },
      { MessageRetentionPeriod: 172801 },
      'MessageRetentionPeriod: 172801',
    ],
    ['AWS::SQS::Queue', { MessageRetentionPeriod: 60 }, {}, 'MessageRetentionPeriod: absent'],
    ['AWS::Events::Archive', { RetentionDays: 2 }, {}, 'RetentionDays: absent'],
    ['AWS::Events::Archive', { RetentionDays: 1 }, { RetentionDays: 0 }, 'RetentionDays: 0'],
    ['AWS::KinesisVideo::Stream', {}, { DataRetentionInHours: 72 }, 'DataRetentionInHours: 72'],
    [
      'AWS::Timestream::Table',
      { RetentionProperties: { MagneticStoreRetentionPeriodInDays: '2' } },
      {},
      'RetentionProperties.MagneticStoreRetentionPeriodInDays: absent',
    ],
  ])('%s passes %j and fails %j', (type, right, wrong, place) => {
    const typed = (properties: JsonMap) => ({ ...store(type, properties, DAYS) });
    expect(found(RETENTION_ROWS, RULE, { It: typed(right) })).toEqual([]);
    expect(found(RETENTION_ROWS, RULE, { It: typed(wrong) })).toEqual([`warning violation It.${place}`]);
  });

  test('passes the defaults of a stream, and cannot tell a parameter', () => {
    expect(found(RETENTION_ROWS, RULE, { It: store('AWS::Kinesis::Stream', {}, DAYS) })).toEqual([]);
    expect(
      found(RETENTION_ROWS, RULE, {
        It: store('AWS::Kinesis::Stream', { RetentionPeriodHours: HIDDEN }, DAYS),
      }),
    ).toEqual(['warning unknown It.RetentionPeriodHours']);
  });

  test('takes nonsense for unknown, and says nothing of what says nothing', () => {
    expect(
      found(RETENTION_ROWS, RULE, {
        It: store('AWS::SQS::Queue', { MessageRetentionPeriod: 'for ever' }, DAYS),
      }),
    ).toEqual(['warning unknown It.MessageRetentionPeriod']);
    expect(found(RETENTION_ROWS, RULE, { It: resource('AWS::SQS::Queue') })).toEqual([]);
  });
});
