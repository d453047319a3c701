import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { baselineApp, configurationFile, explain } from '../../bin/baseline';
import { context } from '../../cdk.json';
import { TransmissionError } from '../../lib/core/errors';
import shipped from '../../secure-transmission.baseline.json';

/** The shipped configuration without the edge. */
const { distribution: _distribution, ...regional } = shipped;

/** A list of payment pages, wherever the configuration stands. */
const PAGES = path.resolve('examples/payment-page.approved.json');

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'baseline-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

interface Reported {
  readonly pluginName: string;
  readonly conclusion: string;
  readonly violations: readonly { readonly ruleName: string; readonly severity: string }[];
  readonly suppressedViolations?: readonly {
    readonly ruleName: string;
    readonly reason: string;
    readonly violatingConstructs: readonly { readonly constructPath: string }[];
  }[];
}

function judged(configuration: Record<string, unknown>): readonly Reported[] {
  const file = path.join(folder, 'baseline.json');
  writeFileSync(file, JSON.stringify(configuration));
  cpSync('trust', path.join(folder, 'trust'), { recursive: true });
  baselineApp(file, { context, outdir: path.join(folder, 'cdk.out') }).app.synth();
  return JSON.parse(readFileSync(path.join(folder, 'cdk.out/validation-report.json'), 'utf8')).pluginReports;
}

describe('the app of the baseline', () => {
  test.each<[string, Record<string, unknown>]>([
    ['as it is shipped', shipped],
    [
      'without a distribution, open to everyone',
      { ...regional, loadBalancer: { internetFacing: true, allowedPeers: ['0.0.0.0/0'] } },
    ],
    ['with a redirect', { ...regional, loadBalancer: { internetFacing: true, httpRedirect: true } }],
    ['internal', { ...regional, loadBalancer: {}, network: { natGateways: 1 } }],
    [
      'with what exists',
      { ...shipped, certificate: { certificateArn: 'arn:aws:acm:eu-west-1:111122223333:certificate/a1' } },
    ],
    ['for TLS 1.3 with FIPS', { ...regional, tlsProfile: 'TLS_1_3_ONLY_FIPS' }],
    [
      'with everything that watches',
      {
        ...shipped,
        monitoring: { apiLogging: true, pciDssStandard: true, paymentPages: PAGES },
        audit: {
          organization: { organizationId: 'o-a1b2c3d4e5' },
          auditors: ['arn:aws:iam::111122223333:role/auditor'],
          buckets: ['customer-documents'],
          refusedAtEndpoints: ['kms.amazonaws.com'],
          insights: true,
        },
      },
    ],
    ['with nothing that watches', { ...shipped, monitoring: { enabled: false } }],
    ['read only', { ...shipped, distribution: { writes: false, allowedCountries: ['DE'] } }],
    [
      'with endpoints and encryption enforced',
      {
        ...shipped,
        network: {
          gatewayEndpoints: ['s3', 'dynamodb'],
          interfaceEndpoints: ['kms', 'logs'],
          organizationId: 'o-a1b2c3d4e5',
          encryptionControl: 'enforce',
          encryptionExclusions: { internetGateway: 'CloudFront asks for the gateway, and ends TLS itself.' },
        },
      },
    ],
  ])('has no error by our pack and by cdk-nag, %s', (_, configuration) => {
    const errors = judged(configuration).flatMap(({ violations }) =>
      violations.filter(({ severity }) => severity === 'error' || severity === 'fatal'),
    );
    expect(errors).toEqual([]);
  });

  test('as it is shipped, has no finding but those that are accepted, with their reasons', () => {
    const reports = judged(shipped);
    expect(reports.flatMap(({ violations }) => violations)).toEqual([]);
    const accepted = reports.flatMap(({ suppressedViolations = [] }) =>
      suppressedViolations.map(({ ruleName, reason, violatingConstructs }) => {
        expect(reason.length).toBeGreaterThan(50);
        return `${ruleName} ${violatingConstructs.map(({ constructPath }) => constructPath).join(' ')}`;
      }),
    );
    // What reads logs needs wildcards, each of which cdk-nag finds: nothing else may have one.
    const wildcards = accepted.filter((each) => each.startsWith('AwsSolutions-IAM5'));
    expect(new Set(wildcards.map((each) => each.replace(/^\S+ /, '')))).toEqual(
      new Set([
        'Audit/OldTls/Report/Role/DefaultPolicy/Resource',
        'Edge/OldTls/Report/Role/DefaultPolicy/Resource',
        'Entry/OldTls/Report/Role/DefaultPolicy/Resource',
        'Monitoring/CertificateAudit/Audit/Role/DefaultPolicy/Resource',
      ]),
    );
    expect(accepted.filter((each) => !wildcards.includes(each)).sort()).toEqual(
      [
        'AwsSolutions-CFR1 Edge/Distribution/Resource/Resource',
        'AwsSolutions-CFR3 Edge/Distribution/Resource/Resource',
        'AwsSolutions-S1 Edge/Logs/Resource/Resource',
        'AwsSolutions-S1 Entry/Logs/Resource/Resource',
        'AwsSolutions-S1 Network/FlowLogs/Resource/Resource',
        ...['Audit/AccessLogs', 'Audit/Trail/Bucket', 'Edge/Logs', 'Entry/Logs', 'Network/FlowLogs'].map(
          (bucket) => `PciDss401Checks-StoreIsInBackupPlan ${bucket}/Resource/Resource`,
        ),
        ...[
          'Audit/OldTls/Results',
          'Edge/OldTls/Results',
          'Edge/OldTls/Results/AccessLogs',
          'Entry/OldTls/Results',
          'Entry/OldTls/Results/AccessLogs',
        ].map((bucket) => `PciDss401Checks-StoreIsInBackupPlan ${bucket}/Resource/Resource`),
        'PciDss401Checks-LogGroupHasOwnKey Edge/WebAcl/Log/Resource/Resource',
        'PciDss401Checks-TopicLogsDeliveries Certificate/AlarmTopic/Resource/Resource',
        'PciDss401Checks-TopicLogsDeliveries Dns/AlarmTopic/Resource/Resource',
        'PciDss401Checks-TrailRecordsObjectAccess Audit/Trail/Resource',
        'TransmissionChecks-SubscriptionAvoidsMailAndSms Certificate/AlarmTopic/Resource/security@example.com/Resource',
        'TransmissionChecks-SubscriptionAvoidsMailAndSms Dns/AlarmTopic/Resource/security@example.com/Resource',
      ].sort(),
    );
  });

  test('accepts an open endpoint only where the configuration opens it', () => {
    const acceptedFor = (allowedPeers: readonly string[]) =>
      judged({ ...regional, loadBalancer: { internetFacing: true, allowedPeers } })
        .flatMap(({ suppressedViolations = [] }) => suppressedViolations)
        .map(({ ruleName }) => ruleName);
    expect(acceptedFor(['0.0.0.0/0'])).toContain('AwsSolutions-EC23');
    expect(acceptedFor(['192.0.2.0/24'])).not.toContain('AwsSolutions-EC23');
  });

  test('writes nothing when the configuration is wrong', () => {
    expect(() => judged({ ...shipped, region: 'mars-1' })).toThrow(TransmissionError);
    expect(() => readFileSync(path.join(folder, 'cdk.out/manifest.json'))).toThrow('ENOENT');
  });
});

describe('a mistake in the configuration', () => {
  const mistake = new TransmissionError('InvalidConfiguration', 'a.json: one\na.json: two');

  test('is one line', () => {
    expect(explain(mistake, path.join(folder, 'absent'))).toBe('error: a.json: one\nerror: a.json: two\n');
  });

  test('names an earlier synthesis as stale', () => {
    expect(explain(mistake, folder)).toBe(
      `error: a.json: one\nerror: a.json: two\n${folder}: not touched, it holds an earlier synthesis: do not deploy it\n`,
    );
  });
});

test('the configuration is the file that is named, else the one that is shipped', () => {
  expect(configurationFile()).toBe('secure-transmission.baseline.json');
  process.env.SECURE_TRANSMISSION_CONFIG = 'other.json';
  try {
    expect(configurationFile()).toBe('other.json');
    process.env.SECURE_TRANSMISSION_CONFIG = '';
    expect(configurationFile()).toBe('secure-transmission.baseline.json');
  } finally {
    delete process.env.SECURE_TRANSMISSION_CONFIG;
  }
});
