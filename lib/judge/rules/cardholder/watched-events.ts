import {
  type Cursor,
  isValueList,
  isValueMap,
  Text,
  Unresolved,
  type Value,
  type ValueMap,
  type World,
} from '../../template';
import { type Answer, anyAnswer } from '../answer';
import { elementsOf } from '../property';
import { viewsOf } from '../views';

/** A call of an API of AWS, as trails and EventBridge name it. */
export interface WatchedCall {
  /** The service, as `kms` in `kms.amazonaws.com` and `aws.kms`. */
  readonly service: string;
  readonly name: string;
}

/**
 * Whether something of the app is told of a call: a rule of EventBridge with a target, or a metric filter on a log whose
 * metric has an alarm. Why it cannot be told, where a pattern is hidden. Whom an alarm tells, `AlarmHasAction` asks.
 */
export function isWatched(call: WatchedCall, world: World): Answer {
  const answers = [
    ...eventRules(world).map((rule) => matches(rule, call)),
    ...filters(world).map((filter) => counts(filter, call)),
  ];
  return anyAnswer(answers);
}

/** Whether something of the app is told of events of a kind that services send by themselves. */
export function hearsOf(
  source: string,
  detailType: string,
  world: World,
  isMeant: (pattern: ValueMap) => boolean,
): Answer {
  const answers = eventRules(world).map((rule): Answer => {
    const pattern = rule.at('EventPattern').value();
    if (!isValueMap(pattern)) return pattern instanceof Unresolved ? pattern : false;
    return takes(pattern.source, source) && takes(pattern['detail-type'], detailType) && isMeant(pattern);
  });
  return anyAnswer(answers);
}

/** Rules that are on and lead somewhere. */
function eventRules(world: World): readonly Cursor[] {
  return viewsOf('AWS::Events::Rule', world).filter((rule) => {
    const state = rule.at('State').string();
    const isOff = state.state === 'given' && state.value === 'DISABLED';
    return !isOff && rule.at('EventPattern').isPresent && !isEmpty(rule.at('Targets'));
  });
}

function isEmpty(at: Cursor): boolean {
  const list = at.list();
  return list.state === 'absent' || (list.state === 'given' && list.value.length === 0);
}

function matches(rule: Cursor, { service, name }: WatchedCall): Answer {
  const pattern = rule.at('EventPattern').value();
  if (!isValueMap(pattern)) return pattern instanceof Unresolved ? pattern : false;
  const { detail } = pattern;
  const inner = isValueMap(detail) ? detail : {};
  const isOfCalls = takes(pattern['detail-type'], 'AWS API Call via CloudTrail');
  // The calls of a service, or of all of them.
  const isOfService =
    takes(pattern.source, `aws.${service}`) && takes(inner.eventSource, `${service}.amazonaws.com`);
  return isOfCalls && isOfService && takes(inner.eventName, name);
}

/**
 * Whether a list of an event pattern takes a text; what is left out takes all.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export function takes(list: Value | undefined, text: string): boolean {
  if (list === undefined) return true;
  return elementsOf(list).some((item) => (isValueMap(item) ? operatorTakes(item, text) : item === text));
}

function operatorTakes(operator: ValueMap, text: string): boolean {
  const { prefix, suffix, wildcard, exists } = operator;
  if (typeof prefix === 'string') return text.startsWith(prefix);
  if (typeof suffix === 'string') return text.endsWith(suffix);
  if (exists !== undefined) return String(exists) === 'true';
  const ignoring = operator['equals-ignore-case'];
  if (typeof ignoring === 'string') return text.toLowerCase() === ignoring.toLowerCase();
  if (typeof wildcard === 'string') {
    const escaped = wildcard.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'));
    return new RegExp(`^${escaped.join('.*')}$`, 's').test(text);
  }
  const but = operator['anything-but'];
  return but !== undefined && (isValueMap(but) ? !operatorTakes(but, text) : !elementsOf(but).includes(text));
}

/** Metric filters that some alarm looks at. */
function filters(world: World): readonly Cursor[] {
  const alarms = viewsOf('AWS::CloudWatch::Alarm', world);
  return viewsOf('AWS::Logs::MetricFilter', world).filter((filter) =>
    filter
      .at('MetricTransformations')
      .items()
      .some((metric) => alarms.some((alarm) => looksAt(alarm, metric))),
  );
}

/** By its metric, or by one among those that it computes with. */
function looksAt(alarm: Cursor, metric: Cursor): boolean {
  const name = textOf(metric.at('MetricName').value());
  const space = textOf(metric.at('MetricNamespace').value());
  const own = [
    alarm,
    ...alarm
      .at('Metrics')
      .items()
      .map((query) => query.at('MetricStat', 'Metric')),
  ];
  return own.some(
    (one) =>
      name !== '' &&
      textOf(one.at('MetricName').value()) === name &&
      textOf(one.at('Namespace').value()) === space,
  );
}

function textOf(value: Value | undefined): string {
  return value instanceof Text || typeof value === 'string' ? String(value) : '';
}

/** A pattern of text that names the call: `{ ($.eventName = StopLogging) }`. */
function counts(filter: Cursor, { name }: WatchedCall): Answer {
  const pattern = filter.at('FilterPattern').value();
  if (pattern instanceof Unresolved) return pattern;
  const text = isValueList(pattern) ? '' : textOf(pattern);
  return new RegExp(`\\$\\.eventName\\s*=\\s*"?${name}"?(?![A-Za-z])`).test(text);
}
