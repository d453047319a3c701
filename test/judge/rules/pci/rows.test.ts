import { GDPR, PCI_DSS_4_0_1 } from '../../../../lib/core/controls';
import { managedConfigRule } from '../../../../lib/core/controls/aws-config';
import { LEVELS } from '../../../../lib/judge/packs/pack';
import { SUPPORTING_PACK } from '../../../../lib/judge/packs/supporting';
import { TRANSMISSION_PACK } from '../../../../lib/judge/packs/transmission';
import { PCI_ROWS } from '../../../../lib/judge/rules/pci';

const OTHERS = [...TRANSMISSION_PACK.rules, ...SUPPORTING_PACK.rules];

test('no rule has the id of another', () => {
  const ids = PCI_ROWS.map(({ rule }) => rule.id);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  const others = OTHERS.map(({ rule }) => rule.id);
  expect(ids.filter((id) => others.includes(id))).toEqual([]);
});

describe.each(PCI_ROWS.map((row) => [row.rule.id, row] as const))('%s', (_, { rule, level, unknown }) => {
  test('speaks for requirements, articles and rules of AWS Config that are known', () => {
    const { pciDss = [], gdpr = [], awsConfig = [] } = rule.references;
    const requirements = PCI_DSS_4_0_1.requirements.map(({ id }) => id);
    const articles = GDPR.requirements.map(({ id }) => id);
    expect(pciDss.length).toBeGreaterThan(0);
    expect(pciDss.filter((id) => !requirements.includes(id))).toEqual([]);
    expect(gdpr.filter((id) => !articles.includes(id))).toEqual([]);
    expect(awsConfig.filter((id) => managedConfigRule(id) === undefined)).toEqual([]);
  });

  test('tells what cannot be told no more gravely than what is wrong', () => {
    expect(LEVELS.indexOf(unknown)).toBeGreaterThanOrEqual(LEVELS.indexOf(level));
  });

  test('has texts as those of other packs', () => {
    expect(rule.title).toMatch(/^[a-zS].*[^.!]$/);
    expect(rule.risk).toMatch(/^[A-Z].*[.]$/);
    expect(rule.fix).toMatch(/^[A-Z].*CDK: .*[.]$/);
  });
});
