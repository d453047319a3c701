import { App, explore, inFirstWorld, type Json, type JsonMap, type World } from '../../../lib/judge/template';
import { show } from '../../../lib/judge/template/value';

/** Every outcome of a property, with the choices that lead to it. */
function outcomes(raw: Json, parts: JsonMap, extra: JsonMap = {}, values: Record<string, string> = {}) {
  const json = {
    ...parts,
    Resources: { Subject: { Type: 'A::B::C', Properties: { P: raw }, ...extra } },
  } as JsonMap;
  const app = new App([{ name: 'S', json }], values);
  const [subject] = app.resourcesOfType('A::B::C');
  if (subject === undefined) throw new Error('no subject');
  return explore(app, (world) =>
    world.exists(subject) ? show(world.view(subject).at('P').value()) : '(does not exist)',
  );
}

const STAGE: JsonMap = {
  Parameters: { Stage: { Type: 'String', Default: 'dev' } },
  Conditions: {
    IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] },
    IsDev: { 'Fn::Equals': [{ Ref: 'Stage' }, 'dev'] },
    NotProd: { 'Fn::Not': [{ Condition: 'IsProd' }] },
    Either: { 'Fn::Or': [{ Condition: 'IsProd' }, { Condition: 'IsDev' }] },
    Both: { 'Fn::And': [{ Condition: 'IsProd' }, { Condition: 'IsDev' }] },
  },
};

const choose = (condition: string, yes: Json = 'yes', no: Json = 'no'): Json => ({
  'Fn::If': [condition, yes, no],
});

describe('a property under conditions', () => {
  test('has one outcome for each value that a condition compares with, the default first', () => {
    const { outcomes: found, complete } = outcomes(choose('IsProd'), STAGE);
    expect(complete).toBe(true);
    expect(found).toEqual([
      { when: 'S.Stage = dev', value: 'no' },
      { when: 'S.Stage = prod', value: 'yes' },
      { when: 'S.Stage = (any other value)', value: 'no' },
    ]);
  });

  test('is never judged in a combination that no deployment can produce', () => {
    const both = { a: choose('IsProd', 'prod', '-'), b: choose('IsDev', 'dev', '-') };
    const values = outcomes(both, STAGE).outcomes.map(({ value }) => value);
    expect(values).toEqual(['{a: -, b: dev}', '{a: prod, b: -}', '{a: -, b: -}']);
  });

  test('follows Not, Or and And', () => {
    expect(outcomes(choose('NotProd'), STAGE).outcomes.map(({ value }) => value)).toEqual([
      'yes',
      'no',
      'yes',
    ]);
    expect(outcomes(choose('Either'), STAGE).outcomes.map(({ value }) => value)).toEqual([
      'yes',
      'yes',
      'no',
    ]);
    expect(outcomes(choose('Both'), STAGE).outcomes.map(({ value }) => value)).toEqual(['no', 'no', 'no']);
  });

  test('is judged once where the user gives the parameter', () => {
    const { outcomes: found } = outcomes(choose('IsProd'), STAGE, {}, { Stage: 'prod' });
    expect(found).toEqual([{ when: undefined, value: 'yes' }]);
  });

  test('tries only the allowed values of a parameter', () => {
    const parts = { ...STAGE, Parameters: { Stage: { Type: 'String', AllowedValues: ['prod', 'dev'] } } };
    expect(outcomes({ Ref: 'Stage' }, parts).outcomes.map(({ value }) => value)).toEqual(['prod', 'dev']);
  });

  test('tries both ways where a condition depends on what is only known at deployment', () => {
    const parts = { Conditions: { C: { 'Fn::Equals': [{ 'Fn::ImportValue': 'x' }, 'y'] } } };
    expect(outcomes(choose('C'), parts).outcomes.map(({ value }) => value)).toEqual(['yes', 'no']);
  });

  test('compares an unknown region with each region that is named', () => {
    const parts = { Conditions: { InChina: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'cn-north-1'] } } };
    expect(outcomes(choose('InChina'), parts).outcomes.map(({ value }) => value)).toEqual(['yes', 'no']);
  });

  test('of a resource whose condition does not hold does not exist', () => {
    const { outcomes: found } = outcomes('x', STAGE, { Condition: 'IsProd' });
    expect(found.map(({ value }) => value)).toEqual(['(does not exist)', 'x', '(does not exist)']);
  });

  test('with exactly 64 combinations is complete, with more it says so', () => {
    const conditions = (n: number): JsonMap =>
      Object.fromEntries(
        [...Array(n).keys()].map((i) => [`C${i}`, { 'Fn::Equals': [{ 'Fn::ImportValue': `x${i}` }, 'y'] }]),
      );
    const all = (n: number) => [...Array(n).keys()].map((i) => choose(`C${i}`));
    const sixty4 = outcomes(all(6), { Conditions: conditions(6) });
    expect([sixty4.outcomes.length, sixty4.complete]).toEqual([64, true]);
    const more = outcomes(all(7), { Conditions: conditions(7) });
    expect([more.outcomes.length, more.complete]).toEqual([64, false]);
  });

  test('ends although conditions name each other in a circle', () => {
    const parts = { Conditions: { A: { Condition: 'B' }, B: { Condition: 'A' } } };
    expect(
      outcomes(choose('A'), parts)
        .outcomes.map(({ value }) => value)
        .sort(),
    ).toEqual(['no', 'yes']);
  });
});

describe('the path of a property', () => {
  test('keeps the indexes of the template although an element before it is dropped', () => {
    const json = {
      ...STAGE,
      Resources: {
        S: {
          Type: 'A::B::C',
          Properties: { L: [choose('IsProd', 'first', { Ref: 'AWS::NoValue' }), { Deep: 1 }] },
        },
      },
    } as JsonMap;
    const app = new App([{ name: 'S', json }]);
    const [subject] = app.resourcesOfType('A::B::C');
    if (subject === undefined) throw new Error('no subject');
    const paths = explore(app, (world) =>
      world
        .view(subject)
        .at('L')
        .items()
        .map((item) => item.at('Deep').path),
    );
    expect(paths.outcomes[0]?.value).toEqual(['Properties.L.1.Deep']);
    expect(paths.outcomes[1]?.value).toEqual(['Properties.L.0.Deep', 'Properties.L.1.Deep']);
  });

  test('does not name Fn::If', () => {
    const json = {
      ...STAGE,
      Resources: { S: { Type: 'A::B::C', Properties: { P: choose('IsProd', { Q: 1 }, { Q: 2 }) } } },
    } as JsonMap;
    const app = new App([{ name: 'S', json }]);
    const [subject] = app.resourcesOfType('A::B::C');
    if (subject === undefined) throw new Error('no subject');
    const found = explore(app, (world) => {
      const cursor = world.view(subject).at('P', 'Q');
      return `${cursor.path}: ${show(cursor.value())}`;
    });
    expect(found.outcomes.map(({ value }) => value)).toEqual([
      'Properties.P.Q: 2',
      'Properties.P.Q: 1',
      'Properties.P.Q: 2',
    ]);
  });
});

describe('a world in which nothing was chosen', () => {
  const stage = (app: App) => app.resourcesOfType('A::B::C')[0];
  const appOf = (P: Json) =>
    new App([
      { name: 'S', json: { ...STAGE, Resources: { Subject: { Type: 'A::B::C', Properties: { P } } } } },
    ]);
  const valueIn = (world: World, app: App) => {
    const subject = stage(app);
    return subject === undefined ? 'no subject' : show(world.view(subject).at('P').value());
  };

  test('serves the next who looks, so that a property is read once', () => {
    const app = appOf('plain');
    const subject = stage(app);
    if (subject === undefined) throw new Error('no subject');
    const views = [1, 2].map(() => explore(app, (world) => world.view(subject)).outcomes[0]?.value);
    expect(views[0]).toBe(views[1]);
  });

  test('serves nobody once something was chosen in it, be it after it was looked at', () => {
    const app = appOf(choose('IsProd'));
    const late: World[] = [];
    explore(app, (world) => late.push(world));
    const [first] = late;
    if (first === undefined) throw new Error('no world');
    expect(valueIn(first, app)).toBe('no');
    expect(explore(app, (world) => valueIn(world, app)).outcomes.map(({ when }) => when)).toEqual([
      'S.Stage = dev',
      'S.Stage = prod',
      'S.Stage = (any other value)',
    ]);
  });

  test('is not shared with who looks meanwhile, whose choices are not its own', () => {
    const app = appOf(choose('IsProd'));
    const { outcomes: outer } = explore(app, () => explore(app, (world) => valueIn(world, app)).outcomes);
    expect(outer.map(({ when, value }) => [when, value.length])).toEqual([[undefined, 3]]);
  });

  test('serves nobody after looking failed, since something may be half computed', () => {
    const app = appOf('plain');
    const owner = {};
    const ask = (world: World, compute: () => string) =>
      world.once(owner, 'asked', compute, () => 'circular');
    const fails = () =>
      explore(app, (world) =>
        ask(world, () => {
          throw new Error('it fails');
        }),
      );
    expect(fails).toThrow('it fails');
    expect(explore(app, (world) => ask(world, () => 'computed')).outcomes[0]?.value).toBe('computed');
  });

  test('alone is that of the defaults', () => {
    const app = appOf(choose('IsDev', 'default', 'other'));
    expect(inFirstWorld(app, (world) => valueIn(world, app))).toBe('default');
  });
});
