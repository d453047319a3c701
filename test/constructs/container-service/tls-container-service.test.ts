import { App, Aws, CfnParameter, Fn, SecretValue, Stack, Token } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import * as acmpca from 'aws-cdk-lib/aws-acmpca';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sm from 'aws-cdk-lib/aws-secretsmanager';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import {
  TlsContainerService,
  type TlsContainerServiceProps,
} from '../../../lib/constructs/container-service';
import { TlsLoadBalancer } from '../../../lib/constructs/load-balancer';
import { TlsNetworkLoadBalancer } from '../../../lib/constructs/network-load-balancer';
import { TargetCertificate } from '../../../lib/constructs/target-certificate';
import { findingsOf, nagErrorsOf } from '../judged';
import { certificateIn, FLAGS, rendered, resourcesOf, stackIn, vpcIn } from '../support';

const TASK = 'AWS::ECS::TaskDefinition';
const SERVICE = 'AWS::ECS::Service';
const TARGET_GROUP = 'AWS::ElasticLoadBalancingV2::TargetGroup';
const MAKER = ecs.ContainerImage.fromRegistry(`registry.example.com/openssl@sha256:${'0'.repeat(64)}`);
const AUTHORITY =
  'arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/11111111-2222-3333-4444-555555555555';
const REASON = 'The on-call engineers take heap dumps until the leak is found.';

function networkOf(stack: Stack): ec2.IVpc {
  return (stack.node.tryFindChild('Vpc') as ec2.Vpc | undefined) ?? vpcIn(stack);
}

function clusterIn(stack: Stack, props: ecs.ClusterProps = {}): ecs.Cluster {
  const existing = stack.node.tryFindChild('Cluster') as ecs.Cluster | undefined;
  const containerInsightsV2 = ecs.ContainerInsights.ENABLED;
  return (
    existing ?? new ecs.Cluster(stack, 'Cluster', { vpc: networkOf(stack), containerInsightsV2, ...props })
  );
}

const meshIn = (stack: Stack) => clusterIn(stack, { defaultCloudMapNamespace: { name: 'shop.internal' } });

function authenticated(stack: Stack): TargetCertificate {
  const id = 'Authority';
  const certificateAuthority =
    (stack.node.tryFindChild(id) as acmpca.ICertificateAuthority | undefined) ??
    acmpca.CertificateAuthority.fromCertificateAuthorityArn(stack, id, AUTHORITY);
  return TargetCertificate.serviceConnect({ certificateAuthority });
}

function balancerIn(stack: Stack): TlsLoadBalancer {
  return new TlsLoadBalancer(stack, 'Entry', { vpc: networkOf(stack), certificate: certificateIn(stack) });
}

function define(
  stack: Stack,
  props: Partial<TlsContainerServiceProps> = {},
  id = 'Shop',
): TlsContainerService {
  return new TlsContainerService(stack, id, {
    cluster: props.cluster ?? clusterIn(stack),
    image: ecs.ContainerImage.fromRegistry('registry.example.com/shop:1'),
    certificate: TargetCertificate.inProcess(),
    awsEndpoints: [ec2.Peer.ipv4('10.0.0.0/16')],
    ...props,
  });
}

function containersOf(stack: Stack): Record<string, Record<string, unknown>> {
  const [task] = Object.values(resourcesOf(stack, TASK));
  const list: Record<string, unknown>[] = task?.Properties.ContainerDefinitions;
  return Object.fromEntries(list.map((each) => [String(each.Name), each]));
}

const refusal = (props: (stack: Stack) => Partial<TlsContainerServiceProps>) => {
  const stack = stackIn('eu-west-1');
  return () => define(stack, props(stack));
};

describe('TlsContainerService', () => {
  test('runs tasks on Fargate in private subnets, without public addresses', () => {
    const stack = stackIn('eu-west-1');
    define(stack);
    const isolated = clusterIn(stack).vpc.isolatedSubnets.map(({ subnetId }) => stack.resolve(subnetId));
    expect(isolated).toHaveLength(2);
    rendered(stack).hasResourceProperties(SERVICE, {
      LaunchType: 'FARGATE',
      DesiredCount: 2,
      NetworkConfiguration: { AwsvpcConfiguration: { AssignPublicIp: 'DISABLED', Subnets: isolated } },
    });
  });

  test('rolls a deployment back whose tasks do not become healthy, and keeps the old ones until then', () => {
    const stack = stackIn('eu-west-1');
    define(stack);
    rendered(stack).hasResourceProperties(SERVICE, {
      DeploymentConfiguration: {
        DeploymentCircuitBreaker: { Enable: true, Rollback: true },
        MinimumHealthyPercent: 100,
        MaximumPercent: 200,
      },
      EnableExecuteCommand: false,
    });
  });

  test('runs a container that is not root, has no capability, and writes nowhere', () => {
    const stack = stackIn('eu-west-1');
    define(stack);
    expect(containersOf(stack).Target).toMatchObject({
      User: '1000:1000',
      Privileged: false,
      ReadonlyRootFilesystem: true,
      LinuxParameters: { Capabilities: { Drop: ['ALL'] }, InitProcessEnabled: true },
      PortMappings: [{ ContainerPort: 8443, Name: 'target', Protocol: 'tcp' }],
    });
    expect(containersOf(stack).Target?.MountPoints).toBeUndefined();
  });

  test('tells the container its port, its variables and where its certificate is', () => {
    const stack = stackIn('eu-west-1');
    define(stack, { port: 9443, environment: { LOG_LEVEL: 'info' } });
    expect(containersOf(stack).Target?.Environment).toEqual([
      { Name: 'LOG_LEVEL', Value: 'info' },
      { Name: 'PORT', Value: '9443' },
      { Name: 'TARGET_TLS_SOURCE', Value: 'process' },
      { Name: 'TARGET_TLS_MIN_VERSION', Value: 'TLSv1.2' },
      { Name: 'TARGET_TLS_VALIDITY_DAYS', Value: '365' },
    ]);
  });

  test('connects to nobody but the ways to AWS that were named, on port 443, and is connected to by nobody', () => {
    const stack = stackIn('eu-west-1');
    define(stack, { awsEndpoints: [ec2.Peer.prefixList('pl-6da54004'), ec2.Peer.ipv4('10.0.0.0/16')] });
    rendered(stack).hasResourceProperties('AWS::EC2::SecurityGroup', {
      GroupDescription: 'Connections to and from containers',
      SecurityGroupIngress: Match.absent(),
      SecurityGroupEgress: [
        Match.objectLike({ CidrIp: '10.0.0.0/16', FromPort: 443, ToPort: 443, IpProtocol: 'tcp' }),
      ],
    });
    rendered(stack).hasResourceProperties('AWS::EC2::SecurityGroupEgress', {
      DestinationPrefixListId: 'pl-6da54004',
      FromPort: 443,
      ToPort: 443,
    });
    rendered(stack).resourceCountIs('AWS::EC2::SecurityGroupEgress', 1);
    rendered(stack).resourceCountIs('AWS::EC2::SecurityGroupIngress', 0);
  });

  test('keeps logs for 400 days, beyond the stack, under a key that CloudWatch Logs may use for log groups here', () => {
    const stack = stackIn('eu-west-1');
    const { logGroup } = define(stack);
    const [key] = Object.keys(resourcesOf(stack, 'AWS::KMS::Key'));
    rendered(stack).hasResource('AWS::Logs::LogGroup', {
      DeletionPolicy: 'Retain',
      Properties: { RetentionInDays: 400, KmsKeyId: { 'Fn::GetAtt': [key, 'Arn'] } },
    });
    rendered(stack).hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Principal: { Service: { 'Fn::Join': ['', ['logs.eu-west-1.', { Ref: 'AWS::URLSuffix' }]] } },
            Condition: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': Match.anyValue() } },
          }),
        ]),
      },
    });
    expect(containersOf(stack).Target).toMatchObject({
      LogConfiguration: {
        LogDriver: 'awslogs',
        Options: { 'awslogs-group': stack.resolve(logGroup.logGroupName), 'awslogs-stream-prefix': 'target' },
      },
    });
  });

  test('takes another retention, key, size, processor, user and command', () => {
    const stack = stackIn('eu-west-1');
    const encryptionKey = new kms.Key(stack, 'OwnKey');
    const service = define(stack, {
      encryptionKey,
      logRetention: logs.RetentionDays.TWO_YEARS,
      cpu: 1024,
      memoryLimitMiB: 4096,
      runtimePlatform: { cpuArchitecture: ecs.CpuArchitecture.ARM64 },
      user: '65532:65532',
      command: ['node', 'server.js'],
      desiredCount: 4,
    });
    expect(service.encryptionKey).toBe(encryptionKey);
    rendered(stack).resourceCountIs('AWS::KMS::Key', 1);
    rendered(stack).hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 731 });
    rendered(stack).hasResourceProperties(TASK, {
      Cpu: '1024',
      Memory: '4096',
      RuntimePlatform: { CpuArchitecture: 'ARM64' },
      ContainerDefinitions: [Match.objectLike({ User: '65532:65532', Command: ['node', 'server.js'] })],
    });
    rendered(stack).hasResourceProperties(SERVICE, { DesiredCount: 4 });
  });

  test('fetches secrets when a task starts, by a role that may read those alone', () => {
    const stack = stackIn('eu-west-1');
    const secret = new sm.Secret(stack, 'Secret');
    define(stack, { secrets: { DB_PASSWORD: ecs.Secret.fromSecretsManager(secret) } });
    const id = { Ref: stack.getLogicalId(secret.node.defaultChild as sm.CfnSecret) };
    expect(containersOf(stack).Target?.Secrets).toEqual([{ Name: 'DB_PASSWORD', ValueFrom: id }]);
    rendered(stack).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Action: ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'],
            Resource: id,
          }),
        ]),
      },
    });
  });

  test('lets the container write to the folders that were named, and nowhere else', () => {
    const stack = stackIn('eu-west-1');
    define(stack, { writablePaths: ['/tmp', '/var/cache/shop'] });
    expect(containersOf(stack).Target).toMatchObject({
      ReadonlyRootFilesystem: true,
      MountPoints: [
        { ContainerPath: '/tmp', ReadOnly: false, SourceVolume: 'writable-1' },
        { ContainerPath: '/var/cache/shop', ReadOnly: false, SourceVolume: 'writable-2' },
      ],
    });
    rendered(stack).hasResourceProperties(TASK, {
      Volumes: [{ Name: 'writable-1' }, { Name: 'writable-2' }],
    });
  });

  test('is who permissions are given to', () => {
    const stack = stackIn('eu-west-1');
    const queue = new sqs.Queue(stack, 'Queue');
    const service = define(stack);
    queue.grantSendMessages(service);
    rendered(stack).hasResourceProperties('AWS::IAM::Policy', {
      Roles: [stack.resolve(service.taskDefinition.taskRole.roleName)],
      PolicyDocument: { Statement: [Match.objectLike({ Action: Match.arrayWith(['sqs:SendMessage']) })] },
    });
  });

  test('follows the load where it is told to, and no deployment sets the number of tasks back', () => {
    const stack = stackIn('eu-west-1');
    define(stack)
      .autoScaleTaskCount({ minCapacity: 2, maxCapacity: 10 })
      .scaleOnCpuUtilization('Cpu', { targetUtilizationPercent: 60 });
    rendered(stack).hasResourceProperties(SERVICE, { DesiredCount: Match.absent() });
    rendered(stack).hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', {
      MinCapacity: 2,
      MaxCapacity: 10,
    });
  });
});

describe('TlsContainerService behind a load balancer', () => {
  test('is reached and health-checked over TLS, by the load balancer alone', () => {
    const stack = stackIn('eu-west-1');
    const { targetGroup } = define(stack, { route: { loadBalancer: balancerIn(stack) } });
    rendered(stack).hasResourceProperties(TARGET_GROUP, {
      Protocol: 'HTTPS',
      Port: 8443,
      TargetType: 'ip',
      HealthCheckProtocol: 'HTTPS',
      HealthCheckPath: '/health',
    });
    rendered(stack).hasResourceProperties(SERVICE, {
      LoadBalancers: [
        {
          ContainerName: 'Target',
          ContainerPort: 8443,
          TargetGroupArn: stack.resolve(targetGroup?.targetGroupArn),
        },
      ],
      HealthCheckGracePeriodSeconds: 60,
    });
    const ports = { FromPort: 8443, ToPort: 8443, IpProtocol: 'tcp' };
    rendered(stack).resourceCountIs('AWS::EC2::SecurityGroupIngress', 1);
    rendered(stack).hasResourceProperties('AWS::EC2::SecurityGroupIngress', ports);
    rendered(stack).resourceCountIs('AWS::EC2::SecurityGroupEgress', 1);
    rendered(stack).hasResourceProperties('AWS::EC2::SecurityGroupEgress', ports);
  });

  test('has the requests of its route, also beside another service of the same id', () => {
    const stack = stackIn('eu-west-1');
    const loadBalancer = balancerIn(stack);
    define(stack, { route: { loadBalancer } }, 'Shop');
    define(
      stack,
      {
        route: {
          loadBalancer,
          priority: 10,
          conditions: [elbv2.ListenerCondition.pathPatterns(['/pay/*'])],
          healthCheck: { path: '/pay/health' },
        },
      },
      'Payments',
    );
    rendered(stack).resourceCountIs(TARGET_GROUP, 2);
    rendered(stack).hasResourceProperties(TARGET_GROUP, { HealthCheckPath: '/pay/health' });
    rendered(stack).hasResourceProperties('AWS::ElasticLoadBalancingV2::ListenerRule', { Priority: 10 });
  });

  test('can stand in another stack than the load balancer, which does not come to need it', () => {
    const app = new App({ context: FLAGS });
    const env = { region: 'eu-west-1' };
    const [edge, shop] = [new Stack(app, 'Edge', { env }), new Stack(app, 'ShopStack', { env })];
    define(shop, { cluster: clusterIn(edge), route: { loadBalancer: balancerIn(edge) } });
    app.synth();
    expect(edge.dependencies).toEqual([]);
    expect(shop.dependencies).toEqual([edge]);
    rendered(edge).hasResourceProperties(TARGET_GROUP, { Protocol: 'HTTPS', Port: 8443 });
  });

  test('can stand in another stack than the network load balancer, which does not come to need it', () => {
    const app = new App({ context: FLAGS });
    const env = { region: 'eu-west-1' };
    const [edge, shop] = [new Stack(app, 'Edge', { env }), new Stack(app, 'ShopStack', { env })];
    const service = define(shop, { cluster: clusterIn(edge) });
    new TlsNetworkLoadBalancer(edge, 'Network', { vpc: networkOf(edge) }).addTlsListener('Tls', {
      certificate: certificateIn(edge),
      targets: [service.loadBalancerTarget()],
      targetPort: service.port,
      targetPeers: [service],
    });
    app.synth();
    expect(edge.dependencies).toEqual([]);
    expect(shop.dependencies).toEqual([edge]);
  });

  test('can stand behind a load balancer that was imported', () => {
    const stack = stackIn('eu-west-1');
    const loadBalancer = TlsLoadBalancer.fromTlsLoadBalancerAttributes(stack, 'Entry', {
      loadBalancerArn: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/entry/1',
      listenerArn: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/entry/1/2',
      securityGroupId: 'sg-12345678',
      vpc: networkOf(stack),
    });
    const conditions = [elbv2.ListenerCondition.pathPatterns(['/shop/*'])];
    define(stack, { route: { loadBalancer, priority: 5, conditions } });
    rendered(stack).hasResourceProperties('AWS::ElasticLoadBalancingV2::ListenerRule', { Priority: 5 });
    rendered(stack).hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
      FromPort: 8443,
      SourceSecurityGroupId: 'sg-12345678',
    });
  });

  test('can stand behind a network load balancer, which reaches it over TLS', () => {
    const stack = stackIn('eu-west-1');
    const service = define(stack);
    const certificate = certificateIn(stack);
    new TlsNetworkLoadBalancer(stack, 'Network', { vpc: networkOf(stack) }).addTlsListener('Tls', {
      certificate,
      targets: [service.loadBalancerTarget()],
      targetPort: service.port,
      targetPeers: [service],
    });
    rendered(stack).hasResourceProperties(TARGET_GROUP, {
      Protocol: 'TLS',
      Port: 8443,
      HealthCheckProtocol: 'HTTPS',
    });
    rendered(stack).hasResourceProperties('AWS::EC2::SecurityGroupIngress', { FromPort: 8443, ToPort: 8443 });
  });
});

describe('TlsContainerService with Service Connect', () => {
  test('is called by its name over TLS with a certificate of the authority, and logs no query', () => {
    const stack = stackIn('eu-west-1');
    define(stack, {
      cluster: meshIn(stack),
      certificate: authenticated(stack),
      serviceConnect: { dnsName: 'payments' },
    });
    rendered(stack).hasResourceProperties(SERVICE, {
      ServiceConnectConfiguration: {
        Enabled: true,
        Services: [
          {
            PortName: 'target',
            DiscoveryName: 'payments',
            ClientAliases: [{ DnsName: 'payments', Port: 8443 }],
            Tls: {
              IssuerCertificateAuthority: { AwsPcaAuthorityArn: AUTHORITY },
              KmsKey: Match.anyValue(),
              RoleArn: Match.anyValue(),
            },
          },
        ],
        AccessLogConfiguration: { Format: 'JSON', IncludeQueryParameters: 'DISABLED' },
        LogConfiguration: Match.objectLike({ LogDriver: 'awslogs' }),
      },
    });
    expect(containersOf(stack).Target).toMatchObject({ PortMappings: [{ AppProtocol: 'http' }] });
  });

  test('waits for what the role of its certificates may do', () => {
    const stack = stackIn('eu-west-1');
    define(stack, {
      cluster: meshIn(stack),
      certificate: authenticated(stack),
      serviceConnect: { dnsName: 'payments' },
    });
    const [service] = Object.values(resourcesOf(stack, SERVICE));
    expect(service?.DependsOn).toEqual(
      expect.arrayContaining([expect.stringMatching(/^ShopTargetCertificateRoleDefaultPolicy/)]),
    );
  });

  test('can call others without being called', () => {
    const stack = stackIn('eu-west-1');
    define(stack, { cluster: meshIn(stack), serviceConnect: {} });
    rendered(stack).hasResourceProperties(SERVICE, {
      ServiceConnectConfiguration: Match.objectLike({ Enabled: true, Services: [] }),
    });
  });
});

describe('TlsContainerService with ECS Exec', () => {
  const encrypted = (stack: Stack) =>
    clusterIn(stack, { executeCommandConfiguration: { kmsKey: new kms.Key(stack, 'Sessions') } });

  test('says why in the template, and has the agent write where it must', () => {
    const stack = stackIn('eu-west-1');
    define(stack, { cluster: encrypted(stack), executeCommandReason: REASON });
    rendered(stack).hasResource(SERVICE, {
      Metadata: { SecureTransmission: { executeCommand: REASON } },
      Properties: { EnableExecuteCommand: true },
    });
    expect(containersOf(stack).Target).toMatchObject({ ReadonlyRootFilesystem: false });
  });

  test('leaves a finding that a waiver has to cover', () => {
    const stack = stackIn('eu-west-1');
    define(stack, { cluster: encrypted(stack), executeCommandReason: REASON });
    expect(findingsOf(stack)).toEqual([
      expect.stringMatching(
        /^warning \S+-LooseningIsWaived ShopService\w+ Metadata\.SecureTransmission\.executeCommand$/,
      ),
    ]);
  });

  test('refuses a cluster whose sessions have no key, and a reason that is none', () => {
    expect(refusal(() => ({ executeCommandReason: REASON }))).toThrow(
      "Stack/Shop: 'executeCommandReason' must stand with a cluster that encrypts sessions, got one without a key, set 'executeCommandConfiguration.kmsKey' of the cluster",
    );
    expect(refusal((stack) => ({ cluster: encrypted(stack), executeCommandReason: 'debugging' }))).toThrow(
      "'executeCommandReason' must be a sentence of 20 to 500 characters",
    );
  });
});

describe('TlsContainerService refuses', () => {
  test.each([80, 443, 1023, 65_536, 8443.5])('the port %d', (port) => {
    expect(refusal(() => ({ port }))).toThrow(
      `Stack/Shop: 'port' must be a whole number from 1024 to 65535, since only root may listen below, got ${port}, leave it out for 8443`,
    );
  });

  test('a port that is an unresolved value', () => {
    expect(refusal(() => ({ port: Token.asNumber({ Ref: 'Port' }) }))).toThrow(
      "'port' must be a literal, since security groups and the container share it, got an unresolved value, name it",
    );
  });

  test('root, whatever the certificate is', () => {
    expect(refusal(() => ({ user: '0:0' }))).toThrow(
      "'user' must be the numbers of a user and a group other than root, such as '1000:1000', got \"0:0\"",
    );
  });

  test('secrets among its environment', () => {
    expect(refusal(() => ({ environment: { DB_PASSWORD: 'hunter2' } }))).toThrow(
      "'environment.DB_PASSWORD' must not hold a secret, got one (its name says that it is a secret), name it in 'secrets'",
    );
  });

  test.each(['tmp', '/', '/tmp/', '/tmp/../etc', '', '/a b'])('the writable path %j', (path) => {
    expect(refusal(() => ({ writablePaths: [path] }))).toThrow(
      `'writablePaths' must hold absolute paths of folders below the root, got ${JSON.stringify(path)}, name one such as '/tmp'`,
    );
  });

  test.each<[string, (stack: Stack) => string, string]>([
    [
      'a secret of Secrets Manager',
      (stack) => new sm.Secret(stack, 'Secret').secretValue.unsafeUnwrap(),
      'a reference that CloudFormation replaces by a secret',
    ],
    [
      'a URL with one',
      (stack) =>
        Fn.join('', ['redis://', new sm.Secret(stack, 'Secret').secretValue.unsafeUnwrap(), '@cache']),
      'a reference that CloudFormation replaces by a secret',
    ],
    [
      'a secure string of Parameter Store',
      () => SecretValue.ssmSecure('shop', '1').unsafeUnwrap(),
      'a reference that CloudFormation replaces by a secret',
    ],
    [
      'a parameter that is not shown',
      (stack) => new CfnParameter(stack, 'Hidden', { noEcho: true }).valueAsString,
      'a parameter with NoEcho',
    ],
    [
      'a password between unresolved values',
      () => Fn.join('', ['postgres://shop:hunter2@', Aws.REGION, '.internal']),
      'a URL with a password',
    ],
  ])('%s among its environment, under any name', (_, value, what) => {
    const stack = stackIn('eu-west-1');
    define(stack, { environment: { SETTINGS: value(stack) } });
    expect(() => rendered(stack)).toThrow(
      `'environment.SETTINGS' must not hold a secret, got one (${what}), name it in 'secrets', which are fetched when a task starts`,
    );
  });

  test('no value that is known at deployment only and is no secret', () => {
    const stack = stackIn('eu-west-1');
    const shown = new CfnParameter(stack, 'Shown').valueAsString;
    new CfnParameter(stack, 'Hidden', { noEcho: true });
    define(stack, {
      environment: { SETTINGS: shown, URL: `https://${shown}:8443/a@b`, KIND: Aws.PARTITION },
    });
    expect(() => rendered(stack)).not.toThrow();
  });

  test.each([['/tmp', '/tmp'], ['/run/target-tls'], ['/run/target-tls/more'], ['/tmp/./a']])(
    'the writable paths %j %j',
    (...writablePaths) => {
      expect(refusal(() => ({ writablePaths }))).toThrow("'writablePaths' must ");
    },
  );

  test.each([
    [
      500,
      1024,
      "'cpu' must be one of 256, 512, 1024, 2048, 4096, 8192, 16384, which AWS Fargate has, got 500",
    ],
    [512, 512, "'memoryLimitMiB' must be from 1024 to 4096 in steps of 1024 with 512 CPU units, got 512"],
    [512, 5120, "'memoryLimitMiB' must be from 1024 to 4096 in steps of 1024 with 512 CPU units, got 5120"],
    [256, 1536, "'memoryLimitMiB' must be 512, 1024, 2048 with 256 CPU units, got 1536"],
    [
      8192,
      18_432,
      "'memoryLimitMiB' must be from 16384 to 61440 in steps of 4096 with 8192 CPU units, got 18432",
    ],
  ])('%d CPU units with %d MiB, which AWS Fargate does not have', (cpu, memoryLimitMiB, message) => {
    expect(refusal(() => ({ cpu, memoryLimitMiB }))).toThrow(message);
  });

  test('Windows, which has neither users by number nor root file systems that are read-only', () => {
    const runtimePlatform = { operatingSystemFamily: ecs.OperatingSystemFamily.WINDOWS_SERVER_2022_CORE };
    expect(refusal(() => ({ runtimePlatform, cpu: 1024, memoryLimitMiB: 2048 }))).toThrow(
      "'runtimePlatform' must be Linux, got WINDOWS_SERVER_2022_CORE, whose containers cannot be closed as this construct does",
    );
  });

  test('to stand without a way to AWS', () => {
    expect(refusal(() => ({ awsEndpoints: [] }))).toThrow(
      "'awsEndpoints' must name at least one way to AWS, got none, without it no task can fetch its image, name the endpoints of the network",
    );
  });

  test('a name in Service Connect without its certificate, and the certificate without a name', () => {
    expect(refusal((stack) => ({ cluster: meshIn(stack), serviceConnect: { dnsName: 'shop' } }))).toThrow(
      "'serviceConnect.dnsName' must be left out without TargetCertificate.serviceConnect, got one, callers would reach it without verifying it, use that certificate",
    );
    expect(refusal((stack) => ({ cluster: meshIn(stack), certificate: authenticated(stack) }))).toThrow(
      "'serviceConnect.dnsName' must be set with TargetCertificate.serviceConnect, got none, name the service as its callers shall call it",
    );
  });

  test.each(['Payments', 'pay.ments', '-pay', ''])('the name %j in Service Connect', (dnsName) => {
    expect(
      refusal((stack) => ({
        cluster: meshIn(stack),
        certificate: authenticated(stack),
        serviceConnect: { dnsName },
      })),
    ).toThrow(
      `'serviceConnect.dnsName' must be 1 to 63 lower-case letters, digits and hyphens, got ${JSON.stringify(dnsName)}, use a name such as 'payments'`,
    );
  });

  test('Service Connect without a namespace', () => {
    expect(refusal(() => ({ serviceConnect: {} }))).toThrow(
      "'serviceConnect.namespace' must be set where the cluster has no default namespace, got none, pass one, or set 'defaultCloudMapNamespace' of the cluster",
    );
  });

  test('a network without private subnets, unless it is told where', () => {
    const publicOnly = (stack: Stack) =>
      new ecs.Cluster(stack, 'PublicCluster', {
        vpc: new ec2.Vpc(stack, 'PublicVpc', {
          subnetConfiguration: [{ name: 'Public', subnetType: ec2.SubnetType.PUBLIC }],
        }),
      });
    expect(refusal((stack) => ({ cluster: publicOnly(stack) }))).toThrow(
      "'cluster' must stand in a network with private subnets, got one without, add them, or name others in 'vpcSubnets'",
    );
    expect(
      refusal((stack) => ({
        cluster: publicOnly(stack),
        vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC },
      })),
    ).not.toThrow();
  });
});

describe('TlsContainerService measures', () => {
  test('CPU and memory of the service, and anything else', () => {
    const stack = stackIn('eu-west-1');
    const service = define(stack);
    expect(service.metricCpuUtilization()).toMatchObject({
      metricName: 'CPUUtilization',
      statistic: 'Average',
    });
    expect(service.metricMemoryUtilization()).toMatchObject({ metricName: 'MemoryUtilization' });
    const metric = service.metric('RunningTaskCount', { statistic: 'Minimum' });
    expect(metric).toMatchObject({
      namespace: 'AWS/ECS',
      metricName: 'RunningTaskCount',
      statistic: 'Minimum',
    });
    expect(Object.keys(metric.dimensions ?? {})).toEqual(['ClusterName', 'ServiceName']);
  });

  test('the same of one that exists already, which can be connected to', () => {
    const stack = stackIn('eu-west-1');
    const service = TlsContainerService.fromTlsContainerServiceAttributes(stack, 'Shop', {
      serviceName: 'shop',
      clusterName: 'main',
      securityGroupId: 'sg-12345678',
    });
    expect(service.metricCpuUtilization().dimensions).toEqual({ ClusterName: 'main', ServiceName: 'shop' });
    service.connections.allowDefaultPortFrom(ec2.Peer.ipv4('10.0.0.0/16'));
    rendered(stack).hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
      GroupId: 'sg-12345678',
      FromPort: 8443,
      CidrIp: '10.0.0.0/16',
    });
  });
});

describe('TlsContainerService, judged', () => {
  /** What is there besides, so that the lists below hold what is the service's. */
  const surroundings = (stack: Stack) => {
    const vpc = networkOf(stack) as ec2.Vpc;
    vpc.addFlowLog('FlowLog');
    return balancerIn(stack);
  };

  test.each([
    ['a certificate made at container start', () => TargetCertificate.atContainerStart({ image: MAKER })],
    ['a certificate made in process', () => TargetCertificate.inProcess()],
  ])('has no finding of ours, with %s', (_, certificate) => {
    const stack = stackIn('eu-west-1');
    define(stack, { certificate: certificate(), route: { loadBalancer: surroundings(stack) } });
    expect(findingsOf(stack)).toEqual([]);
  });

  test('has no finding of ours with certificates of Service Connect', () => {
    const stack = stackIn('eu-west-1');
    const loadBalancer = surroundings(stack);
    const cluster = meshIn(stack);
    define(stack, {
      cluster,
      certificate: authenticated(stack),
      serviceConnect: { dnsName: 'shop' },
      route: { loadBalancer },
    });
    expect(findingsOf(stack)).toEqual([]);
  });

  /** The variables say where the certificate is and that TLS 1.2 is the least: no secret, and those are refused. */
  const VARIABLES = 'AwsSolutions-ECS2';

  test.each([
    ['made at container start', () => TargetCertificate.atContainerStart({ image: MAKER })],
    ['made in process', () => TargetCertificate.inProcess()],
  ])('has one error of cdk-nag, about variables, with a certificate %s', (_, certificate) => {
    const stack = stackIn('eu-west-1');
    const loadBalancer = surroundings(stack);
    const service = define(stack, { certificate: certificate(), route: { loadBalancer } });
    expect(nagErrorsOf(service)).toEqual([VARIABLES]);
  });

  test('has these errors of cdk-nag with certificates of Service Connect', () => {
    const stack = stackIn('eu-west-1');
    const service = define(stack, {
      cluster: meshIn(stack),
      certificate: authenticated(stack),
      serviceConnect: { dnsName: 'shop' },
    });
    expect(nagErrorsOf(service)).toEqual([
      VARIABLES,
      // AWS changes what ECS needs to have certificates signed, and names this policy for it.
      'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonECSInfrastructureRolePolicyForServiceConnectTransportLayerSecurity]',
      // On one key: GenerateDataKey and GenerateDataKeyPair, ReEncryptFrom and ReEncryptTo.
      'AwsSolutions-IAM5[Action::kms:GenerateDataKey*]',
      'AwsSolutions-IAM5[Action::kms:ReEncrypt*]',
    ]);
  });

  test('has a finding of ours when Service Connect loses its TLS by an override', () => {
    const stack = stackIn('eu-west-1');
    const { service } = define(stack, {
      cluster: meshIn(stack),
      certificate: authenticated(stack),
      serviceConnect: { dnsName: 'shop' },
    });
    const resource = service.node.findChild('Service') as ecs.CfnService;
    resource.addPropertyDeletionOverride('ServiceConnectConfiguration.Services.0.Tls');
    expect(findingsOf(stack)).toEqual([
      expect.stringMatching(
        /^error TransmissionChecks-ServiceConnectUsesTls ShopService\w+ Properties\.ServiceConnectConfiguration\.Services\.0\.Tls$/,
      ),
    ]);
  });
});
