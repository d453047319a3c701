import { instantText } from '../../../lib/core/instant';
import {
  type AuditedCertificate,
  CERTIFICATE_METRICS,
  judgeReadings,
  measuredAudit,
  type ReadProblem,
} from '../../../lib/live/certificates';
import { metricLine } from '../../../lib/live/embedded-metrics';
import { arnOf, NOW } from '../../_fixtures/acm/certificates';

const DAY = 86_400_000;

function living(name: string, left: number, more: Partial<AuditedCertificate> = {}): AuditedCertificate {
  const end = NOW.getTime() + left * DAY;
  return {
    region: 'eu-west-1',
    arn: arnOf(name),
    domainName: `${name}.example.com`,
    names: [],
    status: 'ISSUED',
    type: 'AMAZON_ISSUED',
    renewalEligibility: 'ELIGIBLE',
    notBefore: instantText(new Date(end - 198 * DAY)),
    notAfter: instantText(new Date(end)),
    inUse: true,
    inUseBy: [],
    exportable: false,
    exported: false,
    complete: true,
    ...more,
  };
}

function measured(
  certificates: readonly AuditedCertificate[],
  problems: readonly ReadProblem[] = [],
  most = 500,
) {
  const state = problems.length === 0 ? ('complete' as const) : ('partial' as const);
  const audit = judgeReadings([{ region: 'eu-west-1', state, certificates, problems }], { now: NOW });
  return measuredAudit(audit, 'audit', most);
}

const valuesOf = ([account]: ReturnType<typeof measured>) =>
  Object.fromEntries((account?.metrics ?? []).map(({ name, value }) => [name, value]));

test('the account as a whole comes first, and what has the least life is told for it', () => {
  const imported = living('c', 99, { type: 'IMPORTED', renewalEligibility: 'INELIGIBLE' });
  const all = measured([living('a', 198), living('b', 33), imported]);
  expect(all[0]?.dimensions).toEqual({ FunctionName: 'audit' });
  expect(valuesOf(all)).toEqual({
    [CERTIFICATE_METRICS.audited]: 3,
    [CERTIFICATE_METRICS.errors]: 1,
    [CERTIFICATE_METRICS.warnings]: 0,
    [CERTIFICATE_METRICS.notRead]: 0,
    [CERTIFICATE_METRICS.lowest]: 0.1667,
    [CERTIFICATE_METRICS.lowestManual]: 0.5,
  });
});

test('each certificate in use has a metric of its own, the least life first, up to as many as are wanted', () => {
  const all = measured([living('a', 198), living('b', 33), living('c', 99)]);
  expect(
    all.slice(1).map(({ dimensions, metrics }) => [dimensions.CertificateId, metrics[0]?.value]),
  ).toEqual([
    ['b', 0.1667],
    ['c', 0.5],
    ['a', 1],
  ]);
  expect(all[1]?.dimensions).toEqual({
    Region: 'eu-west-1',
    DomainName: 'b.example.com',
    CertificateId: 'b',
  });
  expect(measured([living('a', 198), living('b', 33)], [], 1).length).toBe(2);
  expect(measured([living('a', 198)], [], 0).length).toBe(1);
});

test.each<[string, Partial<AuditedCertificate>]>([
  ['nothing uses', { inUse: false }],
  ['was revoked', { status: 'REVOKED' }],
  ['has no life', { notAfter: undefined } as Partial<AuditedCertificate>],
])('what %s wakes nobody', (_, more) => {
  const all = measured([living('a', 3, more)]);
  expect([all.length, valuesOf(all)[CERTIFICATE_METRICS.lowest]]).toEqual([1, 1]);
});

test('what has expired in use has no life left', () => {
  const all = measured([living('a', -3, { status: 'EXPIRED', renewalEligibility: 'INELIGIBLE' })]);
  expect(valuesOf(all)).toMatchObject({
    [CERTIFICATE_METRICS.lowest]: 0,
    [CERTIFICATE_METRICS.lowestManual]: 0,
    [CERTIFICATE_METRICS.errors]: 1,
  });
});

test('gaps are counted: a list that broke off as one, certificates one by one', () => {
  const problems: ReadProblem[] = [
    { operation: 'ListCertificates', code: 'Throttled', message: 'x' },
    { operation: 'DescribeCertificate', code: 'AccessDenied', message: 'x', certificates: 7 },
  ];
  expect(valuesOf(measured([], problems))[CERTIFICATE_METRICS.notRead]).toBe(8);
});

test('what could not be read switches no alarm off: only what is bad is measured then', () => {
  const problems: ReadProblem[] = [{ operation: 'ListCertificates', code: 'Throttled', message: 'x' }];
  expect(valuesOf(measured([living('a', 198)], problems))).toEqual({
    [CERTIFICATE_METRICS.audited]: 1,
    [CERTIFICATE_METRICS.notRead]: 1,
  });
  const late = living('b', 3, { type: 'IMPORTED', renewalEligibility: 'INELIGIBLE' });
  expect(valuesOf(measured([living('a', 198), late], problems))).toEqual({
    [CERTIFICATE_METRICS.audited]: 2,
    [CERTIFICATE_METRICS.notRead]: 1,
    [CERTIFICATE_METRICS.errors]: 1,
    [CERTIFICATE_METRICS.lowest]: 0.0152,
    [CERTIFICATE_METRICS.lowestManual]: 0.0152,
  });
});

test.each([
  ['bücher.example', 'b?cher.example'],
  ['\u001b[2J\n:', '?[2J?:'],
  [':colon', '?colon'],
  ['   ', 'none'],
  ['', 'none'],
  ['a'.repeat(3000), 'a'.repeat(255)],
])('the name %j is one that CloudWatch takes', (domainName, dimension) => {
  const [, one] = measured([living('a', 50, { domainName })]);
  expect(one?.dimensions.DomainName).toBe(dimension);
  if (one !== undefined) expect(() => metricLine(one, NOW)).not.toThrow();
});
