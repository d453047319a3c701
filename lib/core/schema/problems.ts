import { nearest } from '../suggest';
import { type Misfit, misfitsOf } from './misfits';
import type { Schema } from './schema';
import { shown, words } from './words';

/** What in settings does not fit a schema: one sentence for each mistake, with what to do. */
export function schemaProblems(schema: Schema, value: unknown): readonly string[] {
  return misfitsOf(schema, value).flatMap(told);
}

/** `, did you mean 'pci'?`, or nothing. */
export function meant(given: unknown, candidates: readonly string[]): string {
  const near = typeof given === 'string' ? nearest(given, candidates) : undefined;
  return near === undefined ? '' : `, did you mean '${near}'?`;
}

function told(misfit: Misfit): string | readonly string[] {
  const { path } = misfit;
  switch (misfit.kind) {
    case 'value': {
      const { schema, value } = misfit;
      const subject = path === '' ? 'it' : `'${path}'`;
      const remedy = meant(value, schema.enum ?? []) || ', correct it';
      return `${subject} must be ${words(schema)}, got ${shown(value)}${remedy}`;
    }
    case 'undefined':
      // Properties of a pack: what is undefined was left out.
      return [];
    case 'missing':
      return `'${path}' is missing, add ${words(misfit.schema)}`;
    case 'key': {
      const { key, allowed } = misfit;
      return `${shown(path)} is not a setting${meant(key, allowed)}, use only ${allowed.join(', ')}`;
    }
    case 'length':
      return `'${path}' must be ${words(misfit.schema)}, got ${misfit.length} entries, correct it`;
    case 'repeated':
      return `'${path}' repeats ${shown(misfit.value)}, remove it`;
  }
}
