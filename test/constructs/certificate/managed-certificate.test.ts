import { CfnParameter, type Stack } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import type * as route53 from 'aws-cdk-lib/aws-route53';
import * as sns from 'aws-cdk-lib/aws-sns';
import {
  CertificateMonitor,
  ManagedCertificate,
  type ManagedCertificateProps,
} from '../../../lib/constructs/certificate';
import { TlsLoadBalancer } from '../../../lib/constructs/load-balancer';
import { rendered, resourcesOf, stackIn, vpcIn, zoneIn } from '../support';

const CERTIFICATE = 'AWS::CertificateManager::Certificate';
const ALARM = 'AWS::CloudWatch::Alarm';
const RULE = 'AWS::Events::Rule';
const NAMES = Array.from({ length: 99 }, (_, index) => `n${index}.example.com`);

function define(stack: Stack, props: Partial<ManagedCertificateProps> = {}): ManagedCertificate {
  return new ManagedCertificate(stack, 'Certificate', {
    domainName: 'pay.example.com',
    hostedZones: [zoneIn(stack)],
    now: new Date('2026-11-22T00:00:00Z'),
    ...props,
  });
}

function certificateArns(stack: Stack) {
  return Object.keys(resourcesOf(stack, CERTIFICATE)).map((id) => ({ Ref: id }));
}

describe('ManagedCertificate', () => {
  test('is validated by DNS, has a P-256 key that cannot be exported, and is logged', () => {
    const stack = stackIn('eu-west-1');
    define(stack);
    rendered(stack).resourceCountIs(CERTIFICATE, 1);
    rendered(stack).hasResourceProperties(CERTIFICATE, {
      DomainName: 'pay.example.com',
      SubjectAlternativeNames: Match.absent(),
      ValidationMethod: 'DNS',
      DomainValidationOptions: [{ DomainName: 'pay.example.com', HostedZoneId: 'ZEXAMPLECOM' }],
      KeyAlgorithm: 'EC_prime256v1',
      CertificateTransparencyLoggingPreference: 'ENABLED',
      CertificateExport: 'DISABLED',
    });
  });

  test('logical ids do not change', () => {
    const stack = stackIn('eu-west-1');
    define(stack, { rsaTwin: true });
    expect(Object.keys(resourcesOf(stack, CERTIFICATE))).toEqual([
      'CertificateBDDE2430',
      'CertificateRsaTwinA24CE91E',
    ]);
    expect(Object.keys(resourcesOf(stack, 'AWS::KMS::Key'))).toEqual(['CertificateAlarmTopicKeyAD0BC15F']);
  });

  test('has a twin with an RSA-2048 key where asked, as strict as itself', () => {
    const stack = stackIn('eu-west-1');
    const certificate = define(stack, { rsaTwin: true });
    rendered(stack).allResourcesProperties(CERTIFICATE, {
      DomainName: 'pay.example.com',
      ValidationMethod: 'DNS',
      CertificateTransparencyLoggingPreference: 'ENABLED',
      CertificateExport: 'DISABLED',
    });
    const keys = Object.values(resourcesOf(stack, CERTIFICATE)).map(
      ({ Properties }) => Properties.KeyAlgorithm,
    );
    expect(keys).toEqual(['EC_prime256v1', 'RSA_2048']);
    expect(stack.resolve(certificate.certificates.map(({ certificateArn }) => certificateArn))).toEqual(
      certificateArns(stack),
    );
    expect(stack.resolve([certificate.certificateArn, certificate.rsaCertificateArn])).toEqual(
      certificateArns(stack),
    );
  });

  test('has no twin unless asked', () => {
    expect(define(stackIn('eu-west-1')).rsaCertificateArn).toBeUndefined();
  });

  test.each([acm.KeyAlgorithm.EC_SECP384R1, acm.KeyAlgorithm.RSA_2048])(
    'takes the key $name',
    (keyAlgorithm) => {
      const stack = stackIn('eu-west-1');
      define(stack, { keyAlgorithm });
      rendered(stack).hasResourceProperties(CERTIFICATE, { KeyAlgorithm: keyAlgorithm.name });
    },
  );

  test('validates each name in the longest zone that it lies in', () => {
    const stack = stackIn('eu-west-1');
    define(stack, {
      subjectAlternativeNames: ['example.org', '*.pay.example.com', 'www.example.com'],
      hostedZones: [zoneIn(stack), zoneIn(stack, 'pay.example.com'), zoneIn(stack, 'example.org')],
    });
    rendered(stack).hasResourceProperties(CERTIFICATE, {
      SubjectAlternativeNames: ['example.org', '*.pay.example.com', 'www.example.com'],
      DomainValidationOptions: [
        { DomainName: 'pay.example.com', HostedZoneId: 'ZPAYEXAMPLECOM' },
        { DomainName: 'example.org', HostedZoneId: 'ZEXAMPLEORG' },
        { DomainName: 'www.example.com', HostedZoneId: 'ZEXAMPLECOM' },
      ],
    });
  });

  test('takes a name that is an unresolved value where there is one zone', () => {
    const stack = stackIn('eu-west-1');
    const { valueAsString } = new CfnParameter(stack, 'Name');
    define(stack, { domainName: valueAsString });
    rendered(stack).hasResourceProperties(CERTIFICATE, {
      DomainName: { Ref: 'Name' },
      DomainValidationOptions: [{ DomainName: { Ref: 'Name' }, HostedZoneId: 'ZEXAMPLECOM' }],
    });
  });

  test('can be taken over by its ARNs', () => {
    const arns = ['a', 'b'].map((id) => `arn:aws:acm:eu-central-1:111122223333:certificate/${id}`);
    const [certificateArn = '', rsaCertificateArn] = arns;
    const imported = ManagedCertificate.fromManagedCertificateAttributes(stackIn('eu-west-1'), 'Imported', {
      certificateArn,
      rsaCertificateArn,
    });
    expect(imported.certificates.map((certificate) => certificate.certificateArn)).toEqual(arns);
    expect(imported.env).toEqual({ account: '111122223333', region: 'eu-central-1' });
    expect(imported.metricDaysToExpiry()).toMatchObject({
      metricName: 'DaysToExpiry',
      dimensions: { CertificateArn: certificateArn },
    });
  });
});

describe('a ManagedCertificate that exists already', () => {
  const importIn = (stack: Stack, certificateArn: string, rsaCertificateArn?: string) =>
    ManagedCertificate.fromManagedCertificateAttributes(stack, 'Imported', {
      certificateArn,
      rsaCertificateArn,
    });
  const ARN = 'arn:aws:acm:eu-west-1:111122223333:certificate/a';

  test('is watched by nobody until a monitor is defined', () => {
    const stack = stackIn('eu-west-1');
    const { certificates } = importIn(stack, ARN);
    expect(rendered(stack).toJSON().Resources).toBeUndefined();
    const watched = stackIn('eu-west-1');
    new CertificateMonitor(watched, 'Monitor', { certificates, topic: new sns.Topic(watched, 'Topic') });
    rendered(watched).hasResourceProperties(ALARM, {
      Dimensions: [{ Name: 'CertificateArn', Value: ARN }],
    });
  });

  test('may be known at deployment only, and is then taken at its word about its region', () => {
    const stack = stackIn('eu-west-1');
    const imported = importIn(stack, new CfnParameter(stack, 'Arn').valueAsString);
    new TlsLoadBalancer(stack, 'Entry', { vpc: vpcIn(stack), certificate: imported });
    rendered(stack).hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', {
      Certificates: [{ CertificateArn: { Ref: 'Arn' } }],
    });
  });

  test('is refused where it is not in ACM, or its own twin', () => {
    const iam = 'arn:aws:iam::111122223333:server-certificate/pay';
    const stack = stackIn('eu-west-1');
    expect(() => importIn(stack, iam)).toThrow(
      `Stack/Imported: 'certificateArn' must be the ARN of a certificate in AWS Certificate Manager, got "${iam}", import it there`,
    );
    expect(() => importIn(stackIn('eu-west-1'), ARN, iam)).toThrow("'rsaCertificateArn' must be the ARN");
    expect(() => importIn(stackIn('eu-west-1'), ARN, ARN)).toThrow(
      "Stack/Imported: 'rsaCertificateArn' must be another certificate than 'certificateArn', leave it out",
    );
  });
});

test('a ManagedCertificate holds ten names, or as many as a raised or unknown quota allows', () => {
  for (const domainNameQuota of [undefined, 10, 100]) {
    const stack = stackIn('eu-west-1');
    define(stack, { subjectAlternativeNames: NAMES.slice(0, (domainNameQuota ?? 10) - 1), domainNameQuota });
    rendered(stack).resourceCountIs(CERTIFICATE, 1);
  }
  const stack = stackIn('eu-west-1');
  const domainNameQuota = new CfnParameter(stack, 'Quota', { type: 'Number' }).valueAsNumber;
  expect(() => define(stack, { subjectAlternativeNames: NAMES, domainNameQuota })).not.toThrow();
});

describe('ManagedCertificate refuses', () => {
  test.each<[string, Partial<ManagedCertificateProps>, string]>([
    [
      'no zone, which would mean validation by e-mail',
      { hostedZones: [] },
      "Stack/Certificate: 'hostedZones' must hold at least one zone, validation by e-mail is refused because it cannot renew without a person",
    ],
    [
      'validation by e-mail',
      { validation: acm.CertificateValidation.fromEmail() } as Partial<ManagedCertificateProps>,
      "Stack/Certificate: 'validation' cannot be set, certificates are validated by DNS so that they renew without a person, pass the zones in 'hostedZones'",
    ],
    [
      'a weak key',
      { keyAlgorithm: acm.KeyAlgorithm.RSA_1024 },
      'Stack/Certificate: \'keyAlgorithm\' must be one of EC_prime256v1, EC_secp384r1, RSA_2048, got "RSA_1024", which is weak or not issued by ACM',
    ],
    [
      'a key that ACM does not issue',
      { keyAlgorithm: new acm.KeyAlgorithm('RSA_3072') },
      'Stack/Certificate: \'keyAlgorithm\' must be one of EC_prime256v1, EC_secp384r1, RSA_2048, got "RSA_3072", which is weak or not issued by ACM',
    ],
    [
      'an RSA twin of an RSA certificate',
      { keyAlgorithm: acm.KeyAlgorithm.RSA_2048, rsaTwin: true },
      "Stack/Certificate: 'rsaTwin' must be false where 'keyAlgorithm' is RSA_2048, remove one of the two",
    ],
    [
      'an address',
      { domainName: 'https://pay.example.com/' },
      'Stack/Certificate: \'domainName\' must be a fully qualified domain name without scheme, port and path, got "https://pay.example.com/"',
    ],
    [
      'a common name of more than 64 characters',
      { domainName: `${'a'.repeat(53)}.example.com` },
      "Stack/Certificate: 'domainName' must be a fully qualified domain name of at most 64 characters, got 65, move the longer name to 'subjectAlternativeNames'",
    ],
    [
      'a wrong further name',
      { subjectAlternativeNames: ['www.example.com', 'WWW.example.com'] },
      'Stack/Certificate: \'subjectAlternativeNames[1]\' must be a fully qualified domain name in lower case, as ACM stores it, got "WWW.example.com"',
    ],
    [
      'a name that is given twice',
      { subjectAlternativeNames: ['pay.example.com'] },
      'Stack/Certificate: \'subjectAlternativeNames[0]\' repeats "pay.example.com", remove it',
    ],
    [
      'more than 10 names',
      { subjectAlternativeNames: NAMES.slice(0, 10) },
      "Stack/Certificate: 'subjectAlternativeNames' must leave the certificate with at most 10 names, 'domainName' included, got 11, define a second certificate, or have the quota raised and say so in 'domainNameQuota'",
    ],
    [
      'more names than the quota that was raised',
      { subjectAlternativeNames: NAMES.slice(0, 20), domainNameQuota: 20 },
      "Stack/Certificate: 'subjectAlternativeNames' must leave the certificate with at most 20 names, 'domainName' included, got 21, define a second certificate, or have the quota raised and say so in 'domainNameQuota'",
    ],
    [
      'a quota that ACM does not give',
      { domainNameQuota: 101 },
      "Stack/Certificate: 'domainNameQuota' must be a whole number from 1 to 100, got 101",
    ],
    [
      'a name outside its zones',
      { domainName: 'pay.example.org' },
      'Stack/Certificate: "pay.example.org" lies in none of the zones in \'hostedZones\' (example.com), add its zone',
    ],
  ])('%s', (_, props, message) => {
    expect(() => define(stackIn('eu-west-1'), props)).toThrow(new Error(message));
  });

  test('an unresolved name with several zones', () => {
    const stack = stackIn('eu-west-1');
    const { valueAsString } = new CfnParameter(stack, 'Name');
    const hostedZones: route53.IHostedZone[] = [zoneIn(stack), zoneIn(stack, 'example.org')];
    expect(() => define(stack, { domainName: valueAsString, hostedZones })).toThrow(
      "Stack/Certificate: 'hostedZones' must hold exactly one zone where a name is an unresolved value",
    );
  });
});

describe('ManagedCertificate tells', () => {
  test.each([
    ['2026-11-22', 30],
    ['2027-03-15', 15],
    ['2029-03-15', 7],
  ])('when renewal is overdue, for each key, as certificates live from %s on', (day, threshold) => {
    const stack = stackIn('eu-west-1');
    define(stack, { rsaTwin: true, now: new Date(day) });
    const [topic] = Object.keys(resourcesOf(stack, 'AWS::SNS::Topic'));
    rendered(stack).resourceCountIs(ALARM, 2);
    rendered(stack).allResourcesProperties(ALARM, {
      Namespace: 'AWS/CertificateManager',
      MetricName: 'DaysToExpiry',
      Statistic: 'Minimum',
      Period: 86400,
      ComparisonOperator: 'LessThanOrEqualToThreshold',
      Threshold: threshold,
      EvaluationPeriods: 1,
      TreatMissingData: 'ignore',
      AlarmActions: [{ Ref: topic }],
    });
    const watched = Object.values(resourcesOf(stack, ALARM)).map(({ Properties }) => Properties.Dimensions);
    expect(watched).toEqual(certificateArns(stack).map((Value) => [{ Name: 'CertificateArn', Value }]));
  });

  test('what ACM says about its certificates', () => {
    const stack = stackIn('eu-west-1');
    define(stack, { rsaTwin: true });
    rendered(stack).hasResourceProperties(RULE, {
      State: 'ENABLED',
      EventPattern: {
        source: ['aws.acm'],
        'detail-type': [
          'ACM Certificate Expired',
          'ACM Certificate Renewal Action Required',
          'ACM Certificate Revoked',
        ],
        resources: certificateArns(stack),
      },
    });
  });

  test.each([
    ['2026-11-22', 30],
    ['2029-03-15', 7],
  ])('that the end approaches only when renewal is overdue, on %s', (day, limit) => {
    const stack = stackIn('eu-west-1');
    define(stack, { now: new Date(day) });
    rendered(stack).hasResourceProperties(RULE, {
      EventPattern: {
        source: ['aws.acm'],
        'detail-type': ['ACM Certificate Approaching Expiration'],
        resources: certificateArns(stack),
        detail: { DaysToExpiry: [{ numeric: ['<=', limit] }] },
      },
    });
  });

  test('what AWS Health says about failed renewals', () => {
    const stack = stackIn('eu-west-1');
    define(stack);
    rendered(stack).hasResourceProperties(RULE, {
      EventPattern: {
        source: ['aws.health'],
        'detail-type': ['AWS Health Event'],
        detail: { service: ['ACM'], eventTypeCode: ['AWS_ACM_RENEWAL_FAILURE', 'CAA_CHECK_FAILURE'] },
      },
    });
  });

  test('the same topic of everything', () => {
    const stack = stackIn('eu-west-1');
    define(stack);
    const [topic] = Object.keys(resourcesOf(stack, 'AWS::SNS::Topic'));
    rendered(stack).resourceCountIs(RULE, 3);
    rendered(stack).allResourcesProperties(RULE, { Targets: [Match.objectLike({ Arn: { Ref: topic } })] });
  });

  test('a topic that is given, and makes none', () => {
    const stack = stackIn('eu-west-1');
    const arn = 'arn:aws:sns:eu-west-1:111122223333:alarms';
    const certificate = define(stack, { alarmTopic: sns.Topic.fromTopicArn(stack, 'Topic', arn) });
    rendered(stack).resourceCountIs('AWS::SNS::Topic', 0);
    rendered(stack).allResourcesProperties(ALARM, { AlarmActions: [arn] });
    expect(certificate.expiryAlarms).toHaveLength(1);
  });
});

test('two syntheses of the same certificate give the same bytes', () => {
  const bytes = () => {
    const stack = stackIn('eu-west-1');
    define(stack, { rsaTwin: true });
    return JSON.stringify(rendered(stack).toJSON());
  };
  expect(bytes()).toBe(bytes());
});
