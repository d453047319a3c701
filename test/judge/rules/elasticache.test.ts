import { elastiCache } from '../../../lib/judge/hops/connectors/elasticache';
import { ELASTICACHE_RULES } from '../../../lib/judge/rules/elasticache';
import type { JsonMap } from '../../../lib/judge/template';
import { factsOf, ruleNamed, wordsOf } from '../support';

const words = (properties: JsonMap, type = 'ReplicationGroup', parts = {}) =>
  wordsOf(
    ruleNamed(ELASTICACHE_RULES, 'CacheRequiresTls'),
    factsOf(
      elastiCache,
      { Cache: { Type: `AWS::ElastiCache::${type}`, Properties: properties } },
      { Parameters: { Value: { Type: 'String' } }, ...parts },
    ),
  );

test('passes a replication group that encrypts, with the mode required or none', () => {
  expect(words({ TransitEncryptionEnabled: true })).toEqual(['compliant']);
  expect(words({ TransitEncryptionEnabled: true, TransitEncryptionMode: 'required' })).toEqual(['compliant']);
});

test('fails the mode preferred, since plaintext is served to whoever asks', () => {
  expect(words({ TransitEncryptionEnabled: true, TransitEncryptionMode: 'preferred' })).toEqual([
    'violation at Properties.TransitEncryptionMode: preferred',
  ]);
});

test('fails a cache that does not encrypt, and one that does not say', () => {
  expect(words({ TransitEncryptionEnabled: false, TransitEncryptionMode: 'required' })).toEqual([
    'violation at Properties.TransitEncryptionEnabled: false',
  ]);
  expect(words({})).toEqual(['violation at Properties.TransitEncryptionEnabled: absent']);
});

test('judges single clusters, Memcached included', () => {
  expect(words({ Engine: 'memcached', TransitEncryptionEnabled: true }, 'CacheCluster')).toEqual([
    'compliant',
  ]);
  expect(words({ Engine: 'memcached' }, 'CacheCluster')).toEqual([
    'violation at Properties.TransitEncryptionEnabled: absent',
  ]);
});

test('passes a serverless cache, which has no plaintext port', () => {
  expect(words({ Engine: 'valkey' }, 'ServerlessCache')).toEqual(['compliant']);
});

test('cannot tell what a parameter without default or the primary of a global datastore decides', () => {
  expect(words({ TransitEncryptionEnabled: { Ref: 'Value' } })).toEqual([
    'unknown at Properties.TransitEncryptionEnabled',
  ]);
  expect(words({ TransitEncryptionEnabled: true, TransitEncryptionMode: { Ref: 'Value' } })).toEqual([
    'unknown at Properties.TransitEncryptionMode',
  ]);
  expect(words({ GlobalReplicationGroupId: 'global' })).toEqual([
    'unknown at Properties.TransitEncryptionEnabled',
  ]);
});

test('judges flag and mode together, per assignment of the condition that both depend on', () => {
  const properties = {
    TransitEncryptionEnabled: { 'Fn::If': ['Prod', true, false] },
    TransitEncryptionMode: { 'Fn::If': ['Prod', 'preferred', { Ref: 'AWS::NoValue' }] },
  };
  const parts = {
    Parameters: { Stage: { Type: 'String', Default: 'prod' } },
    Conditions: { Prod: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } },
  };
  expect(words(properties, 'ReplicationGroup', parts)).toEqual([
    'violation at Properties.TransitEncryptionMode: preferred',
    'violation at Properties.TransitEncryptionEnabled: false',
  ]);
});
