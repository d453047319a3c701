/** The parts of JSON in which names of members stand: texts, and what opens, closes and parts. */
const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\],]/g;

/** A member of an object of JSON. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether a value is an object of JSON. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Reads an object; undefined where the text is none, or where a name stands twice in it or in what it holds. Of two
 * claims of one name another reader might take the other one (RFC 7519, 4).
 */
export function parseObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) && !repeatsName(text) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The text is JSON: a text before which an object opened, or a comma parted its members, is a name. */
function repeatsName(text: string): boolean {
  // The names of each object that is open; undefined for an array.
  const open: (Set<string> | undefined)[] = [];
  let nameIsNext = false;
  for (const [token] of text.matchAll(TOKENS)) {
    const names = open.at(-1);
    if (token === '{' || token === '[') open.push(token === '{' ? new Set() : undefined);
    else if (token === '}' || token === ']') open.pop();
    else if (nameIsNext && names !== undefined && token !== ',') {
      const name = String(JSON.parse(token));
      if (names.has(name)) return true;
      names.add(name);
    }
    nameIsNext = token === '{' || token === ',';
  }
  return false;
}
