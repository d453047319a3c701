import {
  type MessageProblem,
  problemOf,
  type Verification,
  type VerifyOptions,
  verifyRequestHead,
} from '../../../target/message-signatures';
import { type GatewayEvent, gatewayRequest, isHttpApi, type RestApiEvent } from './gateway-request';
import { usageKeyOf } from './usage-key';

/** What a REST API is answered: an IAM policy for one ARN, and what the backend learns. */
export interface RestAuthorization {
  readonly principalId: string;
  readonly policyDocument: {
    readonly Version: '2012-10-17';
    readonly Statement: readonly [
      { readonly Action: 'execute-api:Invoke'; readonly Effect: 'Allow' | 'Deny'; readonly Resource: string },
    ];
  };
  /** Texts only: API Gateway takes nothing else. */
  readonly context: Readonly<Record<string, string>>;
  /** The API key that the request is counted by, where the API takes it from here. */
  readonly usageIdentifierKey?: string;
}

/** What an HTTP API is answered: yes or no, for this one request. */
export interface HttpAuthorization {
  readonly isAuthorized: boolean;
  readonly context: Readonly<Record<string, string>>;
}

/** Either. */
export type Authorization = RestAuthorization | HttpAuthorization;

/** What is written down about each decision; metrics are made of it. It holds nothing that a caller chose. */
export interface Decision {
  readonly decision: 'admitted' | 'refused' | 'unavailable';
  /** What was wrong, where something was. */
  readonly problem?: string;
  /** Whose key signed, where that is known. */
  readonly partner?: string;
  readonly keyId?: string;
}

/** What the decision depends on. */
export interface Authorizer {
  readonly options: Omit<VerifyOptions, 'now'>;
  readonly clock: () => Date;
  /** The first argument of `usageKeyOf`. */
  readonly usageScope: string;
  readonly record: (decision: Decision) => void;
}

/**
 * Decides whether a request may reach the backend: its signature verifies, it is fresh, and it was not seen before. The
 * content cannot be seen here: the backend gets `contentDigest`, the digest that was signed, and compares.
 */
export async function authorize(
  event: GatewayEvent,
  { options, clock, usageScope, record }: Authorizer,
): Promise<Authorization> {
  const request = gatewayRequest(event);
  if (request === undefined) {
    record({ decision: 'refused', problem: 'target-malformed' });
    return denied(
      event,
      problemOf(
        'target-malformed',
        'the path must have no percent sign and no *, put such values into the query',
      ),
    );
  }
  const verification: Verification = await verifyRequestHead(request, { ...options, now: clock() });
  if (!verification.verified) {
    const { problem } = verification;
    record({ decision: problem.status >= 500 ? 'unavailable' : 'refused', problem: problem.code });
    return denied(event, problem);
  }
  const { partner, keyId, contentDigest = '' } = verification;
  record({ decision: 'admitted', partner, keyId });
  const context = { partner, keyId, contentDigest };
  if (isHttpApi(event)) return { isAuthorized: true, context };
  return {
    ...policyFor(event, partner, 'Allow', context),
    usageIdentifierKey: usageKeyOf(usageScope, partner),
  };
}

/** A refusal; its context can stand in the answer of a REST API, by a gateway response. */
function denied(event: GatewayEvent, { type, title, detail, code }: MessageProblem): Authorization {
  const context = { type, title, detail, code };
  return isHttpApi(event) ? { isAuthorized: false, context } : policyFor(event, 'refused', 'Deny', context);
}

function policyFor(
  { methodArn }: RestApiEvent,
  principalId: string,
  Effect: 'Allow' | 'Deny',
  context: Readonly<Record<string, string>>,
): RestAuthorization {
  const Statement = [{ Action: 'execute-api:Invoke', Effect, Resource: methodArn }] as const;
  return { principalId, policyDocument: { Version: '2012-10-17', Statement }, context };
}
