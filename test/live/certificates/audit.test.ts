import { auditCertificates } from '../../../lib/live/certificates';
import { NOW, served } from '../../_fixtures/acm/certificates';
import { withAcm } from '../../_fixtures/acm/environment';

const QUICK = { now: NOW, perSecond: Number.POSITIVE_INFINITY };

test('regions are read beside each other, each once, and told in order', async () => {
  const regions = ['us-west-2', 'eu-west-1', 'us-east-1', 'eu-west-1'];
  const certificates = Object.fromEntries(regions.map((region) => [region, [served('a', { region })]]));
  await withAcm({ certificates, delay: 20 }, async (server) => {
    const audit = await auditCertificates({ ...QUICK, regions });
    expect(audit.regions.map(({ region, state, certificates: count }) => [region, state, count])).toEqual([
      ['eu-west-1', 'complete', 1],
      ['us-east-1', 'complete', 1],
      ['us-west-2', 'complete', 1],
    ]);
    expect([audit.complete, audit.findings]).toEqual([true, []]);
    expect(server.mostAtOnce).toBe(3);
  });
});

test('the gravest stands first, then region, name and rule', async () => {
  const certificates = {
    'us-east-1': [served('b', { region: 'us-east-1', left: 3 })],
    'eu-west-1': [
      served('z', { left: 3, KeyAlgorithm: 'RSA_1024' }),
      served('a', { SubjectAlternativeNames: ['*.example.com'] }),
      served('c', { RenewalEligibility: 'INELIGIBLE' }),
    ],
  };
  const { findings, counts } = await withAcm({ certificates }, () =>
    auditCertificates({ ...QUICK, regions: ['us-east-1', 'eu-west-1'] }),
  );
  expect(
    findings.map(({ level, region, domainName, rule }) => `${level} ${region} ${domainName} ${rule}`),
  ).toEqual([
    'error eu-west-1 z.example.com CertificateIsRenewedInTime',
    'error eu-west-1 z.example.com CertificateKeyIsStrong',
    'error us-east-1 b.example.com CertificateIsRenewedInTime',
    'warning eu-west-1 c.example.com CertificateCanBeRenewed',
    'info eu-west-1 a.example.com CertificateIsNotWildcard',
  ]);
  expect(counts).toEqual({ error: 3, warning: 1, info: 1 });
});

test('a life is told with it, to four digits and in whole days', async () => {
  const certificates = {
    'eu-west-1': [served('a', { left: 50 }), served('b', { NotAfter: undefined, Status: 'FAILED' })],
  };
  const audit = await withAcm({ certificates }, () =>
    auditCertificates({ ...QUICK, regions: ['eu-west-1'] }),
  );
  const [a, b] = audit.certificates;
  expect([a?.remainingLifetimeRatio, a?.remainingDays]).toEqual([0.2525, 50]);
  expect(b).not.toHaveProperty('remainingDays');
  expect(b).not.toHaveProperty('remainingLifetimeRatio');
});
