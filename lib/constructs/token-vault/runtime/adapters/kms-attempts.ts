import { type KeyFailure, KeyServiceError } from '../ports/key-service';

/** How long one question to KMS may take with all its attempts, in milliseconds. */
export const KEY_BUDGET = 1000;
/** How long one attempt may take: KMS answers within tens of milliseconds, so what takes longer is lost. */
const LONGEST_ATTEMPT = 400;
const MOST_ATTEMPTS = 3;
/** The longest pause after the first attempt; each further one may be twice as long. */
const FIRST_PAUSE = 50;

/** What asking again does not change. */
const REFUSALS: ReadonlySet<string> = new Set([
  'AccessDeniedException',
  'DisabledException',
  'IncorrectKeyException',
  'InvalidArnException',
  'InvalidCiphertextException',
  'InvalidKeyUsageException',
  // Pending deletion, among others.
  'KMSInvalidStateException',
  'NotFoundException',
]);
/** 400, and yet worth another attempt: too many requests, or a clock that is off, which the SDK sets by the answer. */
const PASSING: ReadonlySet<string> = new Set(['ThrottlingException', 'InvalidSignatureException']);

/** How it is waited, and how long: tests give their own. */
export interface Waiting {
  /** From 0 to below 1. */
  readonly random: () => number;
  readonly pause: (milliseconds: number) => Promise<void>;
}

/**
 * Asks KMS until it answers, at most three times and within its budget, with pauses of random length between: callers that
 * were turned away together must not come back together.
 *
 * @param ask sends one request, and ends it with the signal
 * @throws KeyServiceError and nothing else: what the SDK says goes no further
 */
export async function attempted<T>(
  ask: (signal: AbortSignal) => Promise<T>,
  { random, pause }: Waiting,
): Promise<T> {
  const budget = AbortSignal.timeout(KEY_BUDGET);
  for (let attempt = 1; ; attempt += 1) {
    const signal = AbortSignal.any([budget, AbortSignal.timeout(LONGEST_ATTEMPT)]);
    try {
      return await within(signal, ask(signal));
    } catch (failure) {
      const { kind, mayHelp } = judged(failure);
      if (!mayHelp || attempt === MOST_ATTEMPTS || budget.aborted) throw new KeyServiceError(kind);
    }
    await pause(random() * FIRST_PAUSE * 2 ** (attempt - 1));
    if (budget.aborted) throw new KeyServiceError('unavailable');
  }
}

/** The SDK looks at the signal only while it sends: credentials that do not come would not end. */
function within<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((done, failed) => {
    const end = () => failed(signal.reason);
    if (signal.aborted) end();
    signal.addEventListener('abort', end, { once: true });
    work.then(done, failed).finally(() => signal.removeEventListener('abort', end));
  });
}

/** What a failure is, and whether asking again may help: after no answer, a broken one, or one that blames the server. */
function judged(failure: unknown): { readonly kind: KeyFailure; readonly mayHelp: boolean } {
  if (failure instanceof KeyServiceError) return { kind: failure.failure, mayHelp: false };
  const { name, $metadata } = (failure ?? {}) as {
    readonly name?: unknown;
    readonly $metadata?: { readonly httpStatusCode?: unknown };
  };
  if (typeof name === 'string' && REFUSALS.has(name)) return { kind: 'refused', mayHelp: false };
  const status = $metadata?.httpStatusCode;
  const isCallersFault = typeof status === 'number' && status >= 400 && status < 500 && status !== 429;
  return { kind: 'unavailable', mayHelp: !isCallersFault || (typeof name === 'string' && PASSING.has(name)) };
}
