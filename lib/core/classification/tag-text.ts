/**
 * Text within the grammar of AWS tags.
 *
 * AWS as a whole takes letters, numbers and spaces of Unicode and `+ - = . _ : / @`, at most 128 characters in a key and
 * 256 in a value; some services take ASCII only (DataSync), and some refuse values that begin with `aws:` (EMR, ECS).
 * So text is written in ASCII: `=` and two hexadecimal digits stand for one byte of UTF-8, `+` stands between the items
 * of a list, and nothing begins with `aws:` or begins or ends with a space. What others write in plain Unicode is read.
 *
 * @see https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_S3Tag.html (the pattern)
 * @see https://docs.aws.amazon.com/goto/WebAPI/datasync-2018-11-09/TagListEntry (ASCII only, no `@` in keys)
 */

/** Characters that a tag's key may have. */
export const LONGEST_TAG_KEY = 128;

/** Characters that a tag's value may have. */
export const LONGEST_TAG_VALUE = 256;

/** Tags that one resource may have; those of AWS do not count. */
export const MOST_TAGS = 50;

/** What AWS takes in keys and values. */
export const TAG_CHARACTERS = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** Separates the items of a list. */
const SEPARATOR = '+';

/** Stands before the two digits of a byte. */
const ESCAPE = '=';

const PLAIN = /^[A-Za-z0-9 ._:/@-]$/;

/** Text as a tag's value holds it. Any well-formed text has one form, and no two share one. */
export function encodeText(text: string): string {
  const encoded = [...text].map((char) => (PLAIN.test(char) ? char : escaped(char))).join('');
  return encoded
    .replace(/^ | $/g, escaped)
    .replace(/^aws:/i, (prefix) => `${escaped(prefix.charAt(0))}${prefix.slice(1)}`);
}

/** The text that a value holds; `undefined` where it holds none: a character AWS refuses, a broken escape. */
export function decodeText(value: string): string | undefined {
  // A `%` never gets through the grammar, so that it can stand for the escape.
  if (!TAG_CHARACTERS.test(value) || value.includes(SEPARATOR)) return undefined;
  try {
    return decodeURIComponent(value.replaceAll(ESCAPE, '%'));
  } catch {
    return undefined;
  }
}

/** A list as a tag's value holds it. */
export function encodeList(items: readonly string[]): string {
  return items.map(encodeText).join(SEPARATOR);
}

/** The list that a value holds; `undefined` where an item is empty or cannot be read. */
export function decodeList(value: string): readonly string[] | undefined {
  const items = value.split(SEPARATOR).map((item) => decodeText(item));
  return items.every((item) => item !== undefined && item !== '') ? (items as string[]) : undefined;
}

/** Half of a surrogate pair has no UTF-8: as everywhere, it becomes U+FFFD. Callers refuse such text. */
function escaped(char: string): string {
  return [...new TextEncoder().encode(char)]
    .map((byte) => ESCAPE + byte.toString(16).toUpperCase().padStart(2, '0'))
    .join('');
}
