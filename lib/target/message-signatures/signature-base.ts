import { createSignatureBase, formatSignatureBase } from 'http-message-signatures/lib/httpbis';
import { type InnerList, serializeInnerList } from 'structured-headers';
import { type FieldLines, type RequestMessage, type ResponseMessage, readFields } from './message';
import { MessageRefusal } from './problem';
import type { Component } from './read-signature';

/** What a signature base is made of. */
export interface Signed {
  readonly request: RequestMessage;
  readonly fields: FieldLines;
  /** In the signature of a response. */
  readonly response?: { readonly status: number; readonly fields: FieldLines };
}

/** A covered field travels in ASCII: its bytes are the same for everybody. */
const COVERED_VALUE = /^[\t\x20-\x7e]*$/;

/** Reads a response that is bound to its request. */
export function signedResponse(response: ResponseMessage, request: RequestMessage): Signed {
  return {
    request,
    fields: readFields(request.headers),
    response: { status: response.status, fields: readFields(response.headers) },
  };
}

/**
 * The bytes that are signed (RFC 9421, 2.5), made by `http-message-signatures`.
 *
 * @throws MessageRefusal where a field that is covered is missing, or is not one line of ASCII
 */
export function signatureBase(
  { request, fields, response }: Signed,
  components: readonly Component[],
  input: InnerList,
): Buffer {
  const own = response === undefined ? fields : response.fields;
  for (const { name, ofRequest } of components) {
    if (!name.startsWith('@')) checkCovered(ofRequest ? fields : own, name);
  }
  const texts = { fields: components.map(({ text }) => text) };
  const ofRequest = { method: request.method, url: request.url, headers: headersOf(fields) };
  const lines =
    response === undefined
      ? createSignatureBase(texts, ofRequest)
      : createSignatureBase(
          texts,
          { status: response.status, headers: headersOf(response.fields) },
          ofRequest,
        );
  const last: [string, string[]] = ['"@signature-params"', [serializeInnerList(input)]];
  return Buffer.from(formatSignatureBase([...lines, last]), 'ascii');
}

function checkCovered(fields: FieldLines, name: string): void {
  const lines = fields.get(name);
  if (lines === undefined) {
    throw new MessageRefusal('component-missing', 'a field that the signature covers must be in the message');
  }
  if (lines.length > 1) {
    throw new MessageRefusal('fields-malformed', 'a field that the signature covers must be sent once');
  }
  if (lines.some((line) => !COVERED_VALUE.test(line))) {
    throw new MessageRefusal('fields-malformed', 'a field that the signature covers must be in ASCII');
  }
}

function headersOf(fields: FieldLines): Record<string, string[]> {
  return Object.fromEntries([...fields].map(([name, lines]) => [name, [...lines]]));
}
