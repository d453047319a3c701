import { Stack, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { invalidProperty } from './invalid-property';

/**
 * The region in which everything of CloudFront is defined.
 *
 * CloudFront takes certificates and web ACLs of this region only, and the deliveries of its access logs can be
 * made in no other (AWS docs, WAF `CreateWebACL` "Scope"; CloudFront Developer Guide "standard-logging").
 */
export const EDGE_REGION = 'us-east-1';

/** Refuses a construct of the edge whose stack is not in the region of the edge, as a literal. */
export function checkEdgeRegion(scope: IConstruct, what: string): void {
  const { region } = Stack.of(scope);
  if (region === EDGE_REGION) return;
  const got = Token.isUnresolved(region) ? 'an unresolved value' : region;
  throw invalidProperty(
    scope,
    `the stack of ${what} must be in ${EDGE_REGION}, got ${got}, set 'env: { region: '${EDGE_REGION}' }' on it and put ` +
      'certificate, web ACL and distribution there; TlsOrigin.loadBalancer refers to a load balancer of another region ' +
      'weakly by itself, refer so to anything else by CrossStackReferences.of(x).produce(ReferenceStrength.WEAK)',
  );
}
