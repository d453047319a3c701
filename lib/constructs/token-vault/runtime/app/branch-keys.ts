import { KEY_BYTES } from '../core/key-derivation';
import type { View } from '../core/record';
import { type KeyService, KeyServiceError } from '../ports/key-service';
import type { BranchKeyRow, Store } from '../ports/store';

/** How long a branch key serves before KMS is asked again, in milliseconds: what was disabled there ends here. */
export const BRANCH_KEY_LIFE = 15 * 60 * 1000;
/** How long it serves at most where KMS cannot be reached. */
const LONGEST_LIFE = 2 * BRANCH_KEY_LIFE;
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
}

/** Branch keys in memory, for a while and a bounded number, each asked of KMS once however many wait for it. */
export class BranchKeys {
  readonly #props: BranchKeysProps;
  readonly #kept = new Map<string, Kept>();
  readonly #newest = new Map<string, { row: BranchKeyRow; since: number }>();
  readonly #asked = new Map<string, Promise<Uint8Array>>();

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
    const found = await this.#props.store.newestBranchKey(tenant, view);
    const row = found ?? (await this.#add(tenant, view, 1));
    keep(this.#newest, name, { row, since: now });
    return row;
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
    const asked = this.#asked.get(name) ?? this.#ask(name, row);
    this.#asked.set(name, asked);
    try {
      return await asked;
    } finally {
      if (this.#asked.get(name) === asked) this.#asked.delete(name);
    }
  }

  async #ask(name: string, { tenant, view, version, wrapped }: BranchKeyRow): Promise<Uint8Array> {
    const { vault, keys, now } = this.#props;
    try {
      const key = await keys.unwrapBranchKey({ vault, tenant, view, version }, wrapped);
      if (key.length !== KEY_BYTES) throw new KeyServiceError('refused');
      keep(this.#kept, name, { key, since: now() });
      return key;
    } catch (failure) {
      const known = this.#kept.get(name);
      const mayServe = failure instanceof KeyServiceError && failure.failure === 'unavailable';
      if (known !== undefined && mayServe && now() - known.since < LONGEST_LIFE) return known.key;
      this.#kept.delete(name);
      throw failure;
    }
  }

  #fresh(name: string): Uint8Array | undefined {
    const known = this.#kept.get(name);
    if (known === undefined || this.#props.now() - known.since >= BRANCH_KEY_LIFE) return undefined;
    // Asked for last, so that it goes last.
    this.#kept.delete(name);
    this.#kept.set(name, known);
    return known.key;
  }
}

function nameOf(tenant: string, view: View, version: number): string {
  return `${view} ${version} ${tenant}`;
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
