import {
  App,
  explore,
  type Json,
  type JsonMap,
  show,
  type TemplateSource,
} from '../../../lib/judge/template';

/** Every outcome of a property of the last template's resource, with the choices that lead to it. */
function outcomes(raw: Json, parts: JsonMap, more: readonly TemplateSource[] = [], values = {}): string[] {
  const json = { ...parts, Resources: { Subject: { Type: 'A::B::C', Properties: { P: raw } } } } as JsonMap;
  return outcomesIn([...more, { name: 'S', json }], values);
}

function outcomesIn(sources: readonly TemplateSource[], values = {}): string[] {
  const app = new App(sources, values);
  const [subject] = app.resourcesOfType('A::B::C');
  if (subject === undefined) throw new Error('no subject');
  const { outcomes: found } = explore(app, (world) =>
    world.exists(subject) ? show(world.view(subject).at('P').value()) : '(does not exist)',
  );
  return found.map(({ when, value }) => `${when ?? 'always'}: ${value}`);
}

const IF: Json = { 'Fn::If': ['C', 'yes', 'no'] };
const parameter = (P: JsonMap, more: JsonMap = {}): JsonMap => ({ Parameters: { P }, ...more });
const equals = (left: Json, right: Json): JsonMap => ({ Conditions: { C: { 'Fn::Equals': [left, right] } } });
const P = { Ref: 'P' };

describe('a parameter with allowed values', () => {
  test('is not tried with a default that is none of them, nor with one twice', () => {
    const declared = { Type: 'String', Default: 'x', AllowedValues: ['a', 'b', 'a'] };
    expect(outcomes(P, parameter(declared))).toEqual(['S.P = a: a', 'S.P = b: b']);
  });

  test('that is a list may hold any number of them: its default is taken', () => {
    const declared = { Type: 'CommaDelimitedList', Default: 'a,b', AllowedValues: ['a', 'b'] };
    expect(outcomes(P, parameter(declared))).toEqual(['always: [a, b]']);
  });
});

describe('a parameter in a condition', () => {
  test('is not fixed to its default where it is compared with another parameter', () => {
    const parts = {
      Parameters: { P: { Type: 'String', Default: 'x' }, Q: { Type: 'String', Default: 'x' } },
      ...equals(P, { Ref: 'Q' }),
    };
    expect(outcomes(IF, parts).some((outcome) => outcome.endsWith(': no'))).toBe(true);
    expect(outcomes(IF, parts)[0]).toBe('S.P = x, S.Q = x: yes');
  });

  test.each<[string, Json]>([
    ['a text', { 'Fn::Sub': '${P}-x' }],
    ['a join', { 'Fn::Join': ['-', [P, 'x']] }],
  ])('is not fixed to its default within %s', (_, made) => {
    const found = outcomes(IF, parameter({ Type: 'String', Default: 'prod' }, equals(made, 'prod-x')));
    expect(found[0]).toBe('S.P = prod: yes');
    expect(found.some((outcome) => outcome.endsWith(': no'))).toBe(true);
  });

  test('is tried with what a mapping compares it by', () => {
    const parts = {
      Mappings: { M: { dev: { tls: 'off' }, prod: { tls: 'on' } } },
      ...equals({ 'Fn::FindInMap': ['M', P, 'tls'] }, 'on'),
    };
    expect(outcomes(IF, parameter({ Type: 'String', Default: 'prod' }, parts))).toEqual([
      'S.P = prod: yes',
      'S.P = dev: no',
    ]);
  });

  test('that is NoEcho never tells its default or what is given', () => {
    const secret = { Type: 'String', NoEcho: true, Default: 'hunter2' };
    const told = [
      ...outcomes([IF, P], parameter(secret, equals(P, ''))),
      ...outcomes([IF, P], parameter({ ...secret, AllowedValues: ['hunter2'] })),
      ...outcomes([IF, P], parameter(secret, equals(P, '')), [], { P: 'hunter2' }),
    ];
    expect(told.join('\n')).not.toContain('hunter2');
    expect(told.at(-1)).toMatch(/^always: \[no, /);
  });

  test('may have the name of what every object inherits', () => {
    const parts = { Parameters: { constructor: { Type: 'String', Default: 'x' } } };
    expect(outcomes({ Ref: 'constructor' }, parts)).toEqual(['always: x']);
    expect(outcomes({ 'Fn::Sub': ['${toString}', { a: 'b' }] }, {})[0]).toMatch(/no resource or parameter/);
  });
});

describe('a parameter that a mapping is looked up by', () => {
  const lookup = (...more: Json[]): Json => ({ 'Fn::FindInMap': ['M', P, 'policy', ...more] });
  const mapped = (declared: JsonMap, more: JsonMap = {}) =>
    parameter(declared, { Mappings: { M: { prod: { policy: 'new' }, dev: { policy: 'old' } } }, ...more });

  test('is tried with each key, since each can be deployed', () => {
    expect(outcomes(lookup(), mapped({ Type: 'String', Default: 'prod' }))).toEqual([
      'S.P = prod: new',
      'S.P = dev: old',
    ]);
    expect(outcomes(lookup(), mapped({ Type: 'String' }))).toEqual(['S.P = prod: new', 'S.P = dev: old']);
  });

  test('is tried with none of the keys where that has a default, or is not looked up then', () => {
    const found = outcomes(lookup({ DefaultValue: 'none' }), mapped({ Type: 'String', Default: 'prod' }));
    expect(found).toEqual(['S.P = prod: new', 'S.P = dev: old', 'S.P = (any other value): none']);
    const lazy = outcomes({ 'Fn::If': ['C', lookup(), '-'] }, mapped({ Type: 'String' }, equals(P, 'prod')));
    expect(lazy).toContain('S.P = (any other value): -');
  });

  test('is not tried with a literal that every deployment would fail with', () => {
    expect(outcomes([IF, lookup()], mapped({ Type: 'String', Default: 'prod' }, equals(P, 'test')))).toEqual([
      'S.P = prod: [no, new]',
      'S.P = dev: [no, old]',
    ]);
  });
});

describe('a parameter of a nested stack', () => {
  const nest = (passed: Json, parts: JsonMap, above: JsonMap = {}): TemplateSource[] => [
    {
      name: 'Top',
      json: {
        ...above,
        Resources: {
          N: { Type: 'AWS::CloudFormation::Stack', Properties: { Parameters: passed } },
          R: { Type: 'Other::Thing' },
        },
      },
    },
    {
      name: 'Top/N',
      parent: { name: 'Top', logicalId: 'N' },
      json: {
        Parameters: { Stage: { Type: 'String', Default: 'prod' } },
        Resources: { Subject: { Type: 'A::B::C', Properties: { P: IF } } },
        ...parts,
      },
    },
  ];
  const isProd = equals({ Ref: 'Stage' }, 'prod');

  test('has the parameter above tried with what it is compared with below', () => {
    const sources = nest({ Stage: { Ref: 'P' } }, isProd, parameter({ Type: 'String', Default: 'prod' }));
    expect(outcomesIn(sources)).toEqual(['Top.P = prod: yes', 'Top.P = (any other value): no']);
  });

  test('has it tried too where it is made from the parameter above', () => {
    const sources = nest(
      { Stage: { 'Fn::Sub': '${P}' } },
      isProd,
      parameter({ Type: 'String', Default: 'prod' }),
    );
    expect(outcomesIn(sources).some((outcome) => outcome.endsWith(': no'))).toBe(true);
  });

  test('is followed through Fn::If around it, and around all of them', () => {
    const above = { ...parameter({ Type: 'String' }), Conditions: { Big: { 'Fn::Equals': [P, 'big'] } } };
    const one = nest({ Stage: { 'Fn::If': ['Big', 'prod', 'dev'] } }, isProd, above);
    const all = nest({ 'Fn::If': ['Big', { Stage: 'prod' }, { Stage: 'dev' }] }, isProd, above);
    for (const sources of [one, all]) {
      expect(outcomesIn(sources)).toEqual(['Top.P = big: yes', 'Top.P = (any other value): no']);
    }
  });

  test('has the region of the stack around it', () => {
    const here = { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-east-1'] };
    const above = { Conditions: { Here: here } };
    const sources = nest(
      { Stage: { 'Fn::If': ['Here', 'prod', 'dev'] } },
      { Conditions: { C: { 'Fn::And': [here, { 'Fn::Equals': [{ Ref: 'Stage' }, 'dev'] }] } } },
      above,
    );
    // Were the regions two, `Here` could differ above and below.
    expect(outcomesIn(sources).every((outcome) => outcome.endsWith(': no'))).toBe(true);
  });

  test('that is passed on in a circle is unresolved', () => {
    const sources = nest(
      { Stage: { 'Fn::GetAtt': ['N', 'Outputs.O'] } },
      { Conditions: {}, Outputs: { O: { Value: { Ref: 'Stage' } } } },
    );
    const [below] = sources.slice(1);
    const json = {
      ...below?.json,
      Resources: { S: { Type: 'A::B::C', Properties: { P: { Ref: 'Stage' } } } },
    };
    const [top] = sources;
    if (top === undefined || below === undefined) throw new Error('no sources');
    expect(outcomesIn([top, { ...below, json }])[0]).toMatch(/^always: \(/);
  });
});

describe('a parameter in SSM', () => {
  const stored = (condition?: string): JsonMap => ({
    Type: 'AWS::SSM::Parameter',
    ...(condition === undefined ? {} : { Condition: condition }),
    Properties: { Type: 'StringList', Name: '/list', Value: 'a,b' },
  });
  const store = (resource: JsonMap, parts: JsonMap = {}): TemplateSource => ({
    name: 'Store',
    json: { ...parts, Resources: { V: resource } },
  });
  const LIST = { Type: 'AWS::SSM::Parameter::Value<List<String>>', Default: '/list' };

  test('of a list type is a list', () => {
    expect(outcomes(P, parameter(LIST), [store(stored())])).toEqual(['always: [a, b]']);
  });

  test('is given by its name, not its value', () => {
    const declared = parameter({ ...LIST, Default: '/other' });
    expect(outcomes(P, declared, [store(stored())], { P: '/list' })).toEqual(['always: [a, b]']);
    expect(outcomes(P, declared, [], { P: '/list' })[0]).toMatch(/read from SSM/);
    expect(outcomes(P, declared, [], { P: 'a' })).toEqual(['always: [a]']);
  });

  test('does not have its name compared as if that were its value', () => {
    const parts = parameter({ Type: 'AWS::SSM::Parameter::Value<String>', Default: '/x' }, equals(P, '/x'));
    expect(outcomes(IF, parts)).toEqual(['S.P = /x: yes', 'S.P = (any other value): no']);
  });

  test('is not there where the condition of what stores it does not hold', () => {
    const made = store(stored('C'), { ...parameter({ Type: 'String' }), ...equals(P, 'on') });
    const found = outcomes('{{resolve:ssm:/list}}', {}, [made]);
    expect(found[0]).toBe('Store.P = on: a,b');
    expect(found[1]).toMatch(/^Store.P = \(any other value\): .*read from ssm/);
  });

  test('of a version that is named is not told by the template', () => {
    expect(outcomes('{{resolve:ssm:/list:1}}', {}, [store(stored())])[0]).toMatch(/read from ssm/);
  });
});
