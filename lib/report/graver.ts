import { LEVELS } from '../judge/packs/pack';
import type { FindingView } from './view';

/** How grave something is. */
type Gravity = Pick<FindingView, 'level' | 'verdict'>;

/** Whether something is graver now: what could not be told and is a violation is, whatever its level. */
export function isGraver(now: Gravity, before: Gravity): boolean {
  if (before.verdict === 'unknown' && now.verdict === 'violation') return true;
  return LEVELS.indexOf(now.level) < LEVELS.indexOf(before.level);
}
