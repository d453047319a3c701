import { comparison, type Matches } from './filter-pattern-values';

type Test = (entry: unknown) => boolean;

const TOKEN =
  /\s*(\(|\)|\|\||&&|!=|<=|>=|=|<|>|"(?:[^"\\]|\\.)*"|%[^%]*%|\$[\w.\-[\]*'"]*|[^\s()|&=<>!"%{}]+)/y;

/**
 * A pattern for entries in JSON: `{ ($.a = "x") && ($.b NOT EXISTS) }`; `&&` binds more than `||`.
 *
 * A selector that finds nothing, a map or a list matches no comparison, `!=` neither: the documentation says it of maps and
 * lists, and recorded entries hold every field that a pattern compares.
 */
export function jsonPattern(text: string): Matches {
  const inner = /^\{(.*)\}$/s.exec(text)?.[1];
  if (inner === undefined) throw new SyntaxError(`no pattern for JSON: ${JSON.stringify(text)}`);
  const tokens = tokensOf(inner);
  const test = alternatives(tokens);
  if (tokens.length > 0) throw new SyntaxError(`cannot read the rest of the pattern: ${tokens.join(' ')}`);
  return (line) => {
    const entry = parsed(line);
    return entry !== undefined && test(entry);
  };
}

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  const end = text.trimEnd().length;
  while (TOKEN.lastIndex < end) {
    const at = TOKEN.lastIndex;
    const found = TOKEN.exec(text);
    if (found?.[1] === undefined)
      throw new SyntaxError(`cannot read the pattern at ${text.slice(at, at + 40)}`);
    tokens.push(found[1]);
  }
  return tokens;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function alternatives(tokens: string[]): Test {
  const tests = [conjunction(tokens)];
  while (tokens[0] === '||') {
    tokens.shift();
    tests.push(conjunction(tokens));
  }
  return (entry) => tests.some((test) => test(entry));
}

function conjunction(tokens: string[]): Test {
  const tests = [condition(tokens)];
  while (tokens[0] === '&&') {
    tokens.shift();
    tests.push(condition(tokens));
  }
  return (entry) => tests.every((test) => test(entry));
}

function condition(tokens: string[]): Test {
  const first = tokens.shift();
  if (first === '(') {
    const test = alternatives(tokens);
    if (tokens.shift() !== ')') throw new SyntaxError('a bracket is not closed');
    return test;
  }
  if (first === undefined || !first.startsWith('$')) throw new SyntaxError(`no selector: ${first}`);
  const select = selector(first);
  const operator = tokens.shift() ?? '';
  if (operator === 'EXISTS') return (entry) => select(entry).length > 0;
  const operand = tokens.shift() ?? '';
  if (operator === 'NOT' && operand === 'EXISTS') return (entry) => select(entry).length === 0;
  if (operator === 'IS') {
    const wanted = { NULL: null, TRUE: true, FALSE: false }[operand];
    if (wanted === undefined) throw new SyntaxError(`IS ${operand}`);
    return (entry) => select(entry).includes(wanted);
  }
  const compare = comparison(operator, operand);
  return (entry) => select(entry).some((value) => isText(value) && compare(value));
}

function isText(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** `$.users[0].name`, `$.users[*].name`, `$['a.b']`: the values that it finds, none where there is none. */
function selector(text: string): (entry: unknown) => readonly unknown[] {
  const steps = [...text.slice(1).matchAll(/\.?\[['"]([^'"]*)['"]\]|\[(\d+|\*)\]|\.([\w-]+)/g)];
  if (steps.map(([whole]) => whole).join('') !== text.slice(1)) throw new SyntaxError(`no selector: ${text}`);
  return (entry) =>
    steps.reduce<readonly unknown[]>(
      (values, [, quoted, index, name]) => values.flatMap((value) => stepInto(value, quoted ?? name, index)),
      [entry],
    );
}

function stepInto(value: unknown, name: string | undefined, index: string | undefined): readonly unknown[] {
  if (index !== undefined) {
    if (!Array.isArray(value)) return [];
    return index === '*' ? value : value.slice(Number(index), Number(index) + 1);
  }
  if (typeof value !== 'object' || value === null || name === undefined) return [];
  return Object.hasOwn(value, name) ? [(value as Record<string, unknown>)[name]] : [];
}
