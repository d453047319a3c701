/** One requirement of a standard, or one provision of a law. */
export interface Requirement {
  /** As the standard numbers it: `4.2.1`, `32(1)(a)`. */
  readonly id: string;
  /** What it asks for, in our words: lower case, no full stop. */
  readonly title: string;
  /** What a template cannot show of it, and where that is to be shown instead; absent where rules see all of it. */
  readonly remainder?: string;
}

/** A standard or a law, as data. */
export interface Regulation {
  /** The name that reports print, with its version. */
  readonly name: string;
  /** The key of `Rule.references` under which rules name its requirements themselves; absent where none does. */
  readonly reference?: 'pciDss' | 'gdpr';
  /** The rules that speak for a requirement, by its id: how a law of yours is attached to rules that do not know it. */
  readonly rules?: Readonly<Record<string, readonly string[]>>;
  /** When the table was last compared with its sources. */
  readonly reviewed: string;
  /** Where it was read. */
  readonly sources: readonly string[];
  readonly requirements: readonly Requirement[];
}
