import type { DerivedKey } from '../core/identity';
import { type KeyService, KeyServiceError } from '../ports/key-service';
import { BRANCH_KEY_LIFE, KEY_RETRY, LONGEST_LIFE } from './branch-keys';

interface Kept {
  readonly key: Uint8Array;
  readonly since: number;
  /** Until when it serves without a question. */
  readonly freshUntil: number;
}

/**
 * The keys that are derived in KMS, in memory for a while, each asked for once however many wait for it. Where KMS cannot
 * be reached they serve as long as branch keys do: one without the other would be of no use.
 */
export class DerivedKeys {
  readonly #kept = new Map<DerivedKey, Kept>();
  readonly #asked = new Map<DerivedKey, Promise<Uint8Array>>();

  /** @param now in milliseconds since 1970 */
  constructor(
    private readonly keys: KeyService,
    private readonly now: () => number,
  ) {}

  async of(name: DerivedKey): Promise<Uint8Array> {
    const known = this.#kept.get(name);
    if (known !== undefined && this.now() < known.freshUntil) return known.key;
    const asked = this.#asked.get(name) ?? this.#ask(name);
    this.#asked.set(name, asked);
    try {
      return await asked;
    } finally {
      // A failure is not kept: who comes next asks again.
      if (this.#asked.get(name) === asked) this.#asked.delete(name);
    }
  }

  async #ask(name: DerivedKey): Promise<Uint8Array> {
    try {
      const key = await this.keys.derive(name);
      const since = this.now();
      this.#kept.set(name, { key, since, freshUntil: since + BRANCH_KEY_LIFE });
      return key;
    } catch (failure) {
      const known = this.#kept.get(name);
      const mayServe = failure instanceof KeyServiceError && failure.failure === 'unavailable';
      const longest = (known?.since ?? 0) + LONGEST_LIFE;
      if (known === undefined || !mayServe || this.now() >= longest) {
        this.#kept.delete(name);
        throw failure;
      }
      this.#kept.set(name, { ...known, freshUntil: Math.min(this.now() + KEY_RETRY, longest) });
      return known.key;
    }
  }
}
