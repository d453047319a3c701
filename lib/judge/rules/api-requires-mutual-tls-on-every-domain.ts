import { hopRule } from './define';
import { judged } from './predicates';

/** Relational: a custom domain, the APIs that it leads to, and the other domains that lead to them. */
export const API_REQUIRES_MUTUAL_TLS_ON_EVERY_DOMAIN = hopRule({
  id: 'ApiRequiresMutualTlsOnEveryDomain',
  title: 'an API behind a custom domain with mutual TLS is behind none without',
  risk: 'Clients without a certificate reach the API by the other name: whom mutual TLS turns away comes in beside it.',
  fix: 'Set MutualTlsAuthentication on this domain too, or map another API to it. CDK: mtls on DomainName, or a RestApi of its own for callers without certificates.',
  references: { pciDss: ['1.4.1', '4.2.1', '8.3.1'], gdpr: ['32(1)(b)'], cwe: ['CWE-288', 'CWE-306'] },
  resourceTypes: [
    'AWS::ApiGateway::DomainName',
    'AWS::ApiGateway::DomainNameV2',
    'AWS::ApiGatewayV2::DomainName',
  ],
  hops: ['apigateway.domain', 'apigatewayv2.domain'],
  judge: ({ bypasses }) =>
    bypasses === undefined
      ? { verdict: 'notApplicable' }
      : judged(
          bypasses,
          'the mutual TLS that another domain of the same API demands',
          (bypassed) => bypassed !== 'mutual-tls',
        ),
});
