import { App, type Json, type JsonMap, type TemplateSource } from '../../../lib/judge/template';

const TRANSFORM = 'AWS::LanguageExtensions';

function ids(app: App): string[] {
  return app.templates.flatMap(({ resources }) => [...resources.keys()]);
}

/** A template with a loop over `items` around a resource. */
function looping(items: Json, more: JsonMap = {}): JsonMap {
  return {
    Transform: TRANSFORM,
    Resources: {
      'Fn::ForEach::L': ['N', items, { 'R${N}': { Type: 'A::B::C', Properties: { P: '${N}' } } }],
    },
    ...more,
  };
}

const NAMES = { Parameters: { Names: { Type: 'CommaDelimitedList', Default: 'Red,Blue' } } };
const UNKNOWN = 'loop L runs over a list that is only known at deployment';

describe('a loop over a parameter', () => {
  const json = looping({ Ref: 'Names' }, NAMES);

  test('takes what the user gives, for one stack or for all', () => {
    expect(ids(new App([{ name: 'S', json }], { Names: 'A, B' }))).toEqual(['RA', 'RB']);
    expect(ids(new App([{ name: 'S', json }], { 'S.Names': 'A', Names: 'B' }))).toEqual(['RA']);
  });

  test.each<[string, Json, string[], string[]]>([
    ['a text', { Names: 'A,B' }, ['RA', 'RB'], []],
    ['a list', { Names: ['A'] }, ['RA'], []],
    ['a parameter of its own', { Names: { Ref: 'Above' } }, ['RUp'], []],
    ['what is only known at deployment', { Names: { 'Fn::ImportValue': 'x' } }, [], [UNKNOWN]],
    ['what conditions decide', { 'Fn::If': ['C', { Names: 'A' }, { Names: 'B' }] }, [], [UNKNOWN]],
    ['nothing', {}, ['RRed', 'RBlue'], []],
  ])('of a nested stack takes what the stack above passes: %s', (_, passed, expected, notJudged) => {
    const sources: TemplateSource[] = [
      {
        name: 'Top',
        json: {
          Parameters: { Above: { Type: 'CommaDelimitedList', Default: 'Up' } },
          Resources: { N: { Type: 'AWS::CloudFormation::Stack', Properties: { Parameters: passed } } },
        },
      },
      { name: 'Top/N', parent: { name: 'Top', logicalId: 'N' }, json },
    ];
    const app = new App(sources);
    expect(ids(app)).toEqual(['N', ...expected]);
    expect(app.templates[1]?.notJudged).toEqual(notJudged);
  });

  test('in SSM does not run over the name that it has there', () => {
    const declared = { Type: 'AWS::SSM::Parameter::Value<List<String>>', Default: '/names' };
    const app = new App([
      { name: 'S', json: looping({ Ref: 'Names' }, { Parameters: { Names: declared } }) },
    ]);
    expect([ids(app), app.templates[0]?.notJudged]).toEqual([[], [UNKNOWN]]);
  });
});

describe('a loop', () => {
  test('runs over a list in a mapping', () => {
    const json = looping({ 'Fn::FindInMap': ['M', 'a', 'b'] }, { Mappings: { M: { a: { b: ['X', 'Y'] } } } });
    expect(ids(new App([{ name: 'S', json }]))).toEqual(['RX', 'RY']);
  });

  test('over an unknown list hides the properties that it stands among', () => {
    const json: JsonMap = {
      Transform: TRANSFORM,
      Resources: {
        R: {
          Type: 'A::B::C',
          Properties: { Tls: true, 'Fn::ForEach::L': ['N', { Ref: 'X' }, { '${N}': 1 }] },
        },
      },
    };
    const app = new App([{ name: 'S', json }]);
    const [resource] = app.resourcesOfType('A::B::C');
    expect(Object.keys(resource?.properties ?? {})).toEqual(['Tls', 'Fn::ForEach::L']);
    expect(app.templates[0]?.notJudged).toEqual([UNKNOWN]);
  });

  test('that writes a name twice says so', () => {
    const json = looping(['A', 'A']);
    expect(new App([{ name: 'S', json }]).templates[0]?.notJudged).toEqual(['loops write RA twice']);
  });

  test('may write keys that every object inherits', () => {
    const json: JsonMap = {
      Resources: { 'Fn::ForEach::L': ['N', ['__proto__'], { '${N}': { Type: 'A::B::C' } }] },
    };
    expect(ids(new App([{ name: 'S', json }]))).toEqual(['__proto__']);
  });

  test('of which each doubles the text of the one around it ends, and says so', () => {
    let body: JsonMap = { 'R${N40}': { Type: 'A::B::C' } };
    for (let i = 40; i > 0; i -= 1) {
      body = { [`Fn::ForEach::L${i}`]: [`N${i}`, [i === 1 ? 'x' : `\${N${i - 1}}\${N${i - 1}}`], body] };
    }
    expect(new App([{ name: 'S', json: { Resources: body } }]).templates[0]?.notJudged).toHaveLength(1);
  });
});
