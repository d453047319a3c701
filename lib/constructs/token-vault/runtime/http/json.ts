import { ProblemError } from '../app/problem';

/** What a body holds. Objects have no prototype: `__proto__` is a name as any other. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** An object of a body. */
export interface JsonObject {
  readonly [name: string]: Json;
}

/** Bounds of a body, so that none takes long to read. */
export interface JsonLimits {
  /** How deep objects and lists may stand in each other; 1 is an object without any. */
  readonly depth: number;
  /** How many values there may be in all: objects, lists and what stands in them. */
  readonly values: number;
}

const SPACE = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
/** Up to the end of a text, or to an escape in it. */
const PLAIN = /[ !#-[\]-\uffff]*/y;
const WORDS: readonly (readonly [string, Json])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
];

/**
 * Reads JSON (RFC 8259) more strictly than `JSON.parse`, so that nobody on the way can have read something else: a name
 * that stands twice in an object, half a character (RFC 7493, 2.1 and 2.3) or a number that is not finite is refused.
 *
 * @throws ProblemError `invalid_request`, with nothing of the text in it
 */
export function parseJson(text: string, limits: JsonLimits): Json {
  const reader = new Reader(text, limits);
  const value = reader.value(1);
  reader.end();
  return value;
}

class Reader {
  #at = 0;
  #values = 0;

  constructor(
    private readonly text: string,
    private readonly limits: JsonLimits,
  ) {}

  value(depth: number): Json {
    this.#values += 1;
    if (this.#values > this.limits.values)
      throw new ProblemError('invalid_request', 'the body holds too many values');
    this.#skipSpace();
    switch (this.text[this.#at]) {
      case '{':
        return this.#object(depth);
      case '[':
        return this.#list(depth);
      case '"':
        return this.#string();
      default:
        return this.#wordOrNumber();
    }
  }

  end(): void {
    this.#skipSpace();
    if (this.#at !== this.text.length) throw unreadable();
  }

  #object(depth: number): JsonObject {
    this.#enter(depth);
    const object: Record<string, Json> = Object.create(null);
    if (this.#took('}')) return object;
    do {
      this.#skipSpace();
      if (this.text[this.#at] !== '"') throw unreadable();
      const name = this.#string();
      if (name in object) throw new ProblemError('invalid_request', 'an object has a name twice');
      if (!this.#took(':')) throw unreadable();
      object[name] = this.value(depth + 1);
    } while (this.#took(','));
    if (!this.#took('}')) throw unreadable();
    return object;
  }

  #list(depth: number): Json[] {
    this.#enter(depth);
    const list: Json[] = [];
    if (this.#took(']')) return list;
    do list.push(this.value(depth + 1));
    while (this.#took(','));
    if (!this.#took(']')) throw unreadable();
    return list;
  }

  #enter(depth: number): void {
    if (depth > this.limits.depth) throw new ProblemError('invalid_request', 'the body is too deep');
    this.#at += 1;
  }

  #string(): string {
    const start = this.#at;
    let escaped = false;
    this.#at += 1;
    for (;;) {
      this.#match(PLAIN);
      const found = this.text[this.#at];
      if (found === '"') break;
      if (found !== '\\') throw unreadable();
      escaped = true;
      this.#at += 2;
    }
    this.#at += 1;
    const inner = this.text.slice(start + 1, this.#at - 1);
    const text = escaped ? unescaped(this.text.slice(start, this.#at)) : inner;
    if (/\p{Surrogate}/u.test(text))
      throw new ProblemError('invalid_request', 'a text holds half a character');
    return text;
  }

  #wordOrNumber(): Json {
    const word = WORDS.find(([name]) => this.text.startsWith(name, this.#at));
    if (word !== undefined) {
      this.#at += word[0].length;
      return word[1];
    }
    const found = this.#match(NUMBER);
    const value = Number(found);
    if (found === '') throw unreadable();
    if (!Number.isFinite(value)) throw new ProblemError('invalid_request', 'a number is too large');
    return value;
  }

  #took(character: string): boolean {
    this.#skipSpace();
    if (this.text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  #skipSpace(): void {
    const code = this.text.charCodeAt(this.#at);
    if (code === 0x20 || (code >= 0x09 && code <= 0x0d)) this.#match(SPACE);
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const [found = ''] = pattern.exec(this.text) ?? [];
    this.#at += found.length;
    return found;
  }
}

/** The text that a literal stands for; which escapes there are, Node knows. */
function unescaped(literal: string): string {
  try {
    return String(JSON.parse(literal));
  } catch {
    // Its message quotes the text.
    throw unreadable();
  }
}

function unreadable(): ProblemError {
  return new ProblemError('invalid_request', 'the body is not JSON');
}
