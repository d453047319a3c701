import { createTokens } from '../../../lib/constructs/token-vault/runtime/app/create';
import type { CreateItem } from '../../../lib/constructs/token-vault/runtime/app/create-item';
import { eraseSubject } from '../../../lib/constructs/token-vault/runtime/app/erase';
import { type RevealCall, revealTokens } from '../../../lib/constructs/token-vault/runtime/app/reveal';
import { VIEWS } from '../../../lib/constructs/token-vault/runtime/app/subjects';
import type { Vault, VaultProps } from '../../../lib/constructs/token-vault/runtime/app/vault';
import { DERIVED_KEYS } from '../../../lib/constructs/token-vault/runtime/core/identity';
import type { BranchKeyRow } from '../../../lib/constructs/token-vault/runtime/ports/store';
import { copyOf, emptyTables, MemoryStore, type Tables } from './memory-store';
import { CALLER, MemoryKeys, memoryVault } from './memory-vault';
import {
  allSchedules,
  branchKeysOf,
  type Operation,
  type Outcome,
  oneSchedule,
  type Step,
  stepping,
} from './schedules';

export const CARD = '4111111111111111';
export const READ: RevealCall = { caller: CALLER, requestId: 'r', view: 'full', purpose: 'test' };

export type World = ReturnType<typeof memoryVault>;
/** @param prepared what was there before */
export type Make = (vault: Vault, prepared?: unknown) => Promise<unknown>;
export type Judge = (outcome: Outcome<World>, prepared: unknown) => Promise<string | undefined>;

export const tokenize = (item: Partial<CreateItem> = {}, idempotencyKey?: string): Make => {
  return async (vault) => {
    const [made] = await createTokens(
      vault,
      { caller: CALLER, mayLookUp: true, ...(idempotencyKey === undefined ? {} : { idempotencyKey }) },
      [{ type: 'card-number', value: CARD, ...item }],
    );
    return made;
  };
};
export const erase: Make = (vault) => eraseSubject(vault, { caller: CALLER, requestId: 'r' }, 'ann');
export const reveal: Make = async (vault, prepared) => {
  const [read] = await revealTokens(vault, READ, [tokenIn(prepared) ?? '']);
  return read;
};

/** The token that an operation gave. */
export function tokenIn(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !('token' in value)) return undefined;
  return typeof value.token === 'string' ? value.token : undefined;
}

export function isRevealed(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'value' in value;
}

/** As in DynamoDB, where a branch key and the note of which is newest are two writes. */
class TwoWrites extends MemoryStore {
  constructor(
    tables: Tables,
    private readonly between: (view: string) => Promise<void>,
  ) {
    super(tables);
  }

  override async addBranchKey(row: BranchKeyRow) {
    const name = `${row.view} ${row.version} ${row.tenant}`;
    const isAdded = !this.tables.branchKeys.has(name);
    if (isAdded) this.tables.branchKeys.set(name, row);
    await this.between(row.view);
    const newest = `${row.view} ${row.tenant}`;
    this.tables.newest.set(newest, Math.max(row.version, this.tables.newest.get(newest) ?? 0));
    return isAdded;
  }
}

/** How operations begin. */
export interface Exploration {
  readonly makes: readonly Make[];
  readonly prepare?: Make;
  readonly judge?: Judge;
  /** Nobody made a branch key before. */
  readonly cold?: boolean;
  /** What the tables are restored from before the operations begin: as they were before `prepare`, or after a part of it. */
  readonly props?: Partial<VaultProps>;
  /** The tables at the start, made of those after `prepare`. */
  readonly tables?: (after: Tables, prepared: unknown) => Tables;
  /** Some orders in place of all: each a list of choices. */
  readonly sample?: readonly (readonly number[])[];
}

/**
 * Operations at once, each of its own Lambda sandbox, on the same tables and ledger. Unless they begin cold, their keys
 * are warm: making branch keys is a race of its own.
 */
export async function explored({
  makes,
  prepare = async () => undefined,
  judge = promiseBroken,
  cold = false,
  props = {},
  tables = (after) => after,
  sample,
}: Exploration) {
  const keys = new MemoryKeys();
  const first = memoryVault({ keys });
  if (!cold) await tokenize({ subject: 'warm' })(first.vault);
  const prepared = await prepare(first.vault);
  const start = copyOf(cold ? emptyTables() : tables(first.store.tables, prepared));
  const broken: string[] = [];
  const make = async () => {
    const store = new MemoryStore(copyOf(start));
    const shared = memoryVault({ keys, store, ledger: [...first.ledger] }, props);
    const operations = await Promise.all(
      makes.map((each) => operationOf(each, shared, prepared, { cold, props })),
    );
    return { shared, operations };
  };
  const check = async (outcome: Outcome<World>) => {
    const problem = await judge(outcome, prepared);
    if (problem !== undefined && broken.length < 3) broken.push(`${problem}: ${outcome.schedule.join(' ')}`);
  };
  if (sample === undefined) return { count: await allSchedules<World>(make, check), broken };
  const seen = new Set<string>();
  for (const choices of sample) {
    let at = 0;
    const pick = (below: number) => (choices[at++ % choices.length] ?? 0) % Math.max(below, 1);
    const outcome = await oneSchedule<World>(make, pick);
    if (seen.has(outcome.schedule.join())) continue;
    seen.add(outcome.schedule.join());
    await check(outcome);
  }
  return { count: seen.size, broken };
}

async function operationOf(
  make: Make,
  shared: World,
  prepared: unknown,
  { cold, props }: { readonly cold: boolean; readonly props: Partial<VaultProps> },
): Promise<Operation> {
  let step: Step = async () => undefined;
  const raise = (view: string) => step({ rows: [branchKeysOf(view)], writes: true });
  const own = new TwoWrites(shared.store.tables, raise);
  const store = stepping(own, (footprint) => step(footprint));
  const { ledger } = shared.vault.props;
  const { vault } = memoryVault(shared, {
    store,
    ledger: {
      append: async (entry) => {
        await step({ rows: ['ledger'], writes: true });
        return ledger.append(entry);
      },
      async *entries() {
        await step({ rows: ['ledger'], writes: false });
        yield* ledger.entries();
      },
    },
    ...props,
  });
  for (const key of DERIVED_KEYS) await vault.derived(key);
  if (!cold) for (const view of VIEWS) await vault.branchKeys.newest('shop', view);
  return (given) => {
    step = given;
    return make(vault, prepared);
  };
}

/** What must hold when all have ended or crashed; the first promise that does not. */
export const promiseBroken: Judge = async ({ shared: world, results }, prepared) => {
  const { subjects, tokens: rows } = world.store.tables;
  const ann = Buffer.from(await world.vault.subjectOf('shop', 'ann')).toString('hex');
  const isErased = subjects.get(`shop ${ann}`)?.erased !== undefined;
  // A deletion that stopped may have taken one of them away and not the other.
  const mayBeGone =
    [...subjects.values()].some(({ erased }) => erased !== undefined) ||
    [...rows.values()].some((row) => 'closed' in row);
  const failure = results.find((result) => result !== undefined && 'error' in result);
  if (failure !== undefined && 'error' in failure) return `failed with ${String(failure.error)}`;
  const given = [
    prepared,
    ...results.map((result) => (result !== undefined && 'value' in result ? result.value : undefined)),
  ];
  const tokens = new Set(given.flatMap((value) => tokenIn(value) ?? []));
  for (const view of VIEWS) {
    for (const token of tokens) {
      const [read] = await revealTokens(world.vault, { ...READ, view }, [token]);
      if (read === undefined) return 'no answer';
      if ('value' in read && view === 'full' && read.value !== CARD) return 'another value';
      if ('value' in read && isErased) return 'a token resolves after the erasure';
      if ('problem' in read && !(mayBeGone && read.problem === 'token_gone'))
        return `a token is lost: ${read.problem}`;
    }
  }
  const live = [...rows.values()].flatMap((row) => {
    if ('closed' in row || row.fingerprint === undefined) return [];
    const owner = Buffer.from(row.subject).toString('hex');
    const isLive = subjects.get(`shop ${owner}`)?.keys !== undefined;
    return isLive ? [Buffer.from(row.fingerprint).toString('hex')] : [];
  });
  if (new Set(live).size !== live.length) return 'two live tokens have one fingerprint';
  return undefined;
};

/** As another judge, after whoever asks afterwards has completed what a crash left. */
export const completedBy =
  (make: Make, judge: Judge = promiseBroken): Judge =>
  async (outcome, prepared) => {
    const again = { value: await make(outcome.shared.vault, prepared) };
    return judge({ ...outcome, results: [...outcome.results, again] }, prepared);
  };
