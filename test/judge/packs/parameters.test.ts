import { judge } from '../../../lib/judge/judge';
import { gdprPack } from '../../../lib/judge/packs/gdpr';
import { memoised } from '../../../lib/judge/packs/memoised';
import { OUR_PACKS } from '../../../lib/judge/packs/ours';
import type { PackFactory } from '../../../lib/judge/packs/pack';
import { pciDss401Pack } from '../../../lib/judge/packs/pci-dss-401';
import type { GivenRuleParameters } from '../../../lib/judge/profiles';
import { DEFAULT_RULE_PARAMETERS, type RuleParameters } from '../../../lib/judge/rules/parameters';
import type { JsonMap } from '../../../lib/judge/template';
import { settingsOf } from '../profiles/support';
import { appOf } from '../support';

const NOW = new Date('2026-11-22T12:00:00Z');
const tagged = (...tags: readonly (readonly [string, string])[]) =>
  tags.map(([Key, Value]) => ({ Key, Value }));

/** Whether a rule finds something in one resource of a stack in Ireland. */
function finds(make: PackFactory, id: string, resource: JsonMap, parameters: GivenRuleParameters = {}) {
  const pack = make(settingsOf({ parameters }).parameters);
  expect(pack.rules.map(({ rule }) => rule.id)).toContain(id);
  const { findings } = judge(appOf({ It: resource }, { region: 'eu-west-1' }), pack, { now: NOW });
  return findings.filter(({ rule }) => rule.id === id).map(({ got, want }) => `${got}, not ${want}`);
}

const KEY = (days: number) => ({
  Type: 'AWS::KMS::Key',
  Properties: { EnableKeyRotation: true, RotationPeriodInDays: days },
});
const SCHEDULE = (days: number) => ({
  Type: 'AWS::SecretsManager::RotationSchedule',
  Properties: { SecretId: 'any', RotationRules: { AutomaticallyAfterDays: days } },
});
const LOG = (days: number) => ({ Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: days } });
const BUCKET = {
  Type: 'AWS::S3::Bucket',
  Properties: { Tags: tagged(['data:classification', 'personal-data']) },
};
const PERSONAL_LOG = (...identifiers: readonly string[]) => ({
  Type: 'AWS::Logs::LogGroup',
  Properties: {
    Tags: tagged(['data:classification', 'personal-data']),
    DataProtectionPolicy: {
      Name: 'masked',
      Version: '2021-06-01',
      Statement: [
        {
          DataIdentifier: identifiers.map((name) => `arn:aws:dataprotection::aws:data-identifier/${name}`),
          Operation: { Audit: { FindingsDestination: {} } },
        },
        {
          DataIdentifier: identifiers.map((name) => `arn:aws:dataprotection::aws:data-identifier/${name}`),
          Operation: { Deidentify: { MaskConfig: {} } },
        },
      ],
    },
  },
});

describe('parameters reach the rules that ask for them', () => {
  test.each<[string, PackFactory, string, JsonMap, GivenRuleParameters]>([
    ['cryptoperiod', pciDss401Pack, 'KeyRotatesWithinAYear', KEY(200), { keyRotationDays: 180 }],
    ['secrets', pciDss401Pack, 'SecretRotatesWithin90Days', SCHEDULE(60), { secretRotationDays: 30 }],
    [
      'least retention',
      pciDss401Pack,
      'LogRetentionCoversAYear',
      LOG(365),
      { logRetentionLeastDays: 731, logRetentionMostDays: 731 },
    ],
    ['most retention', gdprPack, 'LogRetentionEnds', LOG(400), { logRetentionMostDays: 365 }],
    ['regions', gdprPack, 'PersonalDataRegionIsAllowed', BUCKET, { allowedRegions: ['eu-central-1'] }],
    [
      'lists of transfers',
      gdprPack,
      'PersonalDataRegionIsAllowed',
      BUCKET,
      { transferLists: { reviewed: '2026-11-20', regions: { 'eu-west-1': 'XX' } } },
    ],
    [
      'masked identifiers',
      gdprPack,
      'LogMasksPersonalData',
      PERSONAL_LOG('EmailAddress', 'Name', 'Address'),
      { maskedIdentifiers: ['EmailAddress', 'Name', 'Address', 'IpAddress'] },
    ],
  ])('%s', (_, make, id, resource, parameters) => {
    expect(finds(make, id, resource)).toEqual([]);
    expect(finds(make, id, resource, parameters)).toHaveLength(1);
  });

  test('and their messages', () => {
    expect(finds(pciDss401Pack, 'KeyRotatesWithinAYear', KEY(200), { keyRotationDays: 180 })).toEqual([
      '200, not on, every 180 days or oftener',
    ]);
    const { rules } = pciDss401Pack(settingsOf({ parameters: { keyRotationDays: 180 } }).parameters);
    const row = rules.find(({ rule }) => rule.id === 'KeyRotatesWithinAYear');
    expect(row?.rule.fix).toContain('RotationPeriodInDays to 180 or less');
  });

  test('and change no id, no level and no order', () => {
    const { parameters } = settingsOf({
      parameters: { keyRotationDays: 90, allowedRegions: ['eu-west-1'], maskedIdentifiers: ['Name'] },
    });
    for (const make of Object.values(OUR_PACKS)) {
      const [usual, other] = [make(DEFAULT_RULE_PARAMETERS), make(parameters)].map(({ rules }) =>
        rules.map(({ rule, level, unknown }) => [rule.id, level, unknown]),
      );
      expect(other).toEqual(usual);
    }
  });
});

describe('what is made of parameters', () => {
  const counted = () => {
    let made = 0;
    const make = memoised(({ keyRotationDays }) => {
      made += 1;
      return { keyRotationDays };
    });
    return { make, made: () => made };
  };

  test('is made once, whoever writes the same', () => {
    const { make, made } = counted();
    const copy = JSON.parse(JSON.stringify(DEFAULT_RULE_PARAMETERS));
    const reversed = Object.fromEntries(Object.entries(copy).reverse()) as unknown as RuleParameters;
    expect(make(copy)).toBe(make(DEFAULT_RULE_PARAMETERS));
    expect(make(reversed)).toBe(make(DEFAULT_RULE_PARAMETERS));
    expect(made()).toBe(1);
  });

  test('is another for other parameters, and not kept without end', () => {
    const { make, made } = counted();
    const of = (keyRotationDays: number) => make({ ...DEFAULT_RULE_PARAMETERS, keyRotationDays });
    for (let days = 90; days < 190; days++) expect(of(days)).toEqual({ keyRotationDays: days });
    expect(made()).toBe(100);
    of(189);
    expect(made()).toBe(100);
    of(90);
    expect(made()).toBe(101);
  });
});

test('no rule stands twice in a pack, and none has two levels', () => {
  const levels = new Map<string, string>();
  for (const make of Object.values(OUR_PACKS)) {
    const { rules } = make(DEFAULT_RULE_PARAMETERS);
    expect(new Set(rules.map(({ rule }) => rule.id)).size).toBe(rules.length);
    for (const { rule, level } of rules) {
      expect([rule.id, levels.get(rule.id) ?? level]).toEqual([rule.id, level]);
      levels.set(rule.id, level);
    }
  }
});
