import {
  CreateKeyCommand,
  DecryptCommand,
  EncryptCommand,
  GenerateMacCommand,
  GetKeyPolicyCommand,
  type KMSClient,
  PutKeyPolicyCommand,
} from '@aws-sdk/client-kms';
import type { PrincipalProps } from '../../../lib/local-vault/kms';
import { holds, isLike, normalKey } from '../../../lib/local-vault/kms/policy-conditions';
import { readPolicy } from '../../../lib/local-vault/kms/policy-document';
import {
  ACCOUNT,
  principal,
  ROOT,
  type ServedVaultKms,
  STRANGER,
  servedKms,
  VAULT_ROLE,
} from '../../_fixtures/vault/kms';

const OWN = `arn:aws:iam::${ACCOUNT}:role/with-a-policy`;
const IAM: PrincipalProps = principal('IAM', OWN, {
  policies: [JSON.stringify({ Statement: { Effect: 'Allow', Action: 'kms:Encrypt', Resource: '*' } })],
});
const ELSEWHERE = principal('ELSEWHERE', OWN, {
  policies: [
    JSON.stringify({
      Statement: {
        Effect: 'Allow',
        Action: 'kms:*',
        Resource: `arn:aws:kms:eu-west-1:${ACCOUNT}:key/another`,
      },
    }),
  ],
});
const TABLES = principal('TABLES', VAULT_ROLE.arn, { viaService: 'dynamodb.eu-west-1.amazonaws.com' });

let served: ServedVaultKms;
beforeAll(async () => {
  served = await servedKms({ principals: [ROOT, VAULT_ROLE, STRANGER, IAM, ELSEWHERE, TABLES] });
});
afterAll(() => served.close());

const policy = (...statements: readonly object[]) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: ROOT.arn },
        Action: ['kms:PutKeyPolicy', 'kms:GetKeyPolicy'],
        Resource: '*',
      },
      ...statements.map((one) => ({ Resource: '*', ...one })),
    ],
  });
const allow = (Condition?: object, more: object = {}) => ({
  Effect: 'Allow',
  Principal: { AWS: VAULT_ROLE.arn },
  Action: 'kms:Encrypt',
  ...(Condition && { Condition }),
  ...more,
});
const deny = (Condition: object) => ({ ...allow(Condition), Effect: 'Deny', Principal: '*' });

/** Whether somebody may encrypt with this context, under a key of this policy. */
async function may(
  text: string,
  context: Record<string, string> | undefined,
  who = VAULT_ROLE,
): Promise<boolean> {
  const KeyId = served.kms.addKey({ spec: 'SYMMETRIC_DEFAULT', usage: 'ENCRYPT_DECRYPT', policy: text });
  const command = new EncryptCommand({
    KeyId,
    Plaintext: Buffer.from('x'),
    ...(context && { EncryptionContext: context }),
  });
  try {
    await served.clientOf(who).send(command);
    return true;
  } catch (failure) {
    expect(failure).toMatchObject({ name: 'AccessDeniedException' });
    return false;
  }
}

const EQUALS = { StringEquals: { 'kms:EncryptionContext:tenant': 'shop' } };
const ONLY = { 'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': ['tenant', 'view'] } };
const SERVICE = { StringEquals: { 'kms:ViaService': 'dynamodb.eu-west-1.amazonaws.com' } };

test.each<[string, string, Record<string, string> | undefined, PrincipalProps, boolean]>([
  ['a role that is named', policy(allow()), undefined, VAULT_ROLE, true],
  ['a role that is not named', policy(allow()), undefined, STRANGER, false],
  ['the account where it is not named', policy(allow()), undefined, ROOT, false],
  ['a context that is demanded', policy(allow(EQUALS)), { tenant: 'shop' }, VAULT_ROLE, true],
  ['another context', policy(allow(EQUALS)), { tenant: 'other' }, VAULT_ROLE, false],
  ['the same in other letters', policy(allow(EQUALS)), { Tenant: 'shop' }, VAULT_ROLE, false],
  ['no context', policy(allow(EQUALS)), undefined, VAULT_ROLE, false],
  ['no more names than are allowed', policy(allow(ONLY)), { tenant: 'shop' }, VAULT_ROLE, true],
  ['a name more than is allowed', policy(allow(ONLY)), { tenant: 'shop', other: 'x' }, VAULT_ROLE, false],
  ['no names, which ForAllValues takes', policy(allow(ONLY)), undefined, VAULT_ROLE, true],
  [
    'a name that must be there',
    policy(allow({ 'ForAnyValue:StringEquals': { 'kms:EncryptionContextKeys': 'tenant' } })),
    undefined,
    VAULT_ROLE,
    false,
  ],
  [
    'a denial where a name is missing',
    policy(allow(), deny({ Null: { 'kms:EncryptionContext:tenant': 'true' } })),
    { view: 'full' },
    VAULT_ROLE,
    false,
  ],
  [
    'a denial that does not apply',
    policy(allow(), deny({ Null: { 'kms:EncryptionContext:tenant': 'true' } })),
    { tenant: 'shop' },
    VAULT_ROLE,
    true,
  ],
  ['a call through the service', policy(allow(SERVICE)), undefined, TABLES, true],
  ['the same call without the service', policy(allow(SERVICE)), undefined, VAULT_ROLE, false],
  [
    'a call through a service where none may',
    policy(allow(), deny({ Null: { 'kms:ViaService': 'false' } })),
    undefined,
    TABLES,
    false,
  ],
  [
    'a denial to all others',
    policy(
      allow(undefined, { Principal: '*' }),
      deny({ ArnNotEquals: { 'aws:PrincipalArn': [VAULT_ROLE.arn] } }),
    ),
    undefined,
    STRANGER,
    false,
  ],
  [
    'an action by its beginning',
    policy(allow(undefined, { Action: ['kms:enc*'] })),
    undefined,
    VAULT_ROLE,
    true,
  ],
  [
    'the account, whose IAM policy allows it',
    policy(allow(undefined, { Principal: { AWS: ROOT.arn } })),
    undefined,
    IAM,
    true,
  ],
  [
    'the account, whose IAM policies do not',
    policy(allow(undefined, { Principal: { AWS: ACCOUNT } })),
    undefined,
    STRANGER,
    false,
  ],
  [
    'the account, whose IAM policy is of another key',
    policy(allow(undefined, { Principal: { AWS: ROOT.arn } })),
    undefined,
    ELSEWHERE,
    false,
  ],
  ['an IAM policy alone', policy(allow()), undefined, IAM, false],
])('a key policy decides for %s', async (_, text, context, who, expected) => {
  expect(await may(text, context, who)).toBe(expected);
});

test('a refusal says who, what and on what, as KMS does', async () => {
  const KeyId = served.kms.addKey({
    spec: 'HMAC_256',
    usage: 'GENERATE_VERIFY_MAC',
    policy: policy(allow()),
  });
  const command = new GenerateMacCommand({ KeyId, MacAlgorithm: 'HMAC_SHA_256', Message: Buffer.from('x') });
  await expect(served.clientOf(VAULT_ROLE).send(command)).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: `User: ${VAULT_ROLE.arn} is not authorized to perform: kms:GenerateMac on resource: ${KeyId} because no resource-based policy allows the kms:GenerateMac action`,
  });
});

test('who may not use a key does not learn what a ciphertext is', async () => {
  const KeyId = served.kms.addKey({
    spec: 'SYMMETRIC_DEFAULT',
    usage: 'ENCRYPT_DECRYPT',
    policy: policy(allow()),
  });
  const command = new DecryptCommand({ KeyId, CiphertextBlob: Buffer.alloc(200) });
  await expect(served.clientOf(STRANGER).send(command)).rejects.toMatchObject({
    name: 'AccessDeniedException',
  });
});

describe('a key policy that is written', () => {
  const put = (client: KMSClient, KeyId: string, Policy: string) =>
    client.send(new PutKeyPolicyCommand({ KeyId, Policy }));

  test('holds from then on, and is given back as it was', async () => {
    const client = served.clientOf(ROOT);
    const KeyId = served.kms.addKey({
      spec: 'SYMMETRIC_DEFAULT',
      usage: 'ENCRYPT_DECRYPT',
      policy: policy(allow()),
    });
    const text = policy(allow(undefined, { Principal: { AWS: STRANGER.arn } }));
    await put(client, KeyId, text);
    expect((await client.send(new GetKeyPolicyCommand({ KeyId }))).Policy).toBe(text);
    const command = new EncryptCommand({ KeyId, Plaintext: Buffer.from('x') });
    await expect(served.clientOf(VAULT_ROLE).send(command)).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
    await expect(served.clientOf(STRANGER).send(command)).resolves.toMatchObject({ KeyId });
  });

  test('is refused where nobody could change it again', async () => {
    const KeyId = served.kms.addKey({
      spec: 'SYMMETRIC_DEFAULT',
      usage: 'ENCRYPT_DECRYPT',
      policy: policy(),
    });
    const Policy = JSON.stringify({ Statement: [{ Resource: '*', ...allow() }] });
    const refusal = {
      name: 'MalformedPolicyDocumentException',
      message: 'The new key policy will not allow you to update the key policy in the future.',
    };
    await expect(put(served.clientOf(ROOT), KeyId, Policy)).rejects.toMatchObject(refusal);
    const before = served.kms.ring.keys.length;
    await expect(served.clientOf(ROOT).send(new CreateKeyCommand({ Policy }))).rejects.toMatchObject(refusal);
    expect(served.kms.ring.keys).toHaveLength(before);
  });

  test.each([
    ['is not JSON', '{'],
    [
      'names whom it does not mean',
      JSON.stringify({ Statement: [{ Effect: 'Deny', NotPrincipal: '*', Action: 'kms:*' }] }),
    ],
    [
      'has an operator that is not known',
      policy(allow({ DateGreaterThan: { 'aws:CurrentTime': '2030-01-01' } })),
    ],
    [
      'neither allows nor denies',
      JSON.stringify({ Statement: [{ Effect: 'Maybe', Principal: '*', Action: 'kms:*' }] }),
    ],
    ['allows nothing that has a name', JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: '*' }] })],
  ])('is refused where it %s, rather than half read', (_, text) => {
    expect(() => readPolicy(text)).toThrow(
      expect.objectContaining({ type: 'MalformedPolicyDocumentException' }),
    );
  });
});

test.each<[string, string, string[], string | string[] | undefined, boolean]>([
  ['StringNotEquals', 'kms:KeySpec', ['A'], 'B', true],
  ['StringNotEquals', 'kms:KeySpec', ['A', 'B'], 'B', false],
  ['StringNotEquals', 'kms:KeySpec', ['A'], undefined, true],
  ['StringEqualsIfExists', 'kms:KeySpec', ['A'], undefined, true],
  ['StringEqualsIfExists', 'kms:KeySpec', ['A'], 'B', false],
  ['StringLike', 'kms:KeySpec', ['a.*?'], 'a.bc', true],
  ['StringLike', 'kms:KeySpec', ['a.*?'], 'axbc', false],
  ['Bool', 'kms:MultiRegion', ['False'], 'false', true],
  ['NumericLessThan', 'kms:Days', ['10'], '9', true],
  ['NumericLessThan', 'kms:Days', ['10'], '10', false],
  ['ForAllValues:StringLike', 'kms:Keys', ['a*'], ['a', 'ab', 'b'], false],
  ['ForAnyValue:StringLike', 'kms:Keys', ['a*'], ['b', 'ab'], true],
  ['Null', 'kms:Keys', ['true'], undefined, true],
  ['Null', 'kms:Keys', ['false'], undefined, false],
])('%s of %s with %j holds for %j: %s', (operator, key, values, given, expected) => {
  const request = new Map(given === undefined ? [] : [[normalKey(key), given] as const]);
  expect(holds({ operator, key: key.toUpperCase(), values }, request)).toBe(expected);
});

test('a pattern matches a whole text', () => {
  expect([isLike('kms:decrypt', 'kms:*'), isLike('akms:decrypt', 'kms:*'), isLike('(a)', '(?)')]).toEqual([
    true,
    false,
    true,
  ]);
});
