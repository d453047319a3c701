import type { Form } from './cases';
import type { Said } from './measure';

/** Whose answer is right where both differ, or that both are. */
export type Standing =
  | 'cdk-nag errs'
  | 'we ask for more'
  | 'cdk-nag asks for more'
  | 'AWS refuses it'
  | 'ours to mend';

/** Cases in which cdk-nag and we answer differently, and why. */
export interface Difference {
  /** `folder.Rule` in `rules` of cdk-nag; absent where it is so of every rule. */
  readonly theirs?: string;
  /** The forms in which it is so. @default - every form */
  readonly forms?: readonly Form[];
  /** By axis the names of values; an axis that is not named does not matter. */
  readonly where?: Readonly<Record<string, string | readonly string[]>>;
  /** What cdk-nag says, then we. */
  readonly says: readonly [theirs: Said, ours: Said];
  readonly standing: Standing;
  /** A sentence without a full stop. */
  readonly why: string;
  /** What says so, of AWS. */
  readonly source?: string;
}
