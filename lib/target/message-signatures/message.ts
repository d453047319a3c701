import { MessageRefusal } from './problem';

/**
 * The header fields of a message. A field that came in several lines is a list: give `headersDistinct` of Node's
 * server, since its `headers` joins or drops what was sent twice, and `multiValueHeaders` of API Gateway.
 */
export type HeaderFields = Readonly<Record<string, string | readonly string[] | undefined>>;

/** A request, as its sender means it and its receiver got it. */
export interface RequestMessage {
  /** In capitals, such as `POST`. */
  readonly method: string;
  /** The whole target, such as `https://partners.example.com/orders?page=2`, in the form that `URL` gives it. */
  readonly url: string;
  readonly headers: HeaderFields;
  /** The content as it travels: decoded from no encoding but that of the transfer. */
  readonly body?: Uint8Array | string;
}

/** A response. */
export interface ResponseMessage {
  readonly status: number;
  readonly headers: HeaderFields;
  /** The content as it travels: decoded from no encoding but that of the transfer. */
  readonly body?: Uint8Array | string;
}

/** Fields by their name in small letters, each with its lines. */
export type FieldLines = ReadonlyMap<string, readonly string[]>;

/** All names and values together; API Gateway takes 10,240 bytes, the server of Node 16 KiB. */
export const MOST_FIELD_BYTES = 16 * 1024;
/** How many fields a message may have. */
export const MOST_FIELDS = 100;
/** The longest target of a request. */
const MOST_URL_BYTES = 8 * 1024;

/** RFC 9110, 5.6.2. */
const FIELD_NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
/** RFC 9110, 5.5: no line break, which would be a folded line, and no other control character. */
const FIELD_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;
const METHOD = /^[A-Z]{1,20}$/;
/** What travels in a target; everything else is written in percent. */
const URL_CHARACTERS = /^[\x21-\x7e]+$/;

/** Fields that have one line, whether a signature covers them or not. */
const ONE_LINE = [
  'signature',
  'signature-input',
  'content-digest',
  'content-type',
  'content-length',
  'host',
  'idempotency-key',
];

/**
 * The fields of a message by name.
 *
 * @throws MessageRefusal where one is folded, holds a control character, is there twice, or there is too much
 */
export function readFields(headers: HeaderFields): FieldLines {
  const fields = new Map<string, readonly string[]>();
  let bytes = 0;
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined) continue;
    const lines = typeof value === 'string' ? [value] : value;
    if (lines.length === 0) continue;
    if (!FIELD_NAME.test(name)) throw malformed('a name of a header field must be a token of RFC 9110');
    const lower = name.toLowerCase();
    if (fields.has(lower)) throw malformed('a header field is there twice, in different spelling');
    for (const line of lines) {
      if (typeof line !== 'string' || !FIELD_VALUE.test(line)) {
        throw malformed('a header field must have no control character and no folded line');
      }
      bytes += lower.length + line.length;
    }
    fields.set(lower, lines);
    if (bytes > MOST_FIELD_BYTES || fields.size > MOST_FIELDS) {
      throw malformed(
        `the header must have at most ${MOST_FIELDS} fields and ${MOST_FIELD_BYTES} bytes, send less`,
      );
    }
  }
  for (const name of ONE_LINE) {
    if ((fields.get(name)?.length ?? 0) > 1) throw malformed(`'${name}' must be sent once`);
  }
  return fields;
}

/** The only line of a field. */
export function lineOf(fields: FieldLines, name: string): string | undefined {
  return fields.get(name)?.[0];
}

/**
 * Refuses a method or target that two readers could read in two ways.
 *
 * @throws MessageRefusal
 */
export function readTarget({ method, url }: Pick<RequestMessage, 'method' | 'url'>): URL {
  if (!METHOD.test(method)) throw wrongTarget('the method must be in capital letters');
  if (url.length > MOST_URL_BYTES || !URL_CHARACTERS.test(url) || !URL.canParse(url)) {
    throw wrongTarget(`the target must be an absolute URL of at most ${MOST_URL_BYTES} ASCII characters`);
  }
  const target = new URL(url);
  if (target.protocol !== 'https:') throw wrongTarget('the scheme of the target must be https');
  if (target.href !== url || target.username !== '' || target.password !== '' || target.hash !== '') {
    throw wrongTarget(
      'the target must be in the form that the URL standard gives it, without dot segments, default port, user and fragment',
    );
  }
  return target;
}

/** The bytes of a content; a text is UTF-8. */
export function bytesOf(body: Uint8Array | string | undefined): Uint8Array {
  if (body === undefined) return new Uint8Array();
  return typeof body === 'string' ? Buffer.from(body, 'utf8') : body;
}

function malformed(detail: string): MessageRefusal {
  return new MessageRefusal('fields-malformed', detail);
}

function wrongTarget(detail: string): MessageRefusal {
  return new MessageRefusal('target-malformed', detail);
}
