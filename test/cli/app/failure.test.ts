import { cpSync, readFileSync, symlinkSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { run, workFolder, write } from '../support';
import { isAlive, until } from './processes';

const ROOT = path.resolve(__dirname, '../../..');

beforeAll(() => {
  cpSync(path.join(ROOT, 'test/_fixtures/cdk-apps/look-ups'), path.join(workFolder(), 'look-ups'), {
    recursive: true,
  });
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(workFolder(), 'node_modules'));
});

let count = 0;

/** The one line that checking an app with this cdk.json ends with. */
function complaint(cdkJson: unknown, options: readonly string[] = []): string {
  count += 1;
  write(`app-${count}/cdk.json`, cdkJson);
  const { code, out, err } = run(['check', `app-${count}`, ...options], { env: process.env });
  expect({ code, out, lines: err.split('\n').length }).toEqual({ code: 2, out: '', lines: 2 });
  return err.replace(`error: app-${count}/`, '').trimEnd();
}

describe('one error tells', () => {
  test.each([
    [
      {},
      'cdk.json: has no command for its app, it needs one, add it as "app", such as "node bin/app.js", or check its cdk.out',
    ],
    [
      { app: ' ' },
      'cdk.json: has no command for its app, it needs one, add it as "app", such as "node bin/app.js", or check its cdk.out',
    ],
    ['{', 'cdk.json: cannot be read as JSON, so that the app cannot be run, correct it'],
    [[], 'cdk.json: is not an object, write {"app": "node bin/app.js"}'],
    [
      { app: 'node -e 0' },
      'cdk.json: the app wrote no manifest.json where CDK_OUTDIR says, an App must write there, leave outdir out of new App(), or check the folder that it writes',
    ],
    [
      { app: 'exit 3' },
      'cdk.json: the app ended with exit code 3, it must end with 0, make cdk synth work first',
    ],
    [
      { app: 'node -e 0', build: 'echo no compiler; exit 1' },
      'cdk.json: the command of "build" ended with exit code 1, it must end with 0, make cdk synth work first, it said last: no compiler',
    ],
    [{ app: 'kill -9 $$' }, 'cdk.json: the app was ended by SIGKILL, it must end with 0, run cdk synth'],
  ])('what is wrong with %j', (cdkJson, message) => {
    expect(complaint(cdkJson)).toBe(message);
  });

  test('what an app threw, not where, and never a folder of ours', () => {
    write('throws.js', `console.log('starts');\n\nthrow new Error('no stage ' + process.env.CDK_OUTDIR);`);
    expect(complaint({ app: 'node ../throws.js' })).toBe(
      'cdk.json: the app ended with exit code 1, it must end with 0, make cdk synth work first, it said last: Error: no stage cdk.out',
    );
  });

  test('the last of what is said, on one line that obeys nothing', () => {
    const noise = `process.stderr.write(Array.from({ length: 5000 }, (_, i) => 'line ' + i + ' \\u001b[31m\\u0007' + 'x'.repeat(200)).join('\\n')); process.exitCode = 1`;
    write('noise.js', noise);
    const message = complaint({ app: 'node ../noise.js' });
    expect(message).toContain('line 4999');
    expect(message.length).toBeLessThan(1000);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what must not be there
    expect(message).not.toMatch(/[\u0000-\u001f]/);
  });

  test('that an app takes too long, which nothing that it started outlives', async () => {
    const app = 'node -e "fs.writeFileSync(\'pid\', String(process.pid)); setInterval(() => {}, 1000)"; true';
    const message = complaint({ app }, ['--time-limit', '1']);
    expect(message).toBe(
      'cdk.json: the app did not end within 1 seconds, which is the limit, repair what it waits for, or give --time-limit',
    );
    const pid = Number(readFileSync(path.join(workFolder(), `app-${count}/pid`), 'utf8'));
    await until(() => !isAlive(pid));
    expect(isAlive(pid)).toBe(false);
  });

  test.each(['0', '1.5', 'ten', '90000'])('that --time-limit %s is none', (limit) => {
    const { code, err } = run(['check', 'anything', '--time-limit', limit]);
    expect([code, err]).toEqual([
      2,
      `error: --time-limit: is "${limit}", it must be a number of seconds from 1 to 86400, such as 600\n`,
    ]);
  });
});

describe('an app that asks for look-ups', () => {
  const MESSAGE =
    /lacks the results of look-ups: "ssm:account=111122223333:parameterName=\/shop\/name:region=eu-west-1", "vpc-provider:[^"]*", cdk\.context\.json must hold them, run cdk synth with credentials and check cdk\.context\.json in\n$/;

  test('is not judged by the dummies that stand for the answers', () => {
    const { code, out, err } = run(['check', 'look-ups'], { env: process.env });
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/^error: look-ups\/cdk\.json: /);
    expect(err).toMatch(MESSAGE);
  });

  test('is judged once cdk.context.json has the answers', () => {
    write('answered/cdk.json', { app: 'node ../look-ups/app.js' });
    write('answered/cdk.context.json', {
      'ssm:account=111122223333:parameterName=/shop/name:region=eu-west-1': 'web',
      'vpc-provider:account=111122223333:filter.isDefault=true:region=eu-west-1:returnAsymmetricSubnets=true':
        {
          vpcId: 'vpc-1',
          vpcCidrBlock: '10.0.0.0/16',
          availabilityZones: [],
          subnetGroups: [],
        },
    });
    // A stack without resources is judged; nothing is wrong with it.
    expect(run(['check', 'answered'], { env: process.env })).toMatchObject({ code: 0, err: '' });
  });
});

test('that there is no folder for what an app writes', () => {
  write('app-tmp/cdk.json', { app: 'node -e 0' });
  const spy = jest.spyOn(os, 'tmpdir').mockReturnValue(path.join(workFolder(), 'nowhere'));
  const { code, err } = run(['check', 'app-tmp'], { env: process.env });
  spy.mockRestore();
  expect([code, err]).toEqual([
    2,
    'error: the folder for temporary files: cannot take what an app writes (ENOENT), let TMPDIR name a folder that can be written\n',
  ]);
});

test('that packages are missing, by their name, and to install them', () => {
  write('app-lacks/app.js', `require('no-such-package');`);
  write('app-lacks/cdk.json', { app: 'node app.js' });
  const { err } = run(['check', 'app-lacks'], { env: process.env });
  expect(err).toContain('install what it needs (npm ci), it said last: Error: Cannot find module');
  expect(err).toContain("'no-such-package'");
  write('app-lacks/app.js', `require('./gone');`);
  expect(run(['check', 'app-lacks'], { env: process.env }).err).toContain('make cdk synth work first');
});
