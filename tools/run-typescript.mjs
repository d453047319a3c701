/** Loads a TypeScript file of ours, since Node 20 strips no types and `tsx` would be one dependency more. */
import { mkdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { root } from './commands.mjs';

/**
 * Bundles a TypeScript file, without the packages it imports, into node_modules/.cache, from where those are
 * found.
 *
 * @param {string} source path relative to the project
 * @returns {Promise<string>} the path of a CommonJS file
 */
export async function toJavaScript(source) {
  const esbuild = await import('esbuild');
  const folder = path.join(root, 'node_modules', '.cache', 'cdk-secure-transmission');
  const name = `${source.replace(/\.ts$/, '').replaceAll(/[/\\]/g, '-')}-${process.pid}.cjs`;
  mkdirSync(folder, { recursive: true });
  const outfile = path.join(folder, name);
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: [source],
    outfile,
    bundle: true,
    packages: 'external',
    alias: { 'cdk-secure-transmission': path.join(root, 'lib/index.ts') },
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    sourcemap: 'inline',
  });
  process.once('exit', () => rmSync(outfile, { force: true }));
  return outfile;
}

/**
 * @param {string} source path relative to the project
 * @returns {Promise<Record<string, unknown>>} what the file exports
 */
export async function loadTypeScript(source) {
  return createRequire(import.meta.url)(await toJavaScript(source));
}
