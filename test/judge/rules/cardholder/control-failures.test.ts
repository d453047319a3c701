import type { JsonMap } from '../../../../lib/judge/template';
import { HIDDEN, saysOf } from './support';

const Trail = { Type: 'AWS::CloudTrail::Trail' };
const CALLS = ['StopLogging', 'DeleteTrail', 'UpdateTrail'];
const MISSING =
  'warning violation Trail.Properties: no alarm for StopLogging, DeleteTrail, UpdateTrail (the trail)';
const CALL = 'AWS API Call via CloudTrail';

describe('ControlFailureRaisesAlarm', () => {
  const says = (resources: JsonMap = {}) => saysOf('ControlFailureRaisesAlarm', { Trail, ...resources });
  const rule = (EventPattern: JsonMap | JsonMap, more: JsonMap = {}) => ({
    Rule: {
      Type: 'AWS::Events::Rule',
      Properties: { EventPattern, Targets: [{ Id: 'a', Arn: 'arn' }], ...more },
    },
  });
  const filter = (FilterPattern: string | JsonMap) => ({
    Filter: {
      Type: 'AWS::Logs::MetricFilter',
      Properties: {
        FilterPattern,
        MetricTransformations: [{ MetricName: 'Changes', MetricNamespace: 'Trail', MetricValue: '1' }],
      },
    },
  });
  const alarm = (properties: JsonMap) => ({
    Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: properties },
  });
  const WATCHES = { MetricName: 'Changes', Namespace: 'Trail' };

  test.each<[string, JsonMap]>([
    ['names the calls', { source: ['aws.cloudtrail'], 'detail-type': [CALL], detail: { eventName: CALLS } }],
    [
      'names their source in the detail',
      { detail: { eventSource: ['cloudtrail.amazonaws.com'], eventName: CALLS } },
    ],
    ['takes every call of the service', { source: ['aws.cloudtrail'], 'detail-type': [CALL] }],
    [
      'takes some by their beginning',
      {
        'detail-type': [CALL],
        detail: { eventName: [{ prefix: 'Stop' }, { prefix: 'Delete' }, { wildcard: 'Upd*Trail' }] },
      },
    ],
    [
      'leaves others out',
      { source: ['aws.cloudtrail'], detail: { eventName: [{ 'anything-but': ['LookupEvents'] }] } },
    ],
    [
      'takes them whatever their case',
      {
        'detail-type': [CALL],
        detail: { eventName: CALLS.map((name) => ({ 'equals-ignore-case': name.toLowerCase() })) },
      },
    ],
    [
      'takes what ends so',
      { 'detail-type': [CALL], detail: { eventName: [{ suffix: 'Logging' }, { suffix: 'Trail' }] } },
    ],
  ])('passes a rule of EventBridge that %s', (_, pattern) => {
    expect(says(rule(pattern))).toEqual([]);
  });

  test.each<[string, JsonMap]>([
    ['names others', rule({ 'detail-type': [CALL], detail: { eventName: ['CreateTrail'] } })],
    [
      'is about another service',
      rule({ source: ['aws.s3'], 'detail-type': [CALL], detail: { eventName: CALLS } }),
    ],
    [
      'is about other events',
      rule({ source: ['aws.cloudtrail'], 'detail-type': ['AWS Console Sign In via CloudTrail'] }),
    ],
    ['is off', rule({ 'detail-type': [CALL], detail: { eventName: CALLS } }, { State: 'DISABLED' })],
    ['leads nowhere', rule({ 'detail-type': [CALL], detail: { eventName: CALLS } }, { Targets: [] })],
    ['leaves them out', rule({ 'detail-type': [CALL], detail: { eventName: [{ 'anything-but': CALLS }] } })],
    [
      'has hostile operators',
      rule({ 'detail-type': [CALL], detail: { eventName: [{ wildcard: '(((' }, { constructor: 'x' }] } }),
    ],
  ])('fails a rule of EventBridge that %s', (_, others) => {
    expect(says(others)).toEqual([MISSING]);
  });

  test('names the calls that nobody hears of', () => {
    expect(says(rule({ 'detail-type': [CALL], detail: { eventName: ['StopLogging'] } }))).toEqual([
      'warning violation Trail.Properties: no alarm for DeleteTrail, UpdateTrail (the trail)',
    ]);
  });

  const named = `{ ${CALLS.map((name) => `($.eventName = ${name})`).join(' || ')} }`;
  test('passes a metric filter with an alarm on its metric, also among others', () => {
    expect(says({ ...filter(named), ...alarm(WATCHES) })).toEqual([]);
    expect(
      says({
        ...filter(named.replaceAll(/= (\w+)/g, '= "$1"')),
        ...alarm({ Metrics: [{ Id: 'm', MetricStat: { Metric: WATCHES } }] }),
      }),
    ).toEqual([]);
  });

  test('fails a metric filter without an alarm, with one on another metric, or for other calls', () => {
    expect(says(filter(named))).toEqual([MISSING]);
    expect(says({ ...filter(named), ...alarm({ ...WATCHES, Namespace: 'Other' }) })).toEqual([MISSING]);
    expect(
      says({
        ...filter(named.replaceAll('Trail', 'TrailX').replaceAll('Logging', 'LoggingX')),
        ...alarm(WATCHES),
      }),
    ).toEqual([MISSING]);
  });

  test('cannot tell hidden patterns', () => {
    const found = ['warning unknown Trail.Properties'];
    expect(says(rule(HIDDEN))).toEqual(found);
    expect(says({ ...filter(HIDDEN), ...alarm(WATCHES) })).toEqual(found);
  });

  test.each([
    ['AWS::KMS::Key', 'no alarm for DisableKey, ScheduleKeyDeletion (keys)'],
    [
      'AWS::Config::ConfigurationRecorder',
      'no alarm for StopConfigurationRecorder, DeleteDeliveryChannel (AWS Config)',
    ],
    ['AWS::WAFv2::WebACL', 'no alarm for DisassociateWebACL, DeleteWebACL (the web application firewall)'],
    [
      'AWS::EC2::SecurityGroup',
      'no alarm for AuthorizeSecurityGroupIngress, AuthorizeSecurityGroupEgress (security groups)',
    ],
    ['AWS::GuardDuty::Detector', 'no alarm for DeleteDetector, UpdateDetector (detection of intruders)'],
  ])('asks for %s where there is one', (Type, got) => {
    const watched = rule({ source: ['aws.cloudtrail'], 'detail-type': [CALL] });
    expect(says({ ...watched, Control: { Type } })).toEqual([`warning violation Trail.Properties: ${got}`]);
  });

  test('asks nothing where no trail is made', () => {
    expect(saysOf('ControlFailureRaisesAlarm', { Key: { Type: 'AWS::KMS::Key' } })).toEqual([]);
  });
});
