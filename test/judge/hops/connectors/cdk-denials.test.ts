import { App as CdkApp, type CfnResource, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { AnyPrincipal, Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { collectFacts } from '../../../../lib/judge/hops';
import { s3 } from '../../../../lib/judge/hops/connectors/s3';
import { sns } from '../../../../lib/judge/hops/connectors/sns';
import { sqs } from '../../../../lib/judge/hops/connectors/sqs';
import { App, type JsonMap } from '../../../../lib/judge/template';
import { denialsOf } from '../../support';

/** What the judge says of everything that a stack of CDK makes. */
function denialsIn(build: (stack: Stack) => void) {
  const stack = new Stack(new CdkApp(), 'Stack');
  build(stack);
  const json = Template.fromStack(stack).toJSON() as JsonMap;
  const app = new App([{ name: 'Stack', json }]);
  return denialsOf(collectFacts(app, [s3, sns, sqs]).all);
}

const answers = (build: (stack: Stack) => void) => denialsIn(build).map(({ denial }) => denial.value);

describe('what CDK makes in a stack without region and account', () => {
  test('is denied with enforceSSL', () => {
    const all = (stack: Stack) => {
      new Bucket(stack, 'Bucket', { enforceSSL: true });
      new Topic(stack, 'Topic', { enforceSSL: true });
      new Topic(stack, 'Fifo', { enforceSSL: true, fifo: true, topicName: 'orders.fifo' });
      new Queue(stack, 'Queue', { enforceSSL: true });
      new Queue(stack, 'Named', { enforceSSL: true, queueName: 'orders' });
    };
    expect(answers(all)).toEqual(Array(5).fill('denied'));
  });

  test('is absent without it', () => {
    const all = (stack: Stack) => {
      new Bucket(stack, 'Bucket');
      new Topic(stack, 'Topic');
      new Queue(stack, 'Queue');
    };
    expect(answers(all)).toEqual(Array(3).fill('absent'));
  });

  test('stays denied beside grants', () => {
    const all = (stack: Stack) => {
      const bucket = new Bucket(stack, 'Bucket', { enforceSSL: true });
      bucket.grantRead(new ServicePrincipal('cloudfront.amazonaws.com'));
      const topic = new Topic(stack, 'Topic', { enforceSSL: true });
      topic.grantPublish(new ServicePrincipal('events.amazonaws.com'));
    };
    expect(answers(all)).toEqual(['denied', 'denied']);
  });

  test('has the minimum version of minimumTLSVersion', () => {
    const [denial] = denialsIn((stack) => {
      new Bucket(stack, 'Bucket', { enforceSSL: true, minimumTLSVersion: 1.2 });
    });
    expect(denial).toMatchObject({ denial: { value: 'denied' }, minimumTls: { value: 'TLSv1.2' } });
  });

  test('is weakened by an override that CDK does not see', () => {
    const weakened = (stack: Stack) => {
      const bucket = new Bucket(stack, 'Bucket', { enforceSSL: true });
      const policy = bucket.policy?.node.defaultChild as CfnResource;
      policy.addPropertyOverride('PolicyDocument.Statement.0.Condition.StringEquals', {
        'aws:SourceVpc': 'vpc-1',
      });
    };
    expect(answers(weakened)).toEqual(['weakened']);
  });

  test('is denied by a statement written by hand', () => {
    const byHand = (stack: Stack) => {
      const bucket = new Bucket(stack, 'Bucket');
      bucket.addToResourcePolicy(
        new PolicyStatement({
          effect: Effect.DENY,
          principals: [new AnyPrincipal()],
          actions: ['s3:*'],
          resources: [bucket.bucketArn, bucket.arnForObjects('*')],
          conditions: { Bool: { 'aws:SecureTransport': false } },
        }),
      );
      new EventBus(stack, 'Bus');
    };
    expect(answers(byHand)).toEqual(['denied']);
  });
});
