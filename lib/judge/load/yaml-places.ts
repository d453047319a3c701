import {
  type CST,
  type Document,
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  type Node,
  type Pair,
} from 'yaml';
import type { FindPart, Part, Span } from './places';
import { keyText, MERGE } from './yaml-keys';

/**
 * Where the parts of a YAML text stand.
 *
 * @param document composed with `keepSourceTokens`: nodes do not know where their tag and anchor begin
 */
export function partsOfYaml(text: string, document: Document, tokens: readonly CST.Token[]): FindPart {
  const finder = new Finder(text, document, nodeStarts(document, propertyStarts(tokens)));
  return (path) => finder.part(path);
}

/** What a step leads to. */
interface Step {
  readonly key?: Node;
  readonly value: Node | null;
  readonly isShared: boolean;
}

class Finder {
  /** Maps of a thousand resources are asked for each of them. */
  readonly #members = new Map<readonly Pair[], ReadonlyMap<string, Pair>>();

  constructor(
    readonly text: string,
    readonly document: Document,
    readonly starts: ReadonlyMap<Node, number>,
  ) {}

  part(path: readonly (string | number)[]): Part | undefined {
    let at: Step = { value: this.document.contents, isShared: false };
    let steps = 0;
    for (const step of path) {
      const next = this.#down(at, step);
      if (next === undefined) break;
      at = next;
      steps += 1;
    }
    if (steps === 0 && path.length > 0) return undefined;
    const key = at.key === undefined ? undefined : this.#span(at.key);
    const value = at.value === null ? after(key) : this.#span(at.value);
    const isShared = at.isShared || isAnchored(at.value);
    return { key, value, isExact: steps === path.length, isShared };
  }

  #down({ value, isShared }: Step, step: string | number): Step | undefined {
    const node = isAlias(value) ? value.resolve(this.document) : value;
    const shared = isShared || isAlias(value) || isAnchored(value);
    if (isSeq(node)) {
      const item = (node.items as readonly (Node | Pair | undefined)[])[Number(step)];
      return item === undefined || isPair(item) ? undefined : { value: item, isShared: shared };
    }
    return isMap(node) ? this.#member(node.items as readonly Pair[], String(step), shared) : undefined;
  }

  #member(pairs: readonly Pair[], name: string, isShared: boolean): Step | undefined {
    const known = this.#members.get(pairs) ?? new Map(pairs.map((each) => [keyText(each.key), each]));
    this.#members.set(pairs, known);
    const pair = name === MERGE ? undefined : known.get(name);
    if (pair !== undefined) {
      return { key: pair.key as Node, value: pair.value as Node | null, isShared };
    }
    // What a merge key brings stands where it was written out.
    for (const { value } of pairs.filter(({ key }) => keyText(key) === MERGE)) {
      const merged = isSeq(value) ? (value.items as readonly Node[]) : [value as Node | null];
      for (const source of merged) {
        const found = this.#down({ value: source, isShared: true }, name);
        if (found !== undefined) return found;
      }
    }
    return undefined;
  }

  #span(node: Node): Span {
    const [start = 0] = node.range ?? [];
    return { start: this.starts.get(node) ?? start, end: this.#end(node) };
  }

  /** A block ends with what stands last in it, not with the comments and line ends after that. */
  #end(node: Node): number {
    const [start = 0, end = start] = node.range ?? [];
    const isBlock = (isMap(node) || isSeq(node)) && node.flow !== true;
    const last = isBlock ? node.items.at(-1) : undefined;
    if (last !== undefined) {
      const node = isPair(last) ? (last.value ?? last.key) : last;
      return this.#end(node as Node);
    }
    if (!isScalar(node) || (node.type !== 'BLOCK_FOLDED' && node.type !== 'BLOCK_LITERAL')) return end;
    return start + this.text.slice(start, end).trimEnd().length;
  }
}

function after(key: Span | undefined): Span {
  const end = key?.end ?? 0;
  return { start: end, end };
}

function isAnchored(node: Node | null): boolean {
  return node !== null && !isAlias(node) && node.anchor !== undefined;
}

/** Where nodes with a tag or an anchor begin. Tokens are let go: they take a quarter of the memory that a document does. */
function nodeStarts(document: Document, starts: ReadonlyMap<unknown, number>): ReadonlyMap<Node, number> {
  const found = new Map<Node, number>();
  const open: unknown[] = [document.contents];
  for (let part = open.pop(); open.length > 0 || part !== undefined; part = open.pop()) {
    if (isPair(part)) open.push(part.value, part.key);
    if (isMap(part) || isSeq(part)) for (const item of part.items) open.push(item);
    if (!isPair(part) && !isNode(part)) continue;
    const made: { srcToken?: unknown } = part;
    const start = starts.get(made.srcToken);
    if (start !== undefined && isNode(part)) found.set(part, start);
    made.srcToken = undefined;
  }
  return found;
}

/** Where the tag or the anchor of a node begins, for those that have any. */
function propertyStarts(tokens: readonly CST.Token[]): ReadonlyMap<CST.Token, number> {
  const starts = new Map<CST.Token, number>();
  const open: CST.Token[] = [...tokens];
  const note = (before: readonly CST.SourceToken[], token: CST.Token | null | undefined) => {
    if (token === null || token === undefined) return;
    const property = before.find(({ type }) => type === 'tag' || type === 'anchor');
    if (property !== undefined) starts.set(token, property.offset);
    open.push(token);
  };
  for (let token = open.pop(); token !== undefined; token = open.pop()) {
    if (token.type === 'document') note(token.start, token.value);
    if (!('items' in token)) continue;
    for (const { start, key, sep, value } of token.items) {
      if (key !== undefined) note(start, key);
      note(sep ?? start, value);
    }
  }
  return starts;
}
