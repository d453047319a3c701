import { isJsonMap, type Json } from '../template';

/**
 * The keys that stand twice in one object of a JSON text, with the lines of the later ones.
 *
 * `JSON.parse` keeps the last of them without a word, as CloudFormation does: a reader may have seen the first.
 *
 * @param json what the text was parsed to
 * @param then what each of them ends with: what follows from it, or what to do
 */
export function duplicateKeys(text: string, json: Json, then: string): readonly string[] {
  // Nearly always none: counting is a tenth of the work of looking for them.
  return keysWritten(text) === keysKept(json) ? [] : lookFor(text, then);
}

function keysKept(json: Json | undefined): number {
  if (Array.isArray(json))
    return (json as readonly Json[]).reduce<number>((sum, item) => sum + keysKept(item), 0);
  if (!isJsonMap(json)) return 0;
  let count = 0;
  for (const key of Object.keys(json)) count += 1 + keysKept(json[key]);
  return count;
}

function keysWritten(text: string): number {
  let count = 0;
  eachString(text, (_, end) => {
    if (text[afterSpace(text, end)] === ':') count += 1;
  });
  return count;
}

const MOST_TOLD = 10;

function lookFor(text: string, then: string): readonly string[] {
  const told: string[] = [];
  const open: Set<string>[] = [];
  let line = 1;
  let from = 0;
  const read = (until: number) => {
    for (; from < until; from += 1) {
      const sign = text[from];
      if (sign === '{' || sign === '[') open.push(new Set());
      else if (sign === '}' || sign === ']') open.pop();
      else if (sign === '\n') line += 1;
    }
  };
  eachString(text, (start, end) => {
    read(start);
    from = end;
    if (text[afterSpace(text, end)] !== ':') return;
    const key = JSON.parse(text.slice(start, end)) as string;
    const keys = open.at(-1);
    if (keys?.has(key) === true)
      told.push(`key ${JSON.stringify(key)} stands twice, in line ${line} again${then}`);
    keys?.add(key);
  });
  return told.length > MOST_TOLD
    ? [...told.slice(0, MOST_TOLD), `${told.length - MOST_TOLD} more keys stand twice`]
    : told;
}

/** Calls back for every string of a JSON text, quotes included. */
function eachString(text: string, found: (start: number, end: number) => void): void {
  for (let start = text.indexOf('"'); start !== -1; ) {
    let end = text.indexOf('"', start + 1);
    while (text[end - 1] === '\\' && isEscaped(text, end)) end = text.indexOf('"', end + 1);
    found(start, end + 1);
    start = text.indexOf('"', end + 1);
  }
}

function afterSpace(text: string, from: number): number {
  let at = from;
  for (
    let code = text.charCodeAt(at);
    code === 0x20 || (code >= 0x09 && code <= 0x0d);
    code = text.charCodeAt(at)
  ) {
    at += 1;
  }
  return at;
}

/** Whether an odd number of backslashes stands before a quote. */
export function isEscaped(text: string, quote: number): boolean {
  let before = quote;
  while (text[before - 1] === '\\') before -= 1;
  return (quote - before) % 2 === 1;
}
