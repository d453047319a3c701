/**
 * What is wrong with a message, as RFC 9457 has it. A detail names what is expected and never what was sent: no value
 * of a header, no key, no signature.
 */

/** Every problem, with the status that an API answers with and a title that never changes. */
export const MESSAGE_PROBLEMS = {
  'signature-missing': { status: 401, title: 'The message is not signed' },
  'signature-malformed': { status: 400, title: 'The signature cannot be read' },
  'signature-ambiguous': { status: 400, title: 'The message has more than one signature' },
  'fields-malformed': { status: 400, title: 'The header fields are not allowed' },
  'target-malformed': { status: 400, title: 'The target of the request is not in its normal form' },
  'target-unknown': { status: 401, title: 'The request was signed for another host' },
  'component-missing': { status: 401, title: 'The signature does not cover what it has to' },
  'component-refused': { status: 400, title: 'The signature covers what it may not' },
  'parameter-missing': { status: 401, title: 'The signature lacks a parameter' },
  'key-unknown': { status: 401, title: 'The key of the signature is not known' },
  'key-not-valid': { status: 401, title: 'The key of the signature is not valid at this time' },
  'algorithm-mismatch': { status: 401, title: 'The algorithm is not that of the key' },
  'signature-expired': { status: 401, title: 'The signature is too old' },
  'signature-early': { status: 401, title: 'The signature was made in the future' },
  'signature-invalid': { status: 401, title: 'The signature does not verify' },
  'digest-missing': { status: 400, title: 'The content has no digest' },
  'digest-malformed': { status: 400, title: 'The digest of the content cannot be read' },
  'digest-mismatch': { status: 400, title: 'The content is not what was signed' },
  'message-replayed': { status: 401, title: 'The message was received before' },
  'replay-unknown': { status: 503, title: 'Whether the message was received before is not known' },
  'idempotency-key-missing': { status: 400, title: 'The request lacks an Idempotency-Key' },
  'idempotency-key-malformed': { status: 400, title: 'The Idempotency-Key cannot be read' },
  'idempotency-key-reused': { status: 422, title: 'The Idempotency-Key was used for another request' },
  'request-in-progress': { status: 409, title: 'A request with this Idempotency-Key is in progress' },
  'outcome-unknown': { status: 503, title: 'Whether the request was handled before is not known' },
} as const satisfies Record<string, { readonly status: number; readonly title: string }>;

/** A stable name for one kind of problem; callers may switch on it. */
export type MessageProblemCode = keyof typeof MESSAGE_PROBLEMS;

/** The media type of a problem. */
export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

/** A problem, ready to be sent as `application/problem+json`. */
export interface MessageProblem {
  /** Names the kind of problem; it leads nowhere. */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  /** What is wrong, what is allowed, what to do. */
  readonly detail: string;
  readonly code: MessageProblemCode;
}

/** That something is wrong. */
export interface Refused {
  readonly verified: false;
  readonly problem: MessageProblem;
}

/** A problem with its detail. */
export function problemOf(code: MessageProblemCode, detail: string): MessageProblem {
  return { type: `urn:problem-type:${code}`, ...MESSAGE_PROBLEMS[code], detail, code };
}

/** Carries a problem out of the depth; it never leaves this folder. */
export class MessageRefusal extends Error {
  readonly problem: MessageProblem;

  constructor(code: MessageProblemCode, detail: string) {
    super(detail);
    this.problem = problemOf(code, detail);
  }
}

/** Turns a refusal into a result. What else is thrown is a mistake of ours, or of the caller, and goes on. */
export function refusedBy(thrown: unknown): Refused {
  if (thrown instanceof MessageRefusal) return { verified: false, problem: thrown.problem };
  throw thrown;
}
