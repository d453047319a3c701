/**
 * What can go wrong, as callers see it (RFC 9457). A problem says what to do, and never repeats what was sent.
 */
export const PROBLEMS = {
  invalid_request: { status: 400, title: 'The request does not fit its schema' },
  forbidden: { status: 403, title: 'The caller may not do this' },
  route_not_found: { status: 404, title: 'There is no such route' },
  subject_not_found: { status: 404, title: 'There is no such subject' },
  token_not_found: { status: 404, title: 'There is no such token' },
  idempotency_conflict: { status: 409, title: 'The idempotency key was used for something else' },
  subject_erased: { status: 409, title: 'The subject was erased: data needs a new subject' },
  token_gone: { status: 410, title: 'The token was erased or has ended' },
  too_large: { status: 413, title: 'The request is too large' },
  unsupported_media_type: { status: 415, title: 'A body must be application/json' },
  invalid_value: { status: 422, title: 'The value does not fit its type' },
  format_exhausted: { status: 422, title: 'No card-like token is free: use a random one' },
  legal_hold: { status: 423, title: 'The subject must not be erased yet' },
  throttled: { status: 429, title: 'Too many requests: try again later' },
  internal_error: { status: 500, title: 'The vault failed: nothing was given out' },
  key_unavailable: { status: 503, title: 'A key cannot be used now: try again later' },
  store_unavailable: { status: 503, title: 'The store cannot be reached now: try again later' },
  restore_pending: { status: 503, title: 'A restored table waits for the ledger of erasures' },
} as const satisfies Record<string, { readonly status: number; readonly title: string }>;

/** A stable name for one kind of problem. */
export type ProblemCode = keyof typeof PROBLEMS;

/** What happened to one item of a batch. */
export type ItemResult<T> = T | { readonly problem: ProblemCode };

/** Ends a whole call. It holds a code, and nothing of the call. */
export class ProblemError extends Error {
  /**
   * @param code the kind of problem
   * @param detail what does not fit, in words of ours: never what was sent
   */
  constructor(
    readonly code: ProblemCode,
    readonly detail?: string,
  ) {
    super(code);
    this.name = 'ProblemError';
  }
}

/** Whether an item failed. */
export function failed<T extends object>(result: ItemResult<T>): result is { readonly problem: ProblemCode } {
  return 'problem' in result;
}
