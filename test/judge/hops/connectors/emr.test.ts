import { emr } from '../../../../lib/judge/hops/connectors/emr';
import type { JsonMap } from '../../../../lib/judge/template';
import { factsOf, hopsOf } from '../../support';

const CERTIFICATES = {
  TLSCertificateConfiguration: { CertificateProviderType: 'PEM', S3Object: 's3://a/b.zip' },
};
const TLS = { EnableInTransitEncryption: true, InTransitEncryptionConfiguration: CERTIFICATES };

const app = (
  encryption: JsonMap | string | undefined,
  name: JsonMap | string = { Ref: 'Configuration' },
): JsonMap => ({
  Nodes: { Type: 'AWS::EMR::Cluster', Properties: { Name: 'a', SecurityConfiguration: name } },
  Configuration: {
    Type: 'AWS::EMR::SecurityConfiguration',
    Properties: {
      Name: 'house',
      SecurityConfiguration:
        typeof encryption === 'string' ? encryption : { EncryptionConfiguration: encryption ?? {} },
    },
  },
});

const nodes = (resources: JsonMap) => hopsOf(factsOf(emr, resources), 'emr.cluster');

describe('a cluster', () => {
  test('encrypts between nodes where its security configuration says so', () => {
    const [hop, ...more] = nodes(app(TLS));
    expect(more).toEqual([]);
    expect(hop?.protocol).toMatchObject({
      value: 'tls',
      path: 'Properties.SecurityConfiguration.EncryptionConfiguration.EnableInTransitEncryption',
    });
    expect(hop?.protocol.resource.logicalId).toBe('Configuration');
    expect(hop?.resource.logicalId).toBe('Nodes');
  });

  test('finds its security configuration by name too', () => {
    expect(nodes(app(TLS, 'house')).map((hop) => hop.protocol.value)).toEqual(['tls']);
  });

  test('reads a security configuration that is JSON in a string', () => {
    const text = JSON.stringify({ EncryptionConfiguration: TLS });
    expect(nodes(app(text)).map((hop) => hop.protocol.value)).toEqual(['tls']);
  });

  test('speaks in clear without a security configuration, since nothing else turns encryption on', () => {
    const resources = { Nodes: { Type: 'AWS::EMR::Cluster', Properties: { Name: 'a' } } };
    expect(nodes(resources)[0]?.protocol).toMatchObject({
      value: 'plaintext',
      given: false,
      path: 'Properties.SecurityConfiguration',
    });
  });

  test('cannot be told where its security configuration is made elsewhere', () => {
    expect(nodes(app(TLS, 'other'))[0]?.protocol).toMatchObject({
      value: undefined,
      unknown: expect.any(String),
    });
  });

  test('cannot be told where certificates are missing, since EMR refuses that', () => {
    expect(nodes(app({ EnableInTransitEncryption: true }))[0]?.protocol.unknown).toMatch(/refuses/);
  });

  test.each([
    [{ EnableAtRestEncryption: false }, 'none'],
    [{}, 'none'],
    [{ EnableAtRestEncryption: true, AtRestEncryptionConfiguration: {} }, 'none'],
    [
      {
        EnableAtRestEncryption: true,
        AtRestEncryptionConfiguration: {
          LocalDiskEncryptionConfiguration: { EncryptionKeyProviderType: 'AwsKms' },
        },
      },
      'customer-key',
    ],
  ])('keeps what its disks hold as %j says: %s', (encryption, expected) => {
    const stores = factsOf(emr, app(encryption)).filter((fact) => fact.fact === 'store');
    expect(stores).toMatchObject([{ kind: 'emr', encryption: { value: expected } }]);
  });
});

test('a security configuration that no cluster uses is judged by itself', () => {
  const [hop] = nodes(app({}, 'other')).filter(({ resource }) => resource.logicalId === 'Configuration');
  expect(hop?.protocol).toMatchObject({ value: 'plaintext', given: false });
});
