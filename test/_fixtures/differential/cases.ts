import type { JsonMap } from '../../../lib/judge/template';
import { type Choice, namedValues, type Pair, type Subject, type Value } from './subject';

/** How resources come into an app. */
export type Form = 'L1' | 'plain' | 'override' | 'parameter' | 'Fn::If';

/** Resources in one form, for both sides to judge. */
export interface Case {
  readonly pair: Pair;
  readonly form: Form;
  readonly choice: Choice;
  /** What the template has to say in the end. */
  readonly resources: JsonMap;
  /** For overrides: what the constructs are made with. */
  readonly from?: JsonMap;
}

/** At most so many combinations of values are tried for one pair: all where there are fewer. */
const MOST = 36;

/** A parameter of a template without a default, and a condition on another. */
export const HIDDEN = 'Hidden';
export const CHOSEN = 'Chosen';

/** Every case that a seed makes: the same seed makes the same. */
export function casesOf(pairs: readonly Pair[], seed: number): readonly Case[] {
  return pairs.flatMap((pair) => {
    const random = randomOf(`${seed} ${pair.theirs}`);
    return ofPair(pair, random);
  });
}

function ofPair(pair: Pair, random: () => number): Case[] {
  const { subject } = pair;
  const [right = {}, ...others] = combinations(subject);
  const wrong = shuffled(others, random);
  const made = (form: Form, choice: Choice, more: Partial<Case> = {}): Case => ({
    pair,
    form,
    choice,
    resources: built(subject, choice),
    ...more,
  });
  const [a = right] = wrong;
  // An override changes properties; it neither adds resources nor removes them.
  const b = wrong.find((choice) => idsOf(subject, choice) === idsOf(subject, right));
  return [
    made('L1', right),
    ...wrong.slice(0, MOST).map((choice) => made('L1', choice)),
    made('plain', a),
    ...(b === undefined
      ? []
      : [
          made('override', b, { from: built(subject, right) }),
          made('override', right, { from: built(subject, b) }),
        ]),
    ...hidden(pair, right, random),
    ...either(pair, right, a),
  ];
}

/** One axis of which the value is a parameter: where it is a text, a number or a switch. */
function hidden(pair: Pair, right: Choice, random: () => number): Case[] {
  const { subject } = pair;
  const axes = Object.entries(subject.axes).filter(
    ([axis, values]) => isProperty(subject, axis) && isScalar(namedValues(values)[0]?.[1]),
  );
  return shuffled(axes, random)
    .slice(0, 1)
    .map(([axis]) => {
      const values = { ...valuesOf(subject, right), [axis]: { Ref: HIDDEN } };
      return {
        pair,
        form: 'parameter',
        choice: { ...right, [axis]: HIDDEN },
        resources: subject.resources(values),
      };
    });
}

/** The first axis that two choices differ on, as a condition between them. */
function either(pair: Pair, right: Choice, wrong: Choice): Case[] {
  const { subject } = pair;
  const axis = Object.keys(subject.axes).find((key) => isProperty(subject, key) && right[key] !== wrong[key]);
  if (axis === undefined) return [];
  const [one, other] = [valuesOf(subject, right)[axis], valuesOf(subject, wrong)[axis]];
  const value = { 'Fn::If': [CHOSEN, one ?? NO_VALUE, other ?? NO_VALUE] };
  const values = { ...valuesOf(subject, right), [axis]: value };
  const choice = { ...right, [axis]: `${right[axis]} or ${wrong[axis]}` };
  return [{ pair, form: 'Fn::If', choice, resources: subject.resources(values) }];
}

function isProperty({ relations = [] }: Subject, axis: string): boolean {
  return !relations.includes(axis);
}

const NO_VALUE: JsonMap = { Ref: 'AWS::NoValue' };

function isScalar(value: Value): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

function built(subject: Subject, choice: Choice): JsonMap {
  return subject.resources(valuesOf(subject, choice));
}

function idsOf(subject: Subject, choice: Choice): string {
  return Object.keys(built(subject, choice)).join();
}

function valuesOf({ axes }: Subject, choice: Choice): Readonly<Record<string, Value>> {
  return Object.fromEntries(
    Object.entries(axes).map(([axis, values]) => [
      axis,
      namedValues(values).find(([name]) => name === choice[axis])?.[1],
    ]),
  );
}

/** Every combination, that of the first values first. */
function combinations({ axes }: Subject): Choice[] {
  return Object.entries(axes).reduce<Choice[]>(
    (made, [axis, values]) =>
      made.flatMap((choice) => namedValues(values).map(([name]) => ({ ...choice, [axis]: name }))),
    [{}],
  );
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map((item) => [random(), item] as const)
    .sort(([a], [b]) => a - b)
    .map(([, item]) => item);
}

/** Mulberry32 over a hash of a text: a pair keeps its cases when others come. */
function randomOf(text: string): () => number {
  let state = 2166136261;
  for (const char of text) state = Math.imul(state ^ (char.codePointAt(0) ?? 0), 16777619);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
