import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { App, type Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { context } from '../../cdk.json';
import { Baseline, resolveConfiguration } from '../../lib/stacks';
import shipped from '../../secure-transmission.baseline.json';

const CERTIFICATE = 'arn:aws:acm:eu-west-1:111122223333:certificate/a1';
const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:alarms';

function build(changes: Record<string, unknown> = {}): Baseline {
  const app = new App({ context });
  return Baseline.build(app, resolveConfiguration({ ...shipped, ...changes }, 'baseline.json'));
}

function stacksOf({ network, certificate, edge }: Baseline): Stack[] {
  return [network, certificate, edge];
}

function idsOf(stack: Stack, type: string): string[] {
  return Object.keys(Template.fromStack(stack).findResources(type));
}

describe('the baseline', () => {
  test('is three stacks in the region of the configuration, protected from deletion', () => {
    const stacks = stacksOf(build());
    expect(
      stacks.map(({ stackName, region, terminationProtection }) => [
        stackName,
        region,
        terminationProtection,
      ]),
    ).toEqual([
      ['SecureTransmission-Network', 'eu-west-1', true],
      ['SecureTransmission-Certificate', 'eu-west-1', true],
      ['SecureTransmission-Edge', 'eu-west-1', true],
    ]);
  });

  test('logical ids of what holds state do not change', () => {
    const { network, certificate, edge } = build();
    expect({
      vpc: idsOf(network, 'AWS::EC2::VPC'),
      flowLogs: idsOf(network, 'AWS::S3::Bucket'),
      certificates: idsOf(certificate, 'AWS::CertificateManager::Certificate'),
      key: idsOf(certificate, 'AWS::KMS::Key'),
      topic: idsOf(certificate, 'AWS::SNS::Topic'),
      loadBalancer: idsOf(edge, 'AWS::ElasticLoadBalancingV2::LoadBalancer'),
      logs: idsOf(edge, 'AWS::S3::Bucket'),
    }).toEqual({
      vpc: ['NetworkVpc7FB7348F'],
      flowLogs: ['NetworkFlowLogsD822DC50'],
      certificates: ['CertificateBDDE2430', 'CertificateRsaTwinA24CE91E'],
      key: ['AlarmTopicKeyBA1A4AA7'],
      topic: ['AlarmTopicB56431CA'],
      loadBalancer: ['LoadBalancerC797D0FC'],
      logs: ['LoadBalancerLogs9125D621'],
    });
  });

  test('keeps every bucket and key when its stack is deleted', () => {
    const resources = stacksOf(build()).flatMap((stack) => {
      const template = Template.fromStack(stack);
      return ['AWS::S3::Bucket', 'AWS::KMS::Key'].flatMap((type) =>
        Object.values(template.findResources(type)),
      );
    });
    expect(resources.map(({ Type }) => Type)).toEqual([
      'AWS::S3::Bucket',
      'AWS::KMS::Key',
      'AWS::S3::Bucket',
    ]);
    for (const resource of resources) {
      expect(resource).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    }
  });

  test('asks AWS for nothing: no context is missing, with an account or without', () => {
    for (const changes of [{}, { account: '111122223333' }]) {
      const app = new App({ context });
      Baseline.build(app, resolveConfiguration({ ...shipped, ...changes }, 'baseline.json'));
      expect(app.synth().manifest.missing ?? []).toEqual([]);
    }
  });

  test('takes the account from the configuration only, whatever the environment says', () => {
    const before = process.env.CDK_DEFAULT_ACCOUNT;
    process.env.CDK_DEFAULT_ACCOUNT = '999999999999';
    try {
      const app = new App({ context });
      Baseline.build(app, resolveConfiguration(shipped, 'baseline.json'));
      expect(app.synth().stacks.map(({ environment }) => environment.account)).toEqual(
        Array.from({ length: 3 }, () => 'unknown-account'),
      );
    } finally {
      if (before === undefined) delete process.env.CDK_DEFAULT_ACCOUNT;
      else process.env.CDK_DEFAULT_ACCOUNT = before;
    }
    expect(build({ account: '111122223333' }).edge.account).toBe('111122223333');
  });

  test('two syntheses of the same configuration give the same bytes', () => {
    const templates = () => {
      const app = new App({ context });
      Baseline.build(app, resolveConfiguration(shipped, 'baseline.json'));
      const { directory } = app.synth();
      const names = readdirSync(directory).filter(
        (name) => name.endsWith('.json') && !name.includes('.metadata.'),
      );
      return names.map((name) => [name, readFileSync(path.join(directory, name), 'utf8')]);
    };
    expect(templates()).toEqual(templates());
  });

  test('references between stacks are strong: what is in use cannot be deleted', () => {
    const { network, edge } = build();
    expect(Object.keys(Template.fromStack(network).findOutputs('*'))).toHaveLength(3);
    expect(JSON.stringify(Template.fromStack(edge).toJSON())).not.toContain('Fn::GetStackOutput');
  });

  test('the load balancer offers both certificates by the policy of the profile', () => {
    const { edge } = build({ tlsProfile: 'TLS_1_3_ONLY' });
    Template.fromStack(edge).hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', {
      Protocol: 'HTTPS',
      SslPolicy: 'ELBSecurityPolicy-TLS13-1-3-PQ-2025-09',
    });
    Template.fromStack(edge).resourceCountIs('AWS::ElasticLoadBalancingV2::ListenerCertificate', 1);
  });

  test('the load balancer is internal and closed unless the configuration opens it', () => {
    const { network, edge } = build({ loadBalancer: {} });
    Template.fromStack(network).resourceCountIs('AWS::EC2::InternetGateway', 0);
    Template.fromStack(edge).hasResourceProperties('AWS::ElasticLoadBalancingV2::LoadBalancer', {
      Scheme: 'internal',
    });
    Template.fromStack(edge).hasResourceProperties('AWS::EC2::SecurityGroup', {
      SecurityGroupIngress: Match.absent(),
    });
  });

  test('the load balancer takes connections from the ranges of the configuration, in both families', () => {
    const { edge } = build({
      loadBalancer: { allowedPeers: ['192.0.2.0/24', '2001:db8::/32'], httpRedirect: true },
    });
    const port = (number: number, Description: string) => ({ FromPort: number, ToPort: number, Description });
    Template.fromStack(edge).hasResourceProperties('AWS::EC2::SecurityGroup', {
      SecurityGroupIngress: [
        Match.objectLike({ CidrIp: '192.0.2.0/24', ...port(443, 'TLS') }),
        Match.objectLike({ CidrIp: '192.0.2.0/24', ...port(80, 'Redirect to TLS') }),
        Match.objectLike({ CidrIpv6: '2001:db8::/32', ...port(443, 'TLS') }),
        Match.objectLike({ CidrIpv6: '2001:db8::/32', ...port(80, 'Redirect to TLS') }),
      ],
    });
  });

  test('a certificate that exists is taken over, and watched', () => {
    const { certificate, edge } = build({ certificate: { certificateArn: CERTIFICATE } });
    const template = Template.fromStack(certificate);
    template.resourceCountIs('AWS::CertificateManager::Certificate', 0);
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'DaysToExpiry',
      Dimensions: [{ Name: 'CertificateArn', Value: CERTIFICATE }],
    });
    template.hasResourceProperties('AWS::Events::Rule', { EventPattern: { resources: [CERTIFICATE] } });
    Template.fromStack(edge).hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', {
      Certificates: [{ CertificateArn: CERTIFICATE }],
    });
  });

  test('a topic that exists is told, and none is made', () => {
    const template = Template.fromStack(build({ alarms: { topicArn: TOPIC } }).certificate);
    template.resourceCountIs('AWS::SNS::Topic', 0);
    template.resourceCountIs('AWS::KMS::Key', 0);
    template.allResourcesProperties('AWS::CloudWatch::Alarm', { AlarmActions: [TOPIC] });
    template.allResourcesProperties('AWS::Events::Rule', { Targets: [Match.objectLike({ Arn: TOPIC })] });
  });

  test('NAT gateways bring their public subnets', () => {
    const { network } = build({ loadBalancer: {}, network: { natGateways: 2, availabilityZoneCount: 3 } });
    const template = Template.fromStack(network);
    template.resourceCountIs('AWS::EC2::NatGateway', 2);
    template.resourceCountIs('AWS::EC2::Subnet', 6);
  });
});
