import { type CfnResource, Fn, Stack } from 'aws-cdk-lib';
import { CfnBucket, CfnBucketPolicy } from 'aws-cdk-lib/aws-s3';
import { CfnTopic, CfnTopicPolicy } from 'aws-cdk-lib/aws-sns';
import { CfnQueue, CfnQueuePolicy } from 'aws-cdk-lib/aws-sqs';
import type { WrongVerdict } from './wrong-verdict';

const IN_CLEAR = { Bool: { 'aws:SecureTransport': 'false' } };

function named<T extends CfnResource>(logicalId: string, resource: T): T {
  resource.overrideLogicalId(logicalId);
  return resource;
}

type Change = (bucket: CfnBucket) => object;

/** A bucket with the Deny that is right, which `change` spreads something over. */
function bucket(stack: Stack, change: Change = () => ({}), policyStack = stack, before: object[] = []): void {
  const made = named('Bucket', new CfnBucket(stack, 'Bucket'));
  const statement = {
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: [made.attrArn, `${made.attrArn}/*`],
    Condition: IN_CLEAR,
    ...change(made),
  };
  const policyDocument = { Version: '2012-10-17', Statement: [...before, statement] };
  named('Policy', new CfnBucketPolicy(policyStack, 'Policy', { bucket: made.ref, policyDocument }));
}

function topic(stack: Stack, props: object, statement?: object): void {
  const made = named('Topic', new CfnTopic(stack, 'Topic', props));
  if (statement === undefined) return;
  const deny = {
    Effect: 'Deny',
    Principal: '*',
    Action: 'sns:Publish',
    Resource: made.ref,
    Condition: IN_CLEAR,
  };
  const policyDocument = { Version: '2012-10-17', Statement: [{ ...deny, ...statement }] };
  named('Policy', new CfnTopicPolicy(stack, 'Policy', { topics: [made.ref], policyDocument }));
}

function queue(stack: Stack, resource: (own: CfnQueue) => string): void {
  const own = named('Queue', new CfnQueue(stack, 'Queue'));
  const deny = {
    Effect: 'Deny',
    Principal: '*',
    Action: 'sqs:*',
    Resource: resource(own),
    Condition: IN_CLEAR,
  };
  const policyDocument = { Version: '2012-10-17', Statement: [deny] };
  named('Policy', new CfnQueuePolicy(stack, 'Policy', { queues: [own.ref], policyDocument }));
}

const S3 = {
  service: 'S3',
  cdkNagRule: 's3.S3BucketSSLRequestsOnly',
  ourRule: 'BucketDeniesPlaintext',
} as const;
const SNS = {
  service: 'SNS',
  cdkNagRule: 'sns.SNSTopicSSLPublishOnly',
  ourRule: 'TopicDeniesPlaintext',
} as const;
const ELSEWHERE = { StringEquals: { 'aws:SourceVpc': 'vpc-11112222' } };

/** What differs about policies that are there to refuse plaintext. */
export const MESSAGING: readonly WrongVerdict[] = [
  {
    ...S3,
    id: 's3-weakened-deny',
    about: 'a bucket refuses plaintext from one VPC, and takes it from everywhere else',
    cdkNagSays: 'compliant',
    right: 'violation',
    at: 'Policy Properties.PolicyDocument.Statement.0',
    build: (stack) => bucket(stack, () => ({ Condition: { ...IN_CLEAR, ...ELSEWHERE } })),
    repaired: (stack) => bucket(stack),
  },
  {
    ...S3,
    id: 's3-bool-if-exists',
    about: 'a bucket refuses plaintext by `BoolIfExists`',
    cdkNagSays: 'violation',
    right: 'compliant',
    build: (stack) => bucket(stack, () => ({ Condition: { BoolIfExists: IN_CLEAR.Bool } })),
  },
  {
    ...S3,
    id: 's3-resource-star',
    about: 'a bucket refuses plaintext for `Resource: "*"`',
    cdkNagSays: 'violation',
    right: 'compliant',
    build: (stack) => bucket(stack, () => ({ Resource: '*' })),
  },
  {
    ...S3,
    id: 's3-policy-in-another-stack',
    about: 'a bucket refuses plaintext by a policy that another stack makes',
    cdkNagSays: 'violation',
    right: 'compliant',
    build: (stack) => {
      const other = new Stack(stack.node.scope ?? stack, 'Policies', { env: { region: 'eu-west-1' } });
      bucket(stack, undefined, other);
    },
  },
  {
    ...S3,
    id: 's3-not-principal',
    about: 'a bucket refuses plaintext, and another statement of its policy has `NotPrincipal`',
    cdkNagSays: 'rule threw',
    right: 'compliant',
    build: (stack) => {
      const other = {
        Effect: 'Deny',
        NotPrincipal: { AWS: 'arn:aws:iam::111122223333:root' },
        Action: 's3:*',
        Resource: '*',
      };
      bucket(stack, undefined, stack, [other]);
    },
  },
  {
    ...SNS,
    id: 'sns-key-instead-of-deny',
    about: 'a topic is encrypted with a key, and has no policy that refuses plaintext',
    cdkNagSays: 'compliant',
    right: 'violation',
    at: 'Topic Properties',
    build: (stack) => topic(stack, { kmsMasterKeyId: 'alias/aws/sns' }),
    repaired: (stack) => topic(stack, { kmsMasterKeyId: 'alias/aws/sns' }, {}),
  },
  {
    ...SNS,
    id: 'sns-weakened-deny',
    about: 'a topic refuses plaintext from one VPC, and takes it from everywhere else',
    cdkNagSays: 'compliant',
    right: 'violation',
    at: 'Policy Properties.PolicyDocument.Statement.0',
    build: (stack) => topic(stack, {}, { Condition: { ...IN_CLEAR, ...ELSEWHERE } }),
    repaired: (stack) => topic(stack, {}, {}),
  },
  {
    ...SNS,
    id: 'sns-deny-of-everything',
    about: 'a topic refuses every action in clear (`Action: sns:*`), not publishing alone',
    cdkNagSays: 'violation',
    right: 'compliant',
    build: (stack) => topic(stack, {}, { Action: 'sns:*' }),
  },
  {
    id: 'sqs-deny-of-another-queue',
    service: 'SQS',
    about: 'the policy of a queue refuses plaintext on another queue',
    cdkNagRule: 'sqs.SQSQueueSSLRequestsOnly',
    cdkNagSays: 'compliant',
    right: 'violation',
    ourRule: 'QueueDeniesPlaintext',
    at: 'Policy Properties.PolicyDocument.Statement.0',
    build: (stack) =>
      queue(stack, () => Fn.sub(`arn:\${AWS::Partition}:sqs:\${AWS::Region}:\${AWS::AccountId}:other`)),
    repaired: (stack) => queue(stack, (own) => own.attrArn),
  },
];
