import { TransmissionError } from '../errors';
import { FIELD_RULES } from './fields';
import { isSignedText, parseSecurityTxt } from './parse';

/** What fields are to say, by the name that RFC 9116 gives them; those that are not named stay as they are. */
export type SecurityTxtValues = Readonly<Record<string, readonly string[]>>;

/** A new file; fields stand in the order of RFC 9116's own examples: whom to write to first. */
export function writeSecurityTxt(values: SecurityTxtValues): string {
  return FIELD_RULES.flatMap(({ name }) => linesOf(name, values[name] ?? []))
    .map((line) => `${line}\n`)
    .join('');
}

/**
 * The same file with other values: comments, unknown fields, order and line ends stay, and where nothing changes, every
 * byte does.
 *
 * @param where the file, for messages
 * @throws TransmissionError where a signature would be broken
 */
export function editSecurityTxt(text: string, values: SecurityTxtValues, where: string): string {
  const changes = Object.entries(values).filter(([name, wanted]) => !isSame(valuesOf(text, name), wanted));
  const [first] = changes;
  if (first === undefined) return text;
  if (isSignedText(text)) {
    throw new TransmissionError(
      'InvalidDocument',
      `is signed, and a change of '${first[0]}' would break the signature, change the text that you signed and sign it again`,
      where,
    );
  }
  return changes.reduce((edited, [name, wanted]) => replaceField(edited, name, wanted), text);
}

function linesOf(name: string, values: readonly string[]): string[] {
  return values.map((value) => `${name}: ${value}`);
}

function valuesOf(text: string, name: string): readonly string[] {
  return parseSecurityTxt(text)
    .fields.filter((field) => isNamed(field.name, name))
    .map(({ value }) => value);
}

function isNamed(name: string, wanted: string): boolean {
  return name.toLowerCase() === wanted.toLowerCase();
}

function isSame(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((value, index) => value === right[index]);
}

/** Puts new lines where the first of the old ones stood; at the end, where there was none. */
function replaceField(text: string, name: string, values: readonly string[]): string {
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  const old = new Set(
    parseSecurityTxt(text)
      .fields.filter((field) => isNamed(field.name, name))
      .map(({ line }) => line),
  );
  const lines = text.replace(/\r?\n$/, '').split(/\r?\n/);
  const [first = lines.length + 1] = old;
  const added = linesOf(name, values);
  const edited = lines.flatMap((line, index) => {
    const before = index + 1 === first ? added : [];
    return old.has(index + 1) ? before : [...before, line];
  });
  return [...edited, ...(first > lines.length ? added : [])].map((line) => `${line}${end}`).join('');
}
