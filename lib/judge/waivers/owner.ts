import { parseWaivedRule, type WaivedRule, type WaiverProblem } from '../../core/waivers';
import { KNOWN_PACKS } from '../packs/known';
import type { Pack } from '../packs/pack';
import { NAG_PACKS } from './cdk-nag';
import type { WaiverEntry } from './entry';
import { isExemptionRule } from './rules';

/** Whose rule a waiver names, as one pack sees it. */
export type Owner =
  | { readonly is: 'this pack'; readonly rule: WaivedRule }
  | { readonly is: 'cdk-nag'; readonly rule: WaivedRule }
  | { readonly is: 'unknown pack'; readonly rule: WaivedRule }
  /** That pack tells of it, where it runs; or this one, when the rule is on again. */
  | { readonly is: 'another pack of ours' }
  | { readonly is: 'nobody' };

/** A pack tells of waivers for itself, and of those that no pack of ours would tell of. */
export function ownerOf({ given }: WaiverEntry, pack: Pack): Owner {
  const rule = given.rule === undefined ? undefined : parseWaivedRule(given.rule);
  if (rule === undefined) return { is: 'nobody' };
  // What is switched off finds nothing, and a waiver of it has nothing to answer for until it runs again.
  if (isOff(pack, rule.id) && (rule.pack ?? pack.name) === pack.name) return { is: 'another pack of ours' };
  if (rule.pack === pack.name) return has(pack, rule.id) ? { is: 'this pack', rule } : { is: 'nobody' };
  if (rule.pack === undefined) {
    if (has(pack, rule.id)) return { is: 'this pack', rule };
    return { is: KNOWN_PACKS.some((known) => has(known, rule.id)) ? 'another pack of ours' : 'nobody' };
  }
  if (KNOWN_PACKS.some(({ name }) => name === rule.pack)) return { is: 'another pack of ours' };
  return { is: NAG_PACKS.includes(rule.pack) ? 'cdk-nag' : 'unknown pack', rule };
}

function has({ rules }: Pack, id: string): boolean {
  return rules.some(({ rule }) => rule.id === id);
}

function isOff({ notRun = [] }: Pack, id: string): boolean {
  return notRun.some(({ rule }) => rule === id);
}

/** Who waives a rule that does not exist believes that something is covered. */
export function ruleProblems({ given, incomplete, broad }: WaiverEntry, owner: Owner): WaiverProblem[] {
  const isTold = [...incomplete, ...broad].some(({ field }) => field === 'rule');
  if (isTold || given.rule === undefined) return [];
  const got = JSON.stringify(given.rule.slice(0, 100));
  if (owner.is === 'nobody') {
    return [{ field: 'rule', got, want: "the name of a rule that exists (see 'secure-transmission rules')" }];
  }
  if (owner.is !== 'this pack' || !isExemptionRule(owner.rule.id)) return [];
  return [{ field: 'rule', got, want: 'a rule about the app: what is said about waivers is not waived' }];
}
