import { ses } from '../../../lib/judge/hops/connectors/ses';
import { SES_RULES } from '../../../lib/judge/rules/ses';
import type { JsonMap } from '../../../lib/judge/template';
import { factsOf, ruleNamed, wordsOf } from '../support';

const words = (properties: JsonMap) =>
  wordsOf(
    ruleNamed(SES_RULES, 'SesRequiresTls'),
    factsOf(
      ses,
      { Set: { Type: 'AWS::SES::ConfigurationSet', Properties: properties } },
      { Parameters: { Value: { Type: 'String' } } },
    ),
  );

test('passes REQUIRE', () => {
  expect(words({ DeliveryOptions: { TlsPolicy: 'REQUIRE' } })).toEqual(['compliant']);
});

test('fails OPTIONAL, and a configuration set that does not say, since SES then falls back to plaintext', () => {
  expect(words({ DeliveryOptions: { TlsPolicy: 'OPTIONAL' } })).toEqual([
    'violation at Properties.DeliveryOptions.TlsPolicy: OPTIONAL',
  ]);
  expect(words({})).toEqual(['violation at Properties.DeliveryOptions.TlsPolicy: absent']);
});

test('cannot tell what a parameter without default decides', () => {
  expect(words({ DeliveryOptions: { TlsPolicy: { Ref: 'Value' } } })).toEqual([
    'unknown at Properties.DeliveryOptions.TlsPolicy',
  ]);
});
