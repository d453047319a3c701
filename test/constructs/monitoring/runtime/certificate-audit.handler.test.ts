import { handler } from '../../../../lib/constructs/monitoring/runtime/certificate-audit.handler';
import { CERTIFICATE_METRICS } from '../../../../lib/live/certificates';
import { served } from '../../../_fixtures/acm/certificates';
import { withAcm } from '../../../_fixtures/acm/environment';
import type { AcmWorld } from '../../../_fixtures/acm/server';

const DAY = 86_400;

/** The lines that the function writes; it runs by the clock of the machine. */
async function linesOf(world: AcmWorld, variables: Readonly<Record<string, string>> = {}, left = 60_000) {
  const lines: string[] = [];
  const write = jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    lines.push(String(text));
    return true;
  });
  try {
    await withAcm(world, () => handler({}, { getRemainingTimeInMillis: () => left }), {
      AWS_LAMBDA_FUNCTION_NAME: 'the-audit',
      AWS_REGION: 'eu-west-1',
      REGIONS: 'eu-west-1,us-east-1',
      ...variables,
    });
  } finally {
    write.mockRestore();
  }
  return lines.map((line) => JSON.parse(line));
}

/** A certificate of 198 days by the clock of the machine. */
function living(name: string, left: number, more: object = {}) {
  const now = Date.now() / 1000;
  return served(name, { NotBefore: now - (198 - left) * DAY, NotAfter: now + left * DAY, ...more });
}

const world: AcmWorld = {
  certificates: {
    'eu-west-1': [living('late', 20), living('fine', 99)],
    'us-east-1': [living('edge', 150, { region: 'us-east-1', SubjectAlternativeNames: ['*.example.com'] })],
  },
};

test('findings stand in the log with what to do, and metrics after them', async () => {
  const [finding, account, ...each] = await linesOf(world);
  expect(finding).toMatchObject({
    level: 'ERROR',
    rule: 'CertificateIsRenewedInTime',
    domainName: 'late.example.com',
    fix: expect.any(String),
  });
  expect(account).toMatchObject({
    FunctionName: 'the-audit',
    [CERTIFICATE_METRICS.audited]: 3,
    [CERTIFICATE_METRICS.errors]: 1,
    [CERTIFICATE_METRICS.notRead]: 0,
    [CERTIFICATE_METRICS.lowest]: 0.101,
    [CERTIFICATE_METRICS.lowestManual]: 1,
  });
  expect(account._aws.CloudWatchMetrics[0]).toMatchObject({
    Namespace: 'SecureTransmission',
    Dimensions: [['FunctionName']],
  });
  expect(each.map((one) => [one.Region, one.DomainName])).toEqual([
    ['eu-west-1', 'late.example.com'],
    ['eu-west-1', 'fine.example.com'],
    ['us-east-1', 'edge.example.com'],
  ]);
});

test('what could not be read is told, and counted, and the rest is measured', async () => {
  const lines = await linesOf({
    ...world,
    fault: ({ region }) => (region === 'us-east-1' ? { error: 'AccessDeniedException' } : undefined),
  });
  expect(lines[0]).toMatchObject({ level: 'ERROR', region: 'us-east-1', notRead: { code: 'AccessDenied' } });
  expect(lines.find((line) => line.FunctionName !== undefined)).toMatchObject({
    [CERTIFICATE_METRICS.audited]: 2,
    [CERTIFICATE_METRICS.notRead]: 1,
    [CERTIFICATE_METRICS.errors]: 1,
  });
});

test('it ends before Lambda ends it, with what it knows', async () => {
  const started = performance.now();
  const lines = await linesOf({ ...world, fault: () => ({ hang: true }) }, {}, 16_000);
  expect(performance.now() - started).toBeLessThan(3000);
  expect(lines.at(-1)).toMatchObject({ [CERTIFICATE_METRICS.audited]: 0, [CERTIFICATE_METRICS.notRead]: 2 });
});

test('the environment says of how many certificates there is a metric, and which regions', async () => {
  const lines = await linesOf(world, { CERTIFICATE_METRICS: '1', REGIONS: '' });
  expect(lines.filter((line) => line.CertificateId !== undefined).length).toBe(1);
  expect(lines.find((line) => line.FunctionName !== undefined)).toMatchObject({
    [CERTIFICATE_METRICS.audited]: 2,
  });
});
