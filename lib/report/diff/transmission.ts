import { groupedBy } from '../../core/grouped-by';
import { byCodeUnit } from '../../core/order';
import type { TlsPolicy } from '../../core/tls';
import { type Fact, HOP_KINDS } from '../../judge/hops';
import { LEVELS, type Level } from '../../judge/packs/pack';
import type { Resource } from '../../judge/template';
import { digest, identityOf, stablePath } from '../fingerprint';
import { sourcePlace, templatePlace } from '../place';
import type { TransmissionChange } from './diff-report';
import { hopTraits } from './hop-traits';
import type { Successor } from './renames';
import { storeTraits } from './store-traits';
import { type Trait, type Weakening, weakenings } from './weakening';

/** What transmission is compared with, and how it is told. */
export interface TransmissionContext {
  readonly successors: ReadonlyMap<Resource, Successor>;
  /** TLS policies that the configuration adds to the catalogue. */
  readonly tlsPolicies: readonly TlsPolicy[];
  /** Whether what is found on a resource was accepted before, so that it is no news how it is. */
  readonly isAccepted: (resource: Resource) => boolean;
  /** The folder that paths are relative to. */
  readonly folder: string;
}

/** What stands for the same in both states of an app. */
interface Compared {
  readonly resource: Resource;
  readonly what: string;
  readonly traits: readonly Trait[];
}

/** What protects data less than before. What is not in both states is new or gone: rules tell of it. */
export function weakenedTransmission(
  base: readonly Fact[],
  head: readonly Fact[],
  context: TransmissionContext,
): readonly TransmissionChange[] {
  const { successors } = context;
  const nameOf = (resource: Resource) => identityOf(successors.get(resource)?.resource ?? resource);
  const before = comparedBy(base, nameOf, context);
  const after = comparedBy(head, identityOf, context);
  const others = otherwiseLabelled(before, after);
  return [...after]
    .flatMap(([key, now]) => {
      const then = before.get(key) ?? others.get(key);
      if (then === undefined) return [];
      return weakenings(then.traits, now.traits).map((weakening) => changeOf(now, then, weakening, context));
    })
    .sort(
      (a, b) =>
        LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level) ||
        byCodeUnit(a.message, b.message) ||
        byCodeUnit(a.fingerprint, b.fingerprint),
    );
}

/** What goes by another label now, such as a listener's port, where one of its kind is gone from the resource and one has come. */
function otherwiseLabelled(
  before: ReadonlyMap<string, Compared>,
  after: ReadonlyMap<string, Compared>,
): ReadonlyMap<string, Compared> {
  const gone = byKind([...before].filter(([key]) => !after.has(key)));
  const came = byKind([...after].filter(([key]) => !before.has(key)));
  return new Map(
    [...came].flatMap(([kind, [now, ...moreNow]]) => {
      const [then, ...moreThen] = gone.get(kind) ?? [];
      if (now === undefined || then === undefined || moreNow.length > 0 || moreThen.length > 0) return [];
      return [[now[0], then[1]] as const];
    }),
  );
}

type Entry = readonly [key: string, compared: Compared];

/** By all of the key but the label, which is its last part. */
function byKind(entries: readonly Entry[]): ReadonlyMap<string, readonly Entry[]> {
  return groupedBy(entries, ([key]) => JSON.stringify((JSON.parse(key) as readonly string[]).slice(0, 3)));
}

function comparedBy(
  facts: readonly Fact[],
  nameOf: (resource: Resource) => string,
  { tlsPolicies }: TransmissionContext,
): ReadonlyMap<string, Compared> {
  const found = new Map<string, Compared>();
  for (const fact of facts) {
    const compared = comparedOf(fact, tlsPolicies);
    if (compared === undefined) continue;
    const { parts, ...rest } = compared;
    const key = JSON.stringify([nameOf(rest.resource), ...parts]);
    const known = found.get(key);
    found.set(key, known === undefined ? rest : { ...known, traits: [...known.traits, ...rest.traits] });
  }
  return found;
}

function comparedOf(
  fact: Fact,
  added: readonly TlsPolicy[],
): (Compared & { readonly parts: readonly string[] }) | undefined {
  if (fact.fact === 'hop') {
    const { kind, label, resource } = fact;
    const what = label === undefined ? HOP_KINDS[kind] : `${HOP_KINDS[kind]} (${label})`;
    return { resource, what, parts: ['hop', kind, label ?? ''], traits: hopTraits(fact, added) };
  }
  if (fact.fact !== 'store') return undefined;
  const { kind, resource } = fact;
  return { resource, what: `a store of ${kind}`, parts: ['store', kind], traits: storeTraits(fact) };
}

function changeOf(
  { resource, what }: Compared,
  then: Compared,
  { before, after }: Weakening,
  { successors, isAccepted, folder }: TransmissionContext,
): TransmissionChange {
  const { aspect, observed } = after;
  const { template, logicalId, constructPath, type } = resource;
  const place = { resource: observed.resource, path: observed.path };
  const source = sourcePlace(observed.resource, folder, observed.path) ?? sourcePlace(resource, folder);
  const at = templatePlace(place, folder, source);
  const isRenamed = successors.has(then.resource);
  return {
    aspect,
    level: isAccepted(resource) || isAccepted(observed.resource) ? lightened(after.level) : after.level,
    message: `${what}: ${aspect} was ${before.words}, and is ${after.words}`,
    before: before.words,
    after: after.words,
    stack: template.name,
    logicalId,
    ...(constructPath === undefined ? {} : { constructPath }),
    type,
    property: observed.path,
    ...(isRenamed ? { renamedFrom: identityOf(then.resource) } : {}),
    ...(at === undefined ? {} : { template: at }),
    ...(source === undefined ? {} : { source }),
    fingerprint: digest([
      'weakened',
      aspect,
      what,
      identityOf(resource),
      stablePath(observed.resource, observed.path),
    ]),
  };
}

/** What somebody accepted before is told, and does not fail as an error would. */
function lightened(level: Level): Level {
  return level === 'error' ? 'warning' : level;
}
