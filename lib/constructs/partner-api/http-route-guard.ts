import { Reference, Stack, Tokenization } from 'aws-cdk-lib';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { byCodeUnit } from '../../core/order';
import { templateProperty } from '../api/template-property';

/**
 * Refuses, at synthesis, an HTTP API with a route that asks callers for nothing, or that goes on in clear: whenever and
 * however it was added, in whichever stack.
 */
export function guardRoutes(api: apigatewayv2.HttpApi): void {
  api.node.addValidation({
    validate: () => {
      const all = api.node.root.node.findAll();
      const open = all
        .filter((construct) => apigatewayv2.CfnRoute.isCfnRoute(construct))
        .filter((route) => isOf(api, route.apiId) && isOpen(route))
        .map(({ routeKey }) => routeKey);
      const inClear = all
        .filter((construct) => apigatewayv2.CfnIntegration.isCfnIntegration(construct))
        .filter((integration) => isOf(api, integration.apiId) && goesOnInClear(integration))
        .map(({ node }) => node.scope?.node.path ?? node.path);
      return [
        ...problem(
          open,
          'routes must ask callers who they are',
          'add them by addRoute, or give them an authorizer',
        ),
        ...problem(
          inClear,
          'integrations must go on over TLS',
          'name an https:// URL, or a load balancer with serverName, without which API Gateway speaks HTTP over a VPC link',
        ),
      ];
    },
  });
}

function problem(found: readonly string[], rule: string, remedy: string): string[] {
  return found.length === 0 ? [] : [`${rule}, got ${[...found].sort(byCodeUnit).join(', ')}, ${remedy}`];
}

function isOf(api: apigatewayv2.HttpApi, apiId: string): boolean {
  const reference = Tokenization.reverse(apiId);
  return Reference.isReference(reference) ? reference.target === api.node.defaultChild : apiId === api.apiId;
}

function isOpen(route: apigatewayv2.CfnRoute): boolean {
  const authorizationType = templateProperty(route, 'AuthorizationType', route.authorizationType);
  return authorizationType === undefined || authorizationType === 'NONE';
}

function goesOnInClear(integration: apigatewayv2.CfnIntegration): boolean {
  const { connectionType, integrationType } = integration;
  const tlsConfig = templateProperty(integration, 'TlsConfig', integration.tlsConfig);
  if (connectionType === 'VPC_LINK') return !namesServer(Stack.of(integration).resolve(tlsConfig));
  const uri = templateProperty(integration, 'IntegrationUri', integration.integrationUri);
  return integrationType === 'HTTP_PROXY' && !(typeof uri === 'string' && /^https:/i.test(uri));
}

function namesServer(tlsConfig: unknown): boolean {
  if (typeof tlsConfig !== 'object' || tlsConfig === null || !('serverNameToVerify' in tlsConfig))
    return false;
  return tlsConfig.serverNameToVerify !== undefined && tlsConfig.serverNameToVerify !== '';
}
