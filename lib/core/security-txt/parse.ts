import { parseInstant } from '../instant';
import { FIELD_RULES, fieldRule } from './fields';

/** RFC 9116, 5.4: what is longer, readers may refuse. */
const MOST_CHARACTERS = 32 * 1024;
const MOST_LINES = 1000;
const LONGEST_FIELD = 2048;

/** What begins a file with an OpenPGP cleartext signature (RFC 9580, 7). */
const SIGNED = '-----BEGIN PGP SIGNED MESSAGE-----';
const SIGNATURE = '-----BEGIN PGP SIGNATURE-----';
const END = '-----END PGP SIGNATURE-----';

/** One field, as it stands in the file. */
export interface SecurityTxtField {
  readonly name: string;
  readonly value: string;
  /** Counted from 1. */
  readonly line: number;
}

/** What is wrong with a file, and where. */
export interface SecurityTxtProblem {
  /** Counted from 1; absent where the whole file is meant. */
  readonly line?: number;
  /** `'Contact' must be …, got …, do …`. */
  readonly message: string;
}

/** A `security.txt` (RFC 9116). */
export interface SecurityTxt {
  /** In the order of the file, which for `Contact` is that of preference. */
  readonly fields: readonly SecurityTxtField[];
  /** After this moment nobody should use it; `undefined` where it does not say so, which is a problem. */
  readonly expires: Date | undefined;
  /** Whether it is wrapped in an OpenPGP signature, which is not verified here. */
  readonly isSigned: boolean;
  /** What breaks RFC 9116; empty for a file that readers can use. */
  readonly problems: readonly SecurityTxtProblem[];
}

/** Reads a `security.txt`, and says all that is wrong with it. */
export function parseSecurityTxt(text: string): SecurityTxt {
  const problems: SecurityTxtProblem[] = [...problemsOfWhole(text)];
  const lines = text.slice(0, MOST_CHARACTERS).split('\n').slice(0, MOST_LINES);
  const isSigned = isSignedText(text);
  const [first, last] = isSigned ? contentOf(lines, problems) : [0, lines.length];
  const fields: SecurityTxtField[] = [];
  for (let index = first; index < last; index += 1) {
    const whole = (lines[index] ?? '').replace(/[ \t]*\r?$/, '');
    // A signed line that begins with a dash is escaped (RFC 9580, 7.2).
    const field = readLine(isSigned ? whole.replace(/^- /, '') : whole, index + 1, problems);
    if (field !== undefined) fields.push(field);
  }
  problems.push(...problemsOfFields(fields));
  const expires = fields.find(({ name }) => name.toLowerCase() === 'expires');
  return {
    fields,
    expires: expires && parseInstant(expires.value),
    isSigned,
    problems: problems.sort((a, b) => (a.line ?? 0) - (b.line ?? 0)),
  };
}

/** Whether a file claims to be signed. */
export function isSignedText(text: string): boolean {
  return text.startsWith(SIGNED) || text.includes(`\n${SIGNATURE}`);
}

/** One sentence per problem, with its line: what errors print. */
export function problemText({ line, message }: SecurityTxtProblem): string {
  return line === undefined ? message : `line ${line}: ${message}`;
}

function* problemsOfWhole(text: string): Iterable<SecurityTxtProblem> {
  if (text.startsWith('\uFEFF'))
    yield { message: 'must not begin with a byte order mark, got one, remove it' };
  if (text.length > MOST_CHARACTERS) {
    yield { message: `must have at most ${MOST_CHARACTERS} characters, got ${text.length}, shorten it` };
  }
  const lines = text.split('\n').length - 1;
  if (lines > MOST_LINES)
    yield { message: `must have at most ${MOST_LINES} lines, got ${lines}, shorten it` };
  if (!text.endsWith('\n')) {
    yield { message: 'must end every line with a line feed, got a last line without one, add it' };
  }
  if (/\r(?!\n)/.test(text)) {
    yield { message: 'must end lines with CRLF or LF, got a carriage return alone, replace it' };
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
  if (/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/.test(text)) {
    yield { message: 'must hold no control characters, got one, remove it' };
  }
}

/** The lines between the header of a signature and the signature itself. */
function contentOf(lines: readonly string[], problems: SecurityTxtProblem[]): readonly [number, number] {
  const bare = lines.map((line) => line.trimEnd());
  const blank = bare.indexOf('');
  const signature = bare.indexOf(SIGNATURE);
  const isWhole = bare[0] === SIGNED && blank > 0 && signature > blank && bare.indexOf(END) > signature;
  if (!isWhole) {
    const message = `must have '${SIGNED}', a blank line, '${SIGNATURE}' and '${END}' in this order, sign it again`;
    problems.push({ message });
  }
  return isWhole ? [blank + 1, signature] : [0, 0];
}

function readLine(text: string, line: number, problems: SecurityTxtProblem[]): SecurityTxtField | undefined {
  if (text === '' || text.startsWith('#')) return undefined;
  const [, name, value] = /^([!-9;-~]+): ?(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined) {
    problems.push({
      line,
      message: "must be 'Name: value', a comment that begins with #, or empty, mend it",
    });
    return undefined;
  }
  if (!text.startsWith(`${name}: `) || value.startsWith(' ')) {
    problems.push({ line, message: `'${name}' must have one space after its colon, write '${name}: '` });
  }
  if (text.length > LONGEST_FIELD) {
    problems.push({ line, message: `'${name}' must have at most ${LONGEST_FIELD} characters, shorten it` });
  }
  return { name, value: value.trim(), line };
}

function* problemsOfFields(fields: readonly SecurityTxtField[]): Iterable<SecurityTxtProblem> {
  for (const { name, value, line } of fields) {
    const problem = fieldRule(name)?.problem(value);
    if (problem !== undefined) yield { line, message: `'${name}' ${problem}` };
  }
  for (const { name, must, once } of FIELD_RULES) {
    const own = fields.filter((field) => field.name.toLowerCase() === name.toLowerCase());
    const [, second] = own;
    if (must && own.length === 0) yield { message: `'${name}' must be given, got none, add it` };
    if (once && second !== undefined) {
      yield {
        line: second.line,
        message: `'${name}' must stand there once, got ${own.length}, remove the others`,
      };
    }
  }
}
