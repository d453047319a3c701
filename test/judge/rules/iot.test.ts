import { iot } from '../../../lib/judge/hops/connectors/iot';
import { IOT_RULES } from '../../../lib/judge/rules/iot';
import type { Json, JsonMap } from '../../../lib/judge/template';
import { factsOf, ruleNamed, wordsOf } from '../support';

const words = (id: string, properties: JsonMap) =>
  wordsOf(
    ruleNamed(IOT_RULES, id),
    factsOf(
      iot,
      { Domain: { Type: 'AWS::IoT::DomainConfiguration', Properties: properties } },
      { Parameters: { Value: { Type: 'String' } } },
    ),
  );
const policy = (name: Json): JsonMap => ({ TlsConfig: { SecurityPolicy: name } });

test('passes TLS 1.3 on every rung', () => {
  for (const id of [
    'IotDomainTlsPolicyIsClassified',
    'IotDomainRequiresTls12',
    'IotDomainTlsPolicyIsForwardSecret',
  ]) {
    expect([id, words(id, policy('IoTSecurityPolicy_TLS13_1_3_2022_10'))]).toEqual([id, ['compliant']]);
  }
});

test('gives a domain that names no policy the default of the service: TLS 1.2, not forward-secret only', () => {
  expect(words('IotDomainTlsPolicyIsClassified', {})).toEqual(['compliant']);
  expect(words('IotDomainRequiresTls12', {})).toEqual(['compliant']);
  expect(words('IotDomainTlsPolicyIsForwardSecret', {})).toEqual([
    'violation at Properties.TlsConfig.SecurityPolicy: absent',
  ]);
});

test('fails a name that nobody has classified, and says no more about it', () => {
  expect(words('IotDomainTlsPolicyIsClassified', policy('IoTSecurityPolicy_TLS13_1_3_2031_01'))).toEqual([
    'violation at Properties.TlsConfig.SecurityPolicy: IoTSecurityPolicy_TLS13_1_3_2031_01',
  ]);
  expect(words('IotDomainRequiresTls12', policy('IoTSecurityPolicy_TLS13_1_3_2031_01'))).toEqual([]);
});

test('cannot tell a name that a parameter without default decides', () => {
  expect(words('IotDomainTlsPolicyIsClassified', policy({ Ref: 'Value' }))).toEqual([
    'unknown at Properties.TlsConfig.SecurityPolicy',
  ]);
});

test('says nothing about a domain that is switched off', () => {
  expect(words('IotDomainTlsPolicyIsForwardSecret', { DomainConfigurationStatus: 'DISABLED' })).toEqual([]);
});
