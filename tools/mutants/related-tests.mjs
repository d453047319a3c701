/** Which tests know a source: those nearest to it by what they import. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { root } from '../commands.mjs';

const RULES = 'lib/judge/rules';
const PACKS = 'lib/judge/packs';
const TESTS = 'test/judge/rules';

/** @returns {string[]} every source of rules, relative to the project */
export function ruleFiles() {
  return filesBelow(RULES).filter((file) => file.endsWith('.ts'));
}

/** @type {Map<string, string[]> | undefined} */
let importers;

/**
 * The tests that import a file, those of its name and the `edges.test.ts` of its folder; where there are none, those that import what imports it, and so
 * on.
 *
 * @param {string} file relative to the project
 * @returns {string[]}
 */
export function testsOf(file) {
  importers ??= importersOf([RULES, PACKS, TESTS].flatMap(filesBelow).filter((name) => name.endsWith('.ts')));
  const own = path.join(TESTS, `${path.relative(RULES, file).replace(/\.ts$/, '')}.test.ts`);
  const edges = path.join(path.dirname(own), 'edges.test.ts');
  const mirrored = [own, edges].filter((name) => existsSync(path.join(root, name)));
  const seen = new Set([file]);
  let edge = [file];
  while (edge.length > 0) {
    const next = edge.flatMap((name) => importers?.get(name) ?? []).filter((name) => !seen.has(name));
    const tests = testsAmong(next, path.dirname(own));
    if (tests.length > 0 || (mirrored.includes(own) && edge[0] === file))
      return [...new Set([...mirrored, ...tests])].sort();
    for (const name of next) seen.add(name);
    edge = [...new Set(next)];
  }
  return mirrored;
}

/**
 * The tests among files, and those beside the source's that reach it through their `support.ts`.
 *
 * @param {string[]} files
 * @param {string} folder
 * @returns {string[]}
 */
function testsAmong(files, folder) {
  const support = path.join(folder, 'support.ts');
  const through = files.includes(support) ? (importers?.get(support) ?? []) : [];
  return [...files, ...through].filter((name) => name.endsWith('.test.ts'));
}

/**
 * @param {string[]} files
 * @returns {Map<string, string[]>} by file, those that import it
 */
function importersOf(files) {
  const found = new Map();
  for (const file of files) {
    const text = readFileSync(path.join(root, file), 'utf8');
    for (const [, target = ''] of text.matchAll(/\bfrom '(\.{1,2}[^']*)'/g)) {
      const resolved = resolvedFile(path.join(path.dirname(file), target));
      if (resolved !== undefined) found.set(resolved, [...(found.get(resolved) ?? []), file]);
    }
  }
  return found;
}

/** @param {string} name */
function resolvedFile(name) {
  return [`${name}.ts`, path.join(name, 'index.ts')].find((candidate) =>
    existsSync(path.join(root, candidate)),
  );
}

/**
 * @param {string} folder relative to the project
 * @returns {string[]}
 */
function filesBelow(folder) {
  return readdirSync(path.join(root, folder))
    .sort()
    .flatMap((name) => {
      const file = path.join(folder, name);
      return statSync(path.join(root, file)).isDirectory() ? filesBelow(file) : [file];
    });
}
