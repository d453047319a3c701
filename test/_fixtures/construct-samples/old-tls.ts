import { Duration, Size } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import { AuditTrail, EncryptedTopic, OldTlsFinder } from '../../../lib';
import { type ConstructSample, existingBucket, existingKey } from './construct-sample';

/** Who still uses what is old. */
export const OLD_TLS_SAMPLES: readonly ConstructSample[] = [
  {
    construct: 'OldTlsFinder',
    build: (stack, around) =>
      new OldTlsFinder(stack, 'Finder', {
        albConnections: { bucket: existingBucket(around, 'edge-logs-of-example') },
      }),
  },
  {
    construct: 'OldTlsFinder',
    options: 'all logs, four weeks, a smaller limit, a key and buckets that exist, a report each week',
    build: (stack, around) => {
      const key = existingKey(around);
      const edge = { bucket: existingBucket(around, 'edge-logs-of-example') };
      const finder = new OldTlsFinder(stack, 'Finder', {
        cloudTrail: {
          trail: AuditTrail.fromAuditTrailAttributes(around, 'Trail', {
            trailArn: 'arn:aws:cloudtrail:eu-west-1:111122223333:trail/example',
            bucket: existingBucket(around, 'trail-of-example'),
          }),
          organizationId: 'o-exampleorgid',
          accounts: ['111122223333', '444455556666'],
          regions: ['eu-west-1', 'us-east-1'],
        },
        albConnections: edge,
        albRequests: edge,
        nlbConnections: { bucket: existingBucket(around, 'partner-logs-of-example') },
        cloudFront: {
          bucket: existingBucket(around, 'cdn-logs-of-example'),
          distributionIds: ['EDFDVBD6EXAMPLE'],
        },
        s3Requests: {
          bucket: existingBucket(around, 'server-access-of-example'),
          prefix: 'orders',
          sourceBuckets: ['orders-of-example'],
        },
        apiLogGroups: [logs.LogGroup.fromLogGroupName(around, 'Orders', '/apis/orders')],
        lookBack: Duration.days(28),
        bytesScannedCutoff: Size.gibibytes(20),
        resultRetention: Duration.days(7),
        encryptionKey: key,
        serverAccessLogBucket: existingBucket(around, 'access-logs-of-example'),
      });
      finder.reportTo(
        EncryptedTopic.fromEncryptedTopicAttributes(around, 'Alarms', {
          topicArn: 'arn:aws:sns:eu-west-1:111122223333:alarms',
          encryptionKey: key,
        }),
      );
      return finder;
    },
  },
];
