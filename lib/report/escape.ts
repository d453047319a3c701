/**
 * Every string of a template is hostile: it may hold terminal sequences, line breaks that fake further findings, or
 * characters that turn the reading order around. Each format shows what is there instead of obeying it.
 */

/** Controls, formats (bidi overrides among them), lone surrogates, private use, line separators, what is invisible. */
const UNSEEN = '\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Zl}\\p{Zp}\\p{DI}';

/** Spaces that are not the space: some are as wide as three of it, some as wide as none. */
const ODD_SPACE = '(?! )\\p{Zs}';

const UNSEEN_IN_TEXT = new RegExp(`[${UNSEEN}]|${ODD_SPACE}`, 'gu');
const UNSEEN_IN_JSON = new RegExp(`(?!\\n)[${UNSEEN}]`, 'gu');

const SHORT_FORMS: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** As much of one string as a reader takes in; templates can hold names of a megabyte. */
const LONGEST = 400;

/** One line of text in which nothing is hidden: `\n`, `\u{202e}`. What is longer than anybody reads is cut. */
export function visible(text: string, longest: number = LONGEST): string {
  const cut = text.length > longest ? `${text.slice(0, longest - 1).replace(/[\uD800-\uDBFF]$/, '')}…` : text;
  return cut.replace(UNSEEN_IN_TEXT, (character) => SHORT_FORMS[character] ?? codePoint(character));
}

/** JSON that says the same as `JSON.stringify`'s, and can be printed to a terminal: what is unseen is escaped. */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value, undefined, 2);
  return `${text.replace(UNSEEN_IN_JSON, (character) => codeUnits(character))}\n`;
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
