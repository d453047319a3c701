import { execFileSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileOf } from '../../../lib/cli/app/files';
import { workFolder, write } from '../support';

/** What a program prints that runs with the file preloaded. */
function preloaded(program: string, env: Record<string, string> = { SECURE_TRANSMISSION_APP_MARK: mark() }) {
  return execFileSync(process.execPath, ['--require', fileOf('register'), '-e', program], { env })
    .toString()
    .trim();
}

const mark = () => path.join(workFolder(), 'mark');
const HOOK = `globalThis[Symbol.for('@aws-cdk/core.App#initHook')]`;
const APP = `const app = { node: { setContext: (key, value) => console.log(key, value) } };`;

afterEach(() => rmSync(mark(), { force: true }));

test('an App gets what lets it be judged, and leaves a mark', () => {
  expect(preloaded(`${APP} ${HOOK}(app);`).split('\n')).toEqual([
    '@aws-cdk/core:failSynthOnValidationErrors false',
    'aws:cdk:disable-logicalId-metadata false',
    'aws:cdk:disable-creation-stack-traces false',
  ]);
  expect(existsSync(mark())).toBe(true);
});

test('a program without an App leaves none, and keeps 60 frames of a stack', () => {
  expect(preloaded('console.log(Error.stackTraceLimit)')).toBe('60');
  expect(existsSync(mark())).toBe(false);
});

test('a hook that is set later runs as well, also one that wraps ours', () => {
  const wrapping = `{ const before = ${HOOK}; ${HOOK} = (app) => { before(app); console.log('theirs'); }; }`;
  const lines = preloaded(`${APP} ${wrapping} ${wrapping} ${HOOK}(app);`).split('\n');
  expect(lines.filter((line) => line === 'theirs')).toHaveLength(2);
  expect(lines).toHaveLength(5);
  expect(preloaded(`${APP} ${HOOK} = undefined; ${HOOK}(app);`).split('\n')).toHaveLength(3);
});

test('a hook that was there before runs first', () => {
  const before = write('before.js', `${HOOK} = () => console.log('theirs');`);
  const args = ['--require', path.join(workFolder(), before), '--require', fileOf('register'), '-e'];
  const out = execFileSync(process.execPath, [...args, `${APP} ${HOOK}(app);`], {
    env: { SECURE_TRANSMISSION_APP_MARK: mark() },
  });
  expect(out.toString().split('\n').slice(0, 2)).toEqual([
    'theirs',
    '@aws-cdk/core:failSynthOnValidationErrors false',
  ]);
});

test('an App that refuses context, and a folder that is gone, break nothing', () => {
  const refusing = `${HOOK}({ node: { setContext() { throw new Error('no'); } } }); console.log('goes on');`;
  expect(preloaded(refusing)).toBe('goes on');
  const gone = { SECURE_TRANSMISSION_APP_MARK: path.join(workFolder(), 'gone/mark') };
  expect(preloaded(`${APP} ${HOOK}(app); console.log('goes on');`, gone)).toMatch(/goes on$/);
});

test('without a command line that asks for it, it does nothing', () => {
  expect(preloaded(`console.log(Error.stackTraceLimit, ${HOOK})`, {})).toBe('10 undefined');
});
