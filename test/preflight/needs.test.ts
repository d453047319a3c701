import { needsOf } from '../../lib/preflight/needs';
import { deployed, lines, stackOf, stacksOf } from './support';

const topic = (name: unknown) => ({
  Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: name as string } },
});
const STORED = { Vpc: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/platform/vpc-id' } };

describe('what has to be there before', () => {
  test.each<[string, unknown, object]>([
    ['an export', { 'Fn::ImportValue': 'platform-topic' }, { kind: 'export', name: 'platform-topic' }],
    [
      'an output',
      { 'Fn::GetStackOutput': { StackName: 'Platform', OutputName: 'Arn' } },
      { kind: 'stack output', name: 'Platform.Arn' },
    ],
    [
      'a parameter in SSM',
      'a-{{resolve:ssm:/platform/name:2}}',
      { kind: 'SSM parameter', name: '/platform/name' },
    ],
    ['a secret', '{{resolve:secretsmanager:shop/key:SecretString:k}}', { kind: 'secret', name: 'shop/key' }],
  ])('is %s that no stack of the app makes', (_, value, need) => {
    expect(needsOf(stackOf(topic(value)), [deployed('Shop')])).toEqual({
      found: [{ ...need, stack: 'Shop', region: 'eu-west-1' }],
      obstacles: [],
    });
  });

  test('is what a parameter of the template reads from SSM, but not the version of the bootstrap stack', () => {
    const Parameters = {
      ...STORED,
      Bootstrap: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/cdk-bootstrap/hnb659fds/version' },
    };
    const app = stackOf(topic('a'), { sections: { Parameters } });
    expect(needsOf(app, [deployed('Shop')]).found).toMatchObject([
      { kind: 'SSM parameter', name: '/platform/vpc-id' },
    ]);
  });

  test('is a value for a parameter without a default, which blocks until it is given', () => {
    const sections = { Parameters: { Stage: { Type: 'String' } } };
    const open = needsOf(stackOf(topic('a'), { sections }), [deployed('Shop')]);
    expect(lines(open.obstacles)).toEqual([
      'blocks needs Shop: its parameter Stage has no default, so that its first deployment needs a value',
    ]);
    for (const name of ['Stage', 'Shop.Stage']) {
      expect(needsOf(stackOf(topic('a'), { sections }, { [name]: 'test' }), []).obstacles).toEqual([]);
    }
  });
});

describe('what another stack of the app makes', () => {
  const app = (reader: unknown) =>
    stacksOf({
      Shop: { resources: topic(reader), sections: {} },
      Platform: {
        resources: {
          Id: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/platform/vpc-id', Value: 'x' } },
        },
        sections: { Outputs: { Arn: { Value: 'x', Export: { Name: 'platform-topic' } } } },
      },
    });
  const readers = [
    { 'Fn::ImportValue': 'platform-topic' },
    { 'Fn::GetStackOutput': { StackName: 'Platform', OutputName: 'Arn' } },
    '{{resolve:ssm:/platform/vpc-id}}',
  ];

  test.each(readers)('must come before its reader: %j', (reader) => {
    const found = needsOf(app(reader), [deployed('Shop'), deployed('Platform')]);
    expect([found.found, lines(found.obstacles)]).toEqual([
      [],
      [
        expect.stringMatching(
          /^blocks order Shop: reads the .* that Platform makes, and does not depend on it/,
        ),
      ],
    ]);
  });

  test.each(readers)('is fine where its reader depends on it, also by way of others: %j', (reader) => {
    const stacks = [deployed('Shop', { after: ['Middle'] }), deployed('Middle', { after: ['Platform'] })];
    expect(needsOf(app(reader), stacks)).toEqual({ found: [], obstacles: [] });
  });
});

test('an output is that of a stack in the region that is named', () => {
  const reads = (Region: string) =>
    topic({ 'Fn::GetStackOutput': { StackName: 'Platform', OutputName: 'Arn', Region } });
  const sections = { Outputs: { Arn: { Value: 'x' } } };
  const needs = (region: string) =>
    needsOf(stacksOf({ Shop: { resources: reads(region) }, Platform: { sections, region: 'us-east-1' } }), [
      deployed('Platform'),
      deployed('Shop', { after: ['Platform'] }),
    ]).found;
  expect(needs('us-east-1')).toEqual([]);
  expect(needs('eu-north-1')).toEqual([
    { kind: 'stack output', name: 'Platform.Arn', stack: 'Shop', region: 'eu-north-1' },
  ]);
});

test('what a baseline makes that another app deploys has to be there', () => {
  const app = stacksOf({
    Shop: { resources: topic('a'), sections: { Parameters: STORED } },
    Platform: {
      isReference: true,
      resources: {
        Id: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/platform/vpc-id', Value: 'x' } },
      },
    },
  });
  const { found, obstacles } = needsOf(app, [deployed('Shop')]);
  expect([found.map(({ name }) => name), obstacles]).toEqual([['/platform/vpc-id'], []]);
});
