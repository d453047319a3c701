import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isTransmissionError } from '../../../lib/core/errors';
import { loadTarget, parseTemplate } from '../../../lib/judge/load';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'load-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The message of the error that a call must end in. */
function complaint(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    if (!isTransmissionError(error)) throw error;
    return `${error.code} ${error.message}`;
  }
  return 'no error';
}

describe('a target', () => {
  test('that does not exist is one clear error', () => {
    expect(complaint(() => loadTarget(join(folder, 'nothing')))).toMatch(
      /TargetNotFound .*does not exist, give a cdk.out folder or a template/,
    );
  });

  test('that is a folder without a manifest says which folder is meant', () => {
    mkdirSync(join(folder, 'x'));
    expect(complaint(() => loadTarget(join(folder, 'x')))).toMatch(
      /UnreadableAssembly .*has no manifest.json, give the folder that cdk synth writes/,
    );
  });

  test('that is a template is named by its file', () => {
    const file = join(folder, 'shop.template.json');
    writeFileSync(file, '{"Resources":{"B":{"Type":"AWS::S3::Bucket"}}}');
    expect(loadTarget(file).map(({ name }) => name)).toEqual(['shop']);
  });
});

const yaml = (text: string) => parseTemplate(text, 't.yaml').json;

describe('a template in YAML', () => {
  test('has its short forms written out, nested ones and both kinds of GetAtt too', () => {
    const json = yaml(`
Resources:
  R:
    Type: A::B::C
    Properties:
      A: !Ref X
      B: !GetAtt X.Arn.Deep
      C: !Sub ["\${Y}", {Y: !Ref X}]
      D: !If [Cond, !Join ["-", [a, !Ref X]], !Ref "AWS::NoValue"]
      E: !GetAtt [X, Arn]
      F: !Base64
        Fn::Sub: "\${X}"
`);
    expect(json).toEqual({
      Resources: {
        R: {
          Type: 'A::B::C',
          Properties: {
            A: { Ref: 'X' },
            B: { 'Fn::GetAtt': ['X', 'Arn.Deep'] },
            C: { 'Fn::Sub': ['${Y}', { Y: { Ref: 'X' } }] },
            D: { 'Fn::If': ['Cond', { 'Fn::Join': ['-', ['a', { Ref: 'X' }]] }, { Ref: 'AWS::NoValue' }] },
            E: { 'Fn::GetAtt': ['X', 'Arn'] },
            F: { 'Fn::Base64': { 'Fn::Sub': '${X}' } },
          },
        },
      },
    });
  });

  test('has YAML 1.1 values, but keys and dates as they are written', () => {
    const json = yaml(
      'Resources:\n  N:\n    Type: A::B::C\n    Off: yes\n    Mode: 0755\n    Version: 2012-10-17\n',
    );
    expect(json).toEqual({
      Resources: { N: { Type: 'A::B::C', Off: true, Mode: 493, Version: '2012-10-17' } },
    });
  });

  test('has anchors, aliases and merge keys resolved', () => {
    const json = yaml(
      'Resources:\n  A: &a\n    Type: A::B::C\n    X: 1\n  B:\n    <<: *a\n    X: 2\n  C: *a\n',
    );
    expect(json).toEqual({
      Resources: { A: { Type: 'A::B::C', X: 1 }, B: { Type: 'A::B::C', X: 2 }, C: { Type: 'A::B::C', X: 1 } },
    });
  });

  test('with a tag that nobody defined hides what it makes', () => {
    const { Resources } = yaml('Resources:\n  A:\n    Type: A::B::C\n    P: !Mystery x\n') as {
      Resources: { A: { P: object } };
    };
    expect(Object.keys(Resources.A.P)).toEqual(['Fn::Mystery (unknown tag)']);
  });

  test.each([
    ['line feeds', '\n'],
    ['Windows line ends', '\r\n'],
  ])('tells line and column of a property, with %s', (_, end) => {
    const text = [
      'Resources:',
      '  R:',
      '    Type: A::B::C',
      '    Properties:',
      '      L:',
      '        - a',
      '        - P: 1',
      '',
    ].join(end);
    const { locate } = parseTemplate(text, 't.yaml');
    expect(locate(['Resources', 'R', 'Properties', 'L', 1, 'P'])).toEqual({ line: 7, column: 11 });
    expect(locate(['Resources', 'R', 'Properties', 'Missing'])).toEqual({ line: 4, column: 5 });
  });

  test('that is not valid says where', () => {
    expect(complaint(() => yaml('Resources:\n  A: [\n'))).toMatch(
      /^UnreadableTemplate t.yaml:\d+:\d+: is not valid YAML/,
    );
    expect(complaint(() => yaml('Resources:\n  A: 1\n  A: 2\n'))).toMatch(
      /t.yaml:\d+:\d+: is not valid YAML, Map keys must be unique/,
    );
  });
});

test.each([
  ['text', 'Resources: {A: {<<: text}}'],
  ['a function', 'Resources: {A: {<<: !Sub x}}'],
  ['a list of both', 'Resources: {A: {<<: [{Type: A::B::C}, 1]}}'],
])('a merge key over what is no map is an error: %s', (_, text) => {
  expect(complaint(() => yaml(text))).toMatch(/t.yaml:1:17: is not valid YAML, << merges maps only, correct/);
});

describe('a template in JSON', () => {
  test('tells line and column of a property', () => {
    const { locate } = parseTemplate(
      '{\n  "Resources": {\n    "R": { "Type": "A::B::C", "Properties": { "P": 1 } }\n  }\n}',
      't.json',
    );
    expect(locate(['Resources', 'R', 'Properties', 'P'])).toEqual({ line: 3, column: 47 });
  });

  test('may start with a byte order mark', () => {
    expect(yaml('\uFEFF{"Resources":{"R":{"Type":"A::B::C"}}}')).toEqual({
      Resources: { R: { Type: 'A::B::C' } },
    });
  });
});

describe('text that no parser should be given', () => {
  test.each([
    ['nothing', '', /is empty/],
    ['no resources', 'Description: x', /has no Resources/],
    ['a list', '- a', /is not a map/],
    ['deep flow nesting', `Resources: ${'['.repeat(20_000)}`, /nests deeper than 100 levels/],
    [
      'deep JSON nesting',
      `{"Resources":${'{"a":'.repeat(5000)}1${'}'.repeat(5001)}`,
      /nests deeper than 100 levels/,
    ],
    [
      'deep block nesting',
      [...Array(500).keys()].map((i) => `${' '.repeat(i)}a:`).join('\n'),
      /nests deeper than 100 levels/,
    ],
    ['deep compact lists', `Resources:\n  ${'- '.repeat(5000)}a`, /nests deeper than 100 levels/],
    [
      '4 MB of open lists, for which the parser would take gigabytes',
      '['.repeat(4_000_000),
      /nests deeper than 100 levels/,
    ],
    ['a list without end', `Resources: [${'1,'.repeat(1_000_100)}`, /has more than 2000000 tokens/],
    ['more than 5 MB', `Resources: "${'x'.repeat(6 * 1024 * 1024)}"`, /is larger than 5 MB/],
  ])('is refused: %s', (_, text, message) => {
    expect(complaint(() => yaml(text))).toMatch(message);
  });

  test('is refused: aliases that grow to millions of nodes', () => {
    const levels = [...Array(9).keys()].map(
      (i) => `  a${i + 1}: &a${i + 1} [${Array(10).fill(`*a${i}`).join(', ')}]`,
    );
    const bomb = `Resources:\n  a0: &a0 [x]\n${levels.join('\n')}\n`;
    expect(complaint(() => yaml(bomb))).toMatch(/UnreadableTemplate/);
  });
});
