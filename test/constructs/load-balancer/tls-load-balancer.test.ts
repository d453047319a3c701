import { CfnParameter, type Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { IpTarget, LambdaTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2-targets';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { ManagedCertificate } from '../../../lib/constructs/certificate';
import {
  HttpsTargetGroup,
  TlsLoadBalancer,
  type TlsLoadBalancerProps,
} from '../../../lib/constructs/load-balancer';
import { TlsProfile } from '../../../lib/core/tls';
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
const LISTENER_RULE = 'AWS::ElasticLoadBalancingV2::ListenerRule';
const TARGET_GROUP = 'AWS::ElasticLoadBalancingV2::TargetGroup';
const SECURITY_GROUP = 'AWS::EC2::SecurityGroup';

const REASON = 'The legacy ledger cannot speak TLS until it is replaced in March.';

function define(stack: Stack, props: Partial<TlsLoadBalancerProps> = {}): TlsLoadBalancer {
  return new TlsLoadBalancer(stack, 'Entry', {
    vpc: props.vpc ?? vpcIn(stack),
    certificate: props.certificate ?? certificateIn(stack),
    ...props,
  });
}

function attributes(stack: Stack, type: string, property: string): Record<string, unknown> {
  const [resource] = Object.values(resourcesOf(stack, type));
  const list: { Key: string; Value: unknown }[] = resource?.Properties[property];
  return Object.fromEntries(list.map(({ Key, Value }) => [Key, Value]));
}

describe.each([
  ['under the flags of the baseline', FLAGS],
  ['without any feature flag', {}],
])('TlsLoadBalancer %s', (_, flags) => {
  test('has one listener, which speaks TLS by the policy of the default profile', () => {
    const stack = stackIn('eu-west-1', flags);
    define(stack);
    rendered(stack).resourceCountIs(LISTENER, 1);
    rendered(stack).hasResourceProperties(LISTENER, {
      Protocol: 'HTTPS',
      Port: 443,
      SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09',
      Certificates: [{ CertificateArn: 'arn:aws:acm:eu-west-1:111122223333:certificate/Certificate' }],
    });
  });

  test('nobody may connect, and it may connect to nobody', () => {
    const stack = stackIn('eu-west-1', flags);
    define(stack);
    rendered(stack).hasResourceProperties(SECURITY_GROUP, {
      SecurityGroupIngress: Match.absent(),
      SecurityGroupEgress: [Match.objectLike({ CidrIp: '255.255.255.255/32' })],
    });
    rendered(stack).resourceCountIs('AWS::EC2::SecurityGroupIngress', 0);
    rendered(stack).resourceCountIs('AWS::EC2::SecurityGroupEgress', 0);
  });
});

describe('TlsLoadBalancer', () => {
  test.each(TlsProfile.values().map((profile) => [profile.name, profile] as const))(
    'names the TLS policy of the profile %s',
    (_, tlsProfile) => {
      const stack = stackIn('eu-west-1');
      define(stack, { tlsProfile });
      rendered(stack).hasResourceProperties(LISTENER, { SslPolicy: tlsProfile.policyFor('elbv2').name });
    },
  );

  test('answers 404 where no route matches, and names neither server nor software', () => {
    const stack = stackIn('eu-west-1');
    define(stack);
    rendered(stack).hasResourceProperties(LISTENER, {
      DefaultActions: [
        {
          Type: 'fixed-response',
          FixedResponseConfig: { StatusCode: '404', ContentType: 'text/plain', MessageBody: 'Not found' },
        },
      ],
    });
    expect(attributes(stack, LISTENER, 'ListenerAttributes')).toEqual({
      'routing.http.response.strict_transport_security.header_value': 'max-age=31536000; includeSubDomains',
      'routing.http.response.server.enabled': 'false',
    });
  });

  test('is internal, drops invalid headers, is strict about framing, logs, and cannot be deleted', () => {
    const stack = stackIn('eu-west-1');
    define(stack);
    const [bucket] = Object.keys(resourcesOf(stack, 'AWS::S3::Bucket'));
    rendered(stack).hasResourceProperties(BALANCER, { Scheme: 'internal', Type: 'application' });
    expect(attributes(stack, BALANCER, 'LoadBalancerAttributes')).toEqual({
      'deletion_protection.enabled': 'true',
      'routing.http.drop_invalid_header_fields.enabled': 'true',
      'routing.http.desync_mitigation_mode': 'strictest',
      'access_logs.s3.enabled': 'true',
      'access_logs.s3.bucket': { Ref: bucket },
      'access_logs.s3.prefix': 'access',
      'connection_logs.s3.enabled': 'true',
      'connection_logs.s3.bucket': { Ref: bucket },
      'connection_logs.s3.prefix': 'connections',
    });
  });

  test('logs to a bucket with SSE-S3 that takes TLS 1.2 or newer only and outlives the stack', () => {
    const stack = stackIn('eu-west-1');
    define(stack);
    rendered(stack).hasResource('AWS::S3::Bucket', {
      DeletionPolicy: 'Retain',
      Properties: {
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
        },
      },
    });
    const denials = statementsOf(stack, 'AWS::S3::BucketPolicy').filter(({ Effect }) => Effect === 'Deny');
    expect(denials.map(({ Condition }) => Condition)).toEqual([
      { Bool: { 'aws:SecureTransport': 'false' } },
      { NumericLessThan: { 's3:TlsVersion': 1.2 } },
    ]);
  });

  test('logical ids of what holds state do not change', () => {
    const stack = stackIn('eu-west-1');
    define(stack);
    expect(Object.keys(resourcesOf(stack, 'AWS::S3::Bucket'))).toEqual(['EntryLogs59F4C0C7']);
    expect(Object.keys(resourcesOf(stack, BALANCER))).toEqual(['EntryB9FBB0A8']);
  });

  test('offers the certificate and its twin on one listener, and those of other names', () => {
    const stack = stackIn('eu-west-1');
    const certificate = new ManagedCertificate(stack, 'Managed', {
      domainName: 'pay.example.com',
      hostedZones: [zoneIn(stack)],
      rsaTwin: true,
    });
    define(stack, { certificate, additionalCertificates: [certificateIn(stack, 'other')] });
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

  test('stands in public subnets where it faces the internet', () => {
    const stack = stackIn('eu-west-1');
    const vpc = vpcIn(stack);
    define(stack, { vpc, internetFacing: true });
    rendered(stack).hasResourceProperties(BALANCER, {
      Scheme: 'internet-facing',
      Subnets: stack.resolve(vpc.publicSubnets.map(({ subnetId }) => subnetId)),
    });
  });

  test('opens the TLS port, and no other, to those who are named', () => {
    const stack = stackIn('eu-west-1');
    const loadBalancer = define(stack, { allowedPeers: [ec2.Peer.ipv4('192.0.2.0/24'), ec2.Peer.anyIpv6()] });
    loadBalancer.allowFrom(ec2.Peer.prefixList('pl-1'));
    const port = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, Description: 'TLS' };
    rendered(stack).hasResourceProperties(SECURITY_GROUP, {
      SecurityGroupIngress: [
        { CidrIp: '192.0.2.0/24', ...port },
        { CidrIpv6: '::/0', ...port },
      ],
    });
    rendered(stack).resourceCountIs('AWS::EC2::SecurityGroupIngress', 1);
    rendered(stack).hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
      SourcePrefixListId: 'pl-1',
      ...port,
    });
  });

  test('redirects port 80 to TLS where asked, and opens it to the same peers', () => {
    const stack = stackIn('eu-west-1');
    define(stack, { httpRedirect: true, allowedPeers: [ec2.Peer.ipv4('192.0.2.0/24')] });
    rendered(stack).resourceCountIs(LISTENER, 2);
    rendered(stack).hasResourceProperties(LISTENER, {
      Protocol: 'HTTP',
      Port: 80,
      DefaultActions: [
        { Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS', Port: '443', StatusCode: 'HTTP_301' } },
      ],
    });
    rendered(stack).hasResourceProperties(SECURITY_GROUP, {
      SecurityGroupIngress: [
        { CidrIp: '192.0.2.0/24', IpProtocol: 'tcp', FromPort: 443, ToPort: 443, Description: 'TLS' },
        {
          CidrIp: '192.0.2.0/24',
          IpProtocol: 'tcp',
          FromPort: 80,
          ToPort: 80,
          Description: 'Redirect to TLS',
        },
      ],
    });
  });

  test('can be made deletable, and logs to a bucket that is given', () => {
    const stack = stackIn('eu-west-1');
    const logBucket = new s3.Bucket(stack, 'Given', { encryption: s3.BucketEncryption.S3_MANAGED });
    define(stack, { deletionProtection: false, logBucket });
    rendered(stack).resourceCountIs('AWS::S3::Bucket', 1);
    expect(attributes(stack, BALANCER, 'LoadBalancerAttributes')).toMatchObject({
      'deletion_protection.enabled': 'false',
      'access_logs.s3.bucket': stack.resolve(logBucket.bucketName),
    });
  });

  test('measures failed handshakes on both sides', () => {
    const loadBalancer = define(stackIn('eu-west-1'));
    const names = [
      loadBalancer.metricClientTlsNegotiationErrorCount(),
      loadBalancer.metricTargetTlsNegotiationErrorCount(),
      loadBalancer.metric('RequestCount'),
    ].map(({ namespace, metricName }) => `${namespace} ${metricName}`);
    expect(names).toEqual([
      'AWS/ApplicationELB ClientTLSNegotiationErrorCount',
      'AWS/ApplicationELB TargetTLSNegotiationErrorCount',
      'AWS/ApplicationELB RequestCount',
    ]);
  });

  test('says under which name it can be reached', () => {
    const stack = stackIn('eu-west-1');
    const { loadBalancerDnsName, loadBalancerCanonicalHostedZoneId } = define(stack);
    expect(stack.resolve([loadBalancerDnsName, loadBalancerCanonicalHostedZoneId])).toEqual([
      { 'Fn::GetAtt': ['EntryB9FBB0A8', 'DNSName'] },
      { 'Fn::GetAtt': ['EntryB9FBB0A8', 'CanonicalHostedZoneID'] },
    ]);
  });
});

describe('TlsLoadBalancer routes', () => {
  test('to new targets over TLS, health checks included, without a warning', () => {
    const stack = stackIn('eu-west-1');
    define(stack).addTargets('Shop', {
      targets: [new IpTarget('10.0.1.1')],
      healthCheck: { path: '/health' },
    });
    rendered(stack).hasResource(TARGET_GROUP, {
      Metadata: Match.absent(),
      Properties: {
        Protocol: 'HTTPS',
        Port: 443,
        HealthCheckProtocol: 'HTTPS',
        HealthCheckPath: '/health',
        TargetType: 'ip',
      },
    });
    const [group] = Object.keys(resourcesOf(stack, TARGET_GROUP));
    rendered(stack).hasResourceProperties(LISTENER, {
      DefaultActions: [{ Type: 'forward', TargetGroupArn: { Ref: group } }],
    });
    Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
  });

  test('by conditions, with a rule beside the default', () => {
    const stack = stackIn('eu-west-1');
    define(stack).addTargets('Shop', {
      targets: [new IpTarget('10.0.1.1')],
      port: 8443,
      priority: 10,
      conditions: [elbv2.ListenerCondition.pathPatterns(['/shop/*'])],
    });
    rendered(stack).hasResourceProperties(TARGET_GROUP, { Protocol: 'HTTPS', Port: 8443 });
    rendered(stack).hasResourceProperties(LISTENER_RULE, {
      Priority: 10,
      Actions: [Match.objectLike({ Type: 'forward' })],
    });
    rendered(stack).hasResourceProperties(LISTENER, {
      DefaultActions: [Match.objectLike({ Type: 'fixed-response' })],
    });
  });

  test('opens the way to targets that have a security group, on their port only', () => {
    const stack = stackIn('eu-west-1');
    const vpc = vpcIn(stack);
    const instance = new ec2.Instance(stack, 'Instance', {
      vpc,
      vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
      instanceType: new ec2.InstanceType('t4g.micro'),
      machineImage: ec2.MachineImage.genericLinux({ 'eu-west-1': 'ami-1' }),
    });
    const group = new HttpsTargetGroup(stack, 'Group', { vpc });
    group.addTarget({
      attachToApplicationTargetGroup: (targetGroup) => {
        targetGroup.registerConnectable(instance);
        return { targetType: elbv2.TargetType.INSTANCE, targetJson: { id: instance.instanceId } };
      },
    });
    define(stack, { vpc }).addTargetGroup('Shop', { targetGroup: group });
    rendered(stack).hasResourceProperties('AWS::EC2::SecurityGroupEgress', { FromPort: 443, ToPort: 443 });
  });

  test('in clear only with a reason, which the template carries', () => {
    const stack = stackIn('eu-west-1');
    define(stack).addTargets('Ledger', {
      targets: [new IpTarget('10.0.1.2')],
      plaintextTargetsReason: REASON,
    });
    rendered(stack).hasResource(TARGET_GROUP, {
      Metadata: Match.objectLike({ SecureTransmission: { plaintextTargets: REASON } }),
      Properties: { Protocol: 'HTTP', Port: 80 },
    });
  });

  test('to a group of the CDK in clear only with a reason', () => {
    const stack = stackIn('eu-west-1');
    const vpc = vpcIn(stack);
    const targetGroup = new elbv2.ApplicationTargetGroup(stack, 'Group', {
      vpc,
      port: 80,
      targetType: elbv2.TargetType.IP,
    });
    define(stack, { vpc }).addTargetGroup('Ledger', { targetGroup, plaintextTargetsReason: REASON });
    rendered(stack).hasResource(TARGET_GROUP, {
      Metadata: Match.objectLike({ SecureTransmission: { plaintextTargets: REASON } }),
    });
  });

  test('to a Lambda function, which is called over TLS', () => {
    const stack = stackIn('eu-west-1');
    const handler = new lambda.Function(stack, 'Function', {
      runtime: lambda.Runtime.NODEJS_LATEST,
      handler: 'index.handler',
      code: lambda.Code.fromInline('exports.handler = async () => ({ statusCode: 200 })'),
    });
    const targetGroup = new elbv2.ApplicationTargetGroup(stack, 'Group', {
      targets: [new LambdaTarget(handler)],
    });
    expect(() => define(stack).addTargetGroup('Shop', { targetGroup })).not.toThrow();
  });

  test('of an imported load balancer, by conditions', () => {
    const stack = stackIn('eu-west-1');
    const imported = importIn(stack, vpcIn(stack));
    imported.addTargets('Shop', {
      targets: [new IpTarget('10.0.1.1')],
      priority: 10,
      conditions: [elbv2.ListenerCondition.hostHeaders(['shop.example.com'])],
    });
    imported.connections.allowDefaultPortFrom(ec2.Peer.ipv4('192.0.2.0/24'));
    rendered(stack).hasResourceProperties(TARGET_GROUP, { Protocol: 'HTTPS', HealthCheckProtocol: 'HTTPS' });
    rendered(stack).hasResourceProperties(LISTENER_RULE, { ListenerArn: imported.listenerArn });
    rendered(stack).hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
      GroupId: 'sg-1',
      FromPort: 443,
    });
    expect(imported.metricClientTlsNegotiationErrorCount().dimensions).toEqual({
      LoadBalancer: 'app/entry/1',
    });
  });
});

test('an imported load balancer may be known at deployment only', () => {
  const stack = stackIn('eu-west-1');
  const parameter = (id: string) => new CfnParameter(stack, id).valueAsString;
  const imported = TlsLoadBalancer.fromTlsLoadBalancerAttributes(stack, 'Imported', {
    loadBalancerArn: parameter('Arn'),
    listenerArn: parameter('ListenerArn'),
    securityGroupId: parameter('Group'),
    vpc: vpcIn(stack),
  });
  imported.addTargets('Shop', {
    targets: [new IpTarget('10.0.1.1')],
    priority: 10,
    conditions: [elbv2.ListenerCondition.pathPatterns(['/shop/*'])],
  });
  imported.connections.allowDefaultPortFrom(ec2.Peer.ipv4('192.0.2.0/24'));
  rendered(stack).hasResourceProperties(LISTENER_RULE, { ListenerArn: { Ref: 'ListenerArn' } });
  rendered(stack).hasResourceProperties('AWS::EC2::SecurityGroupIngress', { GroupId: { Ref: 'Group' } });
  const { dimensions } = imported.metricClientTlsNegotiationErrorCount();
  expect(JSON.stringify(stack.resolve(dimensions))).toContain('{"Ref":"Arn"}');
});

test('two syntheses of the same load balancer give the same bytes', () => {
  const bytes = () => {
    const stack = stackIn('eu-west-1');
    define(stack, { httpRedirect: true, allowedPeers: [ec2.Peer.anyIpv4()] });
    return JSON.stringify(rendered(stack).toJSON());
  };
  expect(bytes()).toBe(bytes());
});

function importIn(stack: Stack, vpc?: ec2.IVpc) {
  const arn = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333';
  return TlsLoadBalancer.fromTlsLoadBalancerAttributes(stack, 'Imported', {
    loadBalancerArn: `${arn}:loadbalancer/app/entry/1`,
    listenerArn: `${arn}:listener/app/entry/1/2`,
    securityGroupId: 'sg-1',
    vpc,
  });
}
