import 'reflect-metadata';
import { KeyObject, webcrypto } from 'node:crypto';
import { isIP } from 'node:net';
import * as x509 from '@peculiar/x509';

x509.cryptoProvider.set(webcrypto);

/** A certificate with its key, as a server needs them. */
export interface Issued {
  readonly certificate: x509.X509Certificate;
  readonly keys: webcrypto.CryptoKeyPair;
  readonly pem: string;
  readonly keyPem: string;
  readonly der: Buffer;
}

/** What is different from a good certificate. */
export interface Wishes {
  readonly name?: string;
  readonly names?: readonly string[];
  readonly notBefore?: Date;
  readonly notAfter?: Date;
  readonly key?: webcrypto.RsaHashedKeyGenParams | webcrypto.EcKeyGenParams;
  readonly issuer?: Issued;
  readonly isAuthority?: boolean;
}

export const DAY = 86_400_000;

/** The moment by which the tests look. */
export const NOW = new Date();

export const P256: webcrypto.EcKeyGenParams = { name: 'ECDSA', namedCurve: 'P-256' };

export function rsa(modulusLength: number, hash = 'SHA-256'): webcrypto.RsaHashedKeyGenParams {
  return { name: 'RSASSA-PKCS1-v1_5', hash, modulusLength, publicExponent: new Uint8Array([1, 0, 1]) };
}

let serial = 1;

/** Makes a certificate; without an issuer it vouches for itself. */
export async function issue(wishes: Wishes = {}): Promise<Issued> {
  const { name = 'localhost', issuer, key = P256, isAuthority = false } = wishes;
  const names = (wishes.names ?? [name]).map((value) => ({
    type: isIP(value) === 0 ? ('dns' as const) : ('ip' as const),
    value,
  }));
  const keys = await webcrypto.subtle.generateKey(key, true, ['sign', 'verify']);
  const signer = issuer?.keys ?? keys;
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: (serial++).toString(16).padStart(4, '0'),
    subject: `CN=${name}`,
    issuer: issuer?.certificate.subject ?? `CN=${name}`,
    notBefore: wishes.notBefore ?? new Date(NOW.getTime() - DAY),
    notAfter: wishes.notAfter ?? new Date(NOW.getTime() + 90 * DAY),
    publicKey: keys.publicKey,
    signingKey: signer.privateKey,
    signingAlgorithm: { name: signer.privateKey.algorithm.name, hash: 'SHA-256', saltLength: 32 },
    extensions: [
      new x509.BasicConstraintsExtension(isAuthority, undefined, true),
      ...(isAuthority ? [new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true)] : []),
      ...(isAuthority || names.length === 0 ? [] : [new x509.SubjectAlternativeNameExtension(names)]),
    ],
  });
  return {
    certificate,
    keys,
    pem: `${certificate.toString('pem')}\n`,
    keyPem: KeyObject.from(keys.privateKey).export({ type: 'pkcs8', format: 'pem' }).toString(),
    der: Buffer.from(certificate.rawData),
  };
}

/** A root, an authority below it, and what that issued. */
export async function hierarchy(wishes: Wishes = {}, ofAuthority: Wishes = {}) {
  const root = await issue({ name: 'Test Root', isAuthority: true });
  const authority = await issue({ name: 'Test Authority', isAuthority: true, issuer: root, ...ofAuthority });
  const own = await issue({ ...wishes, issuer: authority });
  return { root, authority, own };
}
