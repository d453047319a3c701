import { collectFacts } from '../../../lib/judge/hops';
import { CONNECTORS } from '../../../lib/judge/hops/connectors';
import { SUPPORTING_PACK } from '../../../lib/judge/packs/supporting';
import { isPropertyRule, propertyFacts } from '../../../lib/judge/rules/property';
import type { JsonMap } from '../../../lib/judge/template';
import { appOf, type TemplateParts, wordsOf } from '../support';

const HIDDEN = { Ref: 'Hidden' };
const PARAMETER = { Parameters: { Hidden: { Type: 'String' } } };

function words(id: string, resources: JsonMap, parts: TemplateParts = PARAMETER): readonly string[] {
  const found = SUPPORTING_PACK.rules.find(({ rule }) => rule.id === id);
  if (found === undefined) return ['no such rule'];
  const app = appOf(resources, parts);
  if (!isPropertyRule(found.rule)) {
    return wordsOf(found.rule, collectFacts(app, CONNECTORS, [found.rule.reads]).all);
  }
  const { facts, always } = propertyFacts(app, found.rule, {});
  return [...always.map(() => 'compliant'), ...wordsOf(found.rule, facts)];
}

const one = (Type: string, Properties: JsonMap): JsonMap => ({ It: { Type, Properties } });

describe('KeyRotatesWithinAYear', () => {
  test.each<[string, JsonMap, readonly string[]]>([
    ['passes a year', { EnableKeyRotation: true, RotationPeriodInDays: 365 }, ['compliant']],
    ['passes what KMS does by default, which is a year', { EnableKeyRotation: true }, ['compliant']],
    [
      'fails a day more',
      { EnableKeyRotation: true, RotationPeriodInDays: 366 },
      ['violation at Properties.RotationPeriodInDays: 366'],
    ],
    ['fails a key that never rotates', {}, ['violation at Properties.EnableKeyRotation: absent']],
    [
      'cannot tell a hidden period',
      { EnableKeyRotation: true, RotationPeriodInDays: HIDDEN },
      ['unknown at Properties.RotationPeriodInDays'],
    ],
    [
      'cannot tell a hidden switch',
      { EnableKeyRotation: HIDDEN },
      ['unknown at Properties.EnableKeyRotation'],
    ],
    ['says nothing about asymmetric keys, which KMS cannot rotate', { KeySpec: 'RSA_2048' }, []],
    ['says nothing about imported material', { Origin: 'EXTERNAL' }, []],
  ])('%s', (_title, properties, expected) => {
    expect(words('KeyRotatesWithinAYear', one('AWS::KMS::Key', properties))).toEqual(expected);
  });
});

describe('SecretRotatesWithin90Days', () => {
  test.each<[string, JsonMap | undefined, string]>([
    ['passes 90 days', { AutomaticallyAfterDays: 90 }, 'compliant'],
    [
      'fails 91 days',
      { AutomaticallyAfterDays: 91 },
      'violation at Properties.RotationRules.AutomaticallyAfterDays: 91',
    ],
    ['passes a rate', { ScheduleExpression: 'rate(12 hours)' }, 'compliant'],
    [
      'fails a slow rate',
      { ScheduleExpression: 'rate(200 days)' },
      'violation at Properties.RotationRules.ScheduleExpression: rate(200 days)',
    ],
    ['passes the first of every month', { ScheduleExpression: 'cron(0 8 1 * ? *)' }, 'compliant'],
    [
      'fails every half year',
      { ScheduleExpression: 'cron(0 8 1 */6 ? *)' },
      'violation at Properties.RotationRules.ScheduleExpression: cron(0 8 1 */6 ? *)',
    ],
    [
      'cannot tell the 31st, which few months have',
      { ScheduleExpression: 'cron(0 8 31 1/2 ? *)' },
      'unknown at Properties.RotationRules.ScheduleExpression',
    ],
    [
      'fails no rules at all',
      undefined,
      'violation at Properties.RotationRules.AutomaticallyAfterDays: absent',
    ],
    [
      'cannot tell a parameter',
      { AutomaticallyAfterDays: HIDDEN },
      'unknown at Properties.RotationRules.AutomaticallyAfterDays',
    ],
  ])('%s', (_title, rules, expected) => {
    const properties = { SecretId: 'shop', ...(rules === undefined ? {} : { RotationRules: rules }) };
    const schedule = one('AWS::SecretsManager::RotationSchedule', properties);
    expect(words('SecretRotatesWithin90Days', schedule)).toEqual([expected]);
  });
});

describe('trails', () => {
  const trail = (properties: JsonMap) => one('AWS::CloudTrail::Trail', properties);

  test('pass where they record calls in every region', () => {
    const fine = trail({ IsLogging: true, IsMultiRegionTrail: true });
    expect(words('TrailIsLogging', fine)).toEqual(['compliant']);
    expect(words('TrailCoversEveryRegion', fine)).toEqual(['compliant']);
  });

  test('fail where they record one region, which is the default', () => {
    expect(words('TrailCoversEveryRegion', trail({ IsLogging: true }))).toEqual([
      'violation at Properties.IsMultiRegionTrail: absent',
    ]);
  });

  test('are one fault where they record nothing', () => {
    const off = trail({ IsLogging: false });
    expect(words('TrailIsLogging', off)).toEqual(['violation at Properties.IsLogging: false']);
    expect(words('TrailCoversEveryRegion', off)).toEqual([]);
  });

  test('cannot be told from a parameter', () => {
    expect(words('TrailIsLogging', trail({ IsLogging: HIDDEN }))).toEqual([
      'unknown at Properties.IsLogging',
    ]);
  });
});

describe('log groups', () => {
  const both = (properties: JsonMap) => {
    const group = one('AWS::Logs::LogGroup', properties);
    return [words('LogRetentionCoversAYear', group), words('LogRetentionEnds', group)].flat();
  };

  test.each<[string, JsonMap, readonly string[]]>([
    ['pass a year', { RetentionInDays: 365 }, ['compliant', 'compliant']],
    ['pass thirteen months', { RetentionInDays: 400 }, ['compliant', 'compliant']],
    [
      'fail half a year',
      { RetentionInDays: 180 },
      ['violation at Properties.RetentionInDays: 180', 'compliant'],
    ],
    [
      'fail longer than 400 days',
      { RetentionInDays: 545 },
      ['compliant', 'violation at Properties.RetentionInDays: 545'],
    ],
    ['fail where they never forget', {}, ['compliant', 'violation at Properties.RetentionInDays: absent']],
    [
      'are one unknown for a parameter',
      { RetentionInDays: HIDDEN },
      ['unknown at Properties.RetentionInDays'],
    ],
    ['say nothing where they only deliver', { LogGroupClass: 'DELIVERY' }, []],
  ])('%s', (_title, properties, expected) => {
    expect(both(properties)).toEqual(expected);
  });
});

describe('stores', () => {
  test('StoreIsEncrypted fails a store that is not', () => {
    const database = (on: JsonMap | boolean) => one('AWS::Neptune::DBCluster', { StorageEncrypted: on });
    expect(words('StoreIsEncrypted', database(true))).toEqual(['compliant']);
    expect(words('StoreIsEncrypted', database(false))).toEqual([
      'violation at Properties.StorageEncrypted: false',
    ]);
    expect(words('StoreIsEncrypted', database(HIDDEN))).toEqual(['unknown at Properties.StorageEncrypted']);
  });

  test('TableCanBeRestored looks at each region of a global table', () => {
    const table = one('AWS::DynamoDB::GlobalTable', {
      Replicas: [
        { Region: 'eu-west-1', PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } },
        { Region: 'eu-central-1' },
      ],
    });
    expect(words('TableCanBeRestored', table)).toEqual([
      'compliant',
      'violation at Properties.Replicas.1.PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled: absent',
    ]);
  });

  test('TableCanBeRestored cannot tell hidden regions', () => {
    const parts = { Parameters: { Hidden: { Type: 'CommaDelimitedList' } } };
    const table = one('AWS::DynamoDB::GlobalTable', { Replicas: HIDDEN });
    expect(words('TableCanBeRestored', table, parts)).toEqual(['unknown at Properties.Replicas']);
  });

  test('a table is encrypted with a key of DynamoDB, of AWS or of the customer, in each region', () => {
    const facts = collectFacts(
      appOf({
        Own: { Type: 'AWS::DynamoDB::Table', Properties: {} },
        Aws: { Type: 'AWS::DynamoDB::Table', Properties: { SSESpecification: { SSEEnabled: true } } },
        Global: {
          Type: 'AWS::DynamoDB::GlobalTable',
          Properties: {
            SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
            Replicas: [{ Region: 'eu-central-1', SSESpecification: { KMSMasterKeyId: { Ref: 'Key' } } }],
          },
        },
        Key: { Type: 'AWS::KMS::Key', Properties: {} },
      }),
    ).all.filter((fact) => fact.fact === 'store');
    expect(
      facts.map(({ resource, encryption, region }) => [resource.logicalId, encryption.value, region]),
    ).toEqual([
      ['Own', 'service-key', 'eu-west-1'],
      ['Aws', 'aws-managed-key', 'eu-west-1'],
      ['Global', 'customer-key', 'eu-central-1'],
    ]);
    expect(facts[2]?.key?.logicalId).toBe('Key');
  });
});

describe('AdministrationPortsAreNotOpenToAnyone', () => {
  const ID = 'AdministrationPortsAreNotOpenToAnyone';
  const group = (...rules: JsonMap[]) => one('AWS::EC2::SecurityGroup', { SecurityGroupIngress: rules });
  const ssh = (source: JsonMap): JsonMap => ({ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, ...source });
  const AT = 'Properties.SecurityGroupIngress.0';

  test.each<[string, JsonMap, readonly string[]]>([
    ['passes addresses that are known', group(ssh({ CidrIp: '198.51.100.0/24' })), ['compliant']],
    ['passes private networks', group(ssh({ CidrIp: '10.0.0.0/8' })), ['compliant']],
    ['passes another security group', group(ssh({ SourceSecurityGroupId: 'sg-1' })), ['compliant']],
    [
      'passes HTTPS from everywhere',
      group({ ...ssh({ CidrIp: '0.0.0.0/0' }), FromPort: 443, ToPort: 443 }),
      ['compliant'],
    ],
    ['passes UDP', group({ ...ssh({ CidrIp: '0.0.0.0/0' }), IpProtocol: 'udp' }), ['compliant']],
    ['fails everywhere', group(ssh({ CidrIp: '0.0.0.0/0' })), [`violation at ${AT}.CidrIp: 0.0.0.0/0`]],
    [
      'fails one half of everywhere',
      group(ssh({ CidrIp: '128.0.0.0/1' })),
      [`violation at ${AT}.CidrIp: 128.0.0.0/1`],
    ],
    [
      'fails a range of ports around it',
      group({ ...ssh({ CidrIpv6: '::/0' }), FromPort: 0, ToPort: 1024 }),
      [`violation at ${AT}.CidrIpv6: ::/0`],
    ],
    [
      'fails every protocol',
      group({ IpProtocol: '-1', CidrIp: '0.0.0.0/0' }),
      [`violation at ${AT}.CidrIp: 0.0.0.0/0`],
    ],
    [
      'fails TCP by its number',
      group({ ...ssh({ CidrIp: '0.0.0.0/0' }), IpProtocol: 6 }),
      [`violation at ${AT}.CidrIp: 0.0.0.0/0`],
    ],
    [
      'cannot tell a prefix list',
      group(ssh({ SourcePrefixListId: 'pl-1' })),
      [`unknown at ${AT}.SourcePrefixListId`],
    ],
    ['cannot tell a parameter', group(ssh({ CidrIp: HIDDEN })), [`unknown at ${AT}.CidrIp`]],
    [
      'cannot tell hidden ports of everywhere',
      group({ ...ssh({ CidrIp: '0.0.0.0/0' }), FromPort: HIDDEN }),
      [`unknown at ${AT}.FromPort`],
    ],
    [
      'passes hidden ports of known addresses',
      group({ ...ssh({ CidrIp: '198.51.100.0/24' }), FromPort: HIDDEN }),
      ['compliant'],
    ],
    ['cannot tell what is no block', group(ssh({ CidrIp: 'everywhere' })), [`unknown at ${AT}.CidrIp`]],
  ])('%s', (_title, resources, expected) => {
    expect(words(ID, resources)).toEqual(expected);
  });

  test('cannot tell hidden rules', () => {
    const parts = { Parameters: { Hidden: { Type: 'CommaDelimitedList' } } };
    const hidden = one('AWS::EC2::SecurityGroup', { SecurityGroupIngress: HIDDEN });
    expect(words(ID, hidden, parts)).toEqual(['unknown at Properties.SecurityGroupIngress']);
  });

  test('adds up rules that stand beside a group which is made elsewhere', () => {
    const beside = (CidrIp: string) => ({
      Type: 'AWS::EC2::SecurityGroupIngress',
      Properties: ssh({ GroupId: 'sg-1', CidrIp }),
    });
    expect(words(ID, { A: beside('18.0.0.0/8'), B: beside('19.0.0.0/8') })).toEqual([
      expect.stringMatching(/^violation at Properties.CidrIp/),
    ]);
    expect(words(ID, { A: beside('18.0.0.0/8') })).toEqual(['compliant']);
  });

  test('reads the block of a VPC of the app', () => {
    const vpc = (CidrBlock: string) => ({
      Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock } },
      ...group(ssh({ CidrIp: { 'Fn::GetAtt': ['Vpc', 'CidrBlock'] } })),
    });
    expect(words(ID, vpc('10.0.0.0/16'))).toEqual(['compliant']);
    expect(words(ID, vpc('0.0.0.0/0'))).toEqual([`violation at ${AT}.CidrIp: 0.0.0.0/0`]);
  });
});

describe('NobodyIsAdministrator', () => {
  const ALL = { Effect: 'Allow', Action: '*', Resource: '*' };
  const document = (...statements: JsonMap[]): JsonMap => ({ Version: '2012-10-17', Statement: statements });
  const managed = (...statements: JsonMap[]) =>
    one('AWS::IAM::ManagedPolicy', { PolicyDocument: document(...statements) });
  const AT = 'Properties.PolicyDocument.Statement';

  test.each<[string, JsonMap, readonly string[]]>([
    ['passes some actions', managed({ ...ALL, Action: ['s3:*'] }), ['compliant']],
    ['passes some resources', managed({ ...ALL, Resource: 'arn:aws:s3:::a/*' }), ['compliant']],
    ['passes a Deny of everything', managed({ ...ALL, Effect: 'Deny' }), ['compliant']],
    [
      'fails the second statement',
      managed({ ...ALL, Action: 's3:*' }, ALL),
      [`violation at ${AT}.1: every action on every resource`],
    ],
    [
      'fails lists',
      managed({ ...ALL, Action: ['s3:*', '*'], Resource: ['*'] }),
      [`violation at ${AT}.0: every action on every resource`],
    ],
    ['cannot tell a hidden action', managed({ ...ALL, Action: HIDDEN }), [`unknown at ${AT}.0`]],
    [
      'passes a hidden action on one resource',
      managed({ ...ALL, Action: HIDDEN, Resource: 'arn:aws:s3:::a' }),
      ['compliant'],
    ],
    [
      'fails what stands in a role',
      one('AWS::IAM::Role', { Policies: [{ PolicyName: 'a', PolicyDocument: document(ALL) }] }),
      ['violation at Properties.Policies.0.PolicyDocument.Statement.0: every action on every resource'],
    ],
    [
      'fails the policy that AWS keeps for it',
      one('AWS::IAM::Role', {
        ManagedPolicyArns: [
          { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::aws:policy/AdministratorAccess']] },
        ],
      }),
      [expect.stringMatching(/^violation at Properties.ManagedPolicyArns.0: /)],
    ],
    [
      'passes other policies of AWS',
      one('AWS::IAM::Role', { ManagedPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] }),
      ['compliant'],
    ],
    ['says nothing about a role without policies', one('AWS::IAM::Role', {}), []],
  ])('%s', (_title, resources, expected) => {
    expect(words('NobodyIsAdministrator', resources)).toEqual(expected);
  });
});
