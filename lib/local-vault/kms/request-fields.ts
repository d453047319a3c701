import { invalid, KmsError } from './kms-error';

/** What KMS authenticates with a ciphertext. */
export type EncryptionContext = Readonly<Record<string, string>>;

/** The fields of one request; who reads a field that is not what it should be throws as KMS does. */
export class RequestFields {
  constructor(private readonly fields: Readonly<Record<string, unknown>>) {}

  has(name: string): boolean {
    return this.fields[name] !== undefined && this.fields[name] !== null;
  }

  text(name: string): string {
    const value = this.optionalText(name);
    if (value === undefined)
      throw invalid(
        `1 validation error detected: Value at '${lowered(name)}' failed to satisfy constraint: Member must not be null`,
      );
    return value;
  }

  optionalText(name: string): string | undefined {
    const value = this.fields[name] ?? undefined;
    if (value !== undefined && typeof value !== 'string') throw unreadable();
    return value;
  }

  /** One of some words. */
  word<T extends string>(name: string, words: readonly T[], otherwise?: T): T {
    const value = this.optionalText(name) ?? otherwise;
    const found = words.find((word) => word === value);
    if (found === undefined) throw notAmong(name, words);
    return found;
  }

  flag(name: string): boolean {
    const value = this.fields[name] ?? false;
    if (typeof value !== 'boolean') throw unreadable();
    return value;
  }

  /** A whole number within bounds, both allowed. */
  whole(name: string, least: number, most: number, otherwise?: number): number {
    const value = this.fields[name] ?? otherwise;
    if (typeof value !== 'number' || !Number.isInteger(value)) throw unreadable();
    if (value < least || value > most)
      throw invalid(
        `1 validation error detected: Value '${value}' at '${lowered(name)}' failed to satisfy constraint: Member must be between ${least} and ${most}`,
      );
    return value;
  }

  /** Bytes in base64, from one up to so many. */
  bytes(name: string, most: number): Buffer {
    const text = this.text(name);
    if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)) throw unreadable();
    const value = Buffer.from(text, 'base64');
    if (value.length < 1 || value.length > most)
      throw invalid(
        `1 validation error detected: Value at '${lowered(name)}' failed to satisfy constraint: Member must have length between 1 and ${most}`,
      );
    return value;
  }

  /** Names with values, all of them text. */
  context(name = 'EncryptionContext'): EncryptionContext {
    const value = this.fields[name] ?? {};
    if (typeof value !== 'object' || Array.isArray(value)) throw unreadable();
    const pairs = Object.entries(value);
    if (!pairs.every((pair): pair is [string, string] => typeof pair[1] === 'string')) throw unreadable();
    return Object.fromEntries(pairs);
  }

  /** Refuses what this one does not do, rather than to leave it out. */
  refuse(...names: readonly string[]): void {
    const found = names.find((name) => this.has(name));
    if (found !== undefined)
      throw new KmsError('UnsupportedOperationException', `the local KMS does not know ${found}`);
  }
}

function unreadable(): KmsError {
  return new KmsError('SerializationException');
}

function notAmong(name: string, words: readonly string[]): KmsError {
  return invalid(
    `1 validation error detected: Value at '${lowered(name)}' failed to satisfy constraint: Member must satisfy enum value set: [${words.join(', ')}]`,
  );
}

/** KMS names a member as Java does. */
function lowered(name: string): string {
  return `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
}
