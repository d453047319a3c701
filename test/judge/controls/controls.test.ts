import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { GDPR, GDPR_CONTROLS, PCI_DSS_4_0_1 } from '../../../lib/core/controls';
import { MANAGED_CONFIG_RULES, NOT_NATIVE_CONFIG_RULES } from '../../../lib/core/controls/aws-config';
import { configRuleStandings, controlFigures, coverageOf } from '../../../lib/judge/controls';
import { EVERY_ROW } from '../../../lib/judge/packs/every-row';
import type { PackRule } from '../../../lib/judge/packs/pack';
import mapped from '../../_fixtures/controls/config-rules.json';
import ids from '../../_fixtures/controls/pci-requirement-ids.json';

const ROOT = path.resolve(__dirname, '../../..');
const standings = configRuleStandings(EVERY_ROW);
const pci = coverageOf(PCI_DSS_4_0_1, EVERY_ROW, standings);
const gdpr = coverageOf(GDPR, EVERY_ROW, standings);
/** By id, counted here and not by what is under test. */
const named = (key: 'pciDss' | 'gdpr' | 'awsConfig') =>
  new Set(EVERY_ROW.flatMap(({ rule }) => rule.references[key] ?? []));

describe('the managed rules of AWS Config', () => {
  test('are mapped as AWS and prowler map them', () => {
    expect(mapped.length).toBe(283);
    expect(
      MANAGED_CONFIG_RULES.map(({ configRule, requirements, sources }) => [
        configRule,
        [...requirements].sort(),
        sources,
      ]),
    ).toEqual(
      mapped.map(({ configRule, requirements, sources }) => [configRule, [...requirements].sort(), sources]),
    );
  });

  test.each(mapped.map(({ configRule }) => configRule))(
    '%s is asked by a rule of ours, or stands among the others with a reason, not both',
    (configRule) => {
      const isAsked = named('awsConfig').has(configRule);
      const isLeft = NOT_NATIVE_CONFIG_RULES.some((rule) => rule.configRule === configRule);
      expect([isAsked, isLeft].filter(Boolean)).toHaveLength(1);
    },
  );

  test('are all that rules of ours name', () => {
    const known = mapped.map(({ configRule }) => configRule);
    expect([...named('awsConfig')].filter((configRule) => !known.includes(configRule))).toEqual([]);
  });

  test('are no more than a table where rules at level info alone ask them', () => {
    const [row] = EVERY_ROW.filter(({ rule }) => rule.references.awsConfig?.includes('ENCRYPTED_VOLUMES'));
    const at = (level: PackRule['level']) =>
      configRuleStandings(row === undefined ? [] : [{ ...row, level }]).find(
        ({ configRule }) => configRule === 'ENCRYPTED_VOLUMES',
      )?.standing;
    expect([at('error'), at('info')]).toEqual(['native', 'table']);
    expect(
      configRuleStandings([]).find(({ configRule }) => configRule === 'ENCRYPTED_VOLUMES')?.standing,
    ).toBe('open');
  });
});

describe('the requirements of PCI DSS', () => {
  test('hold all to which others attach checks, and those that they leave out', () => {
    const known = PCI_DSS_4_0_1.requirements.map(({ id }) => id);
    expect([ids.ofAnchors.length, ids.missedByAnchors.length]).toEqual([107, 26]);
    expect([...ids.ofAnchors, ...ids.missedByAnchors].filter((id) => !known.includes(id))).toEqual([]);
    expect(new Set(known).size).toBe(known.length);
  });

  test.each(pci.map((requirement) => [requirement.id, requirement] as const))(
    '%s has rules, or what AWS Config asks, or the reason why not',
    (_, { by }) => {
      expect(by).not.toBe('nothing');
    },
  );

  test('are all that rules name', () => {
    const known = PCI_DSS_4_0_1.requirements.map(({ id }) => id);
    expect([...named('pciDss')].filter((id) => !known.includes(id))).toEqual([]);
  });
});

describe('the provisions of the GDPR', () => {
  test.each(gdpr.map((provision) => [provision.id, provision] as const))(
    '%s has rules, or the reason why not',
    (_, { by }) => {
      expect(by).not.toBe('nothing');
    },
  );

  test('are all that rules name', () => {
    const known = GDPR.requirements.map(({ id }) => id);
    expect([...named('gdpr')].filter((id) => !known.includes(id))).toEqual([]);
  });
});

describe('what npm run controls prints', () => {
  const figures = controlFigures();
  const asked = named('awsConfig');
  const ofAws = mapped.filter(({ sources }) => !sources.includes('prowler'));

  test('is one JSON object, and what is counted here', () => {
    const printed = execFileSync(process.execPath, ['tools/controls.mjs'], { cwd: ROOT, encoding: 'utf8' });
    expect(JSON.parse(printed)).toEqual(figures);
  }, 60_000);

  test.each([
    ['all', mapped, 283],
    ['ofAwsPacks', ofAws, 250],
  ] as const)('counts the rules of AWS Config: %s', (key, rules, total) => {
    const { native, table, delegated, listed, open, ...others } = figures.configRules[key];
    expect(others).toEqual({ total });
    expect(native + table).toBe(rules.filter(({ configRule }) => asked.has(configRule)).length);
    const left = (kind: string) =>
      rules.filter(({ configRule }) =>
        NOT_NATIVE_CONFIG_RULES.some((rule) => rule.configRule === configRule && rule.kind === kind),
      ).length;
    expect([delegated, listed, open]).toEqual([left('delegated'), left('listed'), 0]);
  });

  test('counts what no template decides', () => {
    expect(figures.configRules.notDecidable).toBe(figures.configRules.all.delegated);
    expect(figures.configRules.notDecidableWithoutParameters).toBe(6);
  });

  test.each([
    ['pciDss', PCI_DSS_4_0_1],
    ['gdpr', GDPR],
  ] as const)('counts the requirements of %s', (key, { requirements }) => {
    const counted = figures[key];
    const without = requirements.map(({ id }) => id).filter((id) => !named(key).has(id));
    expect(counted.total).toBe(requirements.length);
    expect(counted.withRule).toBe(requirements.length - without.length);
    expect(counted.idsWithoutRule).toEqual(without);
    expect(counted.delegatedOnly + counted.withReasonOnly + counted.withNothing).toBe(without.length);
  });

  test('counts the 62 controls that others attach to the GDPR, and each names rules that exist', () => {
    const { total, withRule, withReasonOnly } = figures.gdprControls;
    expect([total, withRule + withReasonOnly]).toEqual([62, 62]);
    const ids = new Set(EVERY_ROW.map(({ rule }) => rule.id));
    const named = GDPR_CONTROLS.flatMap((control) => ('by' in control ? control.by : []));
    expect(named.filter((id) => !ids.has(id))).toEqual([]);
  });

  test('counts our own rules, once each', () => {
    const unique = new Set(EVERY_ROW.map(({ rule }) => rule.id));
    expect(figures.rules.total).toBe(unique.size);
    expect(Object.values(figures.rules.byLevel).reduce((sum, count) => sum + count, 0)).toBe(unique.size);
    expect(Object.keys(figures.rules.byPack)).toEqual([
      'TransmissionChecks',
      'PciDss401Checks',
      'GdprChecks',
    ]);
  });
});
