import { Duration, RemovalPolicy, Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { customerKey } from '../customer-key';
import { invalidProperty } from '../invalid-property';
import {
  type ChannelService,
  type IMessageChannel,
  MessageChannel,
  type MessageChannelProps,
} from './message-channel';
import { checkGrantee } from './message-source';

const SQS: ChannelService = {
  service: 'sqs',
  sendAction: 'sqs:SendMessage',
  contextKey: 'kms:EncryptionContext:aws:sqs:arn',
  withoutSource: 'sendWithoutSource',
};
const DEFAULT_RETENTION = Duration.days(4);
/** What SQS takes. */
const SHORTEST_RETENTION = Duration.minutes(1);
const LONGEST_RETENTION = Duration.days(14);
const LONGEST_VISIBILITY = Duration.hours(12);
const DEFAULT_RECEIVES = 5;
const MOST_RECEIVES = 1000;

/** A queue whose messages are encrypted on their way and while they wait. */
export interface IEncryptedQueue extends IMessageChannel {
  /**
   * The ARN of the queue.
   *
   * @attribute
   */
  readonly queueArn: string;
  /**
   * The URL of the queue, which begins with https://.
   *
   * @attribute
   */
  readonly queueUrl: string;
  /** The queue underneath. What is changed there escapes the checks of this construct. */
  readonly queue: sqs.IQueue;

  /** Lets a principal send messages, and use the key for it. Services are refused: see `allowService`. */
  grantSendMessages(grantee: iam.IGrantable): iam.Grant;
  /** Lets a principal receive and delete messages, and use the key for it. */
  grantConsumeMessages(grantee: iam.IGrantable): iam.Grant;
  /** How long the oldest message has waited, in seconds: it is lost when that reaches the retention. */
  metricApproximateAgeOfOldestMessage(options?: cloudwatch.MetricOptions): cloudwatch.Metric;
}

/** What identifies a queue that exists already. */
export interface EncryptedQueueAttributes {
  /** The ARN of the queue. */
  readonly queueArn: string;
  /** The key that encrypts what waits in it. */
  readonly encryptionKey: kms.IKey;
}

/** Properties of an `EncryptedQueue`. Its dead-letter queue has the same key, and keeps order where it does. */
export interface EncryptedQueueProps extends MessageChannelProps {
  /**
   * How long a message waits before it is lost: from one minute to 14 days. The dead-letter queue keeps it for 14
   * days since it was sent.
   *
   * @default Duration.days(4)
   */
  readonly retention?: Duration;
  /**
   * For how long a message that was received is hidden from others: up to 12 hours.
   *
   * @default Duration.seconds(30)
   */
  readonly visibilityTimeout?: Duration;
  /**
   * How often a message is received before it goes to the dead-letter queue: from 1 to 1,000 times.
   *
   * @default 5
   */
  readonly maxReceiveCount?: number;
  /**
   * What happens to the queues when they leave the stack.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}

abstract class EncryptedQueueBase extends MessageChannel implements IEncryptedQueue {
  abstract readonly queueArn: string;
  abstract readonly queueUrl: string;
  abstract readonly queue: sqs.IQueue;

  protected get channel() {
    return { construct: this.queue, arn: this.queueArn };
  }

  grantSendMessages(grantee: iam.IGrantable): iam.Grant {
    checkGrantee(this, grantee, 'allowService');
    const actions = ['sqs:SendMessage', 'sqs:GetQueueAttributes', 'sqs:GetQueueUrl'];
    return this.withKey(this.queue.grant(grantee, ...actions), grantee);
  }

  grantConsumeMessages(grantee: iam.IGrantable): iam.Grant {
    checkGrantee(this, grantee, 'allowService');
    const actions = [
      'ReceiveMessage',
      'ChangeMessageVisibility',
      'DeleteMessage',
      'GetQueueAttributes',
      'GetQueueUrl',
    ];
    return this.queue
      .grant(grantee, ...actions.map((action) => `sqs:${action}`))
      .combine(this.encryptionKey.grantDecrypt(grantee));
  }

  metric(metricName: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return new cloudwatch.Metric({
      namespace: 'AWS/SQS',
      metricName,
      dimensionsMap: { QueueName: this.queue.queueName },
      ...options,
    }).attachTo(this);
  }

  metricApproximateAgeOfOldestMessage(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('ApproximateAgeOfOldestMessage', { statistic: cloudwatch.Stats.MAXIMUM, ...options });
  }
}

class ImportedQueue extends EncryptedQueueBase {
  readonly queueArn: string;
  readonly queueUrl: string;
  readonly queue: sqs.IQueue;
  readonly encryptionKey: kms.IKey;

  constructor(scope: Construct, id: string, { queueArn, encryptionKey }: EncryptedQueueAttributes) {
    super(scope, id, SQS, queueArn);
    this.queueArn = queueArn;
    this.queue = sqs.Queue.fromQueueArn(this, 'Queue', queueArn);
    this.queueUrl = this.queue.queueUrl;
    this.encryptionKey = encryptionKey;
  }
}

/**
 * A queue that encrypts messages with a key of the account while they wait, and takes and hands them out over TLS only.
 *
 * What cannot be processed goes to a dead-letter queue that is encrypted with the same key and denies plaintext too.
 * Both outlive their stack, since messages may wait in them.
 */
export class EncryptedQueue extends EncryptedQueueBase {
  /**
   * A queue that exists already, by an ARN that may be known at deployment only.
   *
   * Its policy, and that of an imported key, stay as they are: `allowService` changes nothing there. Whether it denies
   * plaintext, has a dead-letter queue, and is encrypted with that key is not known here, and not checked. Whether it
   * keeps order is read from the end of the ARN, `.fifo`, where that is a literal.
   */
  static fromEncryptedQueueAttributes(
    scope: Construct,
    id: string,
    attributes: EncryptedQueueAttributes,
  ): IEncryptedQueue {
    return new ImportedQueue(scope, id, attributes);
  }

  readonly queueArn: string;
  readonly queueUrl: string;
  readonly queue: sqs.Queue;
  /** Where messages go that could not be processed. */
  readonly deadLetterQueue: sqs.Queue;
  readonly encryptionKey: kms.IKey;

  constructor(scope: Construct, id: string, props: EncryptedQueueProps = {}) {
    super(scope, id, SQS);
    const { retention = DEFAULT_RETENTION, maxReceiveCount = DEFAULT_RECEIVES } = props;
    this.checkRetention(retention);
    this.checkVisibility(props.visibilityTimeout);
    this.checkReceives(maxReceiveCount);

    this.encryptionKey = customerKey(this, 'messages that wait in a queue', props.encryptionKey);
    const shared: sqs.QueueProps = {
      encryption: sqs.QueueEncryption.KMS,
      encryptionMasterKey: this.encryptionKey,
      enforceSSL: true,
      fifo: props.fifo === true ? true : undefined,
      removalPolicy: props.removalPolicy ?? RemovalPolicy.RETAIN,
    };
    const deadLetters = new Construct(this, 'DeadLetters');
    // The age of a message counts from when it was sent first: a shorter time would lose it on the way.
    this.deadLetterQueue = new sqs.Queue(deadLetters, 'Resource', {
      ...shared,
      retentionPeriod: LONGEST_RETENTION,
    });
    this.queue = new sqs.Queue(this, 'Resource', {
      ...shared,
      retentionPeriod: retention,
      visibilityTimeout: props.visibilityTimeout,
      deadLetterQueue: { queue: this.deadLetterQueue, maxReceiveCount },
    });
    this.queueArn = this.queue.queueArn;
    this.queueUrl = this.queue.queueUrl;
  }

  /** Messages that could not be processed and wait for somebody to look at them. */
  metricDeadLetters(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.deadLetterQueue.metricApproximateNumberOfMessagesVisible({
      statistic: cloudwatch.Stats.MAXIMUM,
      ...options,
    });
  }

  private checkRetention(retention: Duration): void {
    const seconds = secondsOf(retention);
    if (isWithin(seconds, SHORTEST_RETENTION, LONGEST_RETENTION)) return;
    throw invalidProperty(
      this,
      `'retention' must be whole seconds, from one minute to 14 days, got ${seconds} seconds`,
    );
  }

  private checkVisibility(timeout: Duration | undefined): void {
    const seconds = timeout && secondsOf(timeout);
    if (isWithin(seconds, Duration.seconds(0), LONGEST_VISIBILITY)) return;
    throw invalidProperty(
      this,
      `'visibilityTimeout' must be whole seconds, up to 12 hours, got ${seconds} seconds`,
    );
  }

  private checkReceives(count: number): void {
    if (Token.isUnresolved(count)) return;
    if (Number.isInteger(count) && count >= 1 && count <= MOST_RECEIVES) return;
    throw invalidProperty(
      this,
      `'maxReceiveCount' must be a whole number from 1 to ${MOST_RECEIVES}, got ${count}`,
    );
  }
}

/** Undefined where the seconds are not known yet. */
function secondsOf(duration: Duration): number | undefined {
  return duration.isUnresolved() ? undefined : duration.toSeconds({ integral: false });
}

function isWithin(seconds: number | undefined, least: Duration, most: Duration): boolean {
  if (seconds === undefined) return true;
  return Number.isInteger(seconds) && seconds >= least.toSeconds() && seconds <= most.toSeconds();
}
