import { createTokens } from '../../../../../lib/constructs/token-vault/runtime/app/create';
import type { CreateItem } from '../../../../../lib/constructs/token-vault/runtime/app/create-item';
import { eraseSubject } from '../../../../../lib/constructs/token-vault/runtime/app/erase';
import { revealTokens } from '../../../../../lib/constructs/token-vault/runtime/app/reveal';
import { VIEWS } from '../../../../../lib/constructs/token-vault/runtime/app/subjects';
import { Vault } from '../../../../../lib/constructs/token-vault/runtime/app/vault';
import { DERIVED_KEYS } from '../../../../../lib/constructs/token-vault/runtime/core/identity';
import { copyOf, MemoryStore } from '../../../../_fixtures/vault/memory-store';
import { CALLER, MemoryKeys, memoryVault } from '../../../../_fixtures/vault/memory-vault';
import {
  allSchedules,
  type Operation,
  type Outcome,
  type Step,
  stepping,
} from '../../../../_fixtures/vault/schedules';

const CARD = '4111111111111111';
const READ = { caller: CALLER, requestId: 'r', view: 'full', purpose: 'test' } as const;

type World = ReturnType<typeof memoryVault>;
/** @param prepared what was there before */
type Make = (vault: Vault, prepared?: unknown) => Promise<unknown>;

const TENANT = { dedupe: 'tenant' } as const;
const LIKE = { ...TENANT, type: 'card-number-like' } as const;

const tokenize = (item: Partial<CreateItem> = {}, idempotencyKey?: string): Make => {
  return async (vault) => {
    const [made] = await createTokens(
      vault,
      { caller: CALLER, mayLookUp: true, ...(idempotencyKey === undefined ? {} : { idempotencyKey }) },
      [{ type: 'card-number', value: CARD, ...item }],
    );
    return made;
  };
};
const erase: Make = (vault) => eraseSubject(vault, { caller: CALLER, requestId: 'r' }, 'ann');

/**
 * Three operations at once, each of its own Lambda sandbox with warm keys, on the same tables. Branch keys are there:
 * making them is a race of its own.
 */
async function explored(
  makes: readonly Make[],
  prepare: Make = async () => undefined,
  judge: typeof promiseBroken = promiseBroken,
) {
  const keys = new MemoryKeys();
  const first = memoryVault({ keys });
  await tokenize({ subject: 'warm' })(first.vault);
  const prepared = await prepare(first.vault);
  const start = copyOf(first.store.tables);
  const broken: string[] = [];
  const count = await allSchedules<World>(
    async () => {
      const shared = memoryVault({ keys, store: new MemoryStore(copyOf(start)) });
      const operations = await Promise.all(
        makes.map(async (make): Promise<Operation> => {
          let step: Step = async () => undefined;
          const store = stepping(shared.store, (footprint) => step(footprint));
          const { vault } = memoryVault(shared, { store });
          for (const key of DERIVED_KEYS) await vault.derived(key);
          for (const view of VIEWS) await vault.branchKeys.newest('shop', view);
          return (given) => {
            step = given;
            return make(vault, prepared);
          };
        }),
      );
      return { shared, operations };
    },
    async (outcome) => {
      // Whoever asks afterwards completes what a crash left.
      const again = { value: await makes[0]?.(outcome.shared.vault, prepared) };
      const problem = await judge({ ...outcome, results: [...outcome.results, again] }, prepared);
      if (problem !== undefined && broken.length < 3)
        broken.push(`${problem}: ${outcome.schedule.join(' ')}`);
    },
  );
  return { count, broken };
}

/** What must hold when all have ended or crashed; the first promise that does not. */
async function promiseBroken(
  { shared: world, results }: Outcome<World>,
  prepared: unknown,
): Promise<string | undefined> {
  const erased = [...world.store.tables.subjects.values()].some(({ erased }) => erased !== undefined);
  const tokens = [{ value: prepared }, ...results].flatMap((result) =>
    result !== undefined && 'value' in result && isCreated(result.value) ? [result.value.token] : [],
  );
  for (const result of results)
    if (result !== undefined && 'error' in result) return `failed with ${String(result.error)}`;
  for (const token of new Set(tokens)) {
    const [read] = await revealTokens(world.vault, READ, [token]);
    if (read === undefined) return 'no answer';
    if ('value' in read && read.value !== CARD) return 'another value';
    if ('value' in read && erased) return 'a token resolves after the erasure';
    if ('problem' in read && !(erased && read.problem === 'token_gone'))
      return `a token is lost: ${read.problem}`;
  }
  const live = [...world.store.tables.tokens.values()].filter((row) => {
    if ('closed' in row || row.fingerprint === undefined) return false;
    const owner = Buffer.from(row.subject).toString('hex');
    return world.store.tables.subjects.get(`shop ${owner}`)?.keys !== undefined;
  });
  const places = live.map((row) =>
    'fingerprint' in row ? Buffer.from(row.fingerprint ?? []).toString('hex') : '',
  );
  if (new Set(places).size !== places.length) return 'two live tokens have one fingerprint';
  return undefined;
}

function isCreated(value: unknown): value is { readonly token: string } {
  return typeof value === 'object' && value !== null && 'token' in value;
}

const DEDUPE = { subject: 'ann', dedupe: 'subject' } as const;
const reveal: Make = async (vault, prepared) => {
  const [read] = await revealTokens(vault, READ, [isCreated(prepared) ? prepared.token : '']);
  return read;
};

interface Case {
  readonly title: string;
  readonly makes: readonly Make[];
  readonly prepare?: Make;
}

test.each<Case>([
  {
    title: 'a new subject: tokenize, its retry, and an erasure',
    makes: [tokenize(DEDUPE), tokenize(DEDUPE), erase],
  },
  {
    title: 'a known subject: tokenize, its retry by idempotency key, and an erasure',
    makes: [tokenize({ subject: 'ann' }, 'k'), tokenize({ subject: 'ann' }, 'k'), erase],
    prepare: tokenize({ subject: 'ann' }),
  },
  {
    title: 'a known value: tokenize, reveal, and an erasure',
    makes: [tokenize(DEDUPE), reveal, erase],
    prepare: tokenize(DEDUPE),
  },
  {
    title: 'a new subject: tokenize by idempotency key, another value, and an erasure',
    makes: [tokenize({ subject: 'ann' }, 'k'), tokenize({ subject: 'ann', type: 'card-number-like' }), erase],
  },
  {
    title: 'a value of the whole tenant: three callers',
    makes: [tokenize(TENANT), tokenize(TENANT), tokenize(TENANT)],
  },
  {
    title: 'a card-like token of the whole tenant: three callers',
    makes: [tokenize(LIKE), tokenize(LIKE), tokenize(LIKE)],
  },
])(
  '$title, in every order and with a crash before each step',
  async ({ title, makes, prepare }) => {
    const { count, broken } = await explored(makes, prepare);
    process.stdout.write(`${title}: ${count} schedules\n`);
    expect(broken).toEqual([]);
    expect(count).toBeGreaterThan(10);
  },
  120_000,
);

test('a security code that two read while its creation is repeated is read once at most', async () => {
  const code = tokenize({ type: 'security-code', value: '123' }, 'k');
  const { count, broken } = await explored([reveal, reveal, code], code, async ({ results }) => {
    const read = results.filter(
      (result) => result !== undefined && 'value' in result && isRevealed(result.value),
    );
    return read.length > 1 ? 'read twice' : undefined;
  });
  expect(broken).toEqual([]);
  expect(count).toBeGreaterThan(10);
});

test('a vault that writes the token before its fingerprint would be found out', async () => {
  const reckless: Make = async (vault) => {
    const { store } = vault.props;
    const careless = new Proxy(store, {
      get: (target, name) =>
        name === 'putFingerprint' ? async () => true : Reflect.get(target, name).bind?.(target),
    });
    return tokenize(TENANT)(new Vault({ ...vault.props, store: careless }));
  };
  const { broken } = await explored([reckless, reckless]);
  expect(broken[0]).toMatch(/^two live tokens have one fingerprint/);
});

function isRevealed(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'value' in value;
}
