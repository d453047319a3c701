import type { App } from './app';
import { isJsonMap, type Json, type JsonMap, own, type Template } from './rendered-app';

/** What a template compares an expression with: a parameter mostly. */
export interface Comparison {
  /** Values that a condition, or a mapping that has a default, compares it with: it is one of them, or none. */
  readonly literals: Set<string>;
  /** Keys of the mappings that are looked up by it. */
  readonly keys: Set<string>;
  /** The keys of lookups that every deployment makes, so that a value beside them cannot be deployed. */
  certain: Set<string> | undefined;
  /** Whether a condition depends on more of it than whether it is one of the literals. */
  open: boolean;
}

/** Comparisons by the JSON of the expression, such as `{"Ref":"Stage"}`. */
export type Comparisons = ReadonlyMap<string, Comparison>;

/** How an expression is found among comparisons. */
export function expressionKey(raw: Json): string {
  return JSON.stringify(raw);
}

/** How a parameter is found among comparisons. */
export function parameterKey(name: string): string {
  return expressionKey({ Ref: name });
}

/** What a template, and those of the stacks nested in it, compare each expression with. */
export function comparisonsOf(template: Template, app: App): Comparisons {
  return app.memo(template, 'comparisons', () => new Collection(template, app).found);
}

/** Region and account are those of the outermost stack: what all stacks nested in it compare them with. */
export function comparedWithPseudoParameter(
  template: Template,
  name: string,
  app: App,
): Comparison | undefined {
  const outermost = outermostOf(template);
  return app.memo(outermost, `comparisons of ${name}`, () => {
    const all = app.templates.filter((one) => outermostOf(one) === outermost);
    const found = all.flatMap((one) => comparisonsOf(one, app).get(parameterKey(name)) ?? []);
    return found.length === 0 ? undefined : found.reduce(merge, nothing());
  });
}

/** The template of the stack around all that a stack is nested in. */
export function outermostOf(template: Template): Template {
  let outermost = template;
  while (outermost.parent !== undefined) outermost = outermost.parent.template;
  return outermost;
}

function nothing(): Comparison {
  return { literals: new Set(), keys: new Set(), certain: undefined, open: false };
}

/** Adds what is known elsewhere; `certain` is left out, since that deployment may not take place. */
function merge(into: Comparison, from: Comparison): Comparison {
  for (const literal of from.literals) into.literals.add(literal);
  for (const key of from.keys) into.keys.add(key);
  into.open ||= from.open;
  return into;
}

class Collection {
  readonly found = new Map<string, Comparison>();

  constructor(
    readonly template: Template,
    readonly app: App,
  ) {
    const { Conditions, Outputs, Mappings, Parameters } = template.json;
    this.#equals(Conditions);
    if (isJsonMap(Mappings) && isJsonMap(Parameters)) {
      this.#lookups(Conditions, Mappings, true);
      for (const entry of [template.json.Resources, Outputs].flatMap(entriesOf)) {
        this.#lookups(entry, Mappings, entry.Condition === undefined);
      }
    }
    for (const stack of template.resources.values()) {
      const nested = app.nestedTemplate(stack);
      if (nested !== undefined) this.#passed(stack.properties.Parameters, comparisonsOf(nested, app));
    }
  }

  #of(raw: Json): Comparison {
    const key = expressionKey(raw);
    const known = this.found.get(key) ?? nothing();
    this.found.set(key, known);
    return known;
  }

  #equals(node: Json | undefined): void {
    for (const item of childrenOf(node)) this.#equals(item);
    const sides = isJsonMap(node) ? own(node, 'Fn::Equals') : undefined;
    if (!Array.isArray(sides)) return;
    const [left, right] = sides as readonly Json[];
    if (left === undefined || right === undefined) return;
    this.#compared(left, right);
    this.#compared(right, left);
  }

  #compared(one: Json, other: Json): void {
    if (!isJsonMap(one)) return;
    if (typeof other !== 'object') this.#of(one).literals.add(String(other));
    else for (const value of this.#valuesOf(other)) this.#of(one).literals.add(value);
    // What is made from a parameter may be the other side under values that stand nowhere.
    if (typeof one.Ref === 'string' && typeof other !== 'object') return;
    for (const name of mentionedIn(one)) this.#of({ Ref: name }).open = true;
  }

  /** The values of a parameter that its declaration tells. */
  #valuesOf(raw: Json): string[] {
    const name = isJsonMap(raw) ? raw.Ref : undefined;
    const declarations = this.template.json.Parameters;
    const declared =
      isJsonMap(declarations) && typeof name === 'string' ? own(declarations, name) : undefined;
    if (!isJsonMap(declared) || isSecret(declared)) return [];
    const { Default: standard, AllowedValues: allowed } = declared;
    return [standard, ...(Array.isArray(allowed) ? (allowed as readonly Json[]) : [])].flatMap((value) =>
      value === undefined || typeof value === 'object' ? [] : [String(value)],
    );
  }

  /** @param certain whether every deployment evaluates it */
  #lookups(node: Json | undefined, mappings: JsonMap, certain: boolean): void {
    if (isJsonMap(node)) {
      const lookup = own(node, 'Fn::FindInMap');
      if (Array.isArray(lookup)) this.#lookup(lookup as readonly Json[], mappings, certain);
    }
    const within = certain && !(isJsonMap(node) && 'Fn::If' in node);
    for (const item of childrenOf(node)) this.#lookups(item, mappings, within);
  }

  #lookup([map, first, second, options]: readonly Json[], mappings: JsonMap, certain: boolean): void {
    const named = typeof map === 'string' ? [own(mappings, map)] : Object.values(mappings);
    const rows = named.filter(isJsonMap);
    const cells = typeof first === 'string' ? rows.map((row) => own(row, first)) : rows.flatMap(valuesOf);
    const hasDefault = isJsonMap(options) && options.DefaultValue !== undefined;
    for (const [key, maps] of [
      [first, rows],
      [second, cells.filter(isJsonMap)],
    ] as const) {
      if (!isJsonMap(key) || typeof key.Ref !== 'string' || key.Ref.startsWith('AWS::')) continue;
      const keys = maps.flatMap((one) => Object.keys(one));
      const comparison = this.#of(key);
      for (const one of keys) (hasDefault ? comparison.literals : comparison.keys).add(one);
      if (hasDefault || !certain || typeof map !== 'string') continue;
      const before = comparison.certain;
      comparison.certain = new Set(before === undefined ? keys : keys.filter((one) => before.has(one)));
    }
  }

  /** What a nested stack compares its parameters with, these compare with what is passed to them. */
  #passed(parameters: Json | undefined, nested: Comparisons): void {
    if (!isJsonMap(parameters)) return;
    for (const [name, raw] of Object.entries(parameters)) {
      // `Fn::If` around all of them may pass anything as anything.
      const compared = name.startsWith('Fn::')
        ? { ...nothing(), open: true }
        : nested.get(parameterKey(name));
      if (compared === undefined || raw === undefined) continue;
      if (isJsonMap(raw) && typeof raw.Ref === 'string') merge(this.#of(raw), compared);
      else for (const mentioned of mentionedIn(raw)) this.#of({ Ref: mentioned }).open = true;
    }
  }
}

/** Whether a parameter's value must never be shown. */
export function isSecret(declaration: JsonMap): boolean {
  return String(declaration.NoEcho) === 'true';
}

/** The names that an expression refers to, by `Ref` and in the text of `Fn::Sub`. */
function mentionedIn(raw: Json | undefined): string[] {
  if (typeof raw === 'string') return [...raw.matchAll(/\$\{([^!}.]+)\}/g)].flatMap(([, name]) => name ?? []);
  const name = isJsonMap(raw) ? raw.Ref : undefined;
  return typeof name === 'string' ? [name] : childrenOf(raw).flatMap(mentionedIn);
}

function childrenOf(node: Json | undefined): readonly (Json | undefined)[] {
  if (Array.isArray(node)) return node as readonly Json[];
  return isJsonMap(node) ? Object.values(node) : [];
}

function entriesOf(section: Json | undefined): JsonMap[] {
  return isJsonMap(section) ? Object.values(section).filter(isJsonMap) : [];
}

function valuesOf(map: JsonMap): readonly (Json | undefined)[] {
  return Object.values(map);
}
