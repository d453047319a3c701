import { derInside, derValues, TAG } from './der';

/** Identifiers of algorithms that sign certificates, as they stand in DER, and the hash that each one uses. */
const HASHES: Readonly<Record<string, string>> = {
  // RFC 8017, A.2.4
  '2a864886f70d010102': 'md2',
  '2a864886f70d010104': 'md5',
  '2a864886f70d010105': 'sha1',
  '2a864886f70d01010e': 'sha224',
  '2a864886f70d01010b': 'sha256',
  '2a864886f70d01010c': 'sha384',
  '2a864886f70d01010d': 'sha512',
  // RFC 5758
  '2a8648ce3d0401': 'sha1',
  '2a8648ce3d040301': 'sha224',
  '2a8648ce3d040302': 'sha256',
  '2a8648ce3d040303': 'sha384',
  '2a8648ce3d040304': 'sha512',
  '2a8648ce380403': 'sha1',
  '608648016503040302': 'sha256',
  // RFC 8410: they hash by themselves.
  '2b6570': 'ed25519',
  '2b6571': 'ed448',
  // RFC 9881
  '608648016503040311': 'ml-dsa',
  '608648016503040312': 'ml-dsa',
  '608648016503040313': 'ml-dsa',
  // The hashes themselves, in parameters of RSASSA-PSS.
  '2b0e03021a': 'sha1',
  '608648016503040204': 'sha224',
  '608648016503040201': 'sha256',
  '608648016503040202': 'sha384',
  '608648016503040203': 'sha512',
};

const PSS = '2a864886f70d01010a';

/** Hashes of which two inputs with one value are known (RFC 9155; RFC 6194; RFC 6151). */
export const BROKEN_HASHES: readonly string[] = ['md2', 'md5', 'sha1'];

/** The hash under the signature of a certificate (RFC 5280, 4.1.1.2); `undefined` for one that is not known here. */
export function signatureHash(certificate: Buffer): string | undefined {
  const [, algorithm] = derInside(certificate);
  if (algorithm?.tag !== TAG.sequence) return undefined;
  const [identifier, parameters] = derValues(algorithm.content);
  const name = identifier?.tag === TAG.oid ? identifier.content.toString('hex') : '';
  if (name !== PSS) return HASHES[name];
  // RFC 4055, 3.1: [0] is the hash, and SHA-1 where it is left out.
  const [first] = parameters === undefined ? [] : derValues(parameters.content);
  if (first?.tag !== 0xa0) return 'sha1';
  const [hash] = derInside(first.content);
  return HASHES[hash?.content.toString('hex') ?? ''];
}
