import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RestApiEvent } from '../../../../lib/constructs/partner-api/runtime/gateway-request';
import { handler } from '../../../../lib/constructs/partner-api/runtime/signed-request-authorizer.handler';
import { type LocalTable, localTable, TABLE } from '../../../target/message-signatures/dynamodb';
import { AUTHORITY, PARTNER_KEYS, signed } from '../../../target/message-signatures/messages';

const given = { ...process.env };
let folder: string;
let table: LocalTable;
beforeAll(async () => {
  table = await localTable();
  folder = mkdtempSync(join(tmpdir(), 'layer-'));
  writeFileSync(join(folder, 'partner-keys.json'), JSON.stringify(PARTNER_KEYS));
  Object.assign(process.env, {
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL_DYNAMODB: table.endpoint,
    AWS_LAMBDA_FUNCTION_NAME: 'partners',
    SIGNED_REQUESTS_LAYER: folder,
    SIGNED_REQUESTS_TABLE: TABLE,
    SIGNED_REQUESTS_AUTHORITIES: AUTHORITY,
    SIGNED_REQUESTS_WINDOW_SECONDS: '300',
    SIGNED_REQUESTS_SKEW_SECONDS: '30',
    SIGNED_REQUESTS_TAG: 'partner-request',
    SIGNED_REQUESTS_ALSO_COVERED: '',
  });
});
afterAll(() => {
  process.env = given;
  rmSync(folder, { recursive: true });
});

test('the function decides by its layer, its environment and its table, and writes each decision as a line', async () => {
  const lines: string[] = [];
  const write = jest.spyOn(process.stdout, 'write').mockImplementation((line) => {
    lines.push(String(line));
    return true;
  });
  const request = await signed(undefined, { now: new Date() });
  const event: RestApiEvent = {
    methodArn: 'arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/live/POST/payments',
    multiValueHeaders: Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, [String(value)]]),
    ),
    multiValueQueryStringParameters: { dry: ['1'] },
    requestContext: { domainName: AUTHORITY, httpMethod: 'POST', path: '/payments' },
  };
  const answers = await Promise.all([handler(event), handler(event), handler(event)]);
  await table.stop();
  const next = await signed(undefined, { now: new Date() });
  const fields = Object.entries(next.headers).map(([name, value]) => [name, [String(value)]]);
  const withoutTable = await handler({ ...event, multiValueHeaders: Object.fromEntries(fields) });
  write.mockRestore();
  expect(withoutTable).toMatchObject({ principalId: 'refused', context: { code: 'replay-unknown' } });
  const [storeError, unavailable] = lines.splice(3).map((line) => JSON.parse(line));
  expect(Object.keys(storeError)).toEqual(['storeError']);
  expect(unavailable).toEqual({ decision: 'unavailable', problem: 'replay-unknown', function: 'partners' });
  const effects = answers.map((answer) =>
    'policyDocument' in answer ? answer.policyDocument.Statement[0].Effect : '',
  );
  expect(effects.sort()).toEqual(['Allow', 'Deny', 'Deny']);
  expect(lines.map((line) => JSON.parse(line)).sort((a, b) => (a.decision < b.decision ? -1 : 1))).toEqual([
    { decision: 'admitted', partner: 'acme-ed25519', keyId: 'acme-ed25519', function: 'partners' },
    { decision: 'refused', problem: 'message-replayed', function: 'partners' },
    { decision: 'refused', problem: 'message-replayed', function: 'partners' },
  ]);
});
