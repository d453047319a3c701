import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { App, type Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { context } from '../../cdk.json';
import { Baseline, resolveConfiguration } from '../../lib/stacks';
import shipped from '../../secure-transmission.baseline.json';

const CERTIFICATE = 'arn:aws:acm:eu-west-1:111122223333:certificate/a1';
const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:alarms';

/** The shipped configuration without the edge: customers reach the load balancer itself. */
const { distribution: _distribution, ...regional } = shipped;

function build(changes: Record<string, unknown> = {}, configuration: object = shipped): Baseline {
  const app = new App({ context });
  return Baseline.build(app, resolveConfiguration({ ...configuration, ...changes }, 'baseline.json'));
}

/** A stack that this configuration has. */
function existing<S>(stack: S | undefined): S {
  if (stack === undefined) throw new TypeError('the configuration has no such stack');
  return stack;
}

function idsOf(stack: Stack | undefined, type: string): string[] {
  return Object.keys(Template.fromStack(existing(stack)).findResources(type));
}

interface Named {
  readonly Type: string;
  readonly DeletionPolicy?: string;
  readonly Properties?: Record<string, unknown>;
}

function resourcesOf(stacks: readonly Stack[]): Named[] {
  return stacks.flatMap((stack) => Object.values<Named>(Template.fromStack(stack).toJSON().Resources));
}

/** Their names are those of domains, or unique within another resource. */
const NAME_NOTHING = [
  'AWS::Route53::RecordSet',
  'AWS::Route53::KeySigningKey',
  'AWS::CertificateManager::Certificate',
  'AWS::IAM::Policy',
  'AWS::CloudWatch::Alarm',
  'AWS::Logs::MetricFilter',
  'AWS::Glue::Table',
  'AWS::Athena::NamedQuery',
  'AWS::Lambda::Permission',
];

/** What CloudFormation is told to call resources, and references by which CloudFront tells them apart. */
function physicalNamesOf({ stacks }: Baseline): string[] {
  const names = resourcesOf(stacks)
    .filter(({ Type }) => !NAME_NOTHING.includes(Type))
    .flatMap(({ Type, Properties = {} }) =>
      [Properties, ...Object.values(Properties)].flatMap((level) =>
        Object.entries(level ?? {}).flatMap(([key, value]) =>
          // What is a reference, or one to something else, is no name that we chose.
          /^(Name|\w*(Group|Trail|Policy|Function|Metric)Name|CallerReference)$/.test(key) &&
          !JSON.stringify(value).startsWith('{"Ref"')
            ? [`${Type} ${JSON.stringify(value)}`]
            : [],
        ),
      ),
    );
  return [...names, ...stacks.map(({ stackName }) => stackName)];
}

/** The names of what stays when its stack goes. */
function namedAndKept(stacks: readonly Stack[]): string[] {
  return resourcesOf(stacks)
    .filter(({ Type, DeletionPolicy }) => DeletionPolicy === 'Retain' && !Type.startsWith('AWS::Route53::'))
    .flatMap(({ Properties = {} }) =>
      Object.entries(Properties).flatMap(([key, value]) =>
        /^(Name|LogGroupName|BucketName|AliasName)$/.test(key) ? [JSON.stringify(value)] : [],
      ),
    );
}

describe('the baseline', () => {
  test('is seven stacks in two regions, protected from deletion', () => {
    expect(
      build().stacks.map(({ stackName, region, terminationProtection }) => [
        stackName,
        region,
        terminationProtection,
      ]),
    ).toEqual([
      ['SecureTransmission-Dns', 'us-east-1', true],
      ['SecureTransmission-Network', 'eu-west-1', true],
      ['SecureTransmission-Certificate', 'eu-west-1', true],
      ['SecureTransmission-Audit', 'eu-west-1', true],
      ['SecureTransmission-Entry', 'eu-west-1', true],
      ['SecureTransmission-Edge', 'us-east-1', true],
      ['SecureTransmission-Monitoring', 'eu-west-1', true],
    ]);
  });

  test('without distribution, trail, monitoring and zones to write in, is three stacks in one region', () => {
    const zones = [{ zoneName: 'example.com', hostedZoneId: 'Z0123456789ABCDEFGHIJ' }];
    const { stacks } = build({ audit: { enabled: false }, monitoring: { enabled: false }, zones }, regional);
    expect(stacks.map(({ node, region }) => `${node.id} ${region}`)).toEqual([
      'Network eu-west-1',
      'Certificate eu-west-1',
      'Entry eu-west-1',
    ]);
  });

  test('logical ids of what holds state do not change', () => {
    const { dns, network, certificate, audit, entry, edge } = build({ certificate: { rsaTwin: true } });
    expect({
      zoneKey: idsOf(dns, 'AWS::KMS::Key'),
      vpc: idsOf(network, 'AWS::EC2::VPC'),
      flowLogs: idsOf(network, 'AWS::S3::Bucket'),
      certificates: idsOf(certificate, 'AWS::CertificateManager::Certificate'),
      key: idsOf(certificate, 'AWS::KMS::Key'),
      topic: idsOf(certificate, 'AWS::SNS::Topic'),
      record: idsOf(audit, 'AWS::S3::Bucket'),
      recordKey: idsOf(audit, 'AWS::KMS::Key'),
      trail: idsOf(audit, 'AWS::CloudTrail::Trail'),
      loadBalancer: idsOf(entry, 'AWS::ElasticLoadBalancingV2::LoadBalancer'),
      logs: idsOf(entry, 'AWS::S3::Bucket'),
      distribution: idsOf(edge, 'AWS::CloudFront::Distribution'),
      edgeCertificate: idsOf(edge, 'AWS::CertificateManager::Certificate'),
      edgeLogs: idsOf(edge, 'AWS::S3::Bucket'),
      webAcl: idsOf(edge, 'AWS::WAFv2::WebACL'),
    }).toEqual({
      zoneKey: ['AlarmTopicKeyBA1A4AA7', 'SigningexamplecomKey11288EB8'],
      vpc: ['NetworkVpc7FB7348F'],
      flowLogs: ['FlowLogs91F8F4DF'],
      certificates: ['CertificateBDDE2430', 'CertificateRsaTwinA24CE91E'],
      key: ['AlarmTopicKeyBA1A4AA7'],
      topic: ['AlarmTopicB56431CA'],
      record: ['AccessLogs247031D9', 'TrailBucket7F7024F7', 'OldTlsResults1043356A'],
      recordKey: ['TrailKey31F874A3', 'OldTlsResultsKey9C6DA0CE'],
      trail: ['Trail022F0CF2'],
      loadBalancer: ['LoadBalancerC797D0FC'],
      logs: ['Logs59B087BB', 'OldTlsResults1043356A', 'OldTlsResultsAccessLogs88467E4C'],
      distribution: ['Distribution9930A484'],
      edgeCertificate: ['CertificateBDDE2430'],
      edgeLogs: ['Logs59B087BB', 'OldTlsResults1043356A', 'OldTlsResultsAccessLogs88467E4C'],
      webAcl: ['WebAclE76B067C'],
    });
  });

  test('keeps every bucket, key and log group when its stack is deleted', () => {
    const resources = build().stacks.flatMap((stack) =>
      Object.values<{ Type: string }>(Template.fromStack(stack).toJSON().Resources).filter(({ Type }) =>
        ['AWS::S3::Bucket', 'AWS::KMS::Key', 'AWS::Logs::LogGroup'].includes(Type),
      ),
    );
    expect(resources).toHaveLength(27);
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
        Array.from({ length: 7 }, () => 'unknown-account'),
      );
    } finally {
      if (before === undefined) delete process.env.CDK_DEFAULT_ACCOUNT;
      else process.env.CDK_DEFAULT_ACCOUNT = before;
    }
    expect(build({ account: '111122223333' }).entry.account).toBe('111122223333');
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

  test('names nothing that a second baseline, with another name, would name alike', () => {
    const [ours, theirs] = ['Ours', 'Theirs'].map((name) => new Set(physicalNamesOf(build({ name }))));
    expect(ours?.size).toBeGreaterThan(30);
    expect([...(ours ?? [])].filter((name) => theirs?.has(name))).toEqual([]);
  });

  test('names a log that stays after its stack, so that the next stack can have another', () => {
    for (const name of namedAndKept(build().stacks)) expect(name).toContain('AWS::StackId');
    expect(namedAndKept(build().stacks)).toHaveLength(1);
  });

  test('keeps the log of a web ACL, which has no bucket, as long as all others', () => {
    const loadBalancer = { internetFacing: true };
    const stacks = [
      build({ retentionDays: 1000 }).edge,
      build({ retentionDays: 1000, loadBalancer }, regional).entry,
    ];
    for (const stack of stacks) {
      // CloudWatch Logs knows 731 and 1096 days, and none between.
      Template.fromStack(existing(stack)).hasResourceProperties('AWS::Logs::LogGroup', {
        RetentionInDays: 1096,
      });
    }
    for (const [retentionDays, kept] of [
      [365, 365],
      [400, 400],
      [3653, 3653],
    ]) {
      Template.fromStack(existing(build({ retentionDays }).edge)).hasResourceProperties(
        'AWS::Logs::LogGroup',
        {
          RetentionInDays: kept,
        },
      );
    }
  });

  test('signs zones after all else, since a key that is kept blocks the deployment after a failed one', () => {
    const resources: Record<string, { Type: string; DependsOn?: string[] }> = Template.fromStack(
      existing(build().dns),
    ).toJSON().Resources;
    const first = Object.entries(resources)
      .filter(([, { Type }]) => ['AWS::Route53::RecordSet', 'AWS::CloudWatch::Alarm'].includes(Type))
      .map(([id]) => id);
    expect(first).toHaveLength(3);
    const [key] = Object.values(resources).filter(({ Type }) => Type === 'AWS::Route53::KeySigningKey');
    expect(key?.DependsOn).toEqual(expect.arrayContaining(first));
  });

  test('references within a region are strong: what is in use cannot be deleted', () => {
    const { network, entry } = build({}, regional);
    expect(Object.keys(Template.fromStack(network).findOutputs('*'))).toHaveLength(3);
    expect(JSON.stringify(Template.fromStack(entry).toJSON())).not.toContain('Fn::GetStackOutput');
  });

  test('the edge refers to the load balancer weakly, and to nothing else outside of its region', () => {
    const { edge } = build();
    const text = JSON.stringify(Template.fromStack(existing(edge)).toJSON());
    expect(text.match(/"Fn::GetStackOutput":\{[^}]*\}/g)).toEqual([
      expect.stringContaining('"StackName":"SecureTransmission-Entry","Region":"eu-west-1"'),
    ]);
    expect(text).not.toContain('Custom::CrossRegion');
  });

  test('the load balancer offers both certificates by the policy of the profile', () => {
    const { entry } = build({ tlsProfile: 'TLS_1_3_ONLY', certificate: { rsaTwin: true } });
    Template.fromStack(entry).hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', {
      Protocol: 'HTTPS',
      SslPolicy: 'ELBSecurityPolicy-TLS13-1-3-PQ-2025-09',
    });
    Template.fromStack(entry).resourceCountIs('AWS::ElasticLoadBalancingV2::ListenerCertificate', 1);
  });

  test('the load balancer is internal and closed unless the configuration opens it', () => {
    const { network, entry } = build({ loadBalancer: {} }, regional);
    Template.fromStack(network).resourceCountIs('AWS::EC2::InternetGateway', 0);
    Template.fromStack(entry).hasResourceProperties('AWS::ElasticLoadBalancingV2::LoadBalancer', {
      Scheme: 'internal',
    });
    Template.fromStack(entry).hasResourceProperties('AWS::EC2::SecurityGroup', {
      SecurityGroupIngress: Match.absent(),
    });
  });

  test('the load balancer takes connections from the ranges of the configuration, and from nobody else', () => {
    const { entry } = build(
      { loadBalancer: { allowedPeers: ['192.0.2.0/24', '198.51.100.0/24'], httpRedirect: true } },
      regional,
    );
    const port = (number: number, Description: string) => ({ FromPort: number, ToPort: number, Description });
    Template.fromStack(entry).hasResourceProperties('AWS::EC2::SecurityGroup', {
      SecurityGroupIngress: [
        Match.objectLike({ CidrIp: '192.0.2.0/24', ...port(443, 'TLS') }),
        Match.objectLike({ CidrIp: '192.0.2.0/24', ...port(80, 'Redirect to TLS') }),
        Match.objectLike({ CidrIp: '198.51.100.0/24', ...port(443, 'TLS') }),
        Match.objectLike({ CidrIp: '198.51.100.0/24', ...port(80, 'Redirect to TLS') }),
      ],
    });
  });

  test('a certificate that exists is taken over, and watched', () => {
    const { certificate, entry } = build({ certificate: { certificateArn: CERTIFICATE } });
    const template = Template.fromStack(certificate);
    template.resourceCountIs('AWS::CertificateManager::Certificate', 0);
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'DaysToExpiry',
      Dimensions: [{ Name: 'CertificateArn', Value: CERTIFICATE }],
    });
    template.hasResourceProperties('AWS::Events::Rule', { EventPattern: { resources: [CERTIFICATE] } });
    Template.fromStack(entry).hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', {
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
    const { network } = build({ network: { natGateways: 2, availabilityZoneCount: 3 } });
    const template = Template.fromStack(network);
    template.resourceCountIs('AWS::EC2::NatGateway', 2);
    template.resourceCountIs('AWS::EC2::Subnet', 6);
  });
});
