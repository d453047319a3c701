import type { KnownState } from './known/known-report';
import { counted } from './phrase';
import type { CheckReport } from './report';

const STATES: readonly (readonly [KnownState, string])[] = [
  ['graver', 'graver now, and counting'],
  ['ended', 'ended, and counting'],
  ['ending', 'ending soon'],
  ['gone', 'gone'],
];

/** What a file of known findings did, in one line; text tells each entry that somebody has to look at. */
export function knownNote({ known, counts }: CheckReport): string | undefined {
  if (known === undefined) return undefined;
  const states = STATES.flatMap(([state, words]) => {
    const count = known.notes.filter((note) => note.state === state).length;
    return count === 0 ? [] : [`${count} ${words}`];
  });
  const covered = `covers ${counts.known} of its ${counted(known.entries, 'finding')}`;
  return [`${known.file} ${covered}`, ...states].join('; ');
}
