import { Names } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import type * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { recordLoosening } from '../loosening';
import { type BoundTargetCertificate, DEFAULT_USER } from '../target-certificate';
import { checkService } from './checks';
import { ContainerLog } from './container-log';
import { problemsOfRendered } from './environment';
import {
  DEFAULT_PORT,
  ImportedTlsContainerService,
  type ITlsContainerService,
  type TlsContainerServiceAttributes,
  TlsContainerServiceBase,
} from './tls-container-service-base';
import type { TlsContainerServiceProps } from './tls-container-service-props';

const CONTAINER = 'Target';
/** What the port is called within the task, for Service Connect. */
const PORT_NAME = 'target';
/** What the Metadata of the service calls it when shells can be opened in its containers. */
const EXECUTE_COMMAND = 'executeCommand';

/**
 * Containers on AWS Fargate that are reached over TLS only, or by the proxies of ECS Service Connect.
 *
 * Tasks have no public address, and connect to nobody who was not named; nobody connects to them but the load
 * balancer, until `connections` says otherwise. A container is not root, has no capability of Linux, and
 * writes to no file but where it may. A deployment whose tasks do not become healthy is rolled back.
 *
 * Template and checks see the port that is reached over TLS, and the certificate; that the image serves TLS
 * 1.2 or newer there is up to its code, to which `TargetCertificate` says how.
 */
export class TlsContainerService extends TlsContainerServiceBase implements iam.IGrantable {
  /** A service that another stack or app defines. */
  static fromTlsContainerServiceAttributes(
    scope: Construct,
    id: string,
    attributes: TlsContainerServiceAttributes,
  ): ITlsContainerService {
    return new ImportedTlsContainerService(scope, id, attributes);
  }

  readonly serviceName: string;
  readonly clusterName: string;
  readonly connections: ec2.Connections;
  /** Who its containers are, for permissions. */
  readonly grantPrincipal: iam.IPrincipal;
  /** The service underneath. What is changed there escapes the checks of this construct. */
  readonly service: ecs.FargateService;
  /** The task definition underneath. What is changed there escapes the checks of this construct. */
  readonly taskDefinition: ecs.FargateTaskDefinition;
  /** The container that serves. */
  readonly container: ecs.ContainerDefinition;
  /** What the load balancer sends to, where there is one. */
  readonly targetGroup: elbv2.ApplicationTargetGroup | undefined;
  /** Where its containers write their logs to. */
  readonly logGroup: logs.ILogGroup;
  /** The key that encrypts the logs. */
  readonly encryptionKey: kms.IKey;
  /** The port on which it is reached. */
  readonly port: number;

  constructor(scope: Construct, id: string, props: TlsContainerServiceProps) {
    super(scope, id);
    const { certificate, cluster, route, user = DEFAULT_USER, cpu = 512, memoryLimitMiB = 1024 } = props;
    this.port = props.port ?? DEFAULT_PORT;
    checkService(this, { ...props, port: this.port, user, cpu, memoryLimitMiB });
    this.node.addValidation({ validate: () => problemsOfRendered(this, props.environment ?? {}) });

    const log = new ContainerLog(this, 'Logs', {
      retention: props.logRetention,
      encryptionKey: props.encryptionKey,
    });
    this.logGroup = log.logGroup;
    this.encryptionKey = log.encryptionKey;
    this.taskDefinition = new ecs.FargateTaskDefinition(this, 'TaskDefinition', {
      cpu,
      memoryLimitMiB,
      runtimePlatform: props.runtimePlatform,
    });
    this.grantPrincipal = this.taskDefinition.taskRole;
    this.container = this.createContainer(props, user);
    const bound = certificate.bind(this, {
      container: this.container,
      user,
      logging: this.logDriver('certificate'),
    });

    const securityGroup = new ec2.SecurityGroup(this, 'SecurityGroup', {
      vpc: cluster.vpc,
      description: 'Connections to and from containers',
      allowAllOutbound: false,
    });
    this.connections = new ec2.Connections({
      securityGroups: [securityGroup],
      defaultPort: ec2.Port.tcp(this.port),
    });
    this.service = this.createService(props, securityGroup, bound);
    this.serviceName = this.service.serviceName;
    this.clusterName = cluster.clusterName;
    for (const endpoint of props.awsEndpoints) {
      this.connections.allowTo(endpoint, ec2.Port.tcp(443), 'TLS to services of AWS');
    }
    this.targetGroup = route?.loadBalancer.addTargets(Names.uniqueResourceName(this, { maxLength: 64 }), {
      targets: [this.loadBalancerTarget()],
      port: this.port,
      healthCheck: route.healthCheck ?? { path: '/health' },
      priority: route.priority,
      conditions: route.conditions,
    });
  }

  /** What a network load balancer sends to, with this service among its `targetPeers`. */
  loadBalancerTarget(): ecs.IEcsLoadBalancerTarget {
    return this.service.loadBalancerTarget({
      containerName: this.container.containerName,
      containerPort: this.port,
    });
  }

  /**
   * Has the number of tasks follow the load.
   *
   * The template then names no number, to which every deployment would set it back: `desiredCount` is left out.
   */
  autoScaleTaskCount(props: Parameters<ecs.FargateService['autoScaleTaskCount']>[0]): ecs.ScalableTaskCount {
    (this.service.node.findChild('Service') as ecs.CfnService).desiredCount = undefined;
    return this.service.autoScaleTaskCount(props);
  }

  private createContainer(props: TlsContainerServiceProps, user: string): ecs.ContainerDefinition {
    const linuxParameters = new ecs.LinuxParameters(new Construct(this, CONTAINER), 'Linux', {
      initProcessEnabled: true,
    });
    linuxParameters.dropCapabilities(ecs.Capability.ALL);
    const container = this.taskDefinition.addContainer(CONTAINER, {
      image: props.image,
      command: props.command,
      environment: { ...props.environment, PORT: String(this.port) },
      secrets: props.secrets,
      user,
      privileged: false,
      // The agent of ECS Exec has to write there.
      readonlyRootFilesystem: props.executeCommandReason === undefined,
      linuxParameters,
      logging: this.logDriver('target'),
      portMappings: [
        {
          name: PORT_NAME,
          containerPort: this.port,
          appProtocol: props.certificate.inProxy ? ecs.AppProtocol.http : undefined,
        },
      ],
    });
    (props.writablePaths ?? []).forEach((containerPath, index) => {
      const name = `writable-${index + 1}`;
      this.taskDefinition.addVolume({ name });
      container.addMountPoints({ sourceVolume: name, containerPath, readOnly: false });
    });
    return container;
  }

  private createService(
    props: TlsContainerServiceProps,
    securityGroup: ec2.ISecurityGroup,
    bound: BoundTargetCertificate,
  ): ecs.FargateService {
    const { cluster, desiredCount = 2, vpcSubnets, executeCommandReason } = props;
    const service = new ecs.FargateService(this, 'Service', {
      cluster,
      taskDefinition: this.taskDefinition,
      desiredCount,
      minHealthyPercent: 100,
      maxHealthyPercent: 200,
      circuitBreaker: { enable: true, rollback: true },
      assignPublicIp: false,
      vpcSubnets,
      securityGroups: [securityGroup],
      enableExecuteCommand: executeCommandReason !== undefined,
      propagateTags: ecs.PropagatedTagSource.SERVICE,
      serviceConnectConfiguration: this.serviceConnect(props, bound),
    });
    service.node.addDependency(...bound.dependencies);
    if (executeCommandReason !== undefined) {
      recordLoosening(
        service.node.findChild('Service') as ecs.CfnService,
        EXECUTE_COMMAND,
        executeCommandReason,
      );
    }
    return service;
  }

  private serviceConnect(
    { serviceConnect }: TlsContainerServiceProps,
    { serviceConnectTls }: BoundTargetCertificate,
  ): ecs.ServiceConnectProps | undefined {
    if (serviceConnect === undefined) return undefined;
    const { namespace, dnsName } = serviceConnect;
    return {
      namespace: namespace?.namespaceArn,
      services:
        dnsName === undefined
          ? []
          : [
              {
                portMappingName: PORT_NAME,
                discoveryName: dnsName,
                dnsName,
                port: this.port,
                tls: serviceConnectTls,
              },
            ],
      logDriver: this.logDriver('service-connect'),
      accessLogConfiguration: {
        format: ecs.ServiceConnectAccessLogFormat.JSON,
        // They often hold e-mail addresses and tokens.
        includeQueryParameters: false,
      },
    };
  }

  private logDriver(streamPrefix: string): ecs.LogDriver {
    return ecs.LogDrivers.awsLogs({ logGroup: this.logGroup, streamPrefix });
  }
}
