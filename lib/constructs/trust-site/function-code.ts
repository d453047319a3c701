/** A document that the edge answers with. */
export interface ServedDocument {
  /** The path, from the root. */
  readonly path: string;
  readonly contentType: string;
  readonly text: string;
}

/** Time for which readers may keep a document: long enough to spare the edge, short enough for a new contact. */
const MAX_AGE_SECONDS = 3600;

/**
 * The code of a CloudFront Function that answers for documents, and lets every other request pass.
 *
 * It is ECMAScript 5.1, which every runtime has, and needs no origin. `HEAD` gets no body; a query string changes
 * nothing; `%2E` for a dot is the same path (RFC 3986, 6.2.2.2), a slash at the end is another one.
 */
export function functionCode(documents: readonly ServedDocument[]): string {
  const served = Object.fromEntries(
    documents.map(({ path, contentType, text }) => [path, { type: contentType, text }]),
  );
  return `var documents = ${asLiteral(served)};
function handler(event) {
  var request = event.request;
  var path = request.uri.replace(/%(?:2D|2E|5F|7E|3[0-9]|[46][1-9A-F]|[57][0-9A])/gi, function (octet) {
    return decodeURIComponent(octet);
  });
  if (!Object.prototype.hasOwnProperty.call(documents, path)) return request;
  var document = documents[path];
  var headers = { 'x-content-type-options': { value: 'nosniff' } };
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    headers.allow = { value: 'GET, HEAD' };
    headers['cache-control'] = { value: 'no-store' };
    return { statusCode: 405, statusDescription: 'Method Not Allowed', headers: headers };
  }
  headers['content-type'] = { value: document.type };
  headers['cache-control'] = { value: 'public, max-age=${MAX_AGE_SECONDS}' };
  var response = { statusCode: 200, statusDescription: 'OK', headers: headers };
  if (request.method === 'GET') response.body = { encoding: 'text', data: document.text };
  return response;
}
`;
}

/**
 * JSON that is a literal of ECMAScript 5.1 too: U+2028 and U+2029 end a line there, and what is not ASCII is escaped
 * with them, so that bytes and characters are the same number. `${` is escaped as well: the CDK would take it for the
 * beginning of one of its tokens, and publish what that stands for.
 */
function asLiteral(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u007F-\uFFFF]|\$(?=\{)/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
