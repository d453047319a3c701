import type { EncryptionContext } from './request-fields';

/** A request and what came of it: as CloudTrail records it, without what was asked to be encrypted or signed. */
export interface LoggedCall {
  readonly operation: string;
  /** In milliseconds since 1970. */
  readonly at: number;
  /** The ARN of who asked; undefined where it is not known. */
  readonly principal?: string;
  readonly keyId?: string;
  readonly context?: EncryptionContext;
  /** The name of the error or of the fault; undefined where all went well. */
  readonly error?: string;
}

/** Older ones go: a vault that runs for days must not fill its memory. */
const MOST_CALLS = 100_000;

/** What was asked, to be counted. */
export class CallLog {
  readonly #calls: LoggedCall[] = [];
  readonly #running = new Map<string, number>();
  readonly #counts = new Map<string, number>();
  /** The most requests at one time that asked for the same. */
  mostAlike = 0;

  get calls(): readonly LoggedCall[] {
    return this.#calls;
  }

  /** How often each operation was asked for. */
  get counts(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#counts);
  }

  /** How often anything was asked for. */
  get total(): number {
    return [...this.#counts.values()].reduce((sum, count) => sum + count, 0);
  }

  add(call: LoggedCall): void {
    this.#calls.push(call);
    if (this.#calls.length > MOST_CALLS) this.#calls.shift();
    this.#counts.set(call.operation, (this.#counts.get(call.operation) ?? 0) + 1);
  }

  /** Counts from zero again. */
  clear(): void {
    this.#calls.length = 0;
    this.#counts.clear();
    this.mostAlike = 0;
  }

  /** A request runs, until what is given back is called. */
  begin(sameness: string): () => void {
    const running = (this.#running.get(sameness) ?? 0) + 1;
    this.#running.set(sameness, running);
    this.mostAlike = Math.max(this.mostAlike, running);
    return () => {
      const left = (this.#running.get(sameness) ?? 1) - 1;
      if (left === 0) this.#running.delete(sameness);
      else this.#running.set(sameness, left);
    };
  }
}
