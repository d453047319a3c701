import { byCodeUnit } from '../../core/order';
import { visible } from '../escape';
import { counted, hanging } from '../phrase';
import type { KnownNote, KnownReport, KnownState } from './known-report';

const WIDTH = 110;

/** What the reader must look at comes first. */
const ORDER: readonly KnownState[] = ['graver', 'ended', 'ending', 'gone'];

/** What a file of known findings did, in lines: how many it covers, and what somebody has to look at. */
export function knownLines({ file, entries, notes }: KnownReport, covered: number): string[] {
  const sorted = [...notes].sort(
    (a, b) =>
      ORDER.indexOf(a.state) - ORDER.indexOf(b.state) ||
      byCodeUnit(a.expires, b.expires) ||
      byCodeUnit(a.resource, b.resource) ||
      byCodeUnit(a.fingerprint, b.fingerprint),
  );
  return [
    ...row(`${covered} of ${counted(entries, 'finding')} in ${visible(file)}`),
    ...sorted.flatMap((note) => row(noteText(note))),
  ];
}

function noteText(note: KnownNote): string {
  const { state, rule, resource, owner, since, expires } = note;
  const what = `${rule} on ${visible(resource)} (owner ${visible(owner)}, since ${since})`;
  switch (state) {
    case 'graver':
      return `is graver now, and counts: ${what}`;
    case 'ended':
      return `ended on ${expires}, and counts: ${what}`;
    case 'ending':
      return `ends on ${expires}: ${what}`;
    case 'gone':
      return `is gone, remove it with --update-known: ${what}`;
  }
}

function row(text: string): string[] {
  return hanging('known file'.padEnd(12), text, WIDTH);
}
