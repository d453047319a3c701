import { Duration } from 'aws-cdk-lib';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import {
  type ApprovedList,
  ApprovedPages,
  PaymentPageMonitor,
  TlsDistribution,
  TlsLoadBalancer,
  TlsNetworkLoadBalancer,
  TransmissionMonitor,
  ZoneSigning,
} from '../../../lib';
import approvedPages from '../payment-page/approved.json';
import {
  type ConstructSample,
  EDGE_REGION,
  existingAcmCertificate,
  existingCertificate,
  existingKey,
  existingTopic,
  existingVpc,
  existingZone,
} from './construct-sample';

const NOW = new Date('2026-11-22T00:00:00Z');
// By an import, since generators bundle this file into a folder of its own.
const approved = () => ApprovedPages.of(approvedPages as ApprovedList);

/** What watches what runs. */
export const MONITORING_SAMPLES: readonly ConstructSample[] = [
  {
    construct: 'TransmissionMonitor',
    build: (stack, around) => {
      const monitor = new TransmissionMonitor(stack, 'Monitor', { topic: existingTopic(around) });
      monitor.addCertificates('Certificates', [existingAcmCertificate(around)], { now: NOW });
      return monitor;
    },
  },
  {
    construct: 'TransmissionMonitor',
    options: 'load balancers, keys, an API, a function, measures of its own',
    build: (stack, around) => {
      const monitor = new TransmissionMonitor(stack, 'Monitor', {
        topic: existingTopic(around),
        dashboardName: 'transmission',
      });
      const network = { vpc: existingVpc(around) };
      const certificate = existingCertificate(around);
      monitor.addLoadBalancer(
        'Shop',
        new TlsLoadBalancer(around, 'Shop', { ...network, certificate, internetFacing: true }),
        { clientErrorBandWidth: 4 },
      );
      monitor.addLoadBalancer('Ledger', new TlsNetworkLoadBalancer(around, 'Ledger', network), {
        internetFacing: false,
      });
      monitor.addKeys('Keys', [existingKey(around)]);
      monitor.addApi(
        'Orders',
        apigatewayv2.HttpApi.fromHttpApiAttributes(around, 'Orders', { httpApiId: 'a1b2c3d4e5' }),
        { serverErrorPercent: 2 },
      );
      monitor.addFunction('Receipts', lambda.Function.fromFunctionName(around, 'Receipts', 'receipts'));
      monitor.addMeasures('Vault', [
        {
          id: 'Refused',
          title: 'Calls that the vault refused',
          metric: new cloudwatch.Metric({ namespace: 'Example', metricName: 'Refused', statistic: 'Sum' }),
          threshold: 10,
          missingData: cloudwatch.TreatMissingData.NOT_BREACHING,
          meaning: 'The vault refuses many calls. Without data nobody called it.',
          runbook: 'https://wiki.example.com/vault',
        },
      ]);
      return monitor;
    },
  },
  {
    construct: 'TransmissionMonitor',
    options: 'in us-east-1: a distribution, a signed zone',
    region: EDGE_REGION,
    build: (stack, around) => {
      const topic = existingTopic(around, EDGE_REGION);
      const monitor = new TransmissionMonitor(stack, 'Monitor', { topic });
      const distribution = TlsDistribution.fromTlsDistributionAttributes(around, 'Distribution', {
        distributionId: 'E1234567890ABC',
        distributionDomainName: 'd111111abcdef8.cloudfront.net',
      });
      monitor.addDistribution('Site', distribution, { additionalMetrics: true });
      monitor.addZoneSigning(
        'Zone',
        new ZoneSigning(around, 'Signing', { zone: existingZone(around), alarmTopic: topic }),
      );
      return monitor;
    },
  },
  {
    construct: 'PaymentPageMonitor',
    build: (stack, around) =>
      new PaymentPageMonitor(stack, 'Pages', { approved: approved(), topic: existingTopic(around) }),
  },
  {
    construct: 'PaymentPageMonitor',
    options: 'every hour, from inside of a network, a key that exists',
    build: (stack, around) =>
      new PaymentPageMonitor(stack, 'Pages', {
        approved: approved(),
        topic: existingTopic(around),
        every: Duration.hours(1),
        encryptionKey: existingKey(around),
        vpc: existingVpc(around),
        privateAddressesReason: 'The page of the call centre is served inside of this network only.',
      }),
  },
];
