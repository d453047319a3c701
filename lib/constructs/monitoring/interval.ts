import { Duration } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { invalidProperty } from '../invalid-property';

const HOUR = 3600;
const HALF_A_DAY = 12 * HOUR;
/** An alarm looks back seven days at most (PutMetricAlarm): what runs more rarely cannot be missed. */
const MOST_DAYS = 7;

/** The longest time from one look to the next, as a number and as it is told. */
export interface LongestInterval {
  readonly hours: number;
  readonly inWords: string;
}

/** As long as an alarm on looks that did not happen can look back. */
export const SEVEN_DAYS: LongestInterval = { hours: MOST_DAYS * 24, inWords: 'seven days' };

/** Refuses a time between two looks that is not of whole hours, or too long. */
export function checkInterval(scope: Construct, every: Duration, longest: LongestInterval): void {
  const seconds = every.isUnresolved() ? undefined : every.toSeconds({ integral: false });
  if (seconds !== undefined && seconds >= HOUR && seconds <= longest.hours * HOUR && seconds % HOUR === 0) {
    return;
  }
  const got = seconds === undefined ? 'an unresolved value' : `${seconds} seconds`;
  throw invalidProperty(
    scope,
    `'every' must be whole hours from one hour to ${longest.inWords}, got ${got}, correct it`,
  );
}

/** Lets a function look again and again. */
export function lookEvery(
  scope: Construct,
  every: Duration,
  fn: lambda.IFunction,
  description: string,
): void {
  new events.Rule(scope, 'Schedule', {
    description,
    schedule: events.Schedule.rate(every),
    targets: [new targets.LambdaFunction(fn)],
  });
}

/** How an alarm looks at something that is counted at each look, to tell that there was none in time: over whole periods. */
export function periodsOfOneLook(every: Duration): {
  readonly period: Duration;
  readonly evaluationPeriods: number;
} {
  const isDaily = every.toSeconds() > HALF_A_DAY;
  const period = isDaily ? Duration.days(1) : Duration.hours(1);
  const periods = Math.ceil(every.toSeconds() / period.toSeconds()) + 1;
  return { period, evaluationPeriods: isDaily ? Math.min(periods, MOST_DAYS) : periods };
}
