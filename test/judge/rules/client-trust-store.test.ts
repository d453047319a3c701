import { CLIENT_TRUST_STORE_PACK_ROWS } from '../../../lib/judge/rules/client-trust-store';
import type { Json, JsonMap } from '../../../lib/judge/template';
import { HIDDEN, it as one, says } from './pci/support';

const ID = 'ClientTrustStoreIsPinned';
const judged = (resources: JsonMap) => says(CLIENT_TRUST_STORE_PACK_ROWS, ID, resources);

const onDomain =
  (type: string) =>
  (version: JsonMap): JsonMap =>
    one(type, { MutualTlsAuthentication: { TruststoreUri: 's3://trust/partners.pem', ...version } });

const KINDS: readonly (readonly [string, string, string, (version: JsonMap) => JsonMap])[] = [
  [
    'a domain of REST APIs',
    'MutualTlsAuthentication.TruststoreVersion',
    'TruststoreVersion',
    onDomain('AWS::ApiGateway::DomainName'),
  ],
  [
    'a domain of HTTP APIs',
    'MutualTlsAuthentication.TruststoreVersion',
    'TruststoreVersion',
    onDomain('AWS::ApiGatewayV2::DomainName'),
  ],
  [
    'a trust store of CloudFront',
    'CaCertificatesBundleSource.CaCertificatesBundleS3Location.Version',
    'Version',
    (version) =>
      one('AWS::CloudFront::TrustStore', {
        CaCertificatesBundleSource: {
          CaCertificatesBundleS3Location: { Bucket: 'trust', Key: 'partners.pem', ...version },
        },
      }),
  ],
  [
    'a trust store of load balancers',
    'CaCertificatesBundleS3ObjectVersion',
    'CaCertificatesBundleS3ObjectVersion',
    (version) => one('AWS::ElasticLoadBalancingV2::TrustStore', version),
  ],
];

describe.each(KINDS)('ClientTrustStoreIsPinned, of %s', (_, path, property, build) => {
  test.each<[string, Json]>([
    ['a version', '3HL4kqtJlcpXroDTDmJ'],
    ['a version that is known at deployment only', HIDDEN],
  ])('passes %s', (_name, version) => {
    expect(judged(build({ [property]: version }))).toEqual([]);
  });

  test('warns where none is named', () => {
    expect(judged(build({}))).toEqual([`warning violation It.Properties.${path}: absent`]);
    expect(judged(build({ [property]: { Ref: 'AWS::NoValue' } }))).toEqual([
      `warning violation It.Properties.${path}: absent`,
    ]);
  });

  test.each([
    ['null', '"null"'],
    ['', '""'],
  ])('warns of %j, which is no version', (version, got) => {
    expect(judged(build({ [property]: version }))).toEqual([
      `warning violation It.Properties.${path}: ${got}`,
    ]);
  });
});

test.each(['AWS::ApiGateway::DomainName', 'AWS::ApiGatewayV2::DomainName'])(
  'ClientTrustStoreIsPinned has nothing to say of an %s without mutual TLS',
  (type) => {
    expect(judged(one(type, { DomainName: 'api.example.com' }))).toEqual([]);
  },
);
