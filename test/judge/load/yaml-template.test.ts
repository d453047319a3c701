import { isTransmissionError } from '../../../lib/core/errors';
import { parseTemplate } from '../../../lib/judge/load';

const yaml = (text: string) => parseTemplate(text, 't.yaml').json;

/** The properties of a resource R, from lines in YAML. */
function properties(...lines: string[]): unknown {
  const { Resources } = yaml(
    ['Resources:', '  R:', '    Type: A::B::C', '    Properties:', ...lines.map((l) => `      ${l}`)].join(
      '\n',
    ),
  ) as unknown as { Resources: { R: { Properties: unknown } } };
  return Resources.R.Properties;
}

/** The message of the error that a template must end in. */
function complaint(text: string): string {
  try {
    yaml(text);
  } catch (error) {
    if (!isTransmissionError(error)) throw error;
    return `${error.code} ${error.message}`;
  }
  return 'no error';
}

describe('values in YAML', () => {
  test.each<[string, string, unknown]>([
    ['sexagesimal numbers, which YAML 1.1 has', 'P: 22:22', 1342],
    ['text that looks like a time', 'P: "22:22"', '22:22'],
    ['exponents', 'P: 1e3', 1000],
    ['nothing', 'P:', null],
    ['a tilde', 'P: ~', null],
    ['y and n, which are text to CloudFormation', 'P: [y, N, no]', ['y', 'N', false]],
    ['!!str', 'P: !!str 1', '1'],
  ])('take %s', (_, line, expected) => {
    expect(properties(line)).toEqual({ P: expected });
  });

  test.each([
    ['!!binary aGk=', 'binary'],
    ['!!set {a, b}', 'set'],
    ['!!timestamp 2001-01-01', 'timestamp'],
    ['!!Ref X', 'Ref'],
  ])('of a tag that CloudFormation does not take are hidden: %s', (value, name) => {
    const { P } = properties(`P: ${value}`) as { P: object };
    expect(Object.keys(P)).toEqual([`Fn::${name} (unknown tag)`]);
  });

  test('do not turn plain because a line gives short forms another name', () => {
    const json = JSON.stringify(yaml('%TAG ! tag:evil,2000:\n---\nResources:\n  R: {P: !Ref X}\n'));
    expect(json).toContain('(unknown tag)');
  });

  test('may hold keys that every object inherits', () => {
    const { Resources } = yaml('Resources:\n  __proto__: {Type: A}\n  constructor: {Type: B}\n');
    expect(Object.keys(Resources as object)).toEqual(['__proto__', 'constructor']);
  });

  test('under keys that YAML would take for the same boolean are two', () => {
    expect(properties('P: {yes: 1, on: 2}')).toEqual({ P: { yes: 1, on: 2 } });
  });

  test('may be scripts with as many indents as they like', () => {
    const script = Array.from({ length: 150 }, (_, i) => `${' '.repeat(i)}x`);
    expect(Object.keys(properties('P: |', ...script.map((line) => `  ${line}`)) as object)).toEqual(['P']);
  });
});

describe('a text that is no one template', () => {
  test.each([
    ['several documents', 'Resources: {A: 1}\n---\nResources: {B: 1}\n', /t.yaml:2:1: .*multiple documents/],
    ['tabs for indents', 'Resources:\n\tR: 1\n', /Tabs are not allowed/],
    ['an alias without an anchor', 'Resources:\n  R: *gone\n', /t.yaml:2:6: .*alias gone has no anchor/],
    ['an alias that holds itself', 'Resources: &a\n  A: *a\n', /nests deeper than 100 levels/],
    [
      'deep nesting after a quote in quotes',
      `a: ['"', ${'['.repeat(20_000)}`,
      /nests deeper than 100 levels/,
    ],
    ['comments alone', '# nothing\n', /is not a map/],
    [
      'comments in JSON, of which YAML would make keys',
      '{"Resources": {"R": {"Type": "A::B::C", "Properties": {\n // for now\n "Encrypted": false}}}}',
      /t.yaml:2:2: .*JSON has no comments/,
    ],
  ])('is refused: %s', (_, text, message) => {
    expect(complaint(text)).toMatch(message);
  });
});

describe('a text of unusual size', () => {
  test('is read in a time that grows with it, not with its square', () => {
    const numbers = [...Array(20_000).keys()];
    const keys = numbers.map((i) => `  a${i}: {Type: x}`).join('\n');
    const aliases = numbers.map((i) => `  b${i}: *a`).join('\n');
    const started = Date.now();
    yaml(`Resources:\n  R: &a {Type: x}\n${keys}\n${aliases}\n`);
    // Once: 200 s.
    expect(Date.now() - started).toBeLessThan(10_000);
  });
});

describe('a place in JSON', () => {
  test('is found with tabs, and is the last of equal keys, as the value is', () => {
    const text = '{\n\t"Resources": {\n\t\t"R": {"Type": "A"},\n\t\t"R": {"Type": "B"}\n\t}\n}';
    const { json, locate } = parseTemplate(text, 't.json');
    expect(json).toEqual({ Resources: { R: { Type: 'B' } } });
    expect(locate(['Resources', 'R'])).toEqual({ line: 4, column: 3 });
  });
});
