import { isPossible, type Literal, type Match } from './clauses';

/** What is so of a request that no statement matches; `undecided` where there are too many cases. */
export type Gap = readonly (readonly [Literal, boolean])[] | 'none' | 'undecided';

const MOST_STEPS = 20_000;

/**
 * Looks for a request that no statement matches.
 *
 * Everything that a statement depends on is true or false of a request; the search tries only what can be so at
 * once. What it cannot rule out counts as possible, so *none* is never said wrongly.
 */
export function findGap(matches: readonly Match[]): Gap {
  const statements = matches.filter((match) => match !== 'never');
  let steps = 0;

  const search = (assigned: ReadonlyMap<string, readonly [Literal, boolean]>): Gap => {
    steps += 1;
    if (steps > MOST_STEPS) return 'undecided';
    let open: Literal | undefined;
    for (const clauses of statements) {
      let matched = true;
      let failed = false;
      let firstOpen: Literal | undefined;
      for (const clause of clauses) {
        const known = clause.map((literal) => assigned.get(literal.atom.id)?.[1]);
        if (clause.some((literal, i) => known[i] === literal.holds)) continue;
        matched = false;
        const unassigned = clause.find((_, i) => known[i] === undefined);
        if (unassigned === undefined) failed = true;
        else firstOpen ??= unassigned;
      }
      if (matched) return 'none';
      if (!failed) open ??= firstOpen;
    }
    if (open === undefined) return [...assigned.values()];
    for (const holds of [!open.holds, open.holds]) {
      const candidate = open;
      const possible = [...assigned.values()].every(([literal, value]) =>
        isPossible(literal, value, candidate, holds),
      );
      if (!possible) continue;
      const gap = search(new Map(assigned).set(open.atom.id, [open, holds]));
      if (gap !== 'none') return gap;
    }
    return 'none';
  };
  return search(new Map());
}
