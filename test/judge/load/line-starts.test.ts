import { lineStarts, positionAt } from '../../../lib/judge/load/line-starts';

test('an offset is a line and a column, both counted from 1, whatever ends the lines', () => {
  const text = 'a\nbc\r\n\nd';
  const starts = lineStarts(text);
  expect(starts).toEqual([0, 2, 6, 7]);
  const places = [...text].map((_, offset) => positionAt(starts, offset));
  expect(places.map(({ line, column }) => `${line}:${column}`)).toEqual([
    '1:1',
    '1:2',
    '2:1',
    '2:2',
    '2:3',
    '2:4',
    '3:1',
    '4:1',
  ]);
});

test('a text without lines has one', () => {
  expect(positionAt(lineStarts(''), 0)).toEqual({ line: 1, column: 1 });
});
