import type { JsonMap } from '../../../../lib/judge/template';
import { HIDDEN, holding, IF, saysOf } from './support';

const Tags = holding('sensitive-authentication-data');
const TABLE = 'AWS::DynamoDB::Table';
const ALIVE = { TimeToLiveSpecification: { AttributeName: 'ends', Enabled: true } };

const it = (Type: string, Properties: JsonMap, others: JsonMap = {}): JsonMap => ({
  It: { Type, Properties: { Tags, ...Properties } },
  ...others,
});

describe('SensitiveAuthenticationDataIsShortLived', () => {
  const says = (resources: JsonMap) => saysOf('SensitiveAuthenticationDataIsShortLived', resources);

  test.each<[string, string, JsonMap]>([
    ['a table with a time to live', TABLE, ALIVE],
    ['a queue of a day', 'AWS::SQS::Queue', { MessageRetentionPeriod: 86_400 }],
    ['a stream, which keeps records for a day', 'AWS::Kinesis::Stream', {}],
    ['a topic, which hands on', 'AWS::SNS::Topic', {}],
  ])('passes %s', (_, type, properties) => {
    expect(says(it(type, properties))).toEqual([]);
  });

  test.each<[string, string, JsonMap, string]>([
    ['a table without a time to live', TABLE, {}, 'TimeToLiveSpecification.Enabled: absent'],
    [
      'a table whose time to live is off',
      TABLE,
      { TimeToLiveSpecification: { AttributeName: 'ends', Enabled: 'false' } },
      'TimeToLiveSpecification.Enabled: false',
    ],
    ['a queue of four days, the default', 'AWS::SQS::Queue', {}, 'MessageRetentionPeriod: absent'],
    [
      'a queue of two days',
      'AWS::SQS::Queue',
      { MessageRetentionPeriod: '172800' },
      'MessageRetentionPeriod: 172800',
    ],
    [
      'a stream of a week',
      'AWS::Kinesis::Stream',
      { RetentionPeriodHours: 168 },
      'RetentionPeriodHours: 168',
    ],
    [
      'a topic with an archive',
      'AWS::SNS::Topic',
      { ArchivePolicy: { days: 7 } },
      'ArchivePolicy: {days: 7}',
    ],
  ])('fails %s', (_, type, properties, where) => {
    expect(says(it(type, properties))).toEqual([`error violation It.Properties.${where}`]);
  });

  test.each([
    'AWS::S3::Bucket',
    'AWS::RDS::DBInstance',
    'AWS::Logs::LogGroup',
    'AWS::Timestream::Table',
    'AWS::EC2::Volume',
  ])('fails %s, which keeps everything', (type) => {
    expect(says(it(type, {}))).toEqual([`error violation It.Properties: ${type}`]);
  });

  test('looks at replicas of a table that spans regions', () => {
    const Replicas = [{ Region: 'eu-west-1', Tags }];
    const table = (properties: JsonMap) => ({
      It: { Type: 'AWS::DynamoDB::GlobalTable', Properties: { Replicas, ...properties } },
    });
    expect(says(table(ALIVE))).toEqual([]);
    expect(says(table({}))).toEqual([
      'error violation It.Properties.TimeToLiveSpecification.Enabled: absent',
    ]);
  });

  test('cannot tell how long entries of a cache live, nor what a parameter says', () => {
    expect(says(it('AWS::ElastiCache::ReplicationGroup', {}))).toEqual(['warning unknown It.Properties']);
    expect(says(it('AWS::SQS::Queue', { MessageRetentionPeriod: HIDDEN }))).toEqual([
      'warning unknown It.Properties.MessageRetentionPeriod',
    ]);
  });

  test('says in which case a finding holds', () => {
    expect(says(it('AWS::SQS::Queue', { MessageRetentionPeriod: IF(3600, 345_600) }))).toEqual([
      'error violation It.Properties.MessageRetentionPeriod: 345600 (Stack.Stage = (any other value))',
    ]);
  });

  test.each(['cardholder-data', 'payment-token', 'nonsense', '<script>'])(
    'asks nothing of what says %s',
    (what) => {
      expect(says({ It: { Type: 'AWS::S3::Bucket', Properties: { Tags: holding(what) } } })).toEqual([]);
    },
  );

  test('asks nothing where nobody says what is held, or that is hidden', () => {
    expect(says({ It: { Type: 'AWS::S3::Bucket' } })).toEqual([]);
    const Hidden = [{ Key: 'data:classification', Value: HIDDEN }];
    expect(says({ It: { Type: 'AWS::S3::Bucket', Properties: { Tags: Hidden } } })).toEqual([]);
  });
});

describe('SensitiveAuthenticationDataIsNotCopied', () => {
  const says = (resources: JsonMap) => saysOf('SensitiveAuthenticationDataIsNotCopied', resources);

  test.each<[string, string, JsonMap]>([
    ['a table alone', TABLE, ALIVE],
    ['a queue without a dead-letter queue', 'AWS::SQS::Queue', {}],
    ['a stream alone', 'AWS::Kinesis::Stream', {}],
    ['a cache without snapshots', 'AWS::ElastiCache::ReplicationGroup', { SnapshotRetentionLimit: 0 }],
  ])('passes %s', (_, type, properties) => {
    expect(says(it(type, properties))).toEqual([]);
  });

  test.each<[string, JsonMap, string]>([
    [
      'recovery to any second',
      { PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } },
      'PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled: true',
    ],
    [
      'a stream',
      { StreamSpecification: { StreamViewType: 'KEYS_ONLY' } },
      'StreamSpecification: {StreamViewType: KEYS_ONLY}',
    ],
    [
      'a stream of Kinesis',
      { KinesisStreamSpecification: { StreamArn: 'arn' } },
      'KinesisStreamSpecification: {StreamArn: arn}',
    ],
    [
      'insights, which show keys',
      { ContributorInsightsSpecification: { Enabled: true } },
      'ContributorInsightsSpecification.Enabled: true',
    ],
  ])('fails a table with %s', (_, properties, where) => {
    expect(says(it(TABLE, { ...ALIVE, ...properties }))).toEqual([`error violation It.Properties.${where}`]);
  });

  test('fails a table in a backup plan, by reference or by its tags', () => {
    const selection = (BackupSelection: JsonMap) => ({
      Plan: { Type: 'AWS::Backup::BackupSelection', Properties: { BackupSelection } },
    });
    expect(says(it(TABLE, {}, selection({ Resources: [{ 'Fn::GetAtt': ['It', 'Arn'] }] })))).toEqual([
      'error violation Plan.Properties.BackupSelection: It',
    ]);
    const ListOfTags = [
      {
        ConditionType: 'STRINGEQUALS',
        ConditionKey: 'data:classification',
        ConditionValue: 'sensitive-authentication-data',
      },
    ];
    expect(says(it(TABLE, {}, selection({ ListOfTags })))).toEqual([
      'error violation Plan.Properties.BackupSelection: It',
    ]);
    expect(says(it(TABLE, {}, selection({ Resources: [HIDDEN] })))).toEqual([
      'warning unknown Plan.Properties.BackupSelection',
    ]);
    const others = selection({ Resources: [{ 'Fn::GetAtt': ['Other', 'Arn'] }] });
    expect(says(it(TABLE, {}, { ...others, Other: { Type: TABLE } }))).toEqual([]);
  });

  test('fails a table of several regions, and what its replicas keep', () => {
    const replica = (more: JsonMap) => ({ Region: 'eu-west-1', Tags, ...more });
    const table = (...Replicas: readonly JsonMap[]) => ({
      It: { Type: 'AWS::DynamoDB::GlobalTable', Properties: { Replicas: [...Replicas] } },
    });
    expect(says(table(replica({})))).toEqual([]);
    expect(says(table(replica({}), { ...replica({}), Region: 'eu-central-1' }))).toEqual([
      'error violation It.Properties.Replicas: 2 replicas',
    ]);
    expect(
      says(table(replica({ PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } }))),
    ).toEqual([
      'error violation It.Properties.Replicas.0.PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled: true',
    ]);
  });

  test('fails a dead-letter queue that is not treated alike', () => {
    const redrive = {
      RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['Dead', 'Arn'] }, maxReceiveCount: 3 },
    };
    const dead = (properties: JsonMap) => ({ Dead: { Type: 'AWS::SQS::Queue', Properties: properties } });
    expect(says(it('AWS::SQS::Queue', redrive, dead({ Tags })))).toEqual([]);
    expect(says(it('AWS::SQS::Queue', redrive, dead({})))).toEqual([
      'error violation It.Properties.RedrivePolicy.deadLetterTargetArn: Dead',
    ]);
    const elsewhere = { RedrivePolicy: { deadLetterTargetArn: HIDDEN, maxReceiveCount: 3 } };
    expect(says(it('AWS::SQS::Queue', elsewhere))).toEqual([
      'warning unknown It.Properties.RedrivePolicy.deadLetterTargetArn',
    ]);
    expect(says(it('AWS::SQS::Queue', { RedrivePolicy: HIDDEN }))).toHaveLength(1);
  });

  test('fails a stream that Firehose writes into a store', () => {
    const delivery = {
      Delivery: {
        Type: 'AWS::KinesisFirehose::DeliveryStream',
        Properties: {
          KinesisStreamSourceConfiguration: { KinesisStreamARN: { 'Fn::GetAtt': ['It', 'Arn'] } },
        },
      },
    };
    expect(says(it('AWS::Kinesis::Stream', {}, delivery))).toEqual([
      'error violation Delivery.Properties.KinesisStreamSourceConfiguration.KinesisStreamARN: It',
    ]);
  });

  test('leaves stores that nobody may use for it to the other rule', () => {
    expect(says(it('AWS::S3::Bucket', { VersioningConfiguration: { Status: 'Enabled' } }))).toEqual([]);
  });
});
