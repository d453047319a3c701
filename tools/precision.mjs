/**
 * `npm run -s precision`: judges the labelled templates and prints precision and recall as one JSON object.
 * `--record` also writes what cfn-guard says of them to test/_fixtures/labelled/guard-figures.json; Linux on x86-64 only.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { root, StepFailed, start } from './commands.mjs';
import { loadTypeScriptFiles } from './run-typescript.mjs';

const FOLDER = 'test/_fixtures/labelled';

await start(async () => {
  const names = ['figures.ts', 'guard.ts', 'measure.ts'];
  const loaded = await loadTypeScriptFiles(FOLDER, names);
  const { precisionFigures, comparedWithGuard, hasGuard, measuredLabels } = Object.assign(
    {},
    ...Object.values(loaded),
  );
  const measured = measuredLabels();
  if (process.argv.includes('--record')) {
    if (!hasGuard()) throw new StepFailed('--record needs the binary of cfn-guard for Linux on x86-64');
    const file = path.join(root, FOLDER, 'guard-figures.json');
    writeFileSync(file, `${JSON.stringify(comparedWithGuard(measured), undefined, 2)}\n`);
  }
  console.log(JSON.stringify(precisionFigures(measured), undefined, 2));
  return 0;
});
