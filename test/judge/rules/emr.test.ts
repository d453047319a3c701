import { emr } from '../../../lib/judge/hops/connectors/emr';
import { EMR_RULES } from '../../../lib/judge/rules/emr';
import type { JsonMap } from '../../../lib/judge/template';
import { factsOf, wordsOf } from '../support';

const AT = 'Properties.SecurityConfiguration.EncryptionConfiguration.EnableInTransitEncryption';

const CERTIFICATES = { TLSCertificateConfiguration: { CertificateProviderType: 'PEM' } };

const app = (on: JsonMap | boolean): JsonMap => ({
  Nodes: {
    Type: 'AWS::EMR::Cluster',
    Properties: { Name: 'a', SecurityConfiguration: { Ref: 'Configuration' } },
  },
  Configuration: {
    Type: 'AWS::EMR::SecurityConfiguration',
    Properties: {
      SecurityConfiguration: {
        EncryptionConfiguration: {
          EnableInTransitEncryption: on,
          InTransitEncryptionConfiguration: CERTIFICATES,
        },
      },
    },
  },
});

const words = (resources: JsonMap, parts: object = {}) =>
  EMR_RULES.flatMap((rule) => wordsOf(rule, factsOf(emr, resources, parts)));

describe('EmrNodesEncryptTraffic', () => {
  test('passes a cluster whose security configuration turns encryption in transit on', () => {
    expect(words(app(true))).toEqual(['compliant']);
  });

  test('fails one whose security configuration turns it off', () => {
    expect(words(app(false))).toEqual([`violation at ${AT}: false`]);
  });

  test('fails a cluster without a security configuration', () => {
    const cluster = { Nodes: { Type: 'AWS::EMR::Cluster', Properties: { Name: 'a' } } };
    expect(words(cluster)).toEqual(['violation at Properties.SecurityConfiguration: absent']);
  });

  test('cannot tell a parameter without a default', () => {
    expect(words(app({ Ref: 'On' }), { Parameters: { On: { Type: 'String' } } })).toEqual([
      `unknown at ${AT}`,
    ]);
  });
});
