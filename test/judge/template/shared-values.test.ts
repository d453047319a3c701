import {
  App,
  explore,
  type Json,
  type JsonMap,
  show,
  type TemplateSource,
} from '../../../lib/judge/template';

/** Every outcome of a property of a stack that reads what other stacks hand out. */
function read(raw: Json, makers: readonly TemplateSource[], reader: Partial<TemplateSource> = {}): string[] {
  const json = { Resources: { Subject: { Type: 'A::B::C', Properties: { P: raw } } } } as JsonMap;
  const app = new App([...makers, { name: 'Reader', stackName: 'Reader', json, ...reader }]);
  const [subject] = app.resourcesOfType('A::B::C');
  if (subject === undefined) throw new Error('no subject');
  return explore(app, (world) => show(world.view(subject).at('P').value())).outcomes.map(
    ({ when, value }) => `${when ?? 'always'}: ${value}`,
  );
}

const maker = (value: Json, more: Partial<TemplateSource> = {}, output: JsonMap = {}): TemplateSource => ({
  name: 'Maker',
  stackName: 'Maker',
  json: { Resources: {}, Outputs: { O: { Value: value, Export: { Name: 'x' }, ...output } } },
  ...more,
});

const IMPORT = { 'Fn::ImportValue': 'x' };

describe('an export', () => {
  test('is not made where the condition of its output does not hold', () => {
    const json = {
      Parameters: { P: { Type: 'String' } },
      Conditions: {
        On: { 'Fn::Equals': [{ Ref: 'P' }, 'on'] },
        Off: { 'Fn::Not': [{ Condition: 'On' }] },
      },
      Resources: {},
      Outputs: {
        A: { Condition: 'On', Value: 'new', Export: { Name: 'x' } },
        B: { Condition: 'Off', Value: 'old', Export: { Name: 'x' } },
      },
    };
    expect(read(IMPORT, [{ name: 'Maker', json }])).toEqual([
      'Maker.P = on: new',
      'Maker.P = (any other value): old',
    ]);
  });

  test('is that of the same account', () => {
    const makers = [
      maker('test', { name: 'Test', account: '111111111111' }),
      maker('live', { name: 'Live', account: '222222222222' }),
    ];
    expect(read(IMPORT, makers, { account: '222222222222' })).toEqual(['always: live']);
  });

  test('of several stacks of which nobody knows where they are is not told', () => {
    const makers = [maker('test', { name: 'Test' }), maker('live', { name: 'Live' })];
    expect(read(IMPORT, makers)).toEqual([
      expect.stringMatching(/export x is made by several templates at hand/),
    ]);
    expect(read(IMPORT, [maker('same', { name: 'Test' }), maker('same')])).toEqual(['always: same']);
  });

  test('named by what is no text is not made', () => {
    const map: JsonMap = Object.assign(Object.create(null), { a: Object.create(null) });
    expect(read({ 'Fn::ImportValue': map }, [])[0]).toMatch(/Fn::ImportValue has no name/);
  });

  test('that is made from others many times over is unresolved, and soon', () => {
    const name = (i: number) => ({ 'Fn::ImportValue': `e${i}` });
    const Outputs = Object.fromEntries(
      [...Array(60).keys()].map((i) => [
        `O${i}`,
        {
          Value: i === 59 ? 'x' : { 'Fn::Join': ['', [name(i + 1), name(i + 1)]] },
          Export: { Name: `e${i}` },
        },
      ]),
    );
    const made = read(name(0), [{ name: 'Maker', json: { Resources: {}, Outputs } }]);
    expect(made[0]).toMatch(/longer than any property/);
  });
});

describe('a stack output', () => {
  const output = (more: JsonMap = {}): Json => ({
    'Fn::GetStackOutput': { StackName: 'Maker', OutputName: 'O', ...more },
  });
  const makers = [
    maker('west', { name: 'West', region: 'eu-west-1' }),
    maker('east', { name: 'East', region: 'us-east-1' }),
  ];

  test('without a region is that of the reader', () => {
    expect(read(output(), makers, { region: 'us-east-1' })).toEqual(['always: east']);
    expect(read(output({ Region: 'eu-west-1' }), makers, { region: 'us-east-1' })).toEqual(['always: west']);
    expect(read(output(), makers, { region: 'ap-south-1' })[0]).toMatch(/not made by a template at hand/);
    expect(read(output(), makers)[0]).toMatch(/several templates/);
  });

  test('of another account is reached by a role alone', () => {
    const there = [maker('there', { account: '111111111111' })];
    expect(read(output(), there, { account: '222222222222' })[0]).toMatch(/not made by a template at hand/);
    expect(read(output({ RoleArn: 'r' }), there, { account: '222222222222' })).toEqual(['always: there']);
  });
});

test('two stacks do not mean the same by the name of the stack', () => {
  const named = { 'Fn::Sub': '${AWS::StackName}-x' };
  const makers = [
    maker('theirs', {
      json: { Resources: {}, Outputs: { O: { Value: 'theirs', Export: { Name: named } } } },
    }),
  ];
  expect(
    read(
      { 'Fn::ImportValue': named },
      makers.map(({ stackName: _, ...one }) => one),
      { stackName: undefined as never },
    )[0],
  ).toMatch(/not made by a template at hand/);
});
