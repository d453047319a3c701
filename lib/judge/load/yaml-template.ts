import {
  type CollectionTag,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  type ScalarTag,
  type Tags,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { TransmissionError } from '../../core/errors';
import type { Json, JsonMap, Position } from '../template';
import { MOST_NODES, tooMuch } from './bounds';

/** CloudFormation's short forms that stand for `Fn::<name>`. */
const FUNCTIONS = [
  'And',
  'Base64',
  'Cidr',
  'Equals',
  'FindInMap',
  'GetAtt',
  'GetAZs',
  'GetStackOutput',
  'If',
  'ImportValue',
  'Join',
  'Length',
  'Not',
  'Or',
  'Select',
  'Split',
  'Sub',
  'ToJsonString',
  'Transform',
];

const SHORT_FORMS: ReadonlyMap<string, string> = new Map([
  ['!Ref', 'Ref'],
  ['!Condition', 'Condition'],
  ...FUNCTIONS.map((name): [string, string] => [`!${name}`, `Fn::${name}`]),
]);

// One name, three kinds of node: a tag is registered for each.
const TAGS: readonly (ScalarTag | CollectionTag)[] = [...SHORT_FORMS.keys()].flatMap((tag) => [
  { tag, resolve: (text: string) => text },
  { tag, collection: 'seq', resolve: (node: YAMLMap | YAMLSeq) => node },
  { tag, collection: 'map', resolve: (node: YAMLMap | YAMLSeq) => node },
]);

/** A parsed YAML (or JSON) template, and where its parts stand. */
export interface YamlTemplate {
  readonly json: Json;
  locate(path: readonly (string | number)[]): Position | undefined;
}

/** Parses a CloudFormation template in YAML; the caller has bounded its depth. */
export function parseYamlTemplate(text: string, file: string): YamlTemplate {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, {
    version: '1.1',
    lineCounter,
    uniqueKeys: true,
    merge: true,
    // A date is text to CloudFormation: `Version: 2012-10-17`.
    customTags: (tags) => [...tags.filter(isNoTimestamp), ...TAGS],
  });
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
  const nodes = { count: 0 };
  return {
    json: toJson(document.contents, document, file, nodes),
    locate: (path) => locate(document, lineCounter, path),
  };
}

function isNoTimestamp(tag: Tags[number]): boolean {
  return typeof tag === 'string' ? tag !== 'timestamp' : tag.tag !== 'tag:yaml.org,2002:timestamp';
}

function toJson(node: Node | null, document: Document, file: string, nodes: { count: number }): Json {
  nodes.count += 1;
  if (nodes.count > MOST_NODES)
    throw tooMuch(file, `has more than ${MOST_NODES} nodes`, 'write its aliases out');
  if (node === null) return null;
  if (isAlias(node)) return toJson(node.resolve(document) ?? null, document, file, nodes);
  const content = contentOf(node, document, file, nodes);
  const name = node.tag === undefined ? undefined : SHORT_FORMS.get(node.tag);
  if (name !== undefined) {
    const dotted = name === 'Fn::GetAtt' && typeof content === 'string';
    return { [name]: dotted ? splitOnce(content) : content };
  }
  // A tag that nobody defined hides what it makes.
  if (node.tag?.startsWith('!') === true && node.tag !== '!') {
    return { [`Fn::${node.tag.slice(1)} (unknown tag)`]: content };
  }
  return content;
}

function contentOf(node: Node, document: Document, file: string, nodes: { count: number }): Json {
  if (isSeq(node)) return node.items.map((item) => toJson(item as Node, document, file, nodes));
  if (isMap(node)) {
    const map: Record<string, Json> = Object.create(null);
    for (const { key, value } of node.items) {
      const name = keyText(key);
      const item = toJson(value as Node | null, document, file, nodes);
      if (name === '<<') mergeInto(map, item);
      else map[name] = item;
    }
    return map;
  }
  if (!isScalar(node)) return null;
  const { value } = node;
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number') return value;
  return value === null || value === undefined ? null : String(value);
}

/** Keys keep their source text: YAML 1.1 would make `On:` and `N:` booleans. */
function keyText(key: unknown): string {
  if (isScalar(key)) return typeof key.value === 'symbol' ? '<<' : (key.source ?? String(key.value));
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
      const pair = resolved.items.find(({ key }) => keyText(key) === String(step));
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
