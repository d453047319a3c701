import type { Edit } from '../../lib/report/repair';
import { suggestionOf } from '../../lib/report/suggestion';

const LINES = ['const a = {', "\tprotocol: 'HTTP',", '  port: 80,', '};'];

function edit(line: number, from: number, to: number, text: string, file = 'a.ts'): Edit {
  return { file, start: { line, column: from }, end: { line, column: to }, text };
}

function suggest(edits: readonly Edit[], lines: readonly string[] | undefined = LINES) {
  return suggestionOf({ about: 'x', edits }, () => lines);
}

test('edits of several lines become whole lines, from the first to the last of them', () => {
  expect(suggest([edit(2, 13, 17, 'HTTPS'), edit(3, 9, 11, '443')])).toEqual({
    file: 'a.ts',
    from: 2,
    to: 3,
    lines: ["\tprotocol: 'HTTPS',", '  port: 443,'],
  });
});

test('two edits of a line do not move each other, and one may insert lines', () => {
  expect(suggest([edit(1, 7, 8, 'b'), edit(1, 12, 12, '\n  // TLS')])?.lines).toEqual([
    'const b = {',
    '  // TLS',
  ]);
});

test('an edit may take lines away', () => {
  const over = { file: 'a.ts', start: { line: 2, column: 1 }, end: { line: 3, column: 1 }, text: '' };
  expect(suggest([over])?.lines).toEqual(['  port: 80,']);
});

test.each([
  ['edits of two files', [edit(1, 1, 1, ''), edit(1, 1, 1, '', 'b.ts')], LINES],
  ['no edit', [], LINES],
  ['a file that cannot be read', [edit(1, 1, 1, '')], undefined],
  ['a line that is not there', [edit(5, 1, 1, '')], LINES],
  ['a line before the first', [edit(0, 1, 1, '')], LINES],
  ['a column that is not there', [edit(1, 1, 99, '')], LINES],
  ['a hidden character in the line', [edit(1, 1, 1, 'x')], ['a\u202eb']],
  ['a hidden character in the edit', [edit(1, 1, 1, 'x\u200b')], LINES],
  ['a secret in the line', [edit(1, 1, 1, 'x')], ["key = 'AKIAIOSFODNN7EXAMPLE'"]],
])('there is no suggestion for %s', (_, edits, lines) => {
  expect(suggestionOf({ about: 'x', edits }, () => lines)).toBeUndefined();
});

test('there is no suggestion of more lines than a comment is read for', () => {
  const lines = Array.from({ length: 30 }, () => 'x');
  const upTo = (line: number) =>
    suggestionOf({ about: 'x', edits: [edit(1, 1, 1, 'y'), edit(line, 1, 1, 'y')] }, () => lines);
  expect(upTo(20)?.lines).toHaveLength(20);
  expect(upTo(21)).toBeUndefined();
});
