import { type App, Stack } from 'aws-cdk-lib';
import { CfnCluster as CfnDaxCluster } from 'aws-cdk-lib/aws-dax';
import { CfnEndpoint } from 'aws-cdk-lib/aws-dms';
import { EbsDeviceVolumeType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { CfnReplicationGroup, CfnServerlessCache } from 'aws-cdk-lib/aws-elasticache';
import { CfnACL, CfnCluster as CfnMemoryDbCluster } from 'aws-cdk-lib/aws-memorydb';
import { CfnCluster as CfnKafkaCluster, CfnServerlessCluster } from 'aws-cdk-lib/aws-msk';
import { Domain, EngineVersion, TLSSecurityPolicy } from 'aws-cdk-lib/aws-opensearchservice';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { ENV, type KnownGood } from './known-good';

const CA = 'arn:aws:dms:eu-west-1:111122223333:cert:AAAA';

function endpoints(stack: Stack, bucket: Bucket): void {
  new CfnEndpoint(stack, 'Source', {
    endpointType: 'source',
    engineName: 'postgres',
    serverName: 'old.example.com',
    port: 5432,
    sslMode: 'verify-full',
    certificateArn: CA,
  });
  new CfnEndpoint(stack, 'Lake', {
    endpointType: 'target',
    engineName: 's3',
    s3Settings: { bucketName: bucket.bucketName, serviceAccessRoleArn: 'arn:aws:iam::111122223333:role/dms' },
  });
  new CfnEndpoint(stack, 'Topics', {
    endpointType: 'target',
    engineName: 'kafka',
    kafkaSettings: { broker: 'b-1.example.com:9094', securityProtocol: 'ssl-encryption' },
  });
}

/** Search, caches, Kafka and migration. */
function build(app: App): void {
  const stack = new Stack(app, 'Caches', { env: ENV });
  const vpc = new Vpc(stack, 'Vpc');
  new Domain(stack, 'Search', {
    version: EngineVersion.OPENSEARCH_2_19,
    vpc,
    enforceHttps: true,
    nodeToNodeEncryption: true,
    encryptionAtRest: { enabled: true },
    tlsSecurityPolicy: TLSSecurityPolicy.TLS_1_2_PFS,
    ebs: { volumeType: EbsDeviceVolumeType.GP3, volumeSize: 20 },
    capacity: { dataNodes: 2 },
    zoneAwareness: { enabled: true },
  });
  new CfnReplicationGroup(stack, 'Redis', {
    replicationGroupDescription: 'sessions',
    engine: 'valkey',
    cacheNodeType: 'cache.m7g.large',
    numCacheClusters: 2,
    atRestEncryptionEnabled: true,
    transitEncryptionEnabled: true,
    transitEncryptionMode: 'required',
    userGroupIds: ['shop'],
  });
  new CfnServerlessCache(stack, 'Serverless', { engine: 'valkey', serverlessCacheName: 'shop' });
  const acl = new CfnACL(stack, 'Acl', { aclName: 'shop', userNames: ['shop'] });
  new CfnMemoryDbCluster(stack, 'Memory', {
    clusterName: 'shop',
    nodeType: 'db.r7g.large',
    aclName: acl.ref,
    tlsEnabled: true,
  });
  new CfnDaxCluster(stack, 'Dax', {
    iamRoleArn: 'arn:aws:iam::111122223333:role/dax',
    nodeType: 'dax.r5.large',
    replicationFactor: 3,
    clusterEndpointEncryptionType: 'TLS',
    sseSpecification: { sseEnabled: true },
  });
  new CfnKafkaCluster(stack, 'Kafka', {
    clusterName: 'shop',
    kafkaVersion: '3.8.x',
    numberOfBrokerNodes: 3,
    brokerNodeGroupInfo: {
      clientSubnets: vpc.selectSubnets().subnetIds,
      instanceType: 'kafka.m7g.large',
    },
    encryptionInfo: { encryptionInTransit: { clientBroker: 'TLS', inCluster: true } },
    clientAuthentication: { sasl: { iam: { enabled: true } }, unauthenticated: { enabled: false } },
  });
  new CfnServerlessCluster(stack, 'KafkaServerless', {
    clusterName: 'shop-serverless',
    clientAuthentication: { sasl: { iam: { enabled: true } } },
    vpcConfigs: [{ subnetIds: vpc.selectSubnets().subnetIds }],
  });
  endpoints(stack, new Bucket(stack, 'Bucket', { enforceSSL: true, minimumTLSVersion: 1.2 }));
}

export const CACHES_AND_STREAMS: KnownGood = { area: 'caches and streams', build, remaining: [] };
