import { type Misfit, misfitsOf, type Schema, shown, words } from '../core/schema';
import { mistyped } from '../core/suggest';

/**
 * What in a configuration does not fit a schema, one sentence for each mistake.
 *
 * @param schema what is allowed
 * @param value what was given
 */
export function schemaProblems(schema: Schema, value: unknown): string[] {
  return misfitsOf(schema, value).map(told);
}

function told(misfit: Misfit): string {
  const { path } = misfit;
  switch (misfit.kind) {
    case 'value':
      return mismatch(misfit.schema, path, misfit.value);
    case 'undefined':
      return mismatch(misfit.schema, path, undefined);
    case 'missing':
      return `'${path}' is missing, add ${words(misfit.schema)}`;
    case 'key': {
      const { key, allowed } = misfit;
      return `${shown(path)} is not a property, ${meant(key, allowed) ?? `use one of ${allowed.join(', ')}`}`;
    }
    case 'length': {
      const { schema, length } = misfit;
      return length < (schema.minItems ?? 0)
        ? `'${path}' is empty, add at least one entry: it must be ${words(schema)}`
        : `'${path}' must have at most ${schema.maxItems} entries, got ${length}`;
    }
    case 'repeated':
      return `'${path}' repeats ${shown(misfit.value)}, remove it`;
  }
}

function mismatch(schema: Schema, path: string, value: unknown): string {
  const subject = path === '' ? 'the configuration' : `'${path}'`;
  // Here nothing was left out: somebody wrote the key.
  const got = value === undefined ? 'undefined' : shown(value);
  const near = typeof value === 'string' ? meant(value, schema.enum ?? []) : undefined;
  return [`${subject} must be ${words(schema)}`, `got ${got}`, near].filter(Boolean).join(', ');
}

/** The word that was meant, as a question; `undefined` where none is near. */
function meant(given: string, candidates: readonly string[]): string | undefined {
  const near = mistyped(given, candidates);
  return near === undefined ? undefined : `did you mean '${near}'?`;
}
