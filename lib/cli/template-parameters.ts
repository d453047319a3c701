import { TransmissionError } from '../core/errors';
import { didYouMean } from '../core/suggest';
import { isJsonMap, type ParameterValues, type TemplateSource } from '../judge/template';
import type { Arguments } from './arguments';

/** The values that `--parameters` gives to parameters of templates. */
export function parametersOf(args: Arguments): ParameterValues {
  return namedValues(args, 'parameters', 'NAME=VALUE or Stack.NAME=VALUE');
}

/** The values of an option that is given as `NAME=VALUE`, each name once. */
export function namedValues(args: Arguments, option: string, form: string): Readonly<Record<string, string>> {
  const values = new Map<string, string>();
  const where = `--${option}`;
  for (const given of args.all(option)) {
    const [, name, value] = /^([^=]+)=(.*)$/s.exec(given) ?? [];
    if (name === undefined || value === undefined) {
      throw new TransmissionError(
        'InvalidArgument',
        `is ${JSON.stringify(given)}, it must be ${form}`,
        where,
      );
    }
    if (values.has(name)) {
      const message = `gives ${name} twice, one value is allowed, remove one`;
      throw new TransmissionError('InvalidArgument', message, where);
    }
    values.set(name, value);
  }
  return Object.fromEntries(values);
}

/** A name that no template knows is a slip, which would leave the real parameter without its value. */
export function checkParameters(values: ParameterValues, sources: readonly TemplateSource[]): void {
  const known = new Set(
    sources.flatMap(({ name, json }) =>
      Object.keys(isJsonMap(json.Parameters) ? json.Parameters : {}).flatMap((id) => [id, `${name}.${id}`]),
    ),
  );
  const unknown = Object.keys(values).find((name) => !known.has(name));
  if (unknown === undefined) return;
  const message = `names ${unknown}, which is a parameter of no template given${didYouMean(unknown, [...known])}`;
  throw new TransmissionError('InvalidArgument', `${message}, correct the name`, '--parameters');
}
