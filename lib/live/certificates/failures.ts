/** Why something could not be read. */
export type FailureCode =
  | 'NoCredentials'
  | 'CredentialsExpired'
  | 'CredentialsRefused'
  | 'AccessDenied'
  | 'Throttled'
  | 'TimedOut'
  | 'Unreachable'
  | 'Unreadable'
  | 'ServiceError';

/** What went wrong, in our words: those of a service or a credential process may hold what nobody should read. */
export interface Failure {
  readonly code: FailureCode;
  /** What is wrong, what to do: lower case, no full stop. */
  readonly message: string;
}

/** The name of an error that says that the whole of it took too long. */
export const OUT_OF_TIME = 'OutOfTime';

const EXPIRED = new Set(['ExpiredTokenException', 'ExpiredToken', 'RequestExpired']);
const REFUSED = new Set([
  'UnrecognizedClientException',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'SignatureDoesNotMatch',
  'IncompleteSignature',
  'MissingAuthenticationToken',
  'NotAuthorized',
  'OptInRequired',
]);
const DENIED = new Set(['AccessDeniedException', 'AccessDenied']);
const THROTTLED = new Set([
  'ThrottlingException',
  'Throttling',
  'ThrottledException',
  'TooManyRequestsException',
  'RequestLimitExceeded',
]);
/** Names of errors of Node for a peer that is not there, or hangs up. */
const UNREACHABLE =
  /^(ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|EPIPE|EHOSTUNREACH|ENETUNREACH|ERR_TLS|CERT_|DEPTH_|SELF_SIGNED|UNABLE_TO|ERR_SSL|EPROTO)/;

/** The failure behind an error of the SDK. */
export function failureOf(error: unknown, operation: string): Failure {
  const { name, code, status } = partsOf(error);
  if (isAboutCredentials(name)) {
    return {
      code: 'NoCredentials',
      message:
        'has no credentials that could be used, name a profile that exists (--profile, AWS_PROFILE) or sign in (aws sso login); on an instance of EC2 set AWS_EC2_METADATA_DISABLED=false',
    };
  }
  if (EXPIRED.has(name)) {
    return { code: 'CredentialsExpired', message: 'says that the credentials have expired, sign in again' };
  }
  if (DENIED.has(name)) {
    const message = `does not let these credentials call acm:${operation}, allow it, or leave the region out`;
    return { code: 'AccessDenied', message };
  }
  if (REFUSED.has(name)) {
    const message =
      'refuses the credentials, use those of an account that has the region switched on, and check the clock';
    return { code: 'CredentialsRefused', message };
  }
  if (THROTTLED.has(name)) {
    const message = `throttles ${operation} more than all attempts together could wait, run it again later`;
    return { code: 'Throttled', message };
  }
  if (name === OUT_OF_TIME) {
    return { code: 'TimedOut', message: 'could not be read within the time limit, give more time' };
  }
  if (name === 'TimeoutError' || name === 'AbortError' || code === 'ETIMEDOUT') {
    return { code: 'TimedOut', message: `did not answer ${operation} in time, run it again later` };
  }
  if (UNREACHABLE.test(code)) {
    const message = `cannot be reached (${code}), check the name of the region, AWS_ENDPOINT_URL_ACM and the network (no proxy is asked)`;
    return { code: 'Unreachable', message };
  }
  if (status !== undefined && status >= 300) {
    const message = `answers ${operation} with ${status} ${name}, run it again later`;
    return { code: 'ServiceError', message };
  }
  return { code: 'Unreadable', message: `gives an answer to ${operation} that cannot be read, run it again` };
}

/** A certificate that was deleted since the list was made is no failure. */
export function isGone(error: unknown): boolean {
  return partsOf(error).name === 'ResourceNotFoundException';
}

/** Failures after which no other request to the same region would do better. */
export function endsRegion({ code }: Failure): boolean {
  return (
    code === 'NoCredentials' ||
    code === 'CredentialsExpired' ||
    code === 'CredentialsRefused' ||
    code === 'AccessDenied' ||
    code === 'Unreachable'
  );
}

function isAboutCredentials(name: string): boolean {
  return /^(CredentialsProviderError|TokenProviderError|ProviderError)$/.test(name);
}

/** Names only, and only what names are made of: they come from wherever the request ended up. */
function partsOf(error: unknown): { name: string; code: string; status: number | undefined } {
  const given = (typeof error === 'object' && error !== null ? error : {}) as {
    readonly name?: unknown;
    readonly code?: unknown;
    readonly $metadata?: { readonly httpStatusCode?: unknown };
  };
  const status = given.$metadata?.httpStatusCode;
  return {
    name: wordOf(given.name),
    code: wordOf(given.code),
    status: typeof status === 'number' ? status : undefined,
  };
}

function wordOf(value: unknown): string {
  return typeof value === 'string' ? value.replace(/\W/g, '').slice(0, 60) : '';
}
