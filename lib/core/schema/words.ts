import type { Schema } from './schema';

/** Longer values are cut in messages. */
const SHOWN = 60;

/** A value as a message may quote it: short, and on one line. */
export function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = JSON.stringify(value) ?? String(value);
  return text.length > SHOWN ? `${text.slice(0, SHOWN - 1)}…` : text;
}

/** What a schema allows, with an example where it has one. */
export function words(schema: Schema | undefined): string {
  const [example] = schema?.examples ?? [];
  const allowed = schema?.description ?? 'a value';
  return example === undefined ? allowed : `${allowed}, such as ${JSON.stringify(example)}`;
}
