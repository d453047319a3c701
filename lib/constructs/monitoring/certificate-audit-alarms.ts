import { ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { MonitoredMeasure } from './transmission-monitor-measure';

/** An alarm of the audit, but for what it measures. */
export type CertificateAlarm = Omit<MonitoredMeasure, 'metric' | 'threshold'>;

const KEEPS = 'Without data the alarm keeps what it knows: another tells when nobody looks.';

/** The alarms of a `CertificateAudit`. An audit a day has a value a day: between them, alarms keep what they know. */
export const CERTIFICATE_ALARMS = {
  due: {
    id: 'Due',
    title: 'Least life of a certificate that people renew',
    comparisonOperator: ComparisonOperator.LESS_THAN_OR_EQUAL_TO_THRESHOLD,
    missingData: TreatMissingData.IGNORE,
    meaning: `A certificate in use that ACM does not renew by itself (imported, validated by e-mail, not eligible, or its renewal failed) has a third of its life left or less. The log of the function names it. ${KEEPS}`,
    runbook: 'docs/runbooks/certificate-expiring.md',
  },
  overdue: {
    id: 'Overdue',
    title: 'Least life of a certificate in use',
    comparisonOperator: ComparisonOperator.LESS_THAN_OR_EQUAL_TO_THRESHOLD,
    missingData: TreatMissingData.IGNORE,
    meaning: `A certificate in use has a sixth of its life left or less: its renewal is late, and clients will be turned away when it ends. The log of the function names it. ${KEEPS}`,
    runbook: 'docs/runbooks/certificate-expiring.md',
  },
  findings: {
    id: 'Findings',
    title: 'Certificates with errors',
    missingData: TreatMissingData.IGNORE,
    meaning: `A certificate in use has expired, was revoked, could not be renewed, or has a weak key or signature. The log of the function names it and says what to do. ${KEEPS}`,
    runbook: 'docs/runbooks/certificate-findings.md',
  },
  notRead: {
    id: 'NotRead',
    title: 'Certificates that could not be read',
    missingData: TreatMissingData.IGNORE,
    meaning: `A region or a certificate could not be read: nobody knows whether something expires there. The log of the function says why. ${KEEPS}`,
    runbook: 'docs/runbooks/certificate-audit.md',
  },
  notRun: {
    id: 'NotRun',
    title: 'Audits of certificates',
    comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
    // A day that has only begun may have no audit yet.
    evaluationPeriods: 2,
    missingData: TreatMissingData.BREACHING,
    meaning:
      'No audit of certificates ran for two days. Without data nothing ran, which is what this alarm is for; it also goes off before the first run.',
    runbook: 'docs/runbooks/certificate-audit.md',
  },
  failed: {
    id: 'Failed',
    title: 'Audits of certificates that failed',
    missingData: TreatMissingData.NOT_BREACHING,
    meaning: 'The audit of certificates failed. Without data it did not run, of which another alarm tells.',
    runbook: 'docs/runbooks/certificate-audit.md',
  },
} as const satisfies Readonly<Record<string, CertificateAlarm>>;
