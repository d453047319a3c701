import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { importsOf } from '../house/layering';

const FOLDER = path.join(__dirname, '../../lib/target');
const FILES = readdirSync(FOLDER);

test('what runs in targets brings no package along: it imports Node and our errors, and nothing else', () => {
  const imported = FILES.flatMap((file) => {
    const source = { path: `lib/target/${file}`, text: readFileSync(path.join(FOLDER, file), 'utf8') };
    return importsOf(source).map(({ specifier = '(not a literal)' }) => specifier);
  });
  const own = FILES.map((file) => `./${path.basename(file, '.ts')}`);
  const others = [...new Set(imported)].filter((each) => !own.includes(each)).sort();
  expect(others).toEqual(['../core/errors', 'node:crypto', 'node:fs', 'node:tls']);
});
