import { PROBLEMS, type ProblemError } from '../app/problem';

/** What API Gateway turns into an answer, and what a direct call is given as it is. */
export interface ApiResponse {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly isBase64Encoded: false;
}

/** For how many seconds a caller should wait. */
const RETRY_AFTER: Readonly<Partial<Record<ProblemError['code'], number>>> = {
  throttled: 1,
  key_unavailable: 2,
  store_unavailable: 2,
  // Somebody has to start the replay.
  restore_pending: 60,
};

/**
 * An answer holds data: nobody on the way keeps it, and no browser takes it for a page.
 *
 * @see https://cheatsheetseries.owasp.org/cheatsheets/REST_Security_Cheat_Sheet.html#security-headers
 */
const HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'x-content-type-options': 'nosniff',
} as const;

/** An answer with data. */
export function success(data: object): ApiResponse {
  return response(200, 'application/json', data, {});
}

/** What went wrong (RFC 9457): nothing of what was sent is in it. */
export function problemResponse({ code, detail }: ProblemError, requestId: string): ApiResponse {
  const { status, title } = PROBLEMS[code];
  const wait = RETRY_AFTER[code];
  const problem = {
    type: `urn:problem-type:${code}`,
    title,
    status,
    code,
    ...(detail === undefined ? {} : { detail }),
    instance: `urn:uuid:${requestId}`,
  };
  const headers: Record<string, string> = wait === undefined ? {} : { 'retry-after': String(wait) };
  return response(status, 'application/problem+json', problem, headers);
}

function response(
  statusCode: number,
  type: string,
  data: object,
  headers: Readonly<Record<string, string>>,
): ApiResponse {
  const body = JSON.stringify(data);
  return {
    statusCode,
    headers: { ...HEADERS, 'content-type': type, ...headers },
    body,
    isBase64Encoded: false,
  };
}
