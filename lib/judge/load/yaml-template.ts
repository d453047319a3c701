import {
  Composer,
  type Document,
  type DocumentOptions,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type ParseOptions,
  type SchemaOptions,
  type Tags,
} from 'yaml';
import { TransmissionError } from '../../core/errors';
import { isJsonMap, type Json } from '../template';
import { MOST_NODES, refuseDepth, tooMuch, yamlTokens } from './bounds';
import { type Places, placesIn } from './places';
import { keyText, MERGE } from './yaml-keys';
import { partsOfYaml } from './yaml-places';
import { functionOf, SHORT_FORM_TAGS } from './yaml-tags';

/** A parsed YAML (or JSON) template, and where its parts stand. */
export interface YamlTemplate extends Places {
  readonly json: Json;
}

/** Parses a CloudFormation template in YAML. */
export function parseYamlTemplate(text: string, file: string): YamlTemplate {
  const lineCounter = new LineCounter();
  const invalid = (why: string, offset: number | undefined) => {
    const at = offset === undefined ? undefined : lineCounter.linePos(offset);
    const message = `is not valid YAML, ${why}, correct it there`;
    return new TransmissionError(
      'UnreadableTemplate',
      message,
      at === undefined ? file : `${file}:${at.line}:${at.col}`,
    );
  };
  // The same tokens are counted before they are composed, and tell places afterwards.
  const tokens = yamlTokens(text, file, lineCounter.addNewLine);
  const [document, another] = new Composer(COMPOSING).compose(tokens, true, text.length);
  const [error] = document?.errors ?? [];
  if (error !== undefined) throw invalid(error.message, error.pos[0]);
  if (another !== undefined) throw invalid('Source contains multiple documents', another.range[0]);
  if (document === undefined) throw invalid('it holds nothing', undefined);
  return {
    json: new Reader(file, invalid).json(document.contents as Node | null),
    ...placesIn(text, partsOfYaml(text, document as Document, tokens)),
  };
}

const COMPOSING: DocumentOptions & ParseOptions & SchemaOptions = {
  version: '1.1',
  // The parser compares each key with each other one, which takes minutes on a long map: the reader looks.
  uniqueKeys: false,
  merge: true,
  keepSourceTokens: true,
  // A date is text to CloudFormation: `Version: 2012-10-17`.
  customTags: (tags) => [...tags.filter(isNoTimestamp), ...SHORT_FORM_TAGS],
};

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
    readonly invalid: (why: string, offset: number | undefined) => TransmissionError,
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
        if (name === MERGE && !mergeInto(map, item)) throw this.#invalid('<< merges maps only', key);
        if (name === MERGE) continue;
        map[name] = item;
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
    return this.invalid(why, (node as Node | null)?.range?.[0]);
  }
}

/** Whether there were maps to merge; a call of a function is none. */
function mergeInto(map: Record<string, Json>, item: Json): boolean {
  const sources: readonly Json[] = Array.isArray(item) ? (item as readonly Json[]) : [item];
  return sources.every((source) => {
    if (!isJsonMap(source) || Object.keys(source).some((key) => key.startsWith('Fn::'))) return false;
    for (const [key, value] of Object.entries(source)) {
      if (!(key in map) && value !== undefined) map[key] = value;
    }
    return true;
  });
}

function splitOnce(text: string): Json {
  const dot = text.indexOf('.');
  return dot === -1 ? [text] : [text.slice(0, dot), text.slice(dot + 1)];
}
