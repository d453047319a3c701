import { App, CfnParameter, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { IpTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2-targets';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { ManagedCertificate } from '../../../lib/constructs/certificate';
import { LogBucket, LogKind } from '../../../lib/constructs/log-store';
import { ClientCertificates, ClientTrustStore } from '../../../lib/constructs/mutual-tls';
import {
  type AddPassThroughListenerProps,
  type AddTlsListenerProps,
  TlsNetworkLoadBalancer,
  type TlsNetworkLoadBalancerProps,
  TlsTargetGroup,
} from '../../../lib/constructs/network-load-balancer';
import { TlsProfile } from '../../../lib/core/tls';
import { findingsOf, nagErrorsOf } from '../judged';
import {
  certificateIn,
  FLAGS,
  rendered,
  resourcesOf,
  stackIn,
  statementsOf,
  vpcIn,
  zoneIn,
} from '../support';

const BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
const LISTENER = 'AWS::ElasticLoadBalancingV2::Listener';
const LISTENER_CERTIFICATE = 'AWS::ElasticLoadBalancingV2::ListenerCertificate';
const TARGET_GROUP = 'AWS::ElasticLoadBalancingV2::TargetGroup';
const SECURITY_GROUP = 'AWS::EC2::SecurityGroup';
const INGRESS = 'AWS::EC2::SecurityGroupIngress';
const EGRESS = 'AWS::EC2::SecurityGroupEgress';

const ACCOUNT = { Ref: 'AWS::AccountId' };
const REASON = 'The payment switch ends TLS itself with keys that must not leave it.';

function define(stack: Stack, props: Partial<TlsNetworkLoadBalancerProps> = {}): TlsNetworkLoadBalancer {
  return new TlsNetworkLoadBalancer(stack, 'Entry', { vpc: props.vpc ?? vpcIn(stack), ...props });
}

/** A load balancer with one listener that ends TLS. */
function withTls(stack: Stack, props: Partial<AddTlsListenerProps> = {}): TlsNetworkLoadBalancer {
  const loadBalancer = define(stack);
  addTls(stack, loadBalancer, props);
  return loadBalancer;
}

function addTls(
  stack: Stack,
  loadBalancer: TlsNetworkLoadBalancer,
  props: Partial<AddTlsListenerProps> = {},
  id = 'Tls',
): elbv2.NetworkListener {
  const targets = props.targetGroup === undefined ? [new IpTarget('10.0.1.1')] : undefined;
  const certificate = props.certificate ?? certificateIn(stack, `${id}Certificate`);
  return loadBalancer.addTlsListener(id, { targets, ...props, certificate });
}

function addPassThrough(
  loadBalancer: TlsNetworkLoadBalancer,
  props: Partial<AddPassThroughListenerProps> = {},
) {
  const targets = props.targetGroup === undefined ? [new IpTarget('10.0.1.2')] : undefined;
  return loadBalancer.addPassThroughListener('Switch', { passThroughReason: REASON, targets, ...props });
}

function attributes(stack: Stack): Record<string, unknown> {
  const [resource] = Object.values(resourcesOf(stack, BALANCER));
  const list: { Key: string; Value: unknown }[] = resource?.Properties.LoadBalancerAttributes;
  return Object.fromEntries(list.map(({ Key, Value }) => [Key, Value]));
}

describe.each([
  ['under the flags of the baseline', FLAGS],
  ['without any feature flag', {}],
])('TlsNetworkLoadBalancer %s', (_, flags) => {
  test('ends TLS by the policy of the default profile and speaks TLS to targets', () => {
    const stack = stackIn('eu-west-1', flags);
    withTls(stack);
    const [group] = Object.keys(resourcesOf(stack, TARGET_GROUP));
    rendered(stack).resourceCountIs(LISTENER, 1);
    rendered(stack).hasResource(LISTENER, {
      Metadata: Match.absent(),
      Properties: {
        Protocol: 'TLS',
        Port: 443,
        SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09',
        Certificates: [{ CertificateArn: 'arn:aws:acm:eu-west-1:111122223333:certificate/TlsCertificate' }],
        AlpnPolicy: Match.absent(),
        MutualAuthentication: Match.absent(),
        DefaultActions: [{ Type: 'forward', TargetGroupArn: { Ref: group } }],
      },
    });
    rendered(stack).hasResourceProperties(TARGET_GROUP, {
      Protocol: 'TLS',
      Port: 443,
      HealthCheckProtocol: 'HTTPS',
      TargetType: 'ip',
    });
  });

  test('has a security group, by which nobody may connect and it may connect to nobody', () => {
    const stack = stackIn('eu-west-1', flags);
    withTls(stack);
    rendered(stack).resourceCountIs(SECURITY_GROUP, 1);
    const [group] = Object.keys(resourcesOf(stack, SECURITY_GROUP));
    rendered(stack).hasResourceProperties(BALANCER, {
      SecurityGroups: [{ 'Fn::GetAtt': [group, 'GroupId'] }],
      EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: 'on',
    });
    rendered(stack).hasResourceProperties(SECURITY_GROUP, {
      SecurityGroupIngress: Match.absent(),
      SecurityGroupEgress: [Match.objectLike({ CidrIp: '255.255.255.255/32' })],
    });
    rendered(stack).resourceCountIs(INGRESS, 0);
    rendered(stack).resourceCountIs(EGRESS, 0);
  });
});

describe('TlsNetworkLoadBalancer', () => {
  test.each(TlsProfile.values().map((profile) => [profile.name, profile] as const))(
    'names the TLS policy of the profile %s',
    (_, tlsProfile) => {
      const stack = stackIn('eu-west-1');
      addTls(stack, define(stack, { tlsProfile }));
      rendered(stack).hasResourceProperties(LISTENER, { SslPolicy: tlsProfile.policyFor('elbv2').name });
    },
  );

  test('takes another profile and a protocol inside TLS for one listener', () => {
    const stack = stackIn('eu-west-1');
    withTls(stack, {
      port: 8443,
      tlsProfile: TlsProfile.TLS_1_3_ONLY,
      alpnPolicy: elbv2.AlpnPolicy.HTTP2_PREFERRED,
    });
    rendered(stack).hasResourceProperties(LISTENER, {
      Port: 8443,
      SslPolicy: TlsProfile.TLS_1_3_ONLY.policyFor('elbv2').name,
      AlpnPolicy: ['HTTP2Preferred'],
    });
  });

  test('is internal, shares out across zones, logs, and cannot be deleted', () => {
    const stack = stackIn('eu-west-1');
    withTls(stack);
    const [bucket] = Object.keys(resourcesOf(stack, 'AWS::S3::Bucket'));
    rendered(stack).hasResourceProperties(BALANCER, { Scheme: 'internal', Type: 'network' });
    expect(attributes(stack)).toEqual({
      'deletion_protection.enabled': 'true',
      'load_balancing.cross_zone.enabled': 'true',
      'access_logs.s3.enabled': 'true',
      'access_logs.s3.bucket': { Ref: bucket },
      'access_logs.s3.prefix': 'access',
    });
  });

  test('lets the delivery service alone write the log, for logs of this account and region', () => {
    const stack = stackIn('eu-west-1');
    withTls(stack);
    const [bucket] = Object.keys(resourcesOf(stack, 'AWS::S3::Bucket'));
    const arn = { 'Fn::GetAtt': [bucket, 'Arn'] };
    const principal = { Effect: 'Allow', Principal: { Service: 'delivery.logs.amazonaws.com' } };
    const ArnLike = {
      'aws:SourceArn': { 'Fn::Join': ['', ['arn:aws:logs:eu-west-1:', ACCOUNT, ':*']] },
    };
    const allowed = statementsOf(stack, 'AWS::S3::BucketPolicy').filter(({ Effect }) => Effect === 'Allow');
    expect(allowed).toEqual([
      {
        ...principal,
        Action: 's3:PutObject',
        Resource: { 'Fn::Join': ['', [arn, '/access/AWSLogs/', ACCOUNT, '/*']] },
        Condition: {
          StringEquals: { 'aws:SourceAccount': ACCOUNT, 's3:x-amz-acl': 'bucket-owner-full-control' },
          ArnLike,
        },
      },
      {
        ...principal,
        Action: 's3:GetBucketAcl',
        Resource: arn,
        Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT }, ArnLike },
      },
    ]);
    const [policy] = Object.keys(resourcesOf(stack, 'AWS::S3::BucketPolicy'));
    rendered(stack).hasResource(BALANCER, { DependsOn: Match.arrayWith([policy]) });
  });

  test('encrypts the log with a key of its own, which is kept', () => {
    const stack = stackIn('eu-west-1');
    withTls(stack);
    const [key] = Object.keys(resourcesOf(stack, 'AWS::KMS::Key'));
    rendered(stack).hasResource('AWS::KMS::Key', { DeletionPolicy: 'Retain' });
    rendered(stack).hasResourceProperties('AWS::S3::Bucket', {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          Match.objectLike({
            ServerSideEncryptionByDefault: {
              SSEAlgorithm: 'aws:kms',
              KMSMasterKeyID: { 'Fn::GetAtt': [key, 'Arn'] },
            },
          }),
        ],
      },
    });
  });

  test('shares a bucket with another, which admits the delivery service once', () => {
    const stack = stackIn('eu-west-1');
    const vpc = vpcIn(stack);
    const { logBucket } = define(stack, { vpc });
    new TlsNetworkLoadBalancer(stack, 'Second', { vpc, logBucket });
    rendered(stack).resourceCountIs('AWS::S3::Bucket', 1);
    const allowed = statementsOf(stack, 'AWS::S3::BucketPolicy').filter(({ Effect }) => Effect === 'Allow');
    expect(allowed).toHaveLength(2);
    const [key] = Object.values(resourcesOf(stack, 'AWS::KMS::Key'));
    const admitted = key?.Properties.KeyPolicy.Statement.filter(
      ({ Principal }: { Principal: object }) => 'Service' in Principal,
    );
    expect(admitted).toHaveLength(1);
  });

  test('logs to a bucket that is given, with a key whose policy admits the delivery service', () => {
    const stack = stackIn('eu-west-1');
    const encryptionKey = new kms.Key(stack, 'Key');
    const logBucket = new s3.Bucket(stack, 'Given', { encryptionKey });
    define(stack, { logBucket, deletionProtection: false, crossZoneEnabled: false });
    expect(attributes(stack)).toMatchObject({
      'access_logs.s3.bucket': stack.resolve(logBucket.bucketName),
      'deletion_protection.enabled': 'false',
      'load_balancing.cross_zone.enabled': 'false',
    });
    rendered(stack).resourceCountIs('AWS::S3::Bucket', 1);
    rendered(stack).hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Principal: { Service: 'delivery.logs.amazonaws.com' },
            Condition: Match.objectLike({ StringEquals: { 'aws:SourceAccount': ACCOUNT } }),
          }),
        ]),
      },
    });
  });

  test('stands in public subnets where it faces the internet', () => {
    const stack = stackIn('eu-west-1');
    const vpc = vpcIn(stack);
    define(stack, { vpc, internetFacing: true });
    rendered(stack).hasResourceProperties(BALANCER, {
      Scheme: 'internet-facing',
      Subnets: stack.resolve(vpc.publicSubnets.map(({ subnetId }) => subnetId)),
    });
  });

  test('needs no region', () => {
    expect(() => rendered(stackAfter(withTls))).not.toThrow();
  });

  test('offers the certificate and its twin on one listener, and those of other names', () => {
    const stack = stackIn('eu-west-1');
    const certificate = new ManagedCertificate(stack, 'Managed', {
      domainName: 'pay.example.com',
      hostedZones: [zoneIn(stack)],
      rsaTwin: true,
    });
    withTls(stack, { certificate, additionalCertificates: [certificateIn(stack, 'other')] });
    const [ecdsa, rsa] = Object.keys(resourcesOf(stack, 'AWS::CertificateManager::Certificate'));
    rendered(stack).hasResourceProperties(LISTENER, { Certificates: [{ CertificateArn: { Ref: ecdsa } }] });
    const more = Object.values(resourcesOf(stack, LISTENER_CERTIFICATE)).map(
      ({ Properties }) => Properties.Certificates,
    );
    expect(more).toEqual([
      [{ CertificateArn: { Ref: rsa } }],
      [{ CertificateArn: 'arn:aws:acm:eu-west-1:111122223333:certificate/other' }],
    ]);
  });

  test('opens the ports of its listeners, those added later too, to those who are named', () => {
    const stack = stackIn('eu-west-1');
    const loadBalancer = define(stack, { allowedPeers: [ec2.Peer.ipv4('192.0.2.0/24')] });
    addTls(stack, loadBalancer);
    loadBalancer.allowFrom(ec2.Peer.ipv4('198.51.100.0/24'));
    addTls(stack, loadBalancer, { port: 8883 }, 'Mqtt');
    const [group] = Object.values(resourcesOf(stack, SECURITY_GROUP));
    const opened = group?.Properties.SecurityGroupIngress.map(
      ({ CidrIp, FromPort, ToPort }: Record<string, unknown>) => `${CidrIp} ${FromPort}-${ToPort}`,
    );
    expect(opened).toEqual([
      '192.0.2.0/24 443-443',
      '198.51.100.0/24 443-443',
      '192.0.2.0/24 8883-8883',
      '198.51.100.0/24 8883-8883',
    ]);
  });

  test('opens the way to targets that are named, on their port and that of their health check', () => {
    const stack = stackIn('eu-west-1');
    const vpc = vpcIn(stack);
    const service = new ec2.SecurityGroup(stack, 'Service', { vpc, allowAllOutbound: false });
    addTls(stack, define(stack, { vpc }), {
      targetPort: 8443,
      healthCheck: { port: '9443' },
      targetPeers: [service],
    });
    const portsOf = (type: string) =>
      Object.values(resourcesOf(stack, type)).map(({ Properties }) => Properties.FromPort);
    expect(portsOf(EGRESS)).toEqual([8443, 9443]);
    expect(portsOf(INGRESS)).toEqual([8443, 9443]);
    rendered(stack).hasResourceProperties(TARGET_GROUP, { Port: 8443, HealthCheckPort: '9443' });
  });

  test('sends to a TlsTargetGroup that exists, on the port of that group', () => {
    const stack = stackIn('eu-west-1');
    const vpc = vpcIn(stack);
    const service = new ec2.SecurityGroup(stack, 'Service', { vpc, allowAllOutbound: false });
    const targetGroup = new TlsTargetGroup(stack, 'Group', {
      vpc,
      port: 9443,
      targetType: elbv2.TargetType.IP,
    });
    addTls(stack, define(stack, { vpc }), { targetGroup, targetPeers: [service] });
    rendered(stack).hasResourceProperties(LISTENER, {
      DefaultActions: [{ Type: 'forward', TargetGroupArn: stack.resolve(targetGroup.targetGroupArn) }],
    });
    rendered(stack).hasResourceProperties(EGRESS, { FromPort: 9443 });
    Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
  });

  test('sends to targets in clear only with a reason, which the template carries', () => {
    const stack = stackIn('eu-west-1');
    withTls(stack, { plaintextTargetsReason: REASON });
    rendered(stack).hasResource(TARGET_GROUP, {
      Metadata: { SecureTransmission: { plaintextTargets: REASON } },
      Properties: { Protocol: 'TCP' },
    });
    const [group] = Object.keys(resourcesOf(stack, TARGET_GROUP));
    expect(findingsOf(stack)).toEqual([
      `error TransmissionChecks-TargetGroupIsEncrypted ${group} Properties.Protocol`,
    ]);
  });

  test('hands bytes on only with a reason, which the template carries, to targets checked over HTTPS', () => {
    const stack = stackIn('eu-west-1');
    addPassThrough(define(stack));
    rendered(stack).hasResource(LISTENER, {
      Metadata: { SecureTransmission: { passThrough: REASON } },
      Properties: { Protocol: 'TCP', Port: 443, SslPolicy: Match.absent(), Certificates: Match.absent() },
    });
    rendered(stack).hasResourceProperties(TARGET_GROUP, { Protocol: 'TCP', HealthCheckProtocol: 'HTTPS' });
    const [listener] = Object.keys(resourcesOf(stack, LISTENER));
    expect(findingsOf(stack)).toEqual([
      `warning TransmissionChecks-ListenerIsNotPassedThrough ${listener} Properties.Protocol`,
    ]);
  });

  test('verifies clients by their certificates', () => {
    const stack = stackIn('eu-west-1');
    const trustStoreArn = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:truststore/partners/1';
    const trustStore = ClientTrustStore.fromClientTrustStoreAttributes(stack, 'Partners', { trustStoreArn });
    withTls(stack, { clientCertificates: ClientCertificates.verify(trustStore) });
    rendered(stack).hasResourceProperties(LISTENER, {
      Protocol: 'TLS',
      MutualAuthentication: {
        Mode: 'verify',
        TrustStoreArn: trustStoreArn,
        IgnoreClientCertificateExpiry: false,
      },
    });
  });

  test('measures failed handshakes on both sides', () => {
    const loadBalancer = define(stackIn('eu-west-1'));
    const metrics = [
      loadBalancer.metricClientTlsNegotiationErrorCount(),
      loadBalancer.metricTargetTlsNegotiationErrorCount(),
      loadBalancer.metric('NewFlowCount_TLS', { statistic: 'Sum' }),
    ].map(({ namespace, metricName, statistic }) => `${namespace} ${metricName} ${statistic}`);
    expect(metrics).toEqual([
      'AWS/NetworkELB ClientTLSNegotiationErrorCount Sum',
      'AWS/NetworkELB TargetTLSNegotiationErrorCount Sum',
      'AWS/NetworkELB NewFlowCount_TLS Sum',
    ]);
  });

  test('says under which name it can be reached', () => {
    const stack = stackIn('eu-west-1');
    const { loadBalancerDnsName, loadBalancerCanonicalHostedZoneId } = define(stack);
    const [id] = Object.keys(resourcesOf(stack, BALANCER));
    expect(stack.resolve([loadBalancerDnsName, loadBalancerCanonicalHostedZoneId])).toEqual([
      { 'Fn::GetAtt': [id, 'DNSName'] },
      { 'Fn::GetAtt': [id, 'CanonicalHostedZoneID'] },
    ]);
  });

  test('logical ids of what holds state do not change', () => {
    const stack = stackIn('eu-west-1');
    withTls(stack);
    expect(Object.keys(resourcesOf(stack, 'AWS::S3::Bucket'))).toEqual(['EntryLogs59F4C0C7']);
    expect(Object.keys(resourcesOf(stack, BALANCER))).toEqual(['EntryB9FBB0A8']);
  });

  test('has no finding by our pack; cdk-nag misses an access log of its log bucket alone', () => {
    const stack = stackIn('eu-west-1');
    const loadBalancer = withTls(stack);
    expect(findingsOf(stack)).toEqual([]);
    expect(nagErrorsOf(loadBalancer)).toEqual(['AwsSolutions-S1']);
  });

  test('is the same in two syntheses, byte for byte', () => {
    const bytes = () => JSON.stringify(rendered(stackAfter(withTls)).toJSON());
    expect(bytes()).toBe(bytes());
  });
});

describe('TlsNetworkLoadBalancer and targets of another stack', () => {
  test('do not come to need one another', () => {
    const app = new App({ context: FLAGS });
    const env = { region: 'eu-west-1' };
    const [edge, shop] = [new Stack(app, 'Edge', { env }), new Stack(app, 'Shop', { env })];
    const vpc = vpcIn(edge);
    const loadBalancer = define(edge, { vpc });
    const targets = new ec2.SecurityGroup(shop, 'Targets', { vpc, allowAllOutbound: false });
    addTls(edge, loadBalancer, { targetPort: 8443, targetPeers: [targets] });
    app.synth();
    expect(edge.dependencies).toEqual([]);
    rendered(shop).hasResourceProperties(INGRESS, { FromPort: 8443 });
    rendered(shop).hasResourceProperties(EGRESS, { FromPort: 8443 });
  });
});

describe('TlsNetworkLoadBalancer of another stack', () => {
  function importIn(stack: Stack, vpc?: ec2.IVpc) {
    return TlsNetworkLoadBalancer.fromTlsNetworkLoadBalancerAttributes(stack, 'Imported', {
      loadBalancerArn: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/net/entry/1',
      securityGroupId: 'sg-1',
      vpc,
    });
  }

  test('takes listeners, opens their ports, and is measured', () => {
    const stack = stackIn('eu-west-1');
    const imported = importIn(stack, vpcIn(stack));
    imported.allowFrom(ec2.Peer.ipv4('192.0.2.0/24'));
    imported.addTlsListener('Tls', {
      port: 8443,
      certificate: certificateIn(stack),
      targets: [new IpTarget('10.0.1.1')],
    });
    rendered(stack).hasResourceProperties(LISTENER, {
      LoadBalancerArn: imported.loadBalancerArn,
      Protocol: 'TLS',
      SslPolicy: TlsProfile.TLS_1_2_OR_NEWER.policyFor('elbv2').name,
    });
    rendered(stack).hasResourceProperties(TARGET_GROUP, { Protocol: 'TLS', HealthCheckProtocol: 'HTTPS' });
    rendered(stack).hasResourceProperties(INGRESS, { GroupId: 'sg-1', FromPort: 8443 });
    expect(imported.metricTargetTlsNegotiationErrorCount().dimensions).toEqual({
      LoadBalancer: 'net/entry/1',
    });
  });

  test('is let out to new targets, since its security group lets nothing out by itself', () => {
    const stack = stackIn('eu-west-1');
    const vpc = vpcIn(stack);
    const targets = new ec2.SecurityGroup(stack, 'Targets', { vpc, allowAllOutbound: false });
    importIn(stack, vpc).addTlsListener('Tls', {
      certificate: certificateIn(stack),
      targets: [new IpTarget('10.0.1.1')],
      targetPort: 8443,
      targetPeers: [targets],
    });
    rendered(stack).hasResourceProperties(EGRESS, { GroupId: 'sg-1', FromPort: 8443, ToPort: 8443 });
    rendered(stack).hasResourceProperties(INGRESS, { SourceSecurityGroupId: 'sg-1', FromPort: 8443 });
  });

  test('may be known at deployment only', () => {
    const stack = stackIn('eu-west-1');
    const parameter = (id: string) => new CfnParameter(stack, id).valueAsString;
    const imported = TlsNetworkLoadBalancer.fromTlsNetworkLoadBalancerAttributes(stack, 'Imported', {
      loadBalancerArn: parameter('Arn'),
      securityGroupId: parameter('Group'),
      vpc: vpcIn(stack),
    });
    imported.allowFrom(ec2.Peer.ipv4('192.0.2.0/24'));
    imported.addTlsListener('Tls', {
      certificate: certificateIn(stack),
      targets: [new IpTarget('10.0.1.1')],
    });
    rendered(stack).hasResourceProperties(LISTENER, { LoadBalancerArn: { Ref: 'Arn' } });
    rendered(stack).hasResourceProperties(INGRESS, { GroupId: { Ref: 'Group' }, FromPort: 443 });
  });

  test('takes an imported target group at its word, and no targets where its network is not known', () => {
    const stack = stackIn('eu-west-1');
    const imported = importIn(stack);
    const certificate = certificateIn(stack);
    const targetGroup = elbv2.NetworkTargetGroup.fromTargetGroupAttributes(stack, 'Group', {
      targetGroupArn: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/group/1',
    });
    expect(() => imported.addTlsListener('Tls', { certificate, targetGroup })).not.toThrow();
    expect(() =>
      imported.addTlsListener('More', { port: 8443, certificate, targets: [new IpTarget('10.0.1.1')] }),
    ).toThrow(
      "Stack/Imported: 'vpc' must be among the attributes of an imported load balancer to add targets, or pass a 'targetGroup'",
    );
  });
});

describe('TlsNetworkLoadBalancer refuses', () => {
  test('a certificate of another region', () => {
    const stack = stackIn('eu-west-1');
    expect(() => withTls(stack, { certificate: certificateIn(stack, 'far', 'us-east-1') })).toThrow(
      'Stack/Entry: \'certificate\' must be in the region of the load balancer (eu-west-1), got "arn:aws:acm:us-east-1:111122223333:certificate/far", request one there',
    );
  });

  const tooMany = (quota: number, got: number) =>
    `Stack/Entry: 'additionalCertificates' must leave the load balancer with at most ${quota} certificates on all its listeners, twins included, got ${got}, define a second load balancer, or have the quota raised and say so in 'certificateQuota'`;

  test('more certificates than a load balancer may hold, all its listeners together', () => {
    const stack = stackIn('eu-west-1');
    const loadBalancer = define(stack);
    const additionalCertificates = Array.from({ length: 24 }, (_, index) =>
      certificateIn(stack, `certificate-${index}`),
    );
    addTls(stack, loadBalancer, { additionalCertificates });
    expect(() => addTls(stack, loadBalancer, { port: 8443 }, 'More')).toThrow(tooMany(25, 26));
  });

  test('more certificates than the quota that was raised or lowered', () => {
    const stack = stackIn('eu-west-1');
    const loadBalancer = define(stack, { certificateQuota: 1 });
    addTls(stack, loadBalancer);
    expect(() => addTls(stack, loadBalancer, { port: 8443 }, 'More')).toThrow(tooMany(1, 2));
  });

  test('no number of certificates where the quota is not known yet', () => {
    const stack = stackIn('eu-west-1');
    const certificateQuota = new CfnParameter(stack, 'Quota', { type: 'Number' }).valueAsNumber;
    expect(() => addTls(stack, define(stack, { certificateQuota }))).not.toThrow();
  });

  test.each([0, 65_536, 1.5])('the port %d, for listener and targets', (port) => {
    const stack = stackIn('eu-west-1');
    const loadBalancer = define(stack);
    const problem = (property: string) =>
      `Stack/Entry: '${property}' must be a whole number from 1 to 65535, got ${port}`;
    expect(() => addTls(stack, loadBalancer, { port })).toThrow(problem('port'));
    expect(() => addPassThrough(loadBalancer, { port })).toThrow(problem('port'));
    expect(() => addTls(stack, loadBalancer, { targetPort: port }, 'More')).toThrow(problem('targetPort'));
  });

  test('a port that is known at deployment only, since security groups and targets follow it', () => {
    const stack = stackIn('eu-west-1');
    const port = new CfnParameter(stack, 'Port', { type: 'Number' }).valueAsNumber;
    expect(() => addTls(stack, define(stack), { port })).toThrow(
      "Stack/Entry: 'port' must be a literal, since listeners are told apart by it, got an unresolved value, read it from configuration",
    );
  });

  test('a bucket for logs of another kind, or in another region', () => {
    const stack = stackIn('eu-west-1');
    const { bucket } = new LogBucket(stack, 'Flows', { kind: LogKind.VPC_FLOW });
    expect(() => define(stack, { logBucket: bucket })).toThrow(
      "Stack/Entry: 'logBucket' must be for access logs of network load balancers, got a LogBucket for flow logs of networks, make one of kind NLB_ACCESS",
    );
    const other = stackIn('eu-west-1');
    const far = LogBucket.fromLogBucketAttributes(other, 'Far', {
      kind: LogKind.NLB_ACCESS,
      bucketArn: 'arn:aws:s3:::far',
      region: 'us-east-1',
    });
    expect(() => define(other, { logBucket: far.bucket })).toThrow(
      'Stack/Entry: \'logBucket\' must be in the region of what it logs (eu-west-1), got "us-east-1", use a LogBucket of that region',
    );
  });

  test('two listeners on one port', () => {
    const stack = stackIn('eu-west-1');
    expect(() => addPassThrough(withTls(stack))).toThrow(
      "Stack/Entry: 'port' must differ between listeners, got 443 twice, choose another",
    );
  });

  test('a listener that sends nowhere', () => {
    const stack = stackIn('eu-west-1');
    expect(() => withTls(stack, { targets: undefined })).toThrow(
      "Stack/Entry: 'targets' or 'targetGroup' must be set, a listener needs somewhere to send to",
    );
  });

  test('a target group beside targets', () => {
    const stack = stackIn('eu-west-1');
    const targetGroup = new TlsTargetGroup(stack, 'Group', { targetType: elbv2.TargetType.IP });
    expect(() => withTls(stack, { targetGroup, targets: [new IpTarget('10.0.1.1')] })).toThrow(
      "Stack/Entry: 'targetGroup' must stand alone, it has targets, a port and a health check of its own, leave out 'targets', 'targetPort' and 'healthCheck'",
    );
  });

  test('a group of the CDK behind TLS, which is TCP where it stands alone', () => {
    const stack = stackIn('eu-west-1');
    const targetGroup = new elbv2.NetworkTargetGroup(stack, 'Group', {
      port: 443,
      targetType: elbv2.TargetType.IP,
    });
    expect(() => withTls(stack, { targetGroup })).toThrow(
      "Stack/Entry: target group 'Stack/Group' is reached over TCP, use a TlsTargetGroup, or say why not in 'plaintextTargetsReason'",
    );
  });

  test('a group of TLS behind a listener that hands bytes on', () => {
    const stack = stackIn('eu-west-1');
    const targetGroup = new TlsTargetGroup(stack, 'Group', { targetType: elbv2.TargetType.IP });
    expect(() => addPassThrough(define(stack), { targetGroup })).toThrow(
      "Stack/Entry: target group 'Stack/Group' is reached over TLS, a listener that passes bytes on needs a group of TCP, whose targets end TLS",
    );
  });

  test('health checks in clear', () => {
    const stack = stackIn('eu-west-1');
    const vpc = vpcIn(stack);
    const targetGroup = new elbv2.NetworkTargetGroup(stack, 'Group', {
      vpc,
      port: 443,
      protocol: elbv2.Protocol.TLS,
      healthCheck: { protocol: elbv2.Protocol.HTTP },
    });
    const loadBalancer = define(stack, { vpc });
    expect(() => addTls(stack, loadBalancer, { targetGroup })).toThrow(
      "Stack/Entry: target group 'Stack/Group' is health-checked over HTTP, check over HTTPS or TCP",
    );
    expect(() =>
      addPassThrough(loadBalancer, { port: 8443, healthCheck: { protocol: elbv2.Protocol.HTTP } }),
    ).toThrow(
      'Stack/Entry/SwitchTargets: \'healthCheck.protocol\' must be HTTPS, or TCP for targets that speak no HTTP, got "HTTP", leave it out for HTTPS',
    );
  });

  test.each(['', 'yes'])('to loosen for no reason: %j', (reason) => {
    const stack = stackIn('eu-west-1');
    const loadBalancer = define(stack);
    const sentence = (property: string) =>
      `Stack/Entry: '${property}' must be a sentence of 20 to 500 characters that says why the default cannot be kept, got ${JSON.stringify(reason)}`;
    expect(() => addPassThrough(loadBalancer, { passThroughReason: reason })).toThrow(
      sentence('passThroughReason'),
    );
    expect(() => addTls(stack, loadBalancer, { plaintextTargetsReason: reason })).toThrow(
      sentence('plaintextTargetsReason'),
    );
  });

  test('to hand certificates of clients on', () => {
    const clientCertificates = ClientCertificates.passThrough({ unverifiedClientsReason: REASON });
    expect(() => withTls(stackIn('eu-west-1'), { clientCertificates })).toThrow(
      'Stack/Entry/Tls/Resource: certificates of clients must be verified by a Network Load Balancer, which cannot hand them on, use ClientCertificates.verify',
    );
  });
});

function stackAfter(build: (stack: Stack) => unknown): Stack {
  const stack = stackIn();
  build(stack);
  return stack;
}
