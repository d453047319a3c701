import { createHash, X509Certificate } from 'node:crypto';
import { type KeySource, KeysNotFetched } from './key-source';
import type { TokenClaims, TokenProblem } from './problem';
import type { JwtSettings } from './settings';
import { verifyToken } from './verify-token';

/**
 * What a Lambda authorizer of the type REQUEST is given by a REST API.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-input.html
 */
export interface TokenEvent {
  readonly methodArn: string;
  readonly multiValueHeaders?: Readonly<Record<string, readonly string[] | undefined>> | null;
  readonly requestContext?: {
    readonly identity?: { readonly clientCert?: { readonly clientCertPem?: string } | null };
  };
}

/** What it answers: an IAM policy for one ARN, and what the backend learns. */
export interface TokenAuthorization {
  readonly principalId: string;
  readonly policyDocument: {
    readonly Version: '2012-10-17';
    readonly Statement: readonly [
      { readonly Action: 'execute-api:Invoke'; readonly Effect: 'Allow' | 'Deny'; readonly Resource: string },
    ];
  };
  /** Texts only: API Gateway takes nothing else. */
  readonly context: Readonly<Record<string, string>>;
}

/** What is written down about each decision; metrics are made of it. It holds nothing that a caller chose. */
export interface TokenDecision {
  readonly decision: 'admitted' | 'refused' | 'unavailable';
  readonly problem?: TokenProblem | 'route-ambiguous' | 'keys-not-fetched' | 'failed';
}

/** What the decision depends on. */
export interface TokenAuthorizer {
  readonly settings: JwtSettings;
  readonly keys: KeySource;
  readonly clock: () => Date;
  readonly record: (decision: TokenDecision) => void;
}

/**
 * API Gateway answers 401 where a function fails with this very message, and 500 where it fails with another.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html
 */
export class Unauthorized extends Error {
  constructor() {
    super('Unauthorized');
    this.name = 'Unauthorized';
    // Lambda writes the stack of what is thrown into the log, at each refusal the same one.
    this.stack = undefined;
  }
}

/** One header, as RFC 6750 (2.1) has it; the name of the scheme is of any case (RFC 9110, 11.1). */
const BEARER = /^bearer +([A-Za-z0-9._-]+)$/i;
/** What an access log can hold without a change: the principal stands there as a text of JSON. */
const PLAIN = /^[\w.:@|/+=,-]{1,128}$/;

/**
 * Decides whether a request may reach the backend.
 *
 * @throws Unauthorized where the token is not taken; KeysNotFetched where nobody knows whether it is
 */
export async function authorizeToken(
  event: TokenEvent,
  { settings, keys, clock, record }: TokenAuthorizer,
): Promise<TokenAuthorization> {
  const refuse = (problem: TokenProblem): Unauthorized => {
    record({ decision: 'refused', problem });
    return new Unauthorized();
  };
  const token = tokenOf(event);
  if (token === undefined) throw refuse('header-malformed');
  const verdict = await verifyToken(token, settings, {
    keys,
    now: clock(),
    certificateThumbprint: thumbprintOf(event),
  }).catch((thrown: unknown) => {
    record({
      decision: 'unavailable',
      problem: thrown instanceof KeysNotFetched ? 'keys-not-fetched' : 'failed',
    });
    throw thrown;
  });
  if (!verdict.verified && verdict.problem !== 'scope-missing') throw refuse(verdict.problem);
  const problem = verdict.verified ? ambiguityOf(event) : verdict.problem;
  if (problem !== undefined || !verdict.verified) {
    record({ decision: 'refused', ...(problem === undefined ? {} : { problem }) });
    return policyFor(event, 'refused', 'Deny', {});
  }
  record({ decision: 'admitted' });
  return policyFor(event, principalOf(verdict.claims), 'Allow', contextOf(verdict.claims));
}

/** The token, where there is exactly one header for it. */
function tokenOf({ multiValueHeaders }: TokenEvent): string | undefined {
  const lines = Object.entries(multiValueHeaders ?? {}).flatMap(([name, values]) =>
    name.toLowerCase() === 'authorization' ? (values ?? []) : [],
  );
  const [line = '', ...others] = lines;
  return others.length === 0 ? BEARER.exec(line)?.[1] : undefined;
}

function thumbprintOf({ requestContext }: TokenEvent): string | undefined {
  const pem = requestContext?.identity?.clientCert?.clientCertPem;
  if (pem === undefined) return undefined;
  try {
    return createHash('sha256').update(new X509Certificate(pem).raw).digest('base64url');
  } catch {
    // What cannot be read is no certificate that a token could be bound to.
    return undefined;
  }
}

/** A policy for an ARN with a wildcard would be one for other requests, too. */
function ambiguityOf({ methodArn }: TokenEvent): 'route-ambiguous' | undefined {
  return /[*?]/.test(methodArn) ? 'route-ambiguous' : undefined;
}

/** Who it is, for the access log: of one length, and without characters that a line of JSON could end with. */
function principalOf({ subject, clientId }: TokenClaims): string {
  const name = subject ?? clientId ?? 'unnamed';
  return PLAIN.test(name) ? name : `sha256:${createHash('sha256').update(name).digest('hex')}`;
}

function contextOf({ subject, clientId, scopes }: TokenClaims): Readonly<Record<string, string>> {
  return {
    ...(subject === undefined ? {} : { subject }),
    ...(clientId === undefined ? {} : { clientId }),
    scopes: scopes.join(' '),
  };
}

function policyFor(
  { methodArn }: TokenEvent,
  principalId: string,
  Effect: 'Allow' | 'Deny',
  context: Readonly<Record<string, string>>,
): TokenAuthorization {
  const Statement = [{ Action: 'execute-api:Invoke', Effect, Resource: methodArn }] as const;
  return { principalId, policyDocument: { Version: '2012-10-17', Statement }, context };
}
