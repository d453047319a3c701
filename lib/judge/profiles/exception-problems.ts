import { meant, shown } from '../../core/schema';
import { daysLeft, isDay, isSamePerson, latestDay, parseWaivedRule } from '../../core/waivers';
import { isClearTextRule } from '../packs/clear-text';
import { KNOWN_PACKS } from '../packs/known';
import type { Pack } from '../packs/pack';
import { isFinal } from './final-rules';
import type { GivenRuleSettings, LegacyClientsTerms, SwitchedOffRule } from './given-settings';
import type { SwitchedOff } from './settings';

/** The rules that are switched off, and what no schema could tell of them. */
export function switchedOffRules(
  given: readonly SwitchedOffRule[],
  now: () => Date,
  more: readonly Pack[],
): { readonly switchedOff: readonly SwitchedOff[]; readonly problems: readonly string[] } {
  const packs = [...more, ...KNOWN_PACKS];
  const read = given.map(({ rule, owner, reason, until }, index) => {
    const at = `switchedOff[${index}]`;
    const named = ruleNamed(rule, packs);
    const isStrict = named.is === 'rule' && isClearTextRule(named.id);
    const problems = [
      ...(named.is === 'rule' ? [] : [`'${at}.rule' ${named.problem}`]),
      ...endProblems(`${at}.until`, until, now(), isStrict, 'let the rule run, or have it decided again'),
    ];
    const off = named.is === 'rule' ? [{ pack: named.pack, id: named.id, owner, reason, until }] : [];
    return { off, problems };
  });
  const switchedOff = read.flatMap(({ off }) => off);
  return { switchedOff, problems: [...read.flatMap(({ problems }) => problems), ...repeated(switchedOff)] };
}

type Named =
  | { readonly is: 'rule'; readonly pack: string | undefined; readonly id: string }
  | { readonly is: 'none'; readonly problem: string };

function ruleNamed(text: string, packs: readonly Pack[]): Named {
  const { pack, id } = parseWaivedRule(text) ?? { pack: undefined, id: text };
  const named = pack === undefined ? packs : packs.filter(({ name }) => name === pack);
  const rules = named.flatMap((each) => each.rules.map(({ rule }) => rule));
  const rule = rules.find((each) => each.id === id);
  if (rule === undefined) {
    const known = named.length === 0 ? packs.flatMap((each) => each.rules.map((row) => row.rule)) : rules;
    const near = meant(
      id,
      known.map((each) => each.id),
    );
    const remedy = near === '' ? ", see 'secure-transmission rules'" : near;
    return { is: 'none', problem: `must be the name of a rule of ours, got ${shown(text)}${remedy}` };
  }
  if (!isFinal(rule)) return { is: 'rule', pack, id };
  const what = rule.reads === 'not-judged' ? 'that something could not be judged' : 'what is accepted';
  return {
    is: 'none',
    problem: `must be a rule that can be switched off, got ${shown(id)}, which tells ${what}, remove it`,
  };
}

function repeated(rules: readonly SwitchedOff[]): string[] {
  return rules.flatMap(({ id, pack }, index) =>
    rules.slice(0, index).some((other) => other.id === id && (other.pack ?? pack) === (pack ?? other.pack))
      ? [`'switchedOff[${index}].rule' repeats ${shown(id)}, keep one of the two`]
      : [],
  );
}

/** The terms of `legacy-clients`: those of a waiver of TLS below 1.2. */
export function legacyClientsProblems(
  { profile, legacyClients: terms }: Pick<GivenRuleSettings, 'profile' | 'legacyClients'>,
  now: () => Date,
): readonly string[] {
  if (profile !== 'legacy-clients') {
    return terms === undefined
      ? []
      : ["'legacyClients' must be left out without the profile 'legacy-clients', remove it"];
  }
  if (terms === undefined) {
    return [
      "'legacyClients' is missing, the profile 'legacy-clients' holds only with owner, approvedBy, reason, compensatingControl and until, add them",
    ];
  }
  const { owner, approvedBy, until }: LegacyClientsTerms = terms;
  const remedy = 'use a profile that asks for TLS 1.2, or have it decided again';
  return [
    ...(isSamePerson(owner, approvedBy)
      ? [
          "'legacyClients.approvedBy' must be somebody other than the owner, got the owner, name who else agreed",
        ]
      : []),
    ...endProblems('legacyClients.until', until, now(), true, remedy),
  ];
}

function endProblems(path: string, until: string, now: Date, isStrict: boolean, remedy: string): string[] {
  if (!isDay(until)) return [`'${path}' must be a day of the calendar, got ${shown(until)}, correct it`];
  const left = daysLeft(until, now);
  if (left < 0) return [`'${path}' must be a day that is not past, got ${until}, ${remedy}`];
  const latest = latestDay(now, isStrict);
  if (left <= daysLeft(latest, now)) return [];
  const most = isStrict ? '90 days ahead, since it is about plaintext or TLS below 1.2' : 'a year ahead';
  return [`'${path}' must be ${latest} or before, at most ${most}, got ${until}, choose an earlier day`];
}
