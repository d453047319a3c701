import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  randomUUID,
} from 'node:crypto';
import { invalid } from './kms-error';
import type { PolicyDocument } from './policy-document';

/** What a key is made of. */
export type KeySpec = 'SYMMETRIC_DEFAULT' | 'HMAC_256' | 'ECC_NIST_P256';
/** What a key is for. */
export type KeyUsage = 'ENCRYPT_DECRYPT' | 'GENERATE_VERIFY_MAC' | 'SIGN_VERIFY' | 'KEY_AGREEMENT';
export type KeyState = 'Enabled' | 'Disabled' | 'PendingDeletion';

/** Which uses each key can have. */
export const KEY_USAGES: Readonly<Record<KeySpec, readonly KeyUsage[]>> = {
  SYMMETRIC_DEFAULT: ['ENCRYPT_DECRYPT'],
  HMAC_256: ['GENERATE_VERIFY_MAC'],
  ECC_NIST_P256: ['SIGN_VERIFY', 'KEY_AGREEMENT'],
};

/** What a key is: 32 bytes, or a pair. */
export type Material = { readonly secret: Buffer } | { readonly privateKey: KeyObject };

/** A key of the local KMS. */
export interface KmsKey {
  readonly id: string;
  readonly arn: string;
  readonly account: string;
  readonly spec: KeySpec;
  readonly usage: KeyUsage;
  readonly multiRegion: boolean;
  readonly description: string;
  readonly created: number;
  /** The newest is the last; the others only decrypt. */
  readonly materials: Material[];
  state: KeyState;
  policy: PolicyDocument;
  policyText: string;
  /** When it will be deleted, in milliseconds since 1970. */
  deletion?: number;
  rotation?: { readonly days: number; next: number };
}

/** Whose keys these are. */
export interface KeyPlace {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

export function arnIn({ partition, region, account }: KeyPlace, resource: string): string {
  return `arn:${partition}:kms:${region}:${account}:${resource}`;
}

export function newKeyId(multiRegion: boolean): string {
  return multiRegion ? `mrk-${randomBytes(16).toString('hex')}` : randomUUID();
}

export function newMaterial(spec: KeySpec): Material {
  if (spec !== 'ECC_NIST_P256') return { secret: randomBytes(32) };
  return { privateKey: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey };
}

/** Key material that is given: 32 bytes, or a private key of P-256 as DER (PKCS #8). */
export function givenMaterial(spec: KeySpec, bytes: Uint8Array): Material {
  const material = Buffer.from(bytes);
  if (spec === 'ECC_NIST_P256')
    return { privateKey: createPrivateKey({ key: material, format: 'der', type: 'pkcs8' }) };
  if (material.length !== 32) throw invalid('the key material of this key has 32 bytes');
  return { secret: material };
}

/** The bytes of a symmetric or HMAC key. */
export function secretOf(material: Material | undefined): Buffer {
  if (material === undefined || !('secret' in material)) throw invalid('the key has no bytes of its own');
  return material.secret;
}

export function privateKeyOf(material: Material | undefined): KeyObject {
  if (material === undefined || !('privateKey' in material)) throw invalid('the key is no pair');
  return material.privateKey;
}

/** The public key, as DER (SPKI). */
export function publicKeyOf(key: KmsKey): Buffer {
  return createPublicKey(privateKeyOf(key.materials.at(-1))).export({ format: 'der', type: 'spki' });
}

/** A key as `CreateKey` and `DescribeKey` show it. */
export function metadataOf(key: KmsKey): object {
  return {
    AWSAccountId: key.account,
    Arn: key.arn,
    CreationDate: key.created / 1000,
    ...(key.deletion === undefined ? {} : { DeletionDate: key.deletion / 1000 }),
    Description: key.description,
    Enabled: key.state === 'Enabled',
    KeyId: key.id,
    KeyManager: 'CUSTOMER',
    KeySpec: key.spec,
    KeyState: key.state,
    KeyUsage: key.usage,
    CustomerMasterKeySpec: key.spec,
    MultiRegion: key.multiRegion,
    Origin: 'AWS_KMS',
    ...ALGORITHMS[key.usage],
  };
}

const ALGORITHMS: Readonly<Record<KeyUsage, object>> = {
  ENCRYPT_DECRYPT: { EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'] },
  GENERATE_VERIFY_MAC: { MacAlgorithms: ['HMAC_SHA_256'] },
  SIGN_VERIFY: { SigningAlgorithms: ['ECDSA_SHA_256'] },
  KEY_AGREEMENT: { KeyAgreementAlgorithms: ['ECDH'] },
};
