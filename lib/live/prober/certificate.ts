import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { LONGEST_COUNTED_DAYS } from '../certificates/lifetime';
import { BROKEN_HASHES, signatureHash } from './signature-hash';

/** NIST SP 800-57 part 1 rev. 5, table 2: 112 bits of security, which PCI DSS calls strong. */
const LEAST_BITS: Readonly<Record<string, number>> = { rsa: 2048, 'rsa-pss': 2048, dsa: 2048, ec: 224 };

/** Bits of the curves that certificates are made for, by the names of OpenSSL. */
const CURVE_BITS: Readonly<Record<string, number>> = {
  prime192v1: 192,
  secp224r1: 224,
  secp256k1: 256,
  prime256v1: 256,
  secp384r1: 384,
  secp521r1: 521,
  brainpoolP256r1: 256,
  brainpoolP384r1: 384,
  brainpoolP512r1: 512,
};

/** A certificate of a chain, for reports. */
export interface CertificateView {
  readonly subject: string;
  readonly issuer: string;
  /** RFC 3339. */
  readonly validFrom: string;
  readonly validTo: string;
  /** Such as `rsa` or `ec`; absent where nobody knows it here. */
  readonly keyType?: string;
  readonly keyBits?: number;
  /** The hash under its signature, such as `sha256`. */
  readonly signatureHash?: string;
  readonly fingerprint256: string;
}

/** How the chain ends. */
export type ChainEnd =
  /** In a root that is trusted. */
  | 'trusted'
  /** The server's certificate vouches for itself. */
  | 'self-signed'
  /** In a root that is not trusted. */
  | 'untrusted-root'
  /** An issuer was neither sent nor is it trusted: an intermediate is missing, or the authority is a private one. */
  | 'incomplete'
  | 'cannot tell';

/** What is known about the certificate of a server. */
export interface CertificateTold {
  readonly chain: readonly CertificateView[];
  /** The names that it is for. */
  readonly names: readonly string[];
  readonly nameMatches: boolean;
  /** Whole days until it expires; negative after that. */
  readonly daysLeft: number;
  /**
   * The share of its life that is left, of the certificate that has least; 0 when one is over. A life above 270 days counts
   * as one of 270: what vouches for others lives for years, and nobody plans by a sixth of them.
   */
  readonly lifeLeft: number;
  readonly isNotYetValid: boolean;
  readonly weakKeys: readonly string[];
  readonly brokenHashes: readonly string[];
  readonly chainEnd: ChainEnd;
  /** The issuer that is missing, where one is. */
  readonly missingIssuer?: string;
}

const DAY = 86_400_000;
const MOST_NAMES = 100;

/**
 * Looks at a chain as it was sent.
 *
 * @param chain in DER, the server's own first
 * @param host the name or address that it must be for
 * @param chainEnd what verifying it gave
 * @returns `undefined` where the server's own certificate cannot be read
 */
export function lookAtCertificate(
  chain: readonly Buffer[],
  host: string,
  chainEnd: ChainEnd,
  now: Date,
): CertificateTold | undefined {
  const certificates = chain.flatMap((der) => parse(der) ?? []);
  const [own] = certificates;
  if (own === undefined) return undefined;
  // The signature of a root says nothing: it is trusted as it is.
  const signed = certificates.filter((each) => !isSelfIssued(each) || each === own);
  const last = certificates.at(-1);
  return {
    chain: certificates.map(viewOf),
    names: namesOf(own),
    nameMatches: matches(own, host),
    daysLeft: Math.floor((Math.min(...signed.map(endOf)) - now.getTime()) / DAY),
    lifeLeft: lifeLeft(signed, now),
    isNotYetValid: signed.some((each) => Date.parse(each.validFrom) > now.getTime()),
    weakKeys: signed.flatMap((each) => (isWeak(each) ? [subjectOf(each)] : [])),
    brokenHashes: signed.flatMap((each) => {
      const hash = signatureHash(each.raw);
      return hash !== undefined && BROKEN_HASHES.includes(hash) ? [`${subjectOf(each)}: ${hash}`] : [];
    }),
    chainEnd,
    ...(chainEnd === 'incomplete' && last !== undefined ? { missingIssuer: oneLine(last.issuer) } : {}),
  };
}

/** Whether the last certificate that is there vouches for itself. */
export function endsInRoot(chain: readonly Buffer[]): boolean {
  const last = chain.at(-1);
  const certificate = last === undefined ? undefined : parse(last);
  return certificate !== undefined && isSelfIssued(certificate);
}

function parse(der: Buffer): X509Certificate | undefined {
  try {
    return new X509Certificate(der);
  } catch {
    return undefined;
  }
}

function isSelfIssued(certificate: X509Certificate): boolean {
  return certificate.subject === certificate.issuer;
}

/** A time that nobody can read is over: whoever trusts by it trusts without end. */
function endOf(certificate: X509Certificate): number {
  const end = Date.parse(certificate.validTo);
  return Number.isNaN(end) ? 0 : end;
}

/** The smallest share of them all, measured as the audit of certificates measures it. */
function lifeLeft(certificates: readonly X509Certificate[], now: Date): number {
  const shares = certificates.map((certificate) => {
    const life = Math.min(endOf(certificate) - Date.parse(certificate.validFrom), LONGEST_COUNTED_DAYS * DAY);
    const left = endOf(certificate) - now.getTime();
    return left > 0 && life > 0 ? Math.min(1, left / life) : 0;
  });
  return Math.round(Math.min(...shares) * 1000) / 1000;
}

function viewOf(certificate: X509Certificate): CertificateView {
  const { type, bits } = keyOf(certificate);
  const hash = signatureHash(certificate.raw);
  return {
    subject: subjectOf(certificate),
    issuer: oneLine(certificate.issuer),
    validFrom: instant(certificate.validFrom),
    validTo: instant(certificate.validTo),
    ...(type === undefined ? {} : { keyType: type }),
    ...(bits === undefined ? {} : { keyBits: bits }),
    ...(hash === undefined ? {} : { signatureHash: hash }),
    fingerprint256: certificate.fingerprint256,
  };
}

/** A date beyond those that JavaScript knows is told as it stands. */
function instant(text: string): string {
  const time = Date.parse(text);
  return Number.isNaN(time) ? text : new Date(time).toISOString();
}

function keyOf(certificate: X509Certificate): { readonly type?: string; readonly bits?: number } {
  try {
    const { asymmetricKeyType: type, asymmetricKeyDetails: details } = certificate.publicKey;
    if (type === undefined) return {};
    const bits = details?.modulusLength ?? CURVE_BITS[details?.namedCurve ?? ''];
    return bits === undefined ? { type } : { type, bits };
  } catch {
    return {};
  }
}

function isWeak(certificate: X509Certificate): boolean {
  const { type = '', bits } = keyOf(certificate);
  const least = LEAST_BITS[type];
  return least !== undefined && bits !== undefined && bits < least;
}

function matches(certificate: X509Certificate, host: string): boolean {
  if (isIP(host) !== 0) return certificate.checkIP(host) !== undefined;
  // No browser looks at the common name any more (RFC 9525, 2).
  return certificate.checkHost(host, { subject: 'never' }) !== undefined;
}

/** `DNS:a.example, DNS:"with, comma"`: the names alone. */
function namesOf({ subjectAltName }: X509Certificate): string[] {
  // Node gives `null` for names that it cannot read, whatever its types say.
  if (!subjectAltName) return [];
  return subjectAltName
    .split(', ')
    .map((entry) => entry.replace(/^(DNS|IP Address):/, ''))
    .slice(0, MOST_NAMES);
}

function subjectOf({ subject, subjectAltName }: X509Certificate): string {
  return oneLine(subject || subjectAltName || 'no name');
}

function oneLine(distinguishedName: string): string {
  return distinguishedName.split('\n').join(', ');
}
