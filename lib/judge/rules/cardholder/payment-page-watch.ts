import { type Cursor, type Resource, resourcesIn, type World } from '../../template';
import { unknown, violation } from '../property';
import { COMPLIANT, type Verdict } from '../rule';
import { viewsOf } from '../views';
import { roleOf } from './payment-page-role';

const CANARY = 'AWS::Synthetics::Canary';
const FUNCTION = 'AWS::Lambda::Function';

/** At least weekly (PCI DSS 11.6.1). */
const LONGEST_DAYS = 7;

/** Whether a canary or function that says it watches payment pages runs every week, and an alarm looks at it. */
export function isWatchedWeekly(page: Cursor): Verdict {
  const { world } = page;
  const watchers = [CANARY, FUNCTION].flatMap((type) =>
    viewsOf(type, world).filter((view) => roleOf(view).role === 'watches'),
  );
  if (watchers.length === 0)
    return violation(page, 'nothing that watches it', 'a canary or a function on a schedule');
  const verdicts = watchers.map((watcher) => verdictOn(watcher));
  return (
    verdicts.find(({ verdict }) => verdict === 'compliant') ??
    verdicts.find(({ verdict }) => verdict === 'unknown') ??
    verdicts[0] ??
    COMPLIANT
  );
}

function verdictOn(watcher: Cursor): Verdict {
  const { resource, world } = watcher;
  const schedules =
    resource.type === CANARY ? [watcher.at('Schedule', 'Expression')] : schedulesOf(resource, world);
  const readings = schedules.map((at) => [at, at.string()] as const);
  const isWeekly = readings.some(
    ([, text]) => text.state === 'given' && daysBetween(text.value) <= LONGEST_DAYS,
  );
  if (!isWeekly) {
    const hidden = readings.find(([, text]) => text.state === 'unresolved');
    if (hidden?.[1].state === 'unresolved') return unknown(hidden[0], hidden[1].why);
    const [first] = readings;
    const got = first?.[1].state === 'given' ? first[1].value : 'no schedule';
    return violation(first?.[0] ?? watcher, got, `a schedule of ${LONGEST_DAYS} days or less`);
  }
  return isAlarmed(resource, world) ? COMPLIANT : violation(watcher, 'no alarm', 'one on its metrics');
}

/** Rules and schedules that run a function. */
function schedulesOf(fn: Resource, world: World): readonly Cursor[] {
  return (
    [
      ['AWS::Events::Rule', 'Targets'],
      ['AWS::Scheduler::Schedule', 'Target.Arn'],
    ] as const
  ).flatMap(([type, path]) =>
    world.app
      .referring(fn, type, path)
      .filter((rule) => world.exists(rule))
      .map((rule) => world.view(rule).at('ScheduleExpression'))
      .filter((at) => at.isPresent),
  );
}

function isAlarmed(watcher: Resource, world: World): boolean {
  return (
    ['Dimensions', 'Metrics'].some((path) =>
      world.app
        .referring(watcher, 'AWS::CloudWatch::Alarm', path)
        .some(
          (alarm) => world.exists(alarm) && resourcesIn(world.view(alarm).at(path).value()).includes(watcher),
        ),
    ) || namesInAlarms(watcher, world)
  );
}

/** Canaries have names of their own, which alarms use as they are. */
function namesInAlarms(watcher: Resource, world: World): boolean {
  const name = world
    .view(watcher)
    .at(watcher.type === CANARY ? 'Name' : 'FunctionName')
    .string();
  if (name.state !== 'given') return false;
  return world.app
    .resourcesOfType('AWS::CloudWatch::Alarm')
    .filter((alarm) => world.exists(alarm))
    .flatMap((alarm) => world.view(alarm).at('Dimensions').items())
    .some((dimension) => {
      const value = dimension.at('Value').string();
      return value.state === 'given' && value.value === name.value;
    });
}

const DAYS: Readonly<Record<string, number>> = { minute: 1 / 1440, hour: 1 / 24, day: 1 };

/**
 * The longest time between two runs of `rate(...)` or `cron(...)`, in days; without end where it runs once or rarer.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
 */
export function daysBetween(expression: string): number {
  const [, count, unit = ''] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression.trim()) ?? [];
  // `rate(0 minute)` runs a canary once.
  if (count !== undefined)
    return Number(count) === 0 ? Number.POSITIVE_INFINITY : Number(count) * (DAYS[unit] ?? 1);
  const fields = /^cron\((.*)\)$/.exec(expression.trim())?.[1]?.trim().split(/\s+/) ?? [];
  const [, , dayOfMonth = '', month = '', dayOfWeek = '', year = '*'] = fields;
  if (fields.length < 5 || month !== '*' || year !== '*') return Number.POSITIVE_INFINITY;
  if (dayOfWeek.includes('#') || /L$/.test(dayOfWeek)) return Number.POSITIVE_INFINITY;
  const every = /^(?:\*|\d+)\/(\d+)$/.exec(dayOfMonth)?.[1];
  if (every !== undefined) return Number(every);
  const isEveryDay = dayOfMonth === '*' || dayOfMonth === '?';
  if (!isEveryDay) return Number.POSITIVE_INFINITY;
  return dayOfWeek === '*' || dayOfWeek === '?' ? 1 : LONGEST_DAYS;
}
