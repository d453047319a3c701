import { OUR_PACKS } from '../../../lib/judge/packs/ours';
import { LEVELS, type Level, type Pack, type PackRule } from '../../../lib/judge/packs/pack';
import {
  PACK_NAMES,
  PACK_TITLES,
  PROFILE_NAMES,
  PROFILES,
  type ProfileName,
  settledPack,
} from '../../../lib/judge/profiles';
import { atLevelsOf } from '../../../lib/judge/profiles/apply-profile';
import { DEFAULT_RULE_PARAMETERS } from '../../../lib/judge/rules/parameters';
import { OFF, settingsOf, TERMS } from './support';

const terms = (profile: ProfileName) => (profile === 'legacy-clients' ? { legacyClients: TERMS } : {});
const isGraver = (one: Level, other: Level) => LEVELS.indexOf(one) < LEVELS.indexOf(other);
const plain = (name: (typeof PACK_NAMES)[number]) => OUR_PACKS[name](DEFAULT_RULE_PARAMETERS);

/** Each row of a profile beside the same row without it. */
function pairs(profile: ProfileName): readonly (readonly [PackRule, PackRule])[] {
  return PROFILES[profile].packs.flatMap((name) => {
    const settled = settledPack(OUR_PACKS[name], settingsOf({ profile, ...terms(profile) }));
    return plain(name).rules.map((row, index) => {
      const other = settled.rules[index];
      if (other?.rule.id !== row.rule.id) throw new RangeError(`${profile} lost ${row.rule.id}`);
      return [row, other] as const;
    });
  });
}

test.each(PACK_NAMES)('the pack %s has the name that findings show', (name) => {
  expect(plain(name).name).toBe(PACK_TITLES[name]);
});

describe.each(PROFILE_NAMES)('the profile %s', (name) => {
  const { packs, tightens, loosens } = PROFILES[name];
  const ids = new Set(packs.flatMap((pack) => plain(pack).rules.map(({ rule }) => rule.id)));

  test('names rules that its packs have, each once', () => {
    const named = [...tightens, ...(loosens === undefined ? [] : [loosens])].flatMap(({ rules }) => rules);
    expect(named.filter((id) => !ids.has(id))).toEqual([]);
    expect(new Set(named).size).toBe(named.length);
  });

  test('changes a level wherever it says so', () => {
    const changed = new Set(pairs(name).flatMap(([was, is]) => (was.level === is.level ? [] : [is.rule.id])));
    const named = [...tightens, ...(loosens === undefined ? [] : [loosens])].flatMap(({ rules }) => rules);
    expect([...changed].sort()).toEqual([...named].sort());
  });

  test('says what is transmitted, too', () => {
    expect(packs).toContain('transmission');
  });

  test('loosens nothing, but floors of TLS under terms', () => {
    const lighter = pairs(name).filter(([was, is]) => isGraver(was.level, is.level));
    if (name !== 'legacy-clients') return expect(lighter).toEqual([]);
    expect(lighter.length).toBeGreaterThan(0);
    for (const [was, is] of lighter) {
      expect([was.rule.reads, was.level, is.level]).toEqual(['hop', 'error', 'warning']);
      expect(is.rule.id).toMatch(/RequiresTls12$/);
    }
  });

  test('takes nothing that is hidden lighter', () => {
    expect(pairs(name).filter(([was, is]) => isGraver(was.unknown, is.unknown))).toEqual([]);
  });
});

describe('levels of a profile', () => {
  const row = (level: Level): PackRule => {
    const [first] = plain('transmission').rules;
    if (first === undefined) throw new RangeError('no rule');
    return { ...first, rule: { ...first.rule, id: 'A' }, level, unknown: level };
  };
  const change = (level: Level) => ({ because: 'b', level, rules: ['A'] });
  const base = { about: 'a', packs: ['transmission'] as const, tightens: [] };

  test('that tighten never loosen', () => {
    const [is] = atLevelsOf({ ...base, tightens: [change('info')] }, [row('error')]);
    expect([is?.level, is?.unknown]).toEqual(['error', 'error']);
  });

  test('that loosen never tighten, and leave what is hidden', () => {
    const loosens = change('warning');
    expect(atLevelsOf({ ...base, loosens }, [row('info')])[0]?.level).toBe('info');
    const [is] = atLevelsOf({ ...base, loosens }, [row('error')]);
    expect([is?.level, is?.unknown]).toEqual(['warning', 'error']);
  });
});

describe('a settled pack', () => {
  test('is the very pack of its factory, where settings change nothing', () => {
    for (const name of PACK_NAMES) expect(settledPack(OUR_PACKS[name], settingsOf({}))).toBe(plain(name));
  });

  test('is made once for the same parameters', () => {
    const made = () =>
      OUR_PACKS.gdpr(settingsOf({ parameters: { allowedRegions: ['eu-west-1'] } }).parameters);
    expect(made()).toBe(made());
    expect(made()).not.toBe(plain('gdpr'));
  });

  test('tells its profile and its version', () => {
    const told = settledPack(OUR_PACKS.gdpr, settingsOf({ profile: 'gdpr', rulesAsOf: '0.1.0' }));
    expect(told).toMatchObject({ profile: 'gdpr', rulesAsOf: '0.1.0' });
  });

  test('tells who answers for a profile that loosens', () => {
    const settings = settingsOf({ profile: 'legacy-clients', legacyClients: TERMS });
    expect(settledPack(OUR_PACKS.gdpr, settings).profile).toBe(
      `legacy-clients (owner team-web, approved by ciso, until 2027-01-31: ${TERMS.reason} Meanwhile: ${TERMS.compensatingControl})`,
    );
  });

  test('leaves out what is switched off, and says so', () => {
    const off = (rule: string) =>
      PACK_NAMES.map((name) => settledPack(OUR_PACKS[name], settingsOf({ switchedOff: [{ ...OFF, rule }] })));
    const ran = (pack: Pack) => pack.rules.some(({ rule }) => rule.id === 'LogRetentionEnds');
    const told = ({ notRun = [] }: Pack) => notRun;
    // TransmissionChecks does not have it, and has nothing to tell.
    expect(off('LogRetentionEnds').map(ran)).toEqual([false, false, false]);
    expect(off('LogRetentionEnds').map(told)).toEqual([[], [OFF], [OFF]]);
    expect(off('GdprChecks-LogRetentionEnds').map(ran)).toEqual([false, true, false]);
    expect(off('GdprChecks-LogRetentionEnds').map(told)).toEqual([[], [], [OFF]]);
  });
});
