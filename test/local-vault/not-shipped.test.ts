import path from 'node:path';
import { build } from 'esbuild';
import { globSync } from 'tinyglobby';

const root = path.join(__dirname, '../..');
const LOCAL = /(^|\/)lib\/local-vault\//;

/** The files of this project that a file is made of when it is bundled. */
async function partsOf(...entryPoints: readonly string[]): Promise<string[]> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [...entryPoints],
    outdir: 'not-written',
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    packages: 'external',
    logLevel: 'silent',
  });
  return Object.keys(metafile.inputs);
}

test('no function of Lambda holds a part of the local vault', async () => {
  const handlers = globSync('lib/**/runtime/*.handler.ts', { cwd: root });
  expect(handlers.length).toBeGreaterThan(1);
  const parts = await partsOf(...handlers);
  expect(parts).toEqual(expect.arrayContaining(handlers));
  expect(parts.filter((file) => LOCAL.test(file))).toEqual([]);
});

test('nor does what an app imports: constructs, judge and what runs in containers', async () => {
  const parts = await partsOf('lib/index.ts', 'lib/judge/index.ts', 'lib/target/index.ts');
  expect(parts.length).toBeGreaterThan(100);
  expect(parts.filter((file) => LOCAL.test(file))).toEqual([]);
});

test('a file that does hold it is found', async () => {
  const parts = await partsOf('lib/local-vault/kms/index.ts');
  expect(parts.filter((file) => LOCAL.test(file)).length).toBeGreaterThan(10);
});
