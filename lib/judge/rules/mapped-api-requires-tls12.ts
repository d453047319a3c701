import { isAtLeast } from '../../core/tls';
import { hopRule } from './define';
import { type HopPredicate, unknown, violation } from './predicates';
import { COMPLIANT, NOT_APPLICABLE, type Verdict } from './rule';

/**
 * AWS docs, "Security policies for REST APIs": a request to a custom domain is negotiated by the TLS policy of the
 * API behind. Where its default endpoint is open, `ApiEndpointRequiresTls12` judges the same property.
 */
const policiesBehindRequireTls12: HopPredicate = (hop, context) => {
  const behind = hop.tlsPoliciesBehind ?? [];
  if (behind.length === 0) return NOT_APPLICABLE;
  let unsure: Verdict = COMPLIANT;
  for (const policy of behind) {
    if (policy.unknown !== undefined) unsure = unknown(policy, policy.unknown);
    if (policy.value === undefined) continue;
    const found = context.lookUpTlsPolicy('apigateway', policy.value);
    if (!found.known) {
      unsure = unknown(policy, `${policy.value} is not a TLS policy that the catalogue knows`);
    } else if (!isAtLeast(found.policy.oldest, 'TLSv1.2')) {
      const accepts = `${found.policy.name} accepts ${found.policy.oldest}`;
      const detail = policy.given
        ? accepts
        : `without it the service applies ${accepts.replace(' accepts', ', which accepts')}`;
      return violation(policy, 'a TLS policy from TLS 1.2 on, as the domain has', detail);
    }
  }
  return unsure;
};

/** Relational: a custom domain, the mappings of it and their APIs. */
export const MAPPED_API_REQUIRES_TLS12 = hopRule({
  id: 'MappedApiRequiresTls12',
  title: 'a REST API behind a custom domain has a TLS policy from TLS 1.2 on, as the domain does',
  risk: 'By the documentation of AWS the handshake of a custom domain uses the TLS policy of the API behind it: the TLS policy of the domain alone may be no protection.',
  fix: 'Set SecurityPolicy of the RestApi to SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09 with EndpointAccessMode STRICT, the same as the domain; to TLS_1_2 behind a domain with mutual TLS, which can have no other. CDK: RestApi has no property for it; use (api.node.defaultChild as CfnRestApi).securityPolicy and endpointAccessMode.',
  references: { pciDss: ['4.2.1', '2.2.7'], gdpr: ['32(1)(a)'], cwe: ['CWE-326'] },
  resourceTypes: ['AWS::ApiGateway::RestApi'],
  hops: ['apigateway.domain'],
  judge: policiesBehindRequireTls12,
});
