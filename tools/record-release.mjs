/**
 * `node tools/record-release.mjs`: records the templates of this version, before its tag is set.
 *
 * They stand in test/_fixtures/releases/<version>/ and are committed with the release. From then on a test compares
 * what the code makes with them, and fails when an update would replace or remove what holds data.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root, start } from './commands.mjs';
import { loadTypeScript } from './run-typescript.mjs';

await start(async () => {
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const { recordRelease } = await loadTypeScript('test/proof/releases/recorded.ts');
  if (typeof recordRelease !== 'function') throw new TypeError('recorded.ts must export recordRelease');
  console.log(
    `recorded ${path.relative(root, recordRelease(root, version))}: commit it, then tag v${version}`,
  );
  return 0;
});
