import { KMS, type KMSClient } from '@aws-sdk/client-kms';
import { kmsClient } from '../../../lib/constructs/token-vault/runtime/adapters/kms-client';
import {
  KmsKeyService,
  type VaultKeyArns,
} from '../../../lib/constructs/token-vault/runtime/adapters/kms-key-service';
import { LocalKms, type LocalKmsProps, type PrincipalProps, serveKms } from '../../../lib/local-vault/kms';
import { NOW, VAULT } from './memory-vault';

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

export const REGION = 'eu-west-1';
export const ACCOUNT = '111122223333';
const arn = (resource: string) => `arn:aws:iam::${ACCOUNT}:${resource}`;

/** Who calls in the tests: the account itself, the role of the vault, and a role that nothing is granted. */
export const ROOT: PrincipalProps = principal('ROOT', arn('root'));
export const VAULT_ROLE: PrincipalProps = principal('VAULT', arn('role/vault'));
export const STRANGER: PrincipalProps = principal('STRANGER', arn('role/stranger'));

export function principal(name: string, roleArn: string, more: Partial<PrincipalProps> = {}): PrincipalProps {
  const accessKeyId = `AKIA${name.padEnd(16, '0')}`;
  return { accessKeyId, secretAccessKey: `not a secret of ${name}`, arn: roleArn, ...more };
}

/** The local KMS, served; and clients of it. */
export interface ServedVaultKms {
  readonly kms: LocalKms;
  /** In milliseconds since 1970; `move` moves it, and what clients sign with. */
  readonly clock: { now: number };
  move(milliseconds: number): void;
  readonly url: string;
  /** The SDK's own client, signing as somebody, with one attempt. */
  clientOf(who: PrincipalProps, maxAttempts?: number): KMS;
  /** The client of a function, signing as somebody. */
  functionClientOf(who: PrincipalProps): KMSClient;
  close(): Promise<void>;
}

export async function servedKms(props: Partial<LocalKmsProps> = {}): Promise<ServedVaultKms> {
  const clock = { now: NOW };
  const kms = new LocalKms({
    region: REGION,
    account: ACCOUNT,
    principals: [ROOT, VAULT_ROLE, STRANGER],
    now: () => clock.now,
    ...props,
  });
  const server = await serveKms(kms);
  const clients: KMSClient[] = [];
  const kept = <T extends KMSClient>(client: T) => {
    clients.push(client);
    return client;
  };
  return {
    kms,
    clock,
    url: server.url,
    move(milliseconds) {
      clock.now += milliseconds;
      for (const { config } of clients) config.systemClockOffset += milliseconds;
    },
    clientOf: (who, maxAttempts = 1) => kept(new KMS({ ...configOf(server.url, who, clock), maxAttempts })),
    functionClientOf: (who) => kept(kmsClient(configOf(server.url, who, clock))),
    close: async () => {
      for (const client of clients) client.destroy();
      await server.close();
    },
  };
}

function configOf(
  endpoint: string,
  { accessKeyId, secretAccessKey, sessionToken }: PrincipalProps,
  clock: { readonly now: number },
) {
  return {
    region: REGION,
    endpoint,
    credentials: { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) },
    // The SDK signs with the time of the machine, and this.
    systemClockOffset: clock.now - Date.now(),
  };
}

/** What the branch key of a vault demands: that its role uses it, for this vault, with the whole context. */
export const BRANCH_KEY_POLICY = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'Administer',
      Effect: 'Allow',
      Principal: { AWS: ROOT.arn },
      Action: ['kms:*Key*', 'kms:*Alias*'],
      Resource: '*',
    },
    {
      Sid: 'Use',
      Effect: 'Allow',
      Principal: { AWS: VAULT_ROLE.arn },
      Action: ['kms:Decrypt', 'kms:GenerateDataKeyWithoutPlaintext'],
      Resource: '*',
      Condition: { StringEquals: { 'kms:EncryptionContext:vault': VAULT } },
    },
    {
      Sid: 'WholeContext',
      Effect: 'Deny',
      Principal: '*',
      Action: ['kms:Decrypt', 'kms:GenerateDataKey*', 'kms:Encrypt', 'kms:ReEncrypt*'],
      Resource: '*',
      Condition: { Null: { 'kms:EncryptionContext:tenant': 'true' } },
    },
  ],
});

function usePolicy(action: string): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { AWS: ROOT.arn }, Action: 'kms:*', Resource: '*' },
      {
        Effect: 'Allow',
        Principal: { AWS: VAULT_ROLE.arn },
        Action: [action, 'kms:GetPublicKey'],
        Resource: '*',
      },
    ],
  });
}

/** The three keys of a vault. */
export function vaultKeys(kms: LocalKms): VaultKeyArns {
  return {
    branch: kms.addKey({ spec: 'SYMMETRIC_DEFAULT', usage: 'ENCRYPT_DECRYPT', policy: BRANCH_KEY_POLICY }),
    hmac: kms.addKey({
      spec: 'HMAC_256',
      usage: 'GENERATE_VERIFY_MAC',
      policy: usePolicy('kms:GenerateMac'),
    }),
    receipt: kms.addKey({ spec: 'ECC_NIST_P256', usage: 'SIGN_VERIFY', policy: usePolicy('kms:Sign') }),
  };
}

/** The key service of a vault, over the SDK, as a function of it has it. */
export function keyServiceIn(
  served: ServedVaultKms,
  keys: VaultKeyArns,
  who: PrincipalProps = VAULT_ROLE,
): KmsKeyService {
  return new KmsKeyService(served.functionClientOf(who), VAULT, keys);
}
