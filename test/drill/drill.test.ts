import { App, Aws, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as events from 'aws-cdk-lib/aws-events';
import { SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sns from 'aws-cdk-lib/aws-sns';
import { AT_DEPLOYMENT, type Drilled, type DrillReport, drill, type Recordings } from '../_fixtures/drill';

const METRIC = { namespace: 'AWS/X', metricName: 'Errors' };

/** The report about what is defined in one stack. */
function report(build: (stack: Stack, topic: sns.ITopic) => void, recordings: Recordings): DrillReport {
  const stack = new Stack(new App(), 'Stack');
  build(stack, new sns.Topic(stack, 'Topic'));
  return drill({ Stack: Template.fromStack(stack).toJSON() as Drilled }, recordings);
}

function alarm(stack: Stack, metric: cloudwatch.IMetric, more: Partial<cloudwatch.AlarmProps> = {}) {
  return new cloudwatch.Alarm(stack, 'Alarm', { metric, threshold: 3, evaluationPeriods: 1, ...more });
}

test('an alarm of which nobody has recorded what fires it is silent', () => {
  const { silent } = report(
    (stack, topic) => alarm(stack, new cloudwatch.Metric(METRIC)).addAlarmAction(new SnsAction(topic)),
    {},
  );
  expect(silent).toEqual([expect.stringMatching(/^Stack\/Alarm\w+: no recording fires it$/)]);
});

test('an alarm that tells nobody is silent, whatever fires it', () => {
  const metrics = [{ name: 'many', ...METRIC, fires: [9], quiet: [0] }];
  const off = (stack: Stack, topic: sns.ITopic) =>
    alarm(stack, new cloudwatch.Metric(METRIC), { actionsEnabled: false }).addAlarmAction(
      new SnsAction(topic),
    );
  for (const build of [off, (stack: Stack) => void alarm(stack, new cloudwatch.Metric(METRIC))]) {
    expect(report(build, { metrics }).silent).toEqual([expect.stringContaining(': tells nobody')]);
  }
});

test('a measurement must cross the threshold, and come back', () => {
  const build = (stack: Stack, topic: sns.ITopic) =>
    alarm(stack, new cloudwatch.Metric(METRIC), { evaluationPeriods: 2 }).addAlarmAction(
      new SnsAction(topic),
    );
  const tried = (fires: number[], quiet: number[]) => {
    const { silent, falseAlarms } = report(build, { metrics: [{ name: 'it', ...METRIC, fires, quiet }] });
    return [silent.length, falseAlarms.length];
  };
  expect(tried([3, 3], [9, 0])).toEqual([0, 0]);
  expect(tried([9, 0], [9, 0])).toEqual([1, 0]);
  expect(tried([3, 3], [4, 4])).toEqual([0, 1]);
});

test('a recording that fires nothing is named', () => {
  const { unused } = report(() => undefined, {
    events: [{ name: 'event', event: {} }],
    entries: [{ name: 'entry', entry: 'ERROR' }],
    metrics: [{ name: 'metric', ...METRIC, fires: [1], quiet: [0] }],
  });
  expect(unused).toEqual(['event', 'entry', 'metric']);
});

test('an entry of a log is counted by a filter in another template', () => {
  const app = new App();
  const one = new Stack(app, 'One');
  const filter = new logs.MetricFilter(one, 'Filter', {
    logGroup: new logs.LogGroup(one, 'Log'),
    filterPattern: logs.FilterPattern.anyTerm('ERROR', 'FATAL'),
    metricNamespace: 'Shop',
    metricName: 'Errors',
    metricValue: '1',
  });
  const other = new Stack(app, 'Other');
  const metric = filter.metric({ statistic: 'Sum', period: Duration.minutes(5) });
  alarm(other, metric).addAlarmAction(new SnsAction(new sns.Topic(other, 'Topic')));
  const templates = {
    One: Template.fromStack(one).toJSON() as Drilled,
    Other: Template.fromStack(other).toJSON() as Drilled,
  };
  const tried = (entry: string, times: number) =>
    drill(templates, { entries: [{ name: 'it', entry, times }] }).silent.length;
  expect([tried('a FATAL end', 3), tried('a FATAL end', 2), tried('a fine end', 3)]).toEqual([0, 1, 1]);
});

test('a rule needs an event that matches, a target, and to be on; one on a schedule is none of it', () => {
  const eventPattern = { source: ['aws.acm'], resources: [Aws.STACK_ID] };
  const event = { source: 'aws.acm', resources: [AT_DEPLOYMENT] };
  const tried = (props: events.RuleProps) =>
    report((stack) => void new events.Rule(stack, 'Rule', props), {
      events: [{ name: 'it', event }],
    }).silent.map((line) => line.replace(/^.*: /, ''));
  const targets = [
    new SnsTopic(sns.Topic.fromTopicArn(new Stack(), 'T', 'arn:aws:sns:eu-west-1:111122223333:t')),
  ];
  expect(tried({ eventPattern, targets })).toEqual([]);
  expect(tried({ eventPattern })).toEqual(['tells nobody']);
  expect(tried({ eventPattern, targets, enabled: false })).toEqual(['tells nobody']);
  expect(tried({ eventPattern: { source: ['aws.kms'] }, targets })).toEqual(['no recording fires it']);
  expect(tried({ schedule: events.Schedule.rate(Duration.days(1)) })).toEqual([]);
});

test('an alarm on an expression, and one on a band, are tried with what they compute', () => {
  const build = (stack: Stack, topic: sns.ITopic) => {
    const action = new SnsAction(topic);
    const expression = new cloudwatch.MathExpression({
      expression: 'errors / all',
      usingMetrics: {
        errors: new cloudwatch.Metric(METRIC),
        all: new cloudwatch.Metric({ ...METRIC, metricName: 'All' }),
      },
    });
    alarm(stack, expression, { threshold: 0.1 }).addAlarmAction(action);
    new cloudwatch.AnomalyDetectionAlarm(stack, 'Band', {
      metric: new cloudwatch.Metric({ ...METRIC, metricName: 'Handshakes' }),
      evaluationPeriods: 1,
    }).addAlarmAction(action);
  };
  const metrics = [
    { name: 'rate', namespace: '', metricName: 'errors / all', fires: [0.5], quiet: [0.01] },
    {
      name: 'handshakes',
      namespace: 'AWS/X',
      metricName: 'Handshakes',
      fires: [90],
      quiet: [20],
      band: { lower: 5, upper: 40 },
    },
  ];
  expect(report(build, { metrics })).toMatchObject({ silent: [], falseAlarms: [], unused: [] });
});
