import fc from 'fast-check';
import { stringify } from 'yaml';
import { parseTemplate } from '../../../lib/judge/load';
import type { Json, JsonMap } from '../../../lib/judge/template';
import { applyEdits } from '../../../lib/report/repair';
import type { Change } from '../../../lib/report/repairs/change';
import { templateEdits } from '../../../lib/report/repairs/template-edits';
import { TextLines } from '../../../lib/report/repairs/text-lines';

/** The text with the changes made; `undefined` where they are refused. */
function changed(text: string, changes: readonly Change[]): string | undefined {
  const source = { name: 'Stack', ...parseTemplate(text, 'template') };
  const edits = templateEdits(source, new TextLines(text), 'template', changes);
  return edits === undefined ? undefined : applyEdits(text, edits);
}

const at = (...path: readonly (string | number)[]) => ['Resources', 'R', 'Properties', ...path];
const under = (lines: string) => `Resources:\n  R:\n    Type: T\n    Properties:\n${lines}`;
const set = (value: Json, ...path: readonly (string | number)[]): readonly Change[] => [
  { at: at(...path), set: value },
];

describe('an edit of YAML', () => {
  test.each<[string, string, readonly Change[], string]>([
    ['a value, and not the comment after it', '      A: old # why', set('new', 'A'), '      A: new # why'],
    ['a value in quotes', "      A: 'old'", set('true', 'A'), "      A: 'true'"],
    [
      'a key after the last, below its comment',
      '      A: 1 # why\n',
      set(true, 'B'),
      '      A: 1 # why\n      B: true\n',
    ],
    ['a key at the end of a file without a line end', '      A: 1', set('x', 'B'), '      A: 1\n      B: x'],
    [
      'a key before a text that keeps its empty lines',
      '      A: |+\n        text\n\n',
      set('x', 'B'),
      '      B: x\n      A: |+\n        text\n\n',
    ],
    ['a key in braces', '      M: {A: 1}', set('x', 'M', 'B'), '      M: {A: 1, "B": "x"}'],
    ['a key in braces that are empty', '      M: {}', set('x', 'M', 'B'), '      M: { "B": "x" }'],
    [
      'a map with what is missing around it',
      '        A: 1',
      set({ C: 'x' }, 'M', 'B'),
      '        A: 1\n        M:\n            B:\n                C: x',
    ],
    [
      'an element of a list that is indented',
      '      L:\n        - A: 1\n      B: 2',
      [{ at: at('L'), append: [{ A: 2, B: 'x' }] }],
      '      L:\n        - A: 1\n        - A: 2\n          B: x\n      B: 2',
    ],
    [
      'an element of a list that is not',
      '      L:\n      - one\n      B: 2',
      [{ at: at('L'), append: ['two'] }],
      '      L:\n      - one\n      - two\n      B: 2',
    ],
    [
      'an element in brackets',
      '      L: [one, two]',
      [{ at: at('L'), append: ['x'] }],
      '      L: [one, two, "x"]',
    ],
    [
      'two values side by side',
      '      A: 1\n      B: 2',
      [...set(3, 'A'), ...set(4, 'B'), ...set(5, 'C')],
      '      A: 3\n      B: 4\n      C: 5',
    ],
    [
      'short forms where the file has them',
      '      A: !Ref B',
      set({ 'Fn::Sub': 'x/${B}' }, 'C'),
      "      A: !Ref B\n      C: !Sub 'x/${B}'",
    ],
    [
      'long forms where the file has those',
      '      A: {"Fn::GetAtt": [B, C]}',
      set({ Ref: 'B' }, 'C'),
      '      A: {"Fn::GetAtt": [B, C]}\n      C:\n        Ref: B',
    ],
  ])('writes %s', (_, before, changes, after) => {
    expect(changed(under(before), changes)).toBe(under(after));
  });

  test.each<[string, string, readonly Change[]]>([
    ['a parameter decides', '      A: !Ref Policy', set('x', 'A')],
    ['a condition decides', '      M: !If [C, {A: 1}, {A: 2}]', set('x', 'M', 'A')],
    ['an anchor shares it', '      M: &m {A: 1}\n      N: *m', set('x', 'M', 'A')],
    ['a merge key brings it', '      M: &m {A: 1}\n      N: {<<: *m, B: 2}', set('x', 'N', 'A')],
    ['a list has no such element', '      L: [1]', set('x', 'L', 3)],
    ['a text stands where a map should', '      M: text', set('x', 'M', 'A')],
    ['a map stands where a text should', '      M: {A: 1}', set('x', 'M')],
  ])('is refused where %s', (_, text, changes) => {
    expect(changed(under(text), changes)).toBeUndefined();
  });

  test('is refused where the file is no longer what was read', () => {
    const text = under('      A: 1');
    const source = { name: 'Stack', ...parseTemplate(text, 'template') };
    expect(templateEdits(source, new TextLines(`# new\n${text}`), 'f', set('x', 'B'))).toBeUndefined();
  });
});

describe('an edit of JSON', () => {
  const json = (value: Json, indent: string | undefined) =>
    JSON.stringify({ Resources: { R: { Type: 'T', Properties: value } } }, undefined, indent);

  test.each(['  ', '    ', '\t', undefined])('keeps its indentation: %j', (indent) => {
    const text = changed(json({ A: 1 }, indent), set({ C: 'x' }, 'B'));
    const wanted = json({ A: 1, B: { C: 'x' } }, indent);
    expect(indent === undefined ? text?.replace(/\s/g, '') : text).toBe(wanted);
  });
});

/** Names that need quotes in some place or other among those that do not. */
const NAME = fc.constantFrom('A', 'Key', 'rds.force_ssl', 'On', 'a b', '1', "it's", 'x:y');
const SCALAR = fc.oneof(
  fc.constantFrom<Json>(
    true,
    false,
    'true',
    'no',
    '1.2',
    'TLSv1.2_2021',
    '*',
    '',
    'a: b',
    '#x',
    "it's",
    'a"b',
    'x\ny',
  ),
  fc.integer({ min: -5, max: 99 }),
);
const VALUE: fc.Arbitrary<Json> = fc.letrec<{ value: Json; map: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    SCALAR,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(NAME, tie('value'), { maxKeys: 3 }),
  ),
  map: fc.dictionary(NAME, tie('value'), { maxKeys: 4 }),
})).value;
const PROPERTIES = fc.dictionary(NAME, VALUE, { minKeys: 1, maxKeys: 5 });

const FORMS: readonly ((json: Json) => string)[] = [
  (json) => JSON.stringify(json),
  (json) => JSON.stringify(json, undefined, 2),
  (json) => JSON.stringify(json, undefined, '\t'),
  (json) => stringify(json, { version: '1.1' }),
  (json) =>
    stringify(json, { version: '1.1', indent: 4, indentSeq: false, defaultStringType: 'QUOTE_DOUBLE' }),
  (json) => stringify(json, { version: '1.1', collectionStyle: 'flow', lineWidth: 40 }),
  (json) => stringify(json, { version: '1.1', indentSeq: false }).replaceAll('\n', '\r\n'),
  (json) => `\uFEFF# a comment\n${stringify(json, { version: '1.1' })}# the end\n`,
];

describe('an edit of any template', () => {
  test('gives what was asked for and changes nothing else, or is refused', () => {
    const seen = { made: 0, refused: 0 };
    const target = fc.oneof(
      fc.record({ kind: fc.constant('set' as const), key: NAME, value: VALUE }),
      fc.record({ kind: fc.constant('append' as const), key: NAME, value: VALUE }),
    );
    fc.assert(
      fc.property(PROPERTIES, target, fc.constantFrom(...FORMS), (properties, { kind, key, value }, form) => {
        const template = (inner: JsonMap) => ({
          Resources: { R: { Type: 'T', Properties: inner }, S: { Type: 'T' } },
        });
        const text = form(template(properties));
        const present = properties[key];
        const change: Change =
          kind === 'set' ? { at: at(key), put: value } : { at: at(key), append: [value] };
        const after = changed(text, [change]);
        if (after === undefined) {
          seen.refused += 1;
          return;
        }
        seen.made += 1;
        const list = Array.isArray(present) ? (present as readonly Json[]) : [];
        const wanted = kind === 'set' ? value : [...list, value];
        expect(parseTemplate(after, 'after').json).toEqual(template({ ...properties, [key]: wanted }));
      }),
      { numRuns: 2000 },
    );
    expect(seen.made).toBeGreaterThan(4 * seen.refused);
  });
});
