import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { GatewayVpcEndpointAwsService, Port } from 'aws-cdk-lib/aws-ec2';
import { ListenerCondition } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { IpTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2-targets';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  AlarmTopic,
  AuditTrail,
  Baseline,
  BaselineKey,
  LogBucket,
  LogKind,
  ManagedCertificate,
  PrivateNetwork,
  resolveConfiguration,
  TlsDistribution,
  TlsLoadBalancer,
} from '../../../lib';
import type { BaselineDocument } from '../../../lib/core/handover';
import { parseBaselineDocument } from '../../../lib/core/handover';
import shipped from '../../../secure-transmission.baseline.json';
import { findingsOf } from '../judged';

const PREFIX = '/secure-transmission/SecureTransmission';

let folder = '';
let document: BaselineDocument;
beforeAll(() => {
  const app = new App();
  Baseline.build(app, resolveConfiguration(shipped, 'baseline.json'));
  const file = path.join(app.synth().directory, 'baseline.json');
  document = parseBaselineDocument(readFileSync(file, 'utf8'), file);
});
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'on-baseline-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A stack of an app team, which finds the baseline by the context of its app. */
function stackOn(changes: Partial<BaselineDocument> = {}, env: object = { region: 'eu-west-1' }): Stack {
  const file = path.join(folder, 'baseline.json');
  writeFileSync(file, JSON.stringify({ ...document, ...changes }));
  return new Stack(new App({ context: { 'secure-transmission:baseline': file } }), 'Shop', { env });
}

/** The names in SSM that a stack reads. */
function readBy(stack: Stack): string[] {
  return Object.entries(Template.fromStack(stack).findParameters('*'))
    .filter(([, { Type }]) => String(Type).startsWith('AWS::SSM::Parameter::Value'))
    .map(([, { Default }]) => String(Default))
    .filter((name) => name.startsWith(PREFIX))
    .map((name) => name.slice(PREFIX.length + 1))
    .sort();
}

describe('a stack on the baseline', () => {
  test('adds targets to its load balancer, in its network, over TLS', () => {
    const stack = stackOn();
    const loadBalancer = TlsLoadBalancer.fromBaseline(stack, 'Entry');
    loadBalancer.addTargets('Shop', {
      targets: [new IpTarget('10.0.130.10')],
      priority: 10,
      conditions: [ListenerCondition.pathPatterns(['/shop/*'])],
      healthCheck: { path: '/health' },
    });
    const template = Template.fromStack(stack);
    const parameter = (start: string) => ({
      Ref: Match.stringLikeRegexp(`^SsmParameterValue.*${start}.*Parameter$`),
    });
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::ListenerRule', {
      ListenerArn: parameter('listenerarn'),
    });
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::TargetGroup', {
      Protocol: 'HTTPS',
      VpcId: parameter('vpcid'),
    });
    expect(findingsOf(stack)).toEqual([]);
  });

  test('lets its security group reach the targets', () => {
    const stack = stackOn();
    const network = PrivateNetwork.fromBaseline(stack, 'Network');
    const targets = network.addSecurityGroup('Targets', 'Containers of the shop');
    targets.connections.allowFrom(TlsLoadBalancer.fromBaseline(stack, 'Entry'), Port.tcp(8443));
    Template.fromStack(stack).hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
      FromPort: 8443,
      SourceSecurityGroupId: { Ref: Match.stringLikeRegexp('securitygroupid') },
    });
    // The load balancer lets nothing out by itself: without this, health checks would fail.
    Template.fromStack(stack).hasResourceProperties('AWS::EC2::SecurityGroupEgress', {
      FromPort: 8443,
      GroupId: { Ref: Match.stringLikeRegexp('securitygroupid') },
    });
  });

  test('reads of the network what it needs, one subnet for each availability zone', () => {
    const stack = stackOn();
    const { vpc } = PrivateNetwork.fromBaseline(stack, 'Network');
    expect(vpc.isolatedSubnets).toHaveLength(2);
    expect(vpc.publicSubnets).toHaveLength(0);
    expect(stack.resolve(vpc.isolatedSubnets.map(({ subnetId }) => subnetId))).toEqual(
      [0, 1].map((index) => ({
        'Fn::Select': [index, { Ref: expect.stringContaining('privatesubnetids') }],
      })),
    );
    expect(readBy(stack)).toEqual([
      'network/availability-zones',
      'network/private-route-table-ids',
      'network/private-subnet-ids',
      'network/vpc-id',
    ]);
  });

  test('knows whether its private subnets have a way out', () => {
    const { vpc } = PrivateNetwork.fromBaseline(stackOn({ privateSubnetsHaveEgress: true }), 'Network');
    expect([vpc.privateSubnets.length, vpc.isolatedSubnets.length]).toEqual([2, 0]);
  });

  test('adds endpoints to the network', () => {
    const stack = stackOn();
    PrivateNetwork.fromBaseline(stack, 'Network').addGatewayEndpoint('Table', {
      service: GatewayVpcEndpointAwsService.DYNAMODB,
    });
    Template.fromStack(stack).resourceCountIs('AWS::EC2::VPCEndpoint', 1);
  });

  test('takes the certificate of its side', () => {
    const home = stackOn();
    const edge = stackOn({}, { region: 'us-east-1' });
    ManagedCertificate.fromBaseline(home, 'Certificate');
    ManagedCertificate.fromBaseline(edge, 'Certificate');
    expect([readBy(home), readBy(edge)]).toEqual([['certificate/arn'], ['edge/certificate-arn']]);
  });

  test('takes the twin of the certificate, where there is one', () => {
    const rsaCertificate = { 'certificate/rsa-arn': `${PREFIX}/certificate/rsa-arn` };
    const stack = stackOn({ parameters: { ...document.parameters, ...rsaCertificate } });
    expect(ManagedCertificate.fromBaseline(stack, 'Certificate').certificates).toHaveLength(2);
  });

  test('takes keys, and lets principals use them', () => {
    const stack = stackOn();
    const key = BaselineKey.fromBaseline(stack, 'Key', BaselineKey.AUDIT_TRAIL);
    key.grantDecrypt(new Role(stack, 'Role', { assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com') }));
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: [
          Match.objectLike({
            Action: 'kms:Decrypt',
            Resource: { Ref: Match.stringLikeRegexp('auditkeyarn') },
          }),
        ],
      },
    });
  });

  test.each<[string, string[]]>([
    ['ALB_ACCESS', ['load-balancer/log-bucket-arn']],
    ['VPC_FLOW', ['network/flow-log-bucket-arn', 'network/flow-log-key-arn']],
    ['CLOUDTRAIL', ['audit/key-arn', 'audit/log-bucket-arn']],
  ])('takes the bucket for logs of kind %s', (kind, names) => {
    const stack = stackOn();
    expect(LogBucket.fromBaseline(stack, 'Logs', { kind: LogKind.of(kind) }).kind).toBe(LogKind.of(kind));
    expect(readBy(stack)).toEqual(names);
  });

  test('has no bucket for logs that a baseline does not have', () => {
    expect(() => LogBucket.fromBaseline(stackOn(), 'Logs', { kind: LogKind.WAF })).toThrow(
      "Shop: 'kind' must be one of ALB_ACCESS, VPC_FLOW, CLOUDTRAIL, CLOUDFRONT_STANDARD, of which a baseline has buckets, got WAF, define a LogBucket of it",
    );
  });

  test('takes the trail, the topic for alarms and the distribution', () => {
    const home = stackOn();
    const edge = stackOn({}, { region: 'us-east-1' });
    AuditTrail.fromBaseline(home, 'Trail');
    AlarmTopic.fromBaseline(home, 'Alarms');
    TlsDistribution.fromBaseline(edge, 'Distribution');
    expect(readBy(home)).toEqual([
      'alarms/key-arn',
      'alarms/topic-arn',
      'audit/key-arn',
      'audit/log-bucket-arn',
      'audit/trail-arn',
    ]);
    expect(readBy(edge)).toEqual(['edge/distribution-domain-name', 'edge/distribution-id']);
  });
});

describe('a stack that cannot read the baseline', () => {
  test('is told where the document comes from', () => {
    const here = process.cwd();
    process.chdir(folder);
    try {
      expect(() => ManagedCertificate.fromBaseline(new Stack(new App(), 'Shop'), 'Certificate')).toThrow(
        'baseline.json: does not exist, copy it from the cdk.out of the baseline, or name it in cdk.json: "context": { "secure-transmission:baseline": "path/to/baseline.json" }',
      );
    } finally {
      process.chdir(here);
    }
  });

  test('is told that the file it names does not exist', () => {
    const app = new App({ context: { 'secure-transmission:baseline': 'nowhere/baseline.json' } });
    expect(() => ManagedCertificate.fromBaseline(new Stack(app, 'Shop'), 'Certificate')).toThrow(
      /^nowhere\/baseline\.json: does not exist, take the file/,
    );
  });

  test.each([
    ['a number', 7],
    ['nothing', ''],
  ])('is told that the context is %s', (_, value) => {
    const app = new App({ context: { 'secure-transmission:baseline': value } });
    expect(() => ManagedCertificate.fromBaseline(new Stack(app, 'Shop'), 'Certificate')).toThrow(
      /^Shop: the context 'secure-transmission:baseline' must be the path of the baseline\.json of a baseline/,
    );
  });

  test.each<[string, object, string]>([
    ['another region', { region: 'eu-central-1' }, 'eu-central-1'],
    ['no region', {}, 'an unresolved value'],
  ])('in %s is told where it must be', (_, env, got) => {
    expect(() => TlsLoadBalancer.fromBaseline(stackOn({}, env), 'Entry')).toThrow(
      `Shop: the stack must be in eu-west-1, where the baseline SecureTransmission hands over 'load-balancer/arn', got ${got}, set 'env: { region: 'eu-west-1' }' on it`,
    );
  });

  test('in another account is told what can be done', () => {
    const stack = stackOn({ account: '111122223333' }, { region: 'eu-west-1', account: '444455556666' });
    expect(() => TlsLoadBalancer.fromBaseline(stack, 'Entry')).toThrow(
      'Shop: the stack must be in the account 111122223333, in which the baseline SecureTransmission is, got 444455556666, share what it needs by AWS RAM and give its attributes',
    );
  });

  test('is told what there is, where the baseline does not have what it asks for', () => {
    const stack = stackOn({ parameters: { 'certificate/arn': `${PREFIX}/certificate/arn` } });
    expect(() => AuditTrail.fromBaseline(stack, 'Trail')).toThrow(
      "Shop: the baseline SecureTransmission hands over no 'audit/key-arn' (the key that encrypts the record), it hands over certificate/arn, change its configuration, or give the attributes of another",
    );
  });
});
