import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { lambdaFolder } from '../../../../lib/constructs/lambda-code';

const folder = mkdtempSync(path.join(tmpdir(), 'tls-probe-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the code as it is deployed, with an event of somebody who may invoke it. */
async function run(
  hosts: unknown,
  env: Record<string, string>,
  event: unknown,
): Promise<Record<string, unknown>[]> {
  cpSync(lambdaFolder('tls-probe'), folder, { recursive: true });
  writeFileSync(path.join(folder, 'hosts.json'), JSON.stringify(hosts));
  const program = `require('./index.js').handler(${JSON.stringify(event)})`;
  const child = spawn(process.execPath, ['-e', program], { cwd: folder, env: { ...process.env, ...env } });
  let said = '';
  child.stdout.on('data', (text) => {
    said += text;
  });
  const code = await new Promise((done) => child.on('close', done));
  expect(code).toBe(0);
  return said
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

test('what is deployed asks the hosts beside it and no others, and connects to no address of its own machine', async () => {
  const hosts = [
    { host: '127.0.0.1', port: 443, promised: { oldest: 'TLSv1.2' } },
    { host: '169.254.169.254', port: 80 },
  ];
  const lines = await run(
    hosts,
    { AWS_LAMBDA_FUNCTION_NAME: 'prober', PRIVATE_ADDRESSES: 'true' },
    { hosts: ['evil.example.com'] },
  );
  expect(lines.slice(0, 2)).toEqual([
    {
      level: 'ERROR',
      host: '127.0.0.1:443',
      notTold: 'was not asked: it is an address of this machine, which is not probed unless that is allowed',
    },
    {
      level: 'ERROR',
      host: '169.254.169.254:80',
      notTold:
        'was not asked: it is a link-local address, where the metadata of clouds are, which is not probed unless that is allowed',
    },
  ]);
  expect(lines).toHaveLength(3);
  expect(lines[2]).toMatchObject({
    FunctionName: 'prober',
    TlsHostsTold: 0,
    TlsHostsNotTold: 2,
    _aws: { CloudWatchMetrics: [{ Namespace: 'SecureTransmission', Dimensions: [['FunctionName']] }] },
  });
});
