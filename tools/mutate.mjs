/**
 * `node tools/mutate.mjs [--sample 24] [--seed text] [--only part-of-a-path] [--operators] [--list] [--equivalent file]`:
 * changes what rules compare, and sees that a test fails.
 *
 * A mutant is one change in one file below lib/judge/rules: of the tests of properties that the tables of rules are made
 * of (true for false, one more for *at least*, an entry less in a list, another answer where a property is absent, *any*
 * for *all*, a condition left out), and with `--operators` of comparisons in the code beside them. It is written to a
 * temporary folder, and stands in for the file in the tests of it; the sources stay as they are.
 *
 * Without `--sample` every mutant is tried. The sample is another whenever a rule changes, and the same until then: its
 * seed is a hash of the sources, where none is given. Survivors are printed, and the exit code is 1, but for those that are listed
 * in tools/mutants/equivalent.json with the reason why no test can tell them from the original.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { programFile, root, run, StepFailed, seconds, start } from './commands.mjs';
import { mutantsOf } from './mutants/mutations.mjs';
import { ruleFiles, testsOf } from './mutants/related-tests.mjs';

const EQUIVALENT = path.resolve(root, option('--equivalent') ?? 'tools/mutants/equivalent.json');

/** @typedef {import('./mutants/mutations.mjs').Mutant & { tests: string[] }} TestedMutant */

/** @param {string} name */
function option(name) {
  const at = process.argv.indexOf(name);
  return at === -1 ? undefined : process.argv[at + 1];
}

/** @returns {TestedMutant[]} */
function everyMutant() {
  const only = option('--only') ?? '';
  const operators = process.argv.includes('--operators');
  return ruleFiles()
    .filter((file) => file.includes(only))
    .flatMap((file) => {
      const source = readFileSync(path.join(root, file), 'utf8');
      const tests = testsOf(file);
      return mutantsOf(file, source, { operators }).map((mutant) => ({ ...mutant, tests }));
    });
}

/**
 * @param {TestedMutant[]} mutants
 * @param {number} size
 * @param {string} seed
 * @returns {TestedMutant[]}
 */
function sampled(mutants, size, seed) {
  const random = randomOf(seed);
  return mutants
    .map((mutant) => ({ mutant, at: random() }))
    .sort((a, b) => a.at - b.at)
    .slice(0, size)
    .map(({ mutant }) => mutant);
}

/**
 * Mulberry32 over a hash of a text.
 *
 * @param {string} text
 */
function randomOf(text) {
  let state = 2166136261;
  for (const char of text) state = Math.imul(state ^ (char.codePointAt(0) ?? 0), 16777619);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/**
 * Runs the tests of all mutants in one jest: each mutant is a test file, in which it is mocked in.
 *
 * @param {TestedMutant[]} mutants
 * @returns {Promise<{ survivors: TestedMutant[], broken: { mutant: TestedMutant, why: string }[] }>}
 */
async function tried(mutants) {
  const folder = mkdtempSync(path.join(tmpdir(), 'mutants-'));
  try {
    mutants.forEach((mutant, index) => {
      const [copy, test] = [path.join(folder, `${index}.ts`), path.join(folder, `${index}.test.js`)];
      writeFileSync(copy, mutant.text);
      const original = JSON.stringify(path.join(root, mutant.file));
      const required = mutant.tests.map((file) => `require(${JSON.stringify(path.join(root, file))});`);
      const lines = [`jest.doMock(${original}, () => require(${JSON.stringify(copy)}));`, ...required];
      writeFileSync(test, `${lines.join('\n')}\n`);
    });
    const config = path.join(folder, 'jest.config.cjs');
    writeFileSync(config, configFor(folder));
    const resultFile = path.join(folder, 'result.json');
    const args = ['--config', config, '--json', `--outputFile=${resultFile}`, '--silent'];
    const { output } = await run(process.execPath, [programFile('jest'), ...args], { output: 'capture' });
    if (!existsSync(resultFile)) throw new StepFailed(`jest gave no result:\n${output}`);
    return judged(mutants, JSON.parse(readFileSync(resultFile, 'utf8')));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} folder */
function configFor(folder) {
  const own = JSON.stringify(path.join(root, 'jest.config.js'));
  const settings = { rootDir: root, roots: [folder], testMatch: ['**/*.test.js'], randomize: false };
  return `module.exports = { ...require(${own}), ...${JSON.stringify(settings)} };\n`;
}

/**
 * @param {TestedMutant[]} mutants
 * @param {{ testResults: { name: string, message: string, assertionResults: { status: string }[] }[] }} result
 */
function judged(mutants, result) {
  const survivors = [];
  const broken = [];
  for (const { name, message, assertionResults } of result.testResults) {
    const mutant = mutants[Number.parseInt(path.basename(name), 10)];
    if (mutant === undefined) continue;
    // A mutant that cannot be loaded proves nothing.
    if (assertionResults.length === 0) broken.push({ mutant, why: message });
    else if (assertionResults.every(({ status }) => status === 'passed')) survivors.push(mutant);
  }
  return { survivors, broken };
}

/**
 * @param {TestedMutant[]} mutants
 * @returns {string}
 */
function hashOf(mutants) {
  const hash = createHash('sha256');
  for (const { text } of mutants) hash.update(text.replaceAll(root, ''));
  return hash.digest('hex').slice(0, 12);
}

/** @returns {Map<string, string>} by file, code and change: why no test can tell */
function equivalents() {
  /** @type {{ file: string, code: string, change: string, why: string }[]} */
  const rows = JSON.parse(readFileSync(EQUIVALENT, 'utf8'));
  return new Map(rows.map(({ why, ...row }) => [keyOf(row), why]));
}

/** @param {{ file: string, code: string, change: string }} mutant */
function keyOf({ file, code, change }) {
  return `${file}\n${code}\n${change}`;
}

await start(async () => {
  const started = performance.now();
  const all = everyMutant();
  if (process.argv.includes('--list')) {
    for (const { file, line, code, change } of all) console.log(`${file}:${line} ${change}: ${code}`);
    return 0;
  }
  const known = equivalents();
  const size = Number(option('--sample') ?? all.length);
  if (!Number.isInteger(size) || size < 1) throw new StepFailed("'--sample' must be a whole number above 0");
  const candidates = all.filter((mutant) => !known.has(keyOf(mutant)));
  const gone = [...known.keys()].filter((key) => !all.some((mutant) => keyOf(mutant) === key));
  const seed = option('--seed') ?? hashOf(all);
  const chosen = sampled(candidates, size, seed);
  const untested = chosen.filter(({ tests }) => tests.length === 0);
  const { survivors, broken } = await tried(chosen.filter(({ tests }) => tests.length > 0));
  for (const { file, line, change, code } of untested)
    console.log(`no test: ${file}:${line} ${change}: ${code}`);
  for (const { file, line, change, code } of survivors) {
    console.log(`survived: ${file}:${line} ${change}: ${code}`);
  }
  for (const { mutant, why } of broken) {
    console.log(
      `broken: ${mutant.file}:${mutant.line} ${mutant.change}: ${why.split('\n').slice(0, 6).join(' ')}`,
    );
  }
  const isWhole = option('--only') === undefined;
  const stale = isWhole ? gone : [];
  for (const key of stale) console.log(`listed as equivalent, and no mutant: ${key.replaceAll('\n', ' / ')}`);
  const bad = untested.length + survivors.length + broken.length + stale.length;
  console.log(
    `${chosen.length} of ${candidates.length} mutants (seed ${seed}), ${survivors.length} survived, ` +
      `${known.size} equivalent, ${seconds(performance.now() - started)}`,
  );
  return bad === 0 ? 0 : 1;
});
