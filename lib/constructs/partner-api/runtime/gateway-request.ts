import { canonicalQuery, type HeaderFields, type RequestMessage } from '../../../target/message-signatures';

type Lines = Readonly<Record<string, readonly string[] | undefined>>;

/**
 * What a Lambda authoriser of the type REQUEST is given by a REST API.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-input.html
 */
export interface RestApiEvent {
  readonly methodArn: string;
  readonly multiValueHeaders?: Lines | null;
  readonly multiValueQueryStringParameters?: Lines | null;
  readonly requestContext: {
    readonly domainName: string;
    readonly httpMethod: string;
    readonly path: string;
  };
}

/**
 * What it is given by an HTTP API, in the payload format 2.0: fields that were sent twice are joined by commas.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html
 */
export interface HttpApiEvent {
  readonly version: '2.0';
  readonly routeArn: string;
  readonly rawPath: string;
  readonly rawQueryString?: string;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  /** Cookies are not among the headers. */
  readonly cookies?: readonly string[];
  readonly requestContext: {
    readonly domainName: string;
    readonly http: { readonly method: string };
  };
}

/** Either. */
export type GatewayEvent = RestApiEvent | HttpApiEvent;

/**
 * Paths that are the same before and after percent-decoding: API Gateway decodes some of what it hands over, and says not
 * what. Without `*`, which in the ARN of a policy stands for anything.
 */
const PLAIN_PATH = /^\/[A-Za-z0-9\-._~/!$&'()+,;=:@]*$/;

/**
 * The request that an event stands for; undefined where its path can be read in two ways.
 *
 * The query of a REST API comes decoded and without its order, so it is written in its canonical form; that of an HTTP API
 * comes as it was sent.
 *
 * @see https://github.com/aws/aws-lambda-go/issues/469 (the order of a query is lost)
 */
export function gatewayRequest(event: GatewayEvent): Omit<RequestMessage, 'body'> | undefined {
  const { method, path, query, headers } = isHttpApi(event) ? ofHttpApi(event) : ofRestApi(event);
  if (!PLAIN_PATH.test(path)) return undefined;
  // A policy for an ARN with a wildcard would be one for other requests, too.
  if (!isHttpApi(event) && /[*?]/.test(event.methodArn)) return undefined;
  const url = `https://${event.requestContext.domainName}${path}${query === '' ? '' : `?${query}`}`;
  return { method, url, headers };
}

/** Which of both it is. */
export function isHttpApi(event: GatewayEvent): event is HttpApiEvent {
  return 'routeArn' in event;
}

interface Parts {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: HeaderFields;
}

function ofHttpApi({ requestContext, rawPath, rawQueryString = '', cookies, headers }: HttpApiEvent): Parts {
  const { method } = requestContext.http;
  // As the sender wrote them (RFC 6265, 4.2.1), so that a signature has to cover them where `alsoCovered` says so.
  const cookie = cookies === undefined || cookies.length === 0 ? undefined : cookies.join('; ');
  return { method, path: rawPath, query: rawQueryString, headers: { cookie, ...headers } };
}

function ofRestApi({ requestContext, ...event }: RestApiEvent): Parts {
  const pairs = Object.entries(event.multiValueQueryStringParameters ?? {}).flatMap(([name, values]) =>
    (values ?? []).map((value) => [name, value] as const),
  );
  return {
    method: requestContext.httpMethod,
    path: requestContext.path,
    query: canonicalQuery(pairs),
    headers: event.multiValueHeaders ?? {},
  };
}
