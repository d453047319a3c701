import { Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { invalidProperty } from '../invalid-property';
import { checkSameRegion } from '../region';

/**
 * A pattern of EventBridge has at most 2,048 characters, an ARN of a key about 76: so many leave room for the rest.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html
 */
const KEYS_IN_A_RULE = 15;

/** What makes a key useless, now or in some days. Each is written to CloudTrail as a management event. */
const CALLS = ['DeleteImportedKeyMaterial', 'DisableKey', 'ScheduleKeyDeletion'];

const MEANING = 'Somebody disabled a KMS key or scheduled its deletion: what it encrypts cannot be read.';
const RUNBOOK = 'Runbook: docs/runbooks/kms-key-disabled.md';

/** Tells a topic when somebody disables one of some keys, or wants it deleted; needs a trail in this region. */
export class KeyWatch extends Construct {
  /** One for up to 15 keys: those that tell of calls, and those that tell what KMS did itself. */
  readonly rules: readonly events.Rule[];

  constructor(scope: Construct, id: string, keys: readonly kms.IKey[], topic: sns.ITopic) {
    super(scope, id);
    if (keys.length === 0) {
      throw invalidProperty(this, "'keys' must hold at least one key, got none, add one");
    }
    for (const key of keys) {
      checkSameRegion(this, {
        property: 'keys',
        resource: key,
        arn: key.keyArn,
        of: 'the monitor',
        remedy: 'which hears of events of its own region only, define a monitor there',
      });
      const isKey = Token.isUnresolved(key.keyArn) || /:key\/[\w-]+$/.test(key.keyArn);
      if (!isKey || key.keyArn.includes(':alias/')) {
        const got = JSON.stringify(Token.isUnresolved(key.keyArn) ? key.node.path : key.keyArn.slice(0, 120));
        throw invalidProperty(
          this,
          `'keys' must be keys and no aliases, by which no event names them, got ${got}, give Key.fromKeyArn`,
        );
      }
    }
    topic.grantPublish(new iam.ServicePrincipal('events.amazonaws.com'));
    const arns = keys.map(({ keyArn }) => keyArn);
    const chunks = Array.from({ length: Math.ceil(arns.length / KEYS_IN_A_RULE) }, (_, index) =>
      arns.slice(index * KEYS_IN_A_RULE, (index + 1) * KEYS_IN_A_RULE),
    );
    this.rules = chunks.flatMap((some, index) => {
      const number = index === 0 ? '' : `${index + 1}`;
      return [
        this.addRule(`Calls${number}`, topic, {
          source: ['aws.kms'],
          detailType: ['AWS API Call via CloudTrail'],
          // CloudTrail names the key by its ARN, whatever the caller named it by.
          detail: { eventName: CALLS, resources: { ARN: some }, errorCode: events.Match.doesNotExist() },
        }),
        this.addRule(`Deletions${number}`, topic, {
          source: ['aws.kms'],
          detailType: ['KMS CMK Deletion', 'KMS Imported Key Material Expiration'],
          resources: some,
        }),
      ];
    });
  }

  /** Events that matched, and those that could not be handed on. */
  metrics(): readonly cloudwatch.IMetric[] {
    return this.rules.flatMap(({ ruleName }) =>
      ['MatchedEvents', 'FailedInvocations'].map(
        (metricName) =>
          new cloudwatch.Metric({
            namespace: 'AWS/Events',
            metricName,
            dimensionsMap: { RuleName: ruleName },
            statistic: 'Sum',
          }),
      ),
    );
  }

  private addRule(id: string, topic: sns.ITopic, eventPattern: events.EventPattern): events.Rule {
    const rule = new events.Rule(this, id, { description: `${MEANING} ${RUNBOOK}`, eventPattern });
    // Not the CDK's target, which warns of every topic whose account is known when that of the stack is not.
    rule.addTarget({ bind: () => ({ arn: topic.topicArn }) });
    return rule;
  }
}
