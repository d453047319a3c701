import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { context } from '../../cdk.json';
import { main } from '../../lib/cli/main';
import { INTEG_APPS } from './apps';
import { Deployment } from './deployment';
import { integEnvironment, isConfigured } from './environment';
import { appOf, type Endpoint } from './integ-app';
import { probe, type Version } from './probe';

/** Certificates are validated, and CloudFront goes round the world. */
const DEPLOYING = 2 * 60 * 60 * 1000;

const ENVIRONMENT = integEnvironment(process.env);
const NAMES = Object.keys(INTEG_APPS);

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'integ-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Reported {
  readonly pluginName: string;
  readonly violations: readonly Violation[];
  readonly suppressedViolations?: readonly Violation[];
}

interface Violation {
  readonly ruleName: string;
  readonly severity: string;
  readonly violatingConstructs: readonly { readonly constructPath: string }[];
}

/** What `cdk synth` would look up. */
const ZONES = `availability-zones:account=${ENVIRONMENT.account}:region=${ENVIRONMENT.region}`;
const CONTEXT = { ...context, [ZONES]: ['a', 'b', 'c'].map((zone) => `${ENVIRONMENT.region}${zone}`) };

/** What the packs say of an app, whose templates then lie in `cdk.out`. */
function synthesised(name: string, isDeployed: boolean) {
  const outdir = path.join(folder, 'cdk.out');
  const app = INTEG_APPS[name];
  if (app === undefined) throw new Error(`there is no app ${name}`);
  const { app: judged, checks } = appOf(app, { ...ENVIRONMENT, isDeployed }, { outdir, context: CONTEXT });
  judged.synth();
  const report = JSON.parse(readFileSync(path.join(outdir, 'validation-report.json'), 'utf8'));
  return { reports: report.pluginReports as readonly Reported[], judged: checks.judgement?.resources.judged };
}

/** Each rule once for each construct: cdk-nag tells of each wildcard apart. */
function rulesOf(violations: readonly Violation[]): readonly string[] {
  const found = violations.flatMap(({ ruleName, violatingConstructs }) =>
    violatingConstructs.map(({ constructPath }) => `${ruleName.replace(/\[.*\]$/, '')} ${constructPath}`),
  );
  return [...new Set(found)].sort();
}

/** What each app accepts, on which construct; why stands beside it in the app. */
const ACCEPTED: Readonly<Record<string, readonly string[]>> = {
  'audit-trail': [],
  baseline: [
    'AwsSolutions-CFR1 Edge/Distribution/Resource/Resource',
    'AwsSolutions-CFR3 Edge/Distribution/Resource/Resource',
    'AwsSolutions-IAM5 Audit/OldTls/Report/Role/DefaultPolicy/Resource',
    'AwsSolutions-IAM5 Edge/OldTls/Report/Role/DefaultPolicy/Resource',
    'AwsSolutions-IAM5 Entry/OldTls/Report/Role/DefaultPolicy/Resource',
    'AwsSolutions-IAM5 Monitoring/CertificateAudit/Audit/Role/DefaultPolicy/Resource',
    'AwsSolutions-S1 Edge/Logs/Resource/Resource',
    'AwsSolutions-S1 Entry/Logs/Resource/Resource',
    'AwsSolutions-S1 Network/FlowLogs/Resource/Resource',
    'TransmissionChecks-ZoneNamesCertificateAuthorities Edge/AliasRecords/baseline.integ.example.com-A/Resource',
  ],
  distribution: [
    'AwsSolutions-CFR1 IntegDistribution/Edge/Resource/Resource',
    'AwsSolutions-CFR3 IntegDistribution/Edge/Resource/Resource',
    'AwsSolutions-S1 IntegDistribution/Content/Resource',
    'AwsSolutions-S1 IntegDistribution/Edge/Logs/Resource/Resource',
    'TransmissionChecks-ZoneNamesCertificateAuthorities IntegDistribution/AliasRecords/distribution.integ.example.com-A/Resource',
  ],
  'load-balancer': [
    'AwsSolutions-EC29 IntegLoadBalancer/Target/Resource',
    'AwsSolutions-S1 IntegLoadBalancer/LoadBalancer/Logs/Resource/Resource',
    'AwsSolutions-S1 IntegLoadBalancer/Network/FlowLogs/Resource/Resource',
    'TransmissionChecks-ZoneNamesCertificateAuthorities IntegLoadBalancer/Alias/Resource',
  ],
  messaging: [],
};

test('every app of this folder is among them', () => {
  const helpers = ['apps', 'deployment', 'disposable', 'environment', 'integ-app', 'probe'];
  const files = readdirSync(__dirname).filter((name) => !name.endsWith('.test.ts'));
  expect(files.map((name) => name.replace(/\.ts$/, '')).sort()).toEqual([...helpers, ...NAMES].sort());
});

describe.each(NAMES)('the app %s', (name) => {
  test('is synthesised, and has no finding but what it accepts', () => {
    const { reports, judged } = synthesised(name, false);
    expect(judged).toBeGreaterThan(2);
    expect(rulesOf(reports.flatMap(({ violations }) => violations))).toEqual([]);
    expect(rulesOf(reports.flatMap(({ suppressedViolations = [] }) => suppressedViolations))).toEqual(
      ACCEPTED[name]?.map((line) => line.replace('integ.example.com', ENVIRONMENT.zoneName)),
    );
  });

  test('is ready to be deployed, as far as files tell', () => {
    synthesised(name, false);
    const printed = { out: '', err: '' };
    const io = {
      out: (text: string) => {
        printed.out += text;
      },
      err: (text: string) => {
        printed.err += text;
      },
      cwd: folder,
      env: {},
      isTty: false,
    };
    expect([main(['preflight', 'cdk.out'], io), printed.err]).toEqual([0, '']);
    expect(printed.out).toContain(`aws://${ENVIRONMENT.account}/`);
  });

  test('can be taken down: only buckets stay, and nothing is protected', () => {
    synthesised(name, true);
    const { artifacts } = JSON.parse(readFileSync(path.join(folder, 'cdk.out/manifest.json'), 'utf8'));
    const stacks = (
      Object.values(artifacts) as { type: string; properties: Record<string, unknown> }[]
    ).filter(({ type }) => type === 'aws:cloudformation:stack');
    expect(stacks.length).toBeGreaterThan(0);
    for (const { properties } of stacks) {
      expect(properties.terminationProtection ?? false).toBe(false);
      const template = readFileSync(path.join(folder, 'cdk.out', String(properties.templateFile)), 'utf8');
      const resources = Object.values(JSON.parse(template).Resources) as {
        Type: string;
        DeletionPolicy?: string;
      }[];
      const kept = resources.filter(({ DeletionPolicy }) => (DeletionPolicy ?? 'Delete') !== 'Delete');
      expect([...new Set(kept.map(({ Type }) => Type))].filter((type) => type !== 'AWS::S3::Bucket')).toEqual(
        [],
      );
      expect(template).not.toMatch(/"deletion_protection\.enabled",\s*"Value": "true"/);
    }
  });
});

test('the CDK command line takes such a file as an app, as a deployment does', () => {
  const { status, output } = new Deployment('messaging', folder).synth();
  expect({ status, output }).toEqual({ status: 0, output: expect.not.stringContaining('ERROR') });
  expect(readdirSync(path.join(folder, 'cdk.out'))).toContain('IntegMessaging.template.json');
});

/** What an endpoint does with each version; an endpoint that nobody reaches is tried again for a while, as DNS spreads. */
async function answersOf({ host, port }: Endpoint): Promise<Readonly<Record<string, string>>> {
  const answers: Record<string, string> = {};
  for (const version of ['TLSv1', 'TLSv1.1', 'TLSv1.2'] as const) {
    answers[version] = await answerTo(host, port, version);
  }
  return answers;
}

async function answerTo(host: string, port: number, version: Version): Promise<string> {
  for (let tries = 20; ; tries -= 1) {
    const answer = await probe({ host, port, version });
    if (answer.outcome === 'accepted') return answer.isAuthentic ? 'accepted' : 'accepted, not authentic';
    if (answer.outcome === 'refused' || tries === 0)
      return `${answer.outcome}${answer.outcome === 'unknown' ? `: ${answer.why}` : ''}`;
    await new Promise((later) => setTimeout(later, 30_000));
  }
}

const deployTest = isConfigured(process.env) ? test : test.skip;
const why = isConfigured(process.env)
  ? `in account ${ENVIRONMENT.account}`
  : 'skipped without an account: SECURE_TRANSMISSION_INTEG_ACCOUNT is not set';

describe.each(NAMES)('the app %s, deployed', (name) => {
  deployTest(
    `refuses TLS 1.1 and speaks TLS 1.2 with a certificate for its name, and is taken down again (${why})`,
    async () => {
      const deployment = new Deployment(name, folder);
      try {
        expect(deployment.deploy()).toMatchObject({ status: 0 });
        for (const endpoint of INTEG_APPS[name]?.endpoints(ENVIRONMENT) ?? []) {
          expect({ endpoint, ...(await answersOf(endpoint)) }).toEqual({
            endpoint,
            TLSv1: 'refused',
            'TLSv1.1': 'refused',
            'TLSv1.2': 'accepted',
          });
        }
      } finally {
        expect(deployment.destroy()).toMatchObject({ status: 0 });
      }
    },
    DEPLOYING,
  );
});
