import { Duration } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { LambdaSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { AlarmTopic, AuditTrail, EncryptedQueue, EncryptedTopic, LogBucket, LogKind } from '../../../lib';
import { type ConstructSample, existingBucket, existingKey } from './construct-sample';

/** Logs, the trail, and messages. */
export const RECORD_SAMPLES: readonly ConstructSample[] = [
  { construct: 'AuditTrail', build: (stack) => new AuditTrail(stack, 'Trail') },
  {
    construct: 'AuditTrail',
    options: 'a name, seven years, a lock that nobody lifts, buckets and key that exist',
    build: (stack, around) =>
      new AuditTrail(stack, 'Trail', {
        trailName: 'shop-trail',
        retention: Duration.days(2557),
        objectLock: s3.ObjectLockRetention.compliance(Duration.days(365)),
        logGroupRetention: logs.RetentionDays.TWO_YEARS,
        encryptionKey: existingKey(around),
        serverAccessLogBucket: existingBucket(around, 'access-logs-of-example'),
      }),
  },
  {
    construct: 'LogBucket',
    build: (stack) => new LogBucket(stack, 'Logs', { kind: LogKind.ALB_ACCESS }),
  },
  {
    construct: 'LogBucket',
    options: 'for a trail: a new key, a lock, two years, a prefix, access logs',
    build: (stack, around) =>
      new LogBucket(stack, 'Logs', {
        kind: LogKind.CLOUDTRAIL,
        retention: Duration.days(730),
        prefix: 'trail',
        serverAccessLogBucket: existingBucket(around, 'access-logs-of-example'),
      }),
  },
  { construct: 'AlarmTopic', build: (stack) => new AlarmTopic(stack, 'Alarms') },
  {
    construct: 'AlarmTopic',
    options: 'a key that exists',
    build: (stack, around) => new AlarmTopic(stack, 'Alarms', { encryptionKey: existingKey(around) }),
  },
  { construct: 'EncryptedTopic', build: (stack) => new EncryptedTopic(stack, 'Orders') },
  {
    construct: 'EncryptedTopic',
    options: 'a key that exists, a publishing bucket, a queue and a function that subscribe',
    build: (stack, around) => {
      const topic = new EncryptedTopic(stack, 'Orders', { encryptionKey: existingKey(around) });
      topic.allowService({
        service: 's3.amazonaws.com',
        sourceArns: ['arn:aws:s3:::orders-of-example'],
      });
      topic.addQueue(new EncryptedQueue(stack, 'Packing', { encryptionKey: topic.encryptionKey }));
      const billing = 'arn:aws:lambda:eu-west-1:111122223333:function:billing';
      topic.addSubscription(
        new LambdaSubscription(
          lambda.Function.fromFunctionAttributes(around, 'Billing', {
            functionArn: billing,
            sameEnvironment: true,
          }),
        ),
      );
      return topic;
    },
  },
  { construct: 'EncryptedQueue', build: (stack) => new EncryptedQueue(stack, 'Payments') },
  {
    construct: 'EncryptedQueue',
    options: 'in order, a key that exists, a day of retention',
    build: (stack, around) =>
      new EncryptedQueue(stack, 'Payments', {
        encryptionKey: existingKey(around),
        retention: Duration.days(1),
        visibilityTimeout: Duration.minutes(2),
        maxReceiveCount: 5,
        fifo: true,
      }),
  },
];
