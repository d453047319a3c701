/** What goes wrong with an answer. */
export type FaultKind =
  /** There is none, and the connection stays open. */
  | 'hang'
  /** `KMSInternalException`, 500. */
  | 'internal'
  /** `ThrottlingException`. */
  | 'throttle'
  /** Half of it, then the connection ends. */
  | 'cut'
  /** The connection ends at once. */
  | 'reset'
  /** It is not one of KMS: a page of something between. */
  | 'page';

interface Fault {
  readonly kind: FaultKind;
  readonly operation: string;
  left: number;
}

/** What goes wrong next. */
export class Faults {
  readonly #waiting: Fault[] = [];
  /** How much later each answer comes, in milliseconds. */
  delay = 0;

  /**
   * @param operation such as `Decrypt`, or `*` for each
   * @param times how many requests meet it
   */
  add(kind: FaultKind, operation = '*', times = Number.POSITIVE_INFINITY): void {
    this.#waiting.push({ kind, operation, left: times });
  }

  /** All goes well again. */
  clear(): void {
    this.#waiting.length = 0;
    this.delay = 0;
  }

  /** The fault that a request meets; undefined where none does. */
  next(operation: string): FaultKind | undefined {
    const found = this.#waiting.find(
      (fault) => fault.left > 0 && (fault.operation === '*' || fault.operation === operation),
    );
    if (found !== undefined) found.left -= 1;
    return found?.kind;
  }
}
