import { openSearch } from '../../../lib/judge/hops/connectors/opensearch';
import { OPENSEARCH_PACK_ROWS, OPENSEARCH_RULES } from '../../../lib/judge/rules/opensearch';
import type { JsonMap } from '../../../lib/judge/template';
import { factsOf, ruleNamed, wordsOf } from '../support';

const PFS = 'Policy-Min-TLS-1-2-PFS-2023-10';
const PARAMETERS = { Parameters: { Value: { Type: 'String' } } };

const words = (id: string, properties: JsonMap, type = 'AWS::OpenSearchService::Domain') =>
  wordsOf(
    ruleNamed(OPENSEARCH_RULES, id),
    factsOf(openSearch, { Domain: { Type: type, Properties: properties } }, PARAMETERS),
  );
const endpoint = (options: JsonMap): JsonMap => ({ DomainEndpointOptions: options });

describe('OpenSearchRequiresHttps', () => {
  test('passes a domain that enforces HTTPS', () => {
    expect(words('OpenSearchRequiresHttps', endpoint({ EnforceHTTPS: true }))).toEqual(['compliant']);
  });

  test('fails a domain that does not, and one that does not say, since OpenSearch then answers HTTP too', () => {
    expect(words('OpenSearchRequiresHttps', endpoint({ EnforceHTTPS: false }))).toEqual([
      'violation at Properties.DomainEndpointOptions.EnforceHTTPS: false',
    ]);
    expect(words('OpenSearchRequiresHttps', {})).toEqual([
      'violation at Properties.DomainEndpointOptions.EnforceHTTPS: absent',
    ]);
  });

  test('sees domains under their former name Elasticsearch', () => {
    expect(words('OpenSearchRequiresHttps', {}, 'AWS::Elasticsearch::Domain')).toEqual([
      'violation at Properties.DomainEndpointOptions.EnforceHTTPS: absent',
    ]);
  });

  test('cannot tell what a parameter without default decides', () => {
    expect(words('OpenSearchRequiresHttps', endpoint({ EnforceHTTPS: { Ref: 'Value' } }))).toEqual([
      'unknown at Properties.DomainEndpointOptions.EnforceHTTPS',
    ]);
  });
});

describe('the TLS policy', () => {
  const withPolicy = (policy: unknown): JsonMap =>
    endpoint({ EnforceHTTPS: true, TLSSecurityPolicy: policy as string });

  test('with forward secrecy passes every rung', () => {
    for (const id of [
      'OpenSearchTlsPolicyIsClassified',
      'OpenSearchRequiresTls12',
      'OpenSearchTlsPolicyIsForwardSecret',
    ]) {
      expect([id, words(id, withPolicy(PFS))]).toEqual([id, ['compliant']]);
    }
  });

  test('of 2019 with TLS 1.2 lacks forward secrecy only', () => {
    const properties = withPolicy('Policy-Min-TLS-1-2-2019-07');
    expect(words('OpenSearchRequiresTls12', properties)).toEqual(['compliant']);
    expect(words('OpenSearchTlsPolicyIsForwardSecret', properties)).toEqual([
      'violation at Properties.DomainEndpointOptions.TLSSecurityPolicy: Policy-Min-TLS-1-2-2019-07',
    ]);
  });

  test('with TLS 1.0 is one finding, not two', () => {
    const properties = withPolicy('Policy-Min-TLS-1-0-2019-07');
    expect(words('OpenSearchRequiresTls12', properties)).toEqual([
      'violation at Properties.DomainEndpointOptions.TLSSecurityPolicy: Policy-Min-TLS-1-0-2019-07',
    ]);
    expect(words('OpenSearchTlsPolicyIsForwardSecret', properties)).toEqual([]);
  });

  test('that is absent is TLS 1.0, as the service applies it', () => {
    expect(words('OpenSearchRequiresTls12', endpoint({ EnforceHTTPS: true }))).toEqual([
      'violation at Properties.DomainEndpointOptions.TLSSecurityPolicy: absent',
    ]);
  });

  test('that nobody has classified is not fine, whatever its name promises', () => {
    const properties = withPolicy('Policy-Min-TLS-1-3-PFS-2031-01');
    expect(words('OpenSearchTlsPolicyIsClassified', properties)).toEqual([
      'violation at Properties.DomainEndpointOptions.TLSSecurityPolicy: Policy-Min-TLS-1-3-PFS-2031-01',
    ]);
    expect(words('OpenSearchRequiresTls12', properties)).toEqual([]);
  });

  test('that a parameter without default names cannot be told', () => {
    expect(words('OpenSearchTlsPolicyIsClassified', withPolicy({ Ref: 'Value' }))).toEqual([
      'unknown at Properties.DomainEndpointOptions.TLSSecurityPolicy',
    ]);
  });
});

describe('OpenSearchNodesEncryptTraffic', () => {
  const nodes = (enabled: unknown): JsonMap => ({
    NodeToNodeEncryptionOptions: { Enabled: enabled as boolean },
  });

  test('passes nodes that encrypt', () => {
    expect(words('OpenSearchNodesEncryptTraffic', nodes(true))).toEqual(['compliant']);
  });

  test('fails nodes that do not, also where the property is absent', () => {
    expect(words('OpenSearchNodesEncryptTraffic', nodes(false))).toEqual([
      'violation at Properties.NodeToNodeEncryptionOptions.Enabled: false',
    ]);
    expect(words('OpenSearchNodesEncryptTraffic', {})).toEqual([
      'violation at Properties.NodeToNodeEncryptionOptions.Enabled: absent',
    ]);
  });

  test('cannot tell what a parameter without default decides', () => {
    expect(words('OpenSearchNodesEncryptTraffic', nodes({ Ref: 'Value' }))).toEqual([
      'unknown at Properties.NodeToNodeEncryptionOptions.Enabled',
    ]);
  });
});

test('only missing forward secrecy is a warning', () => {
  const warnings = OPENSEARCH_PACK_ROWS.filter(({ level }) => level === 'warning').map(({ rule }) => rule.id);
  expect(warnings).toEqual(['OpenSearchTlsPolicyIsForwardSecret']);
});
