import { X509Certificate } from 'node:crypto';
import { rootCertificates } from 'node:tls';
import type { ChainEnd } from './certificate';

/** How many certificates lead to a root, at most. */
const LONGEST = 10;

/** Those of Node, read once: to do so takes longer than all the rest. */
let roots: readonly X509Certificate[] | undefined;

function anchors(authorities: readonly string[]): readonly X509Certificate[] {
  roots ??= rootCertificates.map((pem) => new X509Certificate(pem));
  return [...authorities.map((pem) => new X509Certificate(pem)), ...roots];
}

/** Whether a certificate is one of those that are trusted as they are. */
export function isAuthority(certificate: Buffer, authorities: readonly string[]): boolean {
  return anchors(authorities).some(({ raw }) => raw.equals(certificate));
}

/**
 * Where a chain ends that was sent in clear: for servers with which no handshake comes about, since they want a
 * certificate of ours or speak what Node does not.
 *
 * Names and signatures are followed up to an authority. Where a handshake comes about OpenSSL decides, which also knows
 * constraints on names and lengths of paths.
 *
 * @param sent in DER, the server's own first
 */
export function chainEndOf(sent: readonly Buffer[], authorities: readonly string[]): ChainEnd {
  const certificates = sent.flatMap((der) => parse(der) ?? []);
  const [own, ...others] = certificates;
  if (own === undefined) return 'cannot tell';
  const trusted = anchors(authorities);
  let current = own;
  for (let i = 0; i < LONGEST; i += 1) {
    const { raw } = current;
    if (trusted.some((anchor) => anchor.raw.equals(raw) || hasIssued(anchor, current))) return 'trusted';
    if (hasIssued(current, current)) return current === own ? 'self-signed' : 'untrusted-root';
    const next = others.find((issuer) => issuer.ca && hasIssued(issuer, current));
    if (next === undefined) return 'incomplete';
    current = next;
  }
  return 'cannot tell';
}

function hasIssued(issuer: X509Certificate, certificate: X509Certificate): boolean {
  try {
    return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
  } catch {
    // A key or signature that cannot be read vouches for nothing.
    return false;
  }
}

function parse(der: Buffer): X509Certificate | undefined {
  try {
    return new X509Certificate(der);
  } catch {
    return undefined;
  }
}
