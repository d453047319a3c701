import { isAtLeast, TLS_VERSIONS } from '../../core/tls';
import type { WeakClassId } from './cipher-suites';
import type { Found, Unjudged } from './findings';
import type { HstsTold } from './http';

/** What is not as promised. Silence is no drift, and neither is what is stricter, but for the clients that it cuts off. */
export function driftOf(report: Unjudged): Found[] {
  if (report.promised === undefined) return [];
  return [
    ...ofVersions(report),
    ...ofSuites(report),
    ...ofKeys(report),
    ...ofWeb(report),
    ...ofClients(report),
  ];
}

function* ofVersions({ protocols, promised }: Unjudged): Iterable<Found> {
  const { oldest, newest } = promised ?? {};
  const verdictOf = new Map(protocols?.versions.map(({ version, verdict }) => [version, verdict]));
  if (oldest !== undefined) {
    const below = TLS_VERSIONS.filter(
      (version) => !isAtLeast(version, oldest) && verdictOf.get(version) === 'accepted',
    );
    if (below.length > 0) {
      const message = `accepts ${below.join(', ')}, and was promised to accept nothing older than ${oldest}`;
      yield { id: 'KeepsPromisedFloor', level: 'error', message };
    }
    const isStricter = [...verdictOf.values()].includes('accepted') && verdictOf.get(oldest) === 'refused';
    if (isStricter) {
      const message = `refuses ${oldest}, which it was promised to accept: clients that speak nothing newer are cut off`;
      yield { id: 'AcceptsPromisedOldest', level: 'info', message };
    }
  }
  if (newest !== undefined && newest !== oldest && verdictOf.get(newest) === 'refused') {
    const message = `refuses ${newest}, which it was promised to accept`;
    yield { id: 'AcceptsPromisedNewest', level: 'error', message };
  }
}

function* ofSuites({ protocols, promised }: Unjudged): Iterable<Found> {
  const accepted = (id: WeakClassId) =>
    (protocols?.weakSuites ?? [])
      .filter(({ suites, verdict }) => suites === id && verdict === 'accepted')
      .map(({ version, cipherSuite = '' }) => `${cipherSuite} under ${version}`);
  const static_ = accepted('no-forward-secrecy');
  if (promised?.forwardSecret === true && static_.length > 0) {
    const message = `accepts ${static_.join(', ')}, and was promised to have forward secrecy always`;
    yield { id: 'KeepsPromisedForwardSecrecy', level: 'error', message };
  }
  const cbc = accepted('cbc');
  if (promised?.noCbc === true && cbc.length > 0) {
    const message = `accepts ${cbc.join(', ')}, and was promised to accept no CBC suite`;
    yield { id: 'KeepsPromisedCipherSuites', level: 'error', message };
  }
}

function* ofKeys({ protocols, promised }: Unjudged): Iterable<Found> {
  if (promised?.postQuantum !== true || protocols?.postQuantum.verdict !== 'refused') return;
  const message = 'refuses hybrids of ML-KEM, which it was promised to accept';
  yield { id: 'KeepsPromisedKeyAgreement', level: 'error', message };
}

function* ofWeb({ plaintext, promised, web }: Unjudged): Iterable<Found> {
  const isPromised = promised?.plaintext === 'refused' || promised?.plaintext === 'redirected';
  if (isPromised && plaintext?.verdict === 'served') {
    const message = `serves in clear on port ${plaintext.port}, and was promised that requests in clear are ${promised.plaintext}`;
    yield { id: 'KeepsPromisedPlaintextAnswer', level: 'error', message };
  }
  if (typeof promised?.hsts !== 'object' || web?.hsts === undefined) return;
  const weaker = web.hsts === 'none' ? ['nothing'] : weakerThan(web.hsts, promised.hsts);
  if (weaker.length === 0) return;
  const message = `sends Strict-Transport-Security with ${weaker.join(', ')}, and was promised to send ${hstsText(promised.hsts)}`;
  yield { id: 'KeepsPromisedHsts', level: 'error', message };
}

function weakerThan(seen: HstsTold, promised: HstsTold): string[] {
  const weaker: string[] = [];
  if (seen.maxAgeSeconds < promised.maxAgeSeconds) weaker.push(`max-age=${seen.maxAgeSeconds}`);
  if (promised.includeSubdomains && !seen.includeSubdomains) weaker.push('no includeSubDomains');
  if (promised.preload && !seen.preload) weaker.push('no preload');
  return weaker;
}

/** The header as it would be written. */
export function hstsText({ maxAgeSeconds, includeSubdomains, preload }: HstsTold): string {
  return [
    `max-age=${maxAgeSeconds}`,
    ...(includeSubdomains ? ['includeSubDomains'] : []),
    ...(preload ? ['preload'] : []),
  ].join('; ');
}

function* ofClients({ clientCertificates, promised }: Unjudged): Iterable<Found> {
  if (promised?.clientCertificates !== 'required' || clientCertificates !== 'not asked for') return;
  const message = 'asks clients for no certificate, and was promised to require one';
  yield { id: 'KeepsPromisedClientCertificates', level: 'error', message };
}
