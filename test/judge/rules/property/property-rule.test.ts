import { judge } from '../../../../lib/judge/judge';
import type { Pack } from '../../../../lib/judge/packs/pack';
import {
  allOf,
  anyOf,
  each,
  isAbsent,
  isAtLeast,
  isAtMost,
  isFalse,
  isNoneOf,
  isOneOf,
  isPresent,
  isTrue,
  onlyWhere,
  type PropertyTest,
  propertyRule,
} from '../../../../lib/judge/rules/property';
import type { JsonMap } from '../../../../lib/judge/template';
import { appOf, type TemplateParts } from '../../support';

const TYPE = 'AWS::EC2::Volume';
const IF: JsonMap = { 'Fn::If': ['Production', true, false] };
const PARTS: TemplateParts = {
  Parameters: { Stage: { Type: 'String' }, Hidden: { Type: 'String' } },
  Conditions: { Production: { 'Fn::Equals': [{ Ref: 'Stage' }, 'production'] } },
};

function packOf(...tests: readonly PropertyTest[]): Pack {
  return {
    name: 'Pack',
    rules: tests.map((test, index) => ({
      rule: propertyRule({
        id: `Rule${index}`,
        title: 't',
        risk: 'r',
        fix: 'f',
        references: {},
        resourceTypes: [TYPE],
        test,
      }),
      level: 'error',
      unknown: 'warning',
    })),
  } as unknown as Pack;
}

/** What is said of a resource with these properties. */
function says(properties: JsonMap, ...tests: readonly PropertyTest[]): readonly string[] {
  const app = appOf({ It: { Type: TYPE, Properties: properties } }, PARTS);
  return judge(app, packOf(...tests)).findings.map(
    ({ rule, level, verdict, path, got, want, when }) =>
      `${rule.id} ${level} ${verdict} ${path} ${got} ${want} ${when ?? 'always'}`,
  );
}

const hidden = { Ref: 'Hidden' };

describe('a test of properties', () => {
  test.each<[string, PropertyTest, JsonMap, JsonMap, string]>([
    ['isTrue', isTrue('A'), { A: true }, { A: 'false' }, 'A false true'],
    ['isTrue, absent', isTrue('A'), { A: 'true' }, {}, 'A absent true'],
    ['isFalse', isFalse('A'), { A: false }, { A: true }, 'A true false'],
    ['isOneOf', isOneOf('A.B', ['x', 'y']), { A: { B: 'y' } }, { A: { B: 'z' } }, 'A.B z one of x, y'],
    ['isNoneOf', isNoneOf('A', ['x']), {}, { A: 'x' }, 'A x another than x'],
    ['isAtLeast', isAtLeast('A', 7), { A: '7' }, { A: 6 }, 'A 6 7 or more'],
    ['isAtMost', isAtMost('A', 7), { A: 7 }, { A: 8 }, 'A 8 7 or less'],
    ['isPresent', isPresent('A', 'a key'), { A: hidden }, { A: '' }, 'A empty a key'],
    ['isPresent of a list', isPresent('A'), { A: ['x'] }, { A: [] }, 'A empty given'],
    ['isAbsent', isAbsent('A'), {}, { A: 'x' }, 'A x left out'],
    [
      'each',
      each('A', isTrue('B')),
      { A: [{ B: true }] },
      { A: [{ B: true }, { B: false }] },
      'A.1.B false true',
    ],
    ['all', allOf(isTrue('A'), isTrue('B')), { A: true, B: true }, { A: true, B: false }, 'B false true'],
    ['any', anyOf(isTrue('A'), isTrue('B')), { A: false, B: true }, { A: false, B: false }, 'A false true'],
    ['onlyWhere', onlyWhere(isTrue('A'), isTrue('B')), { A: false }, { A: true, B: false }, 'B false true'],
  ])('%s passes what is right and finds what is not, at its place', (_, test, right, wrong, finding) => {
    expect(says(right, test)).toEqual([]);
    const [path = '', ...rest] = finding.split(' ');
    expect(says(wrong, test)).toEqual([`Rule0 error violation Properties.${path} ${rest.join(' ')} always`]);
  });

  test.each<[string, PropertyTest, JsonMap]>([
    ['isTrue', isTrue('A'), { A: hidden }],
    ['isFalse', isFalse('A'), { A: hidden }],
    ['isOneOf', isOneOf('A', ['x']), { A: hidden }],
    ['isNoneOf', isNoneOf('A', ['x']), { A: hidden }],
    ['isAtLeast', isAtLeast('A', 1), { A: hidden }],
    ['isAtMost', isAtMost('A', 1), { A: 'many' }],
    ['each', each('A', isTrue('B')), { A: hidden }],
    ['any', anyOf(isTrue('A'), isTrue('B')), { A: false, B: hidden }],
    ['onlyWhere', onlyWhere(isTrue('A'), isTrue('B')), { A: hidden, B: false }],
  ])('%s cannot tell what the template hides', (_, test, properties) => {
    expect(says(properties, test).map((line) => line.split(' ').slice(1, 3).join(' '))).toEqual([
      'warning unknown',
    ]);
  });

  test('onlyWhere need not tell where what it asks for is right anyway', () => {
    expect(says({ A: hidden, B: true }, onlyWhere(isTrue('A'), isTrue('B')))).toEqual([]);
  });

  test('says in which worlds a finding holds', () => {
    expect(says({ A: IF }, isTrue('A'))).toEqual([
      'Rule0 error violation Properties.A false true Stack.Stage = (any other value)',
    ]);
  });

  test('a rule is asked in the worlds that it looks at alone', () => {
    expect(says({ A: IF, B: false }, isTrue('B'))).toEqual([
      'Rule0 error violation Properties.B false true always',
    ]);
  });

  test('a resource that exists under a condition alone is judged there', () => {
    const resource = { Type: TYPE, Condition: 'Production', Properties: { A: IF } };
    expect(judge(appOf({ It: resource }, PARTS), packOf(isTrue('A'))).findings).toEqual([]);
  });

  test('a rule that fails is fatal, and never a pass', () => {
    const pack = packOf(() => {
      throw new TypeError('oops');
    });
    const { findings } = judge(appOf({ It: { Type: TYPE, Properties: {} } }, PARTS), pack);
    expect(findings.map(({ level, verdict }) => `${level} ${verdict}`)).toEqual(['fatal failed']);
  });

  test('conditions beyond counting are not told', () => {
    const Conditions: JsonMap = Object.fromEntries(
      Array.from({ length: 8 }, (_, i) => [`C${i}`, { 'Fn::Equals': [{ Ref: `P${i}` }, 'x'] }]),
    );
    const Parameters: JsonMap = Object.fromEntries(
      Array.from({ length: 8 }, (_, i) => [`P${i}`, { Type: 'String' }]),
    );
    const A = Array.from({ length: 8 }, (_, i) => ({ B: { 'Fn::If': [`C${i}`, true, true] } }));
    const app = appOf({ It: { Type: TYPE, Properties: { A } } }, { Parameters, Conditions });
    expect(judge(app, packOf(each('A', isTrue('B')))).findings.map(({ verdict }) => verdict)).toEqual([
      'unknown',
    ]);
  });

  test('counts its resources as judged', () => {
    const app = appOf({ It: { Type: TYPE, Properties: { A: true } } }, PARTS);
    const { resources, rules } = judge(app, packOf(isTrue('A')));
    expect([resources.judged, rules[0]?.compliant]).toEqual([1, 1]);
  });
});
