import { runSimulation, type Simulation } from '@cloud-copilot/iam-simulate';
import type { Stack } from 'aws-cdk-lib';
import { rendered } from '../support';
import { ACCOUNT, REGION } from './support';

/** A template as it is deployed, as far as policies need it: every reference is an ARN or a name. */
export type Deployed = Readonly<Record<string, DeployedResource>>;

interface DeployedResource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, Json>>;
}

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
type Fields = Readonly<Record<string, Json>>;

const ARNS: Readonly<Record<string, (id: string) => string>> = {
  'AWS::IAM::Role': (id) => `arn:aws:iam::${ACCOUNT}:role/${id}`,
  'AWS::KMS::Key': (id) => `arn:aws:kms:${REGION}:${ACCOUNT}:key/${id}`,
  'AWS::DynamoDB::Table': (id) => `arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/${id}`,
  'AWS::S3::Bucket': (id) => `arn:aws:s3:::${id.toLowerCase()}`,
  'AWS::Lambda::Function': (id) => `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${id}`,
  'AWS::Logs::LogGroup': (id) => `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:${id}:*`,
};

/** The resources of a stack with everything that policies refer to put in. */
export function deployed(stack: Stack): Deployed {
  const { Resources } = rendered(stack).toJSON() as { Resources: Record<string, DeployedResource> };
  const arnOf = (id: string) => ARNS[Resources[id]?.Type ?? '']?.(id) ?? id;
  const put = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(put);
    if (typeof value !== 'object' || value === null) return value;
    const fields = value as Fields;
    const [name = '', ...more] = Object.keys(fields);
    const given = fields[name] as Json;
    if (more.length === 0 && name === 'Fn::GetAtt') return arnOf(String((given as readonly Json[])[0]));
    if (more.length === 0 && name === 'Ref') return pseudo(String(given)) ?? arnOf(String(given));
    if (more.length === 0 && name === 'Fn::Join') {
      const [separator, parts] = given as readonly [string, readonly Json[]];
      return parts.map(put).join(separator);
    }
    return Object.fromEntries(Object.entries(fields).map(([key, each]) => [key, put(each)]));
  };
  return put(Resources as unknown as Json) as unknown as Deployed;
}

function pseudo(name: string): string | undefined {
  const known: Record<string, string> = {
    'AWS::AccountId': ACCOUNT,
    'AWS::Region': REGION,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
  };
  return known[name];
}

/** Somebody who asks AWS for something. */
export interface Principal {
  readonly arn: string;
  readonly policies: readonly Json[];
}

/** Somebody whom every IAM policy of an account allows something. */
export function somebody(name: string, actions: readonly string[], account = ACCOUNT): Principal {
  const policy = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] };
  return { arn: `arn:aws:iam::${account}:role/${name}`, policies: [policy] };
}

/** The role of a function, with the policies that the template gives it. */
export function roleOf(resources: Deployed, part: string): Principal {
  const [id] = Object.keys(resources).filter(
    (each) => resources[each]?.Type === 'AWS::IAM::Role' && each.includes(`Functions${part}Role`),
  );
  if (id === undefined) throw new Error(`no role of ${part}`);
  const arn = `arn:aws:iam::${ACCOUNT}:role/${id}`;
  const policies = Object.values(resources).flatMap(({ Type, Properties }) =>
    Type === 'AWS::IAM::Policy' && (Properties.Roles as readonly Json[]).includes(arn)
      ? [Properties.PolicyDocument as Json]
      : [],
  );
  return { arn, policies };
}

/** What is asked for, with the policy that stands at it. */
export interface Target {
  readonly arn: string;
  readonly policy: Json | undefined;
}

export function keyOf(resources: Deployed, part: string): Target {
  const id = only(resources, 'AWS::KMS::Key', part);
  return { arn: ARNS['AWS::KMS::Key']?.(id) ?? '', policy: resources[id]?.Properties.KeyPolicy };
}

export function tableOf(resources: Deployed, part: string): Target {
  const id = only(resources, 'AWS::DynamoDB::Table', part);
  const policy = resources[id]?.Properties.ResourcePolicy as Fields | undefined;
  return { arn: ARNS['AWS::DynamoDB::Table']?.(id) ?? '', policy: policy?.PolicyDocument };
}

export function ledgerOf(resources: Deployed, path: string): Target {
  const id = only(resources, 'AWS::S3::Bucket', 'Ledger');
  const policy = Object.values(resources).find(({ Type }) => Type === 'AWS::S3::BucketPolicy');
  return { arn: `arn:aws:s3:::${id.toLowerCase()}${path}`, policy: policy?.Properties.PolicyDocument };
}

function only(resources: Deployed, type: string, part: string): string {
  const found = Object.keys(resources).filter((id) => resources[id]?.Type === type && id.includes(part));
  const [id, ...others] = found;
  if (id === undefined || others.length > 0) throw new Error(`${type} ${part}: ${found.length} of them`);
  return id;
}

/** What is known of a request beside who, what and where. */
export type Context = Readonly<Record<string, string | string[]>>;

/**
 * What AWS decides, by an evaluator that nobody here wrote.
 *
 * It knows no context keys whose names hold a word of one's own but behind a slash: those of the encryption context stand
 * as tags, in policies and requests alike, whose values are compared in the same way.
 *
 * @throws where the evaluator finds a mistake in the request or in a policy
 */
export async function decided(
  principal: Principal,
  action: string,
  target: Target,
  context: Context = {},
): Promise<'allow' | 'deny'> {
  const asked = JSON.stringify(simulation(principal, action, target, context));
  const response = await runSimulation(
    JSON.parse(asked.replaceAll('kms:EncryptionContext:', 'aws:PrincipalTag/context-')) as Simulation,
    {},
  );
  if (response.resultType === 'error') throw new Error(JSON.stringify(response.errors));
  return response.overallResult === 'Allowed' ? 'allow' : 'deny';
}

function simulation(
  { arn, policies }: Principal,
  action: string,
  target: Target,
  context: Context,
): Simulation {
  const [, , , , account = ''] = arn.split(':');
  return {
    request: {
      principal: arn,
      action,
      resource: { resource: target.arn, accountId: ACCOUNT },
      contextVariables: {
        'aws:PrincipalArn': arn,
        'aws:PrincipalAccount': account,
        'aws:PrincipalIsAWSService': 'false',
        'aws:SecureTransport': 'true',
        ...(action.startsWith('s3:') ? { 's3:TlsVersion': '1.3' } : {}),
        ...(action.startsWith('kms:') ? { 'kms:CallerAccount': account } : {}),
        ...context,
      },
    },
    identityPolicies: policies.map((policy, at) => ({ name: `policy${at}`, policy })),
    serviceControlPolicies: [],
    resourceControlPolicies: [],
    resourcePolicy: target.policy,
  };
}
