import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { byCodeUnit } from '../../core/order';
import { type KmsKey, secretOf } from './keys';
import { KmsError } from './kms-error';
import type { EncryptionContext } from './request-fields';

const HEADER = Buffer.from([1, 2, 2, 0, 0x78]);
const KEY_TAG = 32;
/** So that a wrapped data key of 32 bytes has 184, as those of KMS have. */
const FILLER = 87;
const IV = 12;
const TAG = 16;
const OVERHEAD = HEADER.length + KEY_TAG + FILLER + IV + TAG;

/** A ciphertext under a key: it names the key to this KMS, and is opaque to everyone else. */
export function encrypt(key: KmsKey, plaintext: Uint8Array, context: EncryptionContext): Buffer {
  const before = Buffer.concat([HEADER, tagOf(key.arn), randomBytes(FILLER)]);
  const iv = randomBytes(IV);
  const cipher = createCipheriv('aes-256-gcm', secretOf(key.materials.at(-1)), iv);
  cipher.setAAD(Buffer.concat([before, contextBytes(context)]));
  return Buffer.concat([before, iv, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

/** The key of a ciphertext, among these; undefined where it is of none of them. */
export function keyOf(ciphertext: Buffer, keys: Iterable<KmsKey>): KmsKey | undefined {
  if (ciphertext.length <= OVERHEAD || !ciphertext.subarray(0, HEADER.length).equals(HEADER))
    return undefined;
  const tag = ciphertext.subarray(HEADER.length, HEADER.length + KEY_TAG);
  for (const key of keys) if (tagOf(key.arn).equals(tag)) return key;
  return undefined;
}

/** Opens a ciphertext with the newest material or one before it. */
export function decrypt(key: KmsKey, ciphertext: Buffer, context: EncryptionContext): Buffer {
  const ivAt = HEADER.length + KEY_TAG + FILLER;
  const aad = Buffer.concat([ciphertext.subarray(0, ivAt), contextBytes(context)]);
  for (const material of [...key.materials].reverse()) {
    const decipher = createDecipheriv(
      'aes-256-gcm',
      secretOf(material),
      ciphertext.subarray(ivAt, ivAt + IV),
      { authTagLength: TAG },
    );
    decipher.setAAD(aad);
    decipher.setAuthTag(ciphertext.subarray(-TAG));
    try {
      return Buffer.concat([decipher.update(ciphertext.subarray(ivAt + IV, -TAG)), decipher.final()]);
    } catch {
      // Of a material before it, or of none.
    }
  }
  throw new KmsError('InvalidCiphertextException');
}

function tagOf(arn: string): Buffer {
  return createHash('sha256').update(arn, 'utf8').digest();
}

/** The pairs in one order, each part after its length: `{a: 'bc'}` is not `{ab: 'c'}`. */
function contextBytes(context: EncryptionContext): Buffer {
  const parts = Object.entries(context)
    .sort(([a], [b]) => byCodeUnit(a, b))
    .flat()
    .flatMap((text) => {
      const bytes = Buffer.from(text, 'utf8');
      const length = Buffer.alloc(4);
      length.writeUInt32BE(bytes.length);
      return [length, bytes];
    });
  return Buffer.concat(parts);
}
