import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import type { Place } from '../invalid-property';
import { checkWholeNumber } from '../whole-number';
import { type ApiLogs, apiAccessLogFormat } from './access-log';

/** Requests per second that an account has by quota in most regions, for all its APIs together. */
const ACCOUNT_RATE = 10_000;
/** The most that AWS grants in a burst. */
const ACCOUNT_BURST = 5_000;

/** How much a stage takes. Beyond it callers get a 429. */
export interface ApiThrottling {
  /**
   * Requests per second, in the long run.
   *
   * @default 100
   */
  readonly rateLimit?: number;
  /**
   * Requests at the same moment.
   *
   * @default 200
   */
  readonly burstLimit?: number;
}

/** What a stage is made of. */
export interface StageSettings {
  readonly stageName: string;
  readonly logs: ApiLogs;
  readonly throttling?: ApiThrottling;
  /** More fields of the access log. */
  readonly accessLogFields?: Readonly<Record<string, string>>;
}

/**
 * The options of a stage: an access log that is masked, errors logged, no bodies in any log, metrics by method, a limit,
 * traces.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
 */
export function stageOptions(place: Place, settings: StageSettings): apigateway.StageOptions {
  const { rateLimit = 100, burstLimit = 200 } = settings.throttling ?? {};
  checkWholeNumber(place, 'throttling.rateLimit', rateLimit, 1, ACCOUNT_RATE);
  checkWholeNumber(place, 'throttling.burstLimit', burstLimit, 1, ACCOUNT_BURST);
  return {
    stageName: settings.stageName,
    accessLogDestination: new apigateway.LogGroupLogDestination(settings.logs.accessLogGroup),
    accessLogFormat: apiAccessLogFormat(settings.accessLogFields),
    loggingLevel: apigateway.MethodLoggingLevel.ERROR,
    dataTraceEnabled: false,
    metricsEnabled: true,
    tracingEnabled: true,
    throttlingRateLimit: rateLimit,
    throttlingBurstLimit: burstLimit,
  };
}
