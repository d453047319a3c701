import fc from 'fast-check';
import { eraseSubject } from '../../../../../lib/constructs/token-vault/runtime/app/erase';
import { holdSubject } from '../../../../../lib/constructs/token-vault/runtime/app/hold';
import { ProblemError } from '../../../../../lib/constructs/token-vault/runtime/app/problem';
import { replayErasures } from '../../../../../lib/constructs/token-vault/runtime/app/replay';
import { revealTokens } from '../../../../../lib/constructs/token-vault/runtime/app/reveal';
import {
  rewrapSubjects,
  rotateBranchKeys,
} from '../../../../../lib/constructs/token-vault/runtime/app/rotate';
import { VIEWS } from '../../../../../lib/constructs/token-vault/runtime/app/subjects';
import type { Vault } from '../../../../../lib/constructs/token-vault/runtime/app/vault';
import type { View } from '../../../../../lib/constructs/token-vault/runtime/core/record';
import {
  CARD,
  completedBy,
  type Exploration,
  erase,
  explored,
  type Judge,
  type Make,
  promiseBroken,
  READ,
  tokenIn,
  tokenize,
} from '../../../../_fixtures/vault/exploration';
import { copyOf, MemoryStore, type Tables } from '../../../../_fixtures/vault/memory-store';
import { CALLER, memoryVault, NOW } from '../../../../_fixtures/vault/memory-vault';

const CALL = { caller: CALLER, requestId: 'r' };
const ANN = { subject: 'ann' };
const report = (title: string, count: number) => process.stdout.write(`${title}: ${count} schedules\n`);

const given = (result: { readonly value: unknown } | { readonly error: unknown } | undefined) =>
  result !== undefined && 'value' in result ? result.value : undefined;

/** A rotation, by the versions that it promises. */
const rotate: Make = async (vault) => ({ rotatedTo: (await rotateBranchKeys(vault, 'shop')).versions });
/** Of a sandbox that knows the newest branch key since before. */
const rewrap: Make = (vault) => rewrapSubjects(vault, 'shop');

/** Beside all else: after a rotation that ended, no subject that was there is wrapped under an older branch key. */
const rotated: Judge = async (outcome, prepared) => {
  const live = [...outcome.shared.store.tables.subjects.values()].flatMap(({ keys }) => keys ?? []);
  for (const result of outcome.results) {
    const value = given(result);
    if (typeof value !== 'object' || value === null || !('rotatedTo' in value)) continue;
    const promised = value.rotatedTo as Readonly<Record<View, number>>;
    for (const view of VIEWS)
      if (live.some((keys) => keys[view].branchVersion < promised[view]))
        return 'a subject is under an older branch key';
  }
  return promiseBroken(outcome, prepared);
};

/** Where there are too many orders to run all; the seed is printed at the end. */
const SAMPLE = fc.sample(fc.noBias(fc.array(fc.nat({ max: 999 }), { minLength: 120, maxLength: 120 })), {
  numRuns: 400,
  seed: Number(process.env.SCHEDULES_SEED ?? Date.now() % 1_000_000),
});

test.each<Exploration & { readonly title: string }>([
  {
    title: 'two rotations, a sample',
    sample: SAMPLE,
    makes: [rotate, rotate],
    prepare: tokenize(ANN),
    judge: rotated,
  },
  {
    title: 'a rotation, and one who wraps again with an older branch key in memory',
    makes: [rotate, rewrap],
    prepare: tokenize(ANN),
    judge: rotated,
  },
  {
    title: 'a rotation and an erasure',
    makes: [rotate, erase],
    prepare: tokenize(ANN),
  },
  {
    title: 'a rotation, tokenize of a new subject, and an erasure, a sample',
    sample: SAMPLE,
    makes: [tokenize({ subject: 'ann', dedupe: 'subject' }), rotate, erase],
    prepare: tokenize(ANN),
  },
  {
    title: 'the first branch keys of a tenant, which two and a rotation make at once, a sample',
    sample: SAMPLE,
    makes: [tokenize(ANN), tokenize(ANN), rotate],
    cold: true,
  },
])(
  '$title, in every order and with a crash before each step',
  async ({ title, judge, ...given }) => {
    const { count, broken } = await explored({
      ...given,
      judge: completedBy(tokenize(ANN), judge),
    });
    report(title, count);
    expect(broken).toEqual([]);
    expect(count).toBeGreaterThan(10);
  },
  120_000,
);

test('the first branch key of a tenant, which three make at once, is one key for all', async () => {
  const newest: Make = async (vault) => {
    const { version, key } = await vault.branchKeys.newest('shop', 'full');
    return `${version} ${Buffer.from(key).toString('hex')}`;
  };
  const { count, broken } = await explored({
    makes: [newest, newest, newest],
    cold: true,
    judge: async ({ shared, results }) => {
      const keys = [...results.map(given), await newest(shared.vault)].filter((key) => key !== undefined);
      return new Set(keys).size === 1 ? undefined : `another key: ${keys.length}`;
    },
  });
  report('the first branch key of a tenant, which three make', count);
  expect(broken).toEqual([]);
  expect(count).toBeGreaterThan(10);
});

/** Answers that are as good as any other. */
const told = (code: string, make: Make): Make => {
  return async (vault, prepared) => {
    try {
      return await make(vault, prepared);
    } catch (failure) {
      if (failure instanceof ProblemError && failure.code === code) return code;
      throw failure;
    }
  };
};
const tried = told('legal_hold', erase);
const hold = told('subject_erased', (vault) => holdSubject(vault, CALL, 'ann', NOW / 1000 + 60));
/** Tells of no hold, since it is over. */
const heldForAWhile: Make = async (vault) => {
  await hold(vault);
  await release(vault);
};
const release: Make = told('subject_erased', (vault) => holdSubject(vault, CALL, 'ann', 0));

/** A copy of the tables from before, after the ledger was replayed: whether Ann is erased there. */
async function isErasedAfterReplay({ shared }: Parameters<Judge>[0], before: Tables): Promise<boolean> {
  const restored = memoryVault({ ...shared, store: new MemoryStore(copyOf(before)) });
  await replayErasures(restored.vault, 'restore');
  return annIsErased(restored.vault, restored.store.tables);
}

async function annIsErased(vault: Vault, tables: Tables): Promise<boolean> {
  const ann = Buffer.from(await vault.subjectOf('shop', 'ann')).toString('hex');
  return tables.subjects.get(`shop ${ann}`)?.erased !== undefined;
}

test.each<[string, readonly Make[], Make]>([
  ['a hold and two erasures', [hold, tried, tried], tokenize(ANN)],
  ['a hold that ends again and two erasures', [heldForAWhile, tried, tried], tokenize(ANN)],
  [
    'the end of a hold and two erasures',
    [release, tried, tried],
    async (vault) => {
      const made = await tokenize(ANN)(vault);
      await hold(vault);
      return made;
    },
  ],
])(
  '%s: who is held is not erased, who is erased is not held, and a restore says the same',
  async (title, makes, prepare) => {
    let before: Tables | undefined;
    const { count, broken } = await explored({
      makes,
      prepare,
      tables: (after) => {
        // The backup is of before the hold: it would be older than a day.
        before = copyOf(after);
        for (const [name, row] of before.subjects) {
          const { heldUntil: _, ...rest } = row;
          before.subjects.set(name, rest);
        }
        return after;
      },
      judge: async (outcome, prepared) => {
        const { shared, results } = outcome;
        const isErased = await annIsErased(shared.vault, shared.store.tables);
        const values = results.map(given);
        const hasErased = values.some(
          (value) => typeof value === 'object' && value !== null && 'signature' in value,
        );
        const hasHeld = values.some(
          (value) => typeof value === 'object' && value !== null && 'until' in value && value.until !== 0,
        );
        if (hasErased && !isErased) return 'an erasure was confirmed that did not happen';
        if (hasErased && hasHeld) return 'held and erased';
        if (isErased && before !== undefined && !(await isErasedAfterReplay(outcome, before)))
          return 'a restore brings back what was erased';
        const isWhole = values.every((value) => value !== undefined);
        if (isWhole && !isErased && before !== undefined && (await isErasedAfterReplay(outcome, before)))
          return 'a restore erases what was not';
        return promiseBroken({ ...outcome, results: values.map((value) => ({ value })) }, prepared);
      },
    });
    report(title, count);
    expect(broken).toEqual([]);
    expect(count).toBeGreaterThan(10);
  },
  120_000,
);

test('tables that were restored give nothing out that was erased, while two replay the ledger and others call', async () => {
  let backup: Tables | undefined;
  const replay: Make = (vault) => replayErasures(vault, 'restore');
  const pending = (make: Make) => told('restore_pending', make);
  const both: Make = pending(async (vault, prepared) => {
    const { gone = '', kept = '' } = prepared as { readonly gone?: string; readonly kept?: string };
    return revealTokens(vault, READ, [gone, kept]);
  });
  const { count, broken } = await explored({
    makes: [replay, replay, both],
    prepare: async (vault) => {
      const gone = tokenIn(await tokenize(ANN)(vault));
      const kept = tokenIn(await tokenize({ subject: 'bob' })(vault));
      backup = copyOf((vault.props.store as MemoryStore).tables);
      await eraseSubject(vault, CALL, 'ann');
      return { gone, kept };
    },
    props: { restoreMark: 'restore' },
    tables: (after) => backup ?? after,
    judge: async ({ shared, results }, prepared) => {
      const answer = given(results[2]);
      const [gone, kept] = Array.isArray(answer) ? answer : [];
      if (gone !== undefined && !('problem' in gone)) return 'what was erased was given out';
      if (kept !== undefined && !('value' in kept)) return 'what was not erased is lost';
      const hasEnded = results.slice(0, 2).some((result) => result !== undefined);
      const afterwards = await both(shared.vault, prepared);
      if (!hasEnded && afterwards !== 'restore_pending' && shared.store.tables.mark === undefined)
        return 'it answers before the ledger was replayed';
      if (
        hasEnded &&
        JSON.stringify(afterwards) !==
          JSON.stringify([{ problem: 'token_gone' }, { type: 'card-number', value: CARD }])
      )
        return `another answer: ${JSON.stringify(afterwards)}`;
      return undefined;
    },
  });
  report('a restore: two replays and a reveal', count);
  expect(broken).toEqual([]);
  expect(count).toBeGreaterThan(10);
});
