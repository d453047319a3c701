import { awsParts } from '../../../../../lib/constructs/token-vault/runtime/host/aws';
import { s3Ledger } from '../../../../../lib/constructs/token-vault/runtime/host/aws-ledger';
import { serve } from '../../../../../lib/constructs/token-vault/runtime/host/serve';
import { create } from '../../../../../lib/constructs/token-vault/runtime/http/create';
import { ROUTES } from '../../../../../lib/constructs/token-vault/runtime/http/routes';
import { StoreError } from '../../../../../lib/constructs/token-vault/runtime/ports/store';
import { apiEvent, bodyOf, context } from '../../../../_fixtures/vault/memory-api';

const ENV = {
  AWS_REGION: 'eu-central-1',
  VAULT: 'payments',
  DATA_TABLE: 'd',
  KEYS_TABLE: 'k',
  SHORT_LIVED_TABLE: 's',
};
const out = { write: () => true };
let before: NodeJS.ProcessEnv;
beforeEach(() => {
  before = process.env;
  process.env = { ...before, ...ENV };
});
afterEach(() => {
  process.env = before;
});

test('parts are made once, when they are first wanted', () => {
  delete process.env.VAULT;
  const parts = awsParts('vault-create', out);
  expect(parts).toThrow('VAULT: is missing');
  process.env.VAULT = 'payments';
  expect(parts()).toBe(parts());
});

test('a function whose environment lacks something answers nobody, and its log says what', async () => {
  delete process.env.KEYS_TABLE;
  const lines: string[] = [];
  const log = { write: (text: string) => lines.push(text) };
  const handler = serve([create], awsParts('vault-create', log), log);
  const response = await handler(apiEvent(ROUTES.create, '{}'), context('api'));
  expect(response.statusCode).toBe(500);
  expect(bodyOf(response)).toMatchObject({ code: 'internal_error' });
  expect(response.body).not.toContain('KEYS_TABLE');
  expect(lines.join('')).toContain('KEYS_TABLE: is missing');
});

test('only functions with a ledger have one, and then it needs its bucket', async () => {
  const { ledger } = awsParts('vault-create', out)().vault.props;
  const entry = { tenant: 'shop', subject: Buffer.alloc(32), erased: 1, withdrawn: false };
  await expect(ledger.append(entry)).rejects.toThrow(StoreError);
  expect(() => ledger.entries()).toThrow(StoreError);
  expect(awsParts('vault-erase', out, s3Ledger)).toThrow('LEDGER_BUCKET: is missing');
  process.env.LEDGER_BUCKET = 'ledger';
  expect(awsParts('vault-erase', out, s3Ledger)).not.toThrow();
});
