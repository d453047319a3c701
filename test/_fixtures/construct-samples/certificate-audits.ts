import { Duration } from 'aws-cdk-lib';
import { CertificateAudit } from '../../../lib';
import { type ConstructSample, existingKey, existingTopic } from './construct-sample';

/** What looks at the certificates of an account. */
export const CERTIFICATE_AUDIT_SAMPLES: readonly ConstructSample[] = [
  {
    construct: 'CertificateAudit',
    build: (stack, around) => new CertificateAudit(stack, 'Audit', { topic: existingTopic(around) }),
  },
  {
    construct: 'CertificateAudit',
    options: 'regions, every six hours, an own key, no metric of single certificates',
    build: (stack, around) =>
      new CertificateAudit(stack, 'Audit', {
        topic: existingTopic(around),
        regions: ['eu-west-1', 'eu-central-1', 'us-east-1'],
        every: Duration.hours(6),
        encryptionKey: existingKey(around),
        certificateMetrics: 0,
      }),
  },
];
