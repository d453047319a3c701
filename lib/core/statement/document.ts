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

/** What the digest of a statement is taken of. */
export function stated(facts: StatedFacts): string {
  return canonicalJson(Object.fromEntries(STATED.map((name) => [name, facts[name]])));
}

/** Reads a statement. Whether its digest is that of what it states is for whoever can compute one. */
export function parseStatement(text: string): StatementReading {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { problem: 'must be JSON, got something else' };
  }
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
  return { statement: json as unknown as Statement };
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
