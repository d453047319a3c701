import { elastiCache } from '../../../../lib/judge/hops/connectors/elasticache';
import type { Json, JsonMap } from '../../../../lib/judge/template';
import { factsOf, hopsOf } from '../../support';

type CacheType = 'ServerlessCache' | 'ReplicationGroup' | 'CacheCluster';

const hopTo = (properties: JsonMap, type: CacheType = 'ServerlessCache', others: JsonMap = {}) => {
  const resources = {
    Cache: { Type: `AWS::ElastiCache::${type}`, Properties: properties },
    ...others,
  };
  const facts = factsOf(elastiCache, resources, { Parameters: { Value: { Type: 'String' } } });
  const [hop] = hopsOf(facts, 'elasticache.cluster');
  if (hop === undefined) throw new RangeError('the cache has no hop');
  return hop;
};

test.each<[JsonMap, string]>([
  [{}, 'vpc'],
  [{ ConnectionType: 'vpc' }, 'vpc'],
  [{ ConnectionType: 'public' }, 'internet'],
  // What is hidden may be public.
  [{ ConnectionType: { Ref: 'Value' } }, 'internet'],
])('a serverless cache with %j is reached from: %s', (properties, expected) => {
  expect(hopTo({ Engine: 'valkey', ...properties }).from.what).toBe(expected);
});

test.each<[CacheType, JsonMap]>([
  ['ServerlessCache', { Engine: 'valkey', MajorEngineVersion: '9' }],
  ['ServerlessCache', { Engine: 'redis' }],
  ['ServerlessCache', { Engine: 'memcached' }],
  ['ReplicationGroup', { Engine: 'Valkey', TransitEncryptionEnabled: true }],
  ['ReplicationGroup', { Engine: 'redis', EngineVersion: '6.x', TransitEncryptionEnabled: true }],
  ['ReplicationGroup', { EngineVersion: '7.1', TransitEncryptionEnabled: true }],
  ['CacheCluster', { Engine: 'memcached', TransitEncryptionEnabled: true }],
])('a %s with %j takes TLS 1.2 at least', (type, properties) => {
  expect(hopTo(properties, type).floor.value).toBe('TLSv1.2');
});

test.each<[JsonMap, string]>([
  [{ Engine: 'redis', EngineVersion: '5.0.6' }, 'Properties.EngineVersion'],
  [{ Engine: 'redis' }, 'Properties.EngineVersion'],
  [{ Engine: 'redis', EngineVersion: { Ref: 'Value' } }, 'Properties.EngineVersion'],
  [{ Engine: { Ref: 'Value' } }, 'Properties.Engine'],
  [{ Engine: 'keydb' }, 'Properties.Engine'],
])('cannot tell the lowest version of TLS of a replication group with %j', (properties, path) => {
  const { floor } = hopTo({ TransitEncryptionEnabled: true, ...properties }, 'ReplicationGroup');
  expect([floor.value, floor.unknown === undefined, floor.path]).toEqual([undefined, false, path]);
});

test('a cache in clear has no lowest version', () => {
  const { floor } = hopTo({ Engine: 'redis' }, 'CacheCluster');
  expect([floor.value, floor.unknown]).toEqual([undefined, undefined]);
});

describe('what clients have to show', () => {
  const user = (properties: JsonMap) => ({ Type: 'AWS::ElastiCache::User', Properties: properties });
  const group = (users: Json) => ({ Type: 'AWS::ElastiCache::UserGroup', Properties: { UserIds: users } });
  const USERS: JsonMap = {
    Iam: user({ AuthenticationMode: { Type: 'iam' } }),
    Word: user({ AuthenticationMode: { Type: 'password', Passwords: ['hunter2hunter2hunter2'] } }),
    Words: user({ Passwords: ['hunter2hunter2hunter2'] }),
    Free: user({ AuthenticationMode: { Type: 'no-password-required' } }),
    Flag: user({ NoPasswordRequired: true }),
    Hidden: user({ AuthenticationMode: { Type: { Ref: 'Value' } } }),
    Silent: user({}),
  };
  const means = (users: Json) =>
    hopTo({ Engine: 'valkey', UserGroupId: { Ref: 'Group' } }, 'ServerlessCache', {
      ...USERS,
      Group: group(users),
    }).clientAuthentication;
  const refs = (...names: string[]): Json => names.map((name) => ({ Ref: name }));

  test.each<[Json, string]>([
    [refs('Iam'), 'iam'],
    [['default.iam-user'], 'iam'],
    [refs('Word'), 'token'],
    [refs('Words'), 'token'],
    [refs('Iam', 'Word'), 'token'],
    [refs('Iam', 'Free'), 'none'],
    [refs('Hidden', 'Flag'), 'none'],
    [['default', { Ref: 'Iam' }], 'none'],
  ])('to a group of %j is the least that one of them shows: %s', (users, expected) => {
    expect(means(users).value).toBe(expected);
  });

  test.each<[Json]>([[refs('Iam', 'Hidden')], [refs('Silent')], [['somebody']], [{ Ref: 'Value' }], [[]]])(
    'cannot be told of a group of %j',
    (users) => {
      const { value, unknown } = means(users);
      expect([value, unknown === undefined]).toEqual([undefined, false]);
    },
  );

  test('is IAM for the group that ElastiCache makes for it', () => {
    expect(hopTo({ UserGroupId: 'default.iam-user-group' }).clientAuthentication.value).toBe('iam');
    expect(
      hopTo({ UserGroupIds: ['default.iam-user-group'] }, 'ReplicationGroup').clientAuthentication,
    ).toMatchObject({ value: 'iam' });
  });

  test('cannot be told of a group that no template at hand makes', () => {
    const { value, unknown } = hopTo({ UserGroupId: 'shop' }).clientAuthentication;
    expect([value, unknown]).toEqual([undefined, 'its user group is not in a template at hand']);
  });

  test('is nothing without a group, and where the list of groups is empty', () => {
    expect(hopTo({}).clientAuthentication.value).toBe('none');
    expect(hopTo({ UserGroupIds: [] }, 'ReplicationGroup').clientAuthentication.value).toBe('none');
  });

  test('is never shown', () => {
    expect(means(refs('Words')).got).toBe('(redacted)');
    expect(means(refs('Word')).got).toBe('password');
  });
});
