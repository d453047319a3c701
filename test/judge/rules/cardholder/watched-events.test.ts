import { hearsOf, isWatched } from '../../../../lib/judge/rules/cardholder/watched-events';
import { type Json, type JsonMap, Unresolved, World } from '../../../../lib/judge/template';
import { appOf } from '../../support';

const CALL = 'AWS API Call via CloudTrail';
const STOP = { service: 'cloudtrail', name: 'StopLogging' };
const HIDDEN = { Ref: 'Hidden' };
const PARTS = { Parameters: { Hidden: { Type: 'String' }, Others: { Type: 'CommaDelimitedList' } } };

const worldOf = (resources: JsonMap) => new World(appOf(resources, PARTS));

/** What is said of a call, where a value that is hidden stands for why it is. */
function watches(resources: JsonMap): boolean | 'hidden' {
  const answer = isWatched(STOP, worldOf(resources));
  return answer instanceof Unresolved ? 'hidden' : answer;
}

const rule = (EventPattern: Json | undefined, more: JsonMap = {}): JsonMap => ({
  Type: 'AWS::Events::Rule',
  Properties: {
    ...(EventPattern === undefined ? {} : { EventPattern }),
    Targets: [{ Id: 'a', Arn: 'arn' }],
    ...more,
  },
});
const named = (...eventName: readonly Json[]): JsonMap => ({ 'detail-type': [CALL], detail: { eventName } });

test('without a rule or a filter nothing is watched', () => {
  expect(watches({})).toBe(false);
});

describe('a rule of EventBridge', () => {
  const R = (pattern: Json | undefined, more?: JsonMap) => watches({ R: rule(pattern, more) });

  test('watches the calls that it names, and all where it names none', () => {
    expect(R(named('StopLogging'))).toBe(true);
    expect(R(named('DeleteTrail', 'StopLogging'))).toBe(true);
    expect(R({})).toBe(true);
    expect(R(named('DeleteTrail'))).toBe(false);
    expect(R({ 'detail-type': [CALL], detail: { eventName: 'StopLogging' } })).toBe(true);
  });

  test.each<[string, JsonMap]>([
    ['other events', { source: ['aws.cloudtrail'], 'detail-type': ['AWS Insight via CloudTrail'] }],
    ['another service by its source', { source: ['aws.kms'], 'detail-type': [CALL] }],
    ['another service by its address', { detail: { eventSource: ['kms.amazonaws.com'] } }],
    [
      'another service by its address, whatever the source',
      { source: ['aws.cloudtrail'], detail: { eventSource: ['kms.amazonaws.com'] } },
    ],
    [
      'another service by its source, whatever the address',
      { source: ['aws.kms'], detail: { eventSource: ['cloudtrail.amazonaws.com'] } },
    ],
  ])('does not for %s', (_, pattern) => {
    expect(R(pattern)).toBe(false);
  });

  test('does for the service by its source, its address, or both', () => {
    expect(R({ source: ['aws.cloudtrail'] })).toBe(true);
    expect(R({ detail: { eventSource: ['cloudtrail.amazonaws.com'] } })).toBe(true);
    expect(R({ source: ['aws.cloudtrail'], detail: { eventSource: ['cloudtrail.amazonaws.com'] } })).toBe(
      true,
    );
  });

  test.each<[string, JsonMap, boolean]>([
    ['is on', { State: 'ENABLED' }, true],
    ['is off', { State: 'DISABLED' }, false],
    ['may be on', { State: HIDDEN }, true],
    ['leads nowhere', { Targets: [] }, false],
    ['leads somewhere that is hidden', { Targets: HIDDEN }, true],
  ])('counts where it %s: %s', (_, more, expected) => {
    expect(R(named('StopLogging'), more)).toBe(expected);
  });

  test('counts for nothing without targets or without a pattern', () => {
    const Type = 'AWS::Events::Rule';
    expect(watches({ R: { Type, Properties: { EventPattern: named('StopLogging') } } })).toBe(false);
    expect(R(undefined, { ScheduleExpression: 'rate(1 day)' })).toBe(false);
    expect(R('text')).toBe(false);
  });

  test('whose pattern is hidden leaves it open, unless another watches', () => {
    expect(R(HIDDEN)).toBe('hidden');
    expect(watches({ A: rule(HIDDEN), B: rule(named('StopLogging')) })).toBe(true);
    expect(watches({ A: rule(HIDDEN), B: rule(named('DeleteTrail')) })).toBe('hidden');
  });

  test.each<[JsonMap, boolean]>([
    [{ prefix: 'Stop' }, true],
    [{ prefix: 'Start' }, false],
    [{ suffix: 'Logging' }, true],
    [{ suffix: 'Stop' }, false],
    [{ exists: true }, true],
    [{ exists: 'true' }, true],
    [{ exists: false }, false],
    [{ 'equals-ignore-case': 'stoplogging' }, true],
    [{ 'equals-ignore-case': 'stop' }, false],
    [{ wildcard: 'St*ging' }, true],
    [{ wildcard: '*' }, true],
    [{ wildcard: 'St*gin' }, false],
    [{ wildcard: 'S.*' }, false],
    [{ 'anything-but': ['DeleteTrail'] }, true],
    [{ 'anything-but': 'DeleteTrail' }, true],
    [{ 'anything-but': ['StopLogging'] }, false],
    [{ 'anything-but': 'StopLogging' }, false],
    [{ 'anything-but': { prefix: 'Start' } }, true],
    [{ 'anything-but': { prefix: 'Stop' } }, false],
    [{ unheard: 'StopLogging' }, false],
  ])('with the operator %j: %s', (operator, expected) => {
    expect(R(named(operator))).toBe(expected);
  });

  test('takes any of what it lists', () => {
    expect(R(named({ prefix: 'Start' }, { suffix: 'Logging' }))).toBe(true);
    expect(R(named({ prefix: 'Start' }, 'StopLogging'))).toBe(true);
  });
});

describe('a metric filter', () => {
  const PATTERN = '{ ($.eventName = StopLogging) }';
  const METRIC = { MetricName: 'Stops', MetricNamespace: 'Trail', MetricValue: '1' };
  const filter = (FilterPattern: Json, metrics: readonly Json[] = [METRIC]): JsonMap => ({
    Type: 'AWS::Logs::MetricFilter',
    Properties: { FilterPattern, MetricTransformations: metrics },
  });
  const alarm = (Properties: JsonMap): JsonMap => ({ Type: 'AWS::CloudWatch::Alarm', Properties });
  const LOOKS = { MetricName: 'Stops', Namespace: 'Trail' };
  const F = (pattern: Json, look: JsonMap = LOOKS) => watches({ F: filter(pattern), A: alarm(look) });

  test.each<[string, boolean]>([
    [PATTERN, true],
    ['{ $.eventName="StopLogging" }', true],
    ['{ ($.eventName = DeleteTrail) || ($.eventName = StopLogging) }', true],
    ['{ $.eventName = StopLoggingForAll }', false],
    ['{ $.eventName != StopLogging }', false],
    ['{ $.eventName = DeleteTrail }', false],
  ])('of the pattern %s watches: %s', (pattern, expected) => {
    expect(F(pattern)).toBe(expected);
  });

  test('counts where an alarm looks at its metric, alone or among others', () => {
    expect(F(PATTERN, LOOKS)).toBe(true);
    const query = { Id: 'm', MetricStat: { Metric: LOOKS, Period: 300, Stat: 'Sum' } };
    const other = { Id: 'n', Expression: 'm * 2' };
    expect(F(PATTERN, { Metrics: [other, query] })).toBe(true);
  });

  test.each<[string, JsonMap]>([
    ['another metric', { ...LOOKS, MetricName: 'Starts' }],
    ['that of another namespace', { ...LOOKS, Namespace: 'Other' }],
    ['nothing', {}],
  ])('counts for nothing where an alarm looks at %s', (_, look) => {
    expect(F(PATTERN, look)).toBe(false);
  });

  test('counts for nothing without an alarm, or without a metric of a name', () => {
    expect(watches({ F: filter(PATTERN) })).toBe(false);
    const nameless = filter(PATTERN, [{ MetricValue: '1' }]);
    expect(watches({ F: nameless, A: alarm({}) })).toBe(false);
    expect(
      watches({ F: filter(PATTERN, [{ MetricNamespace: 'Trail' }]), A: alarm({ Namespace: 'Trail' }) }),
    ).toBe(false);
  });

  test('counts with one of several metrics, and one of several alarms', () => {
    const other = { MetricName: 'Other', MetricNamespace: 'Trail', MetricValue: '1' };
    const both = filter(PATTERN, [other, METRIC]);
    expect(watches({ F: both, A: alarm({ MetricName: 'X', Namespace: 'Y' }), B: alarm(LOOKS) })).toBe(true);
  });

  test('whose pattern is hidden leaves it open; names that are hidden in part are compared as they are', () => {
    expect(F(HIDDEN)).toBe('hidden');
    const joined = { 'Fn::Join': ['-', ['Stops', HIDDEN]] };
    const resources = {
      F: filter(PATTERN, [{ ...METRIC, MetricName: joined }]),
      A: alarm({ ...LOOKS, MetricName: joined }),
    };
    expect(watches(resources)).toBe(true);
  });
});

describe('events that services send by themselves', () => {
  const EXPIRES = 'ACM Certificate Approaching Expiration';
  const hears = (resources: JsonMap, isMeant: () => boolean = () => true) => {
    const answer = hearsOf('aws.acm', EXPIRES, worldOf(resources), isMeant);
    return answer instanceof Unresolved ? 'hidden' : answer;
  };
  const PATTERN = { source: ['aws.acm'], 'detail-type': [EXPIRES] };

  test('are heard of by a rule for their source and kind that means them', () => {
    expect(hears({ R: rule(PATTERN) })).toBe(true);
    expect(hears({ R: rule({ ...PATTERN, source: ['aws.health'] }) })).toBe(false);
    expect(hears({ R: rule({ ...PATTERN, 'detail-type': ['Others'] }) })).toBe(false);
    expect(hears({ R: rule(PATTERN) }, () => false)).toBe(false);
    expect(hears({})).toBe(false);
  });

  test('may be heard of where a pattern is hidden, unless another rule hears', () => {
    expect(hears({ R: rule(HIDDEN) })).toBe('hidden');
    expect(hears({ R: rule('text') })).toBe(false);
    expect(hears({ R: rule(HIDDEN), S: rule(PATTERN) })).toBe(true);
    expect(hears({ R: rule(HIDDEN), S: rule({ source: ['aws.kms'] }) })).toBe('hidden');
  });
});
