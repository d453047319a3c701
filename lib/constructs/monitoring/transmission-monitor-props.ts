import type * as sns from 'aws-cdk-lib/aws-sns';

/** Properties of a `TransmissionMonitor`. */
export interface TransmissionMonitorProps {
  /**
   * The topic that every alarm tells, in the same account and region.
   *
   * CloudWatch and EventBridge must be allowed to publish there; an `AlarmTopic` allows it.
   */
  readonly topic: sns.ITopic;
  /**
   * The name of the dashboard: 1 to 255 letters, digits, hyphens and underscores.
   *
   * @default - one that CloudFormation makes
   */
  readonly dashboardName?: string;
}

/** How a distribution is watched. */
export interface DistributionMonitoring {
  /**
   * How many of a hundred answers may be 5xx, three times five minutes in a row.
   *
   * @default 1
   */
  readonly serverErrorPercent?: number;
  /**
   * Whether the distribution has CloudFront's additional metrics, which cost. Then answers of 502 are watched apart: it
   * is what viewers get when CloudFront cannot agree on TLS with an origin.
   *
   * @default false
   */
  readonly additionalMetrics?: boolean;
}

/** How certificates are watched. */
export interface CertificateMonitoring {
  /**
   * The moment of the synthesis, which decides how long certificates live.
   *
   * @default - `SOURCE_DATE_EPOCH` where it is set, else the clock
   */
  readonly now?: Date;
}
