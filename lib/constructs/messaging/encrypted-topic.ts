import { Names } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { customerKey } from '../customer-key';
import { invalidProperty } from '../invalid-property';
import { checkSameRegion } from '../region';
import type { IEncryptedQueue } from './encrypted-queue';
import {
  type ChannelService,
  type IMessageChannel,
  MessageChannel,
  type MessageChannelProps,
} from './message-channel';
import { checkGrantee, type MessageSource } from './message-source';
import { checkDelivery } from './subscription-delivery';

/** Every action that the policy of a topic can speak of, but for the one that the L2 denies. */
const OTHER_ACTIONS = [
  'sns:AddPermission',
  'sns:DeleteTopic',
  'sns:GetTopicAttributes',
  'sns:ListSubscriptionsByTopic',
  'sns:RemovePermission',
  'sns:SetTopicAttributes',
  'sns:Subscribe',
];
const SNS: ChannelService = {
  service: 'sns',
  sendAction: 'sns:Publish',
  contextKey: 'kms:EncryptionContext:aws:sns:topicArn',
  withoutSource: 'publishWithoutSource',
};
/** EventBridge sends no condition keys to topics: with a condition its statements would never allow. */
const SAYS_NO_SOURCE = 'events.amazonaws.com';

/** How a subscriber gets its messages. */
export interface EncryptedTopicSubscriptionOptions {
  /**
   * Why messages may leave by e-mail or text message, which no topic can encrypt, as a sentence.
   *
   * The reason is written into the template, and the finding stays until a waiver covers it. HTTP without TLS is
   * refused all the same.
   *
   * @default - subscribers by e-mail and text message are refused
   */
  readonly unencryptedDeliveryReason?: string;
}

/** A topic whose messages are encrypted on their way and while they wait. */
export interface IEncryptedTopic extends IMessageChannel {
  /**
   * The ARN of the topic.
   *
   * @attribute
   */
  readonly topicArn: string;
  /** The topic underneath. What is changed there escapes the checks of this construct. */
  readonly topic: sns.ITopic;

  /** Lets a principal publish, and use the key for it. Services are refused: see `allowService`. */
  grantPublish(grantee: iam.IGrantable): iam.Grant;
  /** Delivers messages to a subscriber; one that would get them in clear is refused. */
  addSubscription(subscription: sns.ITopicSubscription, options?: EncryptedTopicSubscriptionOptions): void;
  /** Delivers messages to an encrypted queue, whose policy and key let this topic in. It may share the key. */
  addQueue(queue: IEncryptedQueue, rawMessageDelivery?: boolean): void;
  /** Messages that no subscriber took: often a key whose policy does not let the sender in. */
  metricNumberOfNotificationsFailed(options?: cloudwatch.MetricOptions): cloudwatch.Metric;
}

/** What identifies a topic that exists already. */
export interface EncryptedTopicAttributes {
  /** The ARN of the topic. */
  readonly topicArn: string;
  /** The key that encrypts what waits in it. */
  readonly encryptionKey: kms.IKey;
}

/** Properties of an `EncryptedTopic`. */
export interface EncryptedTopicProps extends MessageChannelProps {}

abstract class EncryptedTopicBase extends MessageChannel implements IEncryptedTopic {
  abstract readonly topicArn: string;
  abstract readonly topic: sns.ITopic;

  protected get channel() {
    return { construct: this.topic, arn: this.topicArn };
  }

  grantPublish(grantee: iam.IGrantable): iam.Grant {
    checkGrantee(this, grantee, 'allowService');
    const grant = iam.Grant.addToPrincipalOrResource({
      grantee,
      actions: ['sns:Publish'],
      resourceArns: [this.topicArn],
      resource: this.topic,
    });
    return this.withKey(grant, grantee);
  }

  override allowService(source: MessageSource): void {
    const { service, withoutSourceReason: reason } = source;
    if (service === SAYS_NO_SOURCE && reason === undefined) {
      throw invalidProperty(
        this,
        `'sourceArns' must be absent for ${service}, which tells topics no source and would be refused, say so in 'withoutSourceReason'`,
      );
    }
    super.allowService(source);
  }

  addSubscription(
    subscription: sns.ITopicSubscription,
    options: EncryptedTopicSubscriptionOptions = {},
  ): void {
    const { unencryptedDeliveryReason: reason } = options;
    let isLoosened = false;
    const made = this.topic.addSubscription({
      bind: (topic) => {
        const bound = subscription.bind(topic);
        isLoosened = checkDelivery(this, bound, reason);
        // `LambdaSubscription` stands below the function under the id of the topic, and the function has a Resource too.
        return bound.subscriberScope !== undefined && bound.subscriberId === topic.node.id
          ? { ...bound, subscriberId: `Topic${Names.nodeUniqueId(this.node)}` }
          : bound;
      },
    });
    if (isLoosened && reason !== undefined) this.record(made, 'unencryptedDelivery', reason);
  }

  addQueue(queue: IEncryptedQueue, rawMessageDelivery = false): void {
    checkSameRegion(this, {
      property: 'queue',
      resource: queue,
      arn: queue.queueArn,
      of: 'the topic',
      remedy: 'define the queue there, and let what reads it do so from elsewhere',
    });
    queue.allowService({ service: 'sns.amazonaws.com', sourceArns: [this.topicArn] });
    const id = `Topic${Names.nodeUniqueId(this.node)}`;
    const subscription = new sns.Subscription(queue, id, {
      topic: this.topic,
      protocol: sns.SubscriptionProtocol.SQS,
      endpoint: queue.queueArn,
      rawMessageDelivery,
    });
    // Whoever is not let in yet loses what is published until then.
    const policy = queue.queue.node.tryFindChild('Policy');
    if (policy !== undefined) subscription.node.addDependency(policy);
  }

  metric(metricName: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return new cloudwatch.Metric({
      namespace: 'AWS/SNS',
      metricName,
      dimensionsMap: { TopicName: this.topic.topicName },
      statistic: cloudwatch.Stats.SUM,
      ...options,
    }).attachTo(this);
  }

  metricNumberOfNotificationsFailed(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('NumberOfNotificationsFailed', options);
  }
}

class ImportedTopic extends EncryptedTopicBase {
  readonly topicArn: string;
  readonly topic: sns.ITopic;
  readonly encryptionKey: kms.IKey;

  constructor(scope: Construct, id: string, { topicArn, encryptionKey }: EncryptedTopicAttributes) {
    super(scope, id, SNS, topicArn);
    this.topicArn = topicArn;
    this.topic = sns.Topic.fromTopicArn(this, 'Topic', topicArn);
    this.encryptionKey = encryptionKey;
  }
}

/**
 * A topic that encrypts messages with a key of the account while they wait, and takes and hands them out over TLS only.
 *
 * Every call without TLS is denied, subscribers over plain HTTP are refused, and those by e-mail or text message need
 * a reason. Messages over HTTPS are signed with SHA-256.
 */
export class EncryptedTopic extends EncryptedTopicBase {
  /**
   * A topic that exists already, by an ARN that may be known at deployment only.
   *
   * Its policy, and that of an imported key, stay as they are: `allowService` changes nothing there. Whether it denies
   * plaintext, and is encrypted with that key, is not known here, and not checked; how messages leave by what is
   * subscribed here is.
   */
  static fromEncryptedTopicAttributes(
    scope: Construct,
    id: string,
    attributes: EncryptedTopicAttributes,
  ): IEncryptedTopic {
    return new ImportedTopic(scope, id, attributes);
  }

  readonly topicArn: string;
  readonly topic: sns.Topic;
  readonly encryptionKey: kms.IKey;

  constructor(scope: Construct, id: string, props: EncryptedTopicProps = {}) {
    super(scope, id, SNS);
    this.encryptionKey = customerKey(this, 'messages that wait in a topic', props.encryptionKey);
    this.topic = new sns.Topic(this, 'Resource', {
      masterKey: this.encryptionKey,
      enforceSSL: true,
      fifo: props.fifo === true ? true : undefined,
      // Version 1 signs with SHA-1.
      signatureVersion: '2',
    });
    this.topicArn = this.topic.topicArn;
    this.denyOtherPlaintext();
  }

  /** The L2 denies publishing alone. */
  private denyOtherPlaintext(): void {
    this.topic.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'DenyOtherCallsWithoutTls',
        effect: iam.Effect.DENY,
        principals: [new iam.StarPrincipal()],
        actions: OTHER_ACTIONS,
        resources: [this.topicArn],
        conditions: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
    );
  }
}
