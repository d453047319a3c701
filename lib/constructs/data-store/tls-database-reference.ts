import { type IResource, Resource, Stack, Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as rds from 'aws-cdk-lib/aws-rds';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { invalidProperty } from '../invalid-property';
import { clientEnvironmentFor, type DatabaseClientOptions } from './database-client';

/** A cluster of Aurora PostgreSQL that speaks TLS only. */
export interface ITlsDatabase extends IResource, ec2.IConnectable {
  /**
   * The identifier of the cluster.
   *
   * @attribute
   */
  readonly clusterIdentifier: string;
  /** Where reads and writes go. */
  readonly clusterEndpoint: rds.Endpoint;
  /** Where reads go that may be a moment old. */
  readonly clusterReadEndpoint: rds.Endpoint;
  /** The cluster underneath. What is changed there escapes the checks of this construct. */
  readonly cluster: rds.IDatabaseCluster;
  /** Name and password of the master user; absent where they are not known. */
  readonly credentials?: secretsmanager.ISecret;

  /**
   * Lets a principal connect as a user of the database, with a token of IAM in place of a password. The user needs the
   * role `rds_iam` in the database.
   *
   * @throws where the user is not one name
   */
  grantConnect(grantee: iam.IGrantable, user: string): iam.Grant;
  /**
   * Lets a principal read the password of the master user, who may do nearly everything: meant for migrations.
   *
   * RDS replaces it every seven days, so it has to be read for each connection, and not be put into an environment.
   */
  grantReadCredentials(grantee: iam.IGrantable): iam.Grant;
  /**
   * The environment of a client built on libpq, by which its connection is encrypted and authenticated. It holds no
   * secret.
   *
   * The image needs the certificates of RDS, such as by
   * `ADD https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem /opt/rds/global-bundle.pem`, checked in or
   * with a `--checksum`; China and GovCloud have bundles of their own. Clients that do not read the variables have to be
   * told: `pg` of Node.js `ssl: { ca, rejectUnauthorized: true }`, JDBC `sslmode=verify-full&sslrootcert=`.
   *
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/UsingWithRDS.SSL.html
   */
  clientEnvironment(options?: DatabaseClientOptions): Record<string, string>;
  /** A metric of the cluster. */
  metric(metricName: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric;
  /** Connections that are open. */
  metricDatabaseConnections(options?: cloudwatch.MetricOptions): cloudwatch.Metric;
  /** How much of its largest capacity the cluster uses, in percent: at 100 it cannot grow. Serverless instances only. */
  metricCapacityUtilization(options?: cloudwatch.MetricOptions): cloudwatch.Metric;
}

/** What identifies a database that exists already. */
export interface TlsDatabaseAttributes {
  /** The identifier of the cluster. */
  readonly clusterIdentifier: string;
  /** The host that takes reads and writes. */
  readonly clusterEndpointAddress: string;
  /**
   * The host that takes reads.
   *
   * @default - the one that takes writes too
   */
  readonly readerEndpointAddress?: string;
  /** The port of both. */
  readonly port: number;
  /** The id of its security group. */
  readonly securityGroupId: string;
  /**
   * The id that IAM knows the cluster by, such as `cluster-ABCDEFGHIJKLMNOPQRSTUVWXYZ`.
   *
   * @default - `grantConnect` cannot be used
   */
  readonly clusterResourceIdentifier?: string;
  /**
   * The name of the database that was made with the cluster.
   *
   * @default 'postgres'
   */
  readonly databaseName?: string;
  /**
   * Name and password of the master user, with the key that encrypts them.
   *
   * @default - `grantReadCredentials` cannot be used
   */
  readonly credentials?: secretsmanager.ISecret;
}

/** What databases have in common, whoever made them. */
export abstract class TlsDatabaseBase extends Resource implements ITlsDatabase {
  abstract readonly clusterIdentifier: string;
  abstract readonly clusterEndpoint: rds.Endpoint;
  abstract readonly clusterReadEndpoint: rds.Endpoint;
  abstract readonly cluster: rds.IDatabaseCluster;
  abstract readonly connections: ec2.Connections;
  abstract readonly credentials?: secretsmanager.ISecret;
  /** What IAM knows the cluster by; absent where it is not known. */
  protected abstract readonly clusterResourceIdentifier: string | undefined;
  protected abstract readonly databaseName: string | undefined;

  grantConnect(grantee: iam.IGrantable, user: string): iam.Grant {
    if (this.clusterResourceIdentifier === undefined) {
      throw invalidProperty(
        this,
        "'clusterResourceIdentifier' must be among the attributes of an imported database to let anybody connect",
      );
    }
    if (!Token.isUnresolved(user) && !/^[^*?\s]+$/.test(user)) {
      throw invalidProperty(
        this,
        `'user' must be the name of one user of the database, got ${JSON.stringify(user.slice(0, 80))}, grant each of several`,
      );
    }
    return this.cluster.grantConnect(grantee, user);
  }

  grantReadCredentials(grantee: iam.IGrantable): iam.Grant {
    if (this.credentials !== undefined) return grantRead(grantee, this.credentials);
    throw invalidProperty(
      this,
      "'credentials' must be among the attributes of an imported database to let anybody read them",
    );
  }

  clientEnvironment(options: DatabaseClientOptions = {}): Record<string, string> {
    const { hostname, port } = options.readOnly ? this.clusterReadEndpoint : this.clusterEndpoint;
    const address = {
      host: hostname,
      port: Token.isUnresolved(port) ? Token.asString(port) : String(port),
      databaseName: this.databaseName ?? 'postgres',
    };
    return clientEnvironmentFor(this, address, options);
  }

  metric(metricName: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return new cloudwatch.Metric({
      namespace: 'AWS/RDS',
      metricName,
      dimensionsMap: { DBClusterIdentifier: this.clusterIdentifier },
      ...options,
    }).attachTo(this);
  }

  metricDatabaseConnections(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('DatabaseConnections', { statistic: cloudwatch.Stats.MAXIMUM, ...options });
  }

  metricCapacityUtilization(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('ACUUtilization', { statistic: cloudwatch.Stats.MAXIMUM, ...options });
  }
}

/**
 * Lets a principal of this account read a secret.
 *
 * Not by `grantRead` of the secret: that names the principal in the policy of the key, so that the stack of the
 * database would come to need that of its clients, which need the database.
 */
function grantRead(grantee: iam.IGrantable, secret: secretsmanager.ISecret): iam.Grant {
  const { encryptionKey, secretFullArn = `${secret.secretArn}-??????` } = secret;
  const read = iam.Grant.addToPrincipal({
    grantee,
    actions: ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'],
    resourceArns: [secretFullArn],
  });
  if (encryptionKey === undefined) return read;
  const { region } = Stack.of(secret);
  return read.combine(
    iam.Grant.addToPrincipal({
      grantee,
      actions: ['kms:Decrypt'],
      resourceArns: [encryptionKey.keyArn],
      conditions: { StringEquals: { 'kms:ViaService': `secretsmanager.${region}.amazonaws.com` } },
    }),
  );
}

/** A database that exists already. */
export class ImportedTlsDatabase extends TlsDatabaseBase {
  readonly clusterIdentifier: string;
  readonly clusterEndpoint: rds.Endpoint;
  readonly clusterReadEndpoint: rds.Endpoint;
  readonly cluster: rds.IDatabaseCluster;
  readonly connections: ec2.Connections;
  readonly credentials?: secretsmanager.ISecret;
  protected readonly clusterResourceIdentifier: string | undefined;
  protected readonly databaseName: string | undefined;

  constructor(scope: Construct, id: string, attributes: TlsDatabaseAttributes) {
    super(scope, id);
    const { port, securityGroupId, clusterEndpointAddress } = attributes;
    const readerEndpointAddress = attributes.readerEndpointAddress ?? clusterEndpointAddress;
    const securityGroup = ec2.SecurityGroup.fromSecurityGroupId(this, 'SecurityGroup', securityGroupId);
    this.clusterIdentifier = attributes.clusterIdentifier;
    this.clusterEndpoint = new rds.Endpoint(clusterEndpointAddress, port);
    this.clusterReadEndpoint = new rds.Endpoint(readerEndpointAddress, port);
    this.clusterResourceIdentifier = attributes.clusterResourceIdentifier;
    this.databaseName = attributes.databaseName;
    this.credentials = attributes.credentials;
    this.cluster = rds.DatabaseCluster.fromDatabaseClusterAttributes(this, 'Cluster', {
      clusterIdentifier: this.clusterIdentifier,
      clusterResourceIdentifier: attributes.clusterResourceIdentifier,
      clusterEndpointAddress,
      readerEndpointAddress,
      port,
      securityGroups: [securityGroup],
    });
    this.connections = new ec2.Connections({
      securityGroups: [securityGroup],
      defaultPort: ec2.Port.tcp(port),
    });
  }
}
