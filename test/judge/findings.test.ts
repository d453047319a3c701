import { describe as words } from '../../lib/judge/describe';
import { judge } from '../../lib/judge/judge';
import { isOneOf, type PropertyTest, propertyRow } from '../../lib/judge/rules/property';
import type { JsonMap } from '../../lib/judge/template';
import { appOf } from './support';

const SEVEN = ['A', 'B', 'C', 'D', 'E', 'F', 'G'];

/** Text of seven letters, each of which hangs on a parameter of its own: 128 combinations. */
const TEXT: JsonMap = { 'Fn::Join': ['', SEVEN.map((name) => ({ 'Fn::If': [`Is${name}`, 'x', 'o'] }))] };

const PARTS = {
  Parameters: Object.fromEntries(SEVEN.map((name) => [name, { Type: 'String', AllowedValues: ['1', '2'] }])),
  Conditions: Object.fromEntries(SEVEN.map((name) => [`Is${name}`, { 'Fn::Equals': [{ Ref: name }, '1'] }])),
};

function found(test: PropertyTest) {
  const row = propertyRow('error', {
    id: 'TextIsRight',
    title: 'the text is right',
    risk: 'none',
    fix: 'none',
    references: {},
    resourceTypes: ['AWS::X::Y'],
    test,
  });
  const app = appOf({ It: { Type: 'AWS::X::Y', Properties: { Text: TEXT } } }, PARTS);
  const { findings } = judge(app, { name: 'Checks', rules: [row] });
  return findings.filter(({ rule }) => rule.id === 'TextIsRight');
}

describe('where conditions have more combinations than are tried', () => {
  test('it is said once that the others cannot be told, under no choice of those that were tried', () => {
    const [finding, ...more] = found((view) => {
      view.at('Text').string();
      return { verdict: 'compliant' };
    });
    expect(more).toEqual([]);
    expect(finding?.when).toBeUndefined();
    expect(finding === undefined ? '' : words(finding)).toBe(
      'the text is right: cannot be told, since its conditions have more than 64 combinations',
    );
  });

  test('what is found in those that were tried is told with them', () => {
    const text = found(isOneOf('Text', ['ooooooo'])).map(({ when }) => when ?? '');
    expect(text.filter((when) => /^(.+ = 1, ){6}.+ = 2$/.test(when))).toHaveLength(1);
    expect(text.filter((when) => when === '')).toHaveLength(1);
  });

  test('the same in combinations that were tried and in others is one finding, which names both', () => {
    const [finding, ...more] = found((view) => {
      view.at('Text').string();
      return { verdict: 'unknown', resource: view.resource, path: view.path, why: 'it is hidden' };
    });
    expect(more).toEqual([]);
    expect(finding?.when).toBeUndefined();
    const [some] = found((view) => {
      const isOpen = view.at('Text').value() === 'xxxxxxx';
      return isOpen
        ? { verdict: 'unknown', resource: view.resource, path: view.path, why: 'it is hidden' }
        : { verdict: 'compliant' };
    });
    expect(some?.when).toMatch(/^(.+ = 1, ){6}.+ = 1, or in combinations that were not tried$/);
  });
});
