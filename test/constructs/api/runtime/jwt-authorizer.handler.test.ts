import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { handler } from '../../../../lib/constructs/api/runtime/jwt-authorizer.handler';
import { selfSignedCertificate } from '../../../../lib/target/self-signed-certificate';
import { ALL_KEYS, CLAIMS, SETTINGS, tokenOf } from './jwt/tokens';

const given = { ...process.env };
const own = selfSignedCertificate({ days: 2, now: new Date() });
let asked = 0;
const server = createServer(own, (_, response) => {
  asked += 1;
  response.end(ALL_KEYS);
});
const folder = mkdtempSync(join(tmpdir(), 'jwt-'));
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  writeFileSync(join(folder, 'authorities.pem'), own.cert);
  Object.assign(process.env, {
    LAMBDA_TASK_ROOT: folder,
    AWS_LAMBDA_FUNCTION_NAME: 'tokens',
    JWT_AUTHORIZER_SETTINGS: JSON.stringify({
      ...SETTINGS,
      scopes: ['orders.read'],
      jwksUri: `https://localhost:${port}/keys`,
    }),
  });
});
afterAll(() => {
  process.env = given;
  server.close();
  rmSync(folder, { recursive: true });
});

const methodArn = 'arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/prod/GET/orders/1';
const now = Math.floor(Date.now() / 1000);
const good = { ...CLAIMS, iat: now - 10, exp: now + 300, scope: 'orders.read' };
const eventOf = (token: string, arn = methodArn) => ({
  methodArn: arn,
  multiValueHeaders: { authorization: [`Bearer ${token}`] },
});

test('the function fetches keys once, answers for the one request, and writes no token and no claim', async () => {
  const lines: string[] = [];
  const write = jest.spyOn(process.stdout, 'write').mockImplementation((line) => {
    lines.push(String(line));
    return true;
  });
  const settled = [];
  for (const event of [
    eventOf(tokenOf(good)),
    eventOf(tokenOf({ ...good, scope: 'other' })),
    eventOf(tokenOf({ ...good, exp: now - 100 })),
    eventOf(tokenOf(good), methodArn.replace('/1', '/*')),
    { methodArn, multiValueHeaders: { Authorization: ['Bearer a', 'Bearer b'] } },
    { methodArn },
  ]) {
    settled.push(await handler(event).catch((thrown: Error) => thrown.message));
  }
  write.mockRestore();
  const policy = (Effect: string, Resource = methodArn) => ({
    Version: '2012-10-17',
    Statement: [{ Action: 'execute-api:Invoke', Effect, Resource }],
  });
  expect(settled).toEqual([
    {
      principalId: 'user-1',
      policyDocument: policy('Allow'),
      context: { subject: 'user-1', scopes: 'orders.read' },
    },
    { principalId: 'refused', policyDocument: policy('Deny'), context: {} },
    'Unauthorized',
    { principalId: 'refused', policyDocument: policy('Deny', methodArn.replace('/1', '/*')), context: {} },
    'Unauthorized',
    'Unauthorized',
  ]);
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    { decision: 'admitted', function: 'tokens' },
    { decision: 'refused', problem: 'scope-missing', function: 'tokens' },
    { decision: 'refused', problem: 'token-expired', function: 'tokens' },
    { decision: 'refused', problem: 'route-ambiguous', function: 'tokens' },
    { decision: 'refused', problem: 'header-malformed', function: 'tokens' },
    { decision: 'refused', problem: 'header-malformed', function: 'tokens' },
  ]);
  expect(asked).toBe(1);
});
