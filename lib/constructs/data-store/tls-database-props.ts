import type { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as rds from 'aws-cdk-lib/aws-rds';

/** Properties of a `TlsDatabase`. */
export interface TlsDatabaseProps {
  /** The network in which it stands. */
  readonly vpc: ec2.IVpc;
  /**
   * The subnets in which it stands, in two availability zones at least. Public subnets are refused.
   *
   * @default - the subnets without a way to the internet, else the private ones
   */
  readonly vpcSubnets?: ec2.SubnetSelection;
  /**
   * The version of Aurora PostgreSQL, 13 or newer. AWS installs newer minor versions of it by itself.
   *
   * @default AuroraPostgresEngineVersion.VER_17_9
   */
  readonly version?: rds.AuroraPostgresEngineVersion;
  /**
   * The identifier of the cluster. A change replaces the cluster, and a replacement needs another identifier.
   *
   * @default - made of the path of the construct
   */
  readonly clusterIdentifier?: string;
  /**
   * The name of a database to make with the cluster. A change replaces the cluster.
   *
   * @default - only `postgres`, which is always there
   */
  readonly databaseName?: string;
  /**
   * The port, from 1150 to 65535. AWS Security Hub asks for another than 5432 (RDS.23); `connections` and
   * `clientEnvironment` know it.
   *
   * @default 5433
   */
  readonly port?: number;
  /**
   * The smallest capacity of each serverless instance, in units of about 2 GiB of memory: from 0, where it pauses, in
   * steps of 0.5.
   *
   * @default 0.5
   */
  readonly minCapacity?: number;
  /**
   * The largest capacity of each serverless instance, in the same units.
   *
   * @default 4
   */
  readonly maxCapacity?: number;
  /**
   * The type of instances that are not serverless. Capacities are not given then.
   *
   * @default - serverless instances
   */
  readonly instanceType?: ec2.InstanceType;
  /**
   * How many instances besides the writer: from 0 to 15, a literal. They take reads, and the first takes over where the writer
   * fails.
   *
   * @default 1
   */
  readonly readers?: number;
  /**
   * The key that encrypts storage, backups, logs and the password of the master user. A key that AWS manages is refused,
   * and the policy of an imported key is not extended: it must let CloudWatch Logs in. A change replaces the cluster.
   *
   * @default - a new key, rotated every year and retained
   */
  readonly encryptionKey?: kms.IKey;
  /**
   * Who signs the certificates of the instances. Expired authorities are refused.
   *
   * @default CaCertificate.RDS_CA_ECC384_G1, whose signatures are ECDSA on P-384
   */
  readonly certificateAuthority?: rds.CaCertificate;
  /**
   * For how long backups are kept: whole days, from 7, which AWS Security Hub asks for (RDS.11), to 35. What was erased
   * can be restored so long.
   *
   * @default Duration.days(14)
   */
  readonly backupRetention?: Duration;
  /**
   * For how long the logs are kept. At least one year (PCI DSS 10.5.1).
   *
   * @default RetentionDays.THIRTEEN_MONTHS
   */
  readonly logRetention?: logs.RetentionDays;
  /**
   * Whether RDS keeps for seven days which statements took how long, encrypted with the same key. It shows statements
   * with the values in them.
   *
   * @default false
   */
  readonly performanceInsights?: boolean;
  /**
   * Further parameters of the cluster. Those that decide about TLS are refused, save `ssl_ciphers`, which must name
   * suites with forward secrecy only.
   *
   * @default - none
   */
  readonly parameters?: Record<string, string>;
  /**
   * Why clients may connect in clear, as a sentence. Everything, the login included, can then travel in clear.
   *
   * The reason is written into the template, and a finding stays until a waiver covers it.
   *
   * @default - the database refuses plaintext
   */
  readonly plaintextClientsReason?: string;
  /**
   * Whether AWS refuses to delete the cluster.
   *
   * @default true
   */
  readonly deletionProtection?: boolean;
  /**
   * What happens to cluster and logs when they leave the stack.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}
