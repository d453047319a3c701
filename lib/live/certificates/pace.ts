/**
 * Lets so many go in a second, and as many at once in the beginning.
 *
 * AWS shares a quota among everything in an account: who waits to be throttled makes deployments wait too.
 */
export class Pace {
  readonly #perSecond: number;
  #free: number;
  #at: number;

  /** @param perSecond more than 0; without end where nothing is to wait */
  constructor(perSecond: number) {
    this.#perSecond = perSecond;
    this.#free = Math.max(1, perSecond);
    this.#at = performance.now();
  }

  /** Returns when it is this caller's turn; the first who asked is the first who goes. */
  async turn(): Promise<void> {
    if (this.#perSecond === Number.POSITIVE_INFINITY) return;
    const now = performance.now();
    const gained = ((now - this.#at) / 1000) * this.#perSecond;
    this.#free = Math.min(Math.max(1, this.#perSecond), this.#free + gained) - 1;
    this.#at = now;
    // Whoever comes while nothing is free owes it: the debt tells how long the wait is.
    if (this.#free >= 0) return;
    await new Promise((resolve) => setTimeout(resolve, (-this.#free / this.#perSecond) * 1000));
  }
}

/** Does something that does not fail with every item, a few at a time. */
export async function inParallel<T>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async () => {
    for (let at = next++; at < items.length; at = next++) await work(items[at] as T);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
}
