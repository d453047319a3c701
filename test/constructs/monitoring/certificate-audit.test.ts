import { existsSync } from 'node:fs';
import path from 'node:path';
import { App, Aws, CfnParameter, Duration, Stack, Token } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { GdprChecks, PciDss401Checks } from '../../../lib/checks';
import { AlarmTopic } from '../../../lib/constructs/messaging';
import { CertificateAudit, type CertificateAuditProps } from '../../../lib/constructs/monitoring';
import { CERTIFICATE_METRICS } from '../../../lib/live/certificates/metric-names';
import { findingsOf, nagErrorsOf } from '../judged';
import { rendered, resourcesOf, stackIn } from '../support';

const FUNCTION = 'AWS::Lambda::Function';
const ALARM = 'AWS::CloudWatch::Alarm';

function topicIn(stack: Stack, region = stack.region): sns.ITopic {
  return sns.Topic.fromTopicArn(stack, 'Topic', `arn:aws:sns:${region}:111122223333:alarms`);
}

function auditIn(
  region?: string,
  props: Partial<CertificateAuditProps> = {},
): { stack: Stack; audit: CertificateAudit } {
  const stack = stackIn(region);
  return { stack, audit: new CertificateAudit(stack, 'Audit', { topic: topicIn(stack), ...props }) };
}

const alarmsOf = (stack: Stack) =>
  Object.values(resourcesOf(stack, ALARM)).map(({ Properties }) => Properties as Record<string, unknown>);

describe('the function', () => {
  test('is the bundled one, with time for all that an account may have, and audits daily', () => {
    const { stack } = auditIn('eu-west-1');
    rendered(stack).hasResourceProperties(FUNCTION, {
      Handler: 'index.handler',
      Runtime: 'nodejs24.x',
      Timeout: 900,
      KmsKeyArn: Match.anyValue(),
      Environment: { Variables: { REGIONS: 'eu-west-1,us-east-1', CERTIFICATE_METRICS: '500' } },
    });
    rendered(stack).hasResourceProperties('AWS::Events::Rule', { ScheduleExpression: 'rate(1 day)' });
  });

  test('may list certificates in its regions, describe them there, write its log, and nothing else', () => {
    const { stack } = auditIn('eu-west-1', { regions: ['eu-west-1', 'eu-central-1'] });
    const statements = Object.values(resourcesOf(stack, 'AWS::IAM::Policy')).flatMap(
      ({ Properties }) => Properties.PolicyDocument.Statement,
    );
    const arn = (region: string) => ({
      'Fn::Join': ['', [`arn:aws:acm:${region}:`, { Ref: 'AWS::AccountId' }, ':certificate/*']],
    });
    expect(statements).toEqual([
      { Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Effect: 'Allow', Resource: expect.anything() },
      {
        Action: 'acm:ListCertificates',
        Effect: 'Allow',
        Resource: '*',
        Condition: { StringEquals: { 'aws:RequestedRegion': ['eu-west-1', 'eu-central-1'] } },
      },
      {
        Action: 'acm:DescribeCertificate',
        Effect: 'Allow',
        Resource: [arn('eu-central-1'), arn('eu-west-1')],
      },
    ]);
  });

  test.each<[string | undefined, readonly string[]]>([
    ['eu-west-1', ['eu-west-1', 'us-east-1']],
    ['us-east-1', ['us-east-1']],
    ['cn-north-1', ['cn-north-1']],
    ['us-gov-west-1', ['us-gov-west-1']],
  ])('of a stack in %s audits %j unless told otherwise', (region, regions) => {
    expect(auditIn(region).audit.regions).toEqual(regions);
  });

  test('of a stack whose region nobody knows yet audits that region', () => {
    const { stack } = auditIn();
    rendered(stack).hasResourceProperties(FUNCTION, {
      Environment: { Variables: Match.objectLike({ REGIONS: { Ref: 'AWS::Region' } }) },
    });
  });

  test('is encrypted with the key that is given', () => {
    const stack = stackIn('eu-west-1');
    const encryptionKey = kms.Key.fromKeyArn(stack, 'Given', 'arn:aws:kms:eu-west-1:111122223333:key/given');
    new CertificateAudit(stack, 'Audit', { topic: topicIn(stack), encryptionKey });
    expect(resourcesOf(stack, 'AWS::KMS::Key')).toEqual({});
    rendered(stack).hasResourceProperties(FUNCTION, { KmsKeyArn: encryptionKey.keyArn });
  });

  test('audits as often as is said, and measures as many certificates', () => {
    const { stack } = auditIn('eu-west-1', { every: Duration.hours(6), certificateMetrics: 0 });
    rendered(stack).hasResourceProperties('AWS::Events::Rule', { ScheduleExpression: 'rate(6 hours)' });
    rendered(stack).hasResourceProperties(FUNCTION, {
      Environment: { Variables: Match.objectLike({ CERTIFICATE_METRICS: '0' }) },
    });
  });
});

describe('the alarms', () => {
  const { stack, audit } = auditIn('eu-west-1');
  const FunctionName = stack.resolve(audit.fn.functionName);

  test.each<[string, string, object]>([
    [
      'a third of a life',
      CERTIFICATE_METRICS.lowestManual,
      {
        Threshold: 1 / 3,
        ComparisonOperator: 'LessThanOrEqualToThreshold',
        Statistic: 'Minimum',
        TreatMissingData: 'ignore',
      },
    ],
    [
      'a sixth of a life',
      CERTIFICATE_METRICS.lowest,
      {
        Threshold: 1 / 6,
        ComparisonOperator: 'LessThanOrEqualToThreshold',
        Statistic: 'Minimum',
        TreatMissingData: 'ignore',
      },
    ],
    [
      'errors',
      CERTIFICATE_METRICS.errors,
      { Threshold: 1, ComparisonOperator: 'GreaterThanOrEqualToThreshold', TreatMissingData: 'ignore' },
    ],
    [
      'what could not be read',
      CERTIFICATE_METRICS.notRead,
      { Threshold: 1, ComparisonOperator: 'GreaterThanOrEqualToThreshold', TreatMissingData: 'ignore' },
    ],
    [
      'no audit',
      CERTIFICATE_METRICS.audited,
      {
        Threshold: 1,
        ComparisonOperator: 'LessThanThreshold',
        Statistic: 'SampleCount',
        Period: 86_400,
        EvaluationPeriods: 2,
        TreatMissingData: 'breaching',
      },
    ],
  ])('hear of %s what the function measures', (_, MetricName, more) => {
    const found = alarmsOf(stack).filter((alarm) => alarm.MetricName === MetricName);
    expect(found).toEqual([expect.objectContaining({ Namespace: 'SecureTransmission', ...more })]);
    expect(found[0]?.Dimensions).toEqual([{ Name: 'FunctionName', Value: FunctionName }]);
  });

  test('hear of a function that fails', () => {
    rendered(stack).hasResourceProperties(ALARM, {
      Namespace: 'AWS/Lambda',
      MetricName: 'Errors',
      Threshold: 1,
    });
  });

  test('tell the topic, and say which page says what to do, which exists', () => {
    const alarms = alarmsOf(stack);
    expect(alarms.length).toBe(6);
    for (const { AlarmActions, AlarmDescription } of alarms) {
      expect(AlarmActions).toEqual(['arn:aws:sns:eu-west-1:111122223333:alarms']);
      const runbook =
        /Runbook: (docs\/runbooks\/certificate-[a-z]+\.md)$/.exec(String(AlarmDescription))?.[1] ?? '';
      expect([runbook, existsSync(path.resolve(__dirname, '../../..', runbook))]).toEqual([
        expect.any(String),
        true,
      ]);
      expect(runbook).not.toBe('');
    }
  });
});

test('the measures are those of the function, and of one certificate by what tells it from others', () => {
  const { stack, audit } = auditIn('eu-west-1');
  const metrics = [
    audit.metricCertificates(),
    audit.metricErrors(),
    audit.metricWarnings(),
    audit.metricNotRead(),
    audit.metricLowestRemainingLifetimeRatio(),
    audit.metricLowestManualRemainingLifetimeRatio(),
  ];
  const { audited, errors, warnings, notRead, lowest, lowestManual } = CERTIFICATE_METRICS;
  expect(metrics.map(({ metricName }) => metricName)).toEqual([
    audited,
    errors,
    warnings,
    notRead,
    lowest,
    lowestManual,
  ]);
  expect(new Set(metrics.map(({ dimensions }) => JSON.stringify(stack.resolve(dimensions)))).size).toBe(1);
  const certificate = { region: 'eu-west-1', domainName: 'a.example.com', certificateId: 'id' };
  expect(audit.metricRemainingLifetimeRatio(certificate, { label: 'a' })).toMatchObject({
    metricName: 'RemainingLifetimeRatio',
    dimensions: { Region: 'eu-west-1', DomainName: 'a.example.com', CertificateId: 'id' },
    label: 'a',
  });
});

describe('the packs', () => {
  test('have nothing to say but what nobody can mend: ACM lists its certificates for no resource', () => {
    const stack = stackIn('eu-west-1');
    const { topic } = new AlarmTopic(stack, 'Alarms');
    const audit = new CertificateAudit(stack, 'Audit', { topic });
    expect(findingsOf(audit)).toEqual([]);
    for (const pack of [new PciDss401Checks(), new GdprChecks()]) {
      const { violations } = pack.validateScope(audit);
      expect(
        violations.filter(({ severity }) => severity === 'error').map(({ ruleName }) => ruleName),
      ).toEqual([]);
    }
    // That every certificate of a region may be described is what the audit is for.
    expect(nagErrorsOf(audit)).toEqual([
      'AwsSolutions-IAM5[Resource::*]',
      'AwsSolutions-IAM5[Resource::arn:aws:acm:eu-west-1:<AWS::AccountId>:certificate/*]',
      'AwsSolutions-IAM5[Resource::arn:aws:acm:us-east-1:<AWS::AccountId>:certificate/*]',
    ]);
  });
});

describe('is refused', () => {
  test.each<[string, Partial<CertificateAuditProps>, string]>([
    ['no region', { regions: [] }, "'regions' must be from 1 to 30, got 0, leave it out for the usual ones"],
    [
      'a place',
      { regions: ['Dublin'] },
      '\'regions\' must be names of regions such as eu-west-1, got "Dublin", correct it',
    ],
    [
      'a region that nobody knows yet',
      { regions: [Aws.REGION] },
      "'regions' must be literal names, got an unresolved value, read them from configuration",
    ],
    [
      'a list that nobody knows yet',
      { regions: Token.asList({ Ref: 'x' }) },
      "'regions' must be literal names, got an unresolved value, read them from configuration",
    ],
    [
      'two partitions',
      { regions: ['eu-west-1', 'cn-north-1'] },
      "'regions' must lie in one partition, since credentials hold in one only, got aws and aws-cn, define an audit in each",
    ],
    [
      'many',
      { regions: Array.from({ length: 31 }, (_, i) => `eu-west-${i}`) },
      "'regions' must be from 1 to 30, got 31, leave it out for the usual ones",
    ],
    [
      'a week',
      { every: Duration.days(7) },
      "'every' must be whole hours from one hour to one day, got 604800 seconds, correct it",
    ],
    [
      'minutes',
      { every: Duration.minutes(90) },
      "'every' must be whole hours from one hour to one day, got 5400 seconds, correct it",
    ],
    [
      'a time that nobody knows yet',
      { every: Duration.hours(Token.asNumber({ Ref: 'x' })) },
      "'every' must be whole hours from one hour to one day, got an unresolved value, correct it",
    ],
    [
      'too many metrics',
      { certificateMetrics: 2501 },
      "'certificateMetrics' must be a whole number from 0 to 2500, got 2501",
    ],
    [
      'as many as nobody knows yet',
      { certificateMetrics: Token.asNumber({ Ref: 'x' }) },
      "'certificateMetrics' must be a literal number, got an unresolved value, read it from configuration",
    ],
  ])('%s', (_, props, message) => {
    expect(() => auditIn('eu-west-1', props)).toThrow(`Stack/Audit: ${message}`);
  });

  test('a topic of another region', () => {
    const stack = stackIn('eu-west-1');
    expect(() => new CertificateAudit(stack, 'Audit', { topic: topicIn(stack, 'us-east-1') })).toThrow(
      'Stack/Audit: \'topic\' must be in the region of the audit (eu-west-1), got "arn:aws:sns:us-east-1:111122223333:alarms", whose alarms reach topics of their own region only, create one there',
    );
  });

  test('not a topic whose ARN nobody knows yet', () => {
    const stack = new Stack(new App(), 'Stack');
    const arn = new CfnParameter(stack, 'TopicArn').valueAsString;
    const topic = sns.Topic.fromTopicArn(stack, 'Topic', arn);
    expect(() => new CertificateAudit(stack, 'Audit', { topic })).not.toThrow();
  });
});
