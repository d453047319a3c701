import type { Duration } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { PartnerKey } from '../../target/message-signatures/partner-keys';

/** Properties of a `SignedRequests`. */
export interface SignedRequestsProps {
  /**
   * The public keys of all partners: at most two of each, the old and the new one while it changes. They are data of the
   * function, so that a change is a deployment, which the audit trail shows.
   */
  readonly partnerKeys: readonly PartnerKey[];
  /**
   * The host names, in small letters, under which partners reach the API. What was signed for another is refused, so that
   * no request to one API can be sent to another that knows the same keys.
   */
  readonly authorities: readonly string[];
  /**
   * How old a signature may be: from 30 seconds to an hour.
   *
   * @default Duration.minutes(5)
   */
  readonly window?: Duration;
  /**
   * How far the clock of a partner may be ahead: at most two minutes.
   *
   * @default Duration.seconds(30)
   */
  readonly clockSkew?: Duration;
  /**
   * What a signature must say that it is for (`tag`).
   *
   * @default partner-request
   */
  readonly tag?: string;
  /**
   * More header fields, in small letters, that a signature has to cover where they are sent: those that decide what the
   * backend does.
   *
   * @default - content-digest, content-type, content-encoding and idempotency-key
   */
  readonly alsoCovered?: readonly string[];
  /**
   * Encrypts the table, the log and the environment of the function. A key that AWS manages is refused.
   *
   * @default - a new key, rotated every year and retained
   */
  readonly encryptionKey?: kms.IKey;
  /**
   * Is told when more requests than usual are refused, when the store of seen signatures does not answer, and when the
   * function fails.
   *
   * @default - there are no alarms
   */
  readonly alarmTopic?: sns.ITopic;
  /**
   * How many requests may be refused in five minutes before `alarmTopic` is told.
   *
   * @default 20
   */
  readonly refusedThreshold?: number;
  /**
   * At most so many requests are verified at a time, and so many can always be.
   *
   * @default - as many as the account allows
   */
  readonly reservedConcurrentExecutions?: number;
}
