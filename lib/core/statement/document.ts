import { parseInstant } from '../instant';
import { isDeeperThan } from '../nesting';
import { canonicalJson } from './canonical-json';
import { STATED, type StatedFacts } from './stated-facts';

/** The shape of the document; the number changes when a reader of the last one could go wrong. */
export const STATEMENT_SCHEMA = 'urn:cdk-secure-transmission:transmission-statement:1';

/** The version of the document that we write and read. */
export const STATEMENT_VERSION = 1;

/** Where the documents lie in a folder, and where they are served (RFC 8615). */
export const STATEMENT_FILE = 'transmission.json';
export const SECURITY_TXT_FILE = 'security.txt';

/** What is published at `/.well-known/transmission.json`; `schemas/transmission-statement.schema.json`. */
export interface Statement extends StatedFacts {
  readonly $schema: typeof STATEMENT_SCHEMA;
  readonly version: typeof STATEMENT_VERSION;
  readonly generator: { readonly name: string; readonly version: string; readonly pack: string };
  /** `sha256:` and the digest of what is stated, as RFC 8785 spells it. */
  readonly generatedFrom: string;
  /** When it was made, where somebody said so. */
  readonly asOf?: string;
}

/** A statement, or why it is none. */
export type StatementReading = { readonly statement: Statement } | { readonly problem: string };

/** How digests are written. */
export const DIGEST = /^sha256:[0-9a-f]{64}$/;

/** No app has that much to say, in characters. */
const MAX_SIZE = 1_000_000;
/** A statement nests four levels. */
const MAX_DEPTH = 10;
/** What a document holds beside what it states: nothing that a person could have added. */
const ABOUT: readonly string[] = ['$schema', 'version', 'generator', 'generatedFrom', 'asOf'];
const MADE_BY: readonly string[] = ['name', 'version', 'pack'];
const NAME = /^[\w@][\w.@/+-]{0,99}$/;

/** What the digest of a statement is taken of. */
export function stated(facts: StatedFacts): string {
  return canonicalJson(Object.fromEntries(STATED.map((name) => [name, facts[name]])));
}

/** Reads a statement. Whether its digest is that of what it states is for whoever can compute one. */
export function parseStatement(text: string): StatementReading {
  if (text.length > MAX_SIZE) {
    return { problem: `must have at most ${MAX_SIZE} characters, got ${text.length}` };
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { problem: 'must be JSON, got something else' };
  }
  if (isDeeperThan(MAX_DEPTH, json)) return { problem: `must nest at most ${MAX_DEPTH} levels, got more` };
  if (!isMap(json)) return { problem: 'must be a JSON object, got something else' };
  const { version } = json;
  if (typeof version === 'number' && version > STATEMENT_VERSION) {
    return { problem: `must be of version ${STATEMENT_VERSION}, got a later one, upgrade this package` };
  }
  if (version !== STATEMENT_VERSION || json.$schema !== STATEMENT_SCHEMA) {
    return { problem: `must be a statement of version ${STATEMENT_VERSION}, got something else` };
  }
  if (typeof json.generatedFrom !== 'string' || !DIGEST.test(json.generatedFrom)) {
    return { problem: "must have a digest in 'generatedFrom', got none" };
  }
  const missing = STATED.find((name) => typeof json[name] !== 'object' || json[name] === null);
  if (missing !== undefined) return { problem: `must state '${missing}', got nothing` };
  const problem = addition(json);
  if (problem !== undefined) return { problem };
  return { statement: json as unknown as Statement };
}

/** What a digest does not cover is served in public too: it must not say anything. */
function addition(json: Readonly<Record<string, unknown>>): string | undefined {
  const known = [...ABOUT, ...STATED];
  const unknown = Object.keys(json).find((key) => !known.includes(key));
  if (unknown !== undefined) {
    return `must hold nothing but ${known.join(', ')}, got ${JSON.stringify(unknown.slice(0, 40))}`;
  }
  const { generator, asOf } = json;
  if (asOf !== undefined && (typeof asOf !== 'string' || parseInstant(asOf) === undefined)) {
    return "must have a date and time of RFC 3339 in 'asOf', got something else";
  }
  const made = isMap(generator) ? Object.entries(generator) : [];
  const isName = ([key, value]: [string, unknown]) =>
    MADE_BY.includes(key) && typeof value === 'string' && NAME.test(value);
  if (made.length === MADE_BY.length && made.every(isName)) return undefined;
  return `must name ${MADE_BY.join(', ')} of what made it in 'generator', got something else`;
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
