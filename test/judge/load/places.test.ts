import { parseExpression } from '@babel/parser';
import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { parseTemplate } from '../../../lib/judge/load';
import type { Json, Position, TemplatePath, TextRange } from '../../../lib/judge/template';

type Babel = ReturnType<typeof parseExpression>;

/** What stands between two places of a text, cut by lines as an editor does it. */
function textAt(text: string, { start, end }: TextRange): string {
  const lines = text.split('\n');
  const offset = ({ line, column }: Position) =>
    lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0) + column - 1;
  return text.slice(offset(start), offset(end));
}

function placesOf(text: string, file = 't.yaml') {
  const { locate, valueRange } = parseTemplate(text, file);
  return {
    locate,
    valueRange,
    value: (...path: TemplatePath) => {
      const range = valueRange(path);
      return range === undefined ? undefined : textAt(text.replace(/^\uFEFF/, ''), range);
    },
  };
}

const R = ['Resources', 'R', 'Properties'];

/** A resource with these lines of properties, in YAML. */
const yaml = (...lines: string[]) =>
  [
    'Resources:',
    '  R:',
    '    Type: A::B::C',
    '    Properties:',
    ...lines.map((line) => `      ${line}`),
    '',
  ].join('\n');

/** Babel and YAML 1.1 end lines where JSON does not; a block text loses blanks at its end. */
const TEXT = fc
  .string({ unit: 'grapheme' })
  .map((text) => text.replaceAll(/[\u2028\u2029\u0085]/gu, '').trim());

/** JSON values with names and texts that are hard on a scanner. */
const json = fc.letrec<{ value: Json; map: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', maxDepth: 4 },
    TEXT,
    fc.constantFrom(
      '',
      '\\',
      '"',
      '\\"',
      'a: b',
      '# no comment',
      '{}',
      '- x',
      'yes',
      '12',
      '🔒',
      'a\tb',
      'a\nb\n',
    ),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constantFrom(true, false, null),
    fc.array(tie('value'), { maxLength: 4 }) as fc.Arbitrary<Json>,
    tie('map'),
  ),
  map: fc.dictionary(
    fc.oneof(TEXT, fc.constantFrom('a.b', 'constructor', '🔑', 'a"b', 'Fn::If', 'x: y')),
    tie('value'),
    { maxKeys: 4, noNullPrototype: true },
  ) as fc.Arbitrary<Json>,
})).value;

/** Every part of a JSON value by its path. */
function partsOf(value: Json, path: readonly (string | number)[] = []): (readonly [TemplatePath, Json])[] {
  const below = Array.isArray(value)
    ? (value as readonly Json[]).flatMap((item, i) => partsOf(item, [...path, i]))
    : typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, item]) => partsOf(item as Json, [...path, key]))
      : [];
  return [[path, value], ...below];
}

describe('places in JSON', () => {
  const lineEnds = fc.constantFrom('\n', '\r\n');
  const indents = fc.constantFrom('', ' ', '  ', '\t');

  /** Babel's answer, which shares no code with ours. */
  function babelAt(node: Babel, path: TemplatePath): { key?: Babel; value: Babel } {
    let found: { key?: Babel; value: Babel } = { value: node };
    for (const step of path) {
      const { value } = found;
      if (value.type === 'ObjectExpression') {
        const property = value.properties.find(
          (each) => each.type === 'ObjectProperty' && (each.key as { value?: unknown }).value === step,
        );
        if (property?.type !== 'ObjectProperty') throw new TypeError(`no ${step}`);
        found = { key: property.key as Babel, value: property.value as Babel };
      } else if (value.type === 'ArrayExpression') {
        found = { value: value.elements[Number(step)] as Babel };
      }
    }
    return found;
  }

  const rangeOf = ({ loc }: Babel): TextRange => ({
    start: { line: loc?.start.line ?? 0, column: (loc?.start.column ?? 0) + 1 },
    end: { line: loc?.end.line ?? 0, column: (loc?.end.column ?? 0) + 1 },
  });

  test('are those that Babel finds, for every part of any text', () => {
    fc.assert(
      fc.property(json, indents, lineEnds, (value, indent, end) => {
        const text = JSON.stringify({ Resources: { R: value } }, null, indent).replaceAll('\n', end);
        const { valueRange, locate } = parseTemplate(text, 't.json');
        const whole = parseExpression(text);
        for (const [path] of partsOf(value, ['Resources', 'R'])) {
          const { key, value: node } = babelAt(whole, path);
          const { isShared, ...range } = valueRange(path) ?? {};
          expect(isShared).toBe(false);
          expect(range).toEqual({ ...rangeOf(node), ...(key === undefined ? {} : { key: rangeOf(key) }) });
          expect(locate(path)).toEqual(rangeOf(key ?? node).start);
        }
      }),
      { numRuns: 150 },
    );
  });

  test('count columns in UTF-16 code units, a tab as one, and no byte order mark', () => {
    const { locate } = placesOf(
      '\uFEFF{"Resources":\t{"🔒": {"Type": "A", "Ü": {"P": "🔑🔑", "Q": 1}}}}',
      't.json',
    );
    expect(locate(['Resources', '🔒'])).toEqual({ line: 1, column: 16 });
    expect(locate(['Resources', '🔒', 'Ü', 'Q'])).toEqual({ line: 1, column: 55 });
  });

  test('of equal keys are those of the last, whose value holds', () => {
    const { value } = placesOf('{"Resources": {"R": {"P": 1, "P": [2]}}}', 't.json');
    expect(value('Resources', 'R', 'P')).toBe('[2]');
  });

  test('of what is missing are those of the nearest above it, and have no value', () => {
    const text = '{\n "Resources": {\n  "R": {"Type": "A"},\n  "S": {"Properties": {}}\n }\n}';
    const { locate, valueRange } = placesOf(text, 't.json');
    expect(locate(['Resources', 'R', 'Properties', 'P'])).toEqual({ line: 3, column: 3 });
    expect(locate(['Resources', 'S', 'Properties', 'P'])).toEqual({ line: 4, column: 9 });
    expect(locate(['Resources', 'S', 'Properties', 0])).toEqual({ line: 4, column: 9 });
    expect(valueRange(['Resources', 'S', 'Properties', 'P'])).toBeUndefined();
    expect(locate(['Nothing'])).toBeUndefined();
  });
});

describe('places in YAML', () => {
  const styles = fc.record({
    indent: fc.constantFrom(1, 2, 4),
    indentSeq: fc.boolean(),
    collectionStyle: fc.constantFrom('any' as const, 'flow' as const),
    defaultStringType: fc.constantFrom(
      'PLAIN' as const,
      'QUOTE_DOUBLE' as const,
      'QUOTE_SINGLE' as const,
      'BLOCK_LITERAL' as const,
      'BLOCK_FOLDED' as const,
    ),
    defaultKeyType: fc.constantFrom('PLAIN' as const, 'QUOTE_DOUBLE' as const),
    lineWidth: fc.constantFrom(0, 40),
  });

  test('hold exactly the text of the value, in every style: read alone it is the value again', () => {
    fc.assert(
      fc.property(json, styles, fc.boolean(), (value, style, isWindows) => {
        const made = stringify(
          { Resources: { R: value } },
          { ...style, version: '1.1', aliasDuplicateObjects: false },
        );
        const text = isWindows ? made.replaceAll('\n', '\r\n') : made;
        const parsed = placesOf(text);
        for (const [path, expected] of partsOf(value, ['Resources', 'R'])) {
          const range = parsed.valueRange(path);
          if (range === undefined) throw new Error(`${path.join('.')} is not found`);
          // The rest of the line before it, so that what stands below keeps its indent.
          const alone = `${' '.repeat(range.start.column - 1)}${textAt(text, range)}`;
          const isBlockText = /^\s*[|>]/.test(alone);
          if (!isBlockText) expect(parse(alone, { version: '1.1' })).toEqual(expected);
          if (range.key !== undefined) expect(parse(textAt(text, range.key))).toEqual(keyOf(path));
        }
      }),
      { numRuns: 150 },
    );
  });

  /** YAML takes a plain key that looks like a number for one. */
  const keyOf = (path: TemplatePath) => {
    const key = String(path.at(-1));
    return parse(stringify(key).trim() === key ? key : stringify(key));
  };

  test.each<[string, string, TemplatePath, string]>([
    ['a short form', 'P: !Ref X # comment', ['P'], '!Ref X'],
    ['a short form of a list', 'P: !If [A, b, c]', ['P'], '!If [A, b, c]'],
    ['an anchor before a short form', 'P: &a !Sub "${X}"', ['P'], '&a !Sub "${X}"'],
    ['an element with a short form', 'P: [x, !Ref Y ]', ['P', 1], '!Ref Y'],
    ['a quoted key', '"P" : \'x\'', ['P'], "'x'"],
    ['a flow map', 'P: { a: 1 , b: [2] }', ['P', 'b'], '[2]'],
    ['a key with dots', 'rds.force_ssl: "0"', ['rds.force_ssl'], '"0"'],
    ['a value of nothing', 'P:', ['P'], ''],
    ['a value of nothing before a comment', 'P: # later', ['P'], ''],
  ])('are those of %s', (_, line, path, expected) => {
    expect(placesOf(yaml(line, 'Z: end')).value(...R, ...path)).toBe(expected);
  });

  test.each<[string, string[], TemplatePath, string]>([
    [
      'a block scalar',
      ['P: |', '  a', '', '  b', '', '', 'Z: end'],
      ['P'],
      '|\n        a\n      \n        b',
    ],
    [
      'a block map',
      ['P:', '  # before', '  a: 1', '  b: 2 # after', '', 'Z: end'],
      ['P'],
      'a: 1\n        b: 2',
    ],
    [
      'a block list',
      ['P:', '- !Ref A', '- b: 1', '  c: 2', '# after', 'Z: end'],
      ['P', 1],
      'b: 1\n        c: 2',
    ],
    [
      'a tagged block',
      ['P: !Join', '  - ","', '  - [a]', 'Z: end'],
      ['P'],
      '!Join\n        - ","\n        - [a]',
    ],
    ['text over several lines', ['P: one', '  two', 'Z: end'], ['P'], 'one\n        two'],
    ['an explicit key', ['? P', ': x', 'Z: end'], ['P'], 'x'],
  ])('are those of %s, without what comes after', (_, lines, path, expected) => {
    expect(placesOf(yaml(...lines)).value(...R, ...path)).toBe(expected);
  });

  test('behind aliases and merge keys are where it is written out, and say that others share it', () => {
    const text = [
      'Resources:',
      '  A: &a',
      '    Type: A::B::C',
      '    Properties: {P: 1}',
      '  B:',
      '    <<: *a',
      '    Type: D::E::F',
      '  C: *a',
    ].join('\n');
    const { locate, valueRange } = placesOf(text);
    for (const name of ['A', 'B', 'C']) {
      expect(locate(['Resources', name, 'Properties', 'P'])).toEqual({ line: 4, column: 18 });
      expect(valueRange(['Resources', name, 'Properties', 'P'])?.isShared).toBe(true);
    }
    expect(valueRange(['Resources', 'B', 'Type'])).toMatchObject({ start: { line: 7 }, isShared: false });
    expect(locate(['Resources', 'C'])).toEqual({ line: 8, column: 3 });
  });

  test('are right after lines that end as Windows ends them, and after characters of two units', () => {
    const text = yaml('A: "🔒🔒"', 'B: {"🔑": 1, C: 2}').replaceAll('\n', '\r\n');
    const { locate, value } = placesOf(text);
    expect(locate([...R, 'B', 'C'])).toEqual({ line: 6, column: 20 });
    expect(value(...R, 'B', 'C')).toBe('2');
    expect(value(...R, 'A')).toBe('"🔒🔒"');
  });

  test('are found in a file of 20,000 lines in less than a second', () => {
    const lines = Array.from({ length: 20_000 }, (_, i) => `P${i}: {a: [1, !Ref X]}`);
    const { locate } = placesOf(yaml(...lines));
    const started = Date.now();
    expect(locate([...R, 'P19999', 'a', 1])).toEqual({ line: 20_004, column: 23 });
    expect(Date.now() - started).toBeLessThan(1000);
  });
});
