/**
 * Patterns with `*` (any text) and `?` (one character), as IAM policies have them for actions and ARNs.
 *
 * Two questions suffice to judge a Deny: does one pattern take in all of another, and do two have anything in common.
 */

/** Whether every text that `inner` matches is matched by `outer`. Never says yes wrongly; may miss exotic cases. */
export function takesIn(outer: string, inner: string): boolean {
  if (outer === inner) return true;
  // A star of `inner` can only be swallowed by a star of `outer`, whatever it stands for.
  return matches(outer, inner, (wanted, found) => found !== '*' && (wanted === '?' || wanted === found));
}

/** Whether some text is matched by both patterns. */
export function overlap(left: string, right: string): boolean {
  // ARNs and actions mostly differ, or end, before their first wildcard.
  const start = samePrefix(left, right);
  return start !== undefined && overlapFrom(left.slice(start), right.slice(start));
}

/** How much of both is the same text without wildcards; `undefined` where they then differ for certain. */
function samePrefix(left: string, right: string): number | undefined {
  let i = 0;
  while (i < left.length && left[i] === right[i] && left[i] !== '*' && left[i] !== '?') i += 1;
  const [a, b] = [left[i], right[i]];
  if (a === '*' || a === '?' || b === '*' || b === '?') return i;
  return a === b ? i : undefined;
}

function overlapFrom(left: string, right: string): boolean {
  const width = right.length + 1;
  const seen = new Set<number>();
  const pending: (readonly [number, number])[] = [[0, 0]];
  for (let place = pending.pop(); place !== undefined; place = pending.pop()) {
    const [i, j] = place;
    const key = i * width + j;
    if (seen.has(key)) continue;
    seen.add(key);
    if (i === left.length && j === right.length) return true;
    const a = left[i];
    const b = right[j];
    if (a === '*') {
      pending.push([i + 1, j]);
      if (b !== undefined) pending.push([i, j + 1]);
    }
    if (b === '*') {
      pending.push([i, j + 1]);
      if (a !== undefined) pending.push([i + 1, j]);
    }
    if (a === undefined || b === undefined || a === '*' || b === '*') continue;
    if (a === b || a === '?' || b === '?') pending.push([i + 1, j + 1]);
  }
  return false;
}

function matches(
  pattern: string,
  text: string,
  isOne: (wanted: string | undefined, found: string | undefined) => boolean,
): boolean {
  let at = 0;
  let star = -1;
  let resume = 0;
  let i = 0;
  while (i < text.length) {
    if (pattern[at] === '*') {
      star = at;
      resume = i;
      at += 1;
    } else if (at < pattern.length && isOne(pattern[at], text[i])) {
      at += 1;
      i += 1;
    } else if (star !== -1) {
      resume += 1;
      i = resume;
      at = star + 1;
    } else {
      return false;
    }
  }
  while (pattern[at] === '*') at += 1;
  return at === pattern.length;
}
