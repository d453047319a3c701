import { randomBytes } from 'node:crypto';
import type { ErasureEntry, ErasureLedger } from '../ports/erasure-ledger';
import { StoreError } from '../ports/store';

/** An object of the ledger: its first version, whatever was written over it or deleted since. */
export interface LedgerObject {
  readonly key: string;
  readonly version: string;
}

/** A bucket with versions and Object Lock, as the ledger needs it. */
export interface LedgerObjects {
  /** Writes an object where none stands; says whether it did. */
  put(key: string, body: Uint8Array): Promise<boolean>;
  /** All objects whose key comes after this one, in the order of their keys. */
  list(after: string): AsyncIterable<LedgerObject>;
  get(object: LedgerObject): Promise<Uint8Array>;
}

const PREFIX = 'erasures/';
/** How many objects are read at one time. */
const AT_ONCE = 32;
/** Up to the year 5138. */
const TIME_DIGITS = 14;
const MOST_TRIES = 3;

/**
 * The ledger of erasures in S3: one object for each entry, whose key begins with its time, so that S3 lists them in order.
 *
 * Object Lock keeps versions; it does not stop who may write from putting another one over an object, or a delete marker
 * (S3 user guide, "How S3 Object Lock works"). So the first version of each key is the entry, and markers are nothing.
 *
 * Entries of one function instance have the order in which they were appended. Between instances the order is that of
 * their clocks, which Lambda keeps within milliseconds: it matters only where a withdrawal and another erasure of the
 * same subject are made at the same instant.
 */
export class S3ErasureLedger implements ErasureLedger {
  #last = 0;

  /** @param now in milliseconds since 1970 */
  constructor(
    private readonly objects: LedgerObjects,
    private readonly now: () => number,
  ) {}

  append(entry: ErasureEntry): Promise<void> {
    return guarded(async () => {
      const body = bytesOf(entry);
      for (let tries = 0; tries < MOST_TRIES; tries += 1) {
        this.#last = Math.max(this.now(), this.#last + 1);
        const key = `${PREFIX}${String(this.#last).padStart(TIME_DIGITS, '0')}-${randomBytes(8).toString('hex')}`;
        if (await this.objects.put(key, body)) return;
        // Most likely ours: it was written, and the answer was lost. Whatever it is, it must not be taken for the entry.
        if (await this.#stands(key, body)) return;
      }
      throw new StoreError();
    });
  }

  async *entries(): AsyncIterable<ErasureEntry> {
    let page: LedgerObject[] = [];
    const objects = this.objects.list(PREFIX)[Symbol.asyncIterator]();
    for (;;) {
      const { value, done } = await guarded(() => objects.next());
      if (done !== true) page.push(value);
      if (done === true || page.length === AT_ONCE) {
        const wanted = page;
        yield* await guarded(() => Promise.all(wanted.map((object) => this.#entry(object))));
        page = [];
      }
      if (done === true) return;
    }
  }

  async #entry(object: LedgerObject): Promise<ErasureEntry> {
    return entryOf(await this.objects.get(object));
  }

  async #stands(key: string, body: Uint8Array): Promise<boolean> {
    for await (const object of this.objects.list(key.slice(0, -1))) {
      if (object.key !== key) continue;
      return Buffer.compare(await this.objects.get(object), body) === 0;
    }
    return false;
  }
}

function bytesOf({ tenant, subject, token, erased, withdrawn }: ErasureEntry): Buffer {
  const entry = {
    format: 1,
    tenant,
    subject: textOf(subject),
    ...(token === undefined ? {} : { token: textOf(token) }),
    erased,
    withdrawn,
  };
  return Buffer.from(JSON.stringify(entry), 'utf8');
}

/** Reads an entry; what cannot be read must not be left out, since a replay would then bring somebody back. */
function entryOf(body: Uint8Array): ErasureEntry {
  const value: unknown = JSON.parse(Buffer.from(body).toString('utf8'));
  const { format, tenant, subject, token, erased, withdrawn } = (value ?? {}) as Record<string, unknown>;
  if (format !== 1 || typeof tenant !== 'string' || typeof withdrawn !== 'boolean') throw new StoreError();
  if (typeof erased !== 'number' || !Number.isSafeInteger(erased)) throw new StoreError();
  return {
    tenant,
    subject: hashOf(subject),
    ...(token === undefined ? {} : { token: hashOf(token) }),
    erased,
    withdrawn,
  };
}

function textOf(hash: Uint8Array): string {
  return Buffer.from(hash).toString('base64url');
}

/** A hash of 32 bytes. */
function hashOf(text: unknown): Uint8Array {
  if (typeof text !== 'string' || !/^[\w-]{43}$/.test(text)) throw new StoreError();
  return new Uint8Array(Buffer.from(text, 'base64url'));
}

/** Whatever went wrong, no word of the SDK goes further. */
async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch {
    throw new StoreError();
  }
}
