import { byCodeUnit } from '../../../core/order';
import { KNOWN_PACKS } from '../../../judge/packs/known';
import type { Exemption } from '../../../judge/waivers';
import type { ExemptionChange } from '../diff-report';
import { changesBetween, type Fields } from './fields';

/**
 * Waivers and acknowledgements that a change adds, widens, changes or removes.
 *
 * One that covers something else is another one: rule and scope make it. Those of an acknowledgement for a pack that is
 * not ours are not told, but for those on the app itself, which nobody can weigh.
 */
export function waiverChanges(
  base: readonly Exemption[],
  head: readonly Exemption[],
): readonly ExemptionChange[] {
  return changesBetween(byId(base.filter(isTold)), byId(head.filter(isTold)), {
    aboutOf,
    untilOf: ({ expires }) => expires,
    fieldsOf,
    isWidened: (then, now) => now.holds && (!then.holds || isLater(now.expires, then.expires)),
    excuses: ({ holds }) => holds,
  });
}

/** Of several with one scope that holds longest: it is what counts. */
function byId(exemptions: readonly Exemption[]): ReadonlyMap<string, Exemption> {
  const sorted = [...exemptions].sort(
    (a, b) => Number(a.holds) - Number(b.holds) || byCodeUnit(a.expires ?? '', b.expires ?? ''),
  );
  return new Map(sorted.map((exemption) => [exemption.id, exemption]));
}

function isTold({ kind, rule, scope }: Exemption): boolean {
  if (kind === 'waiver' || scope.construct === '') return true;
  return KNOWN_PACKS.some(({ name }) => rule.startsWith(`${name}::`));
}

function isLater(day: string | undefined, than: string | undefined): boolean {
  return byCodeUnit(day ?? '', than ?? '') > 0;
}

function aboutOf({ kind, rule, scope, reason, owner }: Exemption): Omit<ExemptionChange, 'change' | 'fails'> {
  const { construct, template, resources = [] } = scope;
  const parts = construct === undefined ? [template, resources.join(', ')] : [construct];
  const where = parts.filter((part) => part !== undefined && part !== '').join('/');
  return {
    kind,
    about: `${rule} on ${where === '' ? 'the whole app' : where}`,
    reason,
    ...(owner === undefined ? {} : { owner }),
  };
}

function fieldsOf({ carrier, holds, ...rest }: Exemption): Fields {
  const { expires, owner, approvedBy, compensatingControl, reason, ticket } = rest;
  return {
    until: expires,
    owner,
    'approved by': approvedBy,
    ticket,
    'compensating control': compensatingControl,
    reason,
    carrier,
    holds: holds ? 'yes' : 'no',
  };
}
