/** Whether a line of a log matches. */
export type Matches = (line: string) => boolean;

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

const ORDERS = ['<', '<=', '>', '>='];

/**
 * A comparison with a value as patterns write it: a number, a text with or without quotes, in which `*` stands for anything
 * at either end, or a regular expression between `%`.
 */
export function comparison(operator: string, written: string): (value: unknown) => boolean {
  if (operator === '!=') {
    const isEqual = comparison('=', written);
    return (value) => !isEqual(value);
  }
  if (written === '') throw new SyntaxError(`nothing to compare with after ${operator}`);
  if (operator === '=') return equality(written);
  if (!ORDERS.includes(operator)) throw new SyntaxError(`unknown operator ${JSON.stringify(operator)}`);
  const limit = Number(written);
  if (!NUMBER.test(written)) throw new SyntaxError(`${operator} compares numbers, got ${written}`);
  return (value) => {
    const number =
      typeof value === 'number' ? value : NUMBER.test(String(value)) ? Number(value) : Number.NaN;
    if (operator === '<') return number < limit;
    if (operator === '<=') return number <= limit;
    return operator === '>' ? number > limit : number >= limit;
  };
}

function equality(written: string): (value: unknown) => boolean {
  if (/^%.*%$/s.test(written)) {
    const expression = new RegExp(written.slice(1, -1));
    return (value) => typeof value === 'string' && expression.test(value);
  }
  if (NUMBER.test(written)) {
    return (value) => (typeof value === 'number' ? value === Number(written) : value === written);
  }
  const text = /^".*"$/s.test(written) ? written.slice(1, -1).replace(/\\(.)/g, '$1') : written;
  const [, head, middle = '', tail] = /^(\*?)(.*?)(\*?)$/s.exec(text) ?? [];
  return (value) => {
    const given = String(value);
    if (head !== '' && tail !== '') return given.includes(middle);
    if (head !== '') return given.endsWith(middle);
    return tail === '' ? given === middle : given.startsWith(middle);
  };
}

/** The fields of a line: between square brackets or quotes, spaces part nothing. */
export function splitFields(line: string): string[] {
  return [...line.matchAll(/\[([^\]]*)\]|\\?"(.*?)\\?"(?=\s|$)|(\S+)/g)].map(
    ([, bracketed, quoted, word]) => bracketed ?? quoted ?? word ?? '',
  );
}
