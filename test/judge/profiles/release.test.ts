import { VERSION } from '../../../lib/core/version';
import { OUR_PACKS } from '../../../lib/judge/packs/ours';
import type { Level, Pack, PackRule } from '../../../lib/judge/packs/pack';
import { PACK_NAMES, settledPack } from '../../../lib/judge/profiles';
import { asOf, compareVersions, versionOf } from '../../../lib/judge/profiles/release';
import { DEFAULT_RULE_PARAMETERS } from '../../../lib/judge/rules/parameters';
import { EXEMPTION_PACK_ROWS } from '../../../lib/judge/waivers';
import { settingsOf } from './support';

const [TEMPLATE] = OUR_PACKS.transmission(DEFAULT_RULE_PARAMETERS).rules.filter(
  ({ rule }) => rule.reads === 'hop',
);

function row(since: string, level: Level = 'error', more: Partial<PackRule> = {}): PackRule {
  if (TEMPLATE === undefined) throw new RangeError('no rule over hops');
  return { rule: { ...TEMPLATE.rule, since }, level, unknown: level, ...more };
}

describe('what is new in a minor release', () => {
  test.each<[string, string, string | undefined, Level]>([
    // since, version, rulesAsOf, level of what was an error
    ['0.1.0', '0.1.0', undefined, 'error'],
    ['0.1.3', '0.1.4', undefined, 'error'],
    ['0.2.0', '0.2.0', undefined, 'warning'],
    ['0.2.0', '0.2.7', undefined, 'warning'],
    ['0.2.0', '0.3.0', undefined, 'error'],
    ['1.0.0', '1.0.0', undefined, 'warning'],
    ['1.0.0', '1.1.0', undefined, 'error'],
    ['0.2.0', '0.3.0', '0.1.0', 'warning'],
    ['0.2.0', '0.9.0', '0.1.9', 'warning'],
    ['0.2.0', '0.3.0', '0.2.0', 'error'],
    // Whoever asks for what is new gets it at once.
    ['0.2.0', '0.2.0', '0.2.0', 'error'],
    ['0.2.0', '0.2.0', '0.2', 'error'],
    ['0.10.0', '0.10.0', '0.9.0', 'warning'],
  ])('since %s, in %s, as of %s: an error is %s', (since, version, rulesAsOf, level) => {
    const is = asOf(row(since), version, rulesAsOf);
    expect([is.level, is.unknown]).toEqual([level, level]);
  });

  test('is no graver than a warning, and as light as it is', () => {
    expect(asOf(row('0.2.0', 'info'), '0.2.0').level).toBe('info');
    expect(asOf(row('0.2.0', 'warning'), '0.2.0').level).toBe('warning');
    const hidden = asOf(row('0.2.0', 'info', { unknown: 'error' }), '0.2.0');
    expect([hidden.level, hidden.unknown]).toEqual(['info', 'warning']);
  });

  test('may be a rule that is older and was made stricter', () => {
    const stricter = row('0.1.0', 'error', { stricterSince: '0.3.0' });
    expect(asOf(stricter, '0.3.0').level).toBe('warning');
    expect(asOf(stricter, '0.4.0').level).toBe('error');
    expect(asOf(stricter, '0.4.0', '0.2.0').level).toBe('warning');
  });
});

test('versions are compared by their numbers', () => {
  expect(compareVersions('0.9.0', '0.10.0')).toBeLessThan(0);
  expect(compareVersions('1.0', '1.0.0')).toBe(0);
  expect(compareVersions('2.0.0', '1.9.9')).toBeGreaterThan(0);
  expect(versionOf('1.2.3-beta')).toBeUndefined();
});

test('every rule says since which version of this package it is there', () => {
  const rows = PACK_NAMES.flatMap((name) => OUR_PACKS[name](DEFAULT_RULE_PARAMETERS).rules);
  const wrong = rows.filter(({ rule, stricterSince = rule.since }) =>
    [rule.since, stricterSince].some(
      (text) => versionOf(text) === undefined || compareVersions(text, VERSION) > 0,
    ),
  );
  expect(wrong.map(({ rule }) => rule.id)).toEqual([]);
});

test('what tells of waivers, and of what could not be judged, has no release of grace', () => {
  const [waiver] = EXEMPTION_PACK_ROWS;
  if (waiver === undefined) throw new RangeError('no rule on waivers');
  const later = { ...waiver, level: 'error', rule: { ...waiver.rule, since: '0.2.0' } } as const;
  const pack: Pack = { name: 'AChecks', rules: [later, row('0.2.0')] };
  const { rules } = settledPack(() => pack, settingsOf({}), '0.2.0');
  expect(rules.map(({ level }) => level)).toEqual(['error', 'warning']);
});
