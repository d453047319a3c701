import {
  type MessageProblem,
  problemOf,
  type Verification,
  type VerifyOptions,
  verifyRequestHead,
} from '../../../target/message-signatures';
import { type GatewayEvent, gatewayRequest, isHttpApi } from './gateway-request';

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
  readonly record: (decision: Decision) => void;
}

/**
 * Decides whether a request may reach the backend: its signature verifies, it is fresh, and it was not seen before. The
 * content cannot be seen here: the backend gets `contentDigest`, the digest that was signed, and compares.
 */
export async function authorize(
  event: GatewayEvent,
  { options, clock, record }: Authorizer,
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
  return answer(event, partner, { partner, keyId, contentDigest });
}

/** A refusal; its context can stand in the answer of a REST API, by a gateway response. */
function denied(event: GatewayEvent, { type, title, detail, code }: MessageProblem): Authorization {
  return answer(event, undefined, { type, title, detail, code });
}

function answer(
  event: GatewayEvent,
  partner: string | undefined,
  context: Readonly<Record<string, string>>,
): Authorization {
  const isAuthorized = partner !== undefined;
  if (isHttpApi(event)) return { isAuthorized, context };
  const Effect = isAuthorized ? 'Allow' : 'Deny';
  const Statement = [{ Action: 'execute-api:Invoke', Effect, Resource: event.methodArn }] as const;
  const policyDocument = { Version: '2012-10-17', Statement } as const;
  return { principalId: partner ?? 'refused', policyDocument, context };
}
