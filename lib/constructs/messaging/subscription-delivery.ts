import { Token } from 'aws-cdk-lib';
import { SubscriptionProtocol, type TopicSubscriptionConfig } from 'aws-cdk-lib/aws-sns';
import type { IConstruct } from 'constructs';
import { invalidProperty } from '../invalid-property';
import { checkReason } from '../loosening';

/** E-mail is encrypted only where the receiving server offers it, and text messages not at all. */
const TO_PEOPLE: readonly string[] = [
  SubscriptionProtocol.EMAIL,
  SubscriptionProtocol.EMAIL_JSON,
  SubscriptionProtocol.SMS,
];

/**
 * Refuses a subscriber that would get messages in clear.
 *
 * @returns whether only the reason lets it through
 */
export function checkDelivery(
  scope: IConstruct,
  { protocol, endpoint }: TopicSubscriptionConfig,
  reason: string | undefined,
): boolean {
  // Also where the host is known at deployment only: such a text begins with what is known.
  const inClear = endpoint.toLowerCase().startsWith('http://');
  if (protocol === SubscriptionProtocol.HTTP || inClear) {
    throw invalidProperty(
      scope,
      "'subscription' must not deliver over http, which nothing encrypts, use an https:// endpoint",
    );
  }
  if (Token.isUnresolved(protocol)) {
    throw invalidProperty(
      scope,
      "'subscription' must have a protocol that is known at synthesis, got an unresolved value",
    );
  }
  const toPeople = TO_PEOPLE.includes(protocol);
  if (!toPeople) return false;
  if (reason === undefined) {
    throw invalidProperty(
      scope,
      `'subscription' must not deliver by ${protocol}, which no topic can encrypt, use a queue, a function or https, ` +
        "or say in 'unencryptedDeliveryReason' why these messages may",
    );
  }
  checkReason(scope, 'unencryptedDeliveryReason', reason);
  return true;
}
