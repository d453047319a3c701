import { ProblemError } from '../app/problem';
import type { Caller } from '../ports/audit';
import { type Aliases, API_ALIAS, aliasOf, callerOfAlias, type InvocationContext, isName } from './caller';

/** What a call asks for, and who asks. */
export interface Asked {
  readonly caller: Caller;
  readonly path: string;
  readonly method: string;
  /** Whether the caller has the right to look up, beside that to call this path. */
  readonly mayLookUp: boolean;
  /** JSON, not yet read. */
  readonly body: string;
}

/** Before each path of an API; the two names are what the caller's `execute-api:Invoke` is for. */
export const API_PREFIX = '/t/{tenant}/g/{grantee}';

/** The longest body, in bytes of UTF-8. */
export const LONGEST_BODY = 256 * 1024;

type Fields = Readonly<Record<string, unknown>>;

/**
 * What an event asks for. Which alias was invoked says what the event must be: through `API_ALIAS` one of API Gateway's
 * REST APIs, through an alias of a tenant `{ route, body }`.
 *
 * @throws ProblemError `forbidden` where it is not known who calls, `invalid_request`, `too_large`, `unsupported_media_type`
 */
export function askedBy(event: unknown, context: InvocationContext, aliases: Aliases): Asked {
  const alias = aliasOf(context);
  return alias === API_ALIAS ? askedOfApi(fieldsOf(event)) : askedOfAlias(fieldsOf(event), alias, aliases);
}

/**
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html the event's fields
 */
function askedOfApi(event: Fields): Asked {
  const { resource, path, httpMethod: method } = event;
  const { tenant, grantee } = fieldsOf(event.pathParameters);
  const requestContext = fieldsOf(event.requestContext);
  const isOfApi =
    typeof resource === 'string' &&
    typeof method === 'string' &&
    resource.startsWith(`${API_PREFIX}/`) &&
    requestContext.resourcePath === resource &&
    requestContext.httpMethod === method;
  if (!isOfApi || !isSignedByRole(requestContext)) throw new ProblemError('forbidden');
  if (!isName(tenant) || !isName(grantee)) throw new ProblemError('forbidden');
  const route = resource.slice(API_PREFIX.length);
  // As it was sent, so that what IAM compared is what is used; a custom domain name puts its base path before it.
  if (typeof path !== 'string' || !path.endsWith(`/t/${tenant}/g/${grantee}${route}`))
    throw new ProblemError('forbidden');
  const body = textOf(event.body, event.isBase64Encoded === true);
  if (body !== '' && !isJson(event.headers)) throw new ProblemError('unsupported_media_type');
  // Here the path is the right: one of its own deduplicates.
  return { caller: { tenant, grantee, proof: 'api-path' }, path: route, method, mayLookUp: true, body };
}

/** Whether API Gateway verified a signature of IAM: only then its event names the principal. */
function isSignedByRole({ identity }: Fields): boolean {
  const { userArn, caller, accessKey } = fieldsOf(identity);
  return [userArn, caller, accessKey].every((one) => typeof one === 'string' && one !== '');
}

function askedOfAlias(event: Fields, alias: string | undefined, aliases: Aliases): Asked {
  const { caller, mayLookUp } = callerOfAlias(alias, aliases);
  const { route, body, ...others } = event;
  if (typeof route !== 'string' || Object.keys(others).length > 0)
    throw new ProblemError('invalid_request', "an event has a 'route' and a 'body'");
  return { caller, path: route, method: '', mayLookUp, body: textOf(body, false) };
}

function textOf(body: unknown, isBase64: boolean): string {
  if (body === undefined || body === null) return '';
  if (typeof body !== 'string') throw new ProblemError('invalid_request', 'the body must be a text of JSON');
  // A text has at least as many bytes as UTF-16 units: what is far too long is not even counted.
  if (body.length > LONGEST_BODY * 2) throw new ProblemError('too_large');
  const text = isBase64 ? fromBase64(body) : body;
  if (Buffer.byteLength(text, 'utf8') > LONGEST_BODY) throw new ProblemError('too_large');
  return text;
}

function fromBase64(text: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(text, 'base64'));
  } catch {
    throw new ProblemError('invalid_request', 'the body is not UTF-8');
  }
}

function isJson(headers: unknown): boolean {
  const given = Object.entries(fieldsOf(headers)).find(
    ([name]) => name.toLowerCase() === 'content-type',
  )?.[1];
  return typeof given === 'string' && /^application\/json\s*(;|$)/i.test(given);
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}
