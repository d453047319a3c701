import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { countedAlarm } from '../counted-alarm';
import { checkWholeNumber } from '../whole-number';
import type { IApi } from './api-base';

const PERIOD = Duration.minutes(5);
/** Of fewer requests no share is taken: one error of two is no news. */
const FEWEST_REQUESTS = 20;

/** When somebody is told, each over five minutes. */
export interface ApiAlarmThresholds {
  /**
   * Percent of requests that are answered 400 to 499, of at least 20.
   *
   * @default 25
   */
  readonly clientErrorPercent?: number;
  /**
   * Percent of requests that are answered 500 to 599, of at least 20.
   *
   * @default 5
   */
  readonly serverErrorPercent?: number;
  /**
   * Requests that are answered 429.
   *
   * @default 50
   */
  readonly throttles?: number;
  /**
   * Requests that are answered 401 or 403.
   *
   * @default 20
   */
  readonly authorizationFailures?: number;
}

/** Properties of `ApiAlarms`. */
export interface ApiAlarmsProps {
  readonly api: IApi;
  readonly topic: sns.ITopic;
  readonly thresholds?: ApiAlarmThresholds;
}

/** Tells a topic when an API fails, refuses or holds back callers. Each description names its runbook. */
export class ApiAlarms extends Construct {
  /** More requests than usual are answered 400 to 499. */
  readonly clientErrors: cloudwatch.Alarm;
  /** Requests are answered 500 to 599. */
  readonly serverErrors: cloudwatch.Alarm;
  /** Callers are held back. */
  readonly throttles: cloudwatch.Alarm;
  /** Callers are refused. */
  readonly authorizationFailures: cloudwatch.Alarm;

  constructor(scope: Construct, id: string, props: ApiAlarmsProps) {
    super(scope, id);
    const { api, topic, thresholds = {} } = props;
    const { clientErrorPercent = 25, serverErrorPercent = 5 } = thresholds;
    const { throttles = 50, authorizationFailures = 20 } = thresholds;
    checkWholeNumber(this, 'alarmThresholds.clientErrorPercent', clientErrorPercent, 1, 100);
    checkWholeNumber(this, 'alarmThresholds.serverErrorPercent', serverErrorPercent, 1, 100);
    checkWholeNumber(this, 'alarmThresholds.throttles', throttles, 1, 1_000_000);
    checkWholeNumber(this, 'alarmThresholds.authorizationFailures', authorizationFailures, 1, 1_000_000);
    const count = api.metricCount({ period: PERIOD });

    this.clientErrors = countedAlarm(this, 'ClientErrors', topic, {
      alarmDescription:
        'More requests than usual are wrong: a caller was changed, or somebody tries things out. Runbook: docs/runbooks/api-client-errors.md',
      metric: percentOf('clientErrors', api.metricClientErrors({ period: PERIOD }), count),
      threshold: clientErrorPercent,
    });
    this.serverErrors = countedAlarm(this, 'ServerErrors', topic, {
      alarmDescription: 'The API or what is behind it fails. Runbook: docs/runbooks/api-server-errors.md',
      metric: percentOf('serverErrors', api.metricServerErrors({ period: PERIOD }), count),
      threshold: serverErrorPercent,
    });
    this.throttles = countedAlarm(this, 'Throttles', topic, {
      alarmDescription:
        'Callers are held back by the limits of the stage or of the account. Runbook: docs/runbooks/api-throttles.md',
      metric: api.metricThrottles({ period: PERIOD }),
      threshold: throttles,
    });
    this.authorizationFailures = countedAlarm(this, 'AuthorizationFailures', topic, {
      alarmDescription:
        'Callers are refused: a permission or token is missing or ran out, or somebody tries to get in. Runbook: docs/runbooks/api-authorization-failures.md',
      metric: api.metricAuthorizationFailures({ period: PERIOD }),
      threshold: authorizationFailures,
    });
  }
}

function percentOf(
  name: 'clientErrors' | 'serverErrors',
  errors: cloudwatch.Metric,
  count: cloudwatch.Metric,
): cloudwatch.MathExpression {
  return new cloudwatch.MathExpression({
    expression: `IF(count >= ${FEWEST_REQUESTS}, 100 * ${name} / count, 0)`,
    usingMetrics: { [name]: errors, count },
    label: 'percent of requests',
    period: PERIOD,
  });
}
