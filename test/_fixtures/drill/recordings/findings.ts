import type { RecordedEvent, Recordings } from '../recording';

/** An event of a service, with the ids that the documentation uses. */
function event(source: string, detailType: string, detail: object): RecordedEvent['event'] {
  return {
    version: '0',
    id: '11111111-2222-3333-4444-555555555555',
    'detail-type': detailType,
    source,
    account: '111122223333',
    time: '2026-11-22T10:20:30Z',
    region: 'eu-west-1',
    resources: [],
    detail,
  };
}

/** https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings_eventbridge.html */
const guardDuty = (severity: number) =>
  event('aws.guardduty', 'GuardDuty Finding', {
    schemaVersion: '2.0',
    accountId: '111122223333',
    region: 'eu-west-1',
    partition: 'aws',
    id: '16afba5c5c43e07c9e3e5e2e544e95df',
    arn: 'arn:aws:guardduty:eu-west-1:111122223333:detector/123456789012/finding/16afba5c5c43e07c9e3e5e2e544e95df',
    type: 'Exfiltration:S3/AnomalousBehavior',
    resource: { resourceType: 'AccessKey' },
    service: { serviceName: 'guardduty', archived: false, count: 1 },
    severity,
    title: 'Principal alice read objects in an unusual way.',
  });

/** https://docs.aws.amazon.com/macie/latest/user/findings-publish-event-schemas.html */
const macie = (description: string, score: number) =>
  event('aws.macie', 'Macie Finding', {
    schemaVersion: '1.0',
    id: '64b917aa-3843-014c-91d8-937ffexample',
    accountId: '111122223333',
    type: 'SensitiveData:S3Object/Financial',
    severity: { score, description },
    category: 'CLASSIFICATION',
    archived: false,
    count: 1,
  });

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-eventbridge.html */
const accessAnalyzer = (status: string) =>
  event('aws.access-analyzer', 'Access Analyzer Finding', {
    version: '1.0',
    id: 'db000e55-ea7d-46a0-a7c1-d6a7e0a1f5cd',
    status,
    resourceType: 'AWS::S3::Bucket',
    resource: 'arn:aws:s3:::invoices-of-example',
    principal: { AWS: '999988887777' },
    isPublic: false,
    accountId: '111122223333',
    isDeleted: false,
  });

/** https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-cwe-event-formats.html */
const securityHub = (more: object = {}) =>
  event('aws.securityhub', 'Security Hub Findings - Imported', {
    findings: [
      {
        SchemaVersion: '2018-10-08',
        ProductArn: 'arn:aws:securityhub:eu-west-1::product/aws/securityhub',
        ProductName: 'Security Hub',
        AwsAccountId: '111122223333',
        Title: 'S3 general purpose buckets should require requests to use SSL',
        Severity: { Label: 'HIGH', Original: 'HIGH' },
        Compliance: { Status: 'FAILED', SecurityControlId: 'S3.5' },
        Workflow: { Status: 'NEW' },
        RecordState: 'ACTIVE',
        ...more,
      },
    ],
  });

/** https://docs.aws.amazon.com/config/latest/developerguide/example-config-rule-compliance-notification.html */
const config = (complianceType: string, configRuleName = 'cloudtrail-enabled') =>
  event('aws.config', 'Config Rules Compliance Change', {
    awsAccountId: '111122223333',
    configRuleName,
    configRuleARN: 'arn:aws:config:eu-west-1:111122223333:config-rule/config-rule-9rpvxc',
    resourceType: 'AWS::::Account',
    resourceId: '111122223333',
    awsRegion: 'eu-west-1',
    newEvaluationResult: { complianceType },
    messageType: 'ComplianceChangeNotification',
    recordVersion: '1.0',
  });

/** What the rules of `SecurityFindings` are tried with, as they are by default. */
export const FINDING_RECORDINGS: Recordings = {
  events: [
    { name: 'GuardDuty', event: guardDuty(8) },
    { name: 'Macie', event: macie('High', 3) },
    { name: 'AccessAnalyzer', event: accessAnalyzer('ACTIVE') },
    { name: 'SecurityHub', event: securityHub() },
    { name: 'Config', event: config('NON_COMPLIANT') },
  ],
  harmless: {
    events: [
      { name: 'a threat of medium severity', event: guardDuty(6.9) },
      { name: 'a call to GuardDuty', event: event('aws.guardduty', 'AWS API Call via CloudTrail', {}) },
      { name: 'data of medium severity', event: macie('Medium', 2) },
      { name: 'access that was ended', event: accessAnalyzer('RESOLVED') },
      { name: 'access that is meant', event: accessAnalyzer('ARCHIVED') },
      { name: 'a check of medium severity', event: securityHub({ Severity: { Label: 'MEDIUM' } }) },
      {
        name: 'a check that has passed',
        event: securityHub({
          Severity: { Label: 'INFORMATIONAL' },
          Compliance: { Status: 'PASSED' },
          Workflow: { Status: 'RESOLVED' },
        }),
      },
      { name: 'a check that is suppressed', event: securityHub({ Workflow: { Status: 'SUPPRESSED' } }) },
      { name: 'a finding of a resource that is gone', event: securityHub({ RecordState: 'ARCHIVED' }) },
      { name: 'a threat that Security Hub hands on', event: securityHub({ ProductName: 'GuardDuty' }) },
      { name: 'a resource that fulfils a rule', event: config('COMPLIANT') },
      {
        name: 'a rule of Security Hub',
        event: config('NON_COMPLIANT', 'securityhub-s3-bucket-ssl-1a2b3c4d'),
      },
    ],
  },
};
