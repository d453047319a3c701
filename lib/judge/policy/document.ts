import {
  type Cursor,
  concatenate,
  isValueList,
  isValueMap,
  Reference,
  type Resource,
  Text,
  Unresolved,
  type Value,
  type ValueMap,
} from '../template';

/** One statement of a resource policy, with its place in the template. */
export interface Statement {
  readonly resource: Resource;
  readonly path: string;
  readonly content: ValueMap | Unresolved;
}

/** A policy document as far as the template tells. */
export type Document =
  | { readonly state: 'given'; readonly statements: readonly Statement[] }
  | { readonly state: 'absent' }
  | { readonly state: 'unresolved'; readonly why: string };

/** Reads a policy document: an object, or a JSON string as some services take it. */
export function readDocument(cursor: Cursor): Document {
  // Policies are long, and read by many rules.
  return cursor.world.once(cursor, 'document', () => readAnew(cursor));
}

function readAnew(cursor: Cursor): Document {
  if (cursor.isMap) return readStatements(cursor.at('Statement'));
  const value = cursor.value();
  if (value === undefined || value === null) return { state: 'absent' };
  if (typeof value === 'string' || value instanceof Text) return readString(value, cursor);
  if (value instanceof Unresolved) return { state: 'unresolved', why: value.why };
  if (value instanceof Reference) return { state: 'unresolved', why: `it is ${String(value)}` };
  if (!isValueMap(value)) return { state: 'unresolved', why: 'it is not a policy document' };
  return readStatements(cursor.at('Statement'));
}

/** Reads what stands in a `Statement` element: one statement or a list of them. */
export function readStatements(cursor: Cursor): Document {
  const list = cursor.list();
  if (list.state === 'unresolved') return list;
  if (list.state === 'absent') return { state: 'given', statements: [] };
  return {
    state: 'given',
    statements: list.value.flatMap((item): Statement[] => {
      const value = item.value();
      if (value === undefined) return [];
      if (typeof value === 'string' || value instanceof Text) {
        const parsed = parse(value);
        return [{ ...placeOf(item), content: contentOf(parsed) }];
      }
      return [{ ...placeOf(item), content: contentOf(value) }];
    }),
  };
}

function readString(text: string | Text, cursor: Cursor): Document {
  const parsed = parse(text);
  if (parsed instanceof Unresolved) return { state: 'unresolved', why: parsed.why };
  if (!isValueMap(parsed)) return { state: 'unresolved', why: 'it is not a policy document' };
  const { Statement: found } = parsed;
  const statements = found === undefined ? [] : isValueList(found) ? found : [found];
  return {
    state: 'given',
    statements: statements.map((value) => ({ ...placeOf(cursor), content: contentOf(value) })),
  };
}

function placeOf({ resource, path }: Cursor): Pick<Statement, 'resource' | 'path'> {
  return { resource, path };
}

function contentOf(value: Value): ValueMap | Unresolved {
  if (isValueMap(value)) return value;
  return value instanceof Unresolved ? value : new Unresolved('a statement is not an object');
}

const OPEN = '\ue000';
const CLOSE = '\ue001';

/** Parses JSON text of which some parts are references: they stay what they are, within strings. */
function parse(text: string | Text): Value {
  const parts = typeof text === 'string' ? [text] : text.parts;
  const literal = parts.filter((part) => typeof part === 'string').join('');
  if (literal.includes(OPEN) || literal.includes(CLOSE)) {
    return new Unresolved('it holds characters that no policy has');
  }
  const marked = parts.map((part, i) => (typeof part === 'string' ? part : `${OPEN}${i}${CLOSE}`)).join('');
  const restore = (_key: string, item: unknown): unknown => {
    if (typeof item !== 'string' || !item.includes(OPEN)) return item;
    const pieces = item.split(new RegExp(`[${OPEN}${CLOSE}]`));
    return concatenate(pieces.map((piece, i) => (i % 2 === 0 ? piece : (parts[Number(piece)] ?? ''))));
  };
  try {
    return JSON.parse(marked, restore) as Value;
  } catch {
    return new Unresolved('it is not JSON');
  }
}
