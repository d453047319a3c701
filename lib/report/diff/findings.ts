import { groupedBy } from '../../core/grouped-by';
import type { Resource } from '../../judge/template';
import {
  fingerprintOf,
  furtherFingerprint,
  hasSameElement,
  identityOf,
  withoutIndexes,
} from '../fingerprint';
import { isGraver } from '../graver';
import type { ViewedFinding } from '../report';
import { type FindingView, resourceName } from '../view';
import type { DiffFinding } from './diff-report';
import type { Successor } from './renames';

/** What became of the findings of BASE, and which ones are new in HEAD. */
export function compareFindings(
  base: readonly ViewedFinding[],
  head: readonly ViewedFinding[],
  successors: ReadonlyMap<Resource, Successor>,
): readonly DiffFinding[] {
  const open = groupedBy(base, ({ finding }) =>
    fingerprintOf(finding, nameNow(finding.resource, successors)),
  );
  // Those that say the same go together first; the others as they come.
  const pairs = new Map<ViewedFinding, ViewedFinding>();
  for (const isAlike of [saysTheSame, () => true]) {
    for (const each of head) {
      if (pairs.has(each)) continue;
      const candidates = open.get(fingerprintOf(each.finding)) ?? [];
      const index = candidates.findIndex((candidate) => isAlike(candidate.view, each.view));
      const [old] = index < 0 ? [] : candidates.splice(index, 1);
      if (old !== undefined) pairs.set(each, old);
    }
  }
  pairSameElements(head, open, pairs, successors);
  const now = head.map((each): DiffFinding => {
    const old = pairs.get(each);
    if (old === undefined) return { ...each.view, state: 'new' };
    const { level, verdict } = old.view;
    const name = resourceName(old.view);
    const renamed = successors.has(old.finding.resource) ? { renamedFrom: name } : {};
    if (isGraver(each.view, old.view))
      return { ...each.view, state: 'new', before: { level, verdict }, ...renamed };
    return { ...each.view, state: 'unchanged', ...renamed };
  });
  const taken = new Set(now.map(({ fingerprint }) => fingerprint));
  const fixed = [...open.values()].flat().map(({ view }): DiffFinding => {
    // Of two that nothing tells apart one is left: the other must not bear its name.
    let { fingerprint } = view;
    for (let n = 2; taken.has(fingerprint); n += 1) fingerprint = furtherFingerprint(view.fingerprint, n);
    taken.add(fingerprint);
    return { ...view, fingerprint, state: 'fixed' };
  });
  return [
    ...now.filter(({ state }) => state === 'new'),
    ...inOrder(fixed, base),
    ...now.filter(({ state }) => state === 'unchanged'),
  ];
}

/**
 * A rule may tell of one element of a list only, though others are wrong as well: when they change places it tells of
 * another one, which is not new where it was there before.
 */
function pairSameElements(
  head: readonly ViewedFinding[],
  open: ReadonlyMap<string, ViewedFinding[]>,
  pairs: Map<ViewedFinding, ViewedFinding>,
  successors: ReadonlyMap<Resource, Successor>,
): void {
  const keyOf = ({ finding: { rule, path } }: ViewedFinding, name: string) =>
    JSON.stringify([rule.id, name, withoutIndexes(path)]);
  const byKey = groupedBy(
    [...open.values()].flatMap((among) => among.map((candidate): Candidate => ({ candidate, among }))),
    ({ candidate }) => keyOf(candidate, nameNow(candidate.finding.resource, successors)),
  );
  for (const each of head) {
    const { resource, path } = each.finding;
    if (pairs.has(each) || withoutIndexes(path) === path) continue;
    const candidates = byKey.get(keyOf(each, identityOf(resource))) ?? [];
    const index = candidates.findIndex(({ candidate }) =>
      hasSameElement(candidate.finding.resource, resource, path),
    );
    const [old] = index < 0 ? [] : candidates.splice(index, 1);
    if (old === undefined) continue;
    old.among.splice(old.among.indexOf(old.candidate), 1);
    pairs.set(each, old.candidate);
  }
}

/** A finding of BASE that nothing of HEAD goes with yet, among those of its fingerprint. */
interface Candidate {
  readonly candidate: ViewedFinding;
  readonly among: ViewedFinding[];
}

function nameNow(resource: Resource, successors: ReadonlyMap<Resource, Successor>): string {
  const successor = successors.get(resource);
  return identityOf(successor?.isSame === true ? successor.resource : resource);
}

function saysTheSame(a: FindingView, b: FindingView): boolean {
  return a.got === b.got && a.verdict === b.verdict && a.detail === b.detail && a.property === b.property;
}

/** In the order of the report on BASE. */
function inOrder(fixed: readonly DiffFinding[], base: readonly ViewedFinding[]): readonly DiffFinding[] {
  const places = new Map(base.map(({ view }, i) => [placeKey(view), i]));
  const placeOf = (finding: FindingView) => places.get(placeKey(finding)) ?? 0;
  return [...fixed].sort((a, b) => placeOf(a) - placeOf(b));
}

function placeKey({ stack, logicalId, rule, property, message }: FindingView): string {
  return JSON.stringify([stack, logicalId, rule, property, message]);
}
