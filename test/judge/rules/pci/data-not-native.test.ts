import { SUPPORTING_PACK } from '../../../../lib/judge/packs/supporting';
import { TRANSMISSION_PACK } from '../../../../lib/judge/packs/transmission';
import { DATA_NOT_NATIVE } from '../../../../lib/judge/rules/pci/data-not-native';
import { DATA_ROWS } from '../../../../lib/judge/rules/pci/data-rows';

const ASKED = [...TRANSMISSION_PACK.rules, ...SUPPORTING_PACK.rules, ...DATA_ROWS].flatMap(
  ({ rule }) => rule.references.awsConfig ?? [],
);

test('what no rule of ours asks stands there once, and no rule asks it', () => {
  const named = DATA_NOT_NATIVE.map(({ configRule }) => configRule);
  expect(new Set(named).size).toBe(named.length);
  expect(named.filter((configRule) => ASKED.includes(configRule))).toEqual([]);
});

test.each(DATA_NOT_NATIVE)(
  '$configRule has a reason: a phrase without a full stop',
  ({ configRule, why }) => {
    expect(configRule).toMatch(/^[A-Z0-9]+(_[A-Z0-9]+)+$/);
    expect(why).toMatch(/^\w.{20,}[^.]$/);
  },
);
