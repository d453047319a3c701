import { existsSync } from 'node:fs';
import path from 'node:path';
import { refuseUnwritable } from '../../lib/cli/given-file';
import { workFolder, write } from './support';

beforeEach(() => write('there.txt', 'kept'));

test.each([
  ['a folder', '.', 'EISDIR'],
  ['a file in a folder that is not there', 'gone/a.txt', 'ENOENT'],
  ['a file below a file', 'there.txt/a.txt', 'ENOTDIR'],
])('%s is refused before anything is asked', (_, name, code) => {
  expect(() => refuseUnwritable(path.join(workFolder(), name), `--output ${name}`)).toThrow(
    `--output ${name}: cannot be written (${code}), give a file in a folder that exists`,
  );
});

test.each(['there.txt', 'new.txt'])('%s is let through, and neither made nor changed', (name) => {
  const file = path.join(workFolder(), name);
  const before = existsSync(file);
  expect(() => refuseUnwritable(file, `--output ${name}`)).not.toThrow();
  expect(existsSync(file)).toBe(before);
});
