import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { App, Duration, Stack, Tags } from 'aws-cdk-lib';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import * as sns from 'aws-cdk-lib/aws-sns';
import {
  ApprovedPages,
  PaymentPageMonitor,
  type PaymentPageMonitorProps,
} from '../../../lib/constructs/monitoring';
import { synthesised } from '../../checks/synthesised';
import { allPacks } from '../judged';
import { existingVpcIn, FLAGS, resourcesOf, stackIn } from '../support';

const FILE = path.resolve(__dirname, '../../_fixtures/payment-page/approved.json');
const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:alarms';
const REASON = 'The page of the call centre is served inside of this network only.';

const define = (stack: Stack, props: Partial<PaymentPageMonitorProps> = {}) =>
  new PaymentPageMonitor(stack, 'Pages', {
    approved: ApprovedPages.fromFile(FILE),
    topic: sns.Topic.fromTopicArn(stack, 'Topic', TOPIC),
    ...props,
  });
const propertiesOf = (stack: Stack, type: string) =>
  Object.values(resourcesOf(stack, type)).map(({ Properties }) => Properties);
const alarmOf = (stack: Stack, metric: string) =>
  propertiesOf(stack, 'AWS::CloudWatch::Alarm').find(({ MetricName }) => MetricName === metric);

/** An app that serves a payment page, beside the monitor or not. */
const findingsOf = (build: (stack: Stack) => void, pageIsServed = false) =>
  synthesised(
    (app) => {
      const stack = new Stack(app, 'Stack', { env: { region: 'eu-west-1' } });
      build(stack);
      if (!pageIsServed) return;
      const distribution = new cloudfront.Distribution(stack, 'Shop', {
        defaultBehavior: { origin: new HttpOrigin('origin.example.com') },
      });
      Tags.of(distribution).add('pci:payment-page', 'serves');
    },
    allPacks,
    { context: FLAGS },
  ).findings;

/** What a log holds the app says; a loosening needs a waiver, which is the app's as well. */
const UNSAID = 'PciDss401Checks-DataStoreIsClassified Stack/Pages/Watch/Log/Resource';
const LOOSENED = 'TransmissionChecks-LooseningIsWaived Stack/Pages/Watch/Function/Resource';
/** What only Lambda can use, to attach the function to the network. */
const INTERFACES = 'AwsSolutions-IAM5[Resource::*] Stack/Pages/Watch/Role/DefaultPolicy/Resource';

describe.each<[string, (stack: Stack) => Partial<PaymentPageMonitorProps>, readonly string[]]>([
  ['from the internet', () => ({}), [UNSAID]],
  [
    'inside of a network',
    (stack) => ({ vpc: existingVpcIn(stack), every: Duration.hours(1), privateAddressesReason: REASON }),
    [LOOSENED, UNSAID, INTERFACES],
  ],
])('a monitor that looks %s', (_, props, left) => {
  test('leaves to the app, under every pack, what only the app can say', () => {
    const own = findingsOf((stack) => define(stack, props(stack)));
    expect(own.map(({ rule, constructPath }) => `${rule} ${constructPath}`)).toEqual(left);
  });
});

describe('our own rule on payment pages', () => {
  const rules = (build: (stack: Stack) => void) =>
    findingsOf(build, true).filter(({ rule }) => /PaymentPage(IsWatched|RoleIsKnown)/.test(rule));

  test('asks for somebody who watches the page', () => {
    expect(rules(() => undefined).map(({ rule }) => rule)).toEqual(['PciDss401Checks-PaymentPageIsWatched']);
  });

  test.each([1, 7])('is satisfied by the monitor, every %i days', (days) => {
    expect(rules((stack) => define(stack, { every: Duration.days(days) }))).toEqual([]);
  });
});

describe('the list', () => {
  test('is deployed with the code, and the function may write its log and nothing else', () => {
    const app = new App({ context: FLAGS });
    const stack = new Stack(app, 'Stack', { env: { region: 'eu-west-1' } });
    define(stack);
    const assembly = app.synth();
    const manifest = JSON.parse(readFileSync(path.join(assembly.directory, 'Stack.assets.json'), 'utf8'));
    const assets: Record<string, { source: { path: string } }> = manifest.files;
    const folders = Object.values(assets)
      .map(({ source }) => path.join(assembly.directory, source.path))
      .filter((folder) => existsSync(path.join(folder, 'approved.json')));
    expect(folders).toHaveLength(1);
    const list = JSON.parse(readFileSync(path.join(folders[0] ?? '', 'approved.json'), 'utf8'));
    expect(list).toEqual(JSON.parse(readFileSync(FILE, 'utf8')));
    expect(existsSync(path.join(folders[0] ?? '', 'index.js'))).toBe(true);
    const actions = propertiesOf(stack, 'AWS::IAM::Policy').flatMap(({ PolicyDocument }) =>
      PolicyDocument.Statement.flatMap(({ Action }: { Action: string | string[] }) => Action),
    );
    expect(actions).toEqual(['logs:CreateLogStream', 'logs:PutLogEvents']);
  });

  test('makes another asset when it changes, and the same when it does not', () => {
    const keyOf = (owner?: string) => {
      const stack = stackIn('eu-west-1');
      const { list } = ApprovedPages.fromFile(FILE);
      define(stack, { approved: ApprovedPages.of(owner === undefined ? list : { ...list, owner }) });
      return propertiesOf(stack, 'AWS::Lambda::Function')[0]?.Code.S3Key;
    };
    expect(keyOf()).toBe(keyOf());
    expect(keyOf('somebody-else')).not.toBe(keyOf());
  });

  test('is refused while somebody still has to decide', () => {
    const { list } = ApprovedPages.fromFile(FILE);
    expect(() => ApprovedPages.of({ ...list, owner: 'TODO: name one' })).toThrow(
      "the approved list: 'owner' begins with TODO, what is approved must say it",
    );
  });

  test('is refused where there is none', () => {
    expect(() => ApprovedPages.fromFile('/no/list.json')).toThrow(
      "list.json: cannot be read, give the path of the approved list, such as join(__dirname, 'payment-page.json')",
    );
  });
});

describe('alarms', () => {
  test('name the owner and a runbook', () => {
    const stack = stackIn('eu-west-1');
    define(stack);
    const alarms = propertiesOf(stack, 'AWS::CloudWatch::Alarm');
    expect(alarms).toHaveLength(4);
    for (const { AlarmDescription, AlarmActions } of alarms) {
      expect(AlarmDescription).toContain('Owner: payments-team.');
      expect(AlarmDescription).toMatch(/Runbook: docs\/runbooks\/page-[a-z-]+\.md$/);
      expect(AlarmActions).toEqual([TOPIC]);
    }
  });

  test('tell of one finding, and keep telling until a look finds none', () => {
    const stack = stackIn('eu-west-1');
    define(stack);
    expect(alarmOf(stack, 'PaymentPageFindings')).toMatchObject({
      Namespace: 'SecureTransmission',
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      Threshold: 1,
      TreatMissingData: 'ignore',
    });
  });

  test.each<[Duration, number, number]>([
    [Duration.hours(1), 3600, 2],
    [Duration.hours(12), 3600, 13],
    [Duration.days(1), 86_400, 2],
    [Duration.days(3), 86_400, 4],
    [Duration.days(7), 86_400, 7],
  ])('tell when nobody looked for longer than %p', (every, period, periods) => {
    const stack = stackIn('eu-west-1');
    define(stack, { every });
    expect(alarmOf(stack, 'PaymentPagesChecked')).toMatchObject({
      ComparisonOperator: 'LessThanThreshold',
      Threshold: 1,
      Period: period,
      EvaluationPeriods: periods,
      Statistic: 'Sum',
      TreatMissingData: 'breaching',
    });
  });
});

test('private addresses stand in the template with their reason', () => {
  const stack = stackIn('eu-west-1');
  define(stack, { vpc: existingVpcIn(stack), privateAddressesReason: REASON });
  const [fn] = Object.values(resourcesOf(stack, 'AWS::Lambda::Function'));
  expect(fn?.Metadata.SecureTransmission).toEqual({ privateAddresses: REASON });
  expect(fn?.Properties.Environment.Variables.PRIVATE_ADDRESSES).toBe('true');
});

describe('the monitor refuses', () => {
  test.each<[string, (stack: Stack) => Partial<PaymentPageMonitorProps>, string]>([
    [
      'to look more rarely than PCI DSS asks for',
      () => ({ every: Duration.days(8) }),
      "Stack/Pages: 'every' must be whole hours from one hour to seven days (PCI DSS 11.6.1), got 691200 seconds, correct it",
    ],
    [
      'to look all the time',
      () => ({ every: Duration.minutes(5) }),
      "Stack/Pages: 'every' must be whole hours from one hour to seven days (PCI DSS 11.6.1), got 300 seconds, correct it",
    ],
    [
      'parts of an hour',
      () => ({ every: Duration.minutes(90) }),
      "Stack/Pages: 'every' must be whole hours from one hour to seven days (PCI DSS 11.6.1), got 5400 seconds, correct it",
    ],
    [
      'a topic of another region',
      (stack) => ({
        topic: sns.Topic.fromTopicArn(stack, 'Far', 'arn:aws:sns:us-east-1:111122223333:alarms'),
      }),
      "Stack/Pages: 'topic' must be in the region of the monitor (eu-west-1)",
    ],
    [
      'private addresses without a reason',
      (stack) => ({ vpc: existingVpcIn(stack), privateAddressesReason: 'yes' }),
      "Stack/Pages: 'privateAddressesReason' must be a sentence of 20 to 500 characters",
    ],
    [
      'private addresses without a network',
      () => ({ privateAddressesReason: REASON }),
      "Stack/Pages: 'privateAddressesReason' is for pages inside of 'vpc', which is not given, add it or leave the reason out",
    ],
  ])('%s', (_, props, message) => {
    const stack = stackIn('eu-west-1');
    expect(() => define(stack, props(stack))).toThrow(message);
  });
});
