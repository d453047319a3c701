import { Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { invalidProperty } from '../invalid-property';
import { checkKnownList } from './api-endpoint';

const INVOKE = ['execute-api:Invoke'];
const EVERYTHING = ['execute-api:/*'];
const ANYBODY = [new iam.StarPrincipal()];

/** Who may call a private API, and from where. */
export interface Callers {
  /** The ids of the endpoints that lead to it. */
  readonly endpointIds: readonly string[];
  readonly organizationId: string | undefined;
  /** Other accounts, whose own IAM policies allow it too. */
  readonly accounts: readonly string[];
}

/**
 * The resource policy of a private API.
 *
 * It denies what comes by other endpoints, and signatures of principals outside of the organisation; callers without a
 * signature have no organisation, and prove who they are to an authorizer. It allows accounts, never everybody: where
 * a policy allows everybody, each principal of the account may call every method without any IAM policy of its own
 * ("either the user policies or the resource policy").
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-aws-condition-keys.html
 */
export function apiPolicy(scope: Construct, callers: Callers): iam.PolicyDocument {
  const { account } = Stack.of(scope);
  const statements = [
    ...denials(callers),
    new iam.PolicyStatement({
      sid: 'AccountsWithIamPolicies',
      principals: [account, ...callers.accounts].map((id) => new iam.AccountPrincipal(id)),
      actions: INVOKE,
      resources: EVERYTHING,
    }),
  ];
  if (callers.organizationId !== undefined) {
    statements.push(
      new iam.PolicyStatement({
        sid: 'OtherAccountsOfOrganization',
        principals: ANYBODY,
        actions: INVOKE,
        resources: EVERYTHING,
        // Calls from another account need an IAM policy there as well; those from this one would not.
        conditions: {
          StringEquals: { 'aws:PrincipalOrgID': callers.organizationId },
          StringNotEquals: { 'aws:PrincipalAccount': account },
        },
      }),
    );
  }
  return new iam.PolicyDocument({ statements });
}

/** The policy of a private custom domain: the same limits; what is called behind it is for the API to allow. */
export function domainPolicy(callers: Callers): iam.PolicyDocument {
  return new iam.PolicyDocument({
    statements: [
      ...denials(callers),
      new iam.PolicyStatement({
        sid: 'ApiDecides',
        principals: ANYBODY,
        actions: INVOKE,
        resources: EVERYTHING,
      }),
    ],
  });
}

/** Refuses accounts that are none. */
export function checkAccounts(scope: Construct, accounts: readonly string[]): void {
  checkKnownList(scope, 'callerAccounts', accounts);
  const wrong = accounts.find((account) => !Token.isUnresolved(account) && !/^\d{12}$/.test(account));
  if (wrong === undefined) return;
  throw invalidProperty(
    scope,
    `'callerAccounts' must hold ids of 12 digits, got ${JSON.stringify(wrong.slice(0, 80))}, correct it`,
  );
}

function denials({ endpointIds, organizationId }: Callers): iam.PolicyStatement[] {
  const deny = { effect: iam.Effect.DENY, principals: ANYBODY, actions: INVOKE, resources: EVERYTHING };
  const others = new iam.PolicyStatement({
    ...deny,
    sid: 'OtherEndpoints',
    conditions: { StringNotEquals: { 'aws:SourceVpce': [...endpointIds] } },
  });
  if (organizationId === undefined) return [others];
  const outsiders = new iam.PolicyStatement({
    ...deny,
    sid: 'OutsideOfOrganization',
    // A principal of no organisation has no such id either: what tells principals from nobody is their ARN.
    conditions: {
      StringNotEquals: { 'aws:PrincipalOrgID': organizationId },
      Null: { 'aws:PrincipalArn': 'false' },
    },
  });
  return [others, outsiders];
}
