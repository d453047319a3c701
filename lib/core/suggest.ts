/** The candidate that somebody who wrote `given` most likely meant; `undefined` where none is near. */
export function nearest(given: string, candidates: readonly string[]): string | undefined {
  const wanted = given.slice(0, LONGEST).toLowerCase();
  return closest(wanted, candidates, Math.max(2, Math.floor(wanted.length / 3)), distanceOf);
}

/** The candidate of which `given` is a slip of the keyboard: more than two edits make two names different words. */
export function mistyped(given: string, candidates: readonly string[]): string | undefined {
  return closest(given.slice(0, LONGEST).toLowerCase(), candidates, 2, editsBetween);
}

/** `, did you mean check`, or nothing. */
export function didYouMean(given: string, candidates: readonly string[]): string {
  const meant = nearest(given, candidates);
  return meant === undefined ? '' : `, did you mean ${meant}`;
}

/** No name of ours is longer; what is typed may be. */
const LONGEST = 100;

function closest(
  wanted: string,
  candidates: readonly string[],
  most: number,
  distance: (from: string, to: string) => number,
): string | undefined {
  const ranked = candidates
    .map((candidate) => ({ candidate, distance: distance(wanted, candidate.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  const [best] = ranked;
  return best !== undefined && best.distance <= most ? best.candidate : undefined;
}

/** A part of the name is near to the whole. */
function distanceOf(from: string, to: string): number {
  return from.length >= 4 && to.includes(from) ? 1 : editsBetween(from, to);
}

/** Levenshtein's distance. */
function editsBetween(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const same = from[i - 1] === to[j - 1] ? 0 : 1;
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + same));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
