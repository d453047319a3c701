/**
 * What is known after a question to a server. `refused` is said by the server alone: silence is `no answer`, and an
 * answer from which nothing follows `cannot tell`.
 */
export type Verdict = 'accepted' | 'refused' | 'no answer' | 'cannot tell';

/** A verdict, and why. */
export interface Told {
  readonly verdict: Verdict;
  /** What the server did, as in: the server …. */
  readonly detail?: string;
}
