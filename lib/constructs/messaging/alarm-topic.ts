import { Stack } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as subscriptions from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import { BaselineReference } from '../baseline';
import { EncryptedTopic, type IEncryptedTopic } from './encrypted-topic';

const BY_MAIL = 'People read alarms by e-mail: they name resources of this account, and no customer.';

/** Properties of an `AlarmTopic`. */
export interface AlarmTopicProps {
  /**
   * The key that encrypts what waits in the topic. Its policy is extended for the services that publish; that of an
   * imported key is not.
   *
   * @default - a new key, rotated every year and retained
   */
  readonly encryptionKey?: kms.IKey;
}

/**
 * A topic that tells people about trouble: alarms of CloudWatch in this account and region, and events of EventBridge.
 *
 * An `EncryptedTopic` that has let both in. They need a key of this account, since neither may use the key that AWS
 * manages for SNS.
 */
export class AlarmTopic extends EncryptedTopic {
  /**
   * The topic for alarms of the baseline, for a stack in its region. Alarms of CloudWatch in this account may publish to
   * it.
   *
   * @throws TransmissionError where there is no baseline, or its topic is one that existed before, or the stack is
   * elsewhere
   */
  static fromBaseline(scope: Construct, id: string): IEncryptedTopic {
    const baseline = BaselineReference.of(scope);
    const keyArn = baseline.value(scope, 'alarms/key-arn');
    return EncryptedTopic.fromEncryptedTopicAttributes(scope, id, {
      topicArn: baseline.value(scope, 'alarms/topic-arn'),
      encryptionKey: kms.Key.fromKeyArn(scope, `${id}Key`, keyArn),
    });
  }

  constructor(scope: Construct, id: string, props: AlarmTopicProps = {}) {
    super(scope, id, { encryptionKey: props.encryptionKey });
    const alarms = Stack.of(this).formatArn({ service: 'cloudwatch', resource: 'alarm:*' });
    this.allowService({ service: 'cloudwatch.amazonaws.com', sourceArns: [alarms] });
    // EventBridge sends no condition keys to SNS: with a condition its statements would never allow.
    this.admit('events.amazonaws.com', {});
  }

  /**
   * Sends every message to an e-mail address, once its owner has confirmed the subscription. Mail is encrypted only
   * where the receiving server offers it: the finding stays until a waiver covers it.
   */
  addEmailSubscription(address: string): void {
    const subscription = new subscriptions.EmailSubscription(address);
    this.addSubscription(subscription, { unencryptedDeliveryReason: BY_MAIL });
  }
}
