import { TLS_VERSIONS, type TlsVersion } from '../../../lib/core/tls';
import type { WeakClassId } from '../../../lib/live/prober/cipher-suites';
import { driftOf, hstsText } from '../../../lib/live/prober/drift';
import { findingsOf, type Unjudged, unknownOf } from '../../../lib/live/prober/findings';
import type { HostPromise } from '../../../lib/live/prober/promise';
import type { Verdict } from '../../../lib/live/prober/verdict';

/** A report of a server that accepts these, and was promised to do that. */
function seen(
  accepted: readonly TlsVersion[],
  promised: HostPromise,
  more: Partial<Unjudged> = {},
  weak: readonly WeakClassId[] = [],
  postQuantum: Verdict = 'refused',
): Unjudged {
  return {
    target: 'shop.example.com:443',
    host: 'shop.example.com',
    port: 443,
    otherAddresses: [],
    promised,
    protocols: {
      versions: TLS_VERSIONS.map((version) => ({
        version,
        verdict: accepted.includes(version) ? 'accepted' : 'refused',
      })),
      weakSuites: weak.map((suites) => ({
        version: 'TLSv1.2',
        suites,
        verdict: 'accepted',
        cipherSuite: 'TLS_X',
      })),
      postQuantum: { verdict: postQuantum },
    },
    ...more,
  };
}

const BOTH: readonly TlsVersion[] = ['TLSv1.2', 'TLSv1.3'];
const PROMISED: HostPromise = { oldest: 'TLSv1.2', newest: 'TLSv1.3', forwardSecret: true, noCbc: true };
const messages = (report: Unjudged) => driftOf(report).map(({ level, message }) => `${level}: ${message}`);

test('what is as promised is no drift', () => {
  expect(driftOf(seen(BOTH, PROMISED))).toEqual([]);
});

test.each<[string, Unjudged, string[]]>([
  [
    'an older version',
    seen(['TLSv1.1', ...BOTH], PROMISED),
    ['error: accepts TLSv1.1, and was promised to accept nothing older than TLSv1.2'],
  ],
  [
    'TLS 1.2 where TLS 1.3 alone was promised',
    seen(BOTH, { oldest: 'TLSv1.3', newest: 'TLSv1.3' }),
    ['error: accepts TLSv1.2, and was promised to accept nothing older than TLSv1.3'],
  ],
  [
    'no newest version',
    seen(['TLSv1.2'], PROMISED),
    ['error: refuses TLSv1.3, which it was promised to accept'],
  ],
  [
    'more than was promised to be refused',
    seen(['TLSv1.3'], PROMISED),
    ['info: refuses TLSv1.2, which it was promised to accept: clients that speak nothing newer are cut off'],
  ],
  [
    'RSA key exchange',
    seen(BOTH, PROMISED, {}, ['no-forward-secrecy']),
    ['error: accepts TLS_X under TLSv1.2, and was promised to have forward secrecy always'],
  ],
  [
    'CBC',
    seen(BOTH, PROMISED, {}, ['cbc']),
    ['error: accepts TLS_X under TLSv1.2, and was promised to accept no CBC suite'],
  ],
  [
    'no ML-KEM',
    seen(BOTH, { postQuantum: true }),
    ['error: refuses hybrids of ML-KEM, which it was promised to accept'],
  ],
  [
    'a page in clear',
    seen(BOTH, { plaintext: 'redirected' }, { plaintext: { port: 80, verdict: 'served' } }),
    ['error: serves in clear on port 80, and was promised that requests in clear are redirected'],
  ],
  [
    'a shorter HSTS',
    seen(
      BOTH,
      { hsts: { maxAgeSeconds: 100, includeSubdomains: true, preload: true } },
      { web: { hsts: { maxAgeSeconds: 99, includeSubdomains: false, preload: true } } },
    ),
    [
      'error: sends Strict-Transport-Security with max-age=99, no includeSubDomains, and was promised to send max-age=100; includeSubDomains; preload',
    ],
  ],
  [
    'no client certificate',
    seen(BOTH, { clientCertificates: 'required' }, { clientCertificates: 'not asked for' }),
    ['error: asks clients for no certificate, and was promised to require one'],
  ],
])('%s is one', (_what, report, expected) => {
  expect(messages(report)).toEqual(expected);
});

test.each<[string, Unjudged]>([
  ['CBC where it was not promised to be refused', seen(BOTH, { oldest: 'TLSv1.2' }, {}, ['cbc'])],
  ['silence about ML-KEM', seen(BOTH, { postQuantum: true }, {}, [], 'no answer')],
  [
    'a longer HSTS',
    seen(
      BOTH,
      { hsts: { maxAgeSeconds: 100, includeSubdomains: false, preload: false } },
      { web: { hsts: { maxAgeSeconds: 101, includeSubdomains: true, preload: true } } },
    ),
  ],
  [
    'a refusal in place of a redirect',
    seen(BOTH, { plaintext: 'redirected' }, { plaintext: { port: 80, verdict: 'refused' } }),
  ],
  [
    'silence in clear',
    seen(BOTH, { plaintext: 'refused' }, { plaintext: { port: 80, verdict: 'no answer' } }),
  ],
  [
    'a certificate of clients that TLS 1.3 hides',
    seen(BOTH, { clientCertificates: 'required' }, { clientCertificates: 'cannot tell' }),
  ],
])('%s is none', (_what, report) => {
  expect(driftOf(report)).toEqual([]);
});

test('without a promise nothing is compared', () => {
  const { promised: _, ...report } = seen(['TLSv1.0'], {});
  expect(driftOf(report)).toEqual([]);
  expect(findingsOf(report).map(({ isDrift }) => isDrift)).not.toContain(true);
});

test('what was promised and could not be told is told as such', () => {
  const promised: HostPromise = {
    postQuantum: true,
    hsts: { maxAgeSeconds: 1, includeSubdomains: false, preload: false },
    clientCertificates: 'required',
  };
  const report = seen(
    BOTH,
    promised,
    { clientCertificates: 'cannot tell', web: { detail: 'is silent' } },
    [],
    'cannot tell',
  );
  expect(unknownOf(report)).toEqual([
    'its certificate was not told',
    'post-quantum key agreement, which was promised: cannot tell',
    'Strict-Transport-Security, which was promised: it is silent',
    'whether clients must show a certificate, which was promised: TLSv1.3 encrypts the question',
  ]);
});

test('a server that refuses every version has not been told', () => {
  expect(unknownOf(seen([], {}))).toEqual([
    'it refuses every version: it may serve other names than this one',
  ]);
});

test('fields that are too small are told by their size', () => {
  const of = (fieldBits: number) => {
    const report = seen(BOTH, {});
    const versions = (report.protocols?.versions ?? []).map((told) => ({ ...told, fieldBits }));
    const protocols = report.protocols && { ...report.protocols, versions: versions.slice(3, 4) };
    const found = findingsOf({ ...report, ...(protocols === undefined ? {} : { protocols }) });
    return found.filter(({ id }) => id === 'AgreesOnKeysInLargeFields').map(({ level }) => level);
  };
  expect([of(1024), of(1536), of(2048)]).toEqual([['error'], ['warning'], []]);
});

test('HSTS is written as it is sent', () => {
  expect(hstsText({ maxAgeSeconds: 5, includeSubdomains: false, preload: true })).toBe('max-age=5; preload');
});
