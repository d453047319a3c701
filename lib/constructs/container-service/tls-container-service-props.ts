import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import type * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as cloudmap from 'aws-cdk-lib/aws-servicediscovery';
import type { ITlsLoadBalancer, RouteProps } from '../load-balancer';
import type { TargetCertificate } from '../target-certificate';

/** Which load balancer sends requests to a service, and which requests. */
export interface ServiceRoute extends Pick<RouteProps, 'priority' | 'conditions'> {
  /** The load balancer. It reaches and health-checks the service over TLS. */
  readonly loadBalancer: ITlsLoadBalancer;
  /**
   * The health check.
   *
   * @default - the path `/health`
   */
  readonly healthCheck?: elbv2.HealthCheck;
}

/** How a service takes part in ECS Service Connect. */
export interface ServiceConnectParticipation {
  /**
   * Where the services find each other.
   *
   * @default - the default namespace of the cluster
   */
  readonly namespace?: cloudmap.INamespace;
  /**
   * The name under which others call it, such as `payments`. It takes a certificate of
   * `TargetCertificate.serviceConnect`.
   *
   * Callers write `http://payments:8443`: the proxy beside them makes TLS of it before it leaves the task.
   *
   * @default - it is not called, and only calls
   */
  readonly dnsName?: string;
}

/** Properties of a `TlsContainerService`. */
export interface TlsContainerServiceProps {
  /** The cluster, whose network it stands in. */
  readonly cluster: ecs.ICluster;
  /**
   * The subnets in which tasks run. They have no public addresses in any of them.
   *
   * @default - the private subnets
   */
  readonly vpcSubnets?: ec2.SubnetSelection;
  /** The image of the container. It serves TLS on the port that the variable `PORT` names. */
  readonly image: ecs.ContainerImage;
  /** Where the certificate comes from with which the container, or the proxy beside it, serves TLS. */
  readonly certificate: TargetCertificate;
  /**
   * The port, from 1024 on, since the container is not root.
   *
   * @default 8443
   */
  readonly port?: number;
  /**
   * Which load balancer sends requests to it.
   *
   * @default - none; see `loadBalancerTarget` for network load balancers
   */
  readonly route?: ServiceRoute;
  /**
   * How it takes part in ECS Service Connect. Without a certificate of it, services can be called, and this
   * one cannot.
   *
   * @default - it does not
   */
  readonly serviceConnect?: ServiceConnectParticipation;
  /**
   * By what tasks reach AWS, on port 443: the endpoints of the network, the prefix list of Amazon S3, or
   * `Peer.anyIpv4()` where there is a NAT gateway. Without the image's registry, CloudWatch Logs and the
   * store of its secrets no task starts.
   *
   * Everything else is closed: `connections` opens it.
   */
  readonly awsEndpoints: ec2.IConnectable[];
  /**
   * Environment variables: none that hold a secret, by its name or its looks, or a reference to one.
   *
   * @default - those of the certificate, and `PORT`
   */
  readonly environment?: Record<string, string>;
  /**
   * Environment variables that are fetched from AWS Secrets Manager or Parameter Store when a task starts.
   *
   * @default - none
   */
  readonly secrets?: Record<string, ecs.Secret>;
  /**
   * What to run in the image.
   *
   * @default - what the image says
   */
  readonly command?: string[];
  /**
   * Who the container runs as: the numbers of a user and a group other than root, whatever the image says.
   *
   * @default '1000:1000'
   */
  readonly user?: string;
  /**
   * Folders that the container may write to; each is empty when a task starts and gone when it ends. They
   * belong to root, unless the Dockerfile gives them to the user and declares them as `VOLUME`.
   *
   * @default - none
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/bind-mounts.html
   */
  readonly writablePaths?: string[];
  /**
   * CPU units: 1024 are one.
   *
   * @default 512
   */
  readonly cpu?: number;
  /**
   * Memory, in MiB, that fits the CPU units.
   *
   * @default 1024
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html#fargate-tasks-size
   */
  readonly memoryLimitMiB?: number;
  /**
   * Processor and operating system: Linux, since containers on Windows cannot be closed in the same way.
   *
   * @default - Linux on X86_64
   */
  readonly runtimePlatform?: ecs.RuntimePlatform;
  /**
   * How many tasks run, unless `autoScaleTaskCount` has them follow the load.
   *
   * @default 2
   */
  readonly desiredCount?: number;
  /**
   * How long logs are kept.
   *
   * @default RetentionDays.THIRTEEN_MONTHS, 400 days, since PCI DSS 10.5.1 asks for twelve months
   */
  readonly logRetention?: logs.RetentionDays;
  /**
   * The key that encrypts the logs. The policy of an imported key is not extended.
   *
   * @default - a new key, rotated every year and retained
   */
  readonly encryptionKey?: kms.IKey;
  /**
   * Why somebody must be able to open a shell in its containers (ECS Exec), as a sentence.
   *
   * Whoever may do so reads what the process does, keys and customers' data included. The root file system
   * has to be writable then. The cluster has to encrypt sessions with a key (`executeCommandConfiguration`;
   * an import has to say so). The reason is written into the template.
   *
   * @default - nobody can
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html
   */
  readonly executeCommandReason?: string;
}
