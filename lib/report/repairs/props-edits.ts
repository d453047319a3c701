import type { Imports } from './imports';
import { type Node, namesOf, type ObjectLiteral, objectIn, spanOf } from './syntax';
import type { Patch } from './text-lines';

/** A value as code: what a property is set to, or the properties of a map. */
export type Code = string | { readonly [prop: string]: Code };

/** Sets properties of an object literal; `undefined` where something else than a literal decides one of them. */
export function propsPatches(
  text: string,
  object: ObjectLiteral,
  props: Readonly<Record<string, Code>>,
  imports: Imports,
): readonly Patch[] | undefined {
  const patches: Patch[] = [];
  const missing: [string, Code][] = [];
  const { properties } = object;
  const lastSpread = properties.findLastIndex(({ type }) => type === 'SpreadElement');
  for (const [prop, code] of Object.entries(props)) {
    const index = properties.findLastIndex((property) => keyOf(property) === prop);
    const found = properties[index];
    if (found === undefined) {
      missing.push([prop, code]);
      continue;
    }
    // What is spread after it may replace it.
    if (found.type !== 'ObjectProperty' || found.shorthand || lastSpread > index) return undefined;
    const value: Node = found.value;
    if (typeof code !== 'string') {
      const inner = objectIn(value);
      const nested = inner === undefined ? undefined : propsPatches(text, inner, code, imports);
      if (nested === undefined) return undefined;
      patches.push(...nested);
      continue;
    }
    const span = spanOf(value);
    if (text.slice(span.start, span.end) === code) continue;
    if (!isPlain(value, imports)) return undefined;
    patches.push({ ...span, text: code });
  }
  const inserted = missing.length === 0 ? undefined : insertion(text, object, missing);
  return inserted === undefined ? patches : [...patches, inserted];
}

/** Whether an object literal has none of some properties, for certain. */
export function lacks(object: ObjectLiteral, props: readonly string[]): boolean {
  return object.properties.every((property) => {
    const key = keyOf(property);
    return key !== undefined && !props.includes(key);
  });
}

/** `{ a: 1, b: { c: 2 } }` */
export function objectText(props: Readonly<Record<string, Code>>): string {
  return `{ ${Object.entries(props)
    .map(([prop, code]) => entryText(prop, code))
    .join(', ')} }`;
}

function entryText(prop: string, code: Code): string {
  const key = /^[A-Za-z_$][\w$]*$/.test(prop) ? prop : `'${prop}'`;
  return `${key}: ${typeof code === 'string' ? code : objectText(code)}`;
}

/** After the last property, as the object is written: on one line, or each on its own. */
function insertion(
  text: string,
  object: ObjectLiteral,
  missing: readonly (readonly [string, Code])[],
): Patch {
  const entries = missing.map(([prop, code]) => entryText(prop, code));
  const last = object.properties.at(-1);
  if (last === undefined) return { ...spanOf(object), text: `{ ${entries.join(', ')} }` };
  const { start, end } = spanOf(last);
  const before = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const separator = before.trim() === '' ? `,${lineEnd}${before}` : ', ';
  return { start: end, end, text: entries.map((entry) => separator + entry).join('') };
}

function keyOf(property: ObjectLiteral['properties'][number]): string | undefined {
  if (property.type === 'SpreadElement' || property.computed) return undefined;
  if (property.key.type === 'Identifier') return property.key.name;
  return property.key.type === 'StringLiteral' ? property.key.value : undefined;
}

/** Written out, and decided by nothing else: a literal, or a constant of the CDK. */
function isPlain(node: Node, imports: Imports): boolean {
  if (/^(String|Numeric|Boolean|Null)Literal$/.test(node.type)) return true;
  if (node.type === 'Identifier') return namesOf(node)?.[0] === 'undefined';
  return node.type === 'MemberExpression' && imports.isOfPackage(node);
}
