import type { Stack } from 'aws-cdk-lib';

/** Code that shows how rules are kept: which of them, the documentation finds out by judging what it makes. */
export interface PassingCode {
  /** What it is, as a heading. */
  readonly title: string;
  /** The file below `examples/passing`. */
  readonly file: string;
  /** The region of it that a reader copies. */
  readonly sample: string;
  readonly build: (stack: Stack) => void;
  /** @default eu-west-1 */
  readonly region?: string;
}

/** The samples of one file, by heading; each function is called as the region within it is. */
export function samplesOf(
  file: string,
  samples: Readonly<Record<string, Readonly<Record<string, PassingCode['build']>>>>,
  region?: string,
): readonly PassingCode[] {
  return Object.entries(samples).flatMap(([title, named]) =>
    Object.entries(named).map(([sample, build]) => ({
      title,
      file,
      sample,
      build,
      ...(region === undefined ? {} : { region }),
    })),
  );
}
