import { dms } from '../../../lib/judge/hops/connectors/dms';
import { DMS_RULES } from '../../../lib/judge/rules/dms';
import type { JsonMap } from '../../../lib/judge/template';
import { factsOf, ruleNamed, wordsOf } from '../support';

const encrypted = ruleNamed(DMS_RULES, 'DmsEndpointIsEncrypted');
const verified = ruleNamed(DMS_RULES, 'DmsEndpointVerifiesServer');

const facts = (engine: JsonMap | string | undefined, properties: JsonMap = {}) =>
  factsOf(
    dms,
    {
      Endpoint: {
        Type: 'AWS::DMS::Endpoint',
        Properties: {
          EndpointType: 'source',
          ...(engine !== undefined && { EngineName: engine }),
          ...properties,
        },
      },
      Domain: { Type: 'AWS::OpenSearchService::Domain', Properties: {} },
    },
    { Parameters: { Value: { Type: 'String' } } },
  );

test.each(['verify-ca', 'verify-full'])('passes SslMode %s on both rungs', (mode) => {
  expect(wordsOf(encrypted, facts('postgres', { SslMode: mode }))).toEqual(['compliant']);
  expect(wordsOf(verified, facts('postgres', { SslMode: mode }))).toEqual(['compliant']);
});

test('tells encrypted from encrypted and authenticated: SslMode require checks no certificate', () => {
  expect(wordsOf(encrypted, facts('mysql', { SslMode: 'require' }))).toEqual(['compliant']);
  expect(wordsOf(verified, facts('mysql', { SslMode: 'require' }))).toEqual([
    'violation at Properties.SslMode: require',
  ]);
});

test('fails SslMode none and its absence, and says nothing more about certificates', () => {
  expect(wordsOf(encrypted, facts('oracle', { SslMode: 'none' }))).toEqual([
    'violation at Properties.SslMode: none',
  ]);
  expect(wordsOf(encrypted, facts('mongodb'))).toEqual(['violation at Properties.SslMode: absent']);
  expect(wordsOf(verified, facts('mongodb'))).toEqual([]);
});

test.each(['s3', 'kinesis', 'dynamodb', 'neptune', 'redshift', 'opensearch', 'elasticsearch'])(
  'passes %s without SslMode, since DMS encrypts there by itself',
  (engine) => {
    expect(wordsOf(encrypted, facts(engine))).toEqual(['compliant']);
    expect(wordsOf(verified, facts(engine))).toEqual(['compliant']);
  },
);

test('fails a search domain whose address begins with http://', () => {
  const at = (uri: JsonMap | string) => facts('opensearch', { ElasticsearchSettings: { EndpointUri: uri } });
  expect(wordsOf(encrypted, at('http://search.internal'))).toEqual([
    'violation at Properties.ElasticsearchSettings.EndpointUri: http://search.internal',
  ]);
  expect(wordsOf(encrypted, at('https://search.internal'))).toEqual(['compliant']);
  expect(wordsOf(encrypted, at('search.internal'))).toEqual(['compliant']);
  expect(wordsOf(encrypted, at({ 'Fn::GetAtt': ['Domain', 'DomainEndpoint'] }))).toEqual(['compliant']);
  expect(wordsOf(encrypted, at({ Ref: 'Value' }))).toEqual([
    'unknown at Properties.ElasticsearchSettings.EndpointUri',
  ]);
});

test('judges Redis by its own protocol, which is encrypted by default', () => {
  expect(wordsOf(encrypted, facts('redis'))).toEqual(['compliant']);
  expect(wordsOf(encrypted, facts('redis', { RedisSettings: { SslSecurityProtocol: 'plaintext' } }))).toEqual(
    ['violation at Properties.RedisSettings.SslSecurityProtocol: plaintext'],
  );
});

test('judges Kafka by its own protocol, which is plaintext by default', () => {
  expect(wordsOf(encrypted, facts('kafka', { KafkaSettings: { SecurityProtocol: 'sasl-ssl' } }))).toEqual([
    'compliant',
  ]);
  expect(wordsOf(encrypted, facts('kafka', { SslMode: 'verify-full' }))).toEqual([
    'violation at Properties.KafkaSettings.SecurityProtocol: absent',
  ]);
});

test('cannot tell what a parameter without default decides', () => {
  expect(wordsOf(encrypted, facts('postgres', { SslMode: { Ref: 'Value' } }))).toEqual([
    'unknown at Properties.SslMode',
  ]);
  expect(wordsOf(encrypted, facts({ Ref: 'Value' }))).toEqual(['unknown at Properties.EngineName']);
  expect(wordsOf(encrypted, facts(undefined))).toEqual(['unknown at Properties.EngineName']);
});
