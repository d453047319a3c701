import type { Cursor } from '../template';

/** Where a list on the way is hidden. */
interface HiddenPlace {
  readonly at: Cursor;
  readonly why: string;
}

/** The places that a dotted path leads to; `*` stands for every element of a list. */
export function placesAt(view: Cursor, path: string): readonly (Cursor | HiddenPlace)[] {
  const [first, ...rest] = path.split('.*');
  const at = view.at(...(first ?? '').split('.').filter((key) => key !== ''));
  if (rest.length === 0) return at.isPresent ? [at] : [];
  const list = at.list();
  if (list.state === 'unresolved') return [{ at, why: list.why }];
  if (list.state === 'absent') return [];
  const remainder = rest.join('.*').replace(/^\./, '');
  return list.value.flatMap((item) => (remainder === '' ? [item] : placesAt(item, remainder)));
}
