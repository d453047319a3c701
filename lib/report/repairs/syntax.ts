import { type ParserOptions, parse } from '@babel/parser';
import type { Span } from '../../judge/load/places';

/** A parsed file. */
export type Source = ReturnType<typeof parse>;
/** One statement. */
export type Statement = Source['program']['body'][number];
/** One expression. */
export type Expression = Extract<Statement, { readonly type: 'ExpressionStatement' }>['expression'];
/** An expression of one kind. */
export type ExpressionOf<T extends Expression['type']> = Extract<Expression, { readonly type: T }>;
/** `{ … }`, as a value. */
export type ObjectLiteral = ExpressionOf<'ObjectExpression'>;
/** A call, or what makes an object of a class. */
export type Making = ExpressionOf<'NewExpression'> | ExpressionOf<'CallExpression'>;

/** What every node has. */
export interface Node {
  readonly type: string;
  readonly start?: number | null | undefined;
  readonly end?: number | null | undefined;
}

/** Parses TypeScript or JavaScript; `undefined` where it is neither, or nested deeper than anybody writes. */
export function parseSource(text: string, file: string): Source | undefined {
  const isTypeScript = /\.[cm]?tsx?$/.test(file);
  const plugins: NonNullable<ParserOptions['plugins']> = [
    'decorators',
    ...(isTypeScript ? (['typescript'] as const) : []),
    ...(isTypeScript && !file.endsWith('x') ? [] : (['jsx'] as const)),
  ];
  try {
    return parse(text, { sourceType: 'unambiguous', plugins });
  } catch {
    return undefined;
  }
}

/** Every call and every `new`, wherever it stands. */
export function makingsIn(source: Source): readonly Making[] {
  const found: Making[] = [];
  const open: object[] = [source.program];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (isMaking(node)) found.push(node);
    for (const value of Object.values(node) as unknown[]) {
      for (const item of Array.isArray(value) ? (value as unknown[]) : [value])
        if (isNode(item)) open.push(item);
    }
  }
  return found;
}

function isNode(value: unknown): value is object {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value && 'end' in value;
}

function isMaking(node: object): node is Making {
  return 'type' in node && (node.type === 'NewExpression' || node.type === 'CallExpression');
}

/** Where a node stands. */
export function spanOf({ start, end }: Node): Span {
  return { start: start ?? 0, end: end ?? 0 };
}

/** `{...} as Props` is the object. */
export function objectIn(node: Node): ObjectLiteral | undefined {
  if (node.type === 'ObjectExpression') return node as ObjectLiteral;
  const isWrapped = node.type === 'TSAsExpression' || node.type === 'TSSatisfiesExpression';
  return isWrapped && 'expression' in node ? objectIn(node.expression as Node) : undefined;
}

/** The names of `a.b.c`; `undefined` where it is anything else. */
export function namesOf(node: Node): readonly string[] | undefined {
  if (node.type === 'Identifier') return [(node as ExpressionOf<'Identifier'>).name];
  if (node.type !== 'MemberExpression') return undefined;
  const { object, property, computed } = node as ExpressionOf<'MemberExpression'>;
  const before = computed || property.type !== 'Identifier' ? undefined : namesOf(object);
  return before === undefined || property.type !== 'Identifier' ? undefined : [...before, property.name];
}

/** The text of a literal, without anything that a program would have to work out. */
export function textIn(node: Node | undefined): string | undefined {
  if (node?.type === 'StringLiteral') return (node as ExpressionOf<'StringLiteral'>).value;
  if (node?.type !== 'TemplateLiteral') return undefined;
  const { expressions, quasis } = node as ExpressionOf<'TemplateLiteral'>;
  return expressions.length === 0 ? (quasis[0]?.value.cooked ?? undefined) : undefined;
}
