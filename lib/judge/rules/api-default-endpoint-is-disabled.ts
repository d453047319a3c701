import { isAtLeast } from '../../core/tls';
import { hopRule } from './define';
import { classified, type HopPredicate, unknown, violation } from './predicates';
import { COMPLIANT, NOT_APPLICABLE } from './rule';

const WANT = 'true, since a custom domain leads to the API';

/**
 * The default endpoint goes round what the custom domain demands.
 *
 * One that is disabled is no hop: then the domain that leads to the API shows it. Where it accepts versions below TLS 1.2 and no client certificate is at stake, `ApiEndpointRequiresTls12` says so.
 */
const isDisabled: HopPredicate = (hop, context) => {
  const { bypasses, tlsPoliciesBehind = [] } = hop;
  // What goes round a domain by another, `ApiRequiresMutualTlsOnEveryDomain` judges.
  if (hop.kind === 'apigateway.domain') return tlsPoliciesBehind.length > 0 ? COMPLIANT : NOT_APPLICABLE;
  if (bypasses === undefined) return NOT_APPLICABLE;
  if (bypasses.unknown !== undefined) return unknown(bypasses, bypasses.unknown);
  if (bypasses.value === 'mutual-tls') {
    return violation(bypasses, WANT, 'clients without a certificate reach the API by its default endpoint');
  }
  if (bypasses.value !== 'custom-domain') return COMPLIANT;
  const policy = classified(hop, context);
  if (policy !== undefined && !isAtLeast(policy.oldest, 'TLSv1.2')) return NOT_APPLICABLE;
  return violation(bypasses, WANT);
};

/** Relational: an API, the mappings to it and their domains. */
export const API_DEFAULT_ENDPOINT_IS_DISABLED = hopRule({
  id: 'ApiDefaultEndpointIsDisabled',
  title: 'an API behind a custom domain is not reachable by its default endpoint',
  risk: 'Clients that call the execute-api endpoint go round what the custom domain demands: its TLS policy, client certificates (mutual TLS), and a web application firewall in front of it.',
  fix: 'Set DisableExecuteApiEndpoint to true and deploy the API again. CDK: disableExecuteApiEndpoint: true on RestApi or HttpApi; left out it is open.',
  references: { pciDss: ['1.4.1', '2.2.7', '4.2.1'], gdpr: ['32(1)(b)'], cwe: ['CWE-288'] },
  resourceTypes: [
    'AWS::ApiGateway::RestApi',
    'AWS::ApiGatewayV2::Api',
    'AWS::ApiGateway::DomainName',
    'AWS::ApiGateway::DomainNameV2',
  ],
  hops: ['apigateway.api', 'apigatewayv2.api', 'apigateway.domain'],
  judge: isDisabled,
});
