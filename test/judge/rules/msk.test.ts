import { msk } from '../../../lib/judge/hops/connectors/msk';
import { MSK_PACK_ROWS, MSK_RULES } from '../../../lib/judge/rules/msk';
import type { JsonMap } from '../../../lib/judge/template';
import { factsOf, ruleNamed, wordsOf } from '../support';

const words = (id: string, properties: JsonMap, type = 'AWS::MSK::Cluster') =>
  wordsOf(
    ruleNamed(MSK_RULES, id),
    factsOf(
      msk,
      { Kafka: { Type: type, Properties: properties } },
      { Parameters: { Value: { Type: 'String' } } },
    ),
  );
const inTransit = (settings: JsonMap): JsonMap => ({ EncryptionInfo: { EncryptionInTransit: settings } });

describe('KafkaClientsRequireTls', () => {
  test('passes TLS, which is the default', () => {
    expect(words('KafkaClientsRequireTls', inTransit({ ClientBroker: 'TLS' }))).toEqual(['compliant']);
    expect(words('KafkaClientsRequireTls', {})).toEqual(['compliant']);
  });

  test.each(['PLAINTEXT', 'TLS_PLAINTEXT'])('fails %s', (value) => {
    expect(words('KafkaClientsRequireTls', inTransit({ ClientBroker: value }))).toEqual([
      `violation at Properties.EncryptionInfo.EncryptionInTransit.ClientBroker: ${value}`,
    ]);
  });

  test('cannot tell what a parameter without default decides', () => {
    expect(words('KafkaClientsRequireTls', inTransit({ ClientBroker: { Ref: 'Value' } }))).toEqual([
      'unknown at Properties.EncryptionInfo.EncryptionInTransit.ClientBroker',
    ]);
  });

  test('passes a serverless cluster, which has nothing else', () => {
    expect(words('KafkaClientsRequireTls', {}, 'AWS::MSK::ServerlessCluster')).toEqual(['compliant']);
  });
});

describe('KafkaBrokersUseTls', () => {
  test('passes encryption between brokers, which is the default, and fails its absence', () => {
    expect(words('KafkaBrokersUseTls', inTransit({ InCluster: true }))).toEqual(['compliant']);
    expect(words('KafkaBrokersUseTls', {})).toEqual(['compliant']);
    expect(words('KafkaBrokersUseTls', inTransit({ InCluster: false }))).toEqual([
      'violation at Properties.EncryptionInfo.EncryptionInTransit.InCluster: false',
    ]);
  });

  test('cannot tell what a parameter without default decides', () => {
    expect(words('KafkaBrokersUseTls', inTransit({ InCluster: { Ref: 'Value' } }))).toEqual([
      'unknown at Properties.EncryptionInfo.EncryptionInTransit.InCluster',
    ]);
  });
});

describe('KafkaClientsAreAuthenticated', () => {
  const means = (authentication: JsonMap): JsonMap => ({ ClientAuthentication: authentication });
  const judge = (authentication: JsonMap) => words('KafkaClientsAreAuthenticated', means(authentication));

  test.each([
    ['IAM', { Sasl: { Iam: { Enabled: true } } }],
    ['SCRAM', { Sasl: { Scram: { Enabled: true } }, Unauthenticated: { Enabled: false } }],
    ['mutual TLS', { Tls: { Enabled: true, CertificateAuthorityArnList: ['arn'] } }],
    ['certificate authorities alone', { Tls: { CertificateAuthorityArnList: ['arn'] } }],
  ])('passes %s', (_, authentication) => {
    expect(judge(authentication)).toEqual(['compliant']);
  });

  test('fails a cluster that lets anyone in beside those it asks', () => {
    expect(judge({ Sasl: { Iam: { Enabled: true } }, Unauthenticated: { Enabled: true } })).toEqual([
      'violation at Properties.ClientAuthentication.Unauthenticated.Enabled: true',
    ]);
  });

  test('fails a cluster without any scheme, which lets everyone in', () => {
    expect(words('KafkaClientsAreAuthenticated', {})).toEqual([
      'violation at Properties.ClientAuthentication: absent',
    ]);
    expect(judge({ Tls: { Enabled: false, CertificateAuthorityArnList: ['arn'] } })).toHaveLength(1);
    expect(judge({ Tls: { Enabled: false, CertificateAuthorityArnList: ['arn'] } })).not.toEqual([
      'compliant',
    ]);
  });

  test('says nothing where clients come in clear: that is the graver fault', () => {
    expect(words('KafkaClientsAreAuthenticated', inTransit({ ClientBroker: 'PLAINTEXT' }))).toEqual([]);
  });

  test('cannot tell what a parameter without default decides', () => {
    expect(judge({ Unauthenticated: { Enabled: { Ref: 'Value' } } })).toEqual([
      'unknown at Properties.ClientAuthentication.Unauthenticated.Enabled',
    ]);
    expect(judge({ Sasl: { Iam: { Enabled: { Ref: 'Value' } } } })).toEqual([
      'unknown at Properties.ClientAuthentication.Sasl.Iam.Enabled',
    ]);
  });

  test('is a warning, while plaintext is an error', () => {
    expect(MSK_PACK_ROWS.map(({ rule, level }) => `${rule.id}: ${level}`)).toEqual([
      'KafkaClientsRequireTls: error',
      'KafkaBrokersUseTls: error',
      'KafkaClientsAreAuthenticated: warning',
    ]);
  });
});
