/** What an alarm says. `kept` is the state before, whatever it was. */
export type AlarmState = 'ALARM' | 'OK' | 'INSUFFICIENT_DATA' | 'kept';

/** How an alarm judges, as a template says it. */
export interface Judging {
  readonly operator: string;
  readonly threshold: number;
  /** N. */
  readonly evaluationPeriods: number;
  /** M; left out, all of them. */
  readonly datapointsToAlarm?: number;
  readonly treatMissingData?: string;
}

/** One value for each period, the newest last; a period without data is null. A band has a lower and an upper limit. */
export type Series = readonly (number | null)[];
export interface Band {
  readonly lower: number;
  readonly upper: number;
}

/**
 * The state of an alarm after these periods: M of the newest N that have data, among two periods more than N, which is the
 * range that CloudWatch retrieves at the standard resolution.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 */
export function stateOf(judging: Judging, series: Series, band?: Band): AlarmState {
  const { evaluationPeriods: n, datapointsToAlarm: m = n, treatMissingData = 'missing' } = judging;
  const known = series.slice(-(n + 2)).filter((value) => value !== null);
  const judged = known.slice(-n).map((value) => breaches(judging, value, band));
  const breaching = judged.filter(Boolean).length;
  const missing = n - judged.length;
  if (treatMissingData === 'breaching') return breaching + missing >= m ? 'ALARM' : 'OK';
  if (breaching >= m) return 'ALARM';
  if (treatMissingData === 'notBreaching' || missing === 0) return 'OK';
  if (judged.length === 0) return treatMissingData === 'ignore' ? 'kept' : 'INSUFFICIENT_DATA';
  // All that is there breaches, and it is not enough: the rest is believed to do so too, or waited for.
  if (breaching < judged.length) return 'OK';
  return treatMissingData === 'ignore' ? 'kept' : 'ALARM';
}

function breaches({ operator, threshold }: Judging, value: number, band: Band | undefined): boolean {
  switch (operator) {
    case 'GreaterThanOrEqualToThreshold':
      return value >= threshold;
    case 'GreaterThanThreshold':
      return value > threshold;
    case 'LessThanThreshold':
      return value < threshold;
    case 'LessThanOrEqualToThreshold':
      return value <= threshold;
    case 'GreaterThanUpperThreshold':
      return band !== undefined && value > band.upper;
    case 'LessThanLowerThreshold':
      return band !== undefined && value < band.lower;
    case 'LessThanLowerOrGreaterThanUpperThreshold':
      return band !== undefined && (value < band.lower || value > band.upper);
    default:
      throw new TypeError(`unknown operator ${JSON.stringify(operator)}`);
  }
}
