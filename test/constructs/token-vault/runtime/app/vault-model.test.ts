import fc from 'fast-check';
import { createTokens } from '../../../../../lib/constructs/token-vault/runtime/app/create';
import { deleteTokens } from '../../../../../lib/constructs/token-vault/runtime/app/delete';
import { eraseSubject } from '../../../../../lib/constructs/token-vault/runtime/app/erase';
import { holdSubject } from '../../../../../lib/constructs/token-vault/runtime/app/hold';
import { lookUpTokens } from '../../../../../lib/constructs/token-vault/runtime/app/look-up';
import { ProblemError } from '../../../../../lib/constructs/token-vault/runtime/app/problem';
import { replayErasures } from '../../../../../lib/constructs/token-vault/runtime/app/replay';
import { revealTokens } from '../../../../../lib/constructs/token-vault/runtime/app/reveal';
import { rotateBranchKeys } from '../../../../../lib/constructs/token-vault/runtime/app/rotate';
import { copyOf, MemoryStore, type Tables } from '../../../../_fixtures/vault/memory-store';
import { CALLER, memoryVault, NOW } from '../../../../_fixtures/vault/memory-vault';

const CARDS = ['4111111111111111', '5555555555554444', '378282246310005'];
const SUBJECTS = ['ann', 'bob', 'eve'];
const CALL = { caller: CALLER, requestId: 'r' };

/** A token, as somebody would write it down on paper. */
interface Noted {
  readonly value: string;
  readonly subject?: string;
  readonly expires: number;
}

/** What the vault ought to know. */
interface Model {
  now: number;
  tokens: Map<string, Noted>;
  /** What was erased or deleted: no restore brings it back. */
  readonly gone: Set<string>;
  readonly erased: Set<string>;
  held: Map<string, number>;
  /** By subject and value: the token that is found. */
  found: Map<string, string>;
  backup?: {
    readonly tokens: Map<string, Noted>;
    readonly held: Map<string, number>;
    readonly found: Map<string, string>;
  };
}

interface Real {
  world: ReturnType<typeof memoryVault>;
  backup?: Tables;
  restores: number;
}

type Command = fc.AsyncCommand<Model, Real>;
const isLive = (model: Model, token: string) => {
  const noted = model.tokens.get(token);
  return noted !== undefined && !model.gone.has(token) && (noted.expires === 0 || noted.expires > model.now);
};

const command = (
  text: string,
  run: (model: Model, real: Real) => Promise<void>,
  check = (_: Model) => true,
): Command => ({
  check,
  run,
  toString: () => text,
});

const tokenize = (value: string, subject: string | undefined, life: number, isDeduplicated: boolean) => {
  const dedupe =
    subject !== undefined && isDeduplicated && life === 0 ? ('subject' as const) : ('none' as const);
  return command(`tokenize ${value} ${subject} ${life} ${dedupe}`, async (model, { world }) => {
    const named = subject === undefined ? {} : { subject };
    const lived = life === 0 ? {} : { lifeSeconds: life };
    const [made] = await createTokens(world.vault, { caller: CALLER, mayLookUp: true }, [
      { type: 'card-number', value, dedupe, ...named, ...lived },
    ]);
    if (subject !== undefined && model.erased.has(subject)) {
      expect(made).toEqual({ problem: 'subject_erased' });
      return;
    }
    if (made === undefined || 'problem' in made) throw new TypeError(JSON.stringify(made));
    const place = `${subject} ${value}`;
    const known = dedupe === 'subject' ? model.found.get(place) : undefined;
    if (known !== undefined && isLive(model, known)) expect(made.token).toBe(known);
    else expect(model.tokens.has(made.token)).toBe(false);
    model.tokens.set(made.token, { value, ...named, expires: life === 0 ? 0 : model.now + life });
    if (dedupe === 'subject') model.found.set(place, made.token);
  });
};

const lookUp = (value: string, subject: string) =>
  command(`look up ${value} ${subject}`, async (model, { world }) => {
    const [found] = await lookUpTokens(world.vault, CALL, [{ type: 'card-number', value, subject }]);
    const token = model.found.get(`${subject} ${value}`);
    const isThere = token !== undefined && isLive(model, token);
    expect(found).toEqual(isThere ? { token } : { problem: 'token_not_found' });
  });

const hold = (subject: string, seconds: number) =>
  command(`hold ${subject} ${seconds}`, async (model, { world }) => {
    const until = seconds === 0 ? 0 : model.now + seconds;
    const isKnown = [...model.tokens.values()].some((noted) => noted.subject === subject);
    const held = await outcomeOf(holdSubject(world.vault, CALL, subject, until));
    if (model.erased.has(subject)) expect(held).toBe('subject_erased');
    else if (!isKnown) expect(held).toBe('subject_not_found');
    else {
      expect(held).toEqual({ until });
      model.held.set(subject, until);
    }
  });

const erase = (subject: string) =>
  command(`erase ${subject}`, async (model, { world }) => {
    const receipt = await outcomeOf(eraseSubject(world.vault, CALL, subject));
    if (!model.erased.has(subject) && (model.held.get(subject) ?? 0) > model.now) {
      expect(receipt).toBe('legal_hold');
      return;
    }
    expect(receipt).toMatchObject({ signature: expect.any(String) });
    model.erased.add(subject);
    for (const [token, noted] of model.tokens) if (noted.subject === subject) model.gone.add(token);
  });

const remove = (at: number) =>
  command(
    `delete token ${at}`,
    async (model, { world }) => {
      const token = [...model.tokens.keys()][at % model.tokens.size] ?? '';
      const { subject = '' } = model.tokens.get(token) ?? {};
      const [deleted] = await deleteTokens(world.vault, CALL, [token]);
      const isHeld = !model.erased.has(subject) && (model.held.get(subject) ?? 0) > model.now;
      if (isHeld && !model.gone.has(token)) expect(deleted).toEqual({ problem: 'legal_hold' });
      else {
        expect(deleted).toEqual({ deleted: true });
        model.gone.add(token);
      }
    },
    (model) => model.tokens.size > 0,
  );

const rotate = command('rotate', async (_, { world }) => {
  await rotateBranchKeys(world.vault, 'shop');
});
const pass = (seconds: number) =>
  command(`${seconds} seconds pass`, async (model, { world }) => {
    model.now += seconds;
    world.clock.now += seconds * 1000;
  });
const backUp = command('back up', async (model, real) => {
  real.backup = copyOf(real.world.store.tables);
  model.backup = { tokens: new Map(model.tokens), held: new Map(model.held), found: new Map(model.found) };
});

/** Both tables go back to one instant; then the ledger is replayed. Holds go back too: whoever is not held there is erased. */
const restore = command(
  'restore and replay',
  async (model, real) => {
    if (real.backup === undefined || model.backup === undefined) return;
    real.restores += 1;
    const restoreMark = `restore ${real.restores}`;
    const store = new MemoryStore(copyOf(real.backup));
    real.world = memoryVault({ ...real.world, store }, { restoreMark });
    const { vault } = real.world;
    const [any = ''] = model.tokens.keys();
    const read = revealTokens(vault, { ...CALL, view: 'full', purpose: 'test' }, [any]);
    expect(await outcomeOf(read)).toBe('restore_pending');
    await replayErasures(vault, restoreMark);
    model.tokens = new Map(model.backup.tokens);
    model.held = new Map(model.backup.held);
    model.found = new Map(model.backup.found);
  },
  // Who is held in the backup and erased since: a hold that has ended by now does not count, one that has not would.
  (model) =>
    model.backup !== undefined &&
    ![...model.erased].some((subject) => (model.backup?.held.get(subject) ?? 0) > NOW / 1000),
);

/** All that was ever noted resolves as the notes say. */
const readAll = command('reveal everything', async (model, { world }) => {
  for (const [token, noted] of model.tokens) {
    const [full] = await revealTokens(world.vault, { ...CALL, view: 'full', purpose: 'test' }, [token]);
    const [masked] = await revealTokens(world.vault, { ...CALL, view: 'masked', purpose: 'test' }, [token]);
    if (!isLive(model, token))
      expect([full, masked]).toEqual([{ problem: 'token_gone' }, { problem: 'token_gone' }]);
    else {
      const shown = `${'*'.repeat(noted.value.length - 4)}${noted.value.slice(-4)}`;
      expect([full, masked]).toMatchObject([{ value: noted.value }, { value: shown }]);
    }
  }
});

async function outcomeOf(work: Promise<unknown>): Promise<unknown> {
  try {
    return await work;
  } catch (failure) {
    if (failure instanceof ProblemError) return failure.code;
    throw failure;
  }
}

const subject = fc.constantFrom(...SUBJECTS);
const card = fc.constantFrom(...CARDS);
const life = fc.constantFrom(0, 0, 0, 30, 300);
const seconds = fc.constantFrom(1, 29, 30, 200, 1200);

const commands = fc.commands(
  [
    fc
      .tuple(card, fc.option(subject, { nil: undefined }), life, fc.boolean())
      .map((given) => tokenize(...given)),
    fc.tuple(card, subject).map(([value, name]) => lookUp(value, name)),
    fc.tuple(subject, fc.constantFrom(0, 60, 600)).map(([name, until]) => hold(name, until)),
    subject.map(erase),
    fc.nat({ max: 50 }).map(remove),
    fc.constant(rotate),
    seconds.map(pass),
    fc.constant(backUp),
    fc.constant(restore),
    fc.constant(readAll),
  ],
  { size: '+1', maxCommands: 120 },
);

test('long sequences of operations, with restores, rotations, holds and ends, do what a list on paper says', async () => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(commands, async (given) => {
      const setup = () => ({
        model: {
          now: NOW / 1000,
          tokens: new Map(),
          gone: new Set<string>(),
          erased: new Set<string>(),
          held: new Map(),
          found: new Map(),
        } satisfies Model,
        real: { world: memoryVault(), restores: 0 },
      });
      await fc.asyncModelRun(setup, given);
      run += [...given].length;
    }),
    { numRuns: 150 },
  );
  process.stdout.write(`a model of the vault: ${run} operations\n`);
  expect(run).toBeGreaterThan(1000);
}, 60_000);
