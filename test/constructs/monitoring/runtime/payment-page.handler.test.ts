import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { lambdaFolder } from '../../../../lib/constructs/lambda-code';

const folder = mkdtempSync(path.join(tmpdir(), 'payment page '));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the code as it is deployed: the bundle, with a list beside it. */
function invoke(list: unknown, env: Readonly<Record<string, string>> = {}) {
  copyFileSync(path.join(lambdaFolder('payment-page'), 'index.js'), path.join(folder, 'index.js'));
  writeFileSync(path.join(folder, 'approved.json'), JSON.stringify(list));
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      '-e',
      "require('./index.js').handler({}, { getRemainingTimeInMillis: () => Number(process.env.REMAINING ?? 600000) }).catch((error) => { console.error(error.message); process.exit(1); })",
    ],
    { cwd: folder, encoding: 'utf8', env: { AWS_LAMBDA_FUNCTION_NAME: 'Watch', ...env } },
  );
  const lines = stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  return { status, lines, stderr };
}

const list = (url: string) => ({ version: 1, owner: 'payments', pages: [{ url, scripts: [], headers: [] }] });

test.each([
  ['this machine', 'https://127.0.0.1:9/', {}, 'an address of this machine'],
  ['a private address', 'https://10.255.255.1/', {}, 'a private address'],
  [
    'the metadata of a cloud, though private addresses are allowed',
    'https://169.254.169.254/',
    { PRIVATE_ADDRESSES: 'true' },
    'a link-local address, where the metadata of clouds are',
  ],
])(
  'the function does not connect to %s, says why, and counts the page as not looked at',
  (_, url, env, why) => {
    const { status, lines } = invoke(list(url), env);
    expect(status).toBe(0);
    expect(lines).toEqual([
      {
        level: 'ERROR',
        page: url,
        owner: 'payments',
        notChecked: expect.stringContaining(`which is ${why}`),
      },
      {
        FunctionName: 'Watch',
        PaymentPagesChecked: 0,
        PaymentPagesNotChecked: 1,
        _aws: {
          Timestamp: expect.any(Number),
          CloudWatchMetrics: [
            {
              Namespace: 'SecureTransmission',
              Dimensions: [['FunctionName']],
              Metrics: ['PaymentPagesChecked', 'PaymentPagesNotChecked'].map((Name) => ({
                Name,
                Unit: 'Count',
              })),
            },
          ],
        },
      },
    ]);
  },
);

test('where no time is left, pages are told as not looked at, and what was found before is not lost', () => {
  const { status, lines } = invoke(list('https://10.255.255.1/'), { REMAINING: '10500' });
  expect([status, lines[0]?.notChecked, lines[1]?.PaymentPagesNotChecked]).toEqual([
    0,
    'was not asked for, there was no time left',
    1,
  ]);
});

test('a list that nobody approved fails the run, which is an alarm, and measures nothing', () => {
  const { status, lines, stderr } = invoke({ ...list('https://shop.test/'), owner: 'TODO' });
  expect([status, lines]).toEqual([1, []]);
  expect(stderr).toContain("approved.json: 'owner' begins with TODO");
});
