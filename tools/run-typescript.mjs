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
export function toJavaScript(source) {
  return bundle(source, { entryPoints: [source] });
}

/**
 * @param {string} source what it is called
 * @param {import('esbuild').BuildOptions} input
 * @returns {Promise<string>}
 */
async function bundle(source, input) {
  const esbuild = await import('esbuild');
  const folder = path.join(root, 'node_modules', '.cache', 'cdk-secure-transmission');
  const name = `${source.replace(/\.ts$/, '').replaceAll(/[/\\]/g, '-')}-${process.pid}.cjs`;
  mkdirSync(folder, { recursive: true });
  const outfile = path.join(folder, name);
  await esbuild.build({
    ...input,
    absWorkingDir: root,
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

/**
 * Loads several files of a folder as one program, so that what they share is loaded, and made, once.
 *
 * @param {string} folder path relative to the project
 * @param {readonly string[]} names
 * @returns {Promise<Record<string, Record<string, unknown>>>} what each file exports, by its name
 */
export async function loadTypeScriptFiles(folder, names) {
  const exported = names.map(
    (name) => `export * as ${JSON.stringify(name)} from ${JSON.stringify(`./${name}`)};`,
  );
  const stdin = { contents: exported.join('\n'), resolveDir: path.join(root, folder) };
  return createRequire(import.meta.url)(await bundle(folder, { stdin }));
}
