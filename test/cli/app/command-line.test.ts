import { chmodSync } from 'node:fs';
import { commandLineOf } from '../../../lib/cli/app/command-line';
import { workFolder, write } from '../support';

const NODE = process.execPath;

beforeAll(() => {
  write('app.js', '');
  write('an app.js', '');
  write('run.js', '#!/usr/bin/env node');
  chmodSync(`${workFolder()}/run.js`, 0o755);
  write('app.py', '');
});

// As aws-cdk 2.1148.1 reads `app` (toolkit-lib/lib/api/cloud-assembly/environment.ts).
test.each([
  ['app.js', `${NODE} app.js`],
  ['app.js --stage test', `${NODE} app.js --stage test`],
  ['"an app.js" --stage test', `${NODE} "an app.js" --stage test`],
  ['an app.js', `${NODE} "an app.js"`],
  ['run.js', 'run.js'],
  ['app.py', 'app.py'],
  ['python3 app.py', 'python3 app.py'],
  ['npx ts-node --prefer-ts-exts bin/app.ts', 'npx ts-node --prefer-ts-exts bin/app.ts'],
  ['"unfinished', '"unfinished'],
])('the app %j is run by %j', (app, command) => {
  expect(commandLineOf(app, workFolder())).toBe(command);
});
