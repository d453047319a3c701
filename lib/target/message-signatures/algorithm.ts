import { constants, type KeyObject, sign, verify } from 'node:crypto';

/**
 * The algorithms of RFC 9421, 3.3, that are taken.
 *
 * Not `hmac-sha256`: with one secret on both sides either can write what the other is said to have sent, so it proves
 * nothing to a third, and the secret must be kept where here only public keys are. Not `rsa-v1_5-sha256`, whose padding
 * RFC 8017 has for old applications only.
 */
export const SIGNATURE_ALGORITHMS = ['ed25519', 'ecdsa-p256-sha256', 'rsa-pss-sha512'] as const;

/** One of them. */
export type SignatureAlgorithm = (typeof SIGNATURE_ALGORITHMS)[number];

/** RFC 9421, 3.3.1. Left to itself, `node:crypto` signs with the longest salt and takes any. */
const PSS = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 64 };

/** The length of a signature in bytes; that of RSA is the length of its key. */
const LENGTH = { ed25519: 64, 'ecdsa-p256-sha256': 64 } as const;

/** Whether a signature is that of the data, by the only algorithm that the key is for. */
export function verifies(
  algorithm: SignatureAlgorithm,
  key: KeyObject,
  data: Uint8Array,
  signature: Uint8Array,
): boolean {
  switch (algorithm) {
    case 'ed25519':
      return signature.length === LENGTH[algorithm] && verify(null, data, key, signature);
    case 'ecdsa-p256-sha256':
      return (
        signature.length === LENGTH[algorithm] &&
        verify('sha256', data, { key, dsaEncoding: 'ieee-p1363' }, signature)
      );
    case 'rsa-pss-sha512':
      return verify('sha512', data, { key, ...PSS }, signature);
  }
}

/** Signs data with a private key. */
export function signs(algorithm: SignatureAlgorithm, key: KeyObject, data: Uint8Array): Uint8Array {
  switch (algorithm) {
    case 'ed25519':
      return sign(null, data, key);
    case 'ecdsa-p256-sha256':
      return sign('sha256', data, { key, dsaEncoding: 'ieee-p1363' });
    case 'rsa-pss-sha512':
      return sign('sha512', data, { key, ...PSS });
  }
}

/** Why a key is not for an algorithm; undefined where it is. */
export function unfitFor(algorithm: SignatureAlgorithm, key: KeyObject): string | undefined {
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key;
  switch (algorithm) {
    case 'ed25519':
      return type === 'ed25519' ? undefined : `must be an Ed25519 key, got ${type}`;
    case 'ecdsa-p256-sha256':
      return type === 'ec' && details?.namedCurve === 'prime256v1'
        ? undefined
        : `must be a key on the curve P-256, got ${type} ${details?.namedCurve ?? ''}`.trimEnd();
    case 'rsa-pss-sha512': {
      const bits = details?.modulusLength ?? 0;
      if (type !== 'rsa' && type !== 'rsa-pss') return `must be an RSA key, got ${type}`;
      return bits >= 2048 && bits <= 4096 ? undefined : `must have 2048 to 4096 bits, got ${bits}`;
    }
  }
}
