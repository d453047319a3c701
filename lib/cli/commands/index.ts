import type { Command } from '../command';
import { certificates } from './certificates';
import { check } from './check';
import { diff } from './diff';
import { digest } from './digest';
import { explain } from './explain';
import { paymentPage } from './payment-page';
import { posture } from './posture';
import { preflight } from './preflight';
import { probe } from './probe';
import { rules } from './rules';
import { statement } from './statement';
import { trail } from './trail';

/** Every command, in the order of the help. */
export const COMMANDS: readonly Command[] = [
  check,
  diff,
  posture,
  preflight,
  statement,
  certificates,
  probe,
  paymentPage,
  trail,
  digest,
  explain,
  rules,
];
