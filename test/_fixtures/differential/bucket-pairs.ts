import type { Json, JsonMap } from '../../../lib/judge/template';
import { OFF_ON, ON_OFF, type Pair, resource, type Subject, type Values } from './subject';

const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/00000000-1111-2222-3333-444455556666';
const BLOCK = 'PublicAccessBlockConfiguration';
const BLOCK_ALL = {
  BlockPublicAcls: true,
  BlockPublicPolicy: true,
  IgnorePublicAcls: true,
  RestrictPublicBuckets: true,
};
const BLOCK_POLICIES = { BlockPublicAcls: false, BlockPublicPolicy: true, IgnorePublicAcls: false };

const KAFKA = {
  ClusterName: 'shop',
  KafkaVersion: '3.6.0',
  NumberOfBrokerNodes: 2,
  BrokerNodeGroupInfo: { ClientSubnets: ['subnet-1', 'subnet-2'], InstanceType: 'kafka.m7g.large' },
};

const KUBERNETES = {
  RoleArn: 'arn:aws:iam::111122223333:role/eks',
  ResourcesVpcConfig: { SubnetIds: ['subnet-1', 'subnet-2'] },
};

function bucket(axes: Readonly<Record<string, Values>>): Subject {
  return resource('AWS::S3::Bucket', {}, axes);
}

/** A resource whose policy denies plaintext, or does not. */
function denial(type: string, names: JsonMap, Action: string, Resource: Json): Subject {
  return {
    axes: { Effect: ['Deny', 'Allow'], transport: ['false', 'true', undefined] },
    resources: ({ Effect = null, transport }) => ({
      It: { Type: type, Properties: {} },
      Policy: {
        Type: `${type}Policy`,
        Properties: {
          ...names,
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              {
                Effect,
                Principal: { AWS: '*' },
                Action,
                Resource,
                ...(transport === undefined
                  ? {}
                  : { Condition: { Bool: { 'aws:SecureTransport': transport } } }),
              },
            ],
          },
        },
      },
    }),
  };
}

/** Buckets, topics and queues. */
export const BUCKET_PAIRS: readonly Pair[] = [
  {
    theirs: 's3.S3BucketLevelPublicAccessProhibited',
    ours: ['BucketBlocksPublicAccess'],
    subject: bucket({
      [`${BLOCK}.BlockPublicAcls`]: [true, false],
      [`${BLOCK}.BlockPublicPolicy`]: [true, false],
      [`${BLOCK}.IgnorePublicAcls`]: [true, undefined],
      [`${BLOCK}.RestrictPublicBuckets`]: [true, undefined],
    }),
  },
  {
    theirs: 's3.S3BucketLevelPublicAccessProhibited',
    ours: ['BucketBlocksPublicAccess'],
    subject: bucket({
      [BLOCK]: { all: BLOCK_ALL, one: { BlockPublicAcls: true }, absent: undefined },
    }),
  },
  {
    theirs: 's3.S3BucketPublicReadProhibited',
    ours: ['BucketIsNotPublic'],
    subject: bucket({
      [BLOCK]: { all: BLOCK_ALL, 'policies alone': BLOCK_POLICIES, absent: undefined },
      AccessControl: [undefined, 'PublicRead', 'Private'],
    }),
  },
  {
    theirs: 's3.S3BucketPublicWriteProhibited',
    ours: ['BucketIsNotPublic'],
    subject: bucket({
      [BLOCK]: { all: BLOCK_ALL, 'policies alone': BLOCK_POLICIES },
      AccessControl: [undefined, 'PublicReadWrite', 'PublicRead'],
    }),
  },
  {
    theirs: 's3.S3BucketVersioningEnabled',
    ours: ['BucketKeepsVersions'],
    subject: bucket({
      VersioningConfiguration: {
        on: { Status: 'Enabled' },
        suspended: { Status: 'Suspended' },
        absent: undefined,
      },
    }),
  },
  {
    theirs: 's3.S3DefaultEncryptionKMS',
    ours: ['BucketUsesKmsKey'],
    subject: bucket({
      BucketEncryption: {
        'a key': sse({ SSEAlgorithm: 'aws:kms', KMSMasterKeyID: KEY }),
        'the key of S3': sse({ SSEAlgorithm: 'aws:kms' }),
        'two layers': sse({ SSEAlgorithm: 'aws:kms:dsse', KMSMasterKeyID: KEY }),
        'keys of S3': sse({ SSEAlgorithm: 'AES256' }),
        absent: undefined,
      },
    }),
  },
  {
    theirs: 's3.S3BucketLoggingEnabled',
    ours: ['BucketAccessIsLogged'],
    subject: bucket({
      LoggingConfiguration: {
        bucket: { DestinationBucketName: 'logs' },
        prefix: { LogFilePrefix: 'self' },
        absent: undefined,
      },
    }),
  },
  {
    theirs: 's3.S3BucketDefaultLockEnabled',
    ours: ['TrailBucketLocksObjects'],
    subject: {
      relations: ['use', 'ObjectLockEnabled'],
      axes: { ObjectLockEnabled: ON_OFF, use: ['of a trail', 'of something else'] },
      resources: ({ ObjectLockEnabled, use }) => ({
        It: {
          Type: 'AWS::S3::Bucket',
          Properties:
            ObjectLockEnabled !== true
              ? ({ ...(ObjectLockEnabled === undefined ? {} : { ObjectLockEnabled }) } as JsonMap)
              : {
                  ObjectLockEnabled,
                  ObjectLockConfiguration: {
                    ObjectLockEnabled: 'Enabled',
                    Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 365 } },
                  },
                },
        },
        ...(use === 'of a trail'
          ? {
              Trail: {
                Type: 'AWS::CloudTrail::Trail',
                Properties: { IsLogging: true, S3BucketName: { Ref: 'It' } },
              },
            }
          : {}),
      }),
    },
  },
  {
    theirs: 's3.S3BucketSSLRequestsOnly',
    ours: ['BucketDeniesPlaintext'],
    subject: denial('AWS::S3::Bucket', { Bucket: { Ref: 'It' } }, 's3:*', [
      { 'Fn::GetAtt': ['It', 'Arn'] },
      { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['It', 'Arn'] }, '/*']] },
    ]),
  },
  {
    theirs: 'sqs.SQSQueueSSLRequestsOnly',
    ours: ['QueueDeniesPlaintext'],
    subject: denial('AWS::SQS::Queue', { Queues: [{ Ref: 'It' }] }, 'sqs:*', {
      'Fn::GetAtt': ['It', 'Arn'],
    }),
  },
  {
    theirs: 'sns.SNSTopicSSLPublishOnly',
    ours: ['TopicDeniesPlaintext'],
    subject: denial('AWS::SNS::Topic', { Topics: [{ Ref: 'It' }] }, 'sns:Publish', {
      Ref: 'It',
    }),
  },
  {
    theirs: 'sqs.SQSQueueSSE',
    ours: ['StoreIsEncrypted'],
    subject: resource(
      'AWS::SQS::Queue',
      {},
      { SqsManagedSseEnabled: ON_OFF, KmsMasterKeyId: [undefined, 'alias/shop'] },
    ),
  },
  {
    theirs: 'sns.SNSEncryptedKMS',
    ours: ['StoreIsEncrypted'],
    subject: resource('AWS::SNS::Topic', {}, { KmsMasterKeyId: ['alias/shop', undefined] }),
  },
  {
    theirs: 'msk.MSKBrokerToBrokerTLS',
    ours: ['KafkaBrokersUseTls'],
    subject: resource('AWS::MSK::Cluster', KAFKA, { 'EncryptionInfo.EncryptionInTransit.InCluster': ON_OFF }),
  },
  {
    theirs: 'msk.MSKClientToBrokerTLS',
    ours: ['KafkaClientsRequireTls'],
    subject: resource('AWS::MSK::Cluster', KAFKA, {
      'EncryptionInfo.EncryptionInTransit.ClientBroker': ['TLS', 'TLS_PLAINTEXT', 'PLAINTEXT', undefined],
    }),
  },
  {
    theirs: 'ec2.EC2EBSVolumeEncrypted',
    ours: ['VolumeIsEncrypted'],
    subject: resource(
      'AWS::EC2::Volume',
      { AvailabilityZone: 'eu-west-1a', Size: 10 },
      { Encrypted: ON_OFF },
    ),
  },
  {
    theirs: 'lambda.LambdaFunctionPublicAccessProhibited',
    ours: ['FunctionIsNotPublic'],
    subject: resource(
      'AWS::Lambda::Permission',
      { FunctionName: 'shop', Action: 'lambda:InvokeFunction' },
      {
        Principal: ['s3.amazonaws.com', '*', '111122223333'],
        SourceAccount: ['111122223333', undefined],
        SourceArn: [undefined, 'arn:aws:s3:::shop'],
      },
    ),
  },
  {
    theirs: 'lambda.LambdaFunctionUrlAuth',
    ours: ['FunctionUrlIsAuthenticated'],
    subject: resource(
      'AWS::Lambda::Url',
      { TargetFunctionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:shop' },
      { AuthType: ['AWS_IAM', 'NONE'] },
    ),
  },
  {
    theirs: 'eks.EKSClusterNoEndpointPublicAccess',
    ours: ['ClusterEndpointIsPrivate'],
    subject: resource('AWS::EKS::Cluster', KUBERNETES, { 'ResourcesVpcConfig.EndpointPublicAccess': OFF_ON }),
  },
  {
    theirs: 'eks.EKSClusterControlPlaneLogs',
    ours: ['ClusterLogsControlPlane'],
    subject: resource('AWS::EKS::Cluster', KUBERNETES, {
      'Logging.ClusterLogging.EnabledTypes': {
        all: ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'].map((Type) => ({ Type })),
        'audit and authenticator': ['audit', 'authenticator'].map((Type) => ({ Type })),
        audit: [{ Type: 'audit' }],
        absent: undefined,
      },
    }),
  },
];

function sse(ServerSideEncryptionByDefault: { [name: string]: string }) {
  return { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault }] };
}
