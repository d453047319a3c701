import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { byCodeUnit } from '../../core/order';

/** A request as it arrived. */
export interface SignedRequest {
  readonly method: string;
  /** Path and query, as they stood in the request line. */
  readonly target: string;
  /** By name in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Uint8Array;
}

/** For which day, Region and service a signature holds. */
export interface CredentialScope {
  /** Such as `20150830`. */
  readonly date: string;
  readonly region: string;
  readonly service: string;
}

/** What the header `Authorization` says. */
export interface Authorization {
  readonly accessKeyId: string;
  readonly scope: CredentialScope;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

const ALGORITHM = 'AWS4-HMAC-SHA256';
const HEADER =
  /^AWS4-HMAC-SHA256 +Credential=([\w.+=@-]{1,128})\/(\d{8})\/([a-z0-9-]{1,64})\/([a-z0-9-]{1,64})\/aws4_request, *SignedHeaders=([a-z0-9;_-]{1,2048}), *Signature=([0-9a-f]{64})$/;

/** Reads the header; undefined where it is not one of Signature Version 4. */
export function readAuthorization(header: string): Authorization | undefined {
  const [, accessKeyId, date, region, service, signed, signature] = HEADER.exec(header) ?? [];
  if (accessKeyId === undefined || date === undefined || region === undefined || service === undefined)
    return undefined;
  if (signed === undefined || signature === undefined) return undefined;
  return { accessKeyId, scope: { date, region, service }, signedHeaders: signed.split(';'), signature };
}

/**
 * The canonical request (AWS, "Create a signed AWS API request", step 1): method, path, query, headers, their names and
 * the hash of the body.
 */
export function canonicalRequest(request: SignedRequest, signedHeaders: readonly string[]): string {
  const [path = '/', query = ''] = request.target.split('?', 2);
  const headers = signedHeaders.map((name) => `${name}:${headerOf(request, name)}\n`).join('');
  return [
    request.method,
    canonicalPath(path),
    canonicalQuery(query),
    headers,
    signedHeaders.join(';'),
    sha256(request.body),
  ].join('\n');
}

/** What is signed (step 3). */
export function stringToSign(canonical: string, time: string, scope: CredentialScope): string {
  return [ALGORITHM, time, scopeText(scope), sha256(Buffer.from(canonical, 'utf8'))].join('\n');
}

/** The key that signs, of one day, Region and service (step 4). */
export function signingKey(secretAccessKey: string, { date, region, service }: CredentialScope): Buffer {
  return [date, region, service, 'aws4_request'].reduce<Buffer>(
    (key, part) => createHmac('sha256', key).update(part, 'utf8').digest(),
    Buffer.from(`AWS4${secretAccessKey}`, 'utf8'),
  );
}

/** The signature, in hex (step 4). */
export function signatureOf(key: Uint8Array, text: string): string {
  return createHmac('sha256', key).update(text, 'utf8').digest('hex');
}

/** Whether a request was signed with this secret, as its header says. */
export function isSignedWith(
  secretAccessKey: string,
  request: SignedRequest,
  { scope, signedHeaders, signature }: Authorization,
): boolean {
  const time = headerOf(request, 'x-amz-date');
  const text = stringToSign(canonicalRequest(request, signedHeaders), time, scope);
  const expected = Buffer.from(signatureOf(signingKey(secretAccessKey, scope), text), 'hex');
  return timingSafeEqual(expected, Buffer.from(signature, 'hex'));
}

/**
 * Headers that must be under the signature and are not: the host, and every `x-amz-` header, since these say what is
 * asked for.
 */
export function unsignedHeaders(request: SignedRequest, signedHeaders: readonly string[]): string[] {
  return Object.keys(request.headers)
    .filter((name) => name === 'host' || name.startsWith('x-amz-'))
    .filter((name) => !signedHeaders.includes(name))
    .sort(byCodeUnit);
}

/** The time of `20150830T123600Z`, in milliseconds since 1970; undefined for anything else. */
export function timeOf(text: string): number | undefined {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (parts === null) return undefined;
  const [, year, month, day, hour, minute, second] = parts.map(Number);
  const at = Date.UTC(year ?? 0, (month ?? 0) - 1, day, hour, minute, second);
  return Number.isNaN(at) ? undefined : at;
}

/** A time as `20150830T123600Z`. */
export function timeText(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}

function scopeText({ date, region, service }: CredentialScope): string {
  return `${date}/${region}/${service}/aws4_request`;
}

/** Values with one space between words, several of them joined by commas. */
function headerOf({ headers }: SignedRequest, name: string): string {
  const value = headers[name] ?? '';
  const all = typeof value === 'string' ? [value] : value;
  return all.map((one) => one.trim().replaceAll(/ +/g, ' ')).join(',');
}

/** Each segment is encoded once more, as for every service but S3; `.` and `..` are gone before. */
function canonicalPath(path: string): string {
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(encode(segment));
  }
  const end = segments.length > 0 && path.endsWith('/') ? '/' : '';
  return `/${segments.join('/')}${end}`;
}

/** Names and values encoded, and sorted as they are then. */
function canonicalQuery(query: string): string {
  if (query === '') return '';
  return query
    .split('&')
    .map((pair) => {
      const at = pair.indexOf('=');
      const [name, value] = at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
      return [encode(decoded(name)), encode(decoded(value))] as const;
    })
    .sort(([a, x], [b, y]) => byCodeUnit(a, b) || byCodeUnit(x, y))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // Not an encoding: it stands for itself, and the signature will not fit.
    return text;
  }
}

/** RFC 3986: everything but letters, digits and `-._~`. */
function encode(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
