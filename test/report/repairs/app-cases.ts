/** Apps of the CDK that break a rule, each in its own way of importing and of writing. */
export interface AppCase {
  readonly rule: string;
  readonly name: string;
  readonly source: string;
}

const app = (rule: string, name: string, imports: string, body: string): AppCase => {
  const lines = body.trim().replace(/^/gm, '    ');
  return {
    rule,
    name,
    source: `import { App, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
${imports}

interface ShopProps extends StackProps {
  readonly name: string;
}

class Shop extends Stack {
  constructor(scope: Construct, id: string, props: ShopProps) {
    super(scope, id, props);
${lines}
  }
}

const app = new App({ outdir: process.env.OUT as string });
new Shop(app, 'Shop', { name: 'shop', env: { region: 'eu-west-1' } });
app.synth();
`,
  };
};

const BALANCER = `
const vpc = new ec2.Vpc(this, 'Network');
const lb = new elbv2.ApplicationLoadBalancer(this, 'Lb', { vpc });
const certificates = [elbv2.ListenerCertificate.fromArn('arn:aws:acm:eu-west-1:111122223333:certificate/1')];
const targets = new elbv2.ApplicationTargetGroup(this, 'Targets', {
  vpc,
  protocol: elbv2.ApplicationProtocol.HTTPS,
  healthCheck: { protocol: elbv2.Protocol.HTTPS },
});
`;
const ELBV2 = `import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';`;
const S3 = `import * as s3 from 'aws-cdk-lib/aws-s3';`;
const SEARCH = `import { Domain, EngineVersion } from 'aws-cdk-lib/aws-opensearchservice';`;
const DISTRIBUTION = `import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';`;
const CERTIFICATE = `acm.Certificate.fromCertificateArn(this, 'Own', 'arn:aws:acm:us-east-1:111122223333:certificate/1')`;

/** One or more for each repair of a construct, in every way in which people import and write. */
export const APP_CASES: readonly AppCase[] = [
  app(
    'ListenerRequiresTls12',
    'by addListener, over several lines',
    ELBV2,
    `${BALANCER}
lb.addListener('Https', {
  port: 443,
  certificates,
  sslPolicy: elbv2.SslPolicy.RECOMMENDED, // old
  defaultTargetGroups: [targets],
});`,
  ),
  app(
    'ListenerRequiresTls12',
    'of a network load balancer, by new',
    `import { Vpc } from 'aws-cdk-lib/aws-ec2';
import {
  ListenerCertificate,
  NetworkListener,
  NetworkLoadBalancer,
  NetworkTargetGroup,
  SslPolicy as Policy,
  Protocol,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';`,
    `
const vpc = new Vpc(this, 'Network');
const targets = new NetworkTargetGroup(this, 'Targets', { vpc, port: 443, protocol: Protocol.TLS });
new NetworkListener(this, 'Https', {
  loadBalancer: new NetworkLoadBalancer(this, 'Lb', { vpc }),
  port: 443,
  protocol: Protocol.TLS,
  certificates: [ListenerCertificate.fromArn('arn:aws:acm:eu-west-1:111122223333:certificate/1')],
  sslPolicy: Policy.TLS12_EXT,
  defaultTargetGroups: [targets],
});`.replace('TLS12_EXT', 'LEGACY'),
  ),
  app(
    'ListenerTlsPolicyIsForwardSecret',
    'of an L1',
    `import { CfnListener } from 'aws-cdk-lib/aws-elasticloadbalancingv2';`,
    `
new CfnListener(this, 'Https', {
  loadBalancerArn: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/lb/1',
  port: 443,
  protocol: 'HTTPS',
  certificates: [{ certificateArn: 'arn:aws:acm:eu-west-1:111122223333:certificate/1' }],
  sslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Ext2-2021-06',
  defaultActions: [{ type: 'fixed-response', fixedResponseConfig: { statusCode: '404' } }],
});`,
  ),
  app(
    'ListenerTlsPolicyIsOnSecurityHubList',
    'with the default of the flag',
    `import { aws_ec2 as ec2, aws_elasticloadbalancingv2 as elbv2 } from 'aws-cdk-lib';`,
    `${BALANCER}
lb.addListener('Https', { port: 443, certificates, sslPolicy: elbv2.SslPolicy.RECOMMENDED_TLS, defaultTargetGroups: [targets] });`,
  ),
  app(
    'ListenerTlsPolicyIsPostQuantum',
    'as cdk.aws_elasticloadbalancingv2',
    `import * as cdk from 'aws-cdk-lib';

const { aws_ec2: ec2, aws_elasticloadbalancingv2: elbv2 } = cdk;`,
    `${BALANCER}
new cdk.aws_elasticloadbalancingv2.ApplicationListener(this, 'Https', {
  loadBalancer: lb, port: 443, certificates, defaultTargetGroups: [targets],
  sslPolicy: cdk.aws_elasticloadbalancingv2.SslPolicy.TLS13_RES });`,
  ),
  app(
    'TargetGroupIsEncrypted',
    'by new',
    ELBV2,
    `${BALANCER}
new elbv2.ApplicationTargetGroup(this, 'Clear', {
  vpc,
  protocol: elbv2.ApplicationProtocol.HTTP,
  healthCheck: { protocol: elbv2.Protocol.HTTPS },
});`,
  ),
  app(
    'TargetGroupIsEncrypted',
    'by addTargets',
    ELBV2,
    `${BALANCER}
const listener = lb.addListener('Https', { port: 443, certificates, sslPolicy: elbv2.SslPolicy.TLS13_12_RES_PQ });
listener.addTargets('Orders', { port: 80, healthCheck: { protocol: elbv2.Protocol.HTTPS } });`,
  ),
  app(
    'HealthCheckIsEncrypted',
    'of an encrypted group',
    ELBV2,
    `${BALANCER.replace('  healthCheck: { protocol: elbv2.Protocol.HTTPS },\n', "  healthCheck: { path: '/health' },\n")}`,
  ),
  app(
    'DistributionServesOnlyTls',
    'by default',
    DISTRIBUTION,
    `
new cloudfront.Distribution(this, 'Site', {
  domainNames: ['shop.example.com'],
  certificate: ${CERTIFICATE},
  minimumProtocolVersion: cloudfront.SecurityPolicyProtocol.TLS_V1_2_2025,
  defaultBehavior: { origin: new HttpOrigin('origin.example.com') },
});`,
  ),
  app(
    'DistributionRequiresTls12',
    'with TLS 1.1',
    DISTRIBUTION,
    `
new cloudfront.Distribution(this, 'Site', {
  domainNames: ['shop.example.com'],
  certificate: ${CERTIFICATE},
  minimumProtocolVersion: cloudfront.SecurityPolicyProtocol.TLS_V1_1_2016,
  defaultBehavior: {
    origin: new HttpOrigin('origin.example.com'),
    viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.HTTPS_ONLY,
  },
});`,
  ),
  app(
    'DistributionTlsPolicyIsForwardSecret',
    'with RSA',
    DISTRIBUTION,
    `
const certificate = ${CERTIFICATE};
new cloudfront.Distribution(this, 'Site', {
  domainNames: ['shop.example.com'], certificate,
  minimumProtocolVersion: cloudfront.SecurityPolicyProtocol.TLS_V1_2_2018,
  defaultBehavior: {
    origin: new HttpOrigin('origin.example.com'),
    viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.HTTPS_ONLY,
  },
});`,
  ),
  app(
    'ApiDomainRequiresTls12',
    'with TLS 1.0',
    `

import { DomainName } from 'aws-cdk-lib/aws-apigateway';import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';`,
    `
new DomainName(this, 'Domain', {
  domainName: 'api.example.com',
  certificate: Certificate.fromCertificateArn(this, 'Own', 'arn:aws:acm:eu-west-1:111122223333:certificate/1'),
});`,
  ),
  app('BucketDeniesPlaintext', 'without properties', S3, `new s3.Bucket(this, 'Data');`),
  app('BucketDeniesPlaintext', 'with an empty object', S3, `new s3.Bucket(this, 'Data', {});`),
  app(
    'BucketDeniesPlaintext',
    'switched off, with a spread before it',
    S3,
    `
const common = { versioned: true };
const bucket = new s3.Bucket(this, 'Data', { ...common, enforceSSL: false });
bucket.grantPublicAccess;`,
  ),
  app(
    'BucketRequiresTls12',
    'with enforceSSL',
    S3,
    `new s3.Bucket(this, 'Data', {\n  enforceSSL: true,\n});`,
  ),
  app(
    'BucketBlocksPublicAccess',
    'with some of it off',
    `import { BlockPublicAccess, Bucket } from 'aws-cdk-lib/aws-s3';`,
    `new Bucket(this, 'Data', { enforceSSL: true, minimumTLSVersion: 1.2, blockPublicAccess: BlockPublicAccess.BLOCK_ACLS });`,
  ),
  app(
    'QueueDeniesPlaintext',
    'by import = require()',
    `import sqs = require('aws-cdk-lib/aws-sqs');`,
    `new sqs.Queue(this, 'Orders', {\n  queueName: props.name\n});`,
  ),
  app(
    'TopicDeniesPlaintext',
    'by require()',
    `const { Topic: Channel } = require('aws-cdk-lib/aws-sns');`,
    `new Channel(this, 'Orders', { 'topicName': props.name, } as object);`,
  ),
  ...[
    'postgres({ version: rds.PostgresEngineVersion.VER_14 })',
    'mysql({ version: rds.MysqlEngineVersion.VER_8_0 })',
  ].map((engine) =>
    app(
      'DatabaseRequiresTls',
      `of ${engine.slice(0, 5)}`,
      `import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as rds from 'aws-cdk-lib/aws-rds';`,
      `
const engine = rds.DatabaseInstanceEngine.${engine};
new rds.DatabaseInstance(this, 'Orders', {
  engine,
  vpc: new ec2.Vpc(this, 'Network'),
  storageEncrypted: true,
});`,
    ),
  ),
  app(
    'DatabaseRequiresTls',
    'of a cluster',
    `import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as rds from 'aws-cdk-lib/aws-rds';`,
    `
new rds.DatabaseCluster(this, 'Orders', {
  engine: rds.DatabaseClusterEngine.auroraPostgres({ version: rds.AuroraPostgresEngineVersion.VER_15_4 }),
  vpc: new ec2.Vpc(this, 'Network'),
  writer: rds.ClusterInstance.serverlessV2('writer'),
  storageEncrypted: true,
});`,
  ),
  app(
    'StoreIsEncrypted',
    'of a database',
    `import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as rds from 'aws-cdk-lib/aws-rds';`,
    `
const engine = rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_16 });
new rds.DatabaseInstance(this, 'Orders', { engine, vpc: new ec2.Vpc(this, 'Network') });`,
  ),
  app(
    'StoreIsEncrypted',
    'of a search domain',
    SEARCH,
    `new Domain(this, 'Search', { version: EngineVersion.OPENSEARCH_2_19, nodeToNodeEncryption: true });`,
  ),
  app(
    'OpenSearchRequiresHttps',
    'by default',
    SEARCH,
    `
new Domain(this, 'Search', {
  version: EngineVersion.OPENSEARCH_2_19,
  // for the shop
});`,
  ),
  app(
    'OpenSearchNodesEncryptTraffic',
    'by default',
    SEARCH,
    `new Domain(this, \`Search\`, { version: EngineVersion.OPENSEARCH_2_19, nodeToNodeEncryption: false });`,
  ),
  app(
    'OpenSearchRequiresTls12',
    'with TLS 1.0',
    SEARCH.replace('}', ', TLSSecurityPolicy }'),
    `
new Domain(this, 'Search', {
  version: EngineVersion.OPENSEARCH_2_19,
  enforceHttps: true,
  tlsSecurityPolicy: TLSSecurityPolicy.TLS_1_0,
});`,
  ),
  app(
    'OpenSearchTlsPolicyIsForwardSecret',
    'with a name that is not imported',
    `import {
  Domain,
  EngineVersion,
} from 'aws-cdk-lib/aws-opensearchservice';`,
    `new Domain(this, 'Search', { version: EngineVersion.OPENSEARCH_2_19, enforceHttps: true });`,
  ),
  app(
    'SesRequiresTls',
    'by default',
    `import { ConfigurationSet } from 'aws-cdk-lib/aws-ses';`,
    `new ConfigurationSet(this, 'Mail');`,
  ),
  app(
    'FileSystemIsEncrypted',
    'switched off',
    `import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as efs from 'aws-cdk-lib/aws-efs';`,
    `new efs.FileSystem(this, 'Files', { vpc: new ec2.Vpc(this, 'Network'), encrypted: false });`,
  ),
  app(
    'VolumeIsEncrypted',
    'by default',
    `import { Size } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';`,
    `new ec2.Volume(this, 'Disk', { availabilityZone: 'eu-west-1a', size: Size.gibibytes(20) });`,
  ),
  app(
    'KeyRotatesWithinAYear',
    'by default',
    `import { Key } from 'aws-cdk-lib/aws-kms';`,
    `new Key(this, 'Key');`,
  ),
  app(
    'LogRetentionEnds',
    'never',
    `import * as logs from 'aws-cdk-lib/aws-logs';`,
    `new logs.LogGroup(this, 'Log', { retention: logs.RetentionDays.INFINITE });`,
  ),
  app(
    'CacheRequiresTls',
    'of an L1',
    `import * as elasticache from 'aws-cdk-lib/aws-elasticache';`,
    `
new elasticache.CfnReplicationGroup(this, 'Sessions', {
  replicationGroupDescription: 'sessions',
  engine: 'valkey',
  cacheNodeType: 'cache.t4g.small',
  atRestEncryptionEnabled: true,
});`,
  ),
  app(
    'KafkaBrokersUseTls',
    'deep in an L1',
    `import { CfnCluster } from 'aws-cdk-lib/aws-msk';`,
    `
new CfnCluster(this, 'Bus', {
  clusterName: 'bus',
  kafkaVersion: '3.8.x',
  numberOfBrokerNodes: 3,
  brokerNodeGroupInfo: { instanceType: 'kafka.m7g.large', clientSubnets: ['a', 'b', 'c'] },
  clientAuthentication: { sasl: { iam: { enabled: true } }, unauthenticated: { enabled: false } },
  encryptionInfo: { encryptionInTransit: { inCluster: false } },
});`,
  ),
];
