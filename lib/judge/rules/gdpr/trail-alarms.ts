import type { PackRule } from '../../packs/pack';
import {
  type Cursor,
  isValueList,
  isValueMap,
  type Resource,
  Text,
  type Value,
  type World,
} from '../../template';
import { unknown, violation } from '../property';
import { COMPLIANT, NOT_APPLICABLE } from '../rule';
import { personalDataRow } from './row';

/** What the trail tells of that somebody has to hear of. */
export interface TrailEvent {
  /** The control of AWS's mapping that asks for it (`reference/gdpr-map.json`). */
  readonly control: string;
  /** What happened, in a list. */
  readonly about: string;
  /** Words of a filter pattern: each group is an alternative, all words of which have to be there. */
  readonly words: readonly (readonly string[])[];
  /** The control of Security Hub. */
  readonly securityHub: string;
}

/**
 * What the benchmark of the CIS asks an alarm for, but for what `ControlFailureRaisesAlarm` asks: changes of trails, keys,
 * AWS Config and security groups. A filter may be written in many ways: the words that every one of
 * them needs are looked for, and no more.
 *
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html
 */
// biome-ignore format: a table is read by the row
export const TRAIL_EVENTS: readonly TrailEvent[] = [
  { control: 'metric-filter-root-usage', about: 'use of the root user', words: [['userIdentity.type', 'Root']], securityHub: 'CloudWatch.1' },
  { control: 'metric-filter-unauthorized-api', about: 'calls that were refused', words: [['errorCode', 'AccessDenied'], ['errorCode', '*UnauthorizedOperation']], securityHub: 'CloudWatch.2' },
  { control: 'metric-filter-no-mfa', about: 'sign-ins without a second factor', words: [['ConsoleLogin', 'MFAUsed']], securityHub: 'CloudWatch.3' },
  { control: 'metric-filter-iam-policy', about: 'changes of IAM policies', words: [['PutRolePolicy', 'AttachRolePolicy']], securityHub: 'CloudWatch.4' },
  { control: 'metric-filter-auth-failures', about: 'failed sign-ins', words: [['ConsoleLogin', 'Failed authentication'], ['ConsoleLogin', 'Failure']], securityHub: 'CloudWatch.6' },
  { control: 'metric-filter-bucket-policy', about: 'changes of bucket policies', words: [['PutBucketPolicy', 'DeleteBucketPolicy']], securityHub: 'CloudWatch.8' },
  { control: 'metric-filter-network-acl', about: 'changes of network ACLs', words: [['CreateNetworkAclEntry', 'ReplaceNetworkAclEntry']], securityHub: 'CloudWatch.11' },
  { control: 'metric-filter-network-gateway', about: 'changes of gateways', words: [['AttachInternetGateway', 'DeleteInternetGateway']], securityHub: 'CloudWatch.12' },
  { control: 'metric-filter-route-table', about: 'changes of route tables', words: [['CreateRoute', 'ReplaceRoute']], securityHub: 'CloudWatch.13' },
  { control: 'metric-filter-vpc', about: 'changes of networks', words: [['CreateVpc', 'DeleteVpc']], securityHub: 'CloudWatch.14' },
];

const GROUP = 'AWS::Logs::LogGroup';
const FILTER = 'AWS::Logs::MetricFilter';
const ALARM = 'AWS::CloudWatch::Alarm';
const RULE = 'AWS::Events::Rule';

/** Rules on alarms about what a trail records, with their levels. */
export const TRAIL_ALARM_ROWS: readonly PackRule[] = [
  personalDataRow('info', {
    id: 'TrailEventsRaiseAlarms',
    title: 'somebody is told when controls of the account are changed or got round',
    risk: 'Who breaks in stops the trail, opens a bucket and makes a key: each of it is recorded, and read by nobody before the damage is done.',
    fix: 'For each kind of event add an AWS::Logs::MetricFilter on the log group of the trail and an AWS::CloudWatch::Alarm with AlarmActions on its metric, or an AWS::Events::Rule on the calls (detail.eventName) with Targets. CDK: addMetricFilter of LogGroup, metric() and createAlarm() with addAlarmAction().',
    references: {
      gdpr: ['25(1)', '32(1)(d)', '33(1)'],
      pciDss: ['10.4.1.1', '10.7.2'],
      securityHub: TRAIL_EVENTS.map(({ securityHub }) => securityHub),
      cwe: ['CWE-778'],
    },
    resourceTypes: ['AWS::CloudTrail::Trail'],
    test: (properties) => {
      const at = properties.at('CloudWatchLogsLogGroupArn');
      // Where the trail reaches no log group, TrailReachesLogGroup tells it.
      if (!at.isPresent) return NOT_APPLICABLE;
      const { world } = properties;
      const group = at.reference();
      const patterns = [
        ...(group?.type === GROUP ? alarmedPatterns(group, world) : []),
        ...alarmedCalls(world),
      ];
      const missing = TRAIL_EVENTS.filter(
        ({ words }) => !patterns.some((pattern) => matches(pattern, words)),
      );
      if (missing.length === 0) return COMPLIANT;
      const told = missing.map(({ about }) => about).join(', ');
      if (group?.type !== GROUP)
        return unknown(at, `the log group is in no template at hand, and with it alarms on ${told}`);
      const got = `no alarm on ${missing.length} of ${TRAIL_EVENTS.length} kinds of events`;
      return violation(at, got, 'an alarm on each', told);
    },
  }),
];

function matches(pattern: string, words: TrailEvent['words']): boolean {
  return words.some((all) => all.every((word) => new RegExp(`${escaped(word)}(?![A-Za-z])`).test(pattern)));
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** Patterns of filters on a log group of whose metric an alarm tells somebody. */
function alarmedPatterns(group: Resource, world: World): readonly string[] {
  const alarms = world.app
    .resourcesOfType(ALARM)
    .filter((alarm) => world.exists(alarm))
    .map((alarm) => world.view(alarm))
    .filter((alarm) => alarm.at('AlarmActions').isPresent && isNotOff(alarm.at('ActionsEnabled')));
  return world.app.referring(group, FILTER, 'LogGroupName').flatMap((filter) => {
    if (!world.exists(filter)) return [];
    const view = world.view(filter);
    const metrics = view.at('MetricTransformations').items();
    const isAlarmed = metrics.some((metric) => alarms.some((alarm) => isSameMetric(metric, alarm)));
    return isAlarmed ? [textOf(view.at('FilterPattern').value())] : [];
  });
}

function isNotOff(flag: Cursor): boolean {
  const on = flag.boolean();
  return on.state !== 'given' || on.value;
}

function isSameMetric(metric: Cursor, alarm: Cursor): boolean {
  const of = (at: Cursor) => textOf(at.value());
  const named = [
    [alarm.at('MetricName'), alarm.at('Namespace')] as const,
    ...alarm
      .at('Metrics')
      .items()
      .map((one) => one.at('MetricStat', 'Metric'))
      .map((one) => [one.at('MetricName'), one.at('Namespace')] as const),
  ];
  return named.some(
    ([name, space]) =>
      name.isPresent &&
      of(name) === of(metric.at('MetricName')) &&
      of(space) === of(metric.at('MetricNamespace')),
  );
}

/** Rules of EventBridge on calls, as one text for each. */
function alarmedCalls(world: World): readonly string[] {
  return world.app.resourcesOfType(RULE).flatMap((rule) => {
    if (!world.exists(rule)) return [];
    const view = world.view(rule);
    const state = view.at('State').string();
    if (state.state === 'given' && state.value === 'DISABLED') return [];
    return view.at('Targets').items().length > 0 ? [textOf(view.at('EventPattern').value())] : [];
  });
}

/** Every text within a value, with the keys above it: patterns of EventBridge are maps. */
function textOf(value: Value | undefined): string {
  if (value instanceof Text) return value.toString();
  if (isValueList(value)) return value.map(textOf).join(' ');
  if (isValueMap(value)) {
    return Object.entries(value)
      .map(([key, item]) => `${key} ${textOf(item)}`)
      .join(' ');
  }
  return value === undefined ? '' : String(value);
}
