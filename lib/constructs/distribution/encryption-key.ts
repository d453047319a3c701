import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { Token } from 'aws-cdk-lib';

/** "The key size must be 2048 bits" (CloudFront Developer Guide, "field-level-encryption"). */
const MODULUS_BITS = 2048;
const MIN_EXPONENT = 65_537n;

/** A public key that CloudFront can encrypt fields with. */
export interface EncryptionKey {
  /** PEM in the form that CloudFront gives back, so that nothing seems to have changed. */
  readonly pem: string;
  /** The beginning of its SHA-256: another key is another resource. */
  readonly fingerprint: string;
}

/** Reads a public key, or says what is wrong with it as the end of a sentence, which never repeats any of it. */
export function readEncryptionKey(text: string): EncryptionKey | string {
  if (Token.isUnresolved(text)) {
    return 'must be a literal, so that it can be checked, got an unresolved value, read the file at synthesis';
  }
  if (/PRIVATE KEY/.test(text)) {
    return "must be a public key, got a private key, which must never stand in source or template: make a new pair, and give what 'openssl rsa -pubout' prints";
  }
  if (!/^\s*-----BEGIN PUBLIC KEY-----\s/.test(text)) {
    return "must be a public key in PEM that begins with '-----BEGIN PUBLIC KEY-----', give what 'openssl rsa -pubout' prints";
  }
  const key = parsed(text);
  if (key === undefined) {
    return "must be a public key in PEM, got one that cannot be read, give what 'openssl rsa -pubout' prints";
  }
  const { asymmetricKeyType: type, asymmetricKeyDetails: { modulusLength, publicExponent = 0n } = {} } = key;
  if (type !== 'rsa' || modulusLength !== MODULUS_BITS) {
    const got = type === 'rsa' ? `RSA with ${modulusLength}` : type;
    return `must be an RSA key of ${MODULUS_BITS} bits, which is all that CloudFront takes, got ${got}`;
  }
  if (publicExponent < MIN_EXPONENT) {
    return `must have a public exponent of ${MIN_EXPONENT} or more, got ${publicExponent}, make a new pair`;
  }
  const der = key.export({ type: 'spki', format: 'der' });
  return {
    pem: key.export({ type: 'spki', format: 'pem' }).toString(),
    fingerprint: createHash('sha256').update(der).digest('hex').slice(0, 16),
  };
}

function parsed(text: string): KeyObject | undefined {
  try {
    return createPublicKey({ key: text.trim(), format: 'pem', type: 'spki' });
  } catch {
    // What OpenSSL says of it helps nobody.
    return undefined;
  }
}
