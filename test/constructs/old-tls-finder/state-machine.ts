/** What a task got, and answers or throws. */
export type Task = (resource: string, input: Record<string, unknown>) => unknown;

interface State {
  readonly Type: 'Task' | 'Choice' | 'Succeed';
  readonly Resource?: string;
  readonly Parameters?: Record<string, unknown>;
  readonly ResultSelector?: Record<string, unknown>;
  readonly ResultPath?: string;
  readonly Next?: string;
  readonly End?: boolean;
  readonly Choices?: readonly {
    readonly Variable: string;
    readonly NumericGreaterThan: number;
    readonly Next: string;
  }[];
  readonly Default?: string;
}

/** A state machine in the language of Amazon (JSONPath), as far as the report uses it. */
export interface Definition {
  readonly StartAt: string;
  readonly TimeoutSeconds: number;
  readonly States: Readonly<Record<string, State>>;
}

/**
 * Runs a state machine, and gives the states that it went through.
 *
 * @see https://states-language.net/spec.html
 */
export function run({ StartAt, States }: Definition, task: Task): readonly string[] {
  const visited: string[] = [];
  let data: unknown = { time: '2026-11-23T06:00:00Z' };
  let name: string | undefined = StartAt;
  while (name !== undefined) {
    visited.push(name);
    const state: State | undefined = States[name];
    if (state === undefined) throw new Error(`no state ${name}`);
    if (state.Type === 'Succeed') break;
    if (state.Type === 'Choice') {
      const taken: { readonly Next: string } | undefined = state.Choices?.find(
        ({ Variable, NumericGreaterThan }) => {
          const value = at(data, Variable);
          if (typeof value !== 'number') throw new Error(`${Variable} is no number: ${String(value)}`);
          return value > NumericGreaterThan;
        },
      );
      name = taken?.Next ?? state.Default;
      continue;
    }
    const input = filled(state.Parameters ?? {}, data);
    const answer = task(state.Resource ?? '', input as Record<string, unknown>);
    const result = state.ResultSelector === undefined ? answer : filled(state.ResultSelector, answer);
    data = placed(data, state.ResultPath, result);
    name = state.End === true ? undefined : state.Next;
  }
  return visited;
}

function filled(template: unknown, data: unknown): unknown {
  if (typeof template !== 'object' || template === null || Array.isArray(template)) return template;
  return Object.fromEntries(
    Object.entries(template).map(([name, value]) =>
      name.endsWith('.$') ? [name.slice(0, -2), evaluated(String(value), data)] : [name, filled(value, data)],
    ),
  );
}

/** A path, or `States.Format('… {} …', arguments)`. */
function evaluated(expression: string, data: unknown): unknown {
  if (expression.startsWith('$')) return at(data, expression);
  const [, format = '', rest = ''] =
    /^States\.Format\('([^']*)'((?:, (?:'[^']*'|\$[\w.]+))*)\)$/.exec(expression) ?? [];
  if (format === '') throw new Error(`not understood: ${expression}`);
  const values = [...rest.matchAll(/, (?:'([^']*)'|(\$[\w.]+))/g)].map(([, text, path]) =>
    path === undefined ? text : at(data, path),
  );
  if (format.split('{}').length - 1 !== values.length)
    throw new Error(`not as many values as {}: ${expression}`);
  return format.replace(/\{\}/g, () => String(values.shift()));
}

function at(data: unknown, path: string): unknown {
  return path
    .split('.')
    .slice(1)
    .reduce<unknown>((value, name) => {
      const found = (value as Record<string, unknown> | undefined)?.[name];
      if (found === undefined) throw new Error(`States.Runtime: nothing at ${path}`);
      return found;
    }, data);
}

function placed(data: unknown, path: string | undefined, result: unknown): unknown {
  if (path === undefined) return result;
  return { ...(data as object), [path.slice(2)]: result };
}
