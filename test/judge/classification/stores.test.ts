import { DATA_STORE_TYPES, keepsData, whyHoldsNothing } from '../../../lib/judge/classification';
import { TYPES_WITHOUT_DATA } from '../../../lib/judge/classification/stores';
import { collectFacts } from '../../../lib/judge/hops';
import { CONNECTORS } from '../../../lib/judge/hops/connectors';
import { classify } from '../../../lib/judge/hops/coverage';
import { appOf } from '../support';
import { holdingsIn } from './told';

describe('types that keep data', () => {
  test.each([
    'AWS::S3::Bucket',
    'AWS::DynamoDB::Table',
    'AWS::DynamoDB::GlobalTable',
    'AWS::RDS::DBInstance',
    'AWS::RDS::DBSnapshot',
    'AWS::EFS::FileSystem',
    'AWS::EC2::Volume',
    'AWS::EC2::Instance',
    'AWS::Logs::LogGroup',
    'AWS::SQS::Queue',
    'AWS::Kinesis::Stream',
    'AWS::Cognito::UserPool',
    'AWS::SecretsManager::Secret',
    'AWS::OpenSearchService::Domain',
    'AWS::Backup::BackupVault',
  ])('%s does', (type) => {
    expect(keepsData(type)).toBe(true);
    expect(DATA_STORE_TYPES).toContain(type);
  });

  test.each([
    'AWS::KMS::Key',
    'AWS::Lambda::Function',
    'AWS::CloudFormation::Stack',
    'AWS::CloudFormation::CustomResource',
    'AWS::ElasticLoadBalancingV2::Listener',
    'AWS::IAM::Role',
    'Custom::S3AutoDeleteObjects',
    'Vendor::Data::Base',
    'AWS::Not::Known',
  ])('%s does not', (type) => {
    expect(keepsData(type)).toBe(false);
  });

  test('are left out of what the coverage tables call stores by name and with a reason only', () => {
    // A row that the tables no longer have, or no longer call a store, is stale.
    expect(TYPES_WITHOUT_DATA.filter((type) => !classify(type).listed || !classify(type).store)).toEqual([]);
    expect(new Set(TYPES_WITHOUT_DATA).size).toBe(TYPES_WITHOUT_DATA.length);
    expect(TYPES_WITHOUT_DATA.every((type) => (whyHoldsNothing(type) ?? '').length > 20)).toBe(true);
    expect(whyHoldsNothing('AWS::S3::Bucket')).toBeUndefined();
  });

  test('have every type whose encryption a connector judges, but for those named with a reason', () => {
    const judged = CONNECTORS.flatMap(({ types }) => types);
    const resources = Object.fromEntries(
      judged.map((Type, i) => [`It${i}`, { Type, Properties: { Replicas: [{ Region: 'eu-west-1' }] } }]),
    );
    const { all } = collectFacts(appOf(resources), CONNECTORS, ['store']);
    const stores = new Set(all.flatMap((fact) => (fact.fact === 'store' ? [fact.resource.type] : [])));
    expect(stores.size).toBeGreaterThan(20);
    expect([...stores].filter((type) => !keepsData(type) && whyHoldsNothing(type) === undefined)).toEqual([]);
  });
});

describe('holders', () => {
  test('are stores, and what says something although nobody asks it', () => {
    const holdings = holdingsIn(
      appOf({
        Bucket: { Type: 'AWS::S3::Bucket' },
        Role: { Type: 'AWS::IAM::Role' },
        Code: {
          Type: 'AWS::Lambda::Function',
          Metadata: { SecureTransmissionData: { 'data:classification': 'credentials' } },
        },
      }),
    );
    expect(holdings.map(({ resource }) => resource.logicalId).toSorted()).toEqual(['Bucket', 'Code']);
  });

  test('that exist in no deployment say nothing', () => {
    const Conditions = { Never: { 'Fn::Equals': ['a', 'b'] } };
    const app = appOf({ It: { Type: 'AWS::S3::Bucket', Condition: 'Never' } }, { Conditions });
    expect(holdingsIn(app)).toEqual([]);
  });
});
