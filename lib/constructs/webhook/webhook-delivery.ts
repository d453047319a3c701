import { Duration, Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as events from 'aws-cdk-lib/aws-events';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { countedAlarm } from '../counted-alarm';
import { invalidProperty } from '../invalid-property';
import type { IEncryptedQueue } from '../messaging';
import { checkWholeNumber } from '../whole-number';

/**
 * By which the receiver knows a second delivery of the same event.
 *
 * @see https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/
 */
export const IDEMPOTENCY_HEADER = 'Idempotency-Key';
/** EventBridge fills in values of headers from the event, where the whole value is a path. */
const EVENT_ID = '$.id';
/** What `RetryPolicy` of EventBridge takes. */
const MOST_ATTEMPTS = 185;
const SHORTEST_AGE = Duration.minutes(1);
const LONGEST_AGE = Duration.hours(24);
const PERIOD = Duration.minutes(5);
const RUNBOOK = 'Runbook: docs/runbooks/webhook-delivery.md';
const DEFAULT_BUS = 'default';

/** Which events go to the receiver, and how long EventBridge tries. */
export interface WebhookDeliveryProps {
  /** Which events: at least one field, since everything would go out otherwise. */
  readonly eventPattern: events.EventPattern;
  /**
   * The event bus, in the account and region of the webhook.
   *
   * @default - the default event bus of the account
   */
  readonly eventBus?: events.IEventBus;
  /**
   * What is sent. Send what the receiver needs, and no more: this is where personal data leaves.
   *
   * @default - the whole event
   */
  readonly event?: events.RuleTargetInput;
  /**
   * How often EventBridge tries again: from 0 to 185 times. It does for 401, 407, 409, 429, 5xx and for receivers that
   * take more than 5 seconds; anything else is not tried again.
   *
   * @default 185
   * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-api-destinations.html
   */
  readonly retryAttempts?: number;
  /**
   * Until which age of the event EventBridge tries: from one minute to 24 hours.
   *
   * @default Duration.hours(24)
   */
  readonly maxEventAge?: Duration;
}

/** What a delivery needs of its destination. */
export interface DeliveryTarget {
  readonly apiDestinationArn: string;
  readonly role: iam.IRole;
  readonly undeliveredQueue: IEncryptedQueue;
  readonly alarmTopic: sns.ITopic;
}

/** Events that go to the receiver of a webhook, each with its id in `Idempotency-Key`. `WebhookDestination.deliver` makes it. */
export class WebhookDelivery extends Construct {
  /** The rule. Targets that are added to it are not checked. */
  readonly rule: events.Rule;
  /** Sounds when the receiver refused an event, or did not take it in time; it waits in the queue. */
  readonly failedAlarm: cloudwatch.Alarm;
  /** Sounds when an event could not be delivered and not be kept either: it is lost. */
  readonly lostAlarm: cloudwatch.Alarm;

  private readonly dimensionsMap: cloudwatch.DimensionsMap;

  constructor(scope: Construct, id: string, props: WebhookDeliveryProps, target: DeliveryTarget) {
    super(scope, id);
    const { retryAttempts = MOST_ATTEMPTS, maxEventAge = LONGEST_AGE, eventBus } = props;
    this.checkPattern(props.eventPattern);
    checkWholeNumber(this, 'retryAttempts', retryAttempts, 0, MOST_ATTEMPTS);
    this.checkAge(maxEventAge);

    const { apiDestinationArn, role, undeliveredQueue, alarmTopic } = target;
    this.rule = new events.Rule(this, 'Rule', {
      description: 'Events that go to the receiver of a webhook',
      eventBus,
      eventPattern: props.eventPattern,
    });
    // Not the CDK's target: its role is shared by whatever invokes, and it writes no policy of an imported queue.
    this.rule.addTarget({
      bind: () => ({
        arn: apiDestinationArn,
        role,
        input: props.event,
        httpParameters: { headerParameters: { [IDEMPOTENCY_HEADER]: EVENT_ID } },
        deadLetterConfig: { arn: undeliveredQueue.queueArn },
        retryPolicy: {
          maximumRetryAttempts: retryAttempts,
          maximumEventAgeInSeconds: maxEventAge.toSeconds(),
        },
      }),
    });
    undeliveredQueue.allowService({
      service: 'events.amazonaws.com',
      sourceArns: [this.rule.ruleArn],
    });

    this.dimensionsMap = this.dimensionsOf(eventBus);
    // EventBridge sends these metrics only when they are not zero.
    this.failedAlarm = countedAlarm(this, 'Failed', alarmTopic, {
      metric: this.metricFailedInvocations(),
      threshold: 1,
      alarmDescription: `The receiver of a webhook refused an event, or did not take it in time. It waits in the queue of undelivered events. ${RUNBOOK}`,
    });
    this.lostAlarm = countedAlarm(this, 'Lost', alarmTopic, {
      metric: this.metricInvocationsFailedToBeSentToDlq(),
      threshold: 1,
      alarmDescription: `An event could be given neither to the receiver of a webhook nor to the queue of undelivered events: it is lost. ${RUNBOOK}`,
    });
  }

  /** A metric of the rule. */
  metric(metricName: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return new cloudwatch.Metric({
      namespace: 'AWS/Events',
      metricName,
      dimensionsMap: this.dimensionsMap,
      statistic: cloudwatch.Stats.SUM,
      period: PERIOD,
      ...options,
    }).attachTo(this);
  }

  /** Events that were given up. */
  metricFailedInvocations(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('FailedInvocations', options);
  }

  /** Attempts after the first: the receiver is slow, or turns requests away for now. */
  metricRetryInvocationAttempts(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('RetryInvocationAttempts', options);
  }

  /** Events that were given up and could not be kept. */
  metricInvocationsFailedToBeSentToDlq(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('InvocationsFailedToBeSentToDlq', options);
  }

  /** Metrics of the default event bus have no dimension for it. */
  private dimensionsOf(eventBus: events.IEventBus | undefined): cloudwatch.DimensionsMap {
    const RuleName = this.rule.ruleName;
    if (eventBus === undefined || eventBus.eventBusName === DEFAULT_BUS) return { RuleName };
    return { EventBusName: eventBus.eventBusName, RuleName };
  }

  private checkPattern(pattern: events.EventPattern): void {
    if (Object.values(pattern).some((value) => value !== undefined)) return;
    throw invalidProperty(
      this,
      "'eventPattern' must name at least one field, got none, say which events the receiver may have",
    );
  }

  private checkAge(age: Duration): void {
    if (Token.isUnresolved(age)) return;
    const seconds = age.toSeconds({ integral: false });
    const isWithin = seconds >= SHORTEST_AGE.toSeconds() && seconds <= LONGEST_AGE.toSeconds();
    if (Number.isInteger(seconds) && isWithin) return;
    throw invalidProperty(
      this,
      `'maxEventAge' must be whole seconds, from one minute to 24 hours, got ${seconds} seconds`,
    );
  }
}
