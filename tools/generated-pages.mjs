/** Pages that are generated from our registries, so that they cannot tell another story than the code. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root, StepFailed } from './commands.mjs';
import { loadTypeScriptFiles } from './run-typescript.mjs';

const GENERATORS = 'tools/generate';

/**
 * @param {{ write: boolean }} options
 * @returns {Promise<string[]>} one line per page that is not what its generator renders
 */
export async function staleGeneratedPages(options) {
  const folder = path.join(root, GENERATORS);
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.ts')) : [];
  // Generators synthesise many apps. The validator inside aws-cdk-lib takes a second for each, and is not who judges here.
  process.env.CDK_VALIDATION ??= 'false';
  const generators = await loadTypeScriptFiles(GENERATORS, names.sort());
  const stale = [];
  for (const [name, { page, render }] of Object.entries(generators)) {
    if (typeof page !== 'string' || typeof render !== 'function') {
      throw new StepFailed(`${GENERATORS}/${name} must export 'page', a path, and 'render', a function`);
    }
    const file = path.join(root, page);
    const expected = String(await render());
    if (existsSync(file) && readFileSync(file, 'utf8') === expected) {
      continue;
    }
    if (options.write) {
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, expected);
    } else {
      stale.push(`${page}: differs from what ${GENERATORS}/${name} renders; run 'npm run docs'`);
    }
  }
  return stale;
}
