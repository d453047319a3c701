import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as subscriptions from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';

/** Properties of an `AlarmTopic`. */
export interface AlarmTopicProps {
  /**
   * The key that encrypts what waits in the topic. Its policy is extended for the services that publish.
   *
   * @default - a new key that is rotated every year and outlives the stack
   */
  readonly key?: kms.IKey;
}

/**
 * A topic that tells people about trouble: alarms of CloudWatch and events of EventBridge in this account.
 *
 * Messages are encrypted with a key of this account, since neither service may use the key that AWS manages for
 * SNS, and nobody can publish without TLS.
 */
export class AlarmTopic extends Construct {
  /** The topic. */
  readonly topic: sns.Topic;
  /** The key that encrypts its messages. */
  readonly key: kms.IKey;

  constructor(scope: Construct, id: string, props: AlarmTopicProps = {}) {
    super(scope, id);
    this.key =
      props.key ??
      new kms.Key(this, 'Key', {
        description: 'Encrypts alarms on their way to people',
        enableKeyRotation: true,
        removalPolicy: RemovalPolicy.RETAIN,
      });
    this.topic = new sns.Topic(this, 'Resource', { masterKey: this.key, enforceSSL: true });
    this.admitServices();
  }

  /** Sends every message to an e-mail address, once its owner has confirmed the subscription. */
  addEmailSubscription(address: string): void {
    this.topic.addSubscription(new subscriptions.EmailSubscription(address));
  }

  private admitServices(): void {
    const stack = Stack.of(this);
    const alarms = new iam.ServicePrincipal('cloudwatch.amazonaws.com');
    // EventBridge sends no condition keys to SNS: with a condition its statements would never allow.
    const events = new iam.ServicePrincipal('events.amazonaws.com');

    this.topic.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'AllowAlarmsOfThisAccount',
        principals: [alarms],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: {
          StringEquals: { 'aws:SourceAccount': stack.account },
          ArnLike: {
            'aws:SourceArn': stack.formatArn({ service: 'cloudwatch', resource: 'alarm:*' }),
          },
        },
      }),
    );
    this.topic.grantPublish(events);
    for (const service of [alarms, events]) this.key.grant(service, 'kms:Decrypt', 'kms:GenerateDataKey*');
  }
}
