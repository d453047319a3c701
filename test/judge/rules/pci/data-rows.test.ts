import { GDPR, PCI_DSS_4_0_1 } from '../../../../lib/core/controls';
import { SUPPORTING_PACK } from '../../../../lib/judge/packs/supporting';
import { TRANSMISSION_PACK } from '../../../../lib/judge/packs/transmission';
import { DATA_ROWS } from '../../../../lib/judge/rules/pci/data-rows';

const PCI_IDS = PCI_DSS_4_0_1.requirements.map(({ id }) => id);
const GDPR_IDS = GDPR.requirements.map(({ id }) => id);
const OTHERS = [...TRANSMISSION_PACK.rules, ...SUPPORTING_PACK.rules].map(({ rule }) => rule.id);

test('every rule has an id of its own', () => {
  const ids = DATA_ROWS.map(({ rule }) => rule.id);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  expect(ids.filter((id) => OTHERS.includes(id))).toEqual([]);
});

test('what cannot be told is as grave as what it cannot tell', () => {
  expect(DATA_ROWS.filter(({ level, unknown }) => level !== unknown)).toEqual([]);
});

test('the errors are data that anybody reaches, and data without encryption', () => {
  const errors = DATA_ROWS.filter(({ level }) => level === 'error').map(({ rule }) => rule.id);
  expect(errors).toEqual([
    'BucketIsNotPublic',
    'DatabaseIsNotPublic',
    'WarehouseIsNotPublic',
    'SearchDomainIsInVpc',
    'FileSystemIsEncrypted',
    'StreamIsEncrypted',
    'ReplicationInstanceIsNotPublic',
  ]);
});

describe.each(DATA_ROWS.map(({ rule }) => [rule.id, rule] as const))('%s', (_, rule) => {
  test('has texts as all rules have', () => {
    expect(rule.id).toMatch(/^([A-Z][a-z0-9]*)+$/);
    expect(rule.title).toMatch(/^[a-z].*[^.!]$/);
    for (const text of [rule.risk, rule.fix]) expect(text).toMatch(/^[A-Z].*[^.]\.$/);
    expect(rule.fix).toMatch(/CDK: /);
  });

  test('names requirements that there are, and a rule of AWS Config', () => {
    const { pciDss = [], gdpr = [], awsConfig = [] } = rule.references;
    expect(pciDss.filter((id) => !PCI_IDS.includes(id))).toEqual([]);
    expect(gdpr.filter((id) => !GDPR_IDS.includes(id))).toEqual([]);
    expect([pciDss.length, gdpr.length, awsConfig.length].every((length) => length > 0)).toBe(true);
  });
});
