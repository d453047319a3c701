import { visible } from './escape';

/**
 * Strings of a template in GitHub's Markdown. Backslashes are not enough there: mentions, references to issues and
 * commits, emoji and bare addresses are found after Markdown has been read, in its text. They are not looked for in
 * code. So a word that is no plain word becomes code.
 */

/** GitHub takes 65,536 characters of a comment; what counts as one is not said, so it is the smaller unit. */
export const MOST_OF_COMMENT = 65_536;

/** What says that a report does not hold all of `what`. */
export function leftOutText(what: string): string {
  return `Left out here, since GitHub takes no longer text: ${what}. They stand in the report of any other format.`;
}

/** A word as sentences have them. */
const PLAIN_WORD = /^[("']*[\p{L}\p{N}](?:[\p{L}\p{N}.,;'"()/+%=-]*[\p{L}\p{N}.,;'")%+])?:?$/u;

/** Plain words that GitHub would link all the same: addresses, `GH-12`, digests of commits. */
const LINKED_WORD = /www\.|GH-\d|[0-9a-f]{7}/i;

/**
 * Prose: plain words as they are, and whatever else as code, up to where its brackets close. Never begins a block: what is
 * before it must.
 */
export function prose(text: string, longest?: number): string {
  const parts: string[] = [];
  let odd: string[] = [];
  let depth = 0;
  const flush = () => {
    if (odd.length > 0) parts.push(codeInProse(odd.join(' ')));
    odd = [];
  };
  for (const word of visible(text, longest).split(/ +/)) {
    if (word === '') continue;
    if (depth === 0 && PLAIN_WORD.test(word) && !LINKED_WORD.test(word)) {
      flush();
      parts.push(word);
    } else {
      odd.push(word);
      depth = Math.max(0, depth + count(/[([{]/g, word) - count(/[)\]}]/g, word));
    }
  }
  flush();
  return parts.length === 0 ? codeSpan('') : parts.join(' ');
}

/** What ends a part of a sentence is no part of the code before it. */
function codeInProse(text: string): string {
  const [, before = text, end = ''] = /^(.*[^,.;:])([,.;:])$/.exec(text) ?? [];
  return `${codeSpan(before)}${end}`;
}

function count(pattern: RegExp, text: string): number {
  return text.match(pattern)?.length ?? 0;
}

/** Code in a line. */
export function code(text: string, longest?: number): string {
  return codeSpan(visible(text, longest));
}

/** Its fence is longer than what looks like one inside; spaces at both ends are taken off by Markdown (CommonMark, 6.1). */
function codeSpan(text: string): string {
  if (text.trim() === '') return '`(empty)`';
  const fence = '`'.repeat(longestRun(text) + 1);
  const padding = /^[` ]|[` ]$/.test(text) ? ' ' : '';
  return `${fence}${padding}${text}${padding}${fence}`;
}

/** A cell of a table: a row is split at its pipes before code is looked for (GFM, 4.10). */
export function cell(markdown: string): string {
  return markdown.replaceAll('|', '\\|');
}

/** Code in a line of HTML, where Markdown is not read. */
export function htmlCode(text: string, longest?: number): string {
  return `<code>${htmlText(visible(text, longest))}</code>`;
}

function htmlText(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
  };
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
}

/** A fenced block, whatever is in it. */
export function fenced(info: string, lines: readonly string[]): string {
  const fence = '`'.repeat(Math.max(3, longestRun(lines.join('\n')) + 1));
  return [`${fence}${info}`, ...lines, fence].join('\n');
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}
