import { isJsonMap, type Json, type JsonMap } from './rendered-app';

/** A loop may make at most this many copies; CloudFormation allows 500 resources in a template. */
const MOST_COPIES = 2000;

const LOOP = 'Fn::ForEach::';

/** A template with its `Fn::ForEach` loops written out. */
export interface ExpandedTemplate {
  readonly json: JsonMap;
  /** Loops that could not be written out. */
  readonly notJudged: readonly string[];
}

/** Writes out `Fn::ForEach` loops (transform AWS::LanguageExtensions), nested ones included. */
export function expandLoops(template: JsonMap): ExpandedTemplate {
  // Loops need a transform; most templates have none, and are neither searched nor copied.
  const mayLoop = template.Transform === undefined ? hasLoopAtTop(template) : hasLoop(template);
  if (!mayLoop) return { json: template, notJudged: [] };
  const notJudged: string[] = [];
  const expansion = new Expansion(template, notJudged);
  return { json: expansion.map(template, new Map()), notJudged };
}

function hasLoop(node: Json | undefined): boolean {
  if (Array.isArray(node)) return (node as readonly Json[]).some(hasLoop);
  if (!isJsonMap(node)) return false;
  for (const key in node) if (key.startsWith(LOOP) || hasLoop(node[key])) return true;
  return false;
}

/** A loop without the transform cannot be deployed; one around resources is written out all the same. */
function hasLoopAtTop({ Resources }: JsonMap): boolean {
  return isJsonMap(Resources) && Object.keys(Resources).some((key) => key.startsWith(LOOP));
}

type Bindings = ReadonlyMap<string, string>;

class Expansion {
  #copies = 0;

  constructor(
    readonly template: JsonMap,
    readonly notJudged: string[],
  ) {}

  map(node: JsonMap, bindings: Bindings): JsonMap {
    const out: Record<string, Json | undefined> = Object.create(null);
    for (const [key, item] of Object.entries(node)) {
      if (item === undefined) continue;
      if (key.startsWith(LOOP)) Object.assign(out, this.#loop(key, item, bindings));
      else out[substitute(key, bindings)] = this.#node(item, bindings);
    }
    return out;
  }

  #node(node: Json, bindings: Bindings): Json {
    if (typeof node === 'string') return substitute(node, bindings);
    if (Array.isArray(node)) return (node as readonly Json[]).map((item) => this.#node(item, bindings));
    if (!isJsonMap(node)) return node;
    const bound = typeof node.Ref === 'string' ? bindings.get(node.Ref) : undefined;
    return bound ?? this.map(node, bindings);
  }

  #loop(key: string, argument: Json, bindings: Bindings): JsonMap {
    const name = key.slice(LOOP.length);
    const [identifier, rawItems, body] = Array.isArray(argument) ? (argument as readonly Json[]) : [];
    const items = rawItems === undefined ? undefined : this.#items(rawItems, bindings);
    if (typeof identifier !== 'string' || items === undefined || !isJsonMap(body)) {
      this.notJudged.push(`loop ${name} runs over a list that is only known at deployment`);
      return {};
    }
    this.#copies += items.length;
    if (this.#copies > MOST_COPIES) {
      this.notJudged.push(`loop ${name} makes more than ${MOST_COPIES} copies`);
      return {};
    }
    const out: Record<string, Json | undefined> = {};
    for (const item of items) Object.assign(out, this.map(body, new Map([...bindings, [identifier, item]])));
    return out;
  }

  #items(raw: Json, bindings: Bindings): string[] | undefined {
    if (Array.isArray(raw)) {
      const items = (raw as readonly Json[]).map((item) => this.#node(item, bindings));
      return items.every((item) => typeof item === 'string') ? (items as string[]) : undefined;
    }
    if (!isJsonMap(raw) || typeof raw.Ref !== 'string') return undefined;
    const declared = isJsonMap(this.template.Parameters) ? this.template.Parameters[raw.Ref] : undefined;
    const standard = isJsonMap(declared) ? declared.Default : undefined;
    return typeof standard === 'string' ? standard.split(',').map((item) => item.trim()) : undefined;
  }
}

/** `${Name}` keeps the text as it is, `&{Name}` drops what is not alphanumeric: for logical ids. */
function substitute(text: string, bindings: Bindings): string {
  if (bindings.size === 0 || !text.includes('{')) return text;
  return text.replace(/([$&])\{([^}!]+)\}/g, (whole, sign: string, name: string) => {
    const bound = bindings.get(name);
    if (bound === undefined) return whole;
    return sign === '&' ? bound.replace(/[^A-Za-z0-9]/g, '') : bound;
  });
}
