import { PCI_DSS_4_0_1 } from '../../../../lib/core/controls';
import {
  DELEGATED_CONFIG_RULES,
  MANAGED_CONFIG_RULES,
  type MappingSource,
  managedConfigRule,
  NOT_NATIVE_CONFIG_RULES,
} from '../../../../lib/core/controls/aws-config';

const of = (source: MappingSource) => MANAGED_CONFIG_RULES.filter(({ sources }) => sources.includes(source));

describe('the managed rules of AWS Config', () => {
  test('are the union of the packs of AWS, and those that prowler adds', () => {
    expect([of('v4.0').length, of('v3.2.1').length, of('prowler').length]).toEqual([127, 129, 33]);
    expect(MANAGED_CONFIG_RULES.filter(({ sources }) => !sources.includes('prowler'))).toHaveLength(250);
  });

  test('stand there once each, in the order of their identifiers', () => {
    const ids = MANAGED_CONFIG_RULES.map(({ configRule }) => configRule);
    expect(ids).toEqual([...new Set(ids)].sort());
  });

  test('speak for requirements that are known, each named once', () => {
    const known = PCI_DSS_4_0_1.requirements.map(({ id }) => id);
    for (const { configRule, requirements } of MANAGED_CONFIG_RULES) {
      expect([configRule, requirements.filter((id) => !known.includes(id))]).toEqual([configRule, []]);
      expect([configRule, new Set(requirements).size]).toEqual([configRule, requirements.length]);
    }
  });

  test('are found by their identifier', () => {
    expect(managedConfigRule('IAM_PASSWORD_POLICY')?.requirements).toEqual(['8.3.6', '8.6.3']);
    expect(managedConfigRule('NO_SUCH_RULE')).toBeUndefined();
  });
});

describe('rules that none of ours stands for', () => {
  test('are rules that are mapped, each once', () => {
    const ids = NOT_NATIVE_CONFIG_RULES.map(({ configRule }) => configRule);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => managedConfigRule(id) === undefined)).toEqual([]);
  });

  test.each(NOT_NATIVE_CONFIG_RULES)('$configRule is left for a reason', ({ why }) => {
    expect(why.length).toBeGreaterThan(15);
    expect(why).not.toMatch(/\.$/);
  });

  test.each(NOT_NATIVE_CONFIG_RULES.filter(({ kind }) => kind === 'listed'))(
    '$configRule is listed though no requirement names it, or says what is wrong with it',
    ({ configRule, why }) => {
      expect(
        managedConfigRule(configRule)?.requirements.length === 0 || !why.includes('no requirement of 4.0.1'),
      ).toBe(true);
    },
  );
});

describe.each(DELEGATED_CONFIG_RULES)('$configRule', (rule) => {
  test('speaks for a requirement', () => {
    expect(managedConfigRule(rule.configRule)?.requirements.length).toBeGreaterThan(0);
  });

  test('names what must be recorded where changes trigger it, and nothing where time does', () => {
    expect(rule.recorded.length > 0).toBe(rule.trigger === 'change');
    expect(rule.recorded.filter((type) => !/^AWS::\w+::\w+$/.test(type))).toEqual([]);
  });

  test('has parameters with names of their own, without a value where it needs one', () => {
    const names = rule.parameters.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    if (rule.needs !== undefined) {
      expect(names.length).toBeGreaterThan(0);
      expect(rule.parameters.filter(({ value }) => value !== undefined)).toEqual([]);
    }
  });
});
