import { type App, Stack } from 'aws-cdk-lib';
import { IpTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2-targets';
import * as sns from 'aws-cdk-lib/aws-sns';
import { AwsSolutionsChecks } from 'cdk-nag';
import { TransmissionChecks } from '../../lib/checks';
import { CertificateMonitor, ManagedCertificate } from '../../lib/constructs/certificate';
import { TlsLoadBalancer, type TlsLoadBalancerProps } from '../../lib/constructs/load-balancer';
import { LogBucket, LogKind } from '../../lib/constructs/log-store';
import { AlarmTopic } from '../../lib/constructs/messaging';
import { PrivateNetwork } from '../../lib/constructs/network';
import { TlsProfile } from '../../lib/core/tls';
import { type ReportedFinding, synthesised } from '../checks/synthesised';
import { certificateIn, existingVpcIn, FLAGS, zoneIn } from './support';

/**
 * What our own pack and cdk-nag's say about each construct as it is by default. Only what nobody can repair is left
 * for the stack that uses it to accept: `AwsSolutions-S1`, a log of the access to a bucket for logs.
 */
const LOG_BUCKET = 'AwsSolutions-S1';

const REASON = 'The legacy ledger cannot speak TLS until it is replaced in March.';

function judged(
  build: (stack: Stack) => void,
  context: Record<string, unknown> = FLAGS,
): readonly ReportedFinding[] {
  const { findings } = synthesised(
    (app) => build(new Stack(app, 'Stack', { env: { region: 'eu-west-1' } })),
    (app: App) => [new TransmissionChecks(app), new AwsSolutionsChecks(app)],
    { context },
  );
  return findings;
}

const loadBalancerIn = (stack: Stack, props: Partial<TlsLoadBalancerProps> = {}) =>
  new TlsLoadBalancer(stack, 'Entry', {
    vpc: existingVpcIn(stack),
    certificate: certificateIn(stack),
    ...props,
  });

const targets = [new IpTarget('10.0.1.2')];

describe.each([
  ['under the flags of the baseline', FLAGS],
  ['without any feature flag', {}],
])('%s, no pack has anything to say about', (_, flags) => {
  test.each<[string, (stack: Stack) => unknown, ...string[]]>([
    [
      'a certificate',
      (stack) =>
        new ManagedCertificate(stack, 'Certificate', {
          domainName: 'pay.example.com',
          hostedZones: [zoneIn(stack)],
        }),
    ],
    [
      'a monitor',
      (stack) =>
        new CertificateMonitor(stack, 'Monitor', {
          certificates: certificateIn(stack).certificates,
          topic: sns.Topic.fromTopicArn(stack, 'Topic', 'arn:aws:sns:eu-west-1:111122223333:alarms'),
        }),
    ],
    ['a topic', (stack) => new AlarmTopic(stack, 'Alarms')],
    ['a bucket for logs', (stack) => new LogBucket(stack, 'Logs', { kind: LogKind.VPC_FLOW }), LOG_BUCKET],
    ['a network', (stack) => new PrivateNetwork(stack, 'Network'), LOG_BUCKET],
    [
      'a network with a way out',
      (stack) => new PrivateNetwork(stack, 'Network', { publicSubnets: true, natGateways: 2 }),
      LOG_BUCKET,
    ],
    ['a load balancer', (stack) => loadBalancerIn(stack), LOG_BUCKET],
    [
      'a load balancer with targets and a redirect',
      (stack) => loadBalancerIn(stack, { httpRedirect: true }).addTargets('Shop', { targets }),
      LOG_BUCKET,
    ],
  ])('%s', (_name, build, ...left) => {
    expect(judged(build, flags).map(({ rule }) => rule)).toEqual(left);
  });
});

test.each(TlsProfile.values().map((profile) => [profile.name, profile] as const))(
  'a load balancer under the profile %s has no error of ours',
  (_, tlsProfile) => {
    const findings = judged((stack) => loadBalancerIn(stack, { tlsProfile }).addTargets('Shop', { targets }));
    expect(
      findings
        .filter(({ severity, rule }) => severity !== 'info' && rule !== LOG_BUCKET)
        .map(({ rule }) => rule),
    ).toEqual([]);
  },
);

test('the reason for plaintext does not take the finding away, and stands in it', () => {
  const findings = judged((stack) =>
    loadBalancerIn(stack).addTargets('Ledger', { targets, plaintextTargetsReason: REASON }),
  );
  expect(findings.find(({ rule }) => rule === 'TransmissionChecks-TargetGroupIsEncrypted')).toMatchObject({
    severity: 'error',
    constructPath: 'Stack/Entry/Ledger/Resource',
    description: expect.stringContaining(`its author says plaintextTargets: "${REASON}"`),
  });
});
