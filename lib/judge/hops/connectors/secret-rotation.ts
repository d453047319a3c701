import type { Cursor } from '../../template';
import type { Connector } from '../connector';
import type { Fact } from '../fact';
import { hidden, type Observed, observe, stated } from '../observed';

/** Rotation schedules of Secrets Manager. The secrets themselves are read by the connector for secrets. */
export const secretRotation: Connector = {
  service: 'secret-rotation',
  types: ['AWS::SecretsManager::RotationSchedule'],
  makes: ['secret-rotation'],
  facts(resource, world): readonly Fact[] {
    const period = periodOf(world.view(resource).at('RotationRules'));
    const region = resource.template.region;
    return [{ fact: 'secret-rotation', resource, period, region, when: world.when }];
  },
};

function periodOf(rules: Cursor): Observed<number | 'never'> {
  const days = rules.at('AutomaticallyAfterDays');
  if (days.isPresent) return observe<number | 'never', number>(days, days.number(), { otherwise: 'never' });
  const schedule = rules.at('ScheduleExpression');
  const expression = schedule.string();
  if (expression.state === 'absent') return stated(days, 'never');
  if (expression.state === 'unresolved') return hidden(schedule, expression.why);
  const period = daysBetween(expression.value);
  return period === undefined
    ? hidden(schedule, `how many days lie between the times of ${expression.value} is not worked out`)
    : stated(schedule, period, { given: true });
}

/** At most how many days lie between two times of `rate(10 days)`, or of a `cron` that comes back every few months. */
function daysBetween(expression: string): number | undefined {
  const [, count, unit] = /^rate\((\d+) (hour|day)s?\)$/.exec(expression.trim()) ?? [];
  if (count !== undefined) return unit === 'hour' ? Number(count) / 24 : Number(count);
  const [, fields = ''] = /^cron\((.+)\)$/.exec(expression.trim()) ?? [];
  const [, , day = '', month = '', weekday = '', year = ''] = fields.split(/\s+/);
  const every = month === '*' ? 1 : Number(/^(?:\*|1)\/(\d+)$/.exec(month)?.[1]);
  // The 31st is not in every month, so that gaps are longer than they look.
  const isInEveryMonth = /^(\*|\?|L|[1-9]|1\d|2[0-8])$/.test(day) && weekday !== '';
  if (year !== '*' || !isInEveryMonth || !(12 % every === 0)) return undefined;
  // The first Monday of a month may be six days later than that of another.
  return weekday.includes('#') ? every * 31 + 6 : every * 31;
}
