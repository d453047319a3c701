import {
  isJsonMap,
  type Json,
  type JsonMap,
  own,
  type ParameterValues,
  type Template,
  type TemplatePath,
} from './rendered-app';

/** A loop may make at most this many copies; CloudFormation allows 500 resources in a template. */
const MOST_COPIES = 2000;

/** All copies together may hold this many characters and nodes; CloudFormation takes templates of 1 MB. */
const MOST_WRITTEN = 20_000_000;

/** What a loop runs over becomes part of logical ids, which are no longer than this. */
const LONGEST_ITEM = 255;

/** Text beyond this is not searched for the names of items. */
const LONGEST_TEXT = 100_000;

const LOOP = 'Fn::ForEach::';

/** Whether a key is a loop and not a name. */
export function isLoop(key: string): boolean {
  return key.startsWith(LOOP);
}

/** A template with its `Fn::ForEach` loops written out. */
export interface ExpandedTemplate {
  readonly json: JsonMap;
  /** Loops that could not be written out; they stand where they were, so that what holds them stays hidden. */
  readonly notJudged: readonly string[];
  /** Where a part of `json` stands in the template with its loops. */
  readonly writtenAt?: (path: TemplatePath) => TemplatePath;
}

/** What a template's parameters may be given by. */
export interface LoopContext {
  readonly name: string;
  readonly parent: Template['parent'];
  readonly values: ParameterValues;
}

/** Writes out `Fn::ForEach` loops (transform AWS::LanguageExtensions), nested ones included. */
export function expandLoops(template: JsonMap, context: LoopContext): ExpandedTemplate {
  // Loops need a transform; most templates have none, and are neither searched nor copied.
  const mayLoop = template.Transform === undefined ? hasLoopAtTop(template) : hasLoop(template);
  if (!mayLoop) return { json: template, notJudged: [] };
  const notJudged = new Set<string>();
  const expansion = new Expansion(template, context, notJudged);
  const json = expansion.map(template, new Map());
  return { json, notJudged: [...notJudged], writtenAt: (path) => expansion.writtenAt(path) };
}

function hasLoop(node: Json | undefined): boolean {
  if (Array.isArray(node)) return (node as readonly Json[]).some(hasLoop);
  if (!isJsonMap(node)) return false;
  for (const key in node) if (isLoop(key) || hasLoop(node[key])) return true;
  return false;
}

/** A loop without the transform cannot be deployed; one around resources is written out all the same. */
function hasLoopAtTop({ Resources }: JsonMap): boolean {
  return isJsonMap(Resources) && Object.keys(Resources).some(isLoop);
}

type Bindings = ReadonlyMap<string, string>;
type Writable = Record<string, Json | undefined>;

class Expansion {
  #copies = 0;
  #written = 0;
  /** The place in the body of a loop that each resource was made from. */
  readonly #origins = new Map<string, TemplatePath>();

  constructor(
    readonly template: JsonMap,
    readonly context: LoopContext,
    readonly notJudged: Set<string>,
  ) {}

  map(node: JsonMap, bindings: Bindings, at?: TemplatePath): JsonMap {
    const out: Writable = Object.create(null);
    this.#write(node, bindings, out, at);
    return out;
  }

  writtenAt(path: TemplatePath): TemplatePath {
    const [section, name, ...rest] = path;
    const origin = section === 'Resources' ? this.#origins.get(String(name)) : undefined;
    return origin === undefined ? path : [...origin, ...rest];
  }

  /** @param at where resources are written, for nodes that hold some */
  #write(node: JsonMap, bindings: Bindings, out: Writable, at?: TemplatePath): void {
    for (const [key, item] of Object.entries(node)) {
      if (item === undefined) continue;
      if (isLoop(key)) {
        this.#loop(key, item, bindings, out, at);
        continue;
      }
      const name = this.#substitute(key, bindings);
      // CloudFormation refuses it; of two the later is seen.
      if (name in out) this.notJudged.add(`loops write ${name} twice`);
      if (at !== undefined && bindings.size > 0) this.#origins.set(name, [...at, key]);
      const isResources = node === this.template && key === 'Resources' && isJsonMap(item);
      out[name] = isResources ? this.map(item, bindings, [key]) : this.#node(item, bindings);
    }
  }

  #node(node: Json, bindings: Bindings): Json {
    this.#written += 1;
    if (typeof node === 'string') return this.#substitute(node, bindings);
    if (Array.isArray(node)) return (node as readonly Json[]).map((item) => this.#node(item, bindings));
    if (!isJsonMap(node)) return node;
    const bound = typeof node.Ref === 'string' ? bindings.get(node.Ref) : undefined;
    return bound ?? this.map(node, bindings);
  }

  #loop(key: string, argument: Json, bindings: Bindings, out: Writable, at?: TemplatePath): void {
    const name = key.slice(LOOP.length);
    const [identifier, rawItems, body] = Array.isArray(argument) ? (argument as readonly Json[]) : [];
    const items = rawItems === undefined ? undefined : this.#items(rawItems, bindings);
    if (typeof identifier !== 'string' || items === undefined || !isJsonMap(body)) {
      this.notJudged.add(`loop ${name} runs over a list that is only known at deployment`);
      out[key] = argument;
      return;
    }
    this.#copies += items.length;
    for (const item of items) {
      if (this.#copies > MOST_COPIES || this.#written > MOST_WRITTEN) {
        const what = this.#copies > MOST_COPIES ? `more than ${MOST_COPIES} copies` : 'a template too large';
        this.notJudged.add(`loop ${name} makes ${what}`);
        out[key] = argument;
        return;
      }
      this.#write(body, new Map([...bindings, [identifier, item]]), out, at && [...at, key, 2]);
    }
  }

  #items(raw: Json, bindings: Bindings): readonly string[] | undefined {
    const items = this.#list(raw, bindings);
    return items?.some((item) => item.length > LONGEST_ITEM) ? undefined : items;
  }

  #list(raw: Json, bindings: Bindings): readonly string[] | undefined {
    if (Array.isArray(raw)) return texts((raw as readonly Json[]).map((item) => this.#node(item, bindings)));
    if (!isJsonMap(raw)) return undefined;
    if (typeof raw.Ref === 'string') return listParameter(raw.Ref, this.template, this.context);
    const lookup = raw['Fn::FindInMap'];
    if (!Array.isArray(lookup)) return undefined;
    let found: Json | undefined = this.template.Mappings;
    for (const key of (lookup as readonly Json[]).slice(0, 3).map((one) => this.#node(one, bindings))) {
      found = isJsonMap(found) && typeof key === 'string' ? own(found, key) : undefined;
    }
    return texts(found);
  }

  /** `${Name}` keeps the text as it is, `&{Name}` drops what is not alphanumeric: for logical ids. */
  #substitute(text: string, bindings: Bindings): string {
    if (bindings.size === 0 || !text.includes('{')) return text;
    if (text.length > LONGEST_TEXT) {
      this.notJudged.add('a text within a loop is too long to be written out');
      return text;
    }
    const written = text.replace(/([$&])\{([^}!]+)\}/g, (whole, sign: string, name: string) => {
      const bound = bindings.get(name);
      if (bound === undefined) return whole;
      return sign === '&' ? bound.replace(/[^A-Za-z0-9]/g, '') : bound;
    });
    this.#written += written.length;
    return written;
  }
}

function texts(raw: Json | undefined): readonly string[] | undefined {
  const items: readonly Json[] | undefined = Array.isArray(raw) ? (raw as readonly Json[]) : undefined;
  return items?.every((item) => typeof item === 'string') ? items : undefined;
}

/** The list that a parameter holds where that can be told without conditions: given by the stack around, the user, or its default. */
function listParameter(
  name: string,
  { Parameters: declarations }: JsonMap,
  { name: stack, parent, values }: LoopContext,
): readonly string[] | undefined {
  const declared = isJsonMap(declarations) ? own(declarations, name) : undefined;
  // The default of a parameter in SSM is its name there.
  if (!isJsonMap(declared) || String(declared.Type).startsWith('AWS::SSM::')) return undefined;
  const around = parent?.template.resources.get(parent.logicalId)?.properties ?? {};
  const passed = around.Parameters;
  if (isJsonMap(passed) && own(passed, name) !== undefined) {
    const raw = own(passed, name);
    if (isJsonMap(raw) && typeof raw.Ref === 'string' && parent !== undefined) {
      const { json, name: above, parent: next } = parent.template;
      return listParameter(raw.Ref, json, { name: above, parent: next, values });
    }
    return typeof raw === 'string' ? split(raw) : texts(raw);
  }
  // A function around what is passed hides whether this is.
  if (
    [around, passed].some((map) => isJsonMap(map) && Object.keys(map).some((key) => key.startsWith('Fn::')))
  )
    return undefined;
  const text = own(values, `${stack}.${name}`) ?? own(values, name) ?? declared.Default;
  return typeof text === 'string' ? split(text) : undefined;
}

function split(text: string): readonly string[] {
  return text.split(',').map((item) => item.trim());
}
