import type { PackRule } from '../packs/pack';

/** What says that something could not be judged, and what is said about exceptions: nobody switches it off. */
const FINAL: readonly PackRule['rule']['reads'][] = ['not-judged', 'waiver', 'acknowledgement'];

/** Whether a rule cannot be switched off. */
export function isFinal({ reads }: Pick<PackRule['rule'], 'reads'>): boolean {
  return FINAL.includes(reads);
}
