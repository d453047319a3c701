import { DecryptCommand, EncryptCommand, GenerateDataKeyCommand } from '@aws-sdk/client-kms';
import { App, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import {
  PRIVILEGES,
  VAULT_FUNCTIONS,
  type VaultFunction,
} from '../../../lib/constructs/token-vault/privileges';
import {
  KmsKeyService,
  type VaultKeyArns,
} from '../../../lib/constructs/token-vault/runtime/adapters/kms-key-service';
import type { BranchKeyId } from '../../../lib/constructs/token-vault/runtime/ports/key-service';
import { VaultKeys } from '../../../lib/constructs/token-vault/vault-keys';
import { ACCOUNT, principal, REGION, ROOT, type ServedVaultKms, servedKms } from '../../_fixtures/vault/kms';
import { VAULT } from '../../_fixtures/vault/memory-vault';

/**
 * The policies of keys and roles as they are synthesised, in a KMS that speaks the protocol and evaluates them: what each
 * function can do with the keys, over the SDK, and not only what a statement says.
 */
type Fields = Readonly<Record<string, unknown>>;
interface Resource {
  readonly Type: string;
  readonly Properties: Fields;
}

const ID: BranchKeyId = { vault: VAULT, tenant: 'shop', view: 'full', version: 1 };
const roleArn = (name: string) => `arn:aws:iam::${ACCOUNT}:role/${name}`;

/** A template's value, where all that it refers to is known. */
function resolved(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((one) => resolved(one, names));
  if (typeof value !== 'object' || value === null) return value;
  const fields = value as Fields;
  const join = fields['Fn::Join'];
  if (Array.isArray(join)) return (resolved(join[1], names) as string[]).join(join[0] as string);
  const attribute = fields['Fn::GetAtt'];
  const name = Array.isArray(attribute) ? attribute[0] : fields.Ref;
  if (name === undefined)
    return Object.fromEntries(Object.entries(fields).map(([key, one]) => [key, resolved(one, names)]));
  const known = names.get(String(name));
  if (known === undefined) throw new TypeError(`nothing is known of ${String(name)}`);
  return known;
}

let served: ServedVaultKms;
let keys: VaultKeyArns & { readonly table: string; readonly keysTable: string };
const services = new Map<VaultFunction, KmsKeyService>();
const principals = new Map<VaultFunction, ReturnType<typeof principal>>();
let wrapped: Uint8Array;

beforeAll(async () => {
  const stack = new Stack(new App(), 'Keys', { env: { region: REGION, account: ACCOUNT } });
  const role = (name: string) => new iam.Role(stack, name, { assumedBy: new iam.AccountRootPrincipal() });
  const roles = Object.fromEntries(VAULT_FUNCTIONS.map((name) => [name, role(`role-${name}`)])) as Record<
    VaultFunction,
    iam.Role
  >;
  const made = new VaultKeys(stack, 'Keys', {
    vaultName: VAULT,
    roles,
    administrators: [],
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const resources = Object.entries(Template.fromStack(stack).toJSON().Resources as Record<string, Resource>);
  const names = new Map<string, string>([
    ['AWS::Partition', 'aws'],
    ['AWS::URLSuffix', 'amazonaws.com'],
  ]);
  for (const [id, { Type }] of resources) if (Type === 'AWS::IAM::Role') names.set(id, roleArn(id));
  served = await servedKms({ principals: [ROOT] });
  const arnOf = (key: kms.Key) => {
    const id = stack.getLogicalId(key.node.defaultChild as never);
    const properties = resources.find(([name]) => name === id)?.[1].Properties ?? {};
    const arn = served.kms.addKey({
      spec: (properties.KeySpec ?? 'SYMMETRIC_DEFAULT') as 'SYMMETRIC_DEFAULT',
      usage: (properties.KeyUsage ?? 'ENCRYPT_DECRYPT') as 'ENCRYPT_DECRYPT',
      policy: JSON.stringify(resolved(properties.KeyPolicy, names)),
    });
    names.set(id, arn);
    return arn;
  };
  keys = {
    table: arnOf(made.tableKey),
    keysTable: arnOf(made.keysTableKey),
    branch: arnOf(made.branchKey),
    hmac: arnOf(made.macKey),
    receipt: arnOf(made.receiptKey),
  };
  for (const name of VAULT_FUNCTIONS) {
    const id = stack.getLogicalId(roles[name].node.defaultChild as never);
    const policies = resources
      .filter(
        ([, { Type, Properties }]) =>
          Type === 'AWS::IAM::Policy' && JSON.stringify(Properties.Roles).includes(id),
      )
      .map(([, { Properties }]) => JSON.stringify(resolved(Properties.PolicyDocument, names)));
    const who = principal(name.replaceAll('-', '').toUpperCase(), roleArn(id), { policies });
    principals.set(name, who);
    served.kms.addPrincipal(who);
    services.set(name, new KmsKeyService(served.functionClientOf(who), VAULT, keys));
  }
  wrapped = await serviceOf('create').newBranchKey(ID);
});
afterAll(() => served.close());

function serviceOf(name: VaultFunction): KmsKeyService {
  const service = services.get(name);
  if (service === undefined) throw new TypeError(`there is no function ${name}`);
  return service;
}

/** Whether something is done; that it is refused for another reason than a policy is an error. */
async function may(work: () => Promise<unknown>): Promise<boolean> {
  served.kms.log.clear();
  return work().then(
    () => true,
    () => {
      expect(served.kms.log.calls.at(-1)).toMatchObject({ error: 'AccessDeniedException' });
      return false;
    },
  );
}

describe.each([...VAULT_FUNCTIONS])('the function %s', (name) => {
  const {
    decrypts,
    makesBranchKeys = false,
    derives = false,
    signs = false,
    readsPublicKey = false,
  } = PRIVILEGES[name];

  test('unwraps the branch keys of its views, and no other', async () => {
    for (const view of ['full', 'masked'] as const) {
      const id = { ...ID, view };
      const key = await serviceOf('create').newBranchKey(id);
      expect([view, await may(() => serviceOf(name).unwrapBranchKey(id, key))]).toEqual([
        view,
        decrypts.includes(view),
      ]);
    }
  });

  test('makes, derives, signs and publishes what it must, and nothing else', async () => {
    const service = serviceOf(name);
    expect(await may(() => service.newBranchKey(ID))).toBe(makesBranchKeys);
    expect(await may(() => service.derive('token-index'))).toBe(derives);
    expect(await may(() => service.sign(Buffer.from('receipt')))).toBe(signs);
    expect(await may(() => service.publicKey())).toBe(readsPublicKey);
  });

  test('has no key in the plain, no other vault, no shorter context, and nothing of the tables', async () => {
    const who = principals.get(name) ?? ROOT;
    const client = served.clientOf(who);
    const context = { vault: VAULT, tenant: 'shop', view: 'full', version: '1' };
    const { tenant: _, ...shorter } = context;
    const branch = { KeyId: keys.branch, EncryptionContext: context };
    expect(await may(() => client.send(new GenerateDataKeyCommand({ ...branch, KeySpec: 'AES_256' })))).toBe(
      false,
    );
    expect(await may(() => client.send(new EncryptCommand({ ...branch, Plaintext: Buffer.from('x') })))).toBe(
      false,
    );
    for (const KeyId of [keys.table, keys.keysTable])
      expect(await may(() => client.send(new EncryptCommand({ KeyId, Plaintext: Buffer.from('x') })))).toBe(
        false,
      );
    const open = (EncryptionContext: Record<string, string>) =>
      may(() =>
        client.send(new DecryptCommand({ KeyId: keys.branch, CiphertextBlob: wrapped, EncryptionContext })),
      );
    expect(await open(shorter)).toBe(false);
    expect(await open({ ...context, vault: 'another' })).toBe(false);
  });
});

test('who administers the keys cannot use them, not even the account itself', async () => {
  const client = served.clientOf(ROOT);
  const EncryptionContext = { vault: VAULT, tenant: 'shop', view: 'full', version: '1' };
  const command = new DecryptCommand({ KeyId: keys.branch, CiphertextBlob: wrapped, EncryptionContext });
  expect(await may(() => client.send(command))).toBe(false);
  const root = new KmsKeyService(served.functionClientOf(ROOT), VAULT, keys);
  expect(await may(() => root.derive('fingerprint'))).toBe(false);
  expect(await may(() => root.sign(Buffer.from('x')))).toBe(false);
});

test('DynamoDB uses the key of the tables in the name of who calls it, and no other key', async () => {
  const viaService = `dynamodb.${REGION}.amazonaws.com`;
  const policies = [JSON.stringify({ Statement: { Effect: 'Allow', Action: 'kms:*', Resource: '*' } })];
  const through = principal('THROUGH', roleArn('someone'), { viaService, policies });
  served.kms.addPrincipal(through);
  const direct = principal('DIRECT', roleArn('someone'), { policies });
  served.kms.addPrincipal(direct);
  const encrypt = (who: typeof through, KeyId: string) =>
    may(() => served.clientOf(who).send(new EncryptCommand({ KeyId, Plaintext: Buffer.from('x') })));
  for (const key of [keys.table, keys.keysTable]) {
    expect(await encrypt(through, key)).toBe(true);
    expect(await encrypt(direct, key)).toBe(false);
  }
  expect(await encrypt(through, keys.branch)).toBe(false);
});
