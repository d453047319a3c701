/**
 * `npm run docs`: writes what the documentation takes from elsewhere. `--check` only compares, and exits 1.
 *
 * - generated pages: each tools/generate/<name>.ts exports `page`, the path it writes, and `render()`
 * - samples: `<!-- sample: examples/foo.ts#region -->` before a fence, see sync-samples.mjs
 * - console blocks: `<!-- console: command -->` before a fence; the command is run, its output compared
 */
import { build } from './build.mjs';
import { start } from './commands.mjs';
import { staleGeneratedPages } from './generated-pages.mjs';
import { staleSamples } from './sync-samples.mjs';

await start(async () => {
  const check = process.argv.includes('--check');
  await build();
  const stale = [
    ...(await staleGeneratedPages({ write: !check })),
    ...(await staleSamples({ write: !check, console: true })),
  ];
  for (const line of stale) {
    console.error(line);
  }
  return stale.length === 0 ? 0 : 1;
});
