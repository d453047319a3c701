import { SCOPED_TYPES } from '../../../../lib/judge/rules/cardholder/scope-rows';
import type { JsonMap } from '../../../../lib/judge/template';
import { allow, HIDDEN, IF, policy, saysOf, tags } from './support';

const scoped = (scope: string | JsonMap, more: Readonly<Record<string, string>> = {}) =>
  tags({ 'pci:scope': scope, ...more });
const bucket = (Tags: JsonMap[], Metadata: JsonMap = {}) => ({
  It: { Type: 'AWS::S3::Bucket', Metadata, Properties: { Tags } },
});

test('no type of the list is there twice', () => {
  expect(new Set(SCOPED_TYPES).size).toBe(SCOPED_TYPES.length);
});

describe('ScopeIsKnown', () => {
  const says = (resources: JsonMap) => saysOf('ScopeIsKnown', resources);

  test.each(['cde', 'connected', 'security-impacting', 'out'])('passes %s', (scope) => {
    expect(says(bucket(scoped(scope)))).toEqual([]);
  });

  test.each(['CDE', 'in', '', 'constructor', '__proto__', '<script>'])('fails %p', (scope) => {
    expect(says(bucket(scoped(scope)))).toEqual([`warning violation It.Properties.Tags: ${scope}`]);
  });

  test.each(['PCI:Scope', 'pci-scope', 'pciscope'])('fails the key %s', (key) => {
    expect(says(bucket(tags({ [key]: 'cde' })))).toEqual([`warning violation It.Properties.Tags: ${key}`]);
  });

  test('reads tags written as a map, and those of replicas', () => {
    expect(says({ It: { Type: 'AWS::MSK::Cluster', Properties: { Tags: { 'pci:scope': 'in' } } } })).toEqual([
      'warning violation It.Properties.Tags: in',
    ]);
    const Replicas = [{ Region: 'eu-west-1', Tags: scoped('in') }];
    expect(says({ It: { Type: 'AWS::DynamoDB::GlobalTable', Properties: { Replicas } } })).toEqual([
      'warning violation It.Properties.Replicas.0.Tags: in',
    ]);
  });

  test('cannot tell what a parameter says, bounds what it shows, and asks nothing where nothing is said', () => {
    expect(says(bucket(scoped(HIDDEN)))).toEqual(['warning unknown It.Properties.Tags']);
    expect(says(bucket(scoped('x'.repeat(99))))).toEqual([
      `warning violation It.Properties.Tags: ${'x'.repeat(57)}...`,
    ]);
    expect(says(bucket([]))).toEqual([]);
  });
});

describe('AccountDataIsInScope', () => {
  const says = (resources: JsonMap) => saysOf('AccountDataIsInScope', resources);
  const CARDS = { 'data:classification': 'cardholder-data' };

  test('passes account data of the environment, said by tags or in Metadata', () => {
    expect(says(bucket(scoped('cde', CARDS)))).toEqual([]);
    const Metadata = { SecureTransmissionData: { ...CARDS, 'pci:scope': 'cde' } };
    expect(says({ It: { Type: 'AWS::Timestream::Table', Metadata } })).toEqual([]);
  });

  test('fails account data anywhere else', () => {
    expect(says(bucket(tags(CARDS)))).toEqual(['warning violation It.Properties.Tags: absent']);
    expect(says(bucket(scoped('out', CARDS)))).toEqual(['warning violation It.Properties.Tags: out']);
    expect(says(bucket(scoped(IF('cde', 'out'), CARDS)))).toEqual([
      'warning violation It.Properties.Tags: out (Stack.Stage = (any other value))',
    ]);
  });

  test('cannot tell a hidden scope, and asks nothing of other data', () => {
    expect(says(bucket(scoped(HIDDEN, CARDS)))).toEqual(['warning unknown It.Properties.Tags']);
    expect(says(bucket(tags({ 'data:classification': 'internal' })))).toEqual([]);
  });
});

describe('ScopeIsSaidOfEverything', () => {
  const says = (resources: JsonMap) => saysOf('ScopeIsSaidOfEverything', resources);

  test('fails what says nothing where others say it', () => {
    const Role = { Type: 'AWS::IAM::Role' };
    expect(says({ ...bucket(scoped('cde')), Role })).toEqual(['info violation Role.Properties.Tags: absent']);
  });

  test('asks nothing where nobody has begun, nor of what has no tags', () => {
    expect(says({ ...bucket([]), Role: { Type: 'AWS::IAM::Role' } })).toEqual([]);
    expect(says({ ...bucket(scoped('cde')), Alias: { Type: 'AWS::KMS::Alias' } })).toEqual([]);
    expect(
      says({
        ...bucket(scoped('cde')),
        Role: { Type: 'AWS::IAM::Role', Properties: { Tags: scoped(HIDDEN) } },
      }),
    ).toEqual([]);
  });
});

describe('OutOfScopeIsSeparate', () => {
  const says = (resources: JsonMap) => saysOf('OutOfScopeIsSeparate', resources);
  const thing = (Type: string, scope: string, properties: JsonMap = {}) => ({
    Type,
    Properties: { Tags: scoped(scope), ...properties },
  });
  const Key = thing('AWS::KMS::Key', 'cde');

  test('fails what is out of scope and uses a key, a subnet or a group of the environment', () => {
    expect(says({ It: thing('AWS::SQS::Queue', 'out', { KmsMasterKeyId: { Ref: 'Key' } }), Key })).toEqual([
      'warning violation It.Properties.KmsMasterKeyId: Key, whose pci:scope is cde',
    ]);
    expect(
      says({
        It: thing('AWS::EC2::Instance', 'out', { SubnetId: { Ref: 'Net' } }),
        Net: thing('AWS::EC2::Subnet', 'cde'),
      }),
    ).toEqual(['warning violation It.Properties.SubnetId: Net, whose pci:scope is cde']);
  });

  test('fails what is of the environment and uses what is out of scope', () => {
    expect(
      says({
        It: thing('AWS::Lambda::Function', 'cde', { Role: { 'Fn::GetAtt': ['Role', 'Arn'] } }),
        Role: thing('AWS::IAM::Role', 'out'),
      }),
    ).toEqual(['warning violation It.Properties.Role: Role, whose pci:scope is out']);
  });

  test('fails policies and rules of groups that join both', () => {
    const It = {
      Type: 'AWS::IAM::Policy',
      Properties: {
        Roles: [{ Ref: 'Role' }],
        PolicyDocument: policy(allow('dynamodb:GetItem', { 'Fn::GetAtt': ['Table', 'Arn'] })),
      },
    };
    const Role = thing('AWS::IAM::Role', 'out');
    expect(says({ It, Role, Table: thing('AWS::DynamoDB::Table', 'cde') })).toEqual([
      'warning violation It.Properties.Roles: Role, which is out of scope',
    ]);
    const rule = (group: string, source: string) => ({
      Type: 'AWS::EC2::SecurityGroupIngress',
      Properties: {
        GroupId: { Ref: group },
        SourceSecurityGroupId: { Ref: source },
        IpProtocol: 'tcp',
        FromPort: 443,
        ToPort: 443,
      },
    });
    const groups = {
      In: thing('AWS::EC2::SecurityGroup', 'cde'),
      Out: thing('AWS::EC2::SecurityGroup', 'out'),
      Between: thing('AWS::EC2::SecurityGroup', 'connected'),
    };
    expect(says({ It: rule('In', 'Out'), ...groups })).toEqual([
      'warning violation It.Properties.SourceSecurityGroupId: Out, which is out of scope',
    ]);
    expect(says({ It: rule('In', 'Between'), ...groups })).toEqual([]);
  });

  test('passes what is connected, what says nothing and is no link, and apps without scopes', () => {
    expect(
      says({ It: thing('AWS::SQS::Queue', 'connected', { KmsMasterKeyId: { Ref: 'Key' } }), Key }),
    ).toEqual([]);
    expect(
      says({ It: { Type: 'AWS::SQS::Queue', Properties: { KmsMasterKeyId: { Ref: 'Key' } } }, Key }),
    ).toEqual([]);
    expect(
      says({
        It: { Type: 'AWS::SQS::Queue', Properties: { KmsMasterKeyId: { Ref: 'Key' } } },
        Key: { Type: 'AWS::KMS::Key' },
      }),
    ).toEqual([]);
  });

  test('says in which case', () => {
    expect(
      says({
        It: thing('AWS::SQS::Queue', 'out', { KmsMasterKeyId: IF({ Ref: 'Key' }, 'alias/aws/sqs') }),
        Key,
      }),
    ).toEqual([
      'warning violation It.Properties.KmsMasterKeyId: Key, whose pci:scope is cde (Stack.Stage = production)',
    ]);
  });
});
