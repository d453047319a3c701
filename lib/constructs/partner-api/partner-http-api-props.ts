import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { ApiAlarmThresholds, ApiThrottling } from '../api';
import type { PartnerTrust } from './client-trust';
import type { PartnerDomainProps } from './domain-props';
import type { HttpApiAuthorization } from './http-authorization';

/** What a route of an HTTP API asks for beside its method and path. */
export interface AddHttpRouteOptions {
  /** @default - as on the other routes */
  readonly authorization?: HttpApiAuthorization;
}

/** Properties of a `PartnerHttpApi`. */
export interface PartnerHttpApiProps extends PartnerDomainProps {
  /** How callers prove who they are, unless a route says otherwise. */
  readonly authorization: HttpApiAuthorization;
  /**
   * Which certificates of clients let them in (mutual TLS).
   *
   * @default - clients are not asked for a certificate
   */
  readonly clientTrust?: PartnerTrust;
  /** @default - made of the path of the construct */
  readonly apiName?: string;
  /** What it is for, as the console shows it. */
  readonly description?: string;
  /** @default - 100 requests per second, 200 at the same moment */
  readonly throttling?: ApiThrottling;
  /**
   * The key that encrypts the log, and the topic where none is given. The policy of an imported key is not extended.
   *
   * @default - a new key, rotated every year and retained
   */
  readonly encryptionKey?: kms.IKey;
  /** @default RetentionDays.THIRTEEN_MONTHS */
  readonly logRetention?: logs.RetentionDays;
  /**
   * The topic that is told of trouble, in the same account and region. CloudWatch must be allowed to publish there; an
   * `AlarmTopic` allows it.
   *
   * @default - a new encrypted `AlarmTopic`, to which somebody should subscribe
   */
  readonly alarmTopic?: sns.ITopic;
  /** @default - see `ApiAlarmThresholds` */
  readonly alarmThresholds?: ApiAlarmThresholds;
}
