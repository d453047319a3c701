/** The changes of a source that a test should notice. */
import path from 'node:path';
import { root } from '../commands.mjs';
import { masked } from './masked.mjs';

/**
 * @typedef {object} Mutant
 * @property {string} file relative to the project
 * @property {number} line
 * @property {string} code the line, trimmed
 * @property {string} change what was done, in words
 * @property {string} text the source as changed, with imports that work anywhere
 */

/** The tests of properties, as a change calls them. */
const TESTS = 'mutated';

/**
 * Changes of a call, by the name of what is called: what stands in for the name. Calls keep their arguments.
 *
 * @type {Readonly<Record<string, readonly { change: string, instead: string }[]>>}
 */
const CALLS = {
  isTrue: [
    { change: 'false for true', instead: `${TESTS}.isFalse` },
    { change: 'another answer where it is absent', instead: absent('isTrue', 1) },
  ],
  isFalse: [
    { change: 'true for false', instead: `${TESTS}.isTrue` },
    { change: 'another answer where it is absent', instead: absent('isFalse', 1) },
  ],
  isAtLeast: [
    { change: 'one more is wanted', instead: `((at, n, ...rest) => ${TESTS}.isAtLeast(at, n + 1, ...rest))` },
    { change: 'one less is enough', instead: `((at, n, ...rest) => ${TESTS}.isAtLeast(at, n - 1, ...rest))` },
    { change: 'another answer where it is absent', instead: absent('isAtLeast', 2) },
  ],
  isAtMost: [
    { change: 'one less is allowed', instead: `((at, n, ...rest) => ${TESTS}.isAtMost(at, n - 1, ...rest))` },
    { change: 'one more is allowed', instead: `((at, n, ...rest) => ${TESTS}.isAtMost(at, n + 1, ...rest))` },
    { change: 'another answer where it is absent', instead: absent('isAtMost', 2) },
  ],
  isOneOf: [{ change: 'another answer where it is absent', instead: absent('isOneOf', 2) }],
  isNoneOf: [{ change: 'another answer where it is absent', instead: absent('isNoneOf', 2, 'compliant') }],
  isPresent: [{ change: 'nothing for something', instead: `((at) => ${TESTS}.isAbsent(at))` }],
  isAbsent: [{ change: 'something for nothing', instead: `${TESTS}.isPresent` }],
  anyOf: [{ change: 'all for any', instead: `${TESTS}.allOf` }],
  allOf: [{ change: 'any for all', instead: `${TESTS}.anyOf` }],
  onlyWhere: [{ change: 'without its condition', instead: '((_condition, test) => test)' }],
};

/** Lists of texts of which each entry is left out once. */
const LISTS = ['isOneOf', 'isNoneOf'];

/** @type {readonly { operator: RegExp, instead: string, change: string }[]} */
const OPERATORS = [
  { operator: /===/g, instead: '!==', change: '!== for ===' },
  { operator: /!==/g, instead: '===', change: '=== for !==' },
  { operator: />=/g, instead: '>', change: '> for >=' },
  { operator: /<=/g, instead: '<', change: '< for <=' },
  { operator: / > /g, instead: ' >= ', change: '>= for >' },
  { operator: / < /g, instead: ' <= ', change: '<= for <' },
  { operator: /&&/g, instead: '||', change: '|| for &&' },
  { operator: /\|\|/g, instead: '&&', change: '&& for ||' },
  { operator: /\.some\(/g, instead: '.every(', change: 'every for some' },
  { operator: /\.every\(/g, instead: '.some(', change: 'some for every' },
];

/**
 * @param {string} file relative to the project
 * @param {string} source
 * @param {{ operators?: boolean }} options
 * @returns {Mutant[]}
 */
export function mutantsOf(file, source, options = {}) {
  const code = masked(source);
  const changes = [...callChanges(code), ...listChanges(source, code)];
  if (options.operators) changes.push(...operatorChanges(code));
  return changes
    .sort((a, b) => a.at - b.at)
    .map(({ at, length, instead, change }) => {
      const line = source.slice(0, at).split('\n').length;
      const text = withImports(file, `${source.slice(0, at)}${instead}${source.slice(at + length)}`);
      return { file, line, code: (source.split('\n')[line - 1] ?? '').trim(), change, text };
    });
}

/** @typedef {{ at: number, length: number, instead: string, change: string }} Change */

/**
 * @param {string} code
 * @returns {Change[]}
 */
function callChanges(code) {
  return Object.entries(CALLS).flatMap(([name, changes]) =>
    callsOf(code, name).flatMap((at) =>
      changes.map(({ change, instead }) => ({ at, length: name.length, instead, change })),
    ),
  );
}

/**
 * Where a function is called: not where it is declared, nor a method of that name.
 *
 * @param {string} code
 * @param {string} name
 * @returns {number[]}
 */
function callsOf(code, name) {
  return [...code.matchAll(new RegExp(`(?<![.\\w])(?<!function )${name}\\(`, 'g'))].map(({ index }) => index);
}

/**
 * @param {string} source
 * @param {string} code
 * @returns {Change[]}
 */
function listChanges(source, code) {
  return LISTS.flatMap((name) =>
    callsOf(code, name).flatMap((at) => {
      const entries = entriesOf(source, code, at + name.length);
      return entries.map((entry, index) => {
        const without = `list.filter((_, index) => index !== ${index})`;
        const instead = `((at, list, ...rest) => ${TESTS}.${name}(at, ${without}, ...rest))`;
        return { at, length: name.length, instead, change: `without ${entry}` };
      });
    }),
  );
}

/**
 * The entries of the list that stands as the second argument; of one that has a name, the first two places.
 *
 * @param {string} source
 * @param {string} code
 * @param {number} open where the arguments begin
 * @returns {string[]}
 */
function entriesOf(source, code, open) {
  const comma = code.indexOf(',', open);
  const start = comma + 1 + (/^\s*/.exec(code.slice(comma + 1))?.[0].length ?? 0);
  if (code[start] !== '[') return ['the first', 'the second'];
  const end = code.indexOf(']', start);
  return source
    .slice(start + 1, end)
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '' && !entry.startsWith('...'));
}

/**
 * @param {string} code
 * @returns {Change[]}
 */
function operatorChanges(code) {
  return OPERATORS.flatMap(({ operator, instead, change }) =>
    [...code.matchAll(operator)].map(({ 0: found, index }) => ({
      at: index,
      length: found.length,
      instead,
      change,
    })),
  );
}

/**
 * @param {string} name
 * @param {number} place of the options among the arguments
 * @param {string} [otherwise] what it is where nothing is said
 */
function absent(name, place, otherwise = 'violation') {
  const before = ['at', 'value'].slice(0, place).join(', ');
  const flipped = `(options.absent ?? '${otherwise}') === 'compliant' ? 'violation' : 'compliant'`;
  return `((${before}, options = {}) => ${TESTS}.${name}(${before}, { ...options, absent: ${flipped} }))`;
}

/**
 * @param {string} file
 * @param {string} source
 */
function withImports(file, source) {
  const folder = path.dirname(path.join(root, file));
  const moved = source.replaceAll(
    /(\bfrom |\bimport\()'(\.{1,2}[^']*)'/g,
    (_, before, target) => `${before}'${path.resolve(folder, target)}'`,
  );
  return `import * as ${TESTS} from '${path.join(root, 'lib/judge/rules/property/tests')}';\n${moved}`;
}
