import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import { importsOf } from '../house/layering';

const ROOT = path.join(__dirname, '../..');
const FILES = readdirSync(path.join(ROOT, 'lib/target'), { recursive: true, encoding: 'utf8' })
  .map((file) => `lib/target/${file.replaceAll(path.sep, '/')}`)
  .filter((file) => file.endsWith('.ts'));

test('what runs in containers and functions of users imports Node, some of our core, and what is bundled with it', () => {
  const imported = FILES.flatMap((file) => {
    const source = { path: file, text: readFileSync(path.join(ROOT, file), 'utf8') };
    return importsOf(source).map(({ specifier = '(not a literal)' }) =>
      specifier.startsWith('.') ? path.posix.join(path.posix.dirname(file), specifier) : specifier,
    );
  });
  const own = FILES.map((file) => file.replace(/(\/index)?\.ts$/, ''));
  const others = [...new Set(imported)].filter((each) => !own.includes(each)).sort();
  expect(others).toEqual([
    'http-message-signatures/lib/httpbis',
    'lib/core/errors',
    'lib/core/order',
    'lib/core/schema/words',
    'node:crypto',
    'node:fs',
    'node:tls',
    'structured-headers',
  ]);
});

/** In a process of its own: esbuild does not run in the one of jest. */
const BUNDLE = `
  const { buildSync } = require('esbuild');
  const { metafile } = buildSync({
    entryPoints: ['lib/target/index.ts'], bundle: true, write: false, metafile: true, platform: 'node', format: 'cjs',
    outfile: 'bundle.js',
  });
  process.stdout.write(JSON.stringify(metafile.outputs['bundle.js'].imports.map((each) => each.path)));
`;

test('bundled, it brings no package along: it imports Node and nothing else', () => {
  const imported: string[] = JSON.parse(
    execFileSync(process.execPath, ['-e', BUNDLE], { cwd: ROOT, encoding: 'utf8' }),
  );
  expect(imported.length).toBeGreaterThan(0);
  expect(imported.filter((each) => !isBuiltin(each))).toEqual([]);
});
