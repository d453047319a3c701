import type { JsonMap } from '../../../../lib/judge/template';
import { holding, saysOf } from './support';

const Tags = holding('sensitive-authentication-data');

/** What tools/mutate.mjs found that no other test tells apart: where a comparison begins and ends, and what is left out. */
describe('how long sensitive authentication data live', () => {
  const says = (Type: string, properties: JsonMap) =>
    saysOf('SensitiveAuthenticationDataIsShortLived', { It: { Type, Properties: { Tags, ...properties } } });

  test('a stream passes a day, and fails an hour more', () => {
    expect(says('AWS::Kinesis::Stream', { RetentionPeriodHours: 24 })).toEqual([]);
    expect(says('AWS::Kinesis::Stream', { RetentionPeriodHours: 25 })).toEqual([
      'error violation It.Properties.RetentionPeriodHours: 25',
    ]);
  });

  test('a queue fails a second more than a day', () => {
    expect(says('AWS::SQS::Queue', { MessageRetentionPeriod: 86_401 })).toEqual([
      'error violation It.Properties.MessageRetentionPeriod: 86401',
    ]);
  });
});

describe('copies of sensitive authentication data', () => {
  const says = (Type: string, properties: JsonMap) =>
    saysOf('SensitiveAuthenticationDataIsNotCopied', { It: { Type, Properties: { Tags, ...properties } } });
  const [CLUSTER, GROUP] = ['AWS::ElastiCache::CacheCluster', 'AWS::ElastiCache::ReplicationGroup'];
  const [SERVERLESS, MEMORYDB] = ['AWS::ElastiCache::ServerlessCache', 'AWS::MemoryDB::Cluster'];

  test.each([CLUSTER, GROUP, SERVERLESS, MEMORYDB])(
    '%s passes where nothing is said of snapshots',
    (type) => {
      expect(says(type, {})).toEqual([]);
      expect(says(type, { SnapshotRetentionLimit: 0 })).toEqual([]);
    },
  );

  test.each([CLUSTER, GROUP, SERVERLESS, MEMORYDB])('%s fails snapshots of a day', (type) => {
    expect(says(type, { SnapshotRetentionLimit: 1 })).toEqual([
      'error violation It.Properties.SnapshotRetentionLimit: 1',
    ]);
  });

  test.each([
    [GROUP, 'GlobalReplicationGroupId'],
    [SERVERLESS, 'FinalSnapshotName'],
    [MEMORYDB, 'FinalSnapshotName'],
    [MEMORYDB, 'MultiRegionClusterName'],
  ])('%s fails %s', (type, property) => {
    expect(says(type, { [property]: 'shop' })).toEqual([`error violation It.Properties.${property}: shop`]);
  });
});

test('a key of account data fails a day less than 30', () => {
  const table = {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      Tags: holding('cardholder-data'),
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: { 'Fn::GetAtt': ['It', 'Arn'] } },
    },
  };
  const said = saysOf('AccountDataKeyWaitsBeforeDeletion', {
    It: { Type: 'AWS::KMS::Key', Properties: { PendingWindowInDays: 29 } },
    Table: table,
  });
  expect(said).toEqual(['info violation It.Properties.PendingWindowInDays: 29']);
});

describe('what logs hold', () => {
  test('a setting of a method that says nothing of data passes', () => {
    const MethodSettings = [{ ResourcePath: '/*', HttpMethod: '*' }];
    const It = { Type: 'AWS::ApiGateway::Stage', Properties: { MethodSettings } };
    expect(saysOf('ApiStageLogsNoBodies', { It })).toEqual([]);
  });

  test('a log of a GraphQL API without a level is asked for its content', () => {
    const It = {
      Type: 'AWS::AppSync::GraphQLApi',
      Properties: { LogConfig: { CloudWatchLogsRoleArn: 'r' } },
    };
    expect(saysOf('GraphQlLogOmitsContent', { It })).toEqual([
      'warning violation It.Properties.LogConfig.ExcludeVerboseContent: absent',
    ]);
  });
});
