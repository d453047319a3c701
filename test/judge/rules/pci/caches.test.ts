import { CACHE_DATA_ROWS } from '../../../../lib/judge/rules/pci/caches';
import type { JsonMap } from '../../../../lib/judge/template';
import { HIDDEN, it as one, says } from './support';

const group = (Properties: JsonMap = {}): JsonMap => one('AWS::ElastiCache::ReplicationGroup', Properties);
const cluster = (Properties: JsonMap = {}): JsonMap => one('AWS::ElastiCache::CacheCluster', Properties);
const serverless = (Properties: JsonMap = {}): JsonMap =>
  one('AWS::ElastiCache::ServerlessCache', Properties);
const memory = (Properties: JsonMap = {}): JsonMap => one('AWS::MemoryDB::Cluster', Properties);
const LIMIT = 'It.Properties.SnapshotRetentionLimit';
const UPGRADE = 'It.Properties.AutoMinorVersionUpgrade';

test.each<[string, string, JsonMap, readonly string[]]>([
  ['CacheIsBackedUp', 'passes a day', group({ SnapshotRetentionLimit: 1 }), []],
  ['CacheIsBackedUp', 'fails the default, which is none', group(), [`info violation ${LIMIT}: absent`]],
  [
    'CacheIsBackedUp',
    'fails none on a node',
    cluster({ Engine: 'redis', SnapshotRetentionLimit: 0 }),
    [`info violation ${LIMIT}: 0`],
  ],
  [
    'CacheIsBackedUp',
    'fails none without servers',
    serverless({ Engine: 'valkey' }),
    [`info violation ${LIMIT}: absent`],
  ],
  ['CacheIsBackedUp', 'fails none of MemoryDB', memory(), [`info violation ${LIMIT}: absent`]],
  ['CacheIsBackedUp', 'says nothing of Memcached, which keeps nothing', cluster({ Engine: 'memcached' }), []],
  [
    'CacheIsBackedUp',
    'cannot tell a parameter',
    group({ SnapshotRetentionLimit: HIDDEN }),
    [`info unknown ${LIMIT}`],
  ],
  ['CacheTakesMinorUpgrades', 'passes the default', group(), []],
  [
    'CacheTakesMinorUpgrades',
    'fails what is switched off',
    memory({ AutoMinorVersionUpgrade: false }),
    [`info violation ${UPGRADE}: false`],
  ],
  [
    'CacheTakesMinorUpgrades',
    'says nothing of Memcached',
    cluster({ Engine: 'memcached', AutoMinorVersionUpgrade: false }),
    [],
  ],
  [
    'CacheTakesMinorUpgrades',
    'cannot tell a parameter',
    group({ AutoMinorVersionUpgrade: HIDDEN }),
    [`info unknown ${UPGRADE}`],
  ],
  ['CacheIsInChosenSubnets', 'passes a group by its name', group({ CacheSubnetGroupName: 'private' }), []],
  [
    'CacheIsInChosenSubnets',
    'passes a group of the app',
    {
      ...group({ CacheSubnetGroupName: { Ref: 'Subnets' } }),
      Subnets: { Type: 'AWS::ElastiCache::SubnetGroup', Properties: {} },
    },
    [],
  ],
  [
    'CacheIsInChosenSubnets',
    'fails the default group',
    group({ CacheSubnetGroupName: 'default' }),
    ['info violation It.Properties.CacheSubnetGroupName: default'],
  ],
  [
    'CacheIsInChosenSubnets',
    'fails none',
    cluster({ Engine: 'redis' }),
    ['info violation It.Properties.CacheSubnetGroupName: absent'],
  ],
  [
    'CacheIsInChosenSubnets',
    'fails none of MemoryDB',
    memory(),
    ['info violation It.Properties.SubnetGroupName: absent'],
  ],
  [
    'CacheIsInChosenSubnets',
    'fails none without servers',
    serverless(),
    ['info violation It.Properties.SubnetIds: absent'],
  ],
  ['CacheIsInChosenSubnets', 'passes subnets without servers', serverless({ SubnetIds: ['subnet-1'] }), []],
  [
    'CacheIsInChosenSubnets',
    'cannot tell a parameter',
    group({ CacheSubnetGroupName: HIDDEN }),
    ['info unknown It.Properties.CacheSubnetGroupName'],
  ],
])('%s %s', (id, _, resources, expected) => {
  expect(says(CACHE_DATA_ROWS, id, resources)).toEqual(expected);
});
