import type { View } from '../../../lib/constructs/token-vault/runtime/core/record';
import type {
  BranchKeyRow,
  ClosedTokenRow,
  FingerprintRow,
  Store,
  SubjectRow,
  TokenRow,
  WrappedKey,
} from '../../../lib/constructs/token-vault/runtime/ports/store';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

/** The tables of a vault as maps, which tests look into, copy and restore. */
export interface Tables {
  readonly tokens: Map<string, TokenRow | ClosedTokenRow>;
  readonly fingerprints: Map<string, FingerprintRow>;
  readonly subjects: Map<string, SubjectRow>;
  readonly branchKeys: Map<string, BranchKeyRow>;
  readonly newest: Map<string, number>;
  mark: string | undefined;
}

export function emptyTables(): Tables {
  return {
    tokens: new Map(),
    fingerprints: new Map(),
    subjects: new Map(),
    branchKeys: new Map(),
    newest: new Map(),
    mark: undefined,
  };
}

/** A copy as of now, as a restore to a point in time gives it. */
export function copyOf(tables: Tables): Tables {
  return {
    tokens: new Map(tables.tokens),
    fingerprints: new Map(tables.fingerprints),
    subjects: new Map(tables.subjects),
    branchKeys: new Map(tables.branchKeys),
    newest: new Map(tables.newest),
    mark: tables.mark,
  };
}

/** A store in memory: what each method promises, and no more. */
export class MemoryStore implements Store {
  constructor(readonly tables: Tables = emptyTables()) {}

  async tokens(indexes: readonly Uint8Array[]) {
    return indexes.map((index) => this.tables.tokens.get(hex(index)));
  }

  async putTokens(rows: readonly TokenRow[]) {
    for (const row of rows) this.tables.tokens.set(hex(row.index), row);
    return [];
  }

  async addToken(row: TokenRow) {
    return add(this.tables.tokens, hex(row.index), row);
  }

  async closeToken(index: Uint8Array, now: number) {
    const stands = this.tables.tokens.get(hex(index));
    if (stands === undefined || 'closed' in stands) return false;
    this.tables.tokens.set(hex(index), { index, closed: now });
    return true;
  }

  async fingerprints(indexes: readonly Uint8Array[]) {
    return indexes.map((index) => this.tables.fingerprints.get(hex(index)));
  }

  async putFingerprint(row: FingerprintRow, instead?: Uint8Array) {
    const stands = this.tables.fingerprints.get(hex(row.index));
    const isExpected =
      stands === undefined || (instead !== undefined && hex(stands.sealedToken) === hex(instead));
    if (isExpected) this.tables.fingerprints.set(hex(row.index), row);
    return isExpected;
  }

  async subjects(tenant: string, subjects: readonly Uint8Array[]) {
    return subjects.map((subject) => this.tables.subjects.get(`${tenant} ${hex(subject)}`));
  }

  async addSubject(row: SubjectRow) {
    return add(this.tables.subjects, `${row.tenant} ${hex(row.subject)}`, row);
  }

  async eraseSubject(tenant: string, subject: Uint8Array, now: number) {
    const name = `${tenant} ${hex(subject)}`;
    const stands = this.tables.subjects.get(name);
    if (stands?.erased !== undefined) return true;
    if (stands?.heldUntil !== undefined && stands.heldUntil > now) return false;
    this.tables.subjects.set(name, { tenant, subject, erased: now });
    return true;
  }

  async holdSubject(tenant: string, subject: Uint8Array, until: number | undefined) {
    const name = `${tenant} ${hex(subject)}`;
    const stands = this.tables.subjects.get(name);
    if (stands === undefined || stands.erased !== undefined) return false;
    const { heldUntil: _, ...rest } = stands;
    this.tables.subjects.set(name, until === undefined ? rest : { ...rest, heldUntil: until });
    return true;
  }

  async rewrapSubject({ tenant, subject }: SubjectRow, view: View, before: number, after: WrappedKey) {
    const name = `${tenant} ${hex(subject)}`;
    const stands = this.tables.subjects.get(name);
    if (stands?.keys === undefined || stands.keys[view].branchVersion !== before) return false;
    this.tables.subjects.set(name, { ...stands, keys: { ...stands.keys, [view]: after } });
    return true;
  }

  async *subjectsOf(tenant: string) {
    for (const row of [...this.tables.subjects.values()])
      if (row.tenant === tenant && row.erased === undefined) yield row;
  }

  async newestBranchKey(tenant: string, view: View) {
    const version = this.tables.newest.get(`${view} ${tenant}`);
    return version === undefined ? undefined : this.branchKey(tenant, view, version);
  }

  async branchKey(tenant: string, view: View, version: number) {
    return this.tables.branchKeys.get(`${view} ${version} ${tenant}`);
  }

  async addBranchKey(row: BranchKeyRow) {
    const { tenant, view, version } = row;
    if (!add(this.tables.branchKeys, `${view} ${version} ${tenant}`, row)) return false;
    const name = `${view} ${tenant}`;
    this.tables.newest.set(name, Math.max(version, this.tables.newest.get(name) ?? 0));
    return true;
  }

  async restoreMark() {
    return this.tables.mark;
  }

  async setRestoreMark(mark: string) {
    this.tables.mark = mark;
  }
}

function add<T>(map: Map<string, T>, name: string, row: T): boolean {
  if (map.has(name)) return false;
  map.set(name, row);
  return true;
}
