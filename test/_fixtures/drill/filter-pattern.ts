import { jsonPattern } from './filter-pattern-json';
import { comparison, type Matches, splitFields } from './filter-pattern-values';

/**
 * What tells whether an entry of a log matches a filter pattern of CloudWatch Logs.
 *
 * Written from the documentation, since no npm package for it is maintained; held against its examples in
 * `test/drill/filter-pattern.test.ts`. What it cannot read, it refuses: a drill must not pass by ignorance.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export function filterPattern(pattern: string): Matches {
  const text = pattern.trim();
  if (text === '') return () => true;
  if (text.startsWith('{')) return jsonPattern(text);
  if (text.startsWith('[')) return fieldPattern(text);
  return termPattern(text);
}

const TERM = /\s*([?-]?)\s*(?:"((?:[^"\\]|\\.)*)"|%([^%]*)%|([^\s"%]+))/y;

/** Terms: all of them; with `-`, none; with `?` alone, one of them. */
function termPattern(text: string): Matches {
  const terms: { readonly sign: string; readonly isIn: (line: string) => boolean }[] = [];
  TERM.lastIndex = 0;
  while (TERM.lastIndex < text.length) {
    const found = TERM.exec(text);
    if (found === null) throw new SyntaxError(`cannot read the terms ${JSON.stringify(text)}`);
    const [, sign = '', quoted, expression, word] = found;
    const wanted = quoted?.replace(/\\(.)/g, '$1') ?? word ?? '';
    const regex = expression === undefined ? undefined : new RegExp(expression);
    terms.push({ sign, isIn: (line) => regex?.test(line) ?? line.includes(wanted) });
  }
  const of = (sign: string) => terms.filter((term) => term.sign === sign);
  const [needed, refused, optional] = [of(''), of('-'), of('?')];
  return (line) =>
    needed.every(({ isIn }) => isIn(line)) &&
    !refused.some(({ isIn }) => isIn(line)) &&
    (needed.length > 0 || optional.length === 0 || optional.some(({ isIn }) => isIn(line)));
}

/** Fields that spaces part: by their number, and by conditions on some. */
function fieldPattern(text: string): Matches {
  const fields = text
    .slice(1, text.lastIndexOf(']'))
    .split(',')
    .map((field) => field.trim());
  const gap = fields.indexOf('...');
  const conditions = fields.map(fieldCondition);
  return (line) => {
    const values = splitFields(line);
    if (gap < 0 ? values.length !== fields.length : values.length < fields.length - 1) return false;
    return fields.every((_, index) => {
      if (index === gap) return true;
      const at = gap >= 0 && index > gap ? values.length - (fields.length - index) : index;
      return conditions[index]?.(values[at] ?? '') ?? false;
    });
  };
}

/** `status_code = 4* && status_code != 403`, or a bare name. */
function fieldCondition(field: string): (value: string) => boolean {
  const alternatives = field.split('||').map((any) =>
    any.split('&&').map((one) => {
      const found = /^\s*[\w.$-]*\s*(=|!=|<=|>=|<|>)\s*(.+?)\s*$/.exec(one);
      if (found === null) return () => true;
      return comparison(found[1] ?? '', found[2] ?? '');
    }),
  );
  return (value) => alternatives.some((all) => all.every((holds) => holds(value)));
}
