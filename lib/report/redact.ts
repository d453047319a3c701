import type { CheckReport } from './report';

/**
 * The last line of defence: connectors already show `(redacted)` where a property can hold a secret. This takes out
 * what looks like one wherever it stands, since people put secrets where none belong: into descriptions, tags, names.
 *
 * It knows shapes, so it is no reason to put secrets into templates.
 */

/** What stands in the place of a secret. */
export const REDACTED = '(redacted)';

interface Shape {
  readonly pattern: RegExp;
  readonly replacement: string;
}

/** Each is linear in the length of the text: a quantifier that can be tried again from the next place has an end. */
const SHAPES: readonly Shape[] = [
  // Whatever follows where the end was cut off.
  {
    pattern:
      /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END [A-Z0-9 ]{0,40}-----|$)/g,
    replacement: REDACTED,
  },
  // Access key ids of users and of sessions; other ids of IAM are no secret.
  { pattern: /(?<![A-Z0-9])(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}(?![A-Z0-9])/g, replacement: REDACTED },
  // JSON Web Tokens: two parts that begin as JSON objects do, in base64url.
  { pattern: /(?<![\w-])eyJ[\w-]{5,}\.eyJ[\w-]{2,}(?:\.[\w-]*)*/g, replacement: REDACTED },
  // Tokens that say whose they are: GitHub, GitLab, Slack, Stripe, npm.
  {
    pattern:
      /(?<![A-Za-z0-9])(?:gh[a-z]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{20,}|xox[a-z]-[\w-]{10,}|[rs]k_(?:live|test)_\w{10,}|npm_\w{30,})/g,
    replacement: REDACTED,
  },
  // User and password of an address; of several `@` the last one ends them.
  { pattern: /:\/\/[^\s/:@?#]{0,256}:[^\s/]{1,1024}@/g, replacement: `://${REDACTED}@` },
  // What only those who know the word are let in by, where a policy is told in words.
  {
    pattern: /(aws:(?:Referer|UserAgent) is (?:not )?)(?!\(redacted\)).{1,1000}?(?=, | and |$)/gi,
    replacement: `$1${REDACTED}`,
  },
  // A password of any length, with spaces as ODBC allows them.
  {
    pattern: /((?:password|passwd|pwd) {0,3}= {0,3})(?!\(redacted\)|[${])[^\s;&,"'\\]+/gi,
    replacement: `$1${REDACTED}`,
  },
  // Parts of connection strings, of queries and of JSON, but for what leads to a secret: {{resolve:…}}, ${Parameter}.
  {
    pattern:
      /((?:password|passwd|pwd|secret|token|api[_-]?key|access[_-]?key|signature)(?:=|\\?["'] ?: ?\\?["']))(?!\(redacted\)|\{\{resolve:|\$\{)[^\s;&,"'\\]{4,}/gi,
    replacement: `$1${REDACTED}`,
  },
];

/** What says itself which file, rule or finding is meant: it has to stay the same. */
const NAMES: ReadonlySet<string> = new Set(['file', 'rule', 'pack', 'id', 'waiver', 'fingerprint']);

/** The same report without what looks like a secret, but for the paths of files, which have to lead somewhere. */
export function reportWithoutSecrets<T extends object = CheckReport>(report: T): T {
  const known = new Map<string, string>();
  const textOf = (text: string): string => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const after = withoutSecrets(text);
    known.set(text, after);
    return after;
  };
  // Most of a report holds no secret: what stays as it is, is not copied.
  const copyOf = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') return NAMES.has(key) ? value : textOf(value);
    if (Array.isArray(value)) {
      const copies = value.map((each) => copyOf(each, key));
      return copies.every((copy, i) => copy === value[i]) ? value : copies;
    }
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value);
    const copies = entries.map(([name, each]) => copyOf(each, name));
    const isSame = (i: number) => copies[i] === entries[i]?.[1];
    if (entries.every((_, i) => isSame(i))) return value;
    // A repair that was changed here would write `(redacted)` into somebody's code.
    const kept = entries.flatMap(([name], i) =>
      name === 'repair' && !isSame(i) ? [] : [[name, copies[i]] as const],
    );
    return Object.fromEntries(kept);
  };
  return copyOf(report, '') as T;
}

/** A text without what looks like a private key, an access key, a token, a password or the number of a payment card. */
export function withoutSecrets(text: string): string {
  const known = SHAPES.reduce((left, { pattern, replacement }) => left.replace(pattern, replacement), text);
  return known.replace(DIGITS, withoutCards);
}

/** As many digits as a card number has, or more, alone or in groups. */
const DIGITS = /(?<![\w.])\d(?:[ -]?\d){12,}(?![\w])/g;

/** Only whole groups can be a card: the middle of a long number is none. */
function withoutCards(run: string): string {
  const parts = run.split(/([ -])/);
  const left: string[] = [];
  for (let at = 0; at < parts.length; at++) {
    const end = at % 2 === 0 ? endOfCard(parts, at) : undefined;
    left.push(end === undefined ? (parts[at] ?? '') : REDACTED);
    at = end ?? at;
  }
  return left.join('');
}

/** Where the card ends whose first group stands here. */
function endOfCard(parts: readonly string[], from: number): number | undefined {
  let digits = '';
  for (let to = from; to < parts.length && digits.length < 19; to += 2) {
    digits += parts[to];
    if (isCard(digits)) return to;
  }
  return undefined;
}

/** Visa, Mastercard, American Express, Discover, JCB, Diners Club and UnionPay, by ISO/IEC 7812's first digits. */
const ISSUERS =
  /^(?:4\d{12}(?:\d{3}){0,2}|(?:5[1-5]\d\d|222[1-9]|22[3-9]\d|2[3-6]\d\d|27[01]\d|2720)\d{12}|3[47]\d{13}|6(?:011|5\d\d|4[4-9]\d)\d{12}|35(?:2[89]|[3-8]\d)\d{12}|3(?:0[0-5]|[68]\d)\d{11}|62\d{14,17})$/;

function isCard(digits: string): boolean {
  return digits.length >= 13 && ISSUERS.test(digits) && luhn(digits);
}

/** ISO/IEC 7812-1, annex B: every second digit from the right is doubled, the sum ends in 0. */
function luhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    const weighed = i % 2 === 0 ? digit : digit * 2;
    sum += weighed > 9 ? weighed - 9 : weighed;
  }
  return sum % 10 === 0;
}
