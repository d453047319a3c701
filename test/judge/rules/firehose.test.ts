import { firehose } from '../../../lib/judge/hops/connectors/firehose';
import { FIREHOSE_RULES } from '../../../lib/judge/rules/firehose';
import type { Json, JsonMap } from '../../../lib/judge/template';
import { factsOf, ruleNamed, wordsOf } from '../support';

const words = (properties: JsonMap) =>
  wordsOf(
    ruleNamed(FIREHOSE_RULES, 'FirehoseDestinationIsEncrypted'),
    factsOf(
      firehose,
      {
        Stream: { Type: 'AWS::KinesisFirehose::DeliveryStream', Properties: properties },
        Collection: { Type: 'AWS::OpenSearchServerless::Collection', Properties: {} },
        Warehouse: { Type: 'AWS::Redshift::Cluster', Properties: {} },
      },
      { Parameters: { Value: { Type: 'String' } } },
    ),
  );
const http = (url: Json) => ({
  HttpEndpointDestinationConfiguration: { EndpointConfiguration: { Url: url } },
});
const jdbc = (url: Json) => ({ RedshiftDestinationConfiguration: { ClusterJDBCURL: url } });

test.each([
  ['an HTTP endpoint', http('https://collector.example/v1')],
  ['Splunk', { SplunkDestinationConfiguration: { HECEndpoint: 'https://splunk.example:8088' } }],
  ['Snowflake', { SnowflakeDestinationConfiguration: { AccountUrl: 'https://a.snowflakecomputing.com' } }],
  ['OpenSearch by ARN', { AmazonopensearchserviceDestinationConfiguration: { DomainARN: 'arn' } }],
  [
    'a collection of this app',
    {
      AmazonOpenSearchServerlessDestinationConfiguration: {
        CollectionEndpoint: { 'Fn::GetAtt': ['Collection', 'CollectionEndpoint'] },
      },
    },
  ],
  ['S3', { ExtendedS3DestinationConfiguration: { BucketARN: 'arn:aws:s3:::b' } }],
  ['Iceberg', { IcebergDestinationConfiguration: { S3Configuration: { BucketARN: 'arn:aws:s3:::b' } } }],
  ['Redshift', jdbc('jdbc:redshift://c.x.eu-west-1.redshift.amazonaws.com:5439/dev')],
])('passes %s over TLS', (_, properties) => {
  expect(words(properties as JsonMap)).toEqual(['compliant']);
});

test('fails an HTTP endpoint in clear, and shows its host without what may be a key', () => {
  expect(words(http('http://collector.example/v1?key=secret'))).toEqual([
    'violation at Properties.HttpEndpointDestinationConfiguration.EndpointConfiguration.Url: http://collector.example',
  ]);
});

test('fails Splunk in clear', () => {
  expect(words({ SplunkDestinationConfiguration: { HECEndpoint: 'http://splunk.example:8088' } })).toEqual([
    'violation at Properties.SplunkDestinationConfiguration.HECEndpoint: http://splunk.example:8088',
  ]);
});

test('fails JDBC addresses that turn TLS off or may fall back, redacted', () => {
  const at = 'violation at Properties.RedshiftDestinationConfiguration.ClusterJDBCURL: (redacted)';
  expect(words(jdbc('jdbc:redshift://c:5439/dev?ssl=false&password=p'))).toEqual([at]);
  expect(words(jdbc('jdbc:postgresql://c:5439/dev'))).toEqual([at]);
  expect(words(jdbc('jdbc:postgresql://c:5439/dev?sslmode=verify-full'))).toEqual(['compliant']);
});

test('reads a JDBC address of which only the host is hidden', () => {
  const url = (options: string) => ({
    'Fn::Sub': `jdbc:redshift://\${Warehouse.Endpoint.Address}:5439/dev${options}`,
  });
  expect(words(jdbc(url('')))).toEqual(['compliant']);
  expect(words(jdbc(url('?ssl=false')))).toHaveLength(1);
  expect(words(jdbc(url('?ssl=false')))).not.toEqual(['compliant']);
});

test('cannot tell what a parameter without default decides', () => {
  expect(words(http({ Ref: 'Value' }))).toEqual([
    'unknown at Properties.HttpEndpointDestinationConfiguration.EndpointConfiguration.Url',
  ]);
  expect(words(jdbc({ Ref: 'Value' }))).toEqual([
    'unknown at Properties.RedshiftDestinationConfiguration.ClusterJDBCURL',
  ]);
});

test('cannot tell an HTTP endpoint without an address', () => {
  expect(words({ HttpEndpointDestinationConfiguration: { EndpointConfiguration: {} } })).toEqual([
    'unknown at Properties.HttpEndpointDestinationConfiguration.EndpointConfiguration.Url',
  ]);
  expect(words({ SplunkDestinationConfiguration: {} })).toEqual([
    'unknown at Properties.SplunkDestinationConfiguration.HECEndpoint',
  ]);
});
