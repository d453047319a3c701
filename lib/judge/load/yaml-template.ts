import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  type Tags,
} from 'yaml';
import { TransmissionError } from '../../core/errors';
import type { Json, JsonMap, Position } from '../template';
import { MOST_NODES, refuseDepth, refuseUnreasonableYaml, tooMuch } from './bounds';
import { functionOf, SHORT_FORM_TAGS } from './yaml-tags';

/** Finds the place of a part of a template. */
export type Locate = (path: readonly (string | number)[]) => Position | undefined;

/** A parsed YAML (or JSON) template, and where its parts stand. */
export interface YamlTemplate {
  readonly json: Json;
  readonly locate: Locate;
}

/** Parses a CloudFormation template in YAML. */
export function parseYamlTemplate(text: string, file: string): YamlTemplate {
  refuseUnreasonableYaml(text, file);
  const { document, lineCounter } = parsed(text);
  const [error] = document.errors;
  if (error !== undefined) {
    const at = error.linePos?.[0];
    const [reason = 'is not YAML'] = error.message.split('\n');
    throw new TransmissionError(
      'UnreadableTemplate',
      `is not valid YAML, ${reason.replace(/ at line \d+, column \d+:?$/, '')}, correct it there`,
      at === undefined ? file : `${file}:${at.line}:${at.col}`,
    );
  }
  return {
    json: new Reader(file, lineCounter).json(document.contents),
    locate: (path) => locate(document, lineCounter, path),
  };
}

/** The places of a JSON template that was parsed already. A courtesy: where it fails, there are none. */
export function locateInJson(text: string, file: string): Locate {
  try {
    refuseUnreasonableYaml(text, file);
    const { document, lineCounter } = parsed(text);
    return (path) => locate(document, lineCounter, path);
  } catch {
    return () => undefined;
  }
}

function parsed(text: string): { document: Document; lineCounter: LineCounter } {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, {
    version: '1.1',
    lineCounter,
    // The parser compares each key with each other one, which takes minutes on a long map: the reader looks.
    uniqueKeys: false,
    merge: true,
    // A date is text to CloudFormation: `Version: 2012-10-17`.
    customTags: (tags) => [...tags.filter(isNoTimestamp), ...SHORT_FORM_TAGS],
  });
  return { document, lineCounter };
}

function isNoTimestamp(tag: Tags[number]): boolean {
  return typeof tag === 'string' ? tag !== 'timestamp' : tag.tag !== 'tag:yaml.org,2002:timestamp';
}

/** Turns nodes into JSON, aliases written out. */
class Reader {
  #nodes = 0;
  /** Nodes by anchor, as far as was read: the parser would search the whole document for each alias. */
  readonly #anchors = new Map<string, Node>();

  constructor(
    readonly file: string,
    readonly lineCounter: LineCounter,
  ) {}

  json(node: Node | null, depth = 0): Json {
    this.#nodes += 1;
    if (this.#nodes > MOST_NODES)
      throw tooMuch(this.file, `has more than ${MOST_NODES} nodes`, 'write its aliases out');
    // An alias may hold itself.
    refuseDepth(depth, this.file);
    if (node === null) return null;
    if (isAlias(node)) {
      const target = this.#anchors.get(node.source);
      if (target === undefined) throw this.#invalid(`alias ${node.source} has no anchor before it`, node);
      return this.json(target, depth + 1);
    }
    if (node.anchor !== undefined) this.#anchors.set(node.anchor, node);
    const content = this.#content(node, depth);
    const name = functionOf(node.tag);
    if (name === undefined) return content;
    const dotted = name === 'Fn::GetAtt' && typeof content === 'string';
    return { [name]: dotted ? splitOnce(content) : content };
  }

  #content(node: Node, depth: number): Json {
    if (isSeq(node)) return node.items.map((item) => this.json(item as Node, depth + 1));
    if (isMap(node)) {
      const map: Record<string, Json> = Object.create(null);
      const written = new Set<string>();
      for (const { key, value } of node.items) {
        const name = keyText(key);
        if (name !== MERGE && written.has(name)) throw this.#invalid('Map keys must be unique', key);
        // YAML takes a comment of the JSON kind for the beginning of the next key, which would go unseen.
        if (/^\/[/*].*"/.test(name)) throw this.#invalid('JSON has no comments', key);
        written.add(name);
        const item = this.json(value as Node | null, depth + 1);
        if (name === MERGE) mergeInto(map, item);
        else map[name] = item;
      }
      return map;
    }
    if (!isScalar(node)) return null;
    const { value, source } = node;
    if (typeof value === 'bigint') return String(value);
    // The parser takes `y` and `n` for booleans, CloudFormation does not.
    if (typeof value === 'boolean' && /^[yn]$/i.test(source ?? '')) return source ?? null;
    if (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number') return value;
    return value === null || value === undefined ? null : String(value);
  }

  #invalid(why: string, node: unknown): TransmissionError {
    const start = (node as Node | null)?.range?.[0];
    const at = start === undefined ? undefined : this.lineCounter.linePos(start);
    return new TransmissionError(
      'UnreadableTemplate',
      `is not valid YAML, ${why}, correct it there`,
      at === undefined ? this.file : `${this.file}:${at.line}:${at.col}`,
    );
  }
}

const MERGE = '<<';

/** Keys keep their source text: YAML 1.1 would make `On:` and `N:` booleans. */
function keyText(key: unknown): string {
  if (isScalar(key)) return typeof key.value === 'symbol' ? MERGE : (key.source ?? String(key.value));
  return String(key);
}

function mergeInto(map: Record<string, Json>, item: Json): void {
  const sources: readonly Json[] = Array.isArray(item) ? (item as readonly Json[]) : [item];
  for (const source of sources) {
    if (typeof source !== 'object' || source === null || Array.isArray(source)) continue;
    for (const [key, value] of Object.entries(source as JsonMap)) {
      if (!(key in map) && value !== undefined) map[key] = value;
    }
  }
}

function splitOnce(text: string): Json {
  const dot = text.indexOf('.');
  return dot === -1 ? [text] : [text.slice(0, dot), text.slice(dot + 1)];
}

function locate(
  document: Document,
  lineCounter: LineCounter,
  path: readonly (string | number)[],
): Position | undefined {
  let node: unknown = document.contents;
  let start: number | undefined;
  for (const step of path) {
    const resolved = isAlias(node) ? node.resolve(document) : node;
    if (isMap(resolved)) {
      // `JSON.parse` keeps the last of two equal keys.
      const pair = resolved.items.findLast(({ key }) => keyText(key) === String(step));
      if (pair === undefined) break;
      start = (pair.key as Node).range?.[0] ?? start;
      node = pair.value;
    } else if (isSeq(resolved)) {
      const item = resolved.items[Number(step)] as Node | undefined;
      if (item === undefined) break;
      start = item.range?.[0] ?? start;
      node = item;
    } else break;
  }
  if (start === undefined) return undefined;
  const { line, col } = lineCounter.linePos(start);
  return { line, column: col };
}
