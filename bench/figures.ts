/** One figure of a benchmark: what `--json` prints, one line each. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What the value is compared with, measured in the same run on the same work. */
  readonly rival?: string;
  /** The value divided by the rival's: below 1 is better. */
  readonly ratio?: number;
}

/** Prints figures: a table for people, JSON lines for programs. */
export function print(figures: readonly Figure[], json: boolean): void {
  for (const figure of figures) {
    if (json) {
      console.log(JSON.stringify(figure));
      continue;
    }
    const { name, value, unit, rival, ratio } = figure;
    const compared = rival === undefined || ratio === undefined ? '' : `  ${ratio.toFixed(3)} x ${rival}`;
    console.log(`${name.padEnd(58)}${String(round(value)).padStart(9)} ${unit.padEnd(4)}${compared}`);
  }
}

/** The middle of several runs: this machine is noisy. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

/** Three significant digits: the fourth is noise. */
export function round(value: number): number {
  return Number(value.toPrecision(3));
}
