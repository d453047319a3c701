import type { WaiverProblem } from '../../core/waivers';
import type { Resource } from '../template';

/** A waiver, with what it covers: known only when every other rule has run. */
export interface WaiverFact {
  readonly fact: 'waiver';
  readonly resource: Resource;
  readonly incomplete: readonly WaiverProblem[];
  readonly broad: readonly WaiverProblem[];
  /** Its last day; absent where it does not say one. */
  readonly expires: string | undefined;
  /** Which one it is, in words: the rule, and what it covers. */
  readonly about: string;
  /** What it does: findings that it covers, findings that something else covers already, or nothing. */
  readonly use: WaiverUse;
  readonly region: string | undefined;
  readonly when: string | undefined;
}

/** What a waiver is good for. */
export type WaiverUse =
  | { readonly is: 'used' }
  /** Why it covers nothing. */
  | { readonly is: 'unused'; readonly got: string }
  /** Why nobody here can tell. */
  | { readonly is: 'unknown'; readonly why: string }
  /** A pack of cdk-nag runs by itself: it does not tell us what it finds. */
  | { readonly is: 'elsewhere' };

/** An acknowledgement of CDK's own kind: an id and a reason, without an owner or an end. */
export interface AcknowledgementFact {
  readonly fact: 'acknowledgement';
  readonly resource: Resource;
  /** As it was given. */
  readonly id: string;
  /** What it does where it is not qualified by its pack; absent where it is. */
  readonly bare: { readonly effect: 'none' | 'erases'; readonly qualified: string } | undefined;
  /** What it stands on. */
  readonly on: 'app' | 'stage' | 'construct';
  /** Whether a hook made it that any module can set, before a line of the app ran. */
  readonly byHook: boolean;
  readonly region: string | undefined;
  readonly when: string | undefined;
}
