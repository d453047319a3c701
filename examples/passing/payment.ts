import { Duration, type Stack, Tags } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as synthetics from 'aws-cdk-lib/aws-synthetics';
import {
  AlarmTopic,
  DataClassification,
  EncryptedTable,
  ManagedCertificate,
  ResponseHeaders,
  TlsDistribution,
  TlsOrigin,
} from 'cdk-secure-transmission';
import { samplesOf } from './passing-code';

/** A payment page that runs the scripts it names, and is looked at every day. */
export function paymentPage(stack: Stack): void {
  // #region paymentPage
  const edge = new TlsDistribution(stack, 'Checkout', {
    certificate: ManagedCertificate.fromManagedCertificateAttributes(stack, 'Certificate', {
      certificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/11111111-2222-3333-4444-555555555555',
    }),
    domainNames: ['checkout.example.com'],
    defaultBehavior: { origin: TlsOrigin.httpsHost('origin.example.com') },
    responseHeaders: new ResponseHeaders(stack, 'Headers', {
      contentSecurityPolicy:
        "default-src 'self'; script-src 'self' https://js.processor.example; " +
        "form-action 'self'; frame-ancestors 'none'; report-uri /csp-reports",
      overrideContentSecurityPolicy: true,
    }),
  });
  Tags.of(edge).add('pci:payment-page', 'serves');

  const watch = new synthetics.Canary(stack, 'Watch', {
    runtime: synthetics.Runtime.SYNTHETICS_NODEJS_PUPPETEER_13_0,
    // Compares headers and scripts of the page with those that were approved.
    test: synthetics.Test.custom({
      code: synthetics.Code.fromInline('exports.handler = async () => {};'),
      handler: 'index.handler',
    }),
    schedule: synthetics.Schedule.rate(Duration.hours(1)),
  });
  Tags.of(watch).add('pci:payment-page', 'watches');
  new cloudwatch.Alarm(stack, 'Changed', {
    metric: watch.metricFailed(),
    threshold: 1,
    evaluationPeriods: 1,
  }).addAlarmAction(new actions.SnsAction(new AlarmTopic(stack, 'Alarms').topic));
  // #endregion paymentPage
}

/** Card numbers in production, in the scope that says so, beside a log that masks them. */
export function cardNumbers(stack: Stack): void {
  // #region cardNumbers
  Tags.of(stack).add('pci:scope', 'cde');
  Tags.of(stack).add('environment', 'production');
  const key = new kms.Key(stack, 'Key', { enableKeyRotation: true });
  const cards = new EncryptedTable(stack, 'Cards', {
    partitionKey: { name: 'token', type: dynamodb.AttributeType.STRING },
    encryptionKey: key,
  });
  DataClassification.of(cards).holdsCardholderData({ owner: 'payments@shop.example', retentionDays: 365 });
  const log = new logs.LogGroup(stack, 'Log', {
    retention: logs.RetentionDays.THIRTEEN_MONTHS,
    dataProtectionPolicy: new logs.DataProtectionPolicy({
      identifiers: [logs.DataIdentifier.CREDITCARDNUMBER, logs.DataIdentifier.CREDITCARDSECURITYCODE],
    }),
  });
  DataClassification.of(log).holdsInternalData();
  // #endregion cardNumbers
}

/** Card verification codes that are gone by themselves, and copied nowhere. */
export function verificationCodes(stack: Stack): void {
  // #region verificationCodes
  // An EncryptedTable can be recovered to any second of the past weeks: these must not be.
  const codes = new dynamodb.TableV2(stack, 'Codes', {
    partitionKey: { name: 'payment', type: dynamodb.AttributeType.STRING },
    encryption: dynamodb.TableEncryptionV2.customerManagedKey(
      new kms.Key(stack, 'Key', { enableKeyRotation: true }),
    ),
    timeToLiveAttribute: 'expires',
    resourcePolicy: new iam.PolicyDocument({
      statements: [
        new iam.PolicyStatement({
          effect: iam.Effect.DENY,
          principals: [new iam.AnyPrincipal()],
          actions: ['dynamodb:*'],
          resources: ['*'],
          conditions: { Bool: { 'aws:SecureTransport': 'false' } },
        }),
      ],
    }),
  });
  DataClassification.of(codes).holdsSensitiveAuthenticationData({ owner: 'payments@shop.example' });
  Tags.of(stack).add('pci:scope', 'cde');
  // #endregion verificationCodes
}

/** Samples of this file. */
export const PAYMENT = [
  ...samplesOf('payment.ts', {
    'Card numbers': { cardNumbers },
    'Card verification codes': { verificationCodes },
  }),
  ...samplesOf('payment.ts', { 'A payment page': { paymentPage } }, 'us-east-1'),
];
