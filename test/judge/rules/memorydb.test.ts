import { memoryDb } from '../../../lib/judge/hops/connectors/memorydb';
import { MEMORYDB_RULES } from '../../../lib/judge/rules/memorydb';
import type { JsonMap } from '../../../lib/judge/template';
import { factsOf, ruleNamed, wordsOf } from '../support';

const words = (properties: JsonMap) =>
  wordsOf(
    ruleNamed(MEMORYDB_RULES, 'MemoryDbRequiresTls'),
    factsOf(
      memoryDb,
      { Cluster: { Type: 'AWS::MemoryDB::Cluster', Properties: properties } },
      { Parameters: { Value: { Type: 'String' } } },
    ),
  );

test('passes a cluster with TLS, which is the default', () => {
  expect(words({ TLSEnabled: true })).toEqual(['compliant']);
  expect(words({})).toEqual(['compliant']);
});

test('fails a cluster that turns it off', () => {
  expect(words({ TLSEnabled: false })).toEqual(['violation at Properties.TLSEnabled: false']);
  expect(words({ TLSEnabled: 'false' })).toEqual(['violation at Properties.TLSEnabled: false']);
});

test('cannot tell what a parameter without default decides', () => {
  expect(words({ TLSEnabled: { Ref: 'Value' } })).toEqual(['unknown at Properties.TLSEnabled']);
});
