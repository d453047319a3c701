import { createHash } from 'node:crypto';
import {
  DecryptCommand,
  GenerateDataKeyWithoutPlaintextCommand,
  GenerateMacCommand,
  GetPublicKeyCommand,
  type KMSClient,
  SignCommand,
} from '@aws-sdk/client-kms';
import { type DerivedKey, derivedKeyLabel } from '../core/identity';
import { KEY_BYTES } from '../core/key-derivation';
import type { BranchKeyId, KeyService } from '../ports/key-service';
import { KeyServiceError } from '../ports/key-service';
import type { ReceiptKey } from '../ports/receipt-key';
import { attempted, type Waiting } from './kms-attempts';

/** Which keys in KMS a vault uses: their ARNs. */
export interface VaultKeyArns {
  /** A symmetric key, whose policy demands the encryption context of `branchContext`. */
  readonly branch: string;
  /** An `HMAC_256` key. */
  readonly hmac: string;
  /** A signing key of P-256. */
  readonly receipt: string;
}

const WAITING: Waiting = {
  random: Math.random,
  pause: (milliseconds) => new Promise((done) => setTimeout(done, milliseconds)),
};

/**
 * What KMS demands again whenever a branch key is unwrapped; each part stands in CloudTrail, and key policies can demand
 * its value (`kms:EncryptionContext:view`).
 */
export function branchContext({ vault, tenant, view, version }: BranchKeyId): Record<string, string> {
  return { vault, tenant, view, version: String(version) };
}

/** A vault's keys in AWS KMS. */
export class KmsKeyService implements KeyService, ReceiptKey {
  /**
   * @param client with `maxAttempts: 1`, as `kmsClient` makes it: attempts are counted here
   * @param vault the name of the vault
   */
  constructor(
    private readonly client: Pick<KMSClient, 'send'>,
    private readonly vault: string,
    private readonly keys: VaultKeyArns,
    private readonly waiting: Waiting = WAITING,
  ) {}

  newBranchKey(id: BranchKeyId): Promise<Uint8Array> {
    return this.#ask(async (abortSignal) => {
      const command = new GenerateDataKeyWithoutPlaintextCommand({
        KeyId: this.keys.branch,
        KeySpec: 'AES_256',
        EncryptionContext: branchContext(id),
      });
      return (await this.client.send(command, { abortSignal })).CiphertextBlob;
    });
  }

  async unwrapBranchKey(id: BranchKeyId, wrapped: Uint8Array): Promise<Uint8Array> {
    const key = await this.#ask(async (abortSignal) => {
      const command = new DecryptCommand({
        // Without it KMS would take whatever key the ciphertext names, also one of another account.
        KeyId: this.keys.branch,
        CiphertextBlob: wrapped,
        EncryptionContext: branchContext(id),
      });
      return (await this.client.send(command, { abortSignal })).Plaintext;
    });
    return ofLength(KEY_BYTES, key);
  }

  async derive(key: DerivedKey): Promise<Uint8Array> {
    const derived = await this.#ask(async (abortSignal) => {
      const command = new GenerateMacCommand({
        KeyId: this.keys.hmac,
        MacAlgorithm: 'HMAC_SHA_256',
        Message: derivedKeyLabel(this.vault, key),
      });
      return (await this.client.send(command, { abortSignal })).Mac;
    });
    return ofLength(KEY_BYTES, derived);
  }

  sign(message: Uint8Array): Promise<Uint8Array> {
    return this.#ask(async (abortSignal) => {
      const command = new SignCommand({
        KeyId: this.keys.receipt,
        SigningAlgorithm: 'ECDSA_SHA_256',
        // A digest: KMS takes no message above 4,096 bytes, and need not see this one.
        MessageType: 'DIGEST',
        Message: createHash('sha256').update(message).digest(),
      });
      return (await this.client.send(command, { abortSignal })).Signature;
    });
  }

  publicKey(): Promise<Uint8Array> {
    return this.#ask(async (abortSignal) => {
      const command = new GetPublicKeyCommand({ KeyId: this.keys.receipt });
      return (await this.client.send(command, { abortSignal })).PublicKey;
    });
  }

  #ask(ask: (signal: AbortSignal) => Promise<Uint8Array | undefined>): Promise<Uint8Array> {
    return attempted(async (signal) => {
      const bytes = await ask(signal);
      if (bytes === undefined || bytes.length === 0) throw new KeyServiceError('unavailable');
      return bytes;
    }, this.waiting);
  }
}

/** A key of another length is one that this vault never made. */
function ofLength(length: number, bytes: Uint8Array): Uint8Array {
  if (bytes.length !== length) throw new KeyServiceError('refused');
  return bytes;
}
