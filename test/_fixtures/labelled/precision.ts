import type { Measured } from './measure';

/** How much of what is said is right, and how much of what is wrong is said. */
export interface Precision {
  readonly right: number;
  readonly falseAlarms: number;
  readonly missed: number;
  /** Of what was said, the part that is right. */
  readonly precision: number;
  /** Of what is wrong, the part that was said. */
  readonly recall: number;
}

/** Counts over faults, such as `rule logicalId`, of those that are asked about. */
export function precisionOf(
  measured: readonly Pick<Measured, 'expected' | 'found'>[],
  isAsked: (fault: string) => boolean = () => true,
): Precision {
  let right = 0;
  let falseAlarms = 0;
  let missed = 0;
  for (const { expected, found } of measured) {
    for (const fault of [...found].filter(isAsked)) {
      if (expected.has(fault)) right += 1;
      else falseAlarms += 1;
    }
    missed += [...expected].filter((fault) => isAsked(fault) && !found.has(fault)).length;
  }
  return {
    right,
    falseAlarms,
    missed,
    precision: ratio(right, right + falseAlarms),
    recall: ratio(right, right + missed),
  };
}

/** The rule of a fault. */
export function ruleOf(fault: string): string {
  return fault.split(' ')[0] as string;
}

/** Where nothing was asked, nothing was wrong. Four digits, so that figures can be compared as text. */
function ratio(part: number, whole: number): number {
  return whole === 0 ? 1 : Math.round((part / whole) * 10_000) / 10_000;
}
