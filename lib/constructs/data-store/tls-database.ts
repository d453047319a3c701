import { Duration, RemovalPolicy, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as rds from 'aws-cdk-lib/aws-rds';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { customerKey } from '../customer-key';
import { invalidProperty } from '../invalid-property';
import { dataSubnets } from './data-subnets';
import { checkDatabaseName, clusterIdentifierFor } from './database-identifier';
import { databaseLogGroups, EXPORTED_LOGS } from './database-logs';
import { databaseParameters } from './database-parameters';
import type { TlsDatabaseProps } from './tls-database-props';
import {
  ImportedTlsDatabase,
  type ITlsDatabase,
  type TlsDatabaseAttributes,
  TlsDatabaseBase,
} from './tls-database-reference';

const DEFAULT_PORT = 5433;
const LOWEST_PORT = 1150;
const HIGHEST_PORT = 65_535;
const SHORTEST_BACKUP = Duration.days(7);
const LONGEST_BACKUP = Duration.days(35);
const MOST_READERS = 15;
/** What keeps a cluster that leaves the stack. */
const KEEPING: readonly RemovalPolicy[] = [RemovalPolicy.RETAIN, RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE];
/** Authorities whose certificates have run out. */
const EXPIRED_AUTHORITIES = /^rds-ca-20\d\d$/;

/**
 * A cluster of Aurora PostgreSQL that speaks TLS 1.2 or newer only, in subnets that the internet does not reach.
 *
 * Plaintext and older versions are refused by its parameter group, nobody may connect until `connections` says so, and
 * the log tells of each connection how it was encrypted. Storage, backups, logs and the password are encrypted with a
 * key of the account. RDS makes the password, keeps it in Secrets Manager and replaces it every seven days, without a
 * function of this account; apps do without by `grantConnect`. Cluster, logs and key outlive the stack.
 *
 * Clients of another stack open the way themselves, by `client.connections.allowToDefaultPort(database)`: the other way
 * round, two stacks would need one another.
 *
 * A client is sure whom it talks to only where it verifies the certificate: see `clientEnvironment`. With anything below
 * `sslmode=verify-full` the hop is encrypted and not authenticated.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/rds-secrets-manager.html
 */
export class TlsDatabase extends TlsDatabaseBase {
  /** A database that exists already. Its parameters stay as they are. */
  static fromTlsDatabaseAttributes(
    scope: Construct,
    id: string,
    attributes: TlsDatabaseAttributes,
  ): ITlsDatabase {
    return new ImportedTlsDatabase(scope, id, attributes);
  }

  readonly clusterIdentifier: string;
  readonly clusterEndpoint: rds.Endpoint;
  readonly clusterReadEndpoint: rds.Endpoint;
  readonly cluster: rds.DatabaseCluster;
  readonly connections: ec2.Connections;
  readonly credentials?: secretsmanager.ISecret;
  /** The key that encrypts storage, backups, logs and password. */
  readonly encryptionKey: kms.IKey;
  /** What PostgreSQL says, each connection among it. */
  readonly logGroup: logs.LogGroup;
  /** Logins by IAM that were turned away. */
  readonly refusedLoginsLogGroup: logs.LogGroup;
  protected readonly clusterResourceIdentifier: string;
  protected readonly databaseName: string | undefined;

  constructor(scope: Construct, id: string, props: TlsDatabaseProps) {
    super(scope, id);
    const { port = DEFAULT_PORT, readers = 1, backupRetention = Duration.days(14) } = props;
    this.checkNumber('port', port, LOWEST_PORT, HIGHEST_PORT);
    this.checkReaders(readers);
    this.checkCapacity(props);
    this.checkBackup(backupRetention);
    checkDatabaseName(this, props.databaseName);
    const version = props.version ?? rds.AuroraPostgresEngineVersion.VER_17_9;
    const identifier = clusterIdentifierFor(this, props.clusterIdentifier);
    const removalPolicy = props.removalPolicy ?? RemovalPolicy.RETAIN;

    this.databaseName = props.databaseName;
    this.encryptionKey = customerKey(this, 'a database, its backups, logs and password', props.encryptionKey);
    const { postgresql, 'iam-db-auth-error': refused } = databaseLogGroups(this, {
      clusterIdentifier: identifier,
      encryptionKey: this.encryptionKey,
      retention: props.logRetention ?? logs.RetentionDays.THIRTEEN_MONTHS,
      // Logs have no snapshots.
      removalPolicy: removalPolicy === RemovalPolicy.SNAPSHOT ? RemovalPolicy.RETAIN : removalPolicy,
    });
    this.logGroup = postgresql;
    this.refusedLoginsLogGroup = refused;
    const securityGroup = new ec2.SecurityGroup(this, 'SecurityGroup', {
      vpc: props.vpc,
      description: 'Connections to a database that speaks TLS only',
      allowAllOutbound: false,
    });
    // A cluster that is kept cannot do without what makes it refuse plaintext and strangers.
    const kept = KEEPING.includes(removalPolicy) ? removalPolicy : RemovalPolicy.DESTROY;
    securityGroup.applyRemovalPolicy(kept);
    const parameterGroup = databaseParameters(this, {
      version,
      parameters: props.parameters ?? {},
      plaintextClientsReason: props.plaintextClientsReason,
      removalPolicy: kept,
    });
    this.cluster = new rds.DatabaseCluster(this, 'Resource', {
      engine: rds.DatabaseClusterEngine.auroraPostgres({ version }),
      clusterIdentifier: identifier,
      defaultDatabaseName: props.databaseName,
      port,
      vpc: props.vpc,
      vpcSubnets: dataSubnets(this, props.vpc, props.vpcSubnets),
      securityGroups: [securityGroup],
      parameterGroup,
      ...this.instances(props, readers),
      iamAuthentication: true,
      credentials: rds.Credentials.fromUsername('postgres', { encryptionKey: this.encryptionKey }),
      manageMasterUserPassword: true,
      storageEncrypted: true,
      storageEncryptionKey: this.encryptionKey,
      ...this.insights(props),
      backup: { retention: backupRetention },
      deleteAutomatedBackups: false,
      copyTagsToSnapshot: true,
      deletionProtection: props.deletionProtection ?? true,
      removalPolicy,
    });
    this.exportLogs();
    if (kept !== RemovalPolicy.DESTROY) this.keepParts(kept);

    this.clusterIdentifier = this.cluster.clusterIdentifier;
    this.clusterResourceIdentifier = this.cluster.clusterResourceIdentifier;
    this.clusterEndpoint = this.cluster.clusterEndpoint;
    this.clusterReadEndpoint = this.cluster.clusterReadEndpoint;
    this.credentials = this.cluster.secret;
    this.connections = new ec2.Connections({
      securityGroups: [securityGroup],
      defaultPort: ec2.Port.tcp(port),
    });
  }

  private instances(
    props: TlsDatabaseProps,
    readers: number,
  ): Pick<
    rds.DatabaseClusterProps,
    'writer' | 'readers' | 'serverlessV2MinCapacity' | 'serverlessV2MaxCapacity'
  > {
    const { instanceType } = props;
    const shared = {
      caCertificate: this.authority(props.certificateAuthority),
      publiclyAccessible: false,
      autoMinorVersionUpgrade: true,
      ...this.insights(props),
    };
    // The first reader is as large as the writer, so that it can take over.
    const reader = (index: number) =>
      instanceType === undefined
        ? rds.ClusterInstance.serverlessV2(`Reader${index + 1}`, { ...shared, scaleWithWriter: index === 0 })
        : rds.ClusterInstance.provisioned(`Reader${index + 1}`, { ...shared, instanceType });
    return {
      writer:
        instanceType === undefined
          ? rds.ClusterInstance.serverlessV2('Writer', shared)
          : rds.ClusterInstance.provisioned('Writer', { ...shared, instanceType }),
      readers: Array.from({ length: readers }, (_, index) => reader(index)),
      serverlessV2MinCapacity: instanceType === undefined ? (props.minCapacity ?? 0.5) : undefined,
      serverlessV2MaxCapacity: instanceType === undefined ? (props.maxCapacity ?? 4) : undefined,
    };
  }

  private insights({
    performanceInsights = false,
  }: TlsDatabaseProps): Pick<
    rds.DatabaseClusterProps,
    'enablePerformanceInsights' | 'performanceInsightEncryptionKey' | 'performanceInsightRetention'
  > {
    if (!performanceInsights) return {};
    return {
      enablePerformanceInsights: true,
      performanceInsightEncryptionKey: this.encryptionKey,
      performanceInsightRetention: rds.PerformanceInsightRetention.DEFAULT,
    };
  }

  /** By L1: the L2 does not know all logs, and sets retention by a function that it brings along. */
  private exportLogs(): void {
    const resource = this.cluster.node.defaultChild as rds.CfnDBCluster;
    resource.enableCloudwatchLogsExports = [...EXPORTED_LOGS];
    resource.node.addDependency(this.logGroup, this.refusedLoginsLogGroup);
  }

  /** The L2 keeps instances and subnet group of a cluster with `RETAIN` alone. */
  private keepParts(kept: RemovalPolicy): void {
    for (const part of this.cluster.node.findAll()) {
      if (rds.CfnDBInstance.isCfnDBInstance(part) || rds.CfnDBSubnetGroup.isCfnDBSubnetGroup(part)) {
        part.applyRemovalPolicy(kept);
      }
    }
  }

  private authority(given: rds.CaCertificate | undefined): rds.CaCertificate {
    const authority = given ?? rds.CaCertificate.RDS_CA_ECC384_G1;
    if (!EXPIRED_AUTHORITIES.test(authority.toString())) return authority;
    throw invalidProperty(
      this,
      `'certificateAuthority' must be in force, got ${authority}, which has expired, use CaCertificate.RDS_CA_ECC384_G1`,
    );
  }

  private checkCapacity({ instanceType, minCapacity, maxCapacity }: TlsDatabaseProps): void {
    if (instanceType === undefined || (minCapacity === undefined && maxCapacity === undefined)) return;
    throw invalidProperty(
      this,
      "'minCapacity' and 'maxCapacity' must be absent with 'instanceType', whose instances have a fixed size, leave them out",
    );
  }

  private checkReaders(readers: number): void {
    if (Token.isUnresolved(readers)) {
      throw invalidProperty(
        this,
        "'readers' must be a literal, since each stands in the template, got an unresolved value, read it from configuration",
      );
    }
    this.checkNumber('readers', readers, 0, MOST_READERS);
  }

  private checkNumber(property: string, value: number, least: number, most: number): void {
    if (Token.isUnresolved(value)) return;
    if (Number.isInteger(value) && value >= least && value <= most) return;
    throw invalidProperty(
      this,
      `'${property}' must be a whole number from ${least} to ${most}, got ${value}`,
    );
  }

  private checkBackup(retention: Duration): void {
    if (retention.isUnresolved()) return;
    const days = retention.toDays({ integral: false });
    const [least, most] = [SHORTEST_BACKUP.toDays(), LONGEST_BACKUP.toDays()];
    if (Number.isInteger(days) && days >= least && days <= most) return;
    throw invalidProperty(
      this,
      `'backupRetention' must be whole days, from ${least}, which AWS Security Hub asks for (RDS.11), to ${most}, got ${retention.toHumanString()}`,
    );
  }
}
