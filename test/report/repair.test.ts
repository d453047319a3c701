import { applyEdits, type Edit } from '../../lib/report/repair';

const edit = (start: readonly [number, number], end: readonly [number, number], text: string): Edit => ({
  file: 'f',
  start: { line: start[0], column: start[1] },
  end: { line: end[0], column: end[1] },
  text,
});

describe('edits of a text', () => {
  test('are made where they say, counted from 1, each in the text as it was', () => {
    const edits = [edit([1, 1], [1, 2], 'A'), edit([2, 2], [3, 1], 'x'), edit([3, 3], [3, 3], '!')];
    expect(applyEdits('a1\nb2\nc3\n', edits)).toBe('A1\nbxc3!\n');
  });

  test('leave line ends of Windows and a byte order mark alone, which is no column', () => {
    expect(applyEdits('\uFEFFa\r\nb', [edit([1, 1], [1, 2], 'x'), edit([2, 1], [2, 2], 'y')])).toBe(
      '\uFEFFx\r\ny',
    );
  });

  test('count UTF-16 code units', () => {
    expect(applyEdits('𝒜b', [edit([1, 3], [1, 4], 'x')])).toBe('𝒜x');
  });
});
