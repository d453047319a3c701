const PUNCTUATION_OR_VALUE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: RFC 8259 names the characters that strings may not hold
  /[{}[\],:]|"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const SPACE = /[ \t\n\r]*/y;

/** What may come next in a text of JSON. */
type Expected = 'value' | 'value or ]' | 'key' | 'key or }' | ':' | 'separator' | 'end';

/**
 * Where a text stops being JSON: the offset of the first token that does not belong there.
 *
 * `JSON.parse` names the offset in some of its messages, and in different ones in each line of Node.
 */
export function positionOfMistake(text: string): number {
  const open: string[] = [];
  let expected: Expected = 'value';
  let position = skip(text, 0);
  while (position < text.length) {
    PUNCTUATION_OR_VALUE.lastIndex = position;
    const [token] = PUNCTUATION_OR_VALUE.exec(text) ?? [];
    const next: Expected | undefined = token === undefined ? undefined : after(token, expected, open);
    if (token === undefined || next === undefined) return position;
    expected = next;
    position = skip(text, position + token.length);
  }
  return position;
}

/** The line of a text on which an offset lies, from 1; spaces at the end of the text are on no line. */
export function lineOf(text: string, position: number): number {
  const before = position >= text.length ? text.trimEnd() : text.slice(0, position);
  return before.split('\n').length;
}

/** What may come after a token; `undefined` where the token itself may not come. `open` holds the open brackets. */
function after(token: string, expected: Expected, open: string[]): Expected | undefined {
  if (token === '}' || token === ']') {
    const fits = expected === 'separator' || expected === (token === '}' ? 'key or }' : 'value or ]');
    if (!fits || open.pop() !== token) return undefined;
    return open.length === 0 ? 'end' : 'separator';
  }
  if (token === ':') return expected === ':' ? 'value' : undefined;
  if (token === ',') {
    if (expected !== 'separator') return undefined;
    return open.at(-1) === '}' ? 'key' : 'value';
  }
  if (expected === 'key' || expected === 'key or }') return token.startsWith('"') ? ':' : undefined;
  if (expected !== 'value' && expected !== 'value or ]') return undefined;
  if (token === '{' || token === '[') {
    open.push(token === '{' ? '}' : ']');
    return token === '{' ? 'key or }' : 'value or ]';
  }
  return open.length === 0 ? 'end' : 'separator';
}

function skip(text: string, position: number): number {
  SPACE.lastIndex = position;
  return position + (SPACE.exec(text)?.[0].length ?? 0);
}
