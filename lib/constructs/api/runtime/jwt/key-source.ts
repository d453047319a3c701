import { type SignatureKey, type SignatureKeys, signatureKeysOf } from './signature-keys';

/** How long keys that were fetched are taken without another look: a key that its issuer took back works for so long. */
export const FRESH_MILLISECONDS = 15 * 60_000;
/**
 * How long they are taken while the issuer does not answer. It gives out no tokens either then, and most of those that it
 * gave out have ended.
 */
export const USABLE_MILLISECONDS = 2 * 60 * 60_000;
/** At most one look in this time, whatever ids callers make up. */
export const LEAST_INTERVAL_MILLISECONDS = 30_000;
/** The same after a look that failed. */
export const LEAST_RETRY_MILLISECONDS = 5_000;

/** Why keys could not be fetched. */
export type FetchProblem = 'timeout' | 'connection' | 'status' | 'too-large' | 'no-keys';

/** Keys that could not be fetched; nothing of what a server sent stands in it. */
export class KeysNotFetched extends Error {
  /** @param cause the code of Node where it has one, such as `ECONNREFUSED` */
  constructor(
    readonly problem: FetchProblem,
    readonly detail?: string | number,
  ) {
    super('the keys of the issuer could not be fetched');
    this.name = 'KeysNotFetched';
  }
}

/** Where the key of a token comes from. */
export interface KeySource {
  /**
   * The key that has this id; undefined where the issuer has none.
   *
   * @throws KeysNotFetched where nobody knows
   */
  keyFor(keyId: string): Promise<SignatureKey | undefined>;
}

/** Keys that were deployed with the function: nothing is fetched. */
export function givenKeys({ byId }: SignatureKeys): KeySource {
  return { keyFor: async (keyId) => byId.get(keyId) };
}

/** Keys that the issuer publishes: fetched when they are first asked for, again in time, and for an id that is new. */
export class FetchedKeys implements KeySource {
  private byId: ReadonlyMap<string, SignatureKey> = new Map();
  private fetchedAt = Number.NEGATIVE_INFINITY;
  private triedAt = Number.NEGATIVE_INFINITY;
  private failure: KeysNotFetched | undefined;
  private running: Promise<void> | undefined;

  /**
   * @param fetch gets the text of the set
   * @param clock in milliseconds
   * @param onFailure is told of each fetch that failed, also while older keys are still taken
   */
  constructor(
    private readonly fetch: () => Promise<string>,
    private readonly clock: () => number,
    private readonly onFailure: (failure: KeysNotFetched) => void,
  ) {}

  async keyFor(keyId: string): Promise<SignatureKey | undefined> {
    if (this.age() >= FRESH_MILLISECONDS || !this.byId.has(keyId)) await this.look();
    if (this.age() >= USABLE_MILLISECONDS) throw this.failure ?? new KeysNotFetched('no-keys');
    const found = this.byId.get(keyId);
    // The key may be one of those that could not be fetched.
    if (found === undefined && this.failure !== undefined) throw this.failure;
    return found;
  }

  private age(): number {
    return this.clock() - this.fetchedAt;
  }

  private look(): Promise<void> {
    if (this.running !== undefined) return this.running;
    const interval = this.failure === undefined ? LEAST_INTERVAL_MILLISECONDS : LEAST_RETRY_MILLISECONDS;
    const since = this.clock() - this.triedAt;
    // A clock that was set back must not stop it.
    if (since >= 0 && since < interval) return Promise.resolve();
    this.triedAt = this.clock();
    this.running = this.read().finally(() => {
      this.running = undefined;
    });
    return this.running;
  }

  private async read(): Promise<void> {
    try {
      const keys = signatureKeysOf(await this.fetch());
      if (keys === undefined || keys.byId.size === 0) throw new KeysNotFetched('no-keys');
      this.byId = keys.byId;
      this.fetchedAt = this.clock();
      this.failure = undefined;
    } catch (thrown) {
      this.failure = thrown instanceof KeysNotFetched ? thrown : new KeysNotFetched('connection');
      this.onFailure(this.failure);
    }
  }
}
