import type { PackRule } from '../../../../lib/judge/packs/pack';
import { SUPPORTING_PACK } from '../../../../lib/judge/packs/supporting';
import { TRANSMISSION_PACK } from '../../../../lib/judge/packs/transmission';
import { ALARM_ROWS } from '../../../../lib/judge/rules/pci/alarms';
import { AUDIT_ROWS } from '../../../../lib/judge/rules/pci/audit';
import { AUDIT_SOURCE_ROWS } from '../../../../lib/judge/rules/pci/audit-sources';
import { CONTAINER_ROWS } from '../../../../lib/judge/rules/pci/compute-container';
import { FUNCTION_ROWS } from '../../../../lib/judge/rules/pci/compute-function';
import { DELIVERY_ROWS } from '../../../../lib/judge/rules/pci/delivery';
import { IDENTITY_ROWS } from '../../../../lib/judge/rules/pci/identity';
import { IDENTITY_NOT_NATIVE } from '../../../../lib/judge/rules/pci/identity-not-native';
import { KEYS_ROWS } from '../../../../lib/judge/rules/pci/keys';
import { LOGIN_ROWS } from '../../../../lib/judge/rules/pci/login';
import { LOGIN_ENDPOINT_ROWS } from '../../../../lib/judge/rules/pci/login-endpoint';

const ROWS: readonly PackRule[] = [
  ...ALARM_ROWS,
  ...AUDIT_ROWS,
  ...AUDIT_SOURCE_ROWS,
  ...CONTAINER_ROWS,
  ...FUNCTION_ROWS,
  ...DELIVERY_ROWS,
  ...IDENTITY_ROWS,
  ...KEYS_ROWS,
  ...LOGIN_ROWS,
  ...LOGIN_ENDPOINT_ROWS,
];
const OTHERS: readonly PackRule[] = [...TRANSMISSION_PACK.rules, ...SUPPORTING_PACK.rules];

test('a rule of AWS Config is left out once at most', () => {
  const names = IDENTITY_NOT_NATIVE.map(({ configRule }) => configRule);
  expect(names).toEqual([...new Set(names)]);
});

test('a rule of AWS Config that is left out is asked by no rule of ours', () => {
  const asked = new Set([...ROWS, ...OTHERS].flatMap(({ rule }) => rule.references.awsConfig ?? []));
  expect(IDENTITY_NOT_NATIVE.filter(({ configRule }) => asked.has(configRule))).toEqual([]);
});

test.each(IDENTITY_NOT_NATIVE.map((entry) => [entry.configRule, entry] as const))(
  '%s has a name of AWS Config and says why it is left out',
  (name, { why }) => {
    expect(name).toMatch(/^[A-Z0-9]+(_[A-Z0-9]+)+$/);
    expect(why).toMatch(/^[a-zA-Z].{15,}[^.]$/);
  },
);

test('every rule has an id that no other has', () => {
  const ids = new Set([...ROWS, ...OTHERS].map(({ rule }) => rule.id));
  const different = new Set([...ROWS, ...OTHERS].map(({ rule }) => rule));
  expect(ids.size).toBe(different.size);
});

describe.each(ROWS.map((row) => [row.rule.id, row] as const))(
  'the row of %s',
  (_id, { level, unknown, rule }) => {
    test('tells no more of what is hidden than of what is wrong', () => {
      const gravity = ['error', 'warning', 'info'];
      expect(gravity.indexOf(unknown)).toBeGreaterThanOrEqual(gravity.indexOf(level));
      expect(gravity).toContain(level);
    });

    test('names a requirement of PCI DSS', () => {
      for (const id of rule.references.pciDss ?? ['none'])
        expect(id).toMatch(/^(A[13]\.|\d{1,2}\.)\d+(\.\d+)*$/);
    });

    test('says how it is done in CDK, in full sentences', () => {
      expect(rule.fix).toMatch(/CDK: /);
      expect(rule.title).toMatch(/^[a-zS].*[^.]$/);
      for (const text of [rule.risk, rule.fix]) expect(text).toMatch(/^[A-Z].*[.]$/);
    });
  },
);
