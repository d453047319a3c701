import { Duration, type IResource, Resource, Tags, Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { quoted } from '../../core/quoted';
import { countedAlarm } from '../counted-alarm';
import { customerKey } from '../customer-key';
import { invalidProperty } from '../invalid-property';
import { AlarmTopic, EncryptedQueue, type IEncryptedQueue } from '../messaging';
import { checkSameRegion } from '../region';
import { checkWholeNumber } from '../whole-number';
import type { WebhookAuthorization } from './webhook-authorization';
import { type DeliveryTarget, WebhookDelivery, type WebhookDeliveryProps } from './webhook-delivery';
import { checkAllowedHosts, checkWebhookUrl } from './webhook-endpoint';

const DEFAULT_RATE = 10;
/** The quota "API destination rate limit" of EventBridge, per second. */
const MOST_PER_SECOND = 300;
const METHODS: readonly string[] = ['PATCH', 'POST', 'PUT'];
/**
 * EventBridge uses a key for connections only where it has this tag.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/encryption-connections.html
 */
const KEY_TAG = 'EventBridgeApiDestinations';
/** So long the events wait that the receiver did not take: the longest that SQS offers. */
const UNDELIVERED_RETENTION = Duration.days(14);
const RUNBOOK = 'Runbook: docs/runbooks/webhook-delivery.md';

/** An endpoint of another company that EventBridge sends events to. */
export interface IWebhookDestination extends IResource {
  /**
   * The ARN of the API destination of EventBridge.
   *
   * @attribute
   */
  readonly apiDestinationArn: string;
  /** Where events wait that the receiver did not take. */
  readonly undeliveredQueue: IEncryptedQueue;

  /** Sends the events that match to the receiver. */
  deliver(id: string, props: WebhookDeliveryProps): WebhookDelivery;
  /** Lets a principal send through it, such as the role of a pipe, a schedule or a state machine. */
  grantInvoke(grantee: iam.IGrantable): iam.Grant;
  /** Events that wait since the receiver did not take them. */
  metricUndelivered(options?: cloudwatch.MetricOptions): cloudwatch.Metric;
}

/** What identifies a destination that exists already. */
export interface WebhookDestinationAttributes {
  /** The ARN of the API destination. */
  readonly apiDestinationArn: string;
  /** Where events wait that the receiver did not take; it lets EventBridge in. */
  readonly undeliveredQueue: IEncryptedQueue;
  /** The topic that is told of events that were not delivered. */
  readonly alarmTopic: sns.ITopic;
}

/** Properties of a `WebhookDestination`. */
export interface WebhookDestinationProps {
  /** The URL of the receiver: https://, port 443, a host on `allowedHosts`, no query. A literal. */
  readonly endpoint: string;
  /**
   * The hosts to which webhooks may go: exact, public names, read from configuration that somebody else reviews than
   * the one who writes the app.
   */
  readonly allowedHosts: readonly string[];
  /** How the receiver knows its caller. */
  readonly authorization: WebhookAuthorization;
  /**
   * The method of HTTP: POST, PUT or PATCH.
   *
   * @default HttpMethod.POST
   */
  readonly method?: events.HttpMethod;
  /**
   * How many requests go out in a second at most: from 1 to 300. Events beyond wait, and are given up at the end of
   * their `maxEventAge`.
   *
   * @default 10
   */
  readonly invocationRateLimitPerSecond?: number;
  /**
   * The key that encrypts the copy of the credentials that EventBridge keeps, and the events that wait.
   *
   * It needs the tag `EventBridgeApiDestinations` with the value `true`, which a key of this app gets here; an imported
   * one keeps its tags and its policy.
   *
   * @default - a new key, rotated every year and retained
   */
  readonly encryptionKey?: kms.IKey;
  /**
   * Where events wait that the receiver did not take, in this account and region. EventBridge takes no queue that keeps
   * order (FIFO).
   *
   * @default - a new queue that keeps them for 14 days
   */
  readonly undeliveredQueue?: IEncryptedQueue;
  /**
   * The topic that is told of events that were not delivered, in this region. CloudWatch must be allowed to publish
   * there; an `AlarmTopic` allows it.
   *
   * @default - a new encrypted `AlarmTopic`, to which somebody should subscribe
   */
  readonly alarmTopic?: sns.ITopic;
}

abstract class WebhookDestinationBase extends Resource implements IWebhookDestination {
  abstract readonly apiDestinationArn: string;
  abstract readonly undeliveredQueue: IEncryptedQueue;
  /** The topic that is told of trouble. */
  abstract readonly alarmTopic: sns.ITopic;

  private role: iam.Role | undefined;

  deliver(id: string, props: WebhookDeliveryProps): WebhookDelivery {
    const { apiDestinationArn, undeliveredQueue, alarmTopic } = this;
    const target: DeliveryTarget = { apiDestinationArn, undeliveredQueue, alarmTopic, role: this.ruleRole() };
    return new WebhookDelivery(this, id, props, target);
  }

  grantInvoke(grantee: iam.IGrantable): iam.Grant {
    return iam.Grant.addToPrincipal({
      grantee,
      actions: ['events:InvokeApiDestination'],
      resourceArns: [this.apiDestinationArn],
    });
  }

  metricUndelivered(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.undeliveredQueue.metric('ApproximateNumberOfMessagesVisible', {
      statistic: cloudwatch.Stats.MAXIMUM,
      period: Duration.minutes(5),
      ...options,
    });
  }

  protected checkQueue(queue: IEncryptedQueue): void {
    if (queue.queue.fifo) {
      throw invalidProperty(
        this,
        "'undeliveredQueue' must not keep order, since EventBridge takes no FIFO queue for what it could not deliver, name another",
      );
    }
    checkSameRegion(this, {
      property: 'undeliveredQueue',
      resource: queue,
      arn: queue.queueArn,
      of: 'the webhook',
      remedy: 'name one there',
    });
  }

  protected checkTopic(topic: sns.ITopic): void {
    checkSameRegion(this, {
      property: 'alarmTopic',
      resource: topic,
      arn: topic.topicArn,
      of: 'the alarms',
      remedy: 'name one there, or leave it out for a new one',
    });
  }

  /** One role for all rules: EventBridge acts by it, and it can do nothing else. */
  private ruleRole(): iam.Role {
    if (this.role === undefined) {
      this.role = new iam.Role(this, 'Role', {
        description: 'Sends events to the receiver of a webhook',
        assumedBy: new iam.ServicePrincipal('events.amazonaws.com'),
      });
      this.grantInvoke(this.role);
    }
    return this.role;
  }
}

class ImportedWebhookDestination extends WebhookDestinationBase {
  readonly apiDestinationArn: string;
  readonly undeliveredQueue: IEncryptedQueue;
  readonly alarmTopic: sns.ITopic;

  constructor(scope: Construct, id: string, attributes: WebhookDestinationAttributes) {
    super(scope, id, { environmentFromArn: attributes.apiDestinationArn });
    this.apiDestinationArn = attributes.apiDestinationArn;
    this.undeliveredQueue = attributes.undeliveredQueue;
    this.alarmTopic = attributes.alarmTopic;
    this.checkQueue(this.undeliveredQueue);
    this.checkTopic(this.alarmTopic);
  }
}

/**
 * Events that go out to another company: to one endpoint, over HTTPS, on a list of allowed hosts, with credentials that
 * stand in no template, at a limited rate. What the receiver does not take waits encrypted, and somebody is told.
 *
 * EventBridge verifies the certificate of the receiver against public authorities; there is no setting that turns it
 * off, none for private authorities, and no client certificate. It cannot sign a body either: a receiver that asks for
 * signatures (RFC 9421, Standard Webhooks) needs a function that signs and sends, see docs/partner-api.md.
 *
 * Deliveries may come twice and out of order: each carries the id of its event in `Idempotency-Key`.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-api-destinations.html
 */
export class WebhookDestination extends WebhookDestinationBase {
  /**
   * A destination that another stack or app defines, in the region of its ARN.
   *
   * Its endpoint, its credentials and its rate are not known here, and not checked.
   */
  static fromWebhookDestinationAttributes(
    scope: Construct,
    id: string,
    attributes: WebhookDestinationAttributes,
  ): IWebhookDestination {
    return new ImportedWebhookDestination(scope, id, attributes);
  }

  readonly apiDestinationArn: string;
  readonly undeliveredQueue: IEncryptedQueue;
  readonly alarmTopic: sns.ITopic;
  /** The key that encrypts the copy of the credentials. */
  readonly encryptionKey: kms.IKey;
  /** The connection, which holds the credentials. */
  readonly connection: events.CfnConnection;
  /** The API destination underneath. What is changed there escapes the checks of this construct. */
  readonly apiDestination: events.CfnApiDestination;
  /** Sounds while events wait that the receiver did not take. */
  readonly undeliveredAlarm: cloudwatch.Alarm;

  constructor(scope: Construct, id: string, props: WebhookDestinationProps) {
    super(scope, id);
    const { endpoint, allowedHosts, method = events.HttpMethod.POST } = props;
    const { invocationRateLimitPerSecond: rate = DEFAULT_RATE } = props;
    checkAllowedHosts(this, allowedHosts);
    checkWebhookUrl(this, 'endpoint', endpoint, allowedHosts);
    props.authorization.check(this, allowedHosts);
    this.checkMethod(method);
    checkWholeNumber(this, 'invocationRateLimitPerSecond', rate, 1, MOST_PER_SECOND);
    if (props.undeliveredQueue !== undefined) this.checkQueue(props.undeliveredQueue);
    if (props.alarmTopic !== undefined) this.checkTopic(props.alarmTopic);

    this.encryptionKey = customerKey(this, 'credentials and events of a webhook', props.encryptionKey);
    Tags.of(this.encryptionKey).add(KEY_TAG, 'true');
    // The L2 of the CDK has no property for the key, without which one of AWS encrypts the credentials.
    this.connection = new events.CfnConnection(this, 'Connection', {
      description: 'The credentials of a webhook',
      kmsKeyIdentifier: this.encryptionKey.keyArn,
      ...props.authorization.bind(),
    });
    this.apiDestination = new events.CfnApiDestination(this, 'Resource', {
      description: 'The receiver of a webhook',
      connectionArn: this.connection.attrArn,
      invocationEndpoint: endpoint,
      httpMethod: method,
      invocationRateLimitPerSecond: rate,
    });
    this.apiDestinationArn = this.apiDestination.attrArn;
    this.undeliveredQueue =
      props.undeliveredQueue ??
      new EncryptedQueue(this, 'Undelivered', {
        encryptionKey: this.encryptionKey,
        retention: UNDELIVERED_RETENTION,
      });
    this.alarmTopic = props.alarmTopic ?? new AlarmTopic(this, 'AlarmTopic').topic;
    // SQS sends no metric for a queue that nobody has used for six hours.
    this.undeliveredAlarm = countedAlarm(this, 'UndeliveredAlarm', this.alarmTopic, {
      metric: this.metricUndelivered(),
      threshold: 1,
      alarmDescription: `Events wait that the receiver of a webhook did not take. SQS deletes them when their retention ends. ${RUNBOOK}`,
    });
  }

  private checkMethod(method: string): void {
    if (Token.isUnresolved(method) || METHODS.includes(method)) return;
    throw invalidProperty(
      this,
      `'method' must be one of ${METHODS.join(', ')}, got ${quoted(method)}, since others carry no event`,
    );
  }
}
