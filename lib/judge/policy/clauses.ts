import {
  isValueList,
  isValueMap,
  show,
  Unresolved,
  type Value,
  type ValueMap,
  whyUnresolved,
} from '../template';
import { type Atom, conditionAnswers, type RequestClass } from './condition';
import type { Statement } from './document';
import { overlap, takesIn } from './glob';
import type { Coverage, Spelling } from './spelling';

/** An atom as a statement uses it: `holds` is what it must be. */
export interface Literal {
  readonly atom: Atom;
  /** Set for actions and resources, so that impossible combinations are not tried. */
  readonly pattern: string | undefined;
  readonly dimension: 'principal' | 'action' | 'resource' | 'condition';
  readonly holds: boolean;
  /** A principal, spelt. */
  readonly principal?: string;
}

/** At least one of these. */
export type Clause = readonly Literal[];

/** When a Deny matches a request: never, or where every clause holds (always, where there is none). */
export type Match = 'never' | readonly Clause[];

/** One kind of request, by what is asked for and of what. */
export interface Universe {
  /** A pattern of actions, in lower case, such as `s3:*`. */
  readonly action: string;
  /** A pattern of ARNs, spelt; `undefined` where a statement needs no Resource. */
  readonly resource: string | undefined;
}

/** Whether what the template hides is taken for the best or for the worst. */
export type Outlook = 'worst' | 'best';

/** What a principal, action or resource of a statement takes in; words are made only where they are needed. */
interface Part {
  readonly coverage: Coverage;
  readonly literal: (holds: boolean) => Literal;
  readonly why: () => string;
}

/** When one Deny statement matches a request of a universe. */
export function matchOf(
  statement: Statement,
  universe: Universe,
  request: RequestClass,
  spelling: Spelling,
  outlook: Outlook,
  reasons: Set<string>,
): Match {
  const { content } = statement;
  const hidden = (why: string): Match => {
    reasons.add(why);
    return outlook === 'worst' ? 'never' : [];
  };
  if (content instanceof Unresolved) return hidden(content.why);
  const effect = content.Effect;
  if (typeof effect === 'object' && effect !== null) {
    const match = hidden(whyUnresolved(effect) ?? 'its effect is not known');
    if (match === 'never') return match;
  } else if (effect !== 'Deny') return 'never';

  const clauses: Clause[] = [];
  // Conditions first: most statements speak of other requests, and are done with here.
  for (const found of conditionAnswers(content.Condition, request, statement.path)) {
    if (found === true) continue;
    if (found === false) return 'never';
    if ('unknown' in found) {
      reasons.add(found.unknown);
      if (outlook === 'worst') return 'never';
      continue;
    }
    clauses.push([{ atom: found, pattern: undefined, dimension: 'condition', holds: !found.negated }]);
  }
  for (const dimension of [principalParts, actionParts, resourceParts]) {
    const { parts, isExclusion } = dimension(content, spelling, universe);
    for (const part of parts) if (part.coverage === 'unknown') reasons.add(part.why());
    const made = isExclusion ? excluding(parts, outlook) : including(parts, outlook);
    if (made === 'never') return 'never';
    clauses.push(...made);
  }
  return clauses;
}

/** Why a Deny that speaks of plaintext has nothing to do with a universe, where its list of names says it. */
export function whyOutside(
  { content }: Statement,
  universe: Universe,
  spelling: Spelling,
): string | undefined {
  if (content instanceof Unresolved) return undefined;
  const missed = (
    raw: Value | undefined,
    noun: string,
    { parts, isExclusion }: Parts,
  ): string | undefined => {
    const covers = parts.some(({ coverage }) => coverage !== 'none');
    return isExclusion || covers ? undefined : `the Deny names only the ${noun} ${namesIn(raw)}`;
  };
  return (
    missed(content.Action, 'action', actionParts(content, spelling, universe)) ??
    missed(content.Resource, 'resource', resourceParts(content, spelling, universe))
  );
}

/** A list as a sentence has it; nobody reads the end of a long one. */
function namesIn(raw: Value | undefined): string {
  const [first, second, third, ...more] = listOf(raw).map((item) => show(item));
  const shown = [first, second, third].filter((name) => name !== undefined).join(', ');
  return more.length === 0 ? shown : `${shown} and ${more.length} more`;
}

function including(parts: readonly Part[], outlook: Outlook): Match {
  const takesAll = parts.some(
    ({ coverage }) => coverage === 'all' || (coverage === 'unknown' && outlook === 'best'),
  );
  if (takesAll) return [];
  const some = parts.filter(({ coverage }) => coverage === 'some');
  return some.length === 0 ? 'never' : [some.map((part) => part.literal(true))];
}

function excluding(parts: readonly Part[], outlook: Outlook): Match {
  const takesAll = parts.some(
    ({ coverage }) => coverage === 'all' || (coverage === 'unknown' && outlook === 'worst'),
  );
  if (takesAll) return 'never';
  return parts.filter(({ coverage }) => coverage === 'some').map((part) => [part.literal(false)]);
}

interface Parts {
  readonly parts: readonly Part[];
  readonly isExclusion: boolean;
}

function principalParts(content: ValueMap, spelling: Spelling): Parts {
  const isExclusion = content.Principal === undefined && content.NotPrincipal !== undefined;
  const raw = content.Principal ?? content.NotPrincipal;
  if (raw === undefined) return { parts: [], isExclusion: false };
  if (!isValueMap(raw))
    return { parts: listOf(raw).map((item) => principal('', item, spelling)), isExclusion };
  const parts = Object.entries(raw).flatMap(([kind, items]) =>
    listOf(items).map((item) => principal(kind, item, spelling)),
  );
  return { parts, isExclusion };
}

function principal(kind: string, item: Value, spelling: Spelling): Part {
  const isEveryone = item === '*' && (kind === '' || kind === 'AWS');
  const spelt = isEveryone ? '*' : spelling.spell(item);
  const hidden = item instanceof Unresolved || spelt === undefined;
  return {
    coverage: isEveryone ? 'all' : hidden ? 'unknown' : 'some',
    literal: (holds) => ({
      atom: principalAtom(kind, item, spelt),
      pattern: undefined,
      dimension: 'principal',
      holds,
      ...(spelt === undefined ? {} : { principal: spelt }),
    }),
    why: () => whyUnresolved(item) ?? `its principal is ${show(item)}`,
  };
}

function principalAtom(kind: string, item: Value, spelt: string | undefined): Atom {
  const shown = show(item);
  return {
    id: `principal ${kind} ${spelt ?? shown}`,
    negated: false,
    words: (holds) => (holds ? `by ${shown}` : `by anyone but ${shown}`),
  };
}

function actionParts(content: ValueMap, spelling: Spelling, universe: Universe): Parts {
  const isExclusion = content.Action === undefined && content.NotAction !== undefined;
  const parts = listOf(content.Action ?? content.NotAction).map((item) =>
    patternPart('action', item, universe.action, spelling, (pattern) => pattern.toLowerCase()),
  );
  return { parts, isExclusion };
}

function resourceParts(content: ValueMap, spelling: Spelling, universe: Universe): Parts {
  const { resource } = universe;
  const isExclusion = content.Resource === undefined && content.NotResource !== undefined;
  const raw = content.Resource ?? content.NotResource;
  // Some policies hang on their resource and name none.
  if (resource === undefined) return { parts: [], isExclusion: true };
  const parts = listOf(raw).map((item) => patternPart('resource', item, resource, spelling, (p) => p));
  return { parts, isExclusion };
}

function patternPart(
  dimension: 'action' | 'resource',
  item: Value,
  universe: string,
  spelling: Spelling,
  normalise: (pattern: string) => string,
): Part {
  const spelt = spelling.spell(item);
  const pattern = spelt === undefined ? undefined : normalise(spelt);
  const coverage = pattern === undefined ? 'unknown' : spelling.coverage(pattern, universe);
  return {
    coverage,
    literal: (holds) => {
      const firm = pattern !== undefined && spelling.isFirm(pattern) ? pattern : undefined;
      return { atom: patternAtom(dimension, item, pattern), pattern: firm, dimension, holds };
    },
    why: () => whyUnresolved(item) ?? `its ${dimension} is ${show(item)}`,
  };
}

function patternAtom(dimension: 'action' | 'resource', item: Value, pattern: string | undefined): Atom {
  const shown = show(item);
  const noun = dimension === 'action' ? 'with an action' : 'to a resource';
  return {
    id: `${dimension} ${pattern ?? shown}`,
    negated: false,
    words: (holds) => `${noun} ${holds ? 'in' : 'outside'} ${shown}`,
  };
}

function listOf(value: Value | undefined): readonly Value[] {
  if (value === undefined || value === null) return [];
  return isValueList(value) ? value : [value];
}

/** Whether two literals of one dimension can be so at once; unsure counts as yes. */
export function isPossible(left: Literal, leftHolds: boolean, right: Literal, rightHolds: boolean): boolean {
  if (left.dimension !== right.dimension || left.pattern === undefined || right.pattern === undefined)
    return true;
  if (leftHolds && rightHolds) return overlap(left.pattern, right.pattern);
  if (leftHolds) return !takesIn(right.pattern, left.pattern);
  if (rightHolds) return !takesIn(left.pattern, right.pattern);
  return true;
}
