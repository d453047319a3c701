import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  sign,
  X509Certificate,
} from 'node:crypto';
import { TransmissionError } from '../core/errors';
import {
  bits,
  explicit,
  identifier,
  implicitText,
  moment,
  octets,
  sequence,
  setOf,
  TRUE,
  text,
  unsigned,
} from './der';

const ECDSA_WITH_SHA256 = sequence(identifier('1.2.840.10045.4.3.2'));
const COMMON_NAME = identifier('2.5.4.3');
const SERVER_AUTHENTICATION = identifier('1.3.6.1.5.5.7.3.1');
const VERSION_3 = explicit(0, unsigned(Buffer.from([2])));

/** Clocks differ: nobody's is an hour behind. */
const BACKDATED = 60 * 60 * 1000;
const DAY = 24 * 60 * 60 * 1000;

/** A key and its certificate, in PEM. */
export interface KeyAndCertificate {
  readonly key: string;
  readonly cert: string;
}

/** What a certificate is to say. */
export interface SelfSignedCertificateOptions {
  /** For how many days it is valid. */
  readonly days: number;
  /** When it is made. */
  readonly now: Date;
}

/**
 * A new key (ECDSA, P-256) with a certificate that it signed itself, for the name `localhost`.
 *
 * Key, signature and random numbers are those of `node:crypto`. Only the shape of the certificate (RFC 5280)
 * is written here: it is always the same, and a library for every other shape would bring twenty packages
 * into the process that ends TLS. What was written is read back by `node:crypto` before anybody gets it.
 */
export function selfSignedCertificate({ days, now }: SelfSignedCertificateOptions): KeyAndCertificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const name = sequence(setOf(sequence(COMMON_NAME, text('localhost'))));
  const signed = sequence(
    VERSION_3,
    serialNumber(),
    ECDSA_WITH_SHA256,
    name,
    sequence(moment(new Date(now.getTime() - BACKDATED)), moment(new Date(now.getTime() + days * DAY))),
    name,
    publicKey,
    explicit(3, extensions()),
  );
  const certificate = sequence(signed, ECDSA_WITH_SHA256, bits(sign('sha256', signed, privateKey)));
  const cert = pem('CERTIFICATE', certificate);
  readBack(cert, privateKey, publicKey);
  return { key: privateKey, cert };
}

/** Unique without being told by anybody: 20 bytes at most, of which 64 bits at least are random. */
function serialNumber(): Buffer {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return unsigned(bytes);
}

/** No authority, signs handshakes, of a server, for one name. */
function extensions(): Buffer {
  const extension = (id: string, value: Buffer, critical = false) =>
    sequence(identifier(id), ...(critical ? [TRUE] : []), octets(value));
  return sequence(
    extension('2.5.29.19', sequence(), true),
    extension('2.5.29.15', bits(Buffer.from([0x80]), 7), true),
    extension('2.5.29.37', sequence(SERVER_AUTHENTICATION)),
    extension('2.5.29.17', sequence(implicitText(2, 'localhost'))),
  );
}

function pem(label: string, der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}

/** Nobody is handed a certificate that does not hold. */
function readBack(cert: string, privateKey: string, publicKey: Buffer): void {
  const read = new X509Certificate(cert);
  const own = createPublicKey({ key: publicKey, type: 'spki', format: 'der' });
  if (read.verify(own) && read.checkPrivateKey(createPrivateKey(privateKey))) return;
  throw new TransmissionError(
    'RuleFailed',
    'the certificate that was made does not verify, report it with the version of node',
    'target',
  );
}
