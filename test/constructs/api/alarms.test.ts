import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as sns from 'aws-cdk-lib/aws-sns';
import { type Drilled, drill } from '../../_fixtures/drill';
import { API_RECORDINGS } from '../../_fixtures/drill/recordings/apis';
import { rendered, resourcesOf, stackIn } from '../support';
import { apiWithRouteIn } from './support';

const ROOT = join(__dirname, '../../..');

const alarmsOf = (stack: ReturnType<typeof stackIn>) =>
  Object.values(resourcesOf(stack, 'AWS::CloudWatch::Alarm')).map(({ Properties }) => Properties);

describe('an API tells a topic', () => {
  test('of errors, throttles and refusals, and how each is handled stands in a runbook', () => {
    const stack = stackIn('eu-west-1');
    apiWithRouteIn(stack);
    const runbooks = alarmsOf(stack).map(
      ({ AlarmDescription }) => /Runbook: (docs\/runbooks\/[\w-]+\.md)$/.exec(AlarmDescription)?.[1] ?? '',
    );
    expect([...runbooks].sort()).toEqual([
      'docs/runbooks/api-authorization-failures.md',
      'docs/runbooks/api-client-errors.md',
      'docs/runbooks/api-server-errors.md',
      'docs/runbooks/api-throttles.md',
    ]);
    expect(runbooks.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  test('of its own, encrypted, or the one that is given', () => {
    const own = stackIn('eu-west-1');
    apiWithRouteIn(own);
    expect(Object.values(resourcesOf(own, 'AWS::SNS::Topic'))).toMatchObject([
      { Properties: { KmsMasterKeyId: expect.anything() } },
    ]);

    const stack = stackIn('eu-west-1');
    const arn = 'arn:aws:sns:eu-west-1:111122223333:alarms';
    apiWithRouteIn(stack, { alarmTopic: sns.Topic.fromTopicArn(stack, 'Topic', arn) });
    expect(resourcesOf(stack, 'AWS::SNS::Topic')).toEqual({});
    for (const alarm of alarmsOf(stack)) expect(alarm.AlarmActions).toEqual([arn]);
  });

  test('of each by what was recorded, and of no near-miss', () => {
    const stack = stackIn('eu-west-1');
    apiWithRouteIn(stack);
    const { fired, ...rest } = drill({ Api: rendered(stack).toJSON() as Drilled }, API_RECORDINGS);
    expect(rest).toEqual({ silent: [], falseAlarms: [], unused: [] });
    expect(Object.values(fired).sort()).toEqual([
      ['a third is wrong'],
      ['fifty requests beyond the limit'],
      ['one of twenty fails'],
      ['twenty without a signature', 'twenty with an old token'],
    ]);
  });

  test('takes shares of errors of twenty requests at least, and says nothing without any', () => {
    const stack = stackIn('eu-west-1');
    apiWithRouteIn(stack);
    const shares = alarmsOf(stack).filter(({ Metrics }) => Metrics !== undefined);
    expect(shares).toHaveLength(2);
    for (const { Metrics, TreatMissingData } of shares) {
      expect(TreatMissingData).toBe('notBreaching');
      expect(JSON.stringify(Metrics)).toContain('Errors / count, 0)');
    }
  });

  test('counts throttles and refusals in the access log, in which its fields are texts', () => {
    const stack = stackIn('eu-west-1');
    apiWithRouteIn(stack);
    const filters = Object.values(resourcesOf(stack, 'AWS::Logs::MetricFilter'));
    expect(filters.map(({ Properties }) => Properties.FilterPattern).sort()).toEqual([
      '{ $.status = "429" }',
      '{ ($.status = "401") || ($.status = "403") }',
    ]);
    const [alarm] = alarmsOf(stack).filter(({ MetricName }) => MetricName === 'Throttles');
    const [filter] = filters.filter(({ Properties }) => Properties.FilterPattern.includes('429'));
    expect(alarm?.Namespace).toEqual(filter?.Properties.MetricTransformations[0].MetricNamespace);
  });

  test('at thresholds of your own', () => {
    const stack = stackIn('eu-west-1');
    apiWithRouteIn(stack, { alarmThresholds: { serverErrorPercent: 1, throttles: 7 } });
    expect(
      alarmsOf(stack)
        .map(({ Threshold }) => Threshold)
        .sort((a, b) => a - b),
    ).toEqual([1, 7, 20, 25]);
  });

  test('not at one that no share reaches', () => {
    expect(() => apiWithRouteIn(stackIn(), { alarmThresholds: { clientErrorPercent: 101 } })).toThrow(
      "Stack/Api/Alarms: 'alarmThresholds.clientErrorPercent' must be a whole number from 1 to 100, got 101",
    );
  });
});
