import { measuredHosts } from '../../../lib/live/prober';
import type { HostReport } from '../../../lib/live/prober/report';

const HOST: HostReport = {
  target: 'shop.example.com:443',
  host: 'shop.example.com',
  port: 443,
  address: '192.0.2.7',
  otherAddresses: [],
  promised: { oldest: 'TLSv1.2' },
  protocols: {
    versions: [
      { version: 'TLSv1.0', verdict: 'accepted' },
      { version: 'TLSv1.1', verdict: 'no answer' },
      { version: 'TLSv1.2', verdict: 'accepted' },
    ],
    weakSuites: [],
    postQuantum: { verdict: 'refused' },
  },
  findings: [
    { id: 'RefusesOldVersions', level: 'error', isDrift: false, message: '' },
    { id: 'KeepsPromisedFloor', level: 'error', isDrift: true, message: '' },
    { id: 'SendsHsts', level: 'warning', isDrift: false, message: '' },
  ],
  unknown: [],
};
const CERTIFICATE = {
  chain: [],
  names: [],
  nameMatches: true,
  daysLeft: -3,
  lifeLeft: 0.1234,
  isNotYetValid: false,
  weakKeys: [],
  brokenHashes: [],
  chainEnd: 'trusted',
} as const;

const valuesOf = (host: HostReport) =>
  Object.fromEntries(
    measuredHosts([host], 'prober')
      .at(-1)
      ?.metrics.map(({ name, value }) => [name, value]) ?? [],
  );

test('each host has its measures', () => {
  expect(measuredHosts([{ ...HOST, certificate: CERTIFICATE }], 'prober')[1]?.dimensions).toEqual({
    FunctionName: 'prober',
    Host: 'shop.example.com:443',
  });
  expect(valuesOf({ ...HOST, certificate: CERTIFICATE })).toEqual({
    TlsErrors: 2,
    TlsDrift: 1,
    TlsVersionsBelowFloor: 1,
    TlsDaysToExpiry: -3,
    TlsCertificateLifeLeft: 12.3,
  });
});

test('a certificate that was not seen has no age', () => {
  expect(Object.keys(valuesOf(HOST))).toEqual(['TlsErrors', 'TlsDrift', 'TlsVersionsBelowFloor']);
});

test('a floor above TLS 1.2 counts, and one below excuses nothing', () => {
  expect(valuesOf({ ...HOST, promised: { oldest: 'TLSv1.3' } }).TlsVersionsBelowFloor).toBe(2);
  expect(valuesOf({ ...HOST, promised: { oldest: 'TLSv1.0' } }).TlsVersionsBelowFloor).toBe(1);
});

test('hosts that could not be told are counted, and have no measures of their own', () => {
  const { protocols: _, ...gone } = HOST;
  const measured = measuredHosts([HOST, { ...gone, findings: [], unknown: ['was not asked'] }], 'prober');
  expect(measured).toHaveLength(2);
  expect(measured[0]).toEqual({
    dimensions: { FunctionName: 'prober' },
    metrics: [
      { name: 'TlsHostsTold', unit: 'Count', value: 1 },
      { name: 'TlsHostsNotTold', unit: 'Count', value: 1 },
    ],
  });
});

test('silence switches no alarm off: of a host that was not told to the end, only what was found is measured', () => {
  expect(valuesOf({ ...HOST, unknown: ['TLSv1.1: no answer'] })).toEqual({
    TlsErrors: 2,
    TlsDrift: 1,
    TlsVersionsBelowFloor: 1,
  });
  const silent = { ...HOST, findings: [], unknown: ['TLSv1.1: no answer'] };
  expect(valuesOf({ ...silent, certificate: CERTIFICATE })).toEqual({
    TlsVersionsBelowFloor: 1,
    TlsDaysToExpiry: -3,
    TlsCertificateLifeLeft: 12.3,
  });
  const gone = {
    ...silent,
    protocols: { versions: [], weakSuites: [], postQuantum: { verdict: 'no answer' } },
  };
  expect(measuredHosts([gone as HostReport], 'prober')).toHaveLength(1);
});
