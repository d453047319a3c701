import type { DerivedKey } from '../core/identity';
import type { KeyService } from '../ports/key-service';
import { BRANCH_KEY_LIFE } from './branch-keys';

/** The keys that are derived in KMS, in memory for a while, each asked for once however many wait for it. */
export class DerivedKeys {
  readonly #kept = new Map<DerivedKey, { key: Promise<Uint8Array>; since: number }>();

  /** @param now in milliseconds since 1970 */
  constructor(
    private readonly keys: KeyService,
    private readonly now: () => number,
  ) {}

  async of(name: DerivedKey): Promise<Uint8Array> {
    const known = this.#kept.get(name);
    if (known !== undefined && this.now() - known.since < BRANCH_KEY_LIFE) return known.key;
    const asked = { key: this.keys.derive(name), since: this.now() };
    this.#kept.set(name, asked);
    try {
      return await asked.key;
    } catch (failure) {
      // A failure is not kept: who comes next asks again.
      if (this.#kept.get(name) === asked) this.#kept.delete(name);
      throw failure;
    }
  }
}
