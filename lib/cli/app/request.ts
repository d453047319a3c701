/** A command, and what it finds in its environment beside what is there. */
export interface Step {
  readonly command: string;
  readonly env: Readonly<Record<string, string>>;
}

/** What the command line asks its supervisor to run: `request.json`. */
export interface AppRequest {
  /** One after the other, as long as they succeed. */
  readonly steps: readonly Step[];
  readonly cwd: string;
  /** For all of them together, in seconds. */
  readonly timeLimit: number;
}

/** How it ended: `result.json`. */
export interface AppResult {
  /** The last command that ran, counted from 0. */
  readonly step: number;
  /** Its exit code, where it ended by itself. */
  readonly code?: number;
  /** What ended it, where it did not. */
  readonly signal?: string;
  /** Why it could not be started at all. */
  readonly cannotStart?: string;
  readonly isTimedOut: boolean;
  /** The last of what all of them printed. */
  readonly said: string;
  /** Whether there was more before. */
  readonly isCut: boolean;
}
