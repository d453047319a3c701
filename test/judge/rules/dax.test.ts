import { dax } from '../../../lib/judge/hops/connectors/dax';
import { DAX_RULES } from '../../../lib/judge/rules/dax';
import type { JsonMap } from '../../../lib/judge/template';
import { factsOf, ruleNamed, wordsOf } from '../support';

const words = (properties: JsonMap) =>
  wordsOf(
    ruleNamed(DAX_RULES, 'DaxRequiresTls'),
    factsOf(
      dax,
      { Cluster: { Type: 'AWS::DAX::Cluster', Properties: properties } },
      { Parameters: { Value: { Type: 'String' } } },
    ),
  );

test('passes an endpoint with TLS', () => {
  expect(words({ ClusterEndpointEncryptionType: 'TLS' })).toEqual(['compliant']);
});

test('fails an endpoint without, and one that does not say, since plaintext is the default', () => {
  expect(words({ ClusterEndpointEncryptionType: 'NONE' })).toEqual([
    'violation at Properties.ClusterEndpointEncryptionType: NONE',
  ]);
  expect(words({})).toEqual(['violation at Properties.ClusterEndpointEncryptionType: absent']);
});

test('does not take encryption at rest for encryption in transit', () => {
  expect(words({ SSESpecification: { SSEEnabled: true } })).toEqual([
    'violation at Properties.ClusterEndpointEncryptionType: absent',
  ]);
});

test('cannot tell a value that is hidden or new', () => {
  expect(words({ ClusterEndpointEncryptionType: { Ref: 'Value' } })).toEqual([
    'unknown at Properties.ClusterEndpointEncryptionType',
  ]);
  expect(words({ ClusterEndpointEncryptionType: 'QUIC' })).toEqual([
    'unknown at Properties.ClusterEndpointEncryptionType',
  ]);
});
