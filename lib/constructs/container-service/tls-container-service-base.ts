import { type IResource, Resource } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';

/** A service of containers that are reached over TLS only. */
export interface ITlsContainerService extends IResource, ec2.IConnectable {
  /**
   * The name of the service.
   *
   * @attribute
   */
  readonly serviceName: string;
  /**
   * The name of its cluster.
   *
   * @attribute
   */
  readonly clusterName: string;

  /** A metric of the service, of the namespace AWS/ECS. */
  metric(metricName: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric;
  /** The share of its CPU that is in use, in per cent. */
  metricCpuUtilization(options?: cloudwatch.MetricOptions): cloudwatch.Metric;
  /** The share of its memory that is in use, in per cent. */
  metricMemoryUtilization(options?: cloudwatch.MetricOptions): cloudwatch.Metric;
}

/** What identifies a service that exists already. */
export interface TlsContainerServiceAttributes {
  /** The name of the service. */
  readonly serviceName: string;
  /** The name of its cluster. */
  readonly clusterName: string;
  /** The id of its security group. */
  readonly securityGroupId: string;
  /**
   * The port on which it speaks TLS.
   *
   * @default 8443
   */
  readonly port?: number;
}

/** What a service can do whether it is defined here or elsewhere. */
export abstract class TlsContainerServiceBase extends Resource implements ITlsContainerService {
  abstract readonly serviceName: string;
  abstract readonly clusterName: string;
  abstract readonly connections: ec2.Connections;

  metric(metricName: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return new cloudwatch.Metric({
      namespace: 'AWS/ECS',
      metricName,
      dimensionsMap: { ClusterName: this.clusterName, ServiceName: this.serviceName },
      ...options,
    }).attachTo(this);
  }

  metricCpuUtilization(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('CPUUtilization', { statistic: cloudwatch.Stats.AVERAGE, ...options });
  }

  metricMemoryUtilization(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('MemoryUtilization', { statistic: cloudwatch.Stats.AVERAGE, ...options });
  }
}

/** The port of services that say nothing else. */
export const DEFAULT_PORT = 8443;

/** A service that another stack or app defines. */
export class ImportedTlsContainerService extends TlsContainerServiceBase {
  readonly serviceName: string;
  readonly clusterName: string;
  readonly connections: ec2.Connections;

  constructor(scope: Construct, id: string, attributes: TlsContainerServiceAttributes) {
    super(scope, id);
    this.serviceName = attributes.serviceName;
    this.clusterName = attributes.clusterName;
    this.connections = new ec2.Connections({
      securityGroups: [
        ec2.SecurityGroup.fromSecurityGroupId(this, 'SecurityGroup', attributes.securityGroupId, {
          // It lets nothing out by itself.
          allowAllOutbound: false,
        }),
      ],
      defaultPort: ec2.Port.tcp(attributes.port ?? DEFAULT_PORT),
    });
  }
}
