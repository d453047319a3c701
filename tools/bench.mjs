/**
 * `npm run bench`: runs every bench/<name>.ts, or those named as arguments, one after the other.
 *
 * A benchmark is a TypeScript program that prints its own result. Arguments that begin with a dash go to it.
 */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { quietEnvironment, root, run, StepFailed, start } from './commands.mjs';
import { installIfNeeded } from './install-if-needed.mjs';

await start(async () => {
  const args = process.argv.slice(2);
  const wanted = args.filter((arg) => !arg.startsWith('-'));
  await installIfNeeded();
  const { toJavaScript } = await import('./run-typescript.mjs');
  const folder = path.join(root, 'bench');
  const all = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.ts')) : [];
  const names = all.map((name) => name.replace(/\.ts$/, '')).sort();
  const unknown = wanted.filter((name) => !names.includes(name));
  if (unknown.length > 0) {
    throw new StepFailed(
      `there is no benchmark ${unknown.join(', ')}; there are: ${names.join(', ') || 'none'}`,
    );
  }
  let worst = 0;
  for (const name of wanted.length > 0 ? wanted : names) {
    const program = await toJavaScript(`bench/${name}.ts`);
    const options = args.filter((arg) => arg.startsWith('-'));
    const env = { CDK_VALIDATION: 'false', ...quietEnvironment() };
    const result = await run(process.execPath, ['--enable-source-maps', program, ...options], {
      output: 'inherit',
      env,
    });
    worst = Math.max(worst, result.code);
  }
  return worst;
});
