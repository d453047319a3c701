import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const ROOT = path.resolve(__dirname, '../..');

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'start '));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** What `npm start` runs, once it has built. */
function start(env: Readonly<Record<string, string>> = {}, ...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['dist/bin/start.js', ...args], {
    cwd: ROOT,
    encoding: 'utf8',
    // As in a shell of a user: under NODE_ENV=test CDK keeps its report in memory.
    env: { ...process.env, NODE_ENV: undefined, CDK_OUTDIR: path.join(folder, 'cdk.out'), ...env },
  });
  return { status, stdout, stderr };
}

beforeAll(() => {
  const { status, stderr } = spawnSync(process.execPath, ['tools/build.mjs'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
}, 120_000);

test('the first line says what was synthesised, and nothing of it is wrong', () => {
  const { status, stdout, stderr } = start();
  const [first = '', second] = stdout.split('\n');
  expect([status, stderr, second]).toEqual([0, '', '']);
  expect(first).toMatch(
    /^Synthesised from secure-transmission\.baseline\.json: [\w, ]*\bEntry\b[\w, ]* in eu-west-1; Dns, Edge in us-east-1; TLS_1_2_OR_NEWER$/,
  );
  expect(stdout).not.toContain('further certificate');
  expect(stdout).not.toContain('NOT KNOWN');
}, 60_000);

test('an argument is refused, since it would do nothing', () => {
  expect(start({}, 'other.json')).toEqual({
    status: 2,
    stdout: '',
    stderr:
      'error: other.json: is nothing that npm start takes, it takes --timings only, name another configuration in SECURE_TRANSMISSION_CONFIG\n',
  });
  expect(existsSync(path.join(folder, 'cdk.out'))).toBe(false);
}, 60_000);

test('what nobody expected is one line and exit code 3, never that of findings', () => {
  const file = path.join(folder, 'a file');
  writeFileSync(file, '');
  const { status, stderr } = start({ CDK_OUTDIR: path.join(file, 'cdk.out') });
  expect(status).toBe(3);
  expect(stderr).toMatch(/^error: internal failure: .+, do not deploy .+\n$/);
}, 60_000);
