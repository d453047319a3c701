/**
 * `npm run bench [-- --only NAME] [-- --json]`: runs every benchmark, or the named one.
 *
 * A benchmark is a program bench/<name>.ts that says so on its first line, `// benchmark`, and prints its own
 * figures: a table, or with `--json` one JSON object per line.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { quietEnvironment, root, run, StepFailed, start } from './commands.mjs';
import { installIfNeeded } from './install-if-needed.mjs';

await start(async () => {
  const { values } = parseArgs({
    options: { only: { type: 'string', multiple: true }, json: { type: 'boolean' } },
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
  for (const name of wanted) {
    const program = await toJavaScript(`bench/${name}.ts`);
    const options = values.json === true ? ['--json'] : [];
    const env = { CDK_VALIDATION: 'false', ...quietEnvironment() };
    const result = await run(process.execPath, ['--enable-source-maps', program, ...options], {
      output: 'inherit',
      env,
    });
    worst = Math.max(worst, result.code);
  }
  return worst;
});
