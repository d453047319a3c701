/**
 * `npm run bench [-- --only NAME] [-- --json]`: runs every benchmark, or the named one.
 *
 * A benchmark is a program bench/<name>.ts that says so on its first line, `// benchmark`, and prints its own
 * figures: a table, or with `--json` one JSON object per line. `--record` writes them to bench/results.jsonl, from which
 * docs/benchmarks.md is made.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { quietEnvironment, root, run, StepFailed, start } from './commands.mjs';
import { installIfNeeded } from './install-if-needed.mjs';

await start(async () => {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', multiple: true },
      json: { type: 'boolean' },
      record: { type: 'boolean' },
    },
  });
  await installIfNeeded();
  const { toJavaScript } = await import('./run-typescript.mjs');
  const folder = path.join(root, 'bench');
  const names = readdirSync(folder)
    .filter(
      (name) =>
        name.endsWith('.ts') && readFileSync(path.join(folder, name), 'utf8').startsWith('// benchmark'),
    )
    .map((name) => name.replace(/\.ts$/, ''))
    .sort();
  const wanted = values.only ?? names;
  const unknown = wanted.filter((name) => !names.includes(name));
  if (unknown.length > 0) {
    throw new StepFailed(`there is no benchmark ${unknown.join(', ')}; there are: ${names.join(', ')}`);
  }
  let worst = 0;
  const recorded = [JSON.stringify(machine())];
  for (const name of wanted) {
    const program = await toJavaScript(`bench/${name}.ts`);
    const options = values.json === true || values.record === true ? ['--json'] : [];
    const env = { CDK_VALIDATION: 'false', ...quietEnvironment() };
    const result = await run(process.execPath, ['--enable-source-maps', program, ...options], {
      output: values.record === true ? 'capture' : 'inherit',
      env,
    });
    worst = Math.max(worst, result.code);
    // What is no figure is a message: shown, and not recorded.
    const lines = result.output.split('\n').filter((line) => line !== '');
    const figures = lines.filter((line) => line.startsWith('{'));
    recorded.push(...figures.map((line) => JSON.stringify({ ...JSON.parse(line), bench: name })));
    for (const line of lines) console.log(line);
  }
  if (values.record === true && worst === 0) {
    writeFileSync(path.join(root, 'bench', 'results.jsonl'), `${recorded.join('\n')}\n`);
  }
  return worst;
});

/** Where figures were measured. */
function machine() {
  const [cpu] = os.cpus();
  return {
    date: new Date().toISOString().slice(0, 10),
    machine: `${os.cpus().length} cores (${cpu?.model.trim() ?? 'unknown'}), ${Math.round(os.totalmem() / 2 ** 30)} GB`,
    node: process.versions.node,
  };
}
