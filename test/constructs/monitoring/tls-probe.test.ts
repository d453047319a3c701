import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { App, Duration, Lazy, Stack } from 'aws-cdk-lib';
import * as sns from 'aws-cdk-lib/aws-sns';
import { promiseOfTlsPolicy, TlsProbe, type TlsProbeProps } from '../../../lib/constructs/monitoring';
import { synthesised } from '../../checks/synthesised';
import { allPacks } from '../judged';
import { existingVpcIn, FLAGS, resourcesOf, stackIn } from '../support';

const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:alarms';
const REASON = 'The orders are taken by servers inside of this network only.';

const define = (stack: Stack, props: Partial<TlsProbeProps> = {}) =>
  new TlsProbe(stack, 'Probe', {
    hosts: [{ host: 'shop.example.com' }],
    topic: sns.Topic.fromTopicArn(stack, 'Topic', TOPIC),
    ...props,
  });
const propertiesOf = (stack: Stack, type: string) =>
  Object.values(resourcesOf(stack, type)).map(({ Properties }) => Properties);
const alarmsOn = (stack: Stack, metric: string) =>
  propertiesOf(stack, 'AWS::CloudWatch::Alarm').filter(({ MetricName }) => MetricName === metric);

/** What the log holds the app says; a loosening needs a waiver, which is the app's as well. */
const UNSAID = 'PciDss401Checks-DataStoreIsClassified Stack/Probe/Prober/Log/Resource';
const LOOSENED = 'TransmissionChecks-LooseningIsWaived Stack/Probe/Prober/Function/Resource';
/** What only Lambda can use, to attach the function to the network. */
const INTERFACES = 'AwsSolutions-IAM5[Resource::*] Stack/Probe/Prober/Role/DefaultPolicy/Resource';

test.each<[string, (stack: Stack) => Partial<TlsProbeProps>, readonly string[]]>([
  ['from the internet', () => ({}), [UNSAID]],
  [
    'inside of a network',
    (stack) => ({ vpc: existingVpcIn(stack), privateAddressesReason: REASON }),
    [LOOSENED, UNSAID, INTERFACES],
  ],
])('a probe %s leaves to the app, under every pack, what only the app can say', (_where, props, left) => {
  const { findings } = synthesised(
    (app) => {
      const stack = new Stack(app, 'Stack', { env: { region: 'eu-west-1' } });
      define(stack, props(stack));
    },
    allPacks,
    { context: FLAGS },
  );
  expect(findings.map(({ rule, constructPath }) => `${rule} ${constructPath}`)).toEqual(left);
});

/** The hosts as they are deployed with the code. */
function deployed(props: Partial<TlsProbeProps> = {}): unknown {
  const app = new App({ context: FLAGS });
  define(new Stack(app, 'Stack', { env: { region: 'eu-west-1' } }), props);
  const { directory } = app.synth();
  const { files } = JSON.parse(readFileSync(path.join(directory, 'Stack.assets.json'), 'utf8'));
  const assets: Record<string, { source: { path: string } }> = files;
  const [folder = ''] = Object.values(assets)
    .map(({ source }) => path.join(directory, source.path))
    .filter((each) => existsSync(path.join(each, 'hosts.json')));
  expect(existsSync(path.join(folder, 'index.js'))).toBe(true);
  return JSON.parse(readFileSync(path.join(folder, 'hosts.json'), 'utf8'));
}

describe('the hosts', () => {
  test('are deployed with the code, with what they were promised to do', () => {
    const promised = promiseOfTlsPolicy('elbv2', 'ELBSecurityPolicy-TLS13-1-3-2021-06');
    expect(
      deployed({ hosts: [{ host: 'Shop.example.com' }, { host: 'mqtt.example.com:8883', promised }] }),
    ).toEqual([
      {
        host: 'shop.example.com',
        port: 443,
        promised: { oldest: 'TLSv1.2', newest: 'TLSv1.3', forwardSecret: true },
      },
      { host: 'mqtt.example.com', port: 8883, promised },
    ]);
    expect(promised).toMatchObject({ oldest: 'TLSv1.3', newest: 'TLSv1.3' });
  });

  test('cannot be added by an event: the rule passes none, and the environment names none', () => {
    const stack = stackIn('eu-west-1');
    define(stack);
    const [rule] = propertiesOf(stack, 'AWS::Events::Rule');
    expect(Object.keys(rule?.Targets[0])).toEqual(['Arn', 'Id']);
    expect(rule?.ScheduleExpression).toBe('rate(6 hours)');
    const [fn] = propertiesOf(stack, 'AWS::Lambda::Function');
    expect(fn?.Environment.Variables).toEqual({ PRIVATE_ADDRESSES: 'false' });
  });
});

test('the function may write its log and nothing else', () => {
  const stack = stackIn('eu-west-1');
  define(stack);
  const actions = propertiesOf(stack, 'AWS::IAM::Policy').flatMap(({ PolicyDocument }) =>
    PolicyDocument.Statement.flatMap(({ Action }: { Action: string | string[] }) => Action),
  );
  expect(actions).toEqual(['logs:CreateLogStream', 'logs:PutLogEvents']);
});

describe('alarms', () => {
  const hosts = [{ host: 'shop.example.com' }, { host: 'api.example.com:8443' }];

  test('are two for each host and three for all, each with a runbook that is there', () => {
    const stack = stackIn('eu-west-1');
    const { alarms } = define(stack, { hosts });
    expect([alarms.errors, alarms.expiry].map(({ length }) => length)).toEqual([2, 2]);
    const all = propertiesOf(stack, 'AWS::CloudWatch::Alarm');
    expect(all).toHaveLength(7);
    for (const { AlarmDescription, AlarmActions } of all) {
      const [, page = ''] = /Runbook: (docs\/runbooks\/tls-[a-z-]+\.md)$/.exec(AlarmDescription) ?? [];
      expect(existsSync(path.resolve(__dirname, '../../..', page))).toBe(true);
      expect(page).not.toBe('');
      expect(AlarmActions).toEqual([TOPIC]);
    }
  });

  test('tell of one error at a host, drift and all, and keep telling until a run finds none', () => {
    const stack = stackIn('eu-west-1');
    define(stack, { hosts });
    const found = alarmsOn(stack, 'TlsErrors');
    const hostsOf = found.map(
      ({ Dimensions }) => Dimensions.find(({ Name }: { Name: string }) => Name === 'Host')?.Value,
    );
    expect(hostsOf).toEqual(['shop.example.com:443', 'api.example.com:8443']);
    expect(found[0]).toMatchObject({
      Namespace: 'SecureTransmission',
      Statistic: 'Maximum',
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      Threshold: 1,
      TreatMissingData: 'ignore',
    });
  });

  test('tell when less than a sixth of the life of a certificate is left', () => {
    const stack = stackIn('eu-west-1');
    define(stack);
    expect(alarmsOn(stack, 'TlsCertificateLifeLeft')[0]).toMatchObject({
      Statistic: 'Minimum',
      ComparisonOperator: 'LessThanThreshold',
      Threshold: expect.closeTo(16.67),
      TreatMissingData: 'ignore',
    });
  });

  test.each<[Duration, number, number]>([
    [Duration.hours(1), 3600, 2],
    [Duration.hours(6), 3600, 7],
    [Duration.days(1), 86_400, 2],
    [Duration.days(7), 86_400, 7],
  ])('tell when nobody asked for longer than %p', (every, period, periods) => {
    const stack = stackIn('eu-west-1');
    define(stack, { every });
    expect(alarmsOn(stack, 'Invocations')[0]).toMatchObject({
      ComparisonOperator: 'LessThanThreshold',
      Threshold: 1,
      Period: period,
      EvaluationPeriods: periods,
      Statistic: 'Sum',
      TreatMissingData: 'breaching',
    });
  });

  test('tell when a host did not answer, and when the function failed', () => {
    const stack = stackIn('eu-west-1');
    define(stack);
    expect(alarmsOn(stack, 'TlsHostsNotTold')[0]).toMatchObject({ Threshold: 1, TreatMissingData: 'ignore' });
    expect(alarmsOn(stack, 'Errors')[0]).toMatchObject({ Threshold: 1, TreatMissingData: 'notBreaching' });
  });
});

test('measures of a host have its name with the port', () => {
  const probe = define(stackIn('eu-west-1'));
  const host = 'shop.example.com:443';
  const metrics = [
    probe.metricDrift(host),
    probe.metricErrors(host),
    probe.metricDaysToExpiry(host),
    probe.metricVersionsBelowFloor(host),
  ];
  expect(
    metrics.map(({ metricName, dimensions, statistic }) => [metricName, dimensions?.Host, statistic]),
  ).toEqual([
    ['TlsDrift', host, 'Maximum'],
    ['TlsErrors', host, 'Maximum'],
    ['TlsDaysToExpiry', host, 'Minimum'],
    ['TlsVersionsBelowFloor', host, 'Maximum'],
  ]);
});

test('private addresses stand in the template with their reason', () => {
  const stack = stackIn('eu-west-1');
  define(stack, { vpc: existingVpcIn(stack), privateAddressesReason: REASON });
  const [fn] = Object.values(resourcesOf(stack, 'AWS::Lambda::Function'));
  expect(fn?.Metadata.SecureTransmission).toEqual({ privateAddresses: REASON });
  expect(fn?.Properties.Environment.Variables.PRIVATE_ADDRESSES).toBe('true');
});

const many = Array.from({ length: 21 }, (_, i) => ({ host: `h${i}.example.com` }));
const unresolved = Lazy.string({ produce: () => 'shop.example.com' });

test.each<[string, (stack: Stack) => Partial<TlsProbeProps>, string]>([
  [
    'no host',
    () => ({ hosts: [] }),
    "Stack/Probe: 'hosts' must be a list of 1 to 20, got 0, define a second probe for more",
  ],
  [
    'too many',
    () => ({ hosts: many }),
    "Stack/Probe: 'hosts' must be a list of 1 to 20, got 21, define a second probe for more",
  ],
  [
    'a host twice',
    () => ({ hosts: [{ host: 'shop.example.com' }, { host: 'SHOP.example.com:443' }] }),
    "Stack/Probe: 'hosts' must name each host once, got shop.example.com:443 twice, remove one",
  ],
  [
    'a name that only the deployment knows',
    () => ({ hosts: [{ host: unresolved }] }),
    "Stack/Probe: 'hosts' must hold names that are known at synthesis, since they are deployed with the code, got an unresolved value, write the name of the DNS record",
  ],
  [
    'an address of a page',
    () => ({ hosts: [{ host: 'https://shop.example.com/' }] }),
    'Stack/Probe: \'hosts\': "https://shop.example.com/": is no host, it must be a host name or an address, with a port from 1 to 65535 perhaps, write such as shop.example.com, shop.example.com:8443 or [2001:db8::1]:443',
  ],
  [
    'a promise that only the deployment knows',
    () => ({
      hosts: [{ host: 'shop.example.com', promised: { by: [unresolved], oldest: unresolved as 'TLSv1.2' } }],
    }),
    "Stack/Probe: 'promised' of shop.example.com must be known at synthesis, got an unresolved value, write it out",
  ],
  [
    'a version that does not exist',
    () => ({ hosts: [{ host: 'shop.example.com', promised: { oldest: 'TLS 1.2' as 'TLSv1.2' } }] }),
    'Stack/Probe: \'promised\' of shop.example.com must name one of SSLv3, TLSv1.0, TLSv1.1, TLSv1.2, TLSv1.3, got "TLS 1.2"',
  ],
  [
    'an oldest version above the newest',
    () => ({ hosts: [{ host: 'shop.example.com', promised: { oldest: 'TLSv1.3', newest: 'TLSv1.2' } }] }),
    "Stack/Probe: 'promised' of shop.example.com must have an oldest version that is not above the newest, got TLSv1.3 and TLSv1.2",
  ],
  [
    'to ask all the time',
    () => ({ every: Duration.minutes(5) }),
    "Stack/Probe: 'every' must be whole hours from one hour to seven days, got 300 seconds, correct it",
  ],
  [
    'private addresses without a network',
    () => ({ privateAddressesReason: REASON }),
    "Stack/Probe: 'privateAddressesReason' is for hosts inside of 'vpc', which is not given, add it or leave the reason out",
  ],
  [
    'a topic of another region',
    (stack) => ({ topic: sns.Topic.fromTopicArn(stack, 'Other', TOPIC.replace('eu-west-1', 'eu-west-2')) }),
    'Stack/Probe: \'topic\' must be in the region of the probe (eu-west-1), got "arn:aws:sns:eu-west-2:111122223333:alarms", whose alarms reach topics of their own region only, create one there',
  ],
])('refuses %s', (_what, props, message) => {
  const stack = stackIn('eu-west-1');
  expect(() => define(stack, props(stack))).toThrow(message);
});

test('refuses a reason that is none', () => {
  const stack = stackIn('eu-west-1');
  expect(() => define(stack, { vpc: existingVpcIn(stack), privateAddressesReason: 'yes' })).toThrow(
    /'privateAddressesReason' must be a sentence/,
  );
});
