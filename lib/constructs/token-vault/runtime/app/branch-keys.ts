import { KEY_BYTES } from '../core/key-derivation';
import type { View } from '../core/record';
import { type KeyService, KeyServiceError } from '../ports/key-service';
import type { BranchKeyRow, Store } from '../ports/store';

/** How long a branch key serves before KMS is asked again, in milliseconds: what was disabled there ends here. */
export const BRANCH_KEY_LIFE = 15 * 60 * 1000;
/** How long it serves at most where KMS cannot be reached. */
export const LONGEST_LIFE = 2 * BRANCH_KEY_LIFE;
/** How long KMS is left alone after it could not be reached, where a key may still serve: no call waits for it meanwhile. */
export const KEY_RETRY = 5000;
/** Two views of five hundred tenants; who was not asked for longest goes first. */
const MOST_KEYS = 1000;

/** What branch keys are made with. */
export interface BranchKeysProps {
  readonly vault: string;
  readonly keys: KeyService;
  readonly store: Store;
  /** In milliseconds since 1970. */
  readonly now: () => number;
}

/** A branch key, and which it is. */
export interface BranchKey {
  readonly version: number;
  readonly key: Uint8Array;
}

interface Kept {
  key: Uint8Array;
  since: number;
  /** Until when it serves without a question. */
  freshUntil: number;
}

/** Branch keys in memory, for a while and a bounded number, each asked of KMS once however many wait for it. */
export class BranchKeys {
  readonly #props: BranchKeysProps;
  readonly #kept = new Map<string, Kept>();
  readonly #newest = new Map<string, { row: BranchKeyRow; since: number }>();
  readonly #asked = new Map<string, Promise<Uint8Array>>();
  readonly #askedRows = new Map<string, Promise<BranchKeyRow>>();

  constructor(props: BranchKeysProps) {
    this.#props = props;
  }

  /** The newest branch key of a tenant; the first is made when it is asked for. */
  async newest(tenant: string, view: View): Promise<BranchKey> {
    const row = await this.#newestRow(tenant, view);
    return { version: row.version, key: await this.#keyOf(row) };
  }

  /** The branch key of a version. */
  async of(tenant: string, view: View, version: number): Promise<Uint8Array> {
    const fresh = this.#fresh(nameOf(tenant, view, version));
    if (fresh !== undefined) return fresh;
    const row = await this.#props.store.branchKey(tenant, view, version);
    // A key that is missing is as good as destroyed.
    if (row === undefined) throw new KeyServiceError('refused');
    return this.#keyOf(row);
  }

  /** A new version, which wraps from now on. */
  async rotate(tenant: string, view: View): Promise<number> {
    const before = await this.#props.store.newestBranchKey(tenant, view);
    const row = await this.#add(tenant, view, (before?.version ?? 0) + 1);
    this.#newest.set(`${view} ${tenant}`, { row, since: this.#props.now() });
    return row.version;
  }

  async #newestRow(tenant: string, view: View): Promise<BranchKeyRow> {
    const name = `${view} ${tenant}`;
    const known = this.#newest.get(name);
    const now = this.#props.now();
    if (known !== undefined && now - known.since < BRANCH_KEY_LIFE) return known.row;
    // The first calls of a new tenant come together: one of them makes its key.
    return shared(this.#askedRows, name, async () => {
      const found = await this.#props.store.newestBranchKey(tenant, view);
      const row = found ?? (await this.#add(tenant, view, 1));
      keep(this.#newest, name, { row, since: now });
      return row;
    });
  }

  /** Who comes second uses what the first one made. */
  async #add(tenant: string, view: View, version: number): Promise<BranchKeyRow> {
    const { vault, keys, store } = this.#props;
    const row = { tenant, view, version, wrapped: await keys.newBranchKey({ vault, tenant, view, version }) };
    if (await store.addBranchKey(row)) return row;
    const newest = await store.newestBranchKey(tenant, view);
    if (newest === undefined) throw new KeyServiceError('refused');
    return newest;
  }

  async #keyOf(row: BranchKeyRow): Promise<Uint8Array> {
    const name = nameOf(row.tenant, row.view, row.version);
    const fresh = this.#fresh(name);
    if (fresh !== undefined) return fresh;
    return shared(this.#asked, name, () => this.#ask(name, row));
  }

  async #ask(name: string, { tenant, view, version, wrapped }: BranchKeyRow): Promise<Uint8Array> {
    const { vault, keys, now } = this.#props;
    try {
      const key = await keys.unwrapBranchKey({ vault, tenant, view, version }, wrapped);
      if (key.length !== KEY_BYTES) throw new KeyServiceError('refused');
      const since = now();
      keep(this.#kept, name, { key, since, freshUntil: since + BRANCH_KEY_LIFE });
      return key;
    } catch (failure) {
      const known = this.#kept.get(name);
      const mayServe = failure instanceof KeyServiceError && failure.failure === 'unavailable';
      const longest = (known?.since ?? 0) + LONGEST_LIFE;
      if (known !== undefined && mayServe && now() < longest) {
        known.freshUntil = Math.min(now() + KEY_RETRY, longest);
        return known.key;
      }
      this.#kept.delete(name);
      throw failure;
    }
  }

  #fresh(name: string): Uint8Array | undefined {
    const known = this.#kept.get(name);
    if (known === undefined || this.#props.now() >= known.freshUntil) return undefined;
    // Asked for last, so that it goes last.
    this.#kept.delete(name);
    this.#kept.set(name, known);
    return known.key;
  }
}

function nameOf(tenant: string, view: View, version: number): string {
  return `${view} ${version} ${tenant}`;
}

/** Work that is done once, however many wait for it. */
async function shared<T>(running: Map<string, Promise<T>>, name: string, work: () => Promise<T>): Promise<T> {
  const found = running.get(name) ?? work();
  running.set(name, found);
  try {
    return await found;
  } finally {
    if (running.get(name) === found) running.delete(name);
  }
}

/**
 * Keeps what is newest. A key that goes is not overwritten with zeros: a call that runs may still hold it, and would then
 * seal under zeros.
 */
function keep<T>(kept: Map<string, T>, name: string, value: T): void {
  kept.delete(name);
  kept.set(name, value);
  const [oldest] = kept.keys();
  if (kept.size > MOST_KEYS && oldest !== undefined) kept.delete(oldest);
}
