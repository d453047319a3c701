import { Duration, type IResource, Lazy, RemovalPolicy, Resource, Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { customerKey } from '../customer-key';
import { invalidProperty } from '../invalid-property';
import { CacheUser, type CacheUserProps, MAX_NAME_LENGTH } from './cache-user';
import { dataSubnets } from './data-subnets';
import { physicalNameFor } from './physical-name';

/**
 * Writes and reads on the first port, reads that may be a moment old on the second.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/set-up.html
 */
const PORTS = ec2.Port.tcpRange(6379, 6380);
const LONGEST_SNAPSHOT = Duration.days(35);

/** A cache that speaks TLS only. */
export interface ITlsCache extends IResource, ec2.IConnectable {
  /**
   * The ARN of the cache.
   *
   * @attribute
   */
  readonly cacheArn: string;
  /**
   * The name of the cache.
   *
   * @attribute
   */
  readonly cacheName: string;

  /** A metric of the cache. */
  metric(metricName: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric;
  /** Logins that were turned away: clients with an old token, and strangers. */
  metricAuthenticationFailures(options?: cloudwatch.MetricOptions): cloudwatch.Metric;
  /** Requests that exceeded a limit, and were turned away. */
  metricThrottledCmds(options?: cloudwatch.MetricOptions): cloudwatch.Metric;
}

/** What identifies a cache that exists already. */
export interface TlsCacheAttributes {
  /** The ARN of the cache. */
  readonly cacheArn: string;
  /** The name of the cache. */
  readonly cacheName: string;
  /** The id of its security group. */
  readonly securityGroupId: string;
}

/** Properties of a `TlsCache`. */
export interface TlsCacheProps {
  /** The network in which it stands. */
  readonly vpc: ec2.IVpc;
  /**
   * The subnets in which it stands, in two availability zones at least. Public subnets are refused. A change replaces
   * the cache, which needs another `cacheName` then.
   *
   * @default - the subnets without a way to the internet, else the private ones
   */
  readonly vpcSubnets?: ec2.SubnetSelection;
  /**
   * The name of the cache, and of its group of users. A change replaces both, and a replacement needs another name:
   * the old ones are kept, under theirs.
   *
   * @default - made of the path of the construct
   */
  readonly cacheName?: string;
  /**
   * The key that encrypts what it keeps and its snapshots. A key that AWS manages is refused. A change replaces the
   * cache, which needs another `cacheName` then.
   *
   * @default - a new key, rotated every year and retained
   */
  readonly encryptionKey?: kms.IKey;
  /**
   * How much it keeps at most, in whole GB. What has waited longest for a reader makes room.
   *
   * @default - the quota of the account
   */
  readonly maxDataStorage?: number;
  /**
   * For how long daily snapshots are kept: whole days, from 1 to 35. What was erased can be restored so long.
   *
   * @default - there are no snapshots
   */
  readonly snapshotRetention?: Duration;
  /**
   * What happens to the cache when it leaves the stack.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}

abstract class TlsCacheBase extends Resource implements ITlsCache {
  abstract readonly cacheArn: string;
  abstract readonly cacheName: string;
  abstract readonly connections: ec2.Connections;

  metric(metricName: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return new cloudwatch.Metric({
      namespace: 'AWS/ElastiCache',
      metricName,
      dimensionsMap: { clusterId: this.cacheName },
      statistic: cloudwatch.Stats.SUM,
      ...options,
    }).attachTo(this);
  }

  metricAuthenticationFailures(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('AuthenticationFailures', options);
  }

  metricThrottledCmds(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('ThrottledCmds', options);
  }
}

class ImportedTlsCache extends TlsCacheBase {
  readonly cacheArn: string;
  readonly cacheName: string;
  readonly connections: ec2.Connections;

  constructor(scope: Construct, id: string, { cacheArn, cacheName, securityGroupId }: TlsCacheAttributes) {
    super(scope, id, { environmentFromArn: cacheArn });
    this.cacheArn = cacheArn;
    this.cacheName = cacheName;
    const group = ec2.SecurityGroup.fromSecurityGroupId(this, 'SecurityGroup', securityGroupId);
    this.connections = new ec2.Connections({ securityGroups: [group], defaultPort: PORTS });
  }
}

/**
 * A serverless cache of Valkey, which has no port in clear, in subnets that the internet does not reach.
 *
 * Nobody may connect until `connections` says so, and nobody may log in but the users of `addUser`, by IAM. What it
 * keeps is encrypted with a key of the account. Certificates are of Amazon Trust Services, which every system knows: a
 * client that verifies them, and the name, as those do by default that are given a `rediss://` address, is sure whom it
 * talks to.
 *
 * Clients of another stack open the way themselves, by `client.connections.allowToDefaultPort(cache)`: the other way
 * round, two stacks would need one another.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/in-transit-encryption.html
 */
export class TlsCache extends TlsCacheBase {
  /** A cache that exists already. */
  static fromTlsCacheAttributes(scope: Construct, id: string, attributes: TlsCacheAttributes): ITlsCache {
    return new ImportedTlsCache(scope, id, attributes);
  }

  readonly cacheArn: string;
  readonly cacheName: string;
  readonly connections: ec2.Connections;
  /** The key that encrypts what it keeps. */
  readonly encryptionKey: kms.IKey;
  /** The host of writes and reads, on port 6379. */
  readonly endpointAddress: string;
  /** The host of reads that may be a moment old, on port 6380. */
  readonly readerEndpointAddress: string;

  private readonly userIds: string[] = [];
  private readonly removalPolicy: RemovalPolicy;

  constructor(scope: Construct, id: string, props: TlsCacheProps) {
    super(scope, id);
    const { vpc, maxDataStorage } = props;
    this.checkStorage(maxDataStorage);
    const name = physicalNameFor(this, {
      property: 'cacheName',
      given: props.cacheName,
      most: MAX_NAME_LENGTH,
    });
    this.removalPolicy = props.removalPolicy ?? RemovalPolicy.RETAIN;

    this.encryptionKey = customerKey(this, 'what a cache keeps', props.encryptionKey);
    const securityGroup = new ec2.SecurityGroup(this, 'SecurityGroup', {
      vpc,
      description: 'Connections to a cache that speaks TLS only',
      allowAllOutbound: false,
    });
    const users = new elasticache.CfnUserGroup(this, 'Users', {
      engine: 'valkey',
      userGroupId: name,
      userIds: Lazy.list({ produce: () => this.userIds }),
    });
    const cache = new elasticache.CfnServerlessCache(this, 'Resource', {
      serverlessCacheName: name,
      engine: 'valkey',
      majorEngineVersion: '8',
      connectionType: 'vpc',
      subnetIds: vpc.selectSubnets(dataSubnets(this, vpc, props.vpcSubnets)).subnetIds,
      securityGroupIds: [securityGroup.securityGroupId],
      kmsKeyId: this.encryptionKey.keyArn,
      userGroupId: users.ref,
      cacheUsageLimits:
        maxDataStorage === undefined ? undefined : { dataStorage: { maximum: maxDataStorage, unit: 'GB' } },
      snapshotRetentionLimit: this.snapshotDays(props.snapshotRetention),
    });
    // A cache that is kept cannot do without what turns strangers away.
    for (const resource of [cache, users, securityGroup]) resource.applyRemovalPolicy(this.removalPolicy);

    this.cacheName = name;
    this.cacheArn = cache.attrArn;
    this.endpointAddress = cache.attrEndpointAddress;
    this.readerEndpointAddress = cache.attrReaderEndpointAddress;
    this.connections = new ec2.Connections({ securityGroups: [securityGroup], defaultPort: PORTS });
    this.node.addValidation({ validate: () => this.missingUsers() });
  }

  /** Adds a user, who may log in once `grantConnect` of it says for whom. */
  addUser(id: string, props: CacheUserProps = {}): CacheUser {
    const user = new CacheUser(this, id, {
      ...props,
      cacheArn: this.cacheArn,
      removalPolicy: this.removalPolicy,
    });
    this.userIds.push(user.userId);
    return user;
  }

  private missingUsers(): string[] {
    return this.userIds.length > 0 ? [] : ["'addUser' must be called at least once, else nobody may log in"];
  }

  private checkStorage(gigabytes: number | undefined): void {
    if (gigabytes === undefined || Token.isUnresolved(gigabytes)) return;
    if (Number.isInteger(gigabytes) && gigabytes >= 1 && gigabytes <= 5000) return;
    throw invalidProperty(this, `'maxDataStorage' must be whole GB, from 1 to 5000, got ${gigabytes}`);
  }

  private snapshotDays(retention: Duration | undefined): number | undefined {
    if (retention === undefined || retention.isUnresolved()) return retention?.toDays();
    const days = retention.toDays({ integral: false });
    if (Number.isInteger(days) && days >= 1 && days <= LONGEST_SNAPSHOT.toDays()) return days;
    throw invalidProperty(
      this,
      `'snapshotRetention' must be whole days, from 1 to ${LONGEST_SNAPSHOT.toDays()}, got ${retention.toHumanString()}, leave it out for no snapshots`,
    );
  }
}
