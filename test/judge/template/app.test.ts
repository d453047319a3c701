import { App, type JsonMap } from '../../../lib/judge/template';
import { World } from '../../../lib/judge/template/world';

const app = (json: JsonMap, more: ConstructorParameters<typeof App>[0] = []) =>
  new App([{ name: 'S', stackName: 'S', json }, ...more]);

describe('resources that refer to one', () => {
  const policy = (bucket: JsonMap | string): JsonMap => ({
    Type: 'AWS::S3::BucketPolicy',
    Properties: { Bucket: bucket },
  });

  test('are found by Ref, by literal name, through Fn::If and through an import', () => {
    const made = app(
      {
        Conditions: { C: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'x'] } },
        Resources: {
          A: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'named' } },
          B: { Type: 'AWS::S3::Bucket' },
          P1: policy({ Ref: 'A' }),
          P2: policy('named'),
          P3: policy({ 'Fn::If': ['C', { Ref: 'A' }, { Ref: 'B' }] }),
        },
        Outputs: { O: { Value: { Ref: 'B' }, Export: { Name: 'b' } } },
      },
      [{ name: 'T', json: { Resources: { P4: policy({ 'Fn::ImportValue': 'b' }) } } }],
    );
    const [a, b] = made.resourcesOfType('AWS::S3::Bucket');
    const ids = (bucket: typeof a) =>
      bucket === undefined
        ? []
        : made.referring(bucket, 'AWS::S3::BucketPolicy', 'Bucket').map((r) => r.logicalId);
    expect(ids(a)).toEqual(['P1', 'P2', 'P3']);
    expect(ids(b)).toEqual(['P3', 'P4']);
  });
});

describe('Fn::ForEach', () => {
  const loop = (items: JsonMap[string]): JsonMap => ({
    Transform: 'AWS::LanguageExtensions',
    Parameters: {
      Names: { Type: 'CommaDelimitedList', Default: 'Red,Blue' },
      Given: { Type: 'CommaDelimitedList' },
    },
    Resources: {
      'Fn::ForEach::Buckets': [
        'Name',
        items ?? null,
        {
          'Bucket${Name}': {
            Type: 'AWS::S3::Bucket',
            Properties: { BucketName: { Ref: 'Name' }, Tag: 'x-${Name}' },
          },
        },
      ],
    },
  });

  test('is written out over a literal list', () => {
    const made = app(loop(['One', 'Two']));
    expect(
      made
        .resourcesOfType('AWS::S3::Bucket')
        .map((r) => [r.logicalId, r.properties.BucketName, r.properties.Tag]),
    ).toEqual([
      ['BucketOne', 'One', 'x-One'],
      ['BucketTwo', 'Two', 'x-Two'],
    ]);
    expect(made.templates[0]?.notJudged).toEqual([]);
  });

  test('is written out over the default of a parameter', () => {
    expect(
      app(loop({ Ref: 'Names' }))
        .resourcesOfType('AWS::S3::Bucket')
        .map((r) => r.logicalId),
    ).toEqual(['BucketRed', 'BucketBlue']);
  });

  test('over a list that is only known at deployment is not judged, and says so', () => {
    const made = app(loop({ Ref: 'Given' }));
    expect(made.resourceCount).toBe(0);
    expect(made.templates[0]?.notJudged).toEqual([
      'loop Buckets runs over a list that is only known at deployment',
    ]);
  });

  test('that would make too many copies is not judged', () => {
    const made = app(loop(Array.from({ length: 2001 }, (_, i) => `n${i}`)));
    expect(made.templates[0]?.notJudged).toEqual(['loop Buckets makes more than 2000 copies']);
  });

  test('nests, and drops what is not alphanumeric from a logical id', () => {
    const made = app({
      Resources: {
        'Fn::ForEach::Outer': [
          'A',
          ['1.2', '3'],
          { 'Fn::ForEach::Inner': ['B', ['x'], { 'R&{A}${B}': { Type: 'A::B::C' } }] },
        ],
      },
    });
    expect(made.resourcesOfType('A::B::C').map((r) => r.logicalId)).toEqual(['R12x', 'R3x']);
  });
});

describe('a template', () => {
  test('with a macro says that it may change resources, but for CloudFormation own language extensions and SAM', () => {
    const made = app({
      Transform: ['AWS::LanguageExtensions', 'AWS::Serverless-2016-10-31', 'Own::Macro'],
      Resources: { R: { Type: 'A::B::C' } },
    });
    expect(made.templates[0]?.notJudged).toEqual([
      'transform Own::Macro may add or change resources at deployment',
    ]);
  });

  test('survives entries that are no resources', () => {
    const made = app({
      Resources: { A: null, B: 'x', C: [], D: { Type: 7 }, E: { Type: 'A::B::C', Properties: [] } },
    } as unknown as JsonMap);
    expect(made.types).toEqual(['A::B::C']);
  });
});

describe('a place in the properties', () => {
  const cursorOf = (properties: JsonMap) => {
    const made = app({
      Parameters: { P: { Type: 'String' } },
      Resources: { R: { Type: 'A::B::C', Properties: properties } },
    });
    const [resource] = made.resourcesOfType('A::B::C');
    if (resource === undefined) throw new Error('no resource');
    return new World(made).view(resource);
  };

  test('takes booleans and numbers as text too, as CloudFormation does', () => {
    const cursor = cursorOf({ A: 'true', B: false, C: '42', D: 'maybe' });
    expect(cursor.at('A').boolean()).toEqual({ state: 'given', value: true });
    expect(cursor.at('B').boolean()).toEqual({ state: 'given', value: false });
    expect(cursor.at('C').number()).toEqual({ state: 'given', value: 42 });
    expect(cursor.at('D').boolean()).toEqual({ state: 'unresolved', why: 'it is not true or false' });
  });

  test('within something hidden is hidden for the same reason, never absent', () => {
    const cursor = cursorOf({ A: { Ref: 'P' } });
    expect(cursor.at('A', 'B', 0, 'C').string()).toEqual({
      state: 'unresolved',
      why: 'parameter P has no default',
    });
    expect(cursor.at('A').list()).toEqual({ state: 'unresolved', why: 'parameter P has no default' });
    expect(cursor.at('A').entries()).toEqual({ state: 'unresolved', why: 'parameter P has no default' });
  });

  test('that is not there is absent', () => {
    expect(cursorOf({}).at('A', 'B').string()).toEqual({ state: 'absent' });
    expect(cursorOf({ A: { Ref: 'AWS::NoValue' } }).at('A').isPresent).toBe(false);
  });

  test('with one value is a list of one, as CloudFormation takes it', () => {
    expect(
      cursorOf({ A: 'x' })
        .at('A')
        .items()
        .map((item) => item.path),
    ).toEqual(['Properties.A']);
  });

  test('does not reach what every object inherits', () => {
    expect(cursorOf({}).at('constructor').isPresent).toBe(false);
    expect(cursorOf({ A: {} }).at('A', '__proto__').isPresent).toBe(false);
  });
});
