import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { CfnParameter, type Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import { PciDss401Checks } from '../../../lib';
import { AccountAlarms, type AccountAlarmsProps } from '../../../lib/constructs/account-alarms';
import { ACCOUNT_ALARMS } from '../../../lib/constructs/account-alarms/watched-calls';
import { AuditTrail } from '../../../lib/constructs/audit-trail';
import { AlarmTopic } from '../../../lib/constructs/messaging';
import { type Drilled, drill } from '../../_fixtures/drill';
import { ACCOUNT_EVENTS, ACCOUNT_RECORDINGS } from '../../_fixtures/drill/recordings/account-alarms';
import { findingsOf, nagErrorsOf } from '../judged';
import { FLAGS, rendered, resourcesOf, stackIn } from '../support';

const REASON = 'The security account watches this for the whole organisation.';

function define(props: Partial<AccountAlarmsProps> = {}, flags: Record<string, unknown> = FLAGS) {
  const stack = stackIn('eu-west-1', flags);
  const trail = new AuditTrail(stack, 'Trail');
  const { topic } = new AlarmTopic(stack, 'Topic');
  const alarms = new AccountAlarms(stack, 'Alarms', { trail, topic, ...props });
  return { stack, trail, alarms };
}

const templateOf = (stack: Stack) => ({ Account: rendered(stack).toJSON() as Drilled });
const drilled = (stack: Stack) => drill(templateOf(stack), ACCOUNT_RECORDINGS);

describe('the drill', () => {
  test('every alarm is fired by a recorded event, and by no near-miss', () => {
    const { silent, falseAlarms, unused } = drilled(define().stack);
    expect({ silent, falseAlarms, unused }).toEqual({ silent: [], falseAlarms: [], unused: [] });
  });

  test('each event fires the alarm that it was recorded for', () => {
    const { stack, alarms } = define();
    const { fired } = drilled(stack);
    for (const [id, alarm] of alarms.alarms) {
      const logicalId = stack.getLogicalId(alarm.node.defaultChild as never);
      expect([id, fired[`Account/${logicalId}`]]).toEqual([id, expect.arrayContaining([id])]);
    }
    expect([...alarms.alarms.keys()].sort()).toEqual([...Object.keys(ACCOUNT_EVENTS), 'trail-silent'].sort());
  });

  test.each(ACCOUNT_ALARMS.map((row) => [row.id, row] as const))(
    'each call that %s names fires its alarm',
    (_, { id, metricName, pattern, threshold }) => {
      const names = [...pattern.matchAll(/eventName=(\w+)/g)].map(([, name]) => name);
      const source = /eventSource=([\w.]+)/.exec(pattern)?.[1];
      const base = ACCOUNT_EVENTS[id]?.entry;
      if (typeof base === 'string' || base === undefined || names[0] === 'ConsoleLogin') return;
      const entries = names.map((name) => ({
        name: `${name}`,
        entry: { ...base, eventName: name, ...(source === undefined ? {} : { eventSource: source }) },
        times: threshold,
      }));
      const { fired } = drill(templateOf(define().stack), { entries });
      const [, own] = Object.entries(fired).find(([key]) => key.includes(`${metricName}Alarm`)) ?? [];
      expect(own).toEqual(names);
    },
  );
});

describe('each alarm', () => {
  test('names a runbook that exists and says what to do', () => {
    const alarms = Object.values(resourcesOf(define().stack, 'AWS::CloudWatch::Alarm'));
    expect(alarms.length).toBe(AccountAlarms.IDS.length);
    for (const { Properties } of alarms) {
      const [runbook = ''] = /docs\/runbooks\/account-[a-z0-9-]+\.md/.exec(Properties.AlarmDescription) ?? [];
      const file = path.resolve(__dirname, '../../..', runbook);
      expect([runbook, existsSync(file)]).toEqual([runbook, true]);
      const text = readFileSync(file, 'utf8');
      for (const heading of ['What it means', 'Look here first', 'Harmless when', 'How to close']) {
        expect(text).toContain(`\n## ${heading}\n`);
      }
    }
  });

  test.each(ACCOUNT_ALARMS.map(({ id, pattern }) => [id, pattern]))(
    'has a runbook that looks for what raised it: %s',
    (id, pattern) => {
      const file = path.resolve(__dirname, `../../../docs/runbooks/account-${id}.md`);
      expect(readFileSync(file, 'utf8')).toContain(`'${pattern}'`);
    },
  );

  test('tells the topic', () => {
    for (const { Properties } of Object.values(resourcesOf(define().stack, 'AWS::CloudWatch::Alarm'))) {
      expect(Properties.AlarmActions).toEqual([{ Ref: 'TopicB198EEC5' }]);
    }
  });

  test('has a pattern that CloudWatch Logs takes: at most 1024 characters', () => {
    for (const { id, pattern } of ACCOUNT_ALARMS) expect([id, pattern.length <= 1024]).toEqual([id, true]);
  });

  test('has an id and a metric of its own, and a log group takes that many filters', () => {
    expect(new Set(ACCOUNT_ALARMS.map(({ id }) => id)).size).toBe(ACCOUNT_ALARMS.length);
    expect(new Set(ACCOUNT_ALARMS.map(({ metricName }) => metricName)).size).toBe(ACCOUNT_ALARMS.length);
    // 100 for each log group: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html
    expect(ACCOUNT_ALARMS.length).toBeLessThan(50);
  });
});

describe('the packs', () => {
  test.each([
    ['under the flags of the baseline', FLAGS],
    ['without any feature flag', {}],
  ])('find nothing, ours and cdk-nag, %s', (_, flags) => {
    const { stack } = define({}, flags);
    expect(findingsOf(stack)).toEqual([]);
    expect(nagErrorsOf(stack)).toEqual([]);
  });

  test('find that what a trail and a failed control tell reaches somebody', () => {
    const { stack } = define();
    const rules = new PciDss401Checks().validateScope(stack).violations.map(({ ruleName }) => ruleName);
    expect(rules).not.toContain('PciDss401Checks-TrailEventsRaiseAlarms');
    expect(rules).not.toContain('PciDss401Checks-ControlFailureRaisesAlarm');
  });
});

describe('what is asked for', () => {
  test('are other thresholds', () => {
    const { stack } = define({ thresholds: { 'unauthorised-calls': 3 } });
    const { falseAlarms } = drilled(stack);
    expect(falseAlarms).toEqual([expect.stringContaining('nine calls that were refused')]);
  });

  test('are alarms that are left out, for a reason that stands in the template', () => {
    const { stack, alarms } = define({
      leftOutReasons: { 'organization-changes': REASON, 'trail-silent': REASON },
    });
    expect([...alarms.alarms.keys()]).not.toContain('organization-changes');
    const { silent, unused } = drilled(stack);
    expect({ silent, unused }).toEqual({ silent: [], unused: ['organization-changes', 'trail-silent'] });
    expect(JSON.stringify(rendered(stack).toJSON())).toContain(`"leftOut:organization-changes":"${REASON}"`);
  });

  test('is a topic that is known at deployment', () => {
    const stack = stackIn('eu-west-1');
    const arn = new CfnParameter(stack, 'Arn').valueAsString;
    new AccountAlarms(stack, 'Alarms', {
      trail: new AuditTrail(stack, 'Trail'),
      topic: sns.Topic.fromTopicArn(stack, 'Topic', arn),
    });
    rendered(stack).hasResourceProperties('AWS::CloudWatch::Alarm', { AlarmActions: [{ Ref: 'Arn' }] });
  });
});

describe('what could not work is refused', () => {
  test.each<[string, Partial<AccountAlarmsProps>, string]>([
    [
      'an alarm that there is not',
      { thresholds: { 'root-usage': 1 } },
      '\'thresholds\' must name alarms by id, got "root-usage", did you mean root-use, use one of unauthorised-calls,',
    ],
    [
      'a reason for an alarm that there is not',
      { leftOutReasons: { everything: REASON } },
      '\'leftOutReasons\' must name alarms by id, got "everything"',
    ],
    [
      'half a call',
      { thresholds: { 'root-use': 0.5 } },
      "'thresholds.root-use' must be a whole number from 1 to 1000000, got 0.5, leave it out for its default",
    ],
    [
      'a threshold of silence',
      { thresholds: { 'trail-silent': 2 } },
      "'thresholds' must not hold trail-silent, which counts nothing",
    ],
    [
      'a reason that is none',
      { leftOutReasons: { 'root-use': 'noise' } },
      "'leftOutReasons.root-use' must be a sentence of 20 to 500 characters",
    ],
    [
      'no alarm at all',
      { leftOutReasons: Object.fromEntries(AccountAlarms.IDS.map((id) => [id, REASON])) },
      "'leftOutReasons' leaves no alarm, leave this construct out",
    ],
  ])('%s', (_, props, message) => {
    expect(() => define(props)).toThrow(`Stack/Alarms: ${message}`);
  });

  test('a topic of another region', () => {
    const stack = stackIn('eu-west-1');
    const topic = sns.Topic.fromTopicArn(stack, 'Topic', 'arn:aws:sns:us-east-1:111122223333:alarms');
    const trail = new AuditTrail(stack, 'Trail');
    expect(() => new AccountAlarms(stack, 'Alarms', { trail, topic })).toThrow(
      'Stack/Alarms: \'topic\' must be in the region of the alarms (eu-west-1), got "arn:aws:sns:us-east-1:111122223333:alarms", which reach topics of their own region only, name one there',
    );
  });

  test('an imported trail without its log group', () => {
    const stack = stackIn('eu-west-1');
    const trail = AuditTrail.fromAuditTrailAttributes(stack, 'Trail', {
      trailArn: 'arn:aws:cloudtrail:eu-west-1:111122223333:trail/audit',
      bucket: s3.Bucket.fromBucketName(stack, 'Bucket', 'audit-bucket'),
    });
    const { topic } = new AlarmTopic(stack, 'Topic');
    expect(() => new AccountAlarms(stack, 'Alarms', { trail, topic })).toThrow(
      "Stack/Alarms: 'trail' must have a log group, where its entries are counted, name it among the attributes of the imported trail",
    );
  });
});
