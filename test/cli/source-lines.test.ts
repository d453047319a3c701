import { symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { linesBelow } from '../../lib/cli/source-lines';
import { workFolder, write } from './support';

test('lines come without their ends, whichever those are', () => {
  write('app/lines.ts', 'a\r\nb\n\nc');
  expect(linesBelow(workFolder())('app/lines.ts')).toEqual(['a', 'b', '', 'c']);
});

test('nothing outside of the folder is read, neither by its path nor by a link', () => {
  write('outside.ts', 'x');
  write('app/inside.ts', 'x');
  symlinkSync(path.join(workFolder(), 'outside.ts'), path.join(workFolder(), 'app/link.ts'));
  const lines = linesBelow(path.join(workFolder(), 'app'));
  expect(lines('inside.ts')).toEqual(['x']);
  expect(lines('../outside.ts')).toBeUndefined();
  expect(lines(path.join(workFolder(), 'outside.ts'))).toBeUndefined();
  expect(lines('link.ts')).toBeUndefined();
});

test('no lines come of what is no text that a person wrote', () => {
  write('large.ts', 'x'.repeat(1024 * 1024 + 1));
  writeFileSync(path.join(workFolder(), 'latin.ts'), Buffer.from([0x66, 0xfc, 0x72]));
  const lines = linesBelow(workFolder());
  for (const file of ['large.ts', 'latin.ts', 'missing.ts', '.', 'a\0b']) expect(lines(file)).toBeUndefined();
});
