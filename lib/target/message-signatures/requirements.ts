import { type FieldLines, lineOf } from './message';
import { MessageRefusal } from './problem';
import type { Component, ReadSignature } from './read-signature';

/** What the signatures of requests and responses are for; neither is taken for the other (RFC 9421, 7.2.5). */
export const DEFAULT_TAGS = { request: 'partner-request', response: 'partner-response' } as const;

/** Methods whose requests have a content. */
const WITH_CONTENT = ['POST', 'PUT', 'PATCH'];
/** Fields that are covered wherever they are sent. */
const ALWAYS_COVERED = ['content-digest', 'content-type', 'content-encoding', 'idempotency-key'];

/** Whether a request has to have a digest, as far as its header says. */
export function needsDigest(method: string, fields: FieldLines): boolean {
  const length = lineOf(fields, 'content-length');
  return (
    WITH_CONTENT.includes(method) ||
    (length !== undefined && length.trim() !== '0') ||
    fields.has('transfer-encoding') ||
    fields.has('content-type')
  );
}

/**
 * Refuses the signature of a request that leaves open what was asked, where, or with what.
 *
 * @throws MessageRefusal
 */
export function checkCoverageOfRequest(
  method: string,
  fields: FieldLines,
  { components }: ReadSignature,
  alsoCovered: readonly string[],
): void {
  const covers = (name: string) => components.some((each) => each.name === name);
  if (!covers('@method')) throw uncovered('@method');
  if (!covers('@target-uri') && !['@authority', '@path', '@query'].every(covers)) {
    throw uncovered('@target-uri, or @authority, @path and @query');
  }
  if (needsDigest(method, fields) && !fields.has('content-digest')) {
    throw new MessageRefusal(
      'digest-missing',
      'a request with a content must have a content-digest (RFC 9530)',
    );
  }
  checkFields(fields, components, [...ALWAYS_COVERED, ...alsoCovered]);
}

/**
 * Refuses the signature of a response that leaves open what was answered, or to what.
 *
 * @throws MessageRefusal
 */
export function checkCoverageOfResponse(
  fields: FieldLines,
  { components }: ReadSignature,
  alsoCovered: readonly string[],
): void {
  const covers = (text: string) => components.some((each) => each.text === text);
  for (const text of ['"@status"', '"@method";req', '"@target-uri";req', '"signature";req']) {
    // Without quotes: a problem may be written into JSON by a template.
    if (!covers(text)) throw uncovered(text.replaceAll('"', ''));
  }
  const own = components.filter(({ ofRequest }) => !ofRequest);
  checkFields(fields, own, [...ALWAYS_COVERED, ...alsoCovered]);
}

function checkFields(fields: FieldLines, components: readonly Component[], names: readonly string[]): void {
  for (const name of names) {
    if (fields.has(name) && !components.some((each) => each.name === name)) throw uncovered(name);
  }
}

function uncovered(name: string): MessageRefusal {
  return new MessageRefusal('component-missing', `the signature must cover ${name}`);
}
