import { randomBytes } from 'node:crypto';
import { decrypt, encrypt, keyOf } from '../ciphertext';
import type { KmsKey } from '../keys';
import { KmsError } from '../kms-error';
import type { EncryptionContext } from '../request-fields';
import type { Call, Operation } from './operation';

/** AWS KMS API reference, `Encrypt`: at most 4,096 bytes; a ciphertext at most 6,144. */
const MOST_PLAINTEXT = 4096;
const MOST_CIPHERTEXT = 6144;
const ALGORITHM = 'SYMMETRIC_DEFAULT';

/** What symmetric keys do. */
export const ENCRYPTION: Readonly<Record<string, Operation>> = {
  Encrypt(call) {
    const plaintext = call.fields.bytes('Plaintext', MOST_PLAINTEXT);
    call.fields.word('EncryptionAlgorithm', [ALGORITHM], ALGORITHM);
    const { key, context } = encrypting(call, 'kms:Encrypt');
    return {
      KeyId: key.arn,
      CiphertextBlob: base64(encrypt(key, plaintext, context)),
      EncryptionAlgorithm: ALGORITHM,
    };
  },

  Decrypt(call) {
    const { fields } = call;
    fields.refuse('Recipient', 'GrantTokens');
    fields.word('EncryptionAlgorithm', [ALGORITHM], ALGORITHM);
    const { key, plaintext } = opened(call, 'kms:Decrypt', 'KeyId', fields.context());
    return { KeyId: key.arn, Plaintext: base64(plaintext), EncryptionAlgorithm: ALGORITHM };
  },

  ReEncrypt(call) {
    const { ring, principal, fields } = call;
    fields.refuse('GrantTokens');
    const { plaintext, key: source } = opened(
      call,
      'kms:ReEncryptFrom',
      'SourceKeyId',
      fields.context('SourceEncryptionContext'),
    );
    const context = fields.context('DestinationEncryptionContext');
    const keyId = fields.text('DestinationKeyId');
    const usage = 'ENCRYPT_DECRYPT';
    const key = ring.use({ keyId, principal, usage, action: 'kms:ReEncryptTo', context });
    return {
      CiphertextBlob: base64(encrypt(key, plaintext, context)),
      SourceKeyId: source.arn,
      KeyId: key.arn,
      SourceEncryptionAlgorithm: ALGORITHM,
      DestinationEncryptionAlgorithm: ALGORITHM,
    };
  },

  GenerateDataKey(call) {
    call.fields.refuse('Recipient');
    const { key, plaintext, ciphertext } = dataKey(call, 'kms:GenerateDataKey');
    return { KeyId: key.arn, Plaintext: base64(plaintext), CiphertextBlob: base64(ciphertext) };
  },

  GenerateDataKeyWithoutPlaintext(call) {
    const { key, ciphertext } = dataKey(call, 'kms:GenerateDataKeyWithoutPlaintext');
    return { KeyId: key.arn, CiphertextBlob: base64(ciphertext) };
  },
};

/** The key that encrypts, with the context it does it with. */
export function encrypting(
  { ring, principal, fields }: Call,
  action: string,
): { readonly key: KmsKey; readonly context: EncryptionContext } {
  fields.refuse('GrantTokens');
  const context = fields.context();
  const keyId = fields.text('KeyId');
  const dryRun = fields.flag('DryRun');
  return { key: ring.use({ keyId, principal, usage: 'ENCRYPT_DECRYPT', action, context, dryRun }), context };
}

function dataKey(call: Call, action: string) {
  const length = lengthOf(call);
  const { key, context } = encrypting(call, action);
  const plaintext = randomBytes(length);
  return { key, plaintext, ciphertext: encrypt(key, plaintext, context) };
}

function lengthOf({ fields }: Call): number {
  if (fields.has('KeySpec') === fields.has('NumberOfBytes'))
    throw new KmsError('ValidationException', 'Please specify either number of bytes or key spec.');
  if (fields.has('NumberOfBytes')) return fields.whole('NumberOfBytes', 1, 1024);
  return fields.word('KeySpec', ['AES_256', 'AES_128']) === 'AES_256' ? 32 : 16;
}

/** What a ciphertext holds: it names its key itself, and a key that is asked for must be that one. */
function opened(
  { ring, principal, fields }: Call,
  action: string,
  keyField: string,
  context: EncryptionContext,
): { readonly key: KmsKey; readonly plaintext: Buffer } {
  const ciphertext = fields.bytes('CiphertextBlob', MOST_CIPHERTEXT);
  const asked = fields.optionalText(keyField);
  // Whether one may use the key comes before what the ciphertext is: it tells nothing to who may not.
  const usage = 'ENCRYPT_DECRYPT';
  const use = { principal, usage, action, context } as const;
  const wanted = asked === undefined ? undefined : ring.use({ ...use, keyId: asked });
  const holder = keyOf(ciphertext, ring.keys);
  if (holder === undefined) throw new KmsError('InvalidCiphertextException');
  if (wanted !== undefined && wanted.id !== holder.id)
    throw new KmsError(
      'IncorrectKeyException',
      'The key ID in the request does not identify a CMK that can perform this operation.',
    );
  const key = wanted ?? ring.use({ ...use, keyId: holder.id });
  const plaintext = decrypt(key, ciphertext, context);
  ring.use({ ...use, keyId: key.id, dryRun: fields.flag('DryRun') });
  return { key, plaintext };
}

function base64(bytes: Buffer): string {
  return bytes.toString('base64');
}
