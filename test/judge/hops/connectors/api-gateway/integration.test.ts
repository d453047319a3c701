import { apiGateway } from '../../../../../lib/judge/hops/connectors/api-gateway';
import { apiGatewayV2 } from '../../../../../lib/judge/hops/connectors/api-gateway-v2';
import { API_GATEWAY_RULES } from '../../../../../lib/judge/rules/api-gateway';
import type { JsonMap } from '../../../../../lib/judge/template';
import { factsOf, ruleNamed, wordsOf } from '../../../support';

const judge = (id: string, resources: JsonMap) =>
  wordsOf(ruleNamed(API_GATEWAY_RULES, id), [
    ...factsOf(apiGateway, resources),
    ...factsOf(apiGatewayV2, resources),
  ]);

describe('an integration that lacks what decides', () => {
  test('is not told without a type', () => {
    const method = { Type: 'AWS::ApiGateway::Method', Properties: { Integration: { Uri: 'http://x' } } };
    expect(judge('ApiIntegrationIsEncrypted', { Method: method })).toEqual([
      'unknown at Properties.Integration.Type',
    ]);
    const v2 = { Type: 'AWS::ApiGatewayV2::Integration', Properties: { IntegrationUri: 'http://x' } };
    expect(judge('ApiIntegrationIsEncrypted', { Integration: v2 })).toEqual([
      'unknown at Properties.IntegrationType',
    ]);
    const none = { Type: 'AWS::ApiGateway::Method', Properties: {} };
    expect(judge('ApiIntegrationIsEncrypted', { Method: none })).toEqual([]);
  });

  test('verifies no server by an empty name', () => {
    const Properties = {
      IntegrationType: 'HTTP_PROXY',
      ConnectionType: 'VPC_LINK',
      IntegrationUri: 'arn:x',
      TlsConfig: { ServerNameToVerify: '' },
    };
    const resources = { Integration: { Type: 'AWS::ApiGatewayV2::Integration', Properties } };
    expect(judge('VpcLinkVerifiesServerName', resources)).toEqual([
      'violation at Properties.TlsConfig.ServerNameToVerify: ',
    ]);
  });
});
