import { type App, Stack } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { ApplicationLoadBalancedFargateService } from 'aws-cdk-lib/aws-ecs-patterns';
import { FileSystem } from 'aws-cdk-lib/aws-efs';
import { CfnCluster } from 'aws-cdk-lib/aws-eks';
import * as elb from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Code, FunctionUrlAuthType, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { ENV, type KnownGood } from './known-good';

const CERTIFICATE = 'arn:aws:acm:eu-west-1:111122223333:certificate/11111111-2222-3333-4444-555555555555';
const AUTHORITY = 'arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/1';

/** What CDK asks for about deployments. */
const DEPLOYMENT = { circuitBreaker: { rollback: true }, minHealthyPercent: 100 };

/** Containers with encrypted ways in, between and to their files; functions with signed URLs; clusters. */
function build(app: App): void {
  const stack = new Stack(app, 'Compute', { env: ENV });
  const vpc = new Vpc(stack, 'Vpc');
  const cluster = new ecs.Cluster(stack, 'Cluster', {
    vpc,
    defaultCloudMapNamespace: { name: 'shop.local' },
  });
  const files = new FileSystem(stack, 'Files', { vpc, encrypted: true });
  const access = files.addAccessPoint('Access');
  const task = new ecs.FargateTaskDefinition(stack, 'Task', {
    volumes: [
      {
        name: 'files',
        efsVolumeConfiguration: {
          fileSystemId: files.fileSystemId,
          transitEncryption: 'ENABLED',
          authorizationConfig: { accessPointId: access.accessPointId, iam: 'ENABLED' },
        },
      },
      { name: 'scratch' },
    ],
  });
  task.addContainer('App', {
    image: ecs.ContainerImage.fromRegistry('public.ecr.aws/docker/library/nginx:stable'),
    portMappings: [{ containerPort: 8443, name: 'app' }],
  });
  const service = new ecs.FargateService(stack, 'Service', {
    cluster,
    taskDefinition: task,
    ...DEPLOYMENT,
    serviceConnectConfiguration: {
      services: [{ portMappingName: 'app', tls: { awsPcaAuthorityArn: AUTHORITY } }],
    },
  });
  const alb = new elb.ApplicationLoadBalancer(stack, 'Alb', { vpc });
  alb
    .addListener('Https', {
      port: 443,
      certificates: [elb.ListenerCertificate.fromArn(CERTIFICATE)],
      sslPolicy: elb.SslPolicy.TLS13_12_RES_PQ,
    })
    .addTargets('Tasks', {
      port: 8443,
      protocol: elb.ApplicationProtocol.HTTPS,
      targets: [service.loadBalancerTarget({ containerName: 'App', containerPort: 8443 })],
      healthCheck: { protocol: elb.Protocol.HTTPS },
    });
  const pattern = new ApplicationLoadBalancedFargateService(stack, 'Pattern', {
    cluster,
    ...DEPLOYMENT,
    taskImageOptions: {
      image: ecs.ContainerImage.fromRegistry('public.ecr.aws/docker/library/nginx:stable'),
      containerPort: 8443,
    },
    certificate: Certificate.fromCertificateArn(stack, 'Imported', CERTIFICATE),
    protocol: elb.ApplicationProtocol.HTTPS,
    targetProtocol: elb.ApplicationProtocol.HTTPS,
    sslPolicy: elb.SslPolicy.TLS13_12_RES_PQ,
    redirectHTTP: true,
  });
  pattern.targetGroup.configureHealthCheck({ protocol: elb.Protocol.HTTPS });

  const fn = new LambdaFunction(stack, 'Function', {
    runtime: Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: Code.fromInline('exports.handler = async () => ({ statusCode: 200 });'),
  });
  fn.addFunctionUrl({ authType: FunctionUrlAuthType.AWS_IAM });
  new CfnCluster(stack, 'Kubernetes', {
    roleArn: 'arn:aws:iam::111122223333:role/eks',
    resourcesVpcConfig: {
      subnetIds: vpc.selectSubnets().subnetIds,
      endpointPublicAccess: false,
      endpointPrivateAccess: true,
    },
  });
}

export const COMPUTE: KnownGood = {
  area: 'compute',
  build,
  remaining: [
    [
      'warning ListenerSendsHsts of Compute/Pattern/LB/PublicListener at ListenerAttributes',
      'the pattern has no property for it, and browsers can reach the listener',
    ],
  ],
};
