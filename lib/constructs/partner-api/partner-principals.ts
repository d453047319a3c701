import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { ApiRoute } from '../api';
import { arnPartOf } from '../api/routes';
import { invalidProperty } from '../invalid-property';

/**
 * Lets principals of another account call routes, where the IAM policies of that account allow it too: both must
 * (AWS, "API Gateway authorization workflow", cross-account).
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
 */
export function callersOfAnotherAccount(
  scope: Construct,
  stageName: string,
  principals: readonly iam.IPrincipal[],
  routes: readonly ApiRoute[] | undefined,
): iam.PolicyStatement {
  for (const principal of principals) checkPrincipal(scope, principal);
  if (routes !== undefined && routes.length === 0) {
    throw invalidProperty(
      scope,
      "'routes' must name what the partner may call, got none, leave it out for all",
    );
  }
  const parts = routes?.map((route) => arnPartOf(scope, route)) ?? ['*'];
  return new iam.PolicyStatement({
    principals: [...principals],
    actions: ['execute-api:Invoke'],
    resources: parts.map((part) => `execute-api:/${stageName}/${part}`),
  });
}

/** Everybody, a service, and a pattern: none of them is a partner. */
function checkPrincipal(scope: Construct, { policyFragment }: iam.IPrincipal): void {
  const principalJson: Record<string, unknown> = Stack.of(scope).resolve(policyFragment.principalJson);
  const named = Object.entries(principalJson).every(
    ([kind, values]) =>
      kind === 'AWS' && [values].flat().every((value: unknown) => !String(value).includes('*')),
  );
  if (named && Object.keys(principalJson).length > 0) return;
  throw invalidProperty(
    scope,
    `'principals' must name accounts, roles or users of the partner, got ${JSON.stringify(principalJson).slice(0, 80)}, name them by their ARNs`,
  );
}
