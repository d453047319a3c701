import { Annotations, type Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as beanstalk from 'aws-cdk-lib/aws-elasticbeanstalk';
import * as emr from 'aws-cdk-lib/aws-emr';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { PrivateNetwork } from 'cdk-secure-transmission';
import { samplesOf } from './passing-code';

/** A Kubernetes cluster that is reached from its network only, and logs who does what. */
export function kubernetes(stack: Stack): void {
  // #region kubernetes
  const { vpc } = new PrivateNetwork(stack, 'Network');
  new eks.Cluster(stack, 'Shop', {
    version: eks.KubernetesVersion.V1_36,
    vpc,
    vpcSubnets: [{ subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
    endpointAccess: eks.EndpointAccess.PRIVATE,
    clusterLogging: [
      eks.ClusterLoggingTypes.API,
      eks.ClusterLoggingTypes.AUDIT,
      eks.ClusterLoggingTypes.AUTHENTICATOR,
      eks.ClusterLoggingTypes.CONTROLLER_MANAGER,
      eks.ClusterLoggingTypes.SCHEDULER,
    ],
    secretsEncryptionKey: new kms.Key(stack, 'Secrets', { enableKeyRotation: true }),
  });
  // #endregion kubernetes
  // Nothing here needs kubectl, which would need endpoints in the network.
  Annotations.of(stack).acknowledgeWarning('@aws-cdk/aws-eks:isolatedSubnetsForKubectlPrivateSubnets');
}

/** Containers whose credentials are a role, and whose secrets are fetched when they start. */
export function fargate(stack: Stack): void {
  // #region fargate
  const { vpc } = new PrivateNetwork(stack, 'Network');
  const definition = new ecs.FargateTaskDefinition(stack, 'Definition', { cpu: 512, memoryLimitMiB: 1024 });
  definition.addContainer('Shop', {
    image: ecs.ContainerImage.fromEcrRepository(
      ecr.Repository.fromRepositoryName(stack, 'Images', 'shop'),
      '1.4.2',
    ),
    readonlyRootFilesystem: true,
    user: '1000',
    environment: { PARCELS_API: 'https://api.parcels.example' },
    secrets: {
      PARCELS_KEY: ecs.Secret.fromSecretsManager(new secretsmanager.Secret(stack, 'ParcelsKey')),
    },
    logging: ecs.LogDrivers.awsLogs({ streamPrefix: 'shop' }),
  });
  new ecs.FargateService(stack, 'Service', {
    cluster: new ecs.Cluster(stack, 'Cluster', { vpc }),
    taskDefinition: definition,
    platformVersion: ecs.FargatePlatformVersion.LATEST,
    circuitBreaker: { rollback: true },
    minHealthyPercent: 100,
  });
  // #endregion fargate
}

/** Nodes that encrypt what they tell each other, and ask by Kerberos who is there. */
export function analysisCluster(stack: Stack): void {
  // #region analysisCluster
  const { vpc } = new PrivateNetwork(stack, 'Network');
  const password = new secretsmanager.Secret(stack, 'KerberosPassword');
  const configuration = new emr.CfnSecurityConfiguration(stack, 'Configuration', {
    securityConfiguration: {
      EncryptionConfiguration: {
        EnableInTransitEncryption: true,
        InTransitEncryptionConfiguration: {
          TLSCertificateConfiguration: {
            CertificateProviderType: 'PEM',
            S3Object: 's3://certificates-of-shop/nodes.zip',
          },
        },
        EnableAtRestEncryption: true,
        AtRestEncryptionConfiguration: {
          S3EncryptionConfiguration: { EncryptionMode: 'SSE-S3' },
          LocalDiskEncryptionConfiguration: {
            EncryptionKeyProviderType: 'AwsKms',
            AwsKmsKey: new kms.Key(stack, 'Key', { enableKeyRotation: true }).keyArn,
          },
        },
      },
      AuthenticationConfiguration: {
        KerberosConfiguration: {
          Provider: 'ClusterDedicatedKdc',
          ClusterDedicatedKdcConfiguration: { TicketLifetimeInHours: 24 },
        },
      },
    },
  });
  new emr.CfnCluster(stack, 'Analysis', {
    name: 'analysis',
    releaseLabel: 'emr-7.10.0',
    jobFlowRole: 'EMR_EC2_DefaultRole',
    serviceRole: 'EMR_DefaultRole_V2',
    securityConfiguration: configuration.ref,
    kerberosAttributes: {
      realm: 'EC2.INTERNAL',
      kdcAdminPassword: password.secretValue.unsafeUnwrap(),
    },
    instances: {
      ec2SubnetId: vpc.isolatedSubnets[0]?.subnetId,
      masterInstanceGroup: { instanceCount: 1, instanceType: 'm7g.xlarge' },
      coreInstanceGroup: { instanceCount: 2, instanceType: 'm7g.xlarge' },
    },
  });
  // #endregion analysisCluster
}

/** An environment that keeps its logs and updates itself. */
export function elasticBeanstalk(stack: Stack): void {
  // #region elasticBeanstalk
  const on = (namespace: string, optionName: string) => ({ namespace, optionName, value: 'true' });
  new beanstalk.CfnEnvironment(stack, 'Blog', {
    applicationName: 'blog',
    solutionStackName: '64bit Amazon Linux 2023 v6.6.4 running Node.js 22',
    optionSettings: [
      on('aws:elasticbeanstalk:cloudwatch:logs', 'StreamLogs'),
      on('aws:elasticbeanstalk:managedactions', 'ManagedActionsEnabled'),
      {
        namespace: 'aws:elasticbeanstalk:managedactions',
        optionName: 'PreferredStartTime',
        value: 'Sun:03:00',
      },
      {
        namespace: 'aws:elasticbeanstalk:managedactions:platformupdate',
        optionName: 'UpdateLevel',
        value: 'minor',
      },
      {
        namespace: 'aws:elasticbeanstalk:healthreporting:system',
        optionName: 'SystemType',
        value: 'enhanced',
      },
    ],
  });
  // #endregion elasticBeanstalk
}

/** Samples of this file. */
export const CLUSTERS = samplesOf('clusters.ts', {
  'A Kubernetes cluster': { kubernetes },
  'A container with secrets': { fargate },
  'A cluster for analysis': { analysisCluster },
  'An environment of Elastic Beanstalk': { elasticBeanstalk },
});
