import type { Command } from '../command';
import { check } from './check';
import { explain } from './explain';
import { posture } from './posture';
import { rules } from './rules';

/** Every command, in the order of the help. */
export const COMMANDS: readonly Command[] = [check, posture, explain, rules];
