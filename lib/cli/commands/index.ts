import type { Command } from '../command';
import { check } from './check';
import { diff } from './diff';
import { digest } from './digest';
import { explain } from './explain';
import { posture } from './posture';
import { preflight } from './preflight';
import { rules } from './rules';
import { statement } from './statement';

/** Every command, in the order of the help. */
export const COMMANDS: readonly Command[] = [
  check,
  diff,
  posture,
  preflight,
  statement,
  digest,
  explain,
  rules,
];
