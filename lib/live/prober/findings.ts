import { groupedBy } from '../../core/grouped-by';
import { isAtLeast } from '../../core/tls';
import { RENEWAL_OVERDUE } from '../certificates/lifetime';
import { WEAK_CLASSES, type WeakClassId } from './cipher-suites';
import { driftOf } from './drift';
import type { CertificateReport, HostReport, ProbeFinding } from './report';

/** A report before it was judged. */
export type Unjudged = Omit<HostReport, 'findings' | 'unknown'>;

const LEVELS = ['error', 'warning', 'info'] as const;

/** What is wrong with a host, whatever it was promised to do; then what is not as promised. */
export function findingsOf(report: Unjudged): ProbeFinding[] {
  const found = [
    ...ofVersions(report),
    ...ofSuites(report),
    ...ofKeys(report),
    ...ofCertificate(report.certificate),
    ...ofWeb(report),
  ];
  const own = found.map((finding) => ({ ...finding, isDrift: false }));
  const drift = driftOf(report).map((finding) => ({ ...finding, isDrift: true }));
  return [...own, ...drift].sort((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level));
}

/** A finding, before it is known whether it is a drift. */
export type Found = Omit<ProbeFinding, 'isDrift'>;

function* ofVersions({ protocols }: Unjudged): Iterable<Found> {
  const accepted = (protocols?.versions ?? []).filter(({ verdict }) => verdict === 'accepted');
  const old = accepted.filter(({ version }) => !isAtLeast(version, 'TLSv1.2')).map(({ version }) => version);
  if (old.length > 0) {
    const message = `accepts ${old.join(', ')}, which RFC 7568 and RFC 8996 forbid`;
    yield { id: 'RefusesOldVersions', level: 'error', message };
  }
  const newest = protocols?.versions.find(({ version }) => version === 'TLSv1.3');
  if (newest?.verdict === 'refused') {
    yield { id: 'AcceptsTls13', level: 'info', message: 'refuses TLSv1.3' };
  }
}

/**
 * What a class is worth: an error where anybody can read, or where a standard forbids it by name (RC4: RFC 7465; DES and
 * 3DES: NIST SP 800-131A rev. 2; export: RFC 9325, 4.1).
 */
const RULES: Readonly<Record<WeakClassId, readonly [id: string, level: Found['level']]>> = {
  anonymous: ['RefusesAnonymousSuites', 'error'],
  null: ['RefusesNullSuites', 'error'],
  export: ['RefusesExportSuites', 'error'],
  rc4: ['RefusesRc4', 'error'],
  des: ['RefusesDes', 'error'],
  'triple-des': ['RefusesTripleDes', 'error'],
  'no-forward-secrecy': ['HasForwardSecrecy', 'warning'],
  cbc: ['RefusesCbc', 'warning'],
};

function* ofSuites({ protocols }: Unjudged): Iterable<Found> {
  for (const { id, about } of WEAK_CLASSES) {
    const accepted = (protocols?.weakSuites ?? []).filter(
      ({ suites, verdict }) => suites === id && verdict === 'accepted',
    );
    if (accepted.length === 0) continue;
    const where = accepted
      .map(({ version, cipherSuite = '' }) => `${cipherSuite} under ${version}`)
      .join(', ');
    const [rule, level] = RULES[id];
    yield { id: rule, level, message: `accepts ${about}: ${where}` };
  }
}

function* ofKeys({ protocols }: Unjudged): Iterable<Found> {
  for (const { version, fieldBits } of protocols?.versions ?? []) {
    if (fieldBits === undefined || fieldBits >= 2048) continue;
    // 1024 bits are within reach of states (weakdh.org); below, of anybody.
    const level = fieldBits <= 1024 ? 'error' : 'warning';
    const message = `agrees on keys in a field of ${fieldBits} bits under ${version}, 2048 are needed (RFC 9325, 4.1)`;
    yield { id: 'AgreesOnKeysInLargeFields', level, message };
  }
  if (protocols?.postQuantum.verdict === 'refused') {
    const message =
      'refuses hybrids of ML-KEM: what is recorded today can be read once quantum computers can';
    yield { id: 'AgreesOnPostQuantumKeys', level: 'info', message };
  }
}

function* ofCertificate(certificate: CertificateReport | undefined): Iterable<Found> {
  if (certificate === undefined) return;
  const { daysLeft, lifeLeft, nameMatches, names, weakKeys, brokenHashes, chainEnd, staple } = certificate;
  if (daysLeft < 0) {
    yield {
      id: 'CertificateIsInTime',
      level: 'error',
      message: `its certificate expired ${-daysLeft} days ago or less`,
    };
  } else if (lifeLeft < RENEWAL_OVERDUE) {
    const message = `its certificate expires in ${daysLeft} days, less than a sixth of its life is left`;
    yield { id: 'CertificateIsRenewed', level: 'warning', message };
  }
  if (certificate.isNotYetValid) {
    yield { id: 'CertificateIsInTime', level: 'error', message: 'its certificate is not valid yet' };
  }
  if (!nameMatches) {
    const listed = names.length === 0 ? 'no name at all' : names.slice(0, 5).join(', ');
    yield { id: 'CertificateMatchesName', level: 'error', message: `its certificate is for ${listed}` };
  }
  const chain = CHAIN_FAULTS[chainEnd];
  if (chain !== undefined) {
    const who = certificate.missingIssuer === undefined ? '' : `: ${certificate.missingIssuer}`;
    yield { id: 'ChainIsTrusted', level: 'error', message: `${chain}${who}` };
  }
  if (weakKeys.length > 0) {
    const message = `keys of less than 112 bits of security: ${weakKeys.join('; ')}`;
    yield { id: 'CertificateKeysAreStrong', level: 'error', message };
  }
  if (brokenHashes.length > 0) {
    const message = `signatures over broken hashes: ${brokenHashes.join('; ')}`;
    yield { id: 'CertificateHashesAreStrong', level: 'error', message };
  }
  if (staple === 'revoked') {
    yield {
      id: 'CertificateIsNotRevoked',
      level: 'error',
      message: 'its certificate is revoked, says its own staple',
    };
  }
}

const CHAIN_FAULTS: Readonly<Partial<Record<CertificateReport['chainEnd'], string>>> = {
  'self-signed': 'its certificate vouches for itself',
  'untrusted-root': 'its chain ends in a root that is not trusted',
  incomplete: 'its chain lacks an issuer, which was neither sent nor is trusted',
};

function* ofWeb({ plaintext, web }: Unjudged): Iterable<Found> {
  if (plaintext?.verdict === 'served') {
    const status = plaintext.status === undefined ? '' : ` (${plaintext.status})`;
    const message = `answers in clear on port ${plaintext.port}${status}, without a redirect to https`;
    yield { id: 'ServesNothingInClear', level: 'error', message };
  }
  if (web?.hsts === 'none') {
    yield {
      id: 'SendsHsts',
      level: 'warning',
      message: 'sends no Strict-Transport-Security that browsers obey',
    };
  }
  const missing = web?.headers?.missing ?? [];
  if (missing.length > 0) {
    yield { id: 'SendsSecurityHeaders', level: 'info', message: `does not send ${missing.join(', ')}` };
  }
  const { securityTxt } = web ?? {};
  if (securityTxt?.verdict === 'expired' || securityTxt?.verdict === 'invalid') {
    const why = securityTxt.problems.slice(0, 3).join('; ');
    const message = `its security.txt is ${securityTxt.verdict}${why === '' ? '' : `: ${why}`}`;
    yield { id: 'PublishesSecurityTxt', level: 'warning', message };
  }
  if (securityTxt?.verdict === 'absent') {
    yield { id: 'PublishesSecurityTxt', level: 'info', message: 'publishes no security.txt (RFC 9116)' };
  }
}

/** What could not be told, of what every host is asked and of what this one was promised to do. */
export function unknownOf({ protocols, certificate, promised, web, clientCertificates }: Unjudged): string[] {
  if (protocols === undefined) return [];
  const { versions, weakSuites, postQuantum } = protocols;
  const unknown: string[] = [];
  const unanswered = [...versions.map((told) => ({ about: told.version as string, ...told }))]
    .concat(weakSuites.map((told) => ({ about: `${told.suites} suites under ${told.version}`, ...told })))
    .filter(({ verdict }) => verdict === 'no answer' || verdict === 'cannot tell');
  for (const [why, ones] of groupedBy(unanswered, ({ verdict, detail = '' }) => `${verdict}: it ${detail}`)) {
    unknown.push(`${ones.map(({ about }) => about).join(', ')}: ${why}`);
  }
  if (versions.every(({ verdict }) => verdict === 'refused')) {
    unknown.push('it refuses every version: it may serve other names than this one');
  }
  const isSpoken = versions.some(({ verdict }) => verdict === 'accepted');
  if (isSpoken && certificate === undefined) unknown.push('its certificate was not told');
  if (certificate?.chainEnd === 'cannot tell') unknown.push('whether its chain is trusted');
  if (
    promised?.postQuantum === true &&
    postQuantum.verdict !== 'accepted' &&
    postQuantum.verdict !== 'refused'
  ) {
    unknown.push(`post-quantum key agreement, which was promised: ${postQuantum.verdict}`);
  }
  if (isSpoken && typeof promised?.hsts === 'object' && web?.hsts === undefined) {
    unknown.push(`Strict-Transport-Security, which was promised: it ${web?.detail ?? 'was not asked'}`);
  }
  if (isSpoken && promised?.clientCertificates === 'required' && clientCertificates === 'cannot tell') {
    unknown.push(
      'whether clients must show a certificate, which was promised: TLSv1.3 encrypts the question',
    );
  }
  return unknown;
}
