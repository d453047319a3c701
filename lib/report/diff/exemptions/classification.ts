import { CLASSIFICATIONS, type Classification } from '../../../core/classification';
import { byCodeUnit } from '../../../core/order';
import { type DataHolding, dataHoldings, holders } from '../../../judge/classification';
import { scopeOf } from '../../../judge/rules/cardholder/scope';
import { type App, explore, type Resource, World } from '../../../judge/template';
import { identityOf } from '../../fingerprint';
import type { ExemptionChange } from '../diff-report';
import type { Successor } from '../renames';

/** What a resource says it holds, over all conditions. */
interface Said {
  readonly resource: Resource;
  readonly holds: readonly Classification[];
  readonly reason: string | undefined;
  readonly isHidden: boolean;
}

/**
 * Resources that say they hold nothing since BASE, or less than there: what they say decides which rules look at them.
 */
export function classificationChanges(
  base: App,
  head: App,
  successors: ReadonlyMap<Resource, Successor>,
): readonly ExemptionChange[] {
  const nameOf = (resource: Resource) => identityOf(successors.get(resource)?.resource ?? resource);
  const before = saidIn(base, nameOf);
  const after = saidIn(head, identityOf);
  const changes = [...after].flatMap(([name, now]) => changeOf(name, before.get(name), now));
  // What says nothing any more has no fact of its own where its type need not say anything.
  const stays = new Set(resourcesOf(head).map(identityOf));
  const silent = [...before].flatMap(([name, then]) =>
    after.has(name) || !stays.has(name) ? [] : changeOf(name, then, undefined),
  );
  return [...changes, ...silent, ...scopeChanges(base, head, nameOf)];
}

function changeOf(name: string, then: Said | undefined, now: Said | undefined): ExemptionChange[] {
  const had = then?.holds ?? [];
  const has = now?.holds ?? [];
  const after = now?.isHidden === true ? 'hidden' : words(has);
  const common = {
    kind: 'classification',
    about: `what ${name} holds`,
    ...(then === undefined ? {} : { before: words(had) }),
    after,
    ...(now?.reason === undefined ? {} : { reason: now.reason }),
    fails: true,
  } as const;
  if (has.includes('none') && !had.includes('none')) return [{ ...common, change: 'added' }];
  const lost = had.filter((held) => !has.includes(held));
  if (lost.length === 0) return [];
  const isEmptied = now === undefined || has.length === 0;
  const isLess = lost.some((held) => !isAlone(held)) || (lost.includes('internal') && has.includes('public'));
  if (isEmptied) return had.every((held) => held === 'none') ? [] : [{ ...common, change: 'removed' }];
  return isLess ? [{ ...common, change: 'widened' }] : [];
}

function isAlone(held: Classification): boolean {
  const term: { readonly alone?: true } = CLASSIFICATIONS[held];
  return term.alone === true;
}

function words(holds: readonly string[]): string {
  return holds.length === 0 ? 'not said' : holds.join(', ');
}

function saidIn(app: App, nameOf: (resource: Resource) => string): ReadonlyMap<string, Said> {
  const found = new Map<string, Said>();
  for (const resource of holders(app)) {
    if (resource.template.source.isReference === true) continue;
    const facts = holdingsOf(app, resource);
    const descriptions = facts.flatMap(({ description: { value } }) => (value === undefined ? [] : [value]));
    const isHidden = facts.some(
      ({ description: { value, unknown } }) => value === undefined && unknown !== undefined,
    );
    const holds = [...new Set(descriptions.flatMap((description) => description.holds))].sort(byCodeUnit);
    const reason = descriptions.find((description) => description.reason !== undefined)?.reason;
    found.set(nameOf(resource), { resource, holds, reason, isHidden });
  }
  return found;
}

function holdingsOf(app: App, resource: Resource): readonly DataHolding[] {
  const { outcomes } = explore(app, (world) =>
    world.exists(resource) ? dataHoldings.facts(resource, world) : [],
  );
  return outcomes.flatMap(({ value }) => value);
}

/** Resources that leave the scope of PCI DSS, or go further from its middle. */
function scopeChanges(
  base: App,
  head: App,
  nameOf: (resource: Resource) => string,
): readonly ExemptionChange[] {
  const scopeIn = (app: App, resource: Resource) => scopeOf(new World(app).view(resource)).value;
  const before = new Map<string, string>();
  for (const resource of resourcesOf(base)) {
    const scope = scopeIn(base, resource);
    if (scope !== undefined && scope !== 'out') before.set(nameOf(resource), scope);
  }
  if (before.size === 0) return [];
  return resourcesOf(head).flatMap((resource): ExemptionChange[] => {
    const name = identityOf(resource);
    const then = before.get(name);
    if (then === undefined) return [];
    const now = scopeIn(head, resource);
    if (now === then || now === 'cde') return [];
    const common = { kind: 'classification', about: `the PCI DSS scope of ${name}`, before: then } as const;
    return [
      { ...common, change: now === undefined ? 'removed' : 'widened', after: now ?? 'not said', fails: true },
    ];
  });
}

function resourcesOf({ templates }: App): readonly Resource[] {
  return templates
    .filter(({ source }) => source.isReference !== true)
    .flatMap(({ resources }) => [...resources.values()]);
}
