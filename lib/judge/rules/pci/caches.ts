import type { PackRule } from '../../packs/pack';
import { unlessSpared } from '../backup-bounds';
import {
  isAtLeast,
  isNoneOf,
  isOneOf,
  isPresent,
  isTrue,
  onlyWhere,
  type PropertyTest,
  propertyRow,
} from '../property';
import { COMPLIANT } from '../rule';

const GROUP = 'AWS::ElastiCache::ReplicationGroup';
const CLUSTER = 'AWS::ElastiCache::CacheCluster';
const SERVERLESS = 'AWS::ElastiCache::ServerlessCache';
const MEMORYDB = 'AWS::MemoryDB::Cluster';

/** Memcached on nodes keeps nothing, and takes no upgrades by itself. */
const keepsData: PropertyTest = (properties, context) =>
  properties.resource.type === CLUSTER
    ? isOneOf('Engine', ['redis', 'valkey'])(properties, context)
    : isNoneOf('Engine', ['memcached'])(properties, context);

/** Rules on ElastiCache and MemoryDB, with their levels. */
export const CACHE_DATA_ROWS: readonly PackRule[] = [
  propertyRow('info', {
    id: 'CacheIsBackedUp',
    title: 'a cache makes backups by itself',
    risk: 'Where a cache holds what stands nowhere else, a fault or an intruder removes it for good.',
    fix: 'Set SnapshotRetentionLimit to 1 or more; the default is 0, which is off. Not where a cache holds what must not be kept, such as sensitive authentication data. CDK: L1 only (CfnReplicationGroup.snapshotRetentionLimit, CfnServerlessCache.snapshotRetentionLimit).',
    references: {
      pciDss: ['10.3.3'],
      gdpr: ['32(1)(c)'],
      securityHub: ['ElastiCache.1'],
      cwe: ['CWE-404'],
      awsConfig: ['ELASTICACHE_REDIS_CLUSTER_AUTOMATIC_BACKUP_CHECK'],
    },
    resourceTypes: [GROUP, CLUSTER, SERVERLESS, MEMORYDB],
    test: onlyWhere(keepsData, unlessSpared(isAtLeast('SnapshotRetentionLimit', 1))),
  }),
  propertyRow('info', {
    id: 'CacheTakesMinorUpgrades',
    title: 'a cache installs new minor versions of its engine by itself',
    risk: 'Weaknesses of the engine that everybody knows stay open until somebody thinks of them.',
    fix: 'Leave AutoMinorVersionUpgrade out or set it to true. CDK: L1 only (CfnReplicationGroup.autoMinorVersionUpgrade, CfnCluster.autoMinorVersionUpgrade of MemoryDB).',
    references: {
      pciDss: ['6.3.3'],
      gdpr: ['32(1)(b)'],
      securityHub: ['ElastiCache.2'],
      cwe: ['CWE-1395'],
      awsConfig: ['ELASTICACHE_AUTO_MINOR_VERSION_UPGRADE_CHECK'],
    },
    resourceTypes: [GROUP, CLUSTER, MEMORYDB],
    test: onlyWhere(keepsData, isTrue('AutoMinorVersionUpgrade', { absent: 'compliant' })),
  }),
  propertyRow('info', {
    id: 'CacheIsInChosenSubnets',
    title: 'a cache is in subnets that were chosen for it',
    risk: 'The default group holds every subnet of the default network, public ones among them.',
    fix: 'Set CacheSubnetGroupName (SubnetGroupName of MemoryDB, SubnetIds of a serverless cache) to private subnets of yours. CDK: L1 only (CfnSubnetGroup and CfnReplicationGroup.cacheSubnetGroupName).',
    references: {
      pciDss: ['1.3.1', '1.3.2', '1.4.1', '1.4.4'],
      gdpr: ['32(1)(b)'],
      securityHub: ['ElastiCache.7'],
      cwe: ['CWE-668'],
      awsConfig: ['ELASTICACHE_SUBNET_GROUP_CHECK'],
    },
    resourceTypes: [GROUP, CLUSTER, SERVERLESS, MEMORYDB],
    test: (properties, context) => {
      const { type } = properties.resource;
      if (type === SERVERLESS) return isPresent('SubnetIds', 'private subnets')(properties, context);
      const path = type === MEMORYDB ? 'SubnetGroupName' : 'CacheSubnetGroupName';
      const at = properties.at(path);
      // The name of a group that the app makes is known at deployment, and is another.
      if (at.reference() !== undefined) return COMPLIANT;
      return isNoneOf(path, ['default'], { absent: 'violation' })(properties, context);
    },
  }),
];
