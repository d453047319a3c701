import type { JsonMap } from '../../lib/judge/template';
import { IDENTIFIED } from '../../lib/preflight/identifiers';
import { leftoversOf, protectionsOf } from '../../lib/preflight/leftovers';
import { primaryIdentifierOf } from './registry';
import { deployed, stackOf, stacksOf } from './support';

const bucket = (policy: string | undefined, properties: JsonMap = {}): JsonMap => ({
  Type: 'AWS::S3::Bucket',
  Properties: properties,
  ...(policy === undefined ? {} : { DeletionPolicy: policy }),
});

describe('what stays', () => {
  test.each([
    ['Retain', true],
    ['RetainExceptOnCreate', false],
    ['Snapshot', false],
  ])('is what has the policy %s; where its first deployment fails: %s', (policy, staysAfterRollback) => {
    expect(leftoversOf(stackOf({ B: bucket(policy) }))).toMatchObject([
      { resource: 'Shop/B', policy, staysAfterRollback },
    ]);
  });

  test.each([undefined, 'Delete'])('is nothing with the policy %s', (policy) => {
    expect(leftoversOf(stackOf({ B: bucket(policy) }))).toEqual([]);
  });

  test('is a snapshot of a database without a word about it, but not of an instance in a cluster', () => {
    const db = (properties: JsonMap) => ({ Type: 'AWS::RDS::DBInstance', Properties: properties });
    const found = leftoversOf(stackOf({ A: db({}), B: db({ DBClusterIdentifier: 'c' }) }));
    expect(found.map(({ logicalId, policy }) => `${logicalId} ${policy}`)).toEqual(['A Snapshot']);
  });

  test('can be taken back with its name, or with a word for what only AWS knows', () => {
    const app = stackOf({ A: bucket('Retain', { BucketName: 'logs' }), B: bucket('Retain') });
    expect(leftoversOf(app).map(({ name, adopt, remove }) => [name, adopt, remove])).toEqual([
      [
        'logs',
        `cdk import Shop --resource-mapping-inline '{"A":{"BucketName":"logs"}}'`,
        'aws s3api delete-bucket --bucket logs --region eu-west-1',
      ],
      [
        undefined,
        `cdk import Shop --resource-mapping-inline '{"B":{"BucketName":"BUCKET_NAME"}}'`,
        'aws s3api delete-bucket --bucket BUCKET_NAME --region eu-west-1',
      ],
    ]);
  });

  test('is what there can be no second of where the template says all that identifies it', () => {
    const Ksk = {
      Type: 'AWS::Route53::KeySigningKey',
      DeletionPolicy: 'Retain',
      Properties: { HostedZoneId: 'Z1', Name: 'Key1' },
    };
    expect(leftoversOf(stackOf({ Ksk }))).toMatchObject([{ name: 'Z1 Key1' }]);
    const unnamed = { ...Ksk, Properties: { HostedZoneId: { Ref: 'P' }, Name: 'Key1' } };
    const [found] = leftoversOf(
      stackOf({ Ksk: unnamed }, { sections: { Parameters: { P: { Type: 'String' } } } }),
    );
    expect(found).not.toHaveProperty('name');
    expect(found?.adopt).toContain('{"HostedZoneId":"HOSTED_ZONE_ID","Name":"Key1"}');
  });

  test('is not what another app deploys', () => {
    const app = stacksOf({ Shop: {}, Platform: { isReference: true, resources: { B: bucket('Retain') } } });
    expect(leftoversOf(app)).toEqual([]);
  });

  test.each(Object.entries(IDENTIFIED))(
    '%s is identified as the registry of CloudFormation says',
    (type, { by }) => {
      expect(by).toEqual(primaryIdentifierOf(type));
    },
  );
});

describe('what refuses to be deleted', () => {
  const guards = (resources: JsonMap) => protectionsOf(stackOf(resources), []).map(({ what }) => what);

  test('is a stack with termination protection, with the command that ends it', () => {
    const stacks = [
      deployed('Shop', { terminationProtection: true, stackName: 'the-shop' }),
      deployed('Other'),
    ];
    expect(protectionsOf(stackOf({}), stacks)).toEqual([
      {
        stack: 'Shop',
        what: 'the stack itself (termination protection)',
        end: 'aws cloudformation update-termination-protection --no-enable-termination-protection --stack-name the-shop --region eu-west-1',
      },
    ]);
  });

  test('is a load balancer with deletion protection', () => {
    const balancer = (Value: string) => ({
      Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
      Properties: { LoadBalancerAttributes: [{ Key: 'deletion_protection.enabled', Value }] },
    });
    expect(guards({ A: balancer('true'), B: balancer('false') })).toEqual(['Shop/A (deletion protection)']);
  });

  test.each([
    ['GOVERNANCE', 'only who may s3:BypassGovernanceRetention'],
    ['COMPLIANCE', 'nobody, not even the root of the account,'],
  ])('is a bucket whose objects are locked in mode %s', (Mode, who) => {
    const lock = { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Mode, Days: 365 } } };
    expect(guards({ A: bucket(undefined, { ObjectLockConfiguration: lock }), B: bucket(undefined) })).toEqual(
      [`Shop/A (object lock, ${Mode.toLowerCase()} for 365 days: ${who} can delete what lies in it before)`],
    );
  });

  test.each<[string, JsonMap]>([
    ['AWS::RDS::DBCluster', { DeletionProtection: true }],
    ['AWS::DynamoDB::Table', { DeletionProtectionEnabled: 'true' }],
    ['AWS::Cognito::UserPool', { DeletionProtection: 'ACTIVE' }],
  ])('is a %s with %j', (Type, Properties) => {
    expect(guards({ A: { Type, Properties }, B: { Type, Properties: {} } })).toEqual([
      'Shop/A (deletion protection)',
    ]);
  });
});
