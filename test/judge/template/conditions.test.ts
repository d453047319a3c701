import { App, explore, type Json, type JsonMap, show } from '../../../lib/judge/template';

function outcomes(raw: Json, parts: JsonMap): string[] {
  const json = { ...parts, Resources: { Subject: { Type: 'A::B::C', Properties: { P: raw } } } } as JsonMap;
  const app = new App([{ name: 'S', json }]);
  const [subject] = app.resourcesOfType('A::B::C');
  if (subject === undefined) throw new Error('no subject');
  return explore(app, (world) => show(world.view(subject).at('P').value())).outcomes.map(
    ({ value }) => value,
  );
}

const both = (...names: string[]): Json => names.map((name) => ({ 'Fn::If': [name, name, '-'] }));
const IMPORT = { 'Fn::ImportValue': 'x' };

describe('what is only known at deployment', () => {
  test('is one value in a deployment, whichever condition looks at it', () => {
    const parts = {
      Conditions: {
        A: { 'Fn::Equals': [IMPORT, 'a'] },
        B: { 'Fn::Equals': ['b', IMPORT] },
        Again: { 'Fn::Equals': [IMPORT, 'a'] },
      },
    };
    expect(outcomes(both('A', 'B', 'Again'), parts)).toEqual(['[A, -, Again]', '[-, B, -]', '[-, -, -]']);
  });

  test('is chosen for each expression by itself', () => {
    const parts = { Conditions: { A: { 'Fn::And': [{ 'Fn::X': 1 }, { 'Fn::Not': [{ 'Fn::X': 2 }] }] } } };
    expect(outcomes(both('A'), parts)).toContain('[A]');
  });

  test('may be what another hidden value is', () => {
    const parts = {
      Parameters: { P: { Type: 'String' } },
      Conditions: { A: { 'Fn::Equals': [{ Ref: 'P' }, 'a'] }, B: { 'Fn::Equals': [{ Ref: 'P' }, IMPORT] } },
    };
    expect(outcomes(both('A', 'B'), parts)).toEqual(['[A, B]', '[A, -]', '[-, B]', '[-, -]']);
  });
});

describe('a condition that CloudFormation refuses', () => {
  test.each<[string, Json]>([
    ['Not without a list', { 'Fn::Not': { 'Fn::Equals': ['a', 'a'] } }],
    ['And of nothing', { 'Fn::And': [] }],
    ['Equals of one', { 'Fn::Equals': ['a'] }],
    ['a text', 'x'],
    ['two functions', { 'Fn::Equals': ['a', 'a'], 'Fn::Not': [] }],
    ['a condition that is a map', { Condition: { a: 1 } }],
  ])('may hold or not: %s', (_, expression) => {
    expect(outcomes(both('A'), { Conditions: { A: expression } })).toEqual(['[A]', '[-]']);
  });
});

describe('conditions that name each other', () => {
  test('are looked at once each, however often they are named', () => {
    const names = [...Array(60).keys()];
    const Conditions = Object.fromEntries(
      names.map((i) => [`C${i}`, { 'Fn::Or': [{ Condition: `C${i + 1}` }, { Condition: `C${i + 1}` }] }]),
    );
    const parts = { Conditions: { ...Conditions, C60: { 'Fn::Equals': ['a', 'b'] } } };
    expect(outcomes(both('C0'), parts)).toEqual(['[-]']);
  });
});

test('Fn::If with a condition that is no name may take either branch', () => {
  const map: JsonMap = Object.assign(Object.create(null), { Condition: 'A' });
  expect(outcomes({ 'Fn::If': [map, 'yes', 'no'] }, {})).toEqual(['yes', 'no']);
});
