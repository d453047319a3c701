import { parseInstant } from '../instant';
import { quoted } from '../quoted';

/** How often a field may stand in a file. */
export interface FieldRule {
  /** As RFC 9116 spells it; case does not matter. */
  readonly name: string;
  /** Whether it may stand there once only. */
  readonly once?: true;
  /** Whether it must stand there. */
  readonly must?: true;
  /** What is wrong with a value, as `must be …, got …, do …`; `undefined` where nothing is. */
  readonly problem: (value: string) => string | undefined;
}

/** The fields of RFC 9116, 2.5, and `CSAF` of the registry (iana.org/assignments/security-txt-fields). */
export const FIELD_RULES: readonly FieldRule[] = [
  { name: 'Contact', must: true, problem: contactProblem },
  { name: 'Expires', must: true, once: true, problem: dateProblem },
  { name: 'Encryption', problem: uriProblem },
  { name: 'Acknowledgments', problem: uriProblem },
  { name: 'Preferred-Languages', once: true, problem: languagesProblem },
  { name: 'Canonical', problem: uriProblem },
  { name: 'Policy', problem: uriProblem },
  { name: 'Hiring', problem: uriProblem },
  { name: 'CSAF', problem: uriProblem },
];

/** The rule for a field; none for those that are not registered, which readers ignore (2.4). */
export function fieldRule(name: string): FieldRule | undefined {
  const wanted = name.toLowerCase();
  return FIELD_RULES.find((rule) => rule.name.toLowerCase() === wanted);
}

/** RFC 3986: a scheme, then characters that a URI may hold. */
const URI = /^[A-Za-z][A-Za-z0-9+.-]*:(?:[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})+$/;

function uriProblem(value: string): string | undefined {
  if (/^http:/i.test(value)) return `must begin with https://, got ${quoted(value)}, serve it over TLS`;
  const isWeb = /^https:/i.test(value);
  if (URI.test(value) && (!isWeb || (/^https:\/\//i.test(value) && URL.canParse(value)))) return undefined;
  return `must be a URI, got ${quoted(value)}, write one such as https://example.com/security`;
}

function contactProblem(value: string): string | undefined {
  const email = /^[^\s@:]+@[^\s@]+$/.test(value);
  if (email) return `must be a URI, got ${quoted(value)}, write mailto:${value.slice(0, 80)}`;
  if (/^\+?[\d ()-]+$/.test(value)) return `must be a URI, got ${quoted(value)}, write tel: before it`;
  if (/^mailto:/i.test(value) && !/^mailto:[^@]+@[^@]+$/i.test(value)) {
    return `must name an address after mailto:, got ${quoted(value)}, write mailto:security@example.com`;
  }
  return uriProblem(value);
}

function dateProblem(value: string): string | undefined {
  if (parseInstant(value) !== undefined) return undefined;
  return `must be a date and time of RFC 3339, got ${quoted(value)}, write one such as 2027-01-31T00:00:00Z`;
}

function languagesProblem(value: string): string | undefined {
  const wrong = value.split(/[ \t]*,[ \t]*/).find((tag) => !isLanguageTag(tag));
  if (wrong === undefined) return undefined;
  return `must be language tags with commas between, got ${quoted(wrong)}, write such as en, es`;
}

function isLanguageTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}
