/**
 * Every string of a template is hostile: it may hold terminal sequences, line breaks that fake further findings, or
 * characters that turn the reading order around. Each format shows what is there instead of obeying it.
 */

/**
 * Controls, formats (bidi overrides among them), lone surrogates, private use, noncharacters (XML cannot hold some of
 * them), line separators, what is invisible.
 */
const UNSEEN = '\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{NChar}\\p{Zl}\\p{Zp}\\p{DI}';

/** Spaces that are not the space: some are as wide as three of it, some as wide as none. */
const ODD_SPACE = '(?! )\\p{Zs}';

const UNSEEN_IN_TEXT = new RegExp(`[${UNSEEN}]|${ODD_SPACE}`, 'gu');
const UNSEEN_IN_JSON = new RegExp(`[${UNSEEN}]`, 'gu');

/** What may hold something unseen: to look characters up one by one in all of a report takes longer than to write it. */
const BEYOND_ASCII_TEXT = /[^\n -~]+/g;

/**
 * What GitHub's runner takes for a command, whatever prints it: `::` where a line begins, and where a text is wrapped any
 * word may come to begin one; and the older `##[`, anywhere in a line (actions/runner, ActionCommand.cs).
 */
const COMMAND_BY_COLONS = /(^| )::/g;
const COMMAND_BY_HASHES = /##(?=\[)/g;

const SHORT_FORMS: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** As much of one string as a reader takes in; templates can hold names of a megabyte. */
const LONGEST = 400;

/** One line of text in which nothing is hidden: `\n`, `\u{202e}`. What is longer than anybody reads is cut. */
export function visible(text: string, longest: number = LONGEST): string {
  return cut(text, longest)
    .replace(UNSEEN_IN_TEXT, (character) => SHORT_FORMS[character] ?? codePoint(character))
    .replace(COMMAND_BY_COLONS, '$1\\u{3a}:')
    .replace(COMMAND_BY_HASHES, '#\\u{23}');
}

/** The beginning of a text, never half a character. */
export function cut(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest - 1).replace(/[\uD800-\uDBFF]$/, '')}…` : text;
}

/** JSON that says the same as `JSON.stringify`'s, and can be printed to a terminal: what is unseen is escaped. */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value, undefined, 2);
  const seen = text.replace(BEYOND_ASCII_TEXT, (run) => run.replace(UNSEEN_IN_JSON, codeUnits));
  // Such a pair stands in strings alone, where an escape says the same.
  return `${seen.replace(COMMAND_BY_HASHES, '#\\u0023')}\n`;
}

/** A path as a URI reference: relative where the path is. */
export function uriOf(path: string): string {
  const encoded = visible(path, Number.MAX_SAFE_INTEGER)
    .split('/')
    .map((segment) => encodeURIComponent(segment))
    .join('/');
  if (/^[A-Za-z]:\//.test(path)) return `file:///${encoded.replace('%3A', ':')}`;
  return path.startsWith('/') ? `file://${encoded}` : encoded;
}

/**
 * Text of a SARIF message: braces would be placeholders (SARIF 2.1.0, 3.11.5), `[text](target)` a link (3.11.6) to
 * wherever a template wants its reviewers to go.
 */
export function sarifText(text: string): string {
  return visible(text, 4000)
    .replace(/[{}]/g, (brace) => brace + brace)
    .replaceAll('](', '] (');
}

function codePoint(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

function codeUnits(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}
