import { Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import {
  AccountAlarms,
  AnalyzerScope,
  AuditTrail,
  DataEvents,
  FindingSeverity,
  FindingSource,
  SecurityFindings,
  SecurityServices,
  TrailInsight,
} from '../../../lib';
import { type ConstructSample, existingBucket, existingKey, existingTopic } from './construct-sample';

const TRAIL = 'arn:aws:cloudtrail:eu-west-1:111122223333:trail/main';

/** The trail with all that it can record, and what tells people about it. */
export const AUDIT_SAMPLES: readonly ConstructSample[] = [
  {
    construct: 'AuditTrail',
    options:
      'of an organisation: data events, calls that endpoints refuse, insights, named auditors, an archive',
    build: (stack) =>
      new AuditTrail(stack, 'Trail', {
        organization: { organizationId: 'o-a1b2c3d4e5' },
        dataEvents: [DataEvents.everyObject(), DataEvents.everyItem(), DataEvents.everyCall()],
        refusedAtEndpoints: ['kms.amazonaws.com', 's3.amazonaws.com'],
        insights: [TrailInsight.API_CALL_RATE, TrailInsight.API_ERROR_RATE],
        auditors: [new iam.ArnPrincipal('arn:aws:iam::111122223333:role/auditor')],
        archiveAfter: Duration.days(180),
      }),
  },
  {
    construct: 'AccountAlarms',
    build: (stack, around) =>
      new AccountAlarms(stack, 'Alarms', {
        trail: new AuditTrail(around, 'Trail'),
        topic: existingTopic(around),
      }),
  },
  {
    construct: 'AccountAlarms',
    options: 'of a trail that exists, other thresholds, one alarm left out',
    build: (stack, around) =>
      new AccountAlarms(stack, 'Alarms', {
        trail: AuditTrail.fromAuditTrailAttributes(around, 'Trail', {
          trailArn: TRAIL,
          bucket: existingBucket(around, 'trail-of-example'),
          encryptionKey: existingKey(around),
          logGroup: logs.LogGroup.fromLogGroupName(around, 'TrailLog', 'trail'),
        }),
        topic: existingTopic(around),
        thresholds: { 'unauthorised-calls': 50 },
        leftOutReasons: {
          'organization-changes':
            'The management account watches the organisation, and tells the same people.',
        },
      }),
  },
  {
    construct: 'SecurityFindings',
    build: (stack, around) => new SecurityFindings(stack, 'Findings', { topic: existingTopic(around) }),
  },
  {
    construct: 'SecurityFindings',
    options: 'of two services, from medium severity on',
    build: (stack, around) =>
      new SecurityFindings(stack, 'Findings', {
        topic: existingTopic(around),
        leastSeverity: FindingSeverity.MEDIUM,
        sources: [FindingSource.GUARD_DUTY, FindingSource.SECURITY_HUB],
      }),
  },
  {
    construct: 'SecurityServices',
    build: (stack) => new SecurityServices(stack, 'Services', { pciDssStandard: true }),
  },
  {
    construct: 'SecurityServices',
    options: 'all of them',
    build: (stack) =>
      new SecurityServices(stack, 'Services', {
        guardDuty: true,
        macie: true,
        accessAnalyzer: AnalyzerScope.ACCOUNT,
        securityHub: true,
        pciDssStandard: true,
      }),
  },
];
