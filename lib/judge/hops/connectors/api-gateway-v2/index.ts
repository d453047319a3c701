import { defaultTlsPolicyOf } from '../../../../core/tls';
import type { Cursor, Resource, World } from '../../../template';
import { certificateBehind } from '../../certificate-arn';
import { type Connector, hop, resourceParty } from '../../connector';
import type { Fact, Hop, Party } from '../../fact';
import { hidden, none, observe, stated } from '../../observed';
import { protocolOf, urlAt } from '../../url';
import { definitionHops, integrationHops, V2_INTEGRATION } from '../api-gateway/integration';
import { bypassOf, bypassOfDomain, mutualTlsOf } from '../api-gateway/mapping';

const API = 'AWS::ApiGatewayV2::Api';
const DOMAIN = 'AWS::ApiGatewayV2::DomainName';
const INTEGRATION = 'AWS::ApiGatewayV2::Integration';

const INTERNET: Party = { what: 'internet', name: 'the internet' };

/** API Gateway, second generation: HTTP and WebSocket APIs, their integrations and custom domains. */
export const apiGatewayV2: Connector = {
  service: 'api-gateway-v2',
  types: [DOMAIN, API, INTEGRATION],
  reads: ['AWS::ApiGatewayV2::ApiMapping', 'AWS::ApiGatewayV2::Stage', 'AWS::ApiGatewayV2::VpcLink'],
  facts(resource: Resource, world: World): readonly Fact[] {
    const view = world.view(resource);
    if (resource.type === DOMAIN) return domainHops(view);
    if (resource.type === API) return apiFacts(view);
    const from = resourceParty(view.at('ApiId').reference() ?? resource);
    return integrationHops(view, V2_INTEGRATION, 'apigatewayv2.integration', from);
  },
};

function domainHops(view: Cursor): Hop[] {
  const configurations = view.at('DomainNameConfigurations');
  const list = configurations.list();
  const common = {
    kind: 'apigatewayv2.domain' as const,
    from: INTERNET,
    to: resourceParty(view.resource),
    protocol: stated(view, 'tls' as const),
    policyService: 'apigatewayv2' as const,
    serverAuthenticated: stated(view, true),
    clientAuthentication: mutualTlsOf(view),
    bypasses: bypassOfDomain(view),
  };
  if (list.state === 'unresolved') {
    return [hop(view, { ...common, tlsPolicy: hidden(configurations, list.why) })];
  }
  const items = list.state === 'given' && list.value.length > 0 ? list.value : [configurations.at(0)];
  return items.map((item) => {
    const policy = item.at('SecurityPolicy');
    return hop(view, {
      ...common,
      tlsPolicy: observe(policy, policy.string(), { otherwise: defaultTlsPolicyOf('apigatewayv2')?.name }),
      ...certificateBehind(item.at('CertificateArn')),
    });
  });
}

function apiFacts(view: Cursor): Fact[] {
  const party = resourceParty(view.resource);
  const facts: Fact[] = [
    ...definitionHops(view, 'apigatewayv2.integration', party),
    ...quickCreateHops(view, party),
  ];
  const disabled = view.at('DisableExecuteApiEndpoint');
  const closed = disabled.boolean();
  if (closed.state === 'given' && closed.value) return facts;
  facts.push(
    hop(view, {
      kind: 'apigatewayv2.api',
      from: INTERNET,
      to: party,
      protocol: stated(view, 'tls' as const),
      policyService: 'apigatewayv2',
      // No property selects it: it comes with the kind of API.
      tlsPolicy: stated(view.at('ProtocolType'), defaultTlsPolicyOf('apigatewayv2')?.name ?? 'TLS_1_2', {
        given: true,
      }),
      serverAuthenticated: stated(view, true),
      clientAuthentication: none(view),
      certificate: stated(view, 'service-owned' as const),
      bypasses: bypassOf(view, disabled),
    }),
  );
  return facts;
}

/** `Target` makes an integration beside the API: a URL, or the ARN of a function. */
function quickCreateHops(view: Cursor, from: Party): Hop[] {
  const target = view.at('Target');
  if (!target.isPresent) return [];
  const function_ = target.reference();
  const text = target.string();
  const isArn = text.state === 'given' && text.value.startsWith('arn:');
  const common = {
    kind: 'apigatewayv2.integration' as const,
    from,
    floor: stated(target, 'TLSv1.2' as const),
    clientAuthentication: none<never>(target),
  };
  const url = urlAt(target);
  if (isArn || (function_?.type.startsWith('AWS::Lambda::') && url.scheme.value === undefined)) {
    const to = function_ === undefined ? { what: 'aws' as const, name: 'lambda' } : resourceParty(function_);
    const protocol = stated(target, 'tls' as const, { given: true });
    return [hop(view, { ...common, to, protocol, serverAuthenticated: stated(target, true) })];
  }
  const to: Party = { what: 'external', name: url.host === '' ? 'a host that is not known' : url.host };
  return [hop(view, { ...common, to, protocol: protocolOf(url), serverAuthenticated: stated(target, true) })];
}
