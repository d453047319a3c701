import type { JsonMap } from '../../../../lib/judge/template';
import { allow, HIDDEN, IF, policy, saysOf, tags } from './support';

const Tags = tags({ 'pci:scope': 'cde' });

describe('CardholderEgressIsLimited', () => {
  const says = (SecurityGroupEgress: JsonMap[] | JsonMap | undefined, others: JsonMap = {}) =>
    saysOf('CardholderEgressIsLimited', {
      It: {
        Type: 'AWS::EC2::SecurityGroup',
        Properties: { Tags, ...(SecurityGroupEgress === undefined ? {} : { SecurityGroupEgress }) },
      },
      ...others,
    });
  const to = (CidrIp: string | JsonMap) => ({ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp });
  const to6 = (CidrIpv6: string) => ({ IpProtocol: '-1', CidrIpv6 });

  test.each<[string, JsonMap[]]>([
    ['a network', [to('10.0.0.0/8')]],
    [
      'nothing, as CDK writes it',
      [{ IpProtocol: 'icmp', FromPort: 252, ToPort: 86, CidrIp: '255.255.255.255/32' }],
    ],
    [
      'a group',
      [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, DestinationSecurityGroupId: { Ref: 'Other' } }],
    ],
    ['a partner', [to('198.51.100.0/24'), to6('2001:db8::/32')]],
  ])('passes a group that may send to %s', (_, egress) => {
    expect(says(egress, { Other: { Type: 'AWS::EC2::SecurityGroup' } })).toEqual([]);
  });

  test('takes no other attribute of a network for its addresses', () => {
    const Net = { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/8' } };
    expect(says([to({ 'Fn::GetAtt': ['Net', 'CidrBlock'] })], { Net })).toEqual([]);
    expect(says([to({ 'Fn::GetAtt': ['Net', 'VpcId'] })], { Net })).toEqual([
      'info unknown It.Properties.SecurityGroupEgress.0.CidrIp',
    ]);
  });

  test.each<[string, JsonMap[] | undefined, string]>([
    ['everything, without a rule', undefined, 'SecurityGroupEgress: absent'],
    ['everything, by an empty list', [], 'SecurityGroupEgress: empty'],
    ['all of IPv4', [to('0.0.0.0/0')], 'SecurityGroupEgress.0.CidrIp: 0.0.0.0/0'],
    ['all of IPv6', [to('10.0.0.0/8'), to6('::/0')], 'SecurityGroupEgress.1.CidrIpv6: ::/0'],
    ['both halves', [to('0.0.0.0/1'), to('128.0.0.0/1')], 'SecurityGroupEgress.0.CidrIp: 0.0.0.0/1'],
  ])('fails a group that may send to %s', (_, egress, where) => {
    expect(says(egress)).toEqual([`warning violation It.Properties.${where}`]);
  });

  test('adds up rules that stand beside the group, and entries of prefix lists', () => {
    const beside = (properties: JsonMap) => ({
      Rule: {
        Type: 'AWS::EC2::SecurityGroupEgress',
        Properties: { GroupId: { 'Fn::GetAtt': ['It', 'GroupId'] }, ...properties },
      },
    });
    expect(says([to('10.0.0.0/8')], beside(to('0.0.0.0/0')))).toEqual([
      'warning violation Rule.Properties.CidrIp: 0.0.0.0/0',
    ]);
    expect(says(undefined, beside(to('10.0.0.0/8')))).toEqual([
      'warning violation It.Properties.SecurityGroupEgress: absent',
    ]);
    const List = (...cidrs: readonly string[]) => ({
      List: { Type: 'AWS::EC2::PrefixList', Properties: { Entries: cidrs.map((Cidr) => ({ Cidr })) } },
    });
    const listed = [{ IpProtocol: '-1', DestinationPrefixListId: { Ref: 'List' } }];
    expect(says(listed, List('10.1.0.0/16'))).toEqual([]);
    expect(says(listed, List('0.0.0.0/1', '128.0.0.0/1'))).toEqual([
      'warning violation List.Properties.Entries.0.Cidr: 0.0.0.0/1',
    ]);
  });

  test('leaves out rules of other groups, and those that are not there', () => {
    const Other = { Type: 'AWS::EC2::SecurityGroup', Properties: {} };
    const rule = (group: string, more: JsonMap = {}) => ({
      Type: 'AWS::EC2::SecurityGroupEgress',
      Properties: {
        GroupId: { 'Fn::GetAtt': [group, 'GroupId'] },
        DestinationSecurityGroupId: { 'Fn::GetAtt': ['It', 'GroupId'] },
        ...to('0.0.0.0/0'),
      },
      ...more,
    });
    expect(says([to('10.0.0.0/8')], { Other, Rule: rule('Other') })).toEqual([]);
    const found = says([to('10.0.0.0/8')], { Rule: rule('It', { Condition: 'Production' }) });
    expect(found).toEqual(['warning violation Rule.Properties.CidrIp: 0.0.0.0/0 (Stack.Stage = production)']);
  });

  test('tells the block that is the largest part of its internet', () => {
    const six = { IpProtocol: '-1', CidrIpv6: '2000::/3' };
    expect(says([six, to('0.0.0.0/1')])).toEqual([
      'warning violation It.Properties.SecurityGroupEgress.1.CidrIp: 0.0.0.0/1',
    ]);
  });

  test('takes the network of a VPC of the app', () => {
    const Vpc = { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } };
    expect(says([to({ 'Fn::GetAtt': ['Vpc', 'CidrBlock'] })], { Vpc })).toEqual([]);
  });

  test('cannot tell hidden blocks and lists of others', () => {
    expect(says([to(HIDDEN)])).toEqual(['info unknown It.Properties.SecurityGroupEgress.0.CidrIp']);
    expect(says([to('nonsense')])).toEqual(['info unknown It.Properties.SecurityGroupEgress.0.CidrIp']);
    expect(says([{ IpProtocol: '-1', DestinationPrefixListId: 'pl-1' }])).toEqual([
      'info unknown It.Properties.SecurityGroupEgress.0.DestinationPrefixListId',
    ]);
    const listed = [{ IpProtocol: '-1', DestinationPrefixListId: { Ref: 'List' } }];
    const Entries = [{ Cidr: '10.1.0.0/16' }, { Cidr: HIDDEN }];
    expect(says(listed, { List: { Type: 'AWS::EC2::PrefixList', Properties: { Entries } } })).toEqual([
      'info unknown List.Properties.Entries.1.Cidr',
    ]);
    expect(says(HIDDEN)).toEqual(['info unknown It.Properties.SecurityGroupEgress']);
  });

  test('says in which case, and asks nothing outside of the environment', () => {
    expect(says([to(IF('10.0.0.0/8', '0.0.0.0/0'))])).toEqual([
      'warning violation It.Properties.SecurityGroupEgress.0.CidrIp: 0.0.0.0/0 (Stack.Stage = (any other value))',
    ]);
    for (const scope of ['connected', 'out', 'nonsense']) {
      const It = { Type: 'AWS::EC2::SecurityGroup', Properties: { Tags: tags({ 'pci:scope': scope }) } };
      expect(saysOf('CardholderEgressIsLimited', { It })).toEqual([]);
    }
    expect(saysOf('CardholderEgressIsLimited', { It: { Type: 'AWS::EC2::SecurityGroup' } })).toEqual([]);
  });
});

describe('CardholderApiIsPrivate', () => {
  const says = (properties: JsonMap) =>
    saysOf('CardholderApiIsPrivate', {
      It: { Type: 'AWS::ApiGateway::RestApi', Properties: { Tags, ...properties } },
    });
  const PRIVATE = { EndpointConfiguration: { Types: ['PRIVATE'] } };
  const others = {
    Effect: 'Deny',
    Principal: '*',
    Action: 'execute-api:Invoke',
    Resource: '*',
    Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } },
  };
  const everybody = allow('execute-api:Invoke', '*', { Principal: '*' });

  test('passes a private API that denies other networks, or allows its own alone', () => {
    expect(says({ ...PRIVATE, Policy: policy(everybody, others) })).toEqual([]);
    expect(
      says({
        ...PRIVATE,
        Policy: policy({ ...everybody, Condition: { StringEquals: { 'AWS:sourceVpc': 'vpc-1' } } }),
      }),
    ).toEqual([]);
  });

  test.each([
    ['StringNotEqualsIfExists', 'aws:SourceVpce'],
    ['StringNotLike', 'aws:SourceVpc'],
    ['ForAllValues:StringNotEquals', 'aws:SourceVpce'],
    ['ArnNotLike', 'aws:SourceVpcArn'],
    ['NotIpAddress', 'aws:VpcSourceIp'],
  ])('knows a Deny by %s', (operator, key) => {
    const Condition = { [operator]: { [key]: 'x' } };
    expect(says({ ...PRIVATE, Policy: policy(everybody, { ...others, Condition }) })).toEqual([]);
  });

  test.each([
    ['StringLike', 'aws:SourceVpce'],
    ['ArnEquals', 'aws:SourceVpcArn'],
    ['IpAddress', 'aws:VpcSourceIp'],
  ])('knows an Allow by %s', (operator, key) => {
    const Condition = { [operator]: { [key]: 'x' } };
    expect(says({ ...PRIVATE, Policy: policy({ ...everybody, Condition }) })).toEqual([]);
  });

  test('reads every key and every operator of a condition', () => {
    const Condition = {
      Bool: { 'aws:SecureTransport': 'true' },
      StringNotEquals: { 'aws:PrincipalType': 'Anonymous', 'aws:SourceVpce': 'vpce-1' },
    };
    expect(says({ ...PRIVATE, Policy: policy(everybody, { ...others, Condition }) })).toEqual([]);
  });

  test.each<[string, JsonMap, string]>([
    ['a public API, the default', {}, 'EndpointConfiguration.Types: absent'],
    [
      'a regional API',
      { EndpointConfiguration: { Types: ['REGIONAL'] } },
      'EndpointConfiguration.Types: REGIONAL',
    ],
    ['a private API without a policy', PRIVATE, 'Policy: absent'],
    [
      'a private API that limits one of two statements',
      {
        ...PRIVATE,
        Policy: policy(everybody, {
          ...everybody,
          Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-1' } },
        }),
      },
      'Policy: open to every network',
    ],
    [
      'a private API whose policy allows nothing and denies something else',
      { ...PRIVATE, Policy: policy({ ...others, Condition: { Bool: { 'aws:SecureTransport': 'false' } } }) },
      'Policy: open to every network',
    ],
    [
      'a private API that denies everybody something',
      { ...PRIVATE, Policy: policy(everybody, { ...everybody, Effect: 'Deny' }) },
      'Policy: open to every network',
    ],
    [
      'a private API whose condition has no keys',
      { ...PRIVATE, Policy: policy(everybody, { ...others, Condition: { StringNotEquals: 'x' } }) },
      'Policy: open to every network',
    ],
    [
      'a private API that denies one network and no other',
      {
        ...PRIVATE,
        Policy: policy(everybody, { ...others, Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-1' } } }),
      },
      'Policy: open to every network',
    ],
    [
      'a private API that allows all networks but one',
      {
        ...PRIVATE,
        Policy: policy({ ...everybody, Condition: { StringNotEquals: { 'aws:SourceVpc': 'vpc-1' } } }),
      },
      'Policy: open to every network',
    ],
    [
      'a private API that asks only whether a network is named at all',
      {
        ...PRIVATE,
        Policy: policy(everybody, { ...others, Condition: { Null: { 'aws:SourceVpc': 'true' } } }),
      },
      'Policy: open to every network',
    ],
    [
      'a private API for every network',
      { ...PRIVATE, Policy: policy(everybody) },
      'Policy: open to every network',
    ],
  ])('fails %s', (_, properties, where) => {
    expect(says(properties)).toEqual([`warning violation It.Properties.${where}`]);
  });

  test('cannot tell what is hidden, and asks nothing outside of the environment', () => {
    expect(says({ EndpointConfiguration: { Types: HIDDEN } })).toEqual([
      'warning unknown It.Properties.EndpointConfiguration.Types',
    ]);
    expect(says({ EndpointConfiguration: { Types: [HIDDEN] } })).toEqual([
      'warning unknown It.Properties.EndpointConfiguration.Types',
    ]);
    expect(says({ ...PRIVATE, Policy: HIDDEN })).toEqual(['warning unknown It.Properties.Policy']);
    expect(saysOf('CardholderApiIsPrivate', { It: { Type: 'AWS::ApiGateway::RestApi' } })).toEqual([]);
  });
});
