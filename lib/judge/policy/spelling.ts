import { Reference, Text, Unresolved, type Value } from '../template';
import { overlap, takesIn } from './glob';

/** How much of a set of texts a pattern matches; `unknown` where the template hides it. */
export type Coverage = 'all' | 'some' | 'none' | 'unknown';

/** Stands for the name of any partition. */
const PARTITION = 'partition';

const FIRST_MARK = 0xe000;
const LAST_MARK = 0xf8ff;
const MARKS = /[\ue000-\uf8ff]/g;

/**
 * Spells values as plain text in which each part that is only known at deployment is one private character.
 *
 * So two ARNs made from the same reference compare as equal, whatever it will be.
 */
export class Spelling {
  readonly #marks = new Map<string, string>();
  readonly #spelt = new Map<object, string | undefined>();
  readonly #loose = new Map<string, string>();
  /** Marks that may stand for any text, as opposed to the name of a resource of this app. */
  readonly #anything = new Set<string>();

  constructor(
    /** The type of the protected resource: two references to resources of it are never the same. */
    readonly type: string,
    /** What a reference to the protected resource is made of, such as its ARN for `GetAtt Arn`. */
    readonly resolve: (reference: Reference) => Value | undefined,
  ) {}

  /** The value as text with marks; `undefined` where it is no text. */
  spell(value: Value | undefined): string | undefined {
    if (typeof value !== 'object' || value === null) return this.#whole(value);
    if (!this.#spelt.has(value)) this.#spelt.set(value, this.#whole(value));
    return this.#spelt.get(value);
  }

  #whole(value: Value | undefined): string | undefined {
    const spelt = this.#parts(value, 0);
    // One policy serves one partition; a wrong one would not deploy.
    return spelt?.replace(/^arn:aws[a-z-]*:/, `arn:${PARTITION}:`);
  }

  /** How much of the texts that `universe` matches `pattern` matches too. */
  coverage(pattern: string, universe: string): Coverage {
    if (takesIn(pattern, universe)) return 'all';
    // A policy variable stands for text of the request.
    if (pattern.includes('${')) return 'some';
    if (overlap(pattern, universe)) return this.#hasForeign(pattern, universe) ? 'unknown' : 'some';
    return overlap(this.#loosened(pattern), this.#loosened(universe)) ? 'unknown' : 'none';
  }

  /** Whether a pattern can be compared with others: nothing in it stands for text that is not known. */
  isFirm(pattern: string): boolean {
    return !pattern.includes('${') && this.#loosened(pattern) === pattern;
  }

  #parts(value: Value | undefined, depth: number): string | undefined {
    if (typeof value === 'string') {
      // Text that holds such characters itself cannot be told from marks.
      return value.search(MARKS) === -1 ? value : undefined;
    }
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    if (value instanceof Text) {
      const parts = value.parts.map((part) => this.#parts(part, depth));
      return parts.includes(undefined) ? undefined : parts.join('');
    }
    if (value instanceof Unresolved) {
      return value.symbol === 'AWS::Partition' ? PARTITION : this.#mark(value.symbol ?? '', true);
    }
    if (value instanceof Reference) {
      const resolved = depth < 3 ? this.resolve(value) : undefined;
      if (resolved !== undefined && !isItself(resolved, value)) return this.#parts(resolved, depth + 1);
      const { resource, attribute } = value;
      const key = `${resource.template.name} ${resource.logicalId} ${attribute}`;
      return this.#mark(`reference ${key}`, resource.type !== this.type);
    }
    return undefined;
  }

  /** The private character for a part; `undefined` where there are no more, so that none stands for two. */
  #mark(key: string, canBeAnything: boolean): string | undefined {
    const known = key === '' ? undefined : this.#marks.get(key);
    if (known !== undefined) return known;
    const code = FIRST_MARK + this.#marks.size;
    if (code > LAST_MARK) return undefined;
    const mark = String.fromCharCode(code);
    this.#marks.set(key === '' ? `unknown ${this.#marks.size}` : key, mark);
    if (canBeAnything) this.#anything.add(mark);
    return mark;
  }

  #loosened(pattern: string): string {
    // Statements are many, and what they are compared with is always the same.
    const known = this.#loose.get(pattern);
    if (known !== undefined) return known;
    const loose = pattern.replace(MARKS, (mark) => (this.#anything.has(mark) ? '*' : mark));
    this.#loose.set(pattern, loose);
    return loose;
  }

  #hasForeign(pattern: string, universe: string): boolean {
    const marks = pattern.match(MARKS) ?? [];
    return marks.some((mark) => this.#anything.has(mark) && !universe.includes(mark));
  }
}

function isItself(value: Value, reference: Reference): boolean {
  return (
    value instanceof Reference &&
    value.resource === reference.resource &&
    value.attribute === reference.attribute
  );
}
