import { run, write } from './support';

/** What the check says is not judged, line ends taken out. */
function notJudged(template: unknown): string {
  const { code, out, err } = run(['check', write('t.json', template)]);
  expect(err).toBe('');
  expect(code).toBeLessThan(2);
  return out
    .replaceAll(/\n {12}/g, ' ')
    .split('\n')
    .filter((line) => line.startsWith('not judged'))
    .join('\n');
}

const BUCKET = {
  Type: 'AWS::SNS::Subscription',
  Properties: { Protocol: 'https', TopicArn: 'a', Endpoint: 'https://b.example' },
};

describe('what cannot be judged is said and counted', () => {
  test.each<[string, object, RegExp]>([
    [
      'modules of CloudFormation',
      { Resources: { M: { Type: 'Acme::Web::Site::MODULE' }, N: { Type: 'Acme::Web::Site::MODULE' } } },
      /Acme::Web::Site::MODULE 2/,
    ],
    [
      'types of other parties',
      { Resources: { M: { Type: 'Datadog::Monitors::Monitor' } } },
      /Datadog::Monitors::Monitor 1/,
    ],
    [
      'custom resources',
      { Resources: { C: { Type: 'Custom::Thing', Properties: {} } } },
      /Custom::Thing 1 \(custom resource/,
    ],
    [
      'a macro for all of it',
      { Transform: 'Acme::Macro', Resources: { B: BUCKET } },
      /transform Acme::Macro may add or change/,
    ],
    [
      'a macro with parameters',
      { Transform: { Name: 'AWS::Include', Parameters: { Location: 's3://b/k' } }, Resources: { B: BUCKET } },
      /transform AWS::Include may add or change/,
    ],
    [
      'a macro among resources',
      { Resources: { 'Fn::Transform': { Name: 'M' }, B: BUCKET } },
      /transform Fn::Transform may/,
    ],
    [
      'a loop over a list that is not known',
      {
        Transform: 'AWS::LanguageExtensions',
        Parameters: { L: { Type: 'CommaDelimitedList' } },
        Resources: {
          B: BUCKET,
          'Fn::ForEach::X': ['I', { Ref: 'L' }, { 'T${I}': { Type: 'AWS::SNS::Topic' } }],
        },
      },
      /loop X runs over a list that is only known at deployment/,
    ],
    [
      'an entry without a type',
      { Resources: { B: BUCKET, X: { Properties: {} } } },
      /X is not written out as a resource/,
    ],
    [
      'a nested stack elsewhere',
      {
        Resources: { S: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'https://b/t' } } },
      },
      /AWS::CloudFormation::Stack 1/,
    ],
    [
      'SAM without its transform',
      { Resources: { F: { Type: 'AWS::Serverless::Function', Properties: {} } } },
      /AWS::Serverless::Function 1/,
    ],
    [
      'a kind of SAM that no table has',
      {
        Transform: 'AWS::Serverless-2016-10-31',
        Resources: { F: { Type: 'AWS::Serverless::CapacityProvider' } },
      },
      /AWS::Serverless::CapacityProvider 1/,
    ],
  ])('%s', (_, template, expected) => {
    expect(notJudged(template)).toMatch(expected);
  });

  test('a macro within a resource hides it: what would be found is an error that it cannot be told', () => {
    const properties = { Protocol: 'HTTPS', Port: 443, 'Fn::Transform': { Name: 'M' } };
    const { code, out } = run([
      'check',
      write('t.json', {
        Resources: { L: { Type: 'AWS::ElasticLoadBalancingV2::Listener', Properties: properties } },
      }),
    ]);
    expect(code).toBe(1);
    expect(out.replaceAll(/\s+/g, ' ')).toContain('since a macro (Fn::Transform) makes it at deployment');
  });
});

describe('names that every object inherits', () => {
  const NAMES = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'];
  const listener = '{"Type": "AWS::ElasticLoadBalancingV2::Listener", "Properties": {"Protocol": "HTTP"}}';

  test.each(NAMES)('are logical ids like any other, and judged: %s', (name) => {
    const { code, out } = run(['check', write('t.json', `{"Resources": {"${name}": ${listener}}}`)]);
    expect(code).toBe(1);
    expect(out).toContain(`t/${name}  AWS::ElasticLoadBalancingV2::Listener`);
  });

  test.each(NAMES)('change no object of the program, wherever they stand: %s', (name) => {
    const evil = `{"polluted": true, "Protocol": "HTTPS", "${name}": {"polluted": true}}`;
    const text = `{"${name}": ${evil}, "Parameters": {"${name}": ${evil}}, "Globals": {"Function": {"${name}": ${evil}}},
      "Transform": "AWS::Serverless-2016-10-31", "Mappings": {"${name}": {"${name}": ${evil}}},
      "Resources": {"L": {"Type": "AWS::ElasticLoadBalancingV2::Listener", "${name}": ${evil},
        "Properties": {"Protocol": "HTTP", "${name}": ${evil}}},
        "F": {"Type": "AWS::Serverless::Function", "Properties": {"Events": {"${name}": {"Type": "${name}"}},
          "${name}": ${evil}}}}}`;
    const { code, out } = run(['check', write('t.json', text)]);
    expect(code).toBe(1);
    expect(out).toContain('ListenerIsEncrypted');
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});

test('numbers beyond what a number holds are no crash, and no other number than the text says', () => {
  const text = `Resources:
  L:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties: {Protocol: HTTP, Port: ${'9'.repeat(400)}, Big: 123456789012345678901234567890, Small: 1e-999}
`;
  const { code, out } = run(['check', write('t.yaml', text)]);
  expect(code).toBe(1);
  expect(out).toContain('ListenerIsEncrypted');
});

test('half a surrogate pair in JSON is no crash, and comes out as no broken text', () => {
  const text =
    '{"Resources": {"\\ud83d": {"Type": "AWS::ElasticLoadBalancingV2::Listener", "Properties": {"Protocol": "\\udd12"}}}}';
  for (const format of ['text', 'json', 'sarif']) {
    const { code, out } = run(['check', write('t.json', text), '--format', format]);
    expect(code).toBe(1);
    expect(Buffer.from(out).toString()).toBe(out);
  }
});
