import type { TemplatePath } from '../template';
import { isEscaped } from './json-duplicates';
import type { FindPart, Part, Span } from './places';

/** A value of a JSON text and what stands in it. */
interface Written extends Span {
  readonly members?: ReadonlyMap<string, { readonly key: Span; readonly value: Written }>;
  readonly items?: readonly Written[];
}

/**
 * Where the parts of a JSON text stand.
 *
 * @param text JSON that `JSON.parse` has taken and that is not nested too deep: this goes by its punctuation alone
 */
export function partsOfJson(text: string): FindPart {
  let whole: Written | undefined;
  return (path) => {
    whole ??= new Scanner(text).value();
    return partIn(whole, path);
  };
}

function partIn(whole: Written, path: TemplatePath): Part | undefined {
  let value = whole;
  let key: Span | undefined;
  let steps = 0;
  for (const step of path) {
    const member = value.members?.get(String(step));
    const next = member?.value ?? value.items?.[Number(step)];
    if (next === undefined) break;
    key = member?.key;
    value = next;
    steps += 1;
  }
  if (steps === 0 && path.length > 0) return undefined;
  return { key, value, isExact: steps === path.length, isShared: false };
}

class Scanner {
  #at = 0;

  constructor(readonly text: string) {}

  value(): Written {
    const start = this.#skipSpace();
    const first = this.text[start];
    if (first === '{') return this.#object(start);
    if (first === '[') return this.#list(start);
    this.#at = first === '"' ? this.#endOfString(start) : this.#endOfWord(start);
    return { start, end: this.#at };
  }

  #object(start: number): Written {
    const members = new Map<string, { key: Span; value: Written }>();
    this.#at = start + 1;
    while (this.text[this.#skipSpace()] === '"') {
      const key = { start: this.#at, end: this.#endOfString(this.#at) };
      this.#at = key.end;
      this.#skipSpace();
      this.#at += 1;
      // Of two equal keys `JSON.parse` keeps the later.
      members.set(JSON.parse(this.text.slice(key.start, key.end)) as string, { key, value: this.value() });
      this.#skipComma();
    }
    this.#at += 1;
    return { start, end: this.#at, members };
  }

  #list(start: number): Written {
    const items: Written[] = [];
    this.#at = start + 1;
    while (this.#at < this.text.length && this.text[this.#skipSpace()] !== ']') {
      items.push(this.value());
      this.#skipComma();
    }
    this.#at += 1;
    return { start, end: this.#at, items };
  }

  #skipComma(): void {
    if (this.text[this.#skipSpace()] === ',') this.#at += 1;
  }

  #skipSpace(): number {
    while (isSpace(this.text.charCodeAt(this.#at))) this.#at += 1;
    return this.#at;
  }

  #endOfString(start: number): number {
    let end = start;
    do {
      end = this.text.indexOf('"', end + 1);
    } while (isEscaped(this.text, end));
    return end + 1;
  }

  /** Of a number, `true`, `false` or `null`. */
  #endOfWord(start: number): number {
    let end = start;
    while (end < this.text.length && !/[\s,\]}]/.test(this.text.charAt(end))) end += 1;
    return end;
  }
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}
