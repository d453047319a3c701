import type { Resource, World } from '../../../template';
import { certificateBehind } from '../../certificate-arn';
import { type Connector, hop, resourceParty } from '../../connector';
import type { Fact, Hop } from '../../fact';
import { observe, stated } from '../../observed';
import { clientsOf, endpointTypesOf, tlsPolicyOf } from './endpoint';
import { integrationHops, METHOD_INTEGRATION } from './integration';
import { apisBehind, bypassOfDomain, mutualTlsOf } from './mapping';
import { apiTlsPolicyOf, isDefaultEndpointClosed, restApiFacts } from './rest-api';

const DOMAIN = 'AWS::ApiGateway::DomainName';
const PRIVATE_DOMAIN = 'AWS::ApiGateway::DomainNameV2';
const REST_API = 'AWS::ApiGateway::RestApi';
const METHOD = 'AWS::ApiGateway::Method';

/** API Gateway, first generation: REST APIs, their methods and custom domains. */
export const apiGateway: Connector = {
  service: 'api-gateway',
  types: [DOMAIN, PRIVATE_DOMAIN, REST_API, METHOD],
  reads: [
    'AWS::ApiGateway::BasePathMapping',
    'AWS::ApiGateway::BasePathMappingV2',
    'AWS::ApiGateway::Deployment',
    'AWS::ApiGateway::Stage',
    'AWS::ApiGateway::VpcLink',
  ],
  facts(resource: Resource, world: World): readonly Fact[] {
    if (resource.type === REST_API) return restApiFacts(resource, world);
    if (resource.type === METHOD) return methodHops(resource, world);
    return [domainHop(resource, world)];
  },
};

function domainHop(domain: Resource, world: World): Hop {
  const view = world.view(domain);
  const declared = endpointTypesOf(view);
  // A DomainNameV2 is a private one.
  const types =
    domain.type === PRIVATE_DOMAIN && declared.state !== 'given'
      ? { state: 'given' as const, value: ['PRIVATE'] }
      : declared;
  const regional = view.at('RegionalCertificateArn');
  const accessMode = view.at('EndpointAccessMode');
  const behind = apisBehind(domain, world).filter(
    (api) => api.type === REST_API && isDefaultEndpointClosed(world.view(api)),
  );
  return hop(view, {
    kind: 'apigateway.domain',
    from: clientsOf(types),
    to: resourceParty(domain),
    protocol: stated(view, 'tls' as const),
    policyService: 'apigateway',
    tlsPolicy: tlsPolicyOf(view.at('SecurityPolicy'), types),
    serverAuthenticated: stated(view, true),
    clientAuthentication: mutualTlsOf(view),
    endpointAccessMode: observe<string>(accessMode, accessMode.string(), { otherwise: undefined }),
    bypasses: bypassOfDomain(view),
    tlsPoliciesBehind: behind.map((api) => apiTlsPolicyOf(world.view(api))),
    ...certificateBehind(regional.isPresent ? regional : view.at('CertificateArn')),
  });
}

function methodHops(method: Resource, world: World): Hop[] {
  const view = world.view(method);
  const api = view.at('RestApiId').reference() ?? method;
  const verb = view.at('HttpMethod').string();
  const label = verb.state === 'given' ? verb.value : undefined;
  const integration = view.at('Integration');
  return integrationHops(
    integration,
    METHOD_INTEGRATION,
    'apigateway.integration',
    resourceParty(api),
    label,
  );
}
