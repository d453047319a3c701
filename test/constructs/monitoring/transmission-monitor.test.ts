import { readFileSync } from 'node:fs';
import path from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import { type App, Duration, Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sns from 'aws-cdk-lib/aws-sns';
import { TlsDistribution } from '../../../lib/constructs/distribution';
import { ZoneSigning } from '../../../lib/constructs/dns';
import { TlsLoadBalancer } from '../../../lib/constructs/load-balancer';
import { AlarmTopic } from '../../../lib/constructs/messaging';
import { type MonitoredMeasure, TransmissionMonitor } from '../../../lib/constructs/monitoring';
import { PrivateApi } from '../../../lib/constructs/private-api';
import { MONITORING_SAMPLES } from '../../_fixtures/construct-samples/monitoring';
import { synthesised } from '../../checks/synthesised';
import { allPacks } from '../judged';
import { certificateIn, resourcesOf, stackIn, vpcIn, zoneIn } from '../support';

const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:alarms';
const monitorIn = (stack: Stack, topicArn = TOPIC) =>
  new TransmissionMonitor(stack, 'Monitor', { topic: sns.Topic.fromTopicArn(stack, 'Topic', topicArn) });
const europe = () => stackIn('eu-west-1');
const edge = () => stackIn('us-east-1');
const edgeMonitor = (stack: Stack) => monitorIn(stack, TOPIC.replace('eu-west-1', 'us-east-1'));
const measure = (more: Partial<MonitoredMeasure> = {}): MonitoredMeasure => ({
  id: 'Refused',
  title: 'Refused calls',
  metric: new cloudwatch.Metric({ namespace: 'Example', metricName: 'Refused' }),
  threshold: 1,
  missingData: cloudwatch.TreatMissingData.NOT_BREACHING,
  meaning: 'The vault refuses calls.',
  ...more,
});
const loadBalancerIn = (stack: Stack, internetFacing: boolean) =>
  new TlsLoadBalancer(stack, 'Entry', {
    vpc: vpcIn(stack),
    certificate: certificateIn(stack),
    internetFacing,
  });

function alarmsOf(stack: Stack) {
  return Object.values(resourcesOf(stack, 'AWS::CloudWatch::Alarm')).map(({ Properties }) => Properties);
}

/** The body of the only dashboard, with a name for what only the deployment knows. */
function bodyOf(stack: Stack) {
  const [dashboard] = Object.values(resourcesOf(stack, 'AWS::CloudWatch::Dashboard'));
  const body = dashboard?.Properties.DashboardBody;
  const text =
    typeof body === 'string'
      ? body
      : body['Fn::Join'][1]
          .map((part: unknown) => (typeof part === 'string' ? part : 'known-later'))
          .join('');
  return JSON.parse(text);
}

const schemaFile = path.resolve(__dirname, '../../_fixtures/monitoring/dashboard-body.schema.json');
const fits = new Ajv2020({ strict: false }).compile(JSON.parse(readFileSync(schemaFile, 'utf8')));

/** Every sample of the monitor, as a stack. */
const samples = MONITORING_SAMPLES.filter(({ construct }) => construct === 'TransmissionMonitor').map(
  (sample) => [sample.options ?? 'as small as it can be', sample] as const,
);
const built = ({ build, region = 'eu-west-1' }: (typeof MONITORING_SAMPLES)[number]) => {
  const stack = stackIn(region);
  build(stack, stack);
  return stack;
};

describe.each(samples)('the monitor %s', (_, sample) => {
  test('draws a dashboard that CloudWatch documents, in which no widget covers another', () => {
    const body = bodyOf(built(sample));
    expect([fits(body), fits.errors]).toEqual([true, null]);
    const cells = new Set<string>();
    for (const { x, y, width, height } of body.widgets) {
      expect(x + width).toBeLessThanOrEqual(24);
      for (let column = x; column < x + width; column++) {
        for (let row = y; row < y + height; row++) {
          expect(cells.has(`${column} ${row}`)).toBe(false);
          cells.add(`${column} ${row}`);
        }
      }
    }
  });

  test('has alarms that all tell a topic, say what they make of missing data, and fit into CloudWatch', () => {
    const alarms = alarmsOf(built(sample));
    expect(alarms.length).toBeGreaterThan(0);
    for (const alarm of alarms) {
      expect(alarm.AlarmActions.length).toBeGreaterThan(0);
      expect(alarm.TreatMissingData).toMatch(/^(notBreaching|breaching|ignore)$/);
      expect(alarm.AlarmDescription.length).toBeLessThanOrEqual(1024);
    }
  });

  test('is clean under every pack', () => {
    const { findings } = synthesised((app) => {
      const stack = new Stack(app, 'Stack', { env: { region: sample.region ?? 'eu-west-1' } });
      const around = new Stack(app, 'Around', { env: { region: sample.region ?? 'eu-west-1' } });
      sample.build(stack, around);
    }, allPacks);
    const own = findings.filter(({ constructPath = '' }) => constructPath.startsWith('Stack/'));
    expect(own.map(({ rule, constructPath }) => `${rule} ${constructPath}`)).toEqual([]);
  });
});

describe('handshakes with clients', () => {
  test('are compared with what is usual where the internet is, since scanners always are', () => {
    const stack = europe();
    monitorIn(stack).addLoadBalancer('Shop', loadBalancerIn(stack, true));
    const [client] = alarmsOf(stack);
    expect(client).toMatchObject({
      ComparisonOperator: 'GreaterThanUpperThreshold',
      ThresholdMetricId: 'expr_1',
      Metrics: [
        { Expression: 'ANOMALY_DETECTION_BAND(m0, 3)', Id: 'expr_1' },
        {
          MetricStat: {
            Metric: { MetricName: 'ClientTLSNegotiationErrorCount', Namespace: 'AWS/ApplicationELB' },
            Period: 300,
            Stat: 'Sum',
          },
        },
      ],
      TreatMissingData: 'notBreaching',
    });
    expect(client?.Threshold).toBeUndefined();
  });

  test('are counted where clients are known', () => {
    const stack = europe();
    monitorIn(stack).addLoadBalancer('Ledger', loadBalancerIn(stack, false));
    expect(alarmsOf(stack)[0]).toMatchObject({
      MetricName: 'ClientTLSNegotiationErrorCount',
      Threshold: 5,
      EvaluationPeriods: 3,
      DatapointsToAlarm: 2,
    });
  });

  test('and those with targets are counted on both', () => {
    const stack = europe();
    monitorIn(stack).addLoadBalancer('Shop', loadBalancerIn(stack, true), { targetErrorThreshold: 4 });
    expect(alarmsOf(stack)[1]).toMatchObject({
      MetricName: 'TargetTLSNegotiationErrorCount',
      Threshold: 4,
      Statistic: 'Sum',
    });
  });
});

test('errors of an API are shares of its requests, of which there must be some', () => {
  const stack = europe();
  const api = new apigateway.RestApi(stack, 'Api');
  api.root.addMethod('GET');
  monitorIn(stack).addApi('Orders', api, {
    leastRequests: 50,
    throttles: {
      metric: new cloudwatch.Metric({ namespace: 'Logs', metricName: 'Throttled' }),
      threshold: 7,
    },
  });
  const [server, client, throttles] = alarmsOf(stack);
  expect(server?.Metrics[0].Expression).toBe('IF(requests >= 50, 100 * FILL(errors, 0) / requests, 0)');
  expect([server?.Threshold, client?.Threshold, throttles?.Threshold]).toEqual([5, 25, 7]);
  expect(throttles?.MetricName).toBe('Throttled');
});

test('an API that counts refusals and throttles apart gets an alarm on each', () => {
  const stack = europe();
  const api = PrivateApi.fromPrivateApiAttributes(stack, 'Api', {
    restApiId: 'a1b2c3d4e5',
    apiName: 'orders',
  });
  monitorIn(stack).addApi('Orders', api);
  expect(alarmsOf(stack).map(({ MetricName, Threshold }) => [MetricName, Threshold])).toEqual([
    [undefined, 5],
    [undefined, 25],
    ['AuthorizationFailures', 20],
    ['Throttles', 50],
  ]);
});

describe('keys', () => {
  const keyArn = (index: number) =>
    `arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-${String(index).padStart(12, '0')}`;
  const keysIn = (stack: Stack, count: number) =>
    Array.from({ length: count }, (_, index) => kms.Key.fromKeyArn(stack, `Key${index}`, keyArn(index)));

  test('are watched by calls that worked, and by what KMS did itself', () => {
    const stack = europe();
    monitorIn(stack).addKeys('Keys', keysIn(stack, 1));
    const rules = Object.values(resourcesOf(stack, 'AWS::Events::Rule')).map(({ Properties }) => Properties);
    expect(rules.map(({ EventPattern }) => EventPattern)).toEqual([
      {
        source: ['aws.kms'],
        'detail-type': ['AWS API Call via CloudTrail'],
        detail: {
          eventName: ['DeleteImportedKeyMaterial', 'DisableKey', 'ScheduleKeyDeletion'],
          resources: { ARN: [keyArn(0)] },
          errorCode: [{ exists: false }],
        },
      },
      {
        source: ['aws.kms'],
        'detail-type': ['KMS CMK Deletion', 'KMS Imported Key Material Expiration'],
        resources: [keyArn(0)],
      },
    ]);
    expect(rules.map(({ Targets }) => Targets[0].Arn)).toEqual([TOPIC, TOPIC]);
  });

  test('are spread over rules whose patterns EventBridge takes', () => {
    const stack = europe();
    monitorIn(stack).addKeys('Keys', keysIn(stack, 31));
    const patterns = Object.values(resourcesOf(stack, 'AWS::Events::Rule')).map(({ Properties }) =>
      JSON.stringify(Properties.EventPattern),
    );
    expect(patterns).toHaveLength(6);
    expect(Math.max(...patterns.map((pattern) => pattern.length))).toBeLessThanOrEqual(2048);
  });
});

test('a zone tells this topic beside its own', () => {
  const stack = edge();
  const zone = new ZoneSigning(stack, 'Signing', {
    zone: zoneIn(stack),
    alarmTopic: new AlarmTopic(stack, 'Own').topic,
  });
  edgeMonitor(stack).addZoneSigning('Zone', zone);
  expect(alarmsOf(stack).map(({ AlarmActions }) => AlarmActions.length)).toEqual([2, 2]);
});

test('alarms that exist are shown, and tell whom they told', () => {
  const stack = europe();
  const alarm = cloudwatch.Alarm.fromAlarmArn(
    stack,
    'Old',
    'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:old',
  );
  const monitor = monitorIn(stack);
  monitor.addAlarms('Vault', [alarm]);
  expect(monitor.alarms).toEqual([alarm]);
  expect(bodyOf(stack).widgets[1].properties.alarms).toEqual([
    'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:old',
  ]);
});

test('a monitor that watches nothing does not pass for one that finds nothing', () => {
  const stack = europe();
  monitorIn(stack);
  expect(() => (stack.node.root as App).synth()).toThrow(
    '[Stack/Monitor/Dashboard] watches nothing, which looks as if all were well, add what it has to watch',
  );
});

describe('the monitor refuses', () => {
  test.each<[string, (stack: Stack) => unknown, string]>([
    [
      'a topic of another region',
      (stack) => monitorIn(stack, 'arn:aws:sns:eu-central-1:111122223333:alarms'),
      'Stack/Monitor: \'topic\' must be in the region of the monitor (eu-west-1), got "arn:aws:sns:eu-central-1:111122223333:alarms", whose alarms reach topics of their own region only, create one there',
    ],
    [
      'a name that CloudWatch does not take',
      (stack) =>
        new TransmissionMonitor(stack, 'Monitor', {
          topic: sns.Topic.fromTopicArn(stack, 'Topic', TOPIC),
          dashboardName: 'my board',
        }),
      'Stack/Monitor: \'dashboardName\' must be 1 to 255 letters, digits, hyphens and underscores, got "my board", correct it',
    ],
    [
      'a load balancer that does not say who reaches it',
      (stack) =>
        monitorIn(stack).addLoadBalancer(
          'Old',
          TlsLoadBalancer.fromTlsLoadBalancerAttributes(stack, 'Old', {
            loadBalancerArn: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/old/1',
            listenerArn: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/old/1/2',
            securityGroupId: 'sg-1',
          }),
        ),
      "Stack/Monitor/Old: 'internetFacing' must be given for a load balancer that is defined elsewhere, got nothing, say whether the internet reaches it",
    ],
    [
      'a band that is none',
      (stack) =>
        monitorIn(stack).addLoadBalancer('Shop', loadBalancerIn(stack, true), { clientErrorBandWidth: 0 }),
      "Stack/Monitor/Shop: 'bandWidth' must be a number of standard deviations above 0 and up to 10, got 0, correct it",
    ],
    [
      'a distribution outside of us-east-1',
      (stack) =>
        monitorIn(stack).addDistribution(
          'Site',
          TlsDistribution.fromTlsDistributionAttributes(stack, 'Site', {
            distributionId: 'E1',
            distributionDomainName: 'd1.cloudfront.net',
          }),
        ),
      'Stack/Monitor: the stack of a monitor of distributions must be in us-east-1, got eu-west-1',
    ],
    [
      'no key',
      (stack) => monitorIn(stack).addKeys('Keys', []),
      "Stack/Monitor/Keys: 'keys' must hold at least one key, got none, add one",
    ],
    [
      'an alias',
      (stack) => monitorIn(stack).addKeys('Keys', [kms.Alias.fromAliasName(stack, 'Alias', 'alias/shop')]),
      "'keys' must be keys and no aliases, by which no event names them",
    ],
    [
      'a key of another region',
      (stack) =>
        monitorIn(stack).addKeys('Keys', [
          kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:us-east-1:111122223333:key/1'),
        ]),
      "'keys' must be in the region of the monitor (eu-west-1)",
    ],
    [
      'measures without one',
      (stack) => monitorIn(stack).addMeasures('Vault', []),
      "Stack/Monitor/Vault: 'measures' must hold 1 to 100, which is what a widget shows, got 0, add one",
    ],
    [
      'a threshold that is no number',
      (stack) => monitorIn(stack).addMeasures('Vault', [measure({ threshold: Number.NaN })]),
      "Stack/Monitor/Vault: 'threshold' must be a number, got NaN, correct it",
    ],
    [
      'an alarm that says nothing',
      (stack) => monitorIn(stack).addMeasures('Vault', [measure({ meaning: ' ' })]),
      "Stack/Monitor/Vault: 'meaning' must say what it means when the alarm goes off, got nothing, write it",
    ],
    [
      'an alarm that says too much',
      (stack) => monitorIn(stack).addMeasures('Vault', [measure({ meaning: 'a'.repeat(1025) })]),
      "Stack/Monitor/Vault: 'meaning' and 'runbook' must have at most 1024 characters together, got 1025, shorten them",
    ],
    [
      'more periods than an alarm looks back',
      (stack) => monitorIn(stack).addMeasures('Vault', [measure({ evaluationPeriods: 289 })]),
      "Stack/Monitor/Vault: 'evaluationPeriods' of 300 seconds must be 86400 seconds or less together, got 86700, look at fewer",
    ],
    [
      'more points than there are',
      (stack) =>
        monitorIn(stack).addMeasures('Vault', [measure({ evaluationPeriods: 2, datapointsToAlarm: 3 })]),
      "Stack/Monitor/Vault: 'datapointsToAlarm' must be a whole number from 1 to 2, got 3",
    ],
    [
      'a title that breaks the dashboard',
      (stack) => monitorIn(stack).addMeasures('Vault\n# Well', [measure()]),
      'Stack/Monitor: \'title\' must be 1 to 100 characters on one line, got "Vault\\n# Well", correct it',
    ],
    [
      'more alarms than a widget shows',
      (stack) =>
        monitorIn(stack).addAlarms(
          'Old',
          Array.from({ length: 101 }, (_, index) =>
            cloudwatch.Alarm.fromAlarmArn(
              stack,
              `Old${index}`,
              'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:old',
            ),
          ),
        ),
      "Stack/Monitor: 'alarms' must hold 1 to 100, which is what a widget shows, got 101, add the rest in another call",
    ],
  ])('%s', (_, build, message) => {
    expect(() => build(europe())).toThrow(message);
  });

  test('more widgets than a dashboard has', () => {
    const stack = europe();
    const monitor = monitorIn(stack);
    const fn = lambda.Function.fromFunctionName(stack, 'Fn', 'fn');
    const addAll = () => {
      for (let index = 0; index < 126; index++) monitor.addFunction(`F${index}`, fn);
    };
    expect(addAll).toThrow(
      "Stack/Monitor/Dashboard: must have at most 500 widgets, got more with 'F125', define a second monitor for the rest",
    );
  });
});

test('a week of hours is looked back at', () => {
  const stack = europe();
  const metric = new cloudwatch.Metric({
    namespace: 'Example',
    metricName: 'Refused',
    period: Duration.hours(1),
  });
  monitorIn(stack).addMeasures('Vault', [measure({ metric, evaluationPeriods: 168 })]);
  expect(alarmsOf(stack)[0]?.EvaluationPeriods).toBe(168);
});
