import { Duration, Lazy } from 'aws-cdk-lib';
import { checkInterval, periodsOfOneLook, SEVEN_DAYS } from '../../../lib/constructs/monitoring/interval';
import { stackIn } from '../support';

// An alarm looks at whole periods: one more than fits between two looks, or the last look may lie just outside.
test.each([
  [1, '1 hour', 2],
  [12, '1 hour', 13],
  [13, '1 day', 2],
  [24, '1 day', 2],
  [25, '1 day', 3],
  [144, '1 day', 7],
  // CloudWatch looks back seven days at most.
  [168, '1 day', 7],
])(
  'a look every %d hours is missed in periods of %s, of which %d are looked at',
  (hours, period, periods) => {
    const told = periodsOfOneLook(Duration.hours(hours));
    expect([told.period.toHumanString(), told.evaluationPeriods]).toEqual([period, periods]);
  },
);

test.each([Duration.hours(1), Duration.hours(7), Duration.days(7)])('%s is taken', (every) => {
  expect(() => checkInterval(stackIn(), every, SEVEN_DAYS)).not.toThrow();
});

test.each([
  [Duration.minutes(59), '3540 seconds'],
  [Duration.minutes(90), '5400 seconds'],
  [Duration.hours(169), '608400 seconds'],
  [Duration.seconds(Lazy.number({ produce: () => 3600 })), 'an unresolved value'],
])('%s is refused', (every, got) => {
  expect(() => checkInterval(stackIn(), every, SEVEN_DAYS)).toThrow(
    `Stack: 'every' must be whole hours from one hour to seven days, got ${got}, correct it`,
  );
});
