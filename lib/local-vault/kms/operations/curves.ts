import {
  createPublicKey,
  createSign,
  createVerify,
  diffieHellman,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto';
import { encrypt } from '../ciphertext';
import { type KmsKey, privateKeyOf, publicKeyOf } from '../keys';
import { invalid, KmsError } from '../kms-error';
import { digestVerified, signDigest } from './digests';
import { encrypting } from './encryption';
import type { Call, Operation } from './operation';

/** AWS KMS API reference, `Sign`: a message of at most 4,096 bytes, or a digest of 32. */
const MOST_MESSAGE = 4096;
const MOST_SIGNATURE = 6144;
const MOST_PUBLIC_KEY = 8192;
const ALGORITHM = 'ECDSA_SHA_256';

/** What pairs of P-256 do. */
export const CURVES: Readonly<Record<string, Operation>> = {
  Sign(call) {
    const { key, message, isDigest } = signing(call, 'kms:Sign');
    const privateKey = privateKeyOf(key.materials.at(-1));
    const signature = isDigest
      ? signDigest(privateKey, message)
      : createSign('sha256').update(message).sign(privateKey);
    return { KeyId: key.arn, Signature: signature.toString('base64'), SigningAlgorithm: ALGORITHM };
  },

  Verify(call) {
    const signature = call.fields.bytes('Signature', MOST_SIGNATURE);
    const { key, message, isDigest } = signing(call, 'kms:Verify');
    const publicKey = createPublicKey(privateKeyOf(key.materials.at(-1)));
    const isValid = isDigest
      ? digestVerified(publicKey, message, signature)
      : createVerify('sha256').update(message).verify(publicKey, signature);
    if (!isValid) throw new KmsError('KMSInvalidSignatureException');
    return { KeyId: key.arn, SignatureValid: true, SigningAlgorithm: ALGORITHM };
  },

  GetPublicKey({ ring, principal, fields }) {
    fields.refuse('GrantTokens');
    const key = ring.use({ keyId: fields.text('KeyId'), principal, action: 'kms:GetPublicKey' });
    if (key.spec !== 'ECC_NIST_P256')
      throw new KmsError('UnsupportedOperationException', `${key.arn} is not an asymmetric key.`);
    ring.assertUsable(key);
    return {
      KeyId: key.arn,
      PublicKey: publicKeyOf(key).toString('base64'),
      CustomerMasterKeySpec: key.spec,
      KeySpec: key.spec,
      KeyUsage: key.usage,
      ...(key.usage === 'SIGN_VERIFY'
        ? { SigningAlgorithms: [ALGORITHM] }
        : { KeyAgreementAlgorithms: ['ECDH'] }),
    };
  },

  DeriveSharedSecret({ ring, principal, fields }) {
    fields.refuse('GrantTokens', 'Recipient');
    const algorithm = fields.word('KeyAgreementAlgorithm', ['ECDH']);
    const publicKey = pointOf(fields.bytes('PublicKey', MOST_PUBLIC_KEY));
    const key = ring.use({
      keyId: fields.text('KeyId'),
      principal,
      usage: 'KEY_AGREEMENT',
      action: 'kms:DeriveSharedSecret',
      more: { 'kms:KeyAgreementAlgorithm': algorithm },
      dryRun: fields.flag('DryRun'),
    });
    const secret = diffieHellman({ privateKey: privateKeyOf(key.materials.at(-1)), publicKey });
    return {
      KeyId: key.arn,
      SharedSecret: secret.toString('base64'),
      KeyAgreementAlgorithm: algorithm,
      KeyOrigin: 'AWS_KMS',
    };
  },

  GenerateDataKeyPairWithoutPlaintext(call) {
    const spec = call.fields.word('KeyPairSpec', ['ECC_NIST_P256']);
    const { key, context } = encrypting(call, 'kms:GenerateDataKeyPairWithoutPlaintext');
    const pair = generateKeyPairSync('ec', {
      namedCurve: 'P-256',
      publicKeyEncoding: { format: 'der', type: 'spki' },
      privateKeyEncoding: { format: 'der', type: 'pkcs8' },
    });
    return {
      KeyId: key.arn,
      KeyPairSpec: spec,
      PrivateKeyCiphertextBlob: encrypt(key, pair.privateKey, context).toString('base64'),
      PublicKey: pair.publicKey.toString('base64'),
    };
  },
};

function signing(
  { ring, principal, fields }: Call,
  action: string,
): { readonly key: KmsKey; readonly message: Buffer; readonly isDigest: boolean } {
  fields.refuse('GrantTokens');
  const message = fields.bytes('Message', MOST_MESSAGE);
  const isDigest = fields.word('MessageType', ['RAW', 'DIGEST'], 'RAW') === 'DIGEST';
  const algorithm = fields.word('SigningAlgorithm', [ALGORITHM]);
  if (isDigest && message.length !== 32)
    throw invalid('Digest is invalid length for algorithm ECDSA_SHA_256.');
  const key = ring.use({
    keyId: fields.text('KeyId'),
    principal,
    usage: 'SIGN_VERIFY',
    action,
    more: { 'kms:SigningAlgorithm': algorithm, 'kms:MessageType': isDigest ? 'DIGEST' : 'RAW' },
    dryRun: fields.flag('DryRun'),
  });
  return { key, message, isDigest };
}

/** A public key of P-256: a point elsewhere than on the curve is no key. */
function pointOf(der: Buffer): KeyObject {
  try {
    const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
    if (key.asymmetricKeyDetails?.namedCurve === 'prime256v1') return key;
  } catch {
    // As for another curve.
  }
  throw invalid('The public key is not one of ECC_NIST_P256.');
}
