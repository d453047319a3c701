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
  readonly #once = new Map<object, Map<string, unknown>>();

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
   * @param circular what it is where its computation asks for itself
   */
  once<T>(owner: object, key: string, compute: () => T, circular: () => T): T {
    const known = this.#once.get(owner) ?? new Map<string, unknown>();
    this.#once.set(owner, known);
    const found = known.get(key);
    if (found === PENDING) return circular();
    if (known.has(key)) return found as T;
    known.set(key, PENDING);
    const value = compute();
    known.set(key, value);
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

  /** The properties of a resource in this world. */
  view(resource: Resource): Cursor {
    return Cursor.over(this, resource);
  }

  /** The decisions that lead to the next world, or `undefined` after the last. */
  following(): Decision[] | undefined {
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

/** Runs `look` in every consistent world, at most 64. */
export function explore<T>(app: App, look: (world: World) => T): Exploration<T> {
  const outcomes: { when: string | undefined; value: T }[] = [];
  let decisions: Decision[] | undefined = [];
  while (decisions !== undefined) {
    if (outcomes.length === MOST_WORLDS) return { outcomes, complete: false };
    const world: World = new World(app, decisions);
    const value = look(world);
    outcomes.push({ when: world.when, value });
    decisions = world.following();
  }
  return { outcomes, complete: true };
}
