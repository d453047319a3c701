import { isJsonMap, type Json, type JsonMap } from '../../judge/template';
import type { Change } from './change';
import type { Case, RepairRow } from './row';

/** A service whose resources have a policy as a resource of its own. */
interface PolicyService {
  readonly type: string;
  readonly policyType: string;
  /** The property of the policy that names what it is for. */
  readonly target: 'Bucket' | 'Queues' | 'Topics';
  readonly actions: string;
  /** What a statement of it names. */
  readonly resources: (logicalId: string) => readonly Json[];
  /** What its first policy has to say besides: the service puts it in the place of one of its own. */
  readonly first?: (logicalId: string) => JsonMap;
}

const BUCKET: PolicyService = {
  type: 'AWS::S3::Bucket',
  policyType: 'AWS::S3::BucketPolicy',
  target: 'Bucket',
  actions: 's3:*',
  resources: (id) => [{ 'Fn::GetAtt': [id, 'Arn'] }, { 'Fn::Sub': `\${${id}.Arn}/*` }],
};

const QUEUE: PolicyService = {
  type: 'AWS::SQS::Queue',
  policyType: 'AWS::SQS::QueuePolicy',
  target: 'Queues',
  actions: 'sqs:*',
  resources: (id) => [{ 'Fn::GetAtt': [id, 'Arn'] }],
};

/** @see https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html */
const TOPIC_ACTIONS = [
  'sns:GetTopicAttributes',
  'sns:SetTopicAttributes',
  'sns:AddPermission',
  'sns:RemovePermission',
  'sns:DeleteTopic',
  'sns:Subscribe',
  'sns:ListSubscriptionsByTopic',
  'sns:Publish',
];

const TOPIC: PolicyService = {
  type: 'AWS::SNS::Topic',
  policyType: 'AWS::SNS::TopicPolicy',
  target: 'Topics',
  actions: 'sns:Publish',
  resources: (id) => [{ Ref: id }],
  // A topic has this from its beginning, and alarms of CloudWatch publish by it; a policy of yours takes its place.
  first: (id) => ({
    Effect: 'Allow',
    Principal: { AWS: '*' },
    Action: TOPIC_ACTIONS,
    Resource: { Ref: id },
    Condition: { StringEquals: { 'aws:SourceOwner': { Ref: 'AWS::AccountId' } } },
  }),
};

/** Repairs of resource policies that let plaintext through. */
export const DENIAL_ROWS: readonly RepairRow[] = [
  {
    rules: ['BucketDeniesPlaintext'],
    changes: denying(BUCKET, (service, id) => [inClear(service, id), oldTls(service, id)]),
    constructs: [
      {
        module: 'aws-s3',
        made: ['Bucket'],
        // Without the version, the next check would ask for it.
        props: () => ({ enforceSSL: true, minimumTLSVersion: 1.2 }),
        declared: { 'lib/bucket.d.ts': ['enforceSSL', 'minimumTLSVersion'] },
      },
    ],
  },
  {
    rules: ['BucketRequiresTls12'],
    changes: denying(BUCKET, (service, id) => [oldTls(service, id)]),
    constructs: [
      {
        module: 'aws-s3',
        made: ['Bucket'],
        props: () => ({ enforceSSL: true, minimumTLSVersion: 1.2 }),
        declared: { 'lib/bucket.d.ts': ['enforceSSL', 'minimumTLSVersion'] },
      },
    ],
  },
  {
    rules: ['QueueDeniesPlaintext'],
    changes: denying(QUEUE, (service, id) => [inClear(service, id)]),
    constructs: [
      {
        module: 'aws-sqs',
        made: ['Queue'],
        props: () => ({ enforceSSL: true }),
        declared: { 'lib/queue.d.ts': ['enforceSSL'] },
      },
    ],
  },
  {
    rules: ['TopicDeniesPlaintext'],
    changes: denying(TOPIC, (service, id) => [inClear(service, id)]),
    constructs: [
      {
        module: 'aws-sns',
        made: ['Topic'],
        props: (found) => (isForPrograms(found) ? { enforceSSL: true } : undefined),
        declared: { 'lib/topic.d.ts': ['enforceSSL'] },
      },
    ],
  },
  {
    rules: ['TableDeniesPlaintext'],
    changes: ({ finding, place }) => {
      const { resource, path } = finding;
      // Streams and replicas have policies of their own.
      if (resource.type !== 'AWS::DynamoDB::Table' || !/^Properties(\.ResourcePolicy\b|$)/.test(path))
        return undefined;
      const at = [...place, 'Properties', 'ResourcePolicy', 'PolicyDocument'];
      const statement = denial('dynamodb:*', ['*'], IN_CLEAR);
      return withDenial(resource.properties.ResourcePolicy, at, [statement]);
    },
  },
];

/** What CloudFormation takes for one; a template that was made to harm may have others. */
const LOGICAL_ID = /^[A-Za-z0-9]{1,255}$/;

const IN_CLEAR: JsonMap = { Bool: { 'aws:SecureTransport': 'false' } };
const OLD_TLS: JsonMap = { NumericLessThan: { 's3:TlsVersion': '1.2' } };

const inClear = ({ actions, resources }: PolicyService, ids: readonly string[]): JsonMap =>
  denial(actions, ids.flatMap(resources), IN_CLEAR);

const oldTls = ({ actions, resources }: PolicyService, ids: readonly string[]): JsonMap =>
  denial(actions, ids.flatMap(resources), OLD_TLS);

function denial(actions: string, resources: readonly Json[], condition: JsonMap): JsonMap {
  const [only, ...others] = resources;
  return {
    Effect: 'Deny',
    Principal: '*',
    Action: actions,
    Resource: others.length === 0 ? (only ?? '*') : resources,
    Condition: condition,
  };
}

/**
 * Whether a topic is used by nothing but what has a role. The CDK writes a policy with the Deny alone, which takes the
 * place of the one by which alarms and the like publish (DataBiosphere/azul#5651).
 */
function isForPrograms({ finding }: Case): boolean {
  const { logicalId, template } = finding.resource;
  const mentions = JSON.stringify(logicalId);
  return [...template.resources.values()].every(
    ({ type, properties }) =>
      /^AWS::(SNS|IAM|Lambda|ECS)::/.test(type) || !JSON.stringify(properties).includes(mentions),
  );
}

type Statements = (service: PolicyService, ids: readonly string[]) => readonly JsonMap[];

/** Adds statements to the policy that is there, or a policy where there is none. */
function denying(service: PolicyService, statements: Statements): RepairRow['changes'] {
  return (found) => {
    const { resource } = found.finding;
    if (resource.type === service.type) return newPolicy(found, service, statements);
    if (resource.type !== service.policyType) return undefined;
    const ids = targetsOf(resource.properties[service.target], found, service);
    if (ids === undefined) return undefined;
    const at = [...found.place, 'Properties', 'PolicyDocument'];
    return withDenial(resource.properties, at, statements(service, ids));
  };
}

/** Where a policy stands already, what it says stays, and something is added: a Deny comes before every Allow. */
function withDenial(
  around: Json | undefined,
  at: readonly (string | number)[],
  statements: readonly JsonMap[],
): readonly Change[] | undefined {
  const document = isJsonMap(around) ? around.PolicyDocument : undefined;
  if (around !== undefined && !isJsonMap(around)) return undefined;
  if (document === undefined) return [{ at, set: { Version: '2012-10-17', Statement: statements } }];
  if (!isJsonMap(document) || !Array.isArray(document.Statement)) return undefined;
  return [{ at: [...at, 'Statement'], append: statements }];
}

function newPolicy(
  { finding, template, resource }: Case,
  service: PolicyService,
  statements: Statements,
): readonly Change[] | undefined {
  const { logicalId } = finding.resource;
  if (!LOGICAL_ID.test(logicalId)) return undefined;
  const taken = isJsonMap(template.Resources) ? template.Resources : {};
  const id = [`${logicalId}Policy`, `${logicalId}TransportPolicy`].find(
    (name) => !Object.hasOwn(taken, name),
  );
  if (id === undefined) return undefined;
  const target = service.target === 'Bucket' ? { Ref: logicalId } : [{ Ref: logicalId }];
  const policy: JsonMap = {
    Type: service.policyType,
    // It can be where what it is for is, and nowhere else.
    ...(resource.Condition === undefined ? {} : { Condition: resource.Condition }),
    Properties: {
      [service.target]: target,
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          ...(service.first === undefined ? [] : [service.first(logicalId)]),
          ...statements(service, [logicalId]),
        ],
      },
    },
  };
  return [{ at: ['Resources', id], set: policy }];
}

/** The resources of this template that a policy names, if it names no others. */
function targetsOf(
  raw: Json | undefined,
  { finding }: Case,
  { type }: PolicyService,
): readonly string[] | undefined {
  const listed: readonly (Json | undefined)[] = Array.isArray(raw) ? (raw as readonly Json[]) : [raw];
  const ids = listed.flatMap((item) => (isJsonMap(item) && typeof item.Ref === 'string' ? [item.Ref] : []));
  const { resources } = finding.resource.template;
  const areOurs =
    ids.length === listed.length &&
    ids.every((id) => LOGICAL_ID.test(id) && resources.get(id)?.type === type);
  return areOurs ? ids : undefined;
}
