import { App, type Json, type JsonMap, type TemplateSource } from '../../../lib/judge/template';
import { show, type Value, whyUnresolved } from '../../../lib/judge/template/value';
import { World } from '../../../lib/judge/template/world';

const BUCKET: JsonMap = { Type: 'AWS::S3::Bucket', Properties: {} };

/** What a property evaluates to in the first world of an app. */
function evaluated(
  raw: Json,
  parts: JsonMap = {},
  source: Partial<TemplateSource> = {},
  more: TemplateSource[] = [],
) {
  const resources = {
    ...((parts.Resources as JsonMap) ?? {}),
    Subject: { Type: 'X::Y::Z', Properties: { P: raw } },
    Bucket: BUCKET,
  };
  const json = { ...parts, Resources: resources } as JsonMap;
  const app = new App([{ name: 'Main', stackName: 'Main', json, ...source }, ...more]);
  const [main] = app.templates;
  const subject = main?.resources.get('Subject');
  if (subject === undefined) throw new Error('no subject');
  return new World(app).view(subject).at('P').value();
}

const shown = (value: Value | undefined) => show(value);

describe('intrinsic functions', () => {
  test.each<[string, Json, string]>([
    ['Ref of a resource', { Ref: 'Bucket' }, 'Ref Bucket'],
    ['GetAtt as a list', { 'Fn::GetAtt': ['Bucket', 'Arn'] }, 'GetAtt Bucket.Arn'],
    ['GetAtt as text, as SAM and JSON allow', { 'Fn::GetAtt': 'Bucket.Arn' }, 'GetAtt Bucket.Arn'],
    ['Sub of a resource', { 'Fn::Sub': '${Bucket.Arn}/*' }, '${GetAtt Bucket.Arn}/*'],
    ['Sub with a literal ${}', { 'Fn::Sub': 'a${!b}c' }, 'a${b}c'],
    ['Sub with variables', { 'Fn::Sub': ['${X}-y', { X: { Ref: 'Bucket' } }] }, '${Ref Bucket}-y'],
    ['Join of literals', { 'Fn::Join': ['-', ['a', 'b', 'c']] }, 'a-b-c'],
    ['Join with a reference', { 'Fn::Join': ['', ['arn:', { Ref: 'Bucket' }]] }, 'arn:${Ref Bucket}'],
    ['Select from a split', { 'Fn::Select': [1, { 'Fn::Split': [',', 'a,b'] }] }, 'b'],
    ['Select with a text index', { 'Fn::Select': ['0', ['a', 'b']] }, 'a'],
    ['Base64', { 'Fn::Base64': 'hi' }, 'aGk='],
    ['Length', { 'Fn::Length': ['a', 'b'] }, '2'],
    ['ToJsonString', { 'Fn::ToJsonString': { a: [1] } }, '{"a":[1]}'],
  ])('evaluates %s', (_, raw, expected) => {
    expect(shown(evaluated(raw))).toBe(expected);
  });

  test('drops what is AWS::NoValue, in maps and in lists', () => {
    expect(evaluated({ a: { Ref: 'AWS::NoValue' }, b: ['x', { Ref: 'AWS::NoValue' }] })).toEqual({
      b: ['x'],
    });
  });

  test('reads mappings, also with a key that is the region', () => {
    const parts = { Mappings: { M: { 'eu-west-1': { policy: 'A' }, 'us-east-1': { policy: 'B' } } } };
    const raw = { 'Fn::FindInMap': ['M', { Ref: 'AWS::Region' }, 'policy'] };
    expect(evaluated(raw, parts, { region: 'us-east-1' })).toBe('B');
    expect(whyUnresolved(evaluated(raw, parts))).toMatch(/AWS::Region is only known at deployment/);
    expect(evaluated({ 'Fn::FindInMap': ['M', 'nowhere', 'policy', { DefaultValue: 'C' }] }, parts)).toBe(
      'C',
    );
  });

  test.each<[string, Json, RegExp]>([
    ['a name that the template lacks', { Ref: 'Nothing' }, /no resource or parameter Nothing/],
    ['an export that nobody makes', { 'Fn::ImportValue': 'gone' }, /export gone is not made/],
    ['a macro', { 'Fn::Transform': { Name: 'M' }, other: 1 }, /a macro/],
    ['a secret', '{{resolve:secretsmanager:db:SecretString:password}}', /read from secretsmanager/],
    ['an SSM parameter by dynamic reference', '{{resolve:ssm:/tls/policy:1}}', /read from ssm/],
    [
      'a function that is evaluated at deployment',
      { 'Fn::Cidr': ['10.0.0.0/8', 1, 8] },
      /Fn::Cidr is evaluated at deployment/,
    ],
    [
      'JSON of a map that holds a reference',
      { 'Fn::ToJsonString': { a: [{ Ref: 'Bucket' }] } },
      /it is made from Bucket/,
    ],
    ['a list to join that is hidden', { 'Fn::Join': [',', { 'Fn::GetAZs': '' }] }, /Fn::GetAZs/],
  ])('says why it cannot tell %s', (_, raw, why) => {
    expect(whyUnresolved(evaluated(raw))).toMatch(why);
  });

  test('keeps the known parts of text around a hidden one', () => {
    expect(shown(evaluated('x{{resolve:ssm:/p}}y'))).toMatch(/^x\$\{.*read from ssm.*\}y$/);
  });

  test('knows the partition from the region', () => {
    expect(evaluated({ Ref: 'AWS::Partition' }, {}, { region: 'cn-north-1' })).toBe('aws-cn');
    expect(evaluated({ Ref: 'AWS::Partition' }, {}, { region: 'us-gov-west-1' })).toBe('aws-us-gov');
  });

  test('is not led astray by keys that every object inherits', () => {
    expect(evaluated({ constructor: 'x' })).toEqual({ constructor: 'x' });
    const subject = evaluated({ a: 1 });
    expect((subject as { constructor?: unknown }).constructor).toBeUndefined();
  });
});

describe('parameters', () => {
  const parameters = (P: JsonMap): JsonMap => ({ Parameters: { P } });

  test('with a default have it', () => {
    expect(evaluated({ Ref: 'P' }, parameters({ Type: 'String', Default: 'x' }))).toBe('x');
  });

  test('without a default are unresolved', () => {
    expect(whyUnresolved(evaluated({ Ref: 'P' }, parameters({ Type: 'String' })))).toBe(
      'parameter P has no default',
    );
  });

  test('of list types are split', () => {
    const list = parameters({ Type: 'CommaDelimitedList', Default: 'a, b' });
    expect(evaluated({ Ref: 'P' }, list)).toEqual(['a', 'b']);
    expect(evaluated({ 'Fn::Join': ['|', { Ref: 'P' }] }, list)).toBe('a|b');
  });

  test('of an SSM type hold a name, not a value', () => {
    const ssm = parameters({ Type: 'AWS::SSM::Parameter::Value<String>', Default: '/tls/policy' });
    expect(whyUnresolved(evaluated({ Ref: 'P' }, ssm))).toMatch(/read from SSM/);
    const stored = {
      Resources: { S: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/tls/policy', Value: 'found' } } },
    };
    expect(evaluated({ Ref: 'P' }, { ...ssm, ...stored })).toBe('found');
  });

  test('that are NoEcho are never shown', () => {
    const secret = parameters({ Type: 'String', NoEcho: true, Default: 'hunter2' });
    expect(shown(evaluated({ Ref: 'P' }, secret))).not.toContain('hunter2');
  });

  test('take the value that the user gives, for one stack or for all', () => {
    const json = {
      Parameters: { P: { Type: 'String', Default: 'x' } },
      Resources: { S: { Type: 'A::B::C', Properties: { P: { Ref: 'P' } } } },
    };
    const read = (values: Record<string, string>) => {
      const app = new App([{ name: 'Main', json }], values);
      const subject = app.resourcesOfType('A::B::C')[0];
      return subject === undefined ? undefined : new World(app).view(subject).at('P').value();
    };
    expect(read({ P: 'all' })).toBe('all');
    expect(read({ 'Main.P': 'one', P: 'all' })).toBe('one');
    expect(read({ 'Other.P': 'one' })).toBe('x');
  });
});

describe('across stacks', () => {
  const producer = (outputs: JsonMap, name = 'Producer', region = 'eu-west-1'): TemplateSource => ({
    name,
    stackName: name,
    region,
    json: {
      Resources: { Made: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'made' } } },
      Outputs: outputs,
    },
  });

  test('an import is the resource behind the export', () => {
    const made = producer({
      O: { Value: { 'Fn::GetAtt': ['Made', 'Arn'] }, Export: { Name: { 'Fn::Sub': 'p-${AWS::Region}' } } },
    });
    const value = evaluated({ 'Fn::ImportValue': 'p-eu-west-1' }, {}, { region: 'eu-west-1' }, [made]);
    expect(shown(value)).toBe('GetAtt Made.Arn');
  });

  test('an export of another region is not imported', () => {
    const made = producer({ O: { Value: 'x', Export: { Name: 'p' } } }, 'Producer', 'us-east-1');
    expect(whyUnresolved(evaluated({ 'Fn::ImportValue': 'p' }, {}, { region: 'eu-west-1' }, [made]))).toMatch(
      /not made/,
    );
  });

  test('Fn::GetStackOutput reaches into another region', () => {
    const made = producer({ O: { Value: { Ref: 'Made' } } }, 'Edge', 'us-east-1');
    const raw = { 'Fn::GetStackOutput': { StackName: 'Edge', Region: 'us-east-1', OutputName: 'O' } };
    expect(shown(evaluated(raw, {}, { region: 'eu-west-1' }, [made]))).toBe('Ref Made');
  });

  test('exports that import each other end as unresolved', () => {
    const a: TemplateSource = {
      name: 'A',
      json: { Resources: {}, Outputs: { O: { Value: { 'Fn::ImportValue': 'b' }, Export: { Name: 'a' } } } },
    };
    const b: TemplateSource = {
      name: 'B',
      json: { Resources: {}, Outputs: { O: { Value: { 'Fn::ImportValue': 'a' }, Export: { Name: 'b' } } } },
    };
    expect(whyUnresolved(evaluated({ 'Fn::ImportValue': 'a' }, {}, {}, [a, b]))).toBeDefined();
  });

  test('a nested stack hands its outputs up and takes its parameters from above', () => {
    const nested: TemplateSource = {
      name: 'Main/Nested',
      parent: { name: 'Main', logicalId: 'Nested' },
      json: {
        Parameters: { FromAbove: { Type: 'String' } },
        Resources: { Inner: BUCKET },
        Outputs: { Up: { Value: { 'Fn::Sub': '${FromAbove}/${Inner}' } } },
      },
    };
    const parts = {
      Resources: {
        Nested: {
          Type: 'AWS::CloudFormation::Stack',
          Properties: { Parameters: { FromAbove: { Ref: 'Bucket' } } },
        },
      },
    };
    const value = evaluated({ 'Fn::GetAtt': ['Nested', 'Outputs.Up'] }, parts, {}, [nested]);
    expect(shown(value)).toBe('${Ref Bucket}/${Ref Inner}');
  });
});
