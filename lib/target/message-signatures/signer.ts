import { createHash, createPrivateKey, type JsonWebKey, KeyObject } from 'node:crypto';
import { TransmissionError } from '../../core/errors';
import { type SignatureAlgorithm, signs, unfitFor } from './algorithm';

/** Signs bytes with one key, wherever that is. */
export interface MessageSigner {
  /** The name under which the receiver knows the public key. */
  readonly keyId: string;
  readonly algorithm: SignatureAlgorithm;
  /** The signature as RFC 9421, 3.3 has it: that of P-256 is two numbers of 32 bytes, not DER. */
  sign(data: Uint8Array): Promise<Uint8Array>;
}

/** A private key that this process holds. */
export interface PrivateKeySignerOptions {
  readonly keyId: string;
  readonly algorithm: SignatureAlgorithm;
  /** PEM, a JSON Web Key, or a key that was read. */
  readonly privateKey: string | JsonWebKey | KeyObject;
}

/**
 * Signs with a private key in this process.
 *
 * @throws TransmissionError where the key cannot be read or does not fit the algorithm
 */
export function privateKeySigner({ keyId, algorithm, privateKey }: PrivateKeySignerOptions): MessageSigner {
  const key = readPrivateKey(privateKey);
  const unfit = unfitFor(algorithm, key);
  if (unfit !== undefined) throw wrong(`'privateKey' ${unfit}, since its algorithm is ${algorithm}`);
  return { keyId, algorithm, sign: async (data) => signs(algorithm, key, data) };
}

function readPrivateKey(given: string | JsonWebKey | KeyObject): KeyObject {
  if (given instanceof KeyObject && given.type === 'private') return given;
  try {
    if (typeof given === 'string') return createPrivateKey(given);
    if (!(given instanceof KeyObject)) return createPrivateKey({ key: given, format: 'jwk' });
  } catch {
    // The message of OpenSSL says nothing that helps, and nobody is to print a key.
  }
  throw wrong("'privateKey' must be a private key as PEM, JSON Web Key or KeyObject, got none of them");
}

/** What AWS KMS is asked; `sign` of `new KMS({})` of the AWS SDK for JavaScript has this form. */
export interface KmsSignCall {
  sign(input: {
    readonly KeyId: string;
    readonly Message: Uint8Array;
    readonly MessageType: 'RAW' | 'DIGEST';
    readonly SigningAlgorithm: 'ED25519_SHA_512' | 'ECDSA_SHA_256' | 'RSASSA_PSS_SHA_512';
  }): Promise<{ readonly Signature?: Uint8Array }>;
}

/** A private key that never leaves AWS KMS. */
export interface KmsSignerOptions {
  readonly keyId: string;
  readonly algorithm: SignatureAlgorithm;
  /** The key of KMS, by id, ARN or alias; its spec has to fit the algorithm. */
  readonly kmsKeyId: string;
  readonly kms: KmsSignCall;
}

/**
 * The names of KMS. Its PSS has a salt as long as the hash, as RFC 9421 asks. Ed25519 is signed as it is, without a hash
 * before: KMS takes 4,096 bytes of it.
 *
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_Sign.html
 */
const KMS = {
  ed25519: { SigningAlgorithm: 'ED25519_SHA_512', hash: undefined },
  'ecdsa-p256-sha256': { SigningAlgorithm: 'ECDSA_SHA_256', hash: 'sha256' },
  'rsa-pss-sha512': { SigningAlgorithm: 'RSASSA_PSS_SHA_512', hash: 'sha512' },
} as const;

/** Signs with a key in AWS KMS. The role needs `kms:Sign` on it. */
export function kmsSigner({ keyId, algorithm, kmsKeyId, kms }: KmsSignerOptions): MessageSigner {
  const { SigningAlgorithm, hash } = KMS[algorithm];
  return {
    keyId,
    algorithm,
    async sign(data) {
      const { Signature } = await kms.sign({
        KeyId: kmsKeyId,
        Message: hash === undefined ? data : createHash(hash).update(data).digest(),
        MessageType: hash === undefined ? 'RAW' : 'DIGEST',
        SigningAlgorithm,
      });
      if (Signature === undefined) throw wrong("'kms' must answer with a signature, got none");
      return algorithm === 'ecdsa-p256-sha256' ? fromDer(Signature) : Signature;
    },
  };
}

/** Two numbers of 32 bytes, from the sequence of two integers in DER that KMS answers with (RFC 3279, 2.2.3). */
function fromDer(der: Uint8Array): Uint8Array {
  const joined = Buffer.alloc(64);
  let at = 2;
  for (const end of [32, 64]) {
    const length = der[at + 1] ?? 0;
    const digits = Buffer.from(der.subarray(at + 2, at + 2 + length));
    const significant = digits.subarray(
      Math.max(
        0,
        digits.findIndex((byte) => byte !== 0),
      ),
    );
    if (der[0] !== 0x30 || der[at] !== 0x02 || significant.length > 32 || digits.length !== length) {
      throw wrong("'kms' must answer with a signature in DER, got something else");
    }
    significant.copy(joined, end - significant.length);
    at += 2 + length;
  }
  if (at !== der.length) throw wrong("'kms' must answer with a signature in DER, got something else");
  return joined;
}

function wrong(message: string): TransmissionError {
  return new TransmissionError('InvalidConfiguration', message, 'signer');
}
