import type { App } from './app';
import { conditionHolds } from './conditions';
import { Cursor } from './cursor';
import type { Resource } from './rendered-app';

/** More assignments of conditions than this are not tried: the answer is *unknown*. */
export const MOST_WORLDS = 64;

/** One choice that a world made: a parameter's value, or whether a condition holds. */
export interface Choice {
  readonly subject: string;
  readonly value: string;
}

/** Stands for what is being computed. */
const PENDING = Symbol('pending');

interface Decision extends Choice {
  readonly options: readonly string[];
}

/**
 * One consistent assignment of everything that conditions depend on.
 *
 * Choices are made when something asks for them, so that a resource without conditions has one world and a
 * property is never judged in a combination that no deployment can produce.
 */
export class World {
  readonly #decisions: Decision[];
  #made: Map<string, string> | undefined;
  #next = 0;
  // By what is computed, then by owner: that is few maps, where resources are thousands.
  readonly #once = new Map<string, Map<object, unknown>>();
  readonly #views = new Map<Resource, Cursor>();

  constructor(
    readonly app: App,
    decisions: Decision[] = [],
  ) {
    this.#decisions = decisions;
  }

  /** The value chosen for `subject` in this world, out of `options`. */
  choose(subject: string, options: readonly string[]): string {
    const made = this.#made?.get(subject);
    if (made !== undefined) return made;
    const [first] = options;
    if (first === undefined) return '';
    const planned = this.#decisions[this.#next];
    const decision = planned?.subject === subject ? planned : { subject, value: first, options };
    if (planned !== decision) this.#decisions.splice(this.#next, Number.POSITIVE_INFINITY, decision);
    this.#next += 1;
    this.#made ??= new Map();
    this.#made.set(subject, decision.value);
    return decision.value;
  }

  /**
   * Computes once in this world: the same choices give the same answer, and a tree of references that share
   * branches is walked once.
   *
   * @param circular what it is where its computation asks for itself; only left out where it cannot
   */
  once<T>(owner: object, key: string, compute: () => T, circular: () => T = compute): T {
    const before = this.#once.get(key);
    const known = before ?? new Map<object, unknown>();
    if (before === undefined) this.#once.set(key, known);
    const found = known.get(owner);
    if (found === PENDING) return circular();
    if (found !== undefined || known.has(owner)) return found as T;
    known.set(owner, PENDING);
    const value = compute();
    known.set(owner, value);
    return value;
  }

  /** The choices made so far, in the order they were asked for. */
  get choices(): readonly Choice[] {
    return this.#decisions.slice(0, this.#next).map(({ subject, value }) => ({ subject, value }));
  }

  /** The choices as findings show them, such as `Stage = prod`; `undefined` where none was made. */
  get when(): string | undefined {
    if (this.#next === 0) return undefined;
    return this.choices.map(({ subject, value }) => `${subject} = ${value}`).join(', ');
  }

  /** Whether a resource exists in this world, nested stacks around it included. */
  exists(resource: Resource): boolean {
    if (resource.condition !== undefined && !conditionHolds(resource.template, resource.condition, this)) {
      return false;
    }
    const { parent } = resource.template;
    if (parent === undefined) return true;
    const stack = parent.template.resources.get(parent.logicalId);
    return stack === undefined || this.exists(stack);
  }

  /** The properties of a resource in this world, the same place for all who ask, so that it is read once. */
  view(resource: Resource): Cursor {
    const known = this.#views.get(resource);
    if (known !== undefined) return known;
    const view = Cursor.over(this, resource);
    this.#views.set(resource, view);
    return view;
  }

  /** Whether nothing was chosen in it: what it holds so far is so in every world of its app. */
  get isUndecided(): boolean {
    return this.#next === 0;
  }

  /** The decisions that lead to the next world, or `undefined` after the last. */
  following(): Decision[] | undefined {
    if (this.isUndecided) return undefined;
    const decisions = this.#decisions.slice(0, this.#next);
    for (let last = decisions.pop(); last !== undefined; last = decisions.pop()) {
      const value = last.options[last.options.indexOf(last.value) + 1];
      if (value !== undefined) return [...decisions, { ...last, value }];
    }
    return undefined;
  }
}

/** What came out of looking at something in every world. */
export interface Exploration<T> {
  readonly outcomes: readonly { readonly when: string | undefined; readonly value: T }[];
  /** False where there are more than 64 worlds: what is missing is *unknown*. */
  readonly complete: boolean;
}

/**
 * Worlds in which nothing was chosen yet, for the next who looks: most resources hang on no condition, and hundreds of
 * rules read the same properties of them.
 */
const undecided = new WeakMap<App, World[]>();

/**
 * A world in which nothing was chosen, for one who looks: whoever looks meanwhile, chooses for itself. Where looking fails,
 * it is not given back, since something in it may be half computed.
 */
function takeWorld(app: App): World {
  const world = undecided.get(app)?.pop();
  // Texts of facts are read late, and may have chosen something since.
  return world?.isUndecided ? world : new World(app);
}

/** Gives a world to the next who looks, unless something was chosen in it. */
function giveBack(world: World): void {
  if (!world.isUndecided) return;
  const idle = undecided.get(world.app);
  if (idle === undefined) undecided.set(world.app, [world]);
  else idle.push(world);
}

/** Runs `look` in the first world alone: that of the defaults. */
export function inFirstWorld<T>(app: App, look: (world: World) => T): T {
  const world = takeWorld(app);
  const value = look(world);
  giveBack(world);
  return value;
}

/** Runs `look` in every consistent world, at most 64. */
export function explore<T>(app: App, look: (world: World) => T): Exploration<T> {
  const first = takeWorld(app);
  const value = look(first);
  giveBack(first);
  if (first.isUndecided) return { outcomes: [{ when: undefined, value }], complete: true };
  return exploreOn(first, value, look);
}

/** What hangs on choices: what came out of looking at something in several worlds. */
export class Several<T> implements Exploration<T> {
  constructor(
    readonly outcomes: Exploration<T>['outcomes'],
    readonly complete: boolean,
  ) {}
}

/**
 * As `explore`, for who looks at thousands: where nothing is chosen, as for most, what came out is told by itself, and
 * nothing is made for it.
 */
export function exploreEach<S, T>(
  app: App,
  subject: S,
  look: (world: World, subject: S) => T,
): T | Several<T> {
  const first = takeWorld(app);
  const value = look(first, subject);
  giveBack(first);
  if (first.isUndecided) return value;
  const { outcomes, complete } = exploreOn(first, value, (world) => look(world, subject));
  return new Several(outcomes, complete);
}

/** Goes on where something was chosen in the first world. */
function exploreOn<T>(first: World, value: T, look: (world: World) => T): Exploration<T> {
  const outcomes = [{ when: first.when, value }];
  for (let next = first.following(); next !== undefined; ) {
    if (outcomes.length === MOST_WORLDS) return { outcomes, complete: false };
    const world = new World(first.app, next);
    const value = look(world);
    outcomes.push({ when: world.when, value });
    next = world.following();
  }
  return { outcomes, complete: true };
}
