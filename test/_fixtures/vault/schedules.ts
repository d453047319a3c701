import type { Store } from '../../../lib/constructs/token-vault/runtime/ports/store';

/** In a footprint: all rows that are named by a hash. */
const EVERY_ROW = '*';

/** What a step touches: two that touch nothing in common, or both only read it, may change places. */
export interface Footprint {
  readonly rows: readonly string[];
  readonly writes: boolean;
}

/** Waits for its turn; what follows up to the next step happens at once, as one call of a table does. */
export type Step = (footprint: Footprint) => Promise<void>;

/** What runs at the same time: it tells the steps that it takes, and may be stopped for ever before any of them. */
export type Operation = (step: Step) => Promise<unknown>;

/** One run: what each operation gave, or that it was stopped. */
export interface Outcome<T> {
  readonly shared: T;
  /** In the order of the operations; undefined for what was stopped. */
  readonly results: readonly ({ readonly value: unknown } | { readonly error: unknown } | undefined)[];
  /** Which operation took each step; -1 - n: operation n was stopped. */
  readonly schedule: readonly number[];
}

/**
 * Runs operations in every order that their steps can take, and with a crash of one of them before each of its steps.
 *
 * It is a search in depth with sleep sets (Godefroid, "Partial-Order Methods", 1996): of orders that differ only in the
 * places of steps that touch nothing in common, one is run, since all of them end alike.
 *
 * @param make makes what they share and the operations, anew for each run
 * @returns how many runs there were
 */
export async function allSchedules<T>(
  make: () => Promise<{ readonly shared: T; readonly operations: readonly Operation[] }>,
  check: (outcome: Outcome<T>) => Promise<void>,
): Promise<number> {
  let count = 0;
  const path: Place[] = [];
  do {
    const { shared, operations } = await make();
    const run = new Run(operations);
    let depth = 0;
    let isNew = true;
    for (;;) {
      const choices = await run.choices();
      if (choices.length === 0) break;
      const place = path[depth] ?? placeAfter(path[depth - 1], choices);
      path[depth] = place;
      if (place.taken === undefined) {
        // All that could be done was done elsewhere, in another order.
        isNew = false;
        break;
      }
      run.take(place.taken);
      depth += 1;
    }
    if (isNew) {
      count += 1;
      await check({
        shared,
        results: run.results,
        schedule: path.map(({ taken }) => taken?.choice ?? Number.NaN),
      });
    }
    while (path.length > 0 && !advance(path)) path.pop();
  } while (path.length > 0);
  return count;
}

/**
 * One run in the order that is asked for, where there are too many to run all.
 *
 * @param pick a number below another: which step is next, and whether there may be a crash, which is one time in 16
 */
export async function oneSchedule<T>(
  make: () => Promise<{ readonly shared: T; readonly operations: readonly Operation[] }>,
  pick: (count: number) => number,
): Promise<Outcome<T>> {
  const { shared, operations } = await make();
  const run = new Run(operations);
  const schedule: number[] = [];
  for (;;) {
    const all = await run.choices();
    const steps = all.filter(({ choice }) => choice >= 0);
    const choices = pick(16) === 0 ? all : steps;
    const choice = choices[pick(choices.length)];
    if (choice === undefined) return { shared, results: run.results, schedule };
    run.take(choice);
    schedule.push(choice.choice);
  }
}

/** What can be done next, and what it touches. */
interface Choice {
  /** The operation, or -1 - n where operation n stops. */
  readonly choice: number;
  readonly footprint: Footprint;
}

/** A place on the way of a search: what was chosen there, and what is left to choose. */
interface Place {
  taken: Choice | undefined;
  readonly left: Choice[];
  /** What need not be done here, since it was done before in an order that ends alike. */
  readonly sleeping: Choice[];
}

function placeAfter(before: Place | undefined, choices: readonly Choice[]): Place {
  const { taken, sleeping = [] } = before ?? { taken: undefined };
  const asleep = sleeping.filter((one) => taken !== undefined && areIndependent(one, taken));
  const awake = choices.filter(({ choice }) => !asleep.some((one) => one.choice === choice));
  const [first, ...left] = awake;
  return { taken: first, left, sleeping: asleep };
}

/** Goes on to what is left at the last place of a path; says whether there was something. */
function advance(path: Place[]): boolean {
  const last = path[path.length - 1];
  const following = last?.left.shift();
  if (last === undefined || following === undefined) return false;
  if (last.taken !== undefined) last.sleeping.push(last.taken);
  last.taken = following;
  return true;
}

function areIndependent(one: Choice, other: Choice): boolean {
  if (operationOf(one) === operationOf(other)) return false;
  // There is one crash in a run: the one takes the other away.
  if (one.choice < 0 && other.choice < 0) return false;
  if (one.choice < 0 || other.choice < 0) return true;
  if (!one.footprint.writes && !other.footprint.writes) return true;
  return !one.footprint.rows.some((row) => other.footprint.rows.some((another) => areSame(row, another)));
}

function areSame(row: string, other: string): boolean {
  const isHash = (text: string) => text.length === 64;
  return row === other || (row === EVERY_ROW && isHash(other)) || (other === EVERY_ROW && isHash(row));
}

function operationOf({ choice }: Choice): number {
  return choice < 0 ? -1 - choice : choice;
}

interface Running {
  waiting: { readonly go: () => void; readonly footprint: Footprint } | undefined;
  ended: boolean;
  stopped: boolean;
  result: Outcome<unknown>['results'][number];
}

/** One run of all operations, step by step. */
class Run {
  readonly #running: Running[];

  constructor(operations: readonly Operation[]) {
    this.#running = operations.map((operation) => {
      const own: Running = { waiting: undefined, ended: false, stopped: false, result: undefined };
      const step: Step = (footprint) =>
        new Promise((go) => {
          own.waiting = { go, footprint };
        });
      void operation(step).then(
        (value) => Object.assign(own, { ended: true, result: { value } }),
        (error) => Object.assign(own, { ended: true, result: { error } }),
      );
      return own;
    });
  }

  get results(): Outcome<unknown>['results'] {
    return this.#running.map(({ result }) => result);
  }

  async choices(): Promise<readonly Choice[]> {
    await this.#settled();
    const hasCrashed = this.#running.some(({ stopped }) => stopped);
    const steps = this.#running.flatMap(({ waiting, stopped }, choice) =>
      waiting === undefined || stopped ? [] : [{ choice, footprint: waiting.footprint }],
    );
    const crashes = steps.map(({ choice, footprint }) => ({ choice: -1 - choice, footprint }));
    return hasCrashed ? steps : [...steps, ...crashes];
  }

  take(choice: Choice): void {
    const own = this.#running[operationOf(choice)];
    if (own === undefined) return;
    if (choice.choice < 0) {
      own.stopped = true;
      return;
    }
    const { waiting } = own;
    own.waiting = undefined;
    waiting?.go();
  }

  /** Waits until each operation waits for its turn, has ended, or was stopped: nothing else can be pending. */
  async #settled(): Promise<void> {
    const isBusy = ({ waiting, ended, stopped }: Running) => waiting === undefined && !ended && !stopped;
    for (let turn = 0; this.#running.some(isBusy); turn += 1) {
      if (turn > 10_000) throw new TypeError('an operation waits for something that is no step');
      await Promise.resolve();
    }
  }
}

const READS = new Set<string | symbol>([
  'tokens',
  'fingerprints',
  'subjects',
  'subjectsOf',
  'newestBranchKey',
  'branchKey',
  'restoreMark',
]);

/** What a call touches whose arguments do not name it. */
function nameless(name: string | symbol, args: readonly unknown[]): string | undefined {
  if (name === 'subjectsOf') return EVERY_ROW;
  if (name === 'restoreMark' || name === 'setRestoreMark') return 'mark';
  if (name === 'addBranchKey') return branchKeysOf((args[0] as { readonly view: string }).view);
  return name === 'newestBranchKey' || name === 'branchKey' ? branchKeysOf(String(args[1])) : undefined;
}

/** The branch keys of a view, and which of them is the newest. */
export function branchKeysOf(view: string): string {
  return `branch keys, ${view}`;
}

/** A store whose every call is a step. */
export function stepping(store: Store, step: Step): Store {
  return new Proxy(store, {
    get(target, name) {
      const member = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      const footprint = (args: unknown[]): Footprint => {
        const row = nameless(name, args);
        return { rows: row === undefined ? rowsIn(args) : [row], writes: !READS.has(name) };
      };
      if (name === 'subjectsOf') {
        return async function* (...args: unknown[]) {
          await step(footprint(args));
          yield* Reflect.apply(member, target, args) as AsyncIterable<unknown>;
        };
      }
      return async (...args: unknown[]) => {
        await step(footprint(args));
        return Reflect.apply(member, target, args);
      };
    },
  });
}

/** The rows that a call names: their indexes are hashes, which differ between tables too. */
function rowsIn(value: unknown): string[] {
  if (value instanceof Uint8Array) return value.length === 32 ? [Buffer.from(value).toString('hex')] : [];
  if (Array.isArray(value)) return value.flatMap(rowsIn);
  if (typeof value !== 'object' || value === null) return [];
  const { index, subject } = value as { index?: unknown; subject?: unknown };
  // A row of a token names its subject as well, and does not touch it.
  return rowsIn(index ?? subject);
}
