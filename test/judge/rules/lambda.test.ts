import { lambda } from '../../../lib/judge/hops/connectors/lambda';
import { LAMBDA_PACK_ROWS, LAMBDA_RULES } from '../../../lib/judge/rules/lambda';
import type { JsonMap } from '../../../lib/judge/template';
import { factsOf, ruleNamed, wordsOf } from '../support';

const words = (properties: JsonMap) =>
  wordsOf(
    ruleNamed(LAMBDA_RULES, 'FunctionUrlIsAuthenticated'),
    factsOf(
      lambda,
      { Url: { Type: 'AWS::Lambda::Url', Properties: properties } },
      { Parameters: { Value: { Type: 'String' } } },
    ),
  );

test('passes a URL that asks for IAM', () => {
  expect(words({ AuthType: 'AWS_IAM' })).toEqual(['compliant']);
});

test('fails a URL that asks for nobody, as a warning', () => {
  expect(words({ AuthType: 'NONE' })).toEqual(['violation at Properties.AuthType: NONE']);
  expect(LAMBDA_PACK_ROWS.map(({ level }) => level)).toEqual(['warning']);
});

test('cannot tell what a parameter without default decides', () => {
  expect(words({ AuthType: { Ref: 'Value' } })).toEqual(['unknown at Properties.AuthType']);
});
