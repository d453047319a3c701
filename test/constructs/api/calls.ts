import { anonymousPrincipal, type EvaluationResult, runSimulation } from '@cloud-copilot/iam-simulate';
import type { Stack } from 'aws-cdk-lib';
import { rendered } from '../support';

/** The account that the API is of. */
export const OWN = '111122223333';
/** Another company's, and another one of the organisation, as tests say. */
export const OTHER = '444455556666';
const API_ID = 'a1b2c3d4e5';
const API_ARN = `arn:aws:execute-api:eu-west-1:${OWN}:${API_ID}`;

/** Part of an IAM policy. */
interface Policy {
  readonly Version: string;
  readonly Statement: readonly Record<string, unknown>[];
}

/** A call, with the condition keys that AWS has of it. */
export interface Call {
  /** Who signed: an ARN, and its organisation; absent where nobody did, as with a bearer of a token. */
  readonly principal?: string;
  readonly organization?: string;
  /** The endpoint that it came by; absent on the way through the internet. */
  readonly endpoint?: string;
  /** More condition keys. */
  readonly keys?: Readonly<Record<string, string>>;
  /** Method and path behind the stage. */
  readonly route?: string;
  readonly stage?: string;
  /** IAM policies of the caller. */
  readonly iamPolicies?: readonly Policy[];
  readonly endpointPolicy?: Policy;
}

/** An IAM policy that lets its holder call every API there is, from which only others can take something. */
export const ANY_CALL: Policy = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'execute-api:Invoke', Resource: '*' }],
};
const FULL_ACCESS: Policy = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
};

/** What AWS answers to a call, by an evaluator of IAM policies that is not ours. */
export async function outcomeOf(resourcePolicy: Policy | undefined, call: Call): Promise<EvaluationResult> {
  const { principal, organization, endpoint, route = 'GET/orders/1', stage = 'prod' } = call;
  const account = principal?.split(':')[4];
  const contextVariables: Record<string, string> = {
    ...(endpoint === undefined ? {} : { 'aws:SourceVpce': endpoint }),
    ...(principal === undefined ? {} : { 'aws:PrincipalArn': principal }),
    ...(account === undefined ? {} : { 'aws:PrincipalAccount': account }),
    ...(organization === undefined ? {} : { 'aws:PrincipalOrgID': organization }),
    ...call.keys,
  };
  const result = await runSimulation(
    {
      request: {
        principal: principal ?? anonymousPrincipal,
        action: 'execute-api:Invoke',
        resource: { resource: `${API_ARN}/${stage}/${route}`, accountId: OWN },
        contextVariables,
      },
      identityPolicies: (call.iamPolicies ?? []).map((policy, index) => ({
        name: `policy-${index}`,
        policy,
      })),
      serviceControlPolicies:
        principal === undefined
          ? []
          : [{ orgIdentifier: 'root', policies: [{ name: 'full', policy: FULL_ACCESS }] }],
      resourceControlPolicies: [],
      resourcePolicy,
      vpcEndpointPolicies:
        call.endpointPolicy === undefined ? [] : [{ name: 'endpoint', policy: call.endpointPolicy }],
    },
    {},
  );
  if (result.resultType !== 'single') throw new Error(JSON.stringify(result));
  // A key that was dropped would leave a condition untried.
  expect(result.result.ignoredContextKeys).toEqual([]);
  return result.overallResult;
}

/** The policy that a property of the only resource of a type holds, as AWS will read it. */
export function policyIn(stack: Stack, type: string, property: string): Policy {
  const { Resources } = rendered(stack).toJSON() as Resolved;
  const [only, ...others] = Object.values(Resources).filter((resource) => resource.Type === type);
  expect(others).toEqual([]);
  return asDeployed(only?.Properties?.[property], Resources) as Policy;
}

/** The IAM policies of a role, by the beginning of its logical id. */
export function iamPoliciesOf(stack: Stack, role: string): readonly Policy[] {
  const { Resources } = rendered(stack).toJSON() as Resolved;
  return Object.entries(Resources)
    .filter(([id, { Type }]) => Type === 'AWS::IAM::Policy' && id.startsWith(role))
    .map(([, { Properties }]) => asDeployed(Properties?.PolicyDocument, Resources) as Policy);
}

interface Resolved {
  readonly Resources: Readonly<Record<string, { Type: string; Properties?: Record<string, unknown> }>>;
}

/** With intrinsic functions resolved, and `execute-api:/…` written out, as API Gateway does when a policy is attached. */
function asDeployed(value: unknown, resources: Resolved['Resources']): unknown {
  if (typeof value === 'string') return value.replace(/^execute-api:\//, `${API_ARN}/`);
  if (Array.isArray(value)) return value.map((each) => asDeployed(each, resources));
  if (typeof value !== 'object' || value === null) return value;
  const { Ref, 'Fn::Join': join } = value as Record<string, unknown>;
  if (typeof Ref === 'string') return referenceOf(Ref, resources);
  if (Array.isArray(join)) return (asDeployed(join[1], resources) as string[]).join(join[0]);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, asDeployed(each, resources)]));
}

function referenceOf(name: string, resources: Resolved['Resources']): string {
  const pseudo = { 'AWS::AccountId': OWN, 'AWS::Partition': 'aws', 'AWS::Region': 'eu-west-1' }[name];
  const { Type, Properties } = resources[name] ?? {};
  const known =
    pseudo ?? { 'AWS::ApiGateway::RestApi': API_ID, 'AWS::EC2::VPCEndpoint': OWN_ENDPOINT }[`${Type}`];
  return known ?? String(Properties?.StageName ?? name);
}

/** The id that an endpoint of the stack gets. */
export const OWN_ENDPOINT = 'vpce-0123456789abcdef0';
