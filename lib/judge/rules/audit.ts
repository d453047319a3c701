import type { PackRule } from '../packs/pack';
import { defineRule } from './define';
import { forgetsEntries, keepsHistory } from './log-retention';
import type { HistoryParameters } from './parameters';
import { judged } from './predicates';
import { propertyRule } from './property';
import { NOT_APPLICABLE } from './rule';

/**
 * The days that a log group can keep its entries.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
 */
export const LOG_RETENTIONS: readonly number[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** Rules on the record of what happened, with their levels. */
export function auditRows(parameters: HistoryParameters): readonly PackRule[] {
  const { logRetentionLeastDays: least, logRetentionMostDays: most } = parameters;
  const days = LOG_RETENTIONS.filter((each) => each >= least && each <= most).join(' or ');
  return [
    {
      level: 'error',
      unknown: 'error',
      rule: defineRule({
        id: 'TrailIsLogging',
        title: 'a CloudTrail trail records',
        risk: 'A trail that is there and switched off records nothing: nobody can tell later who took what.',
        fix: 'Set IsLogging to true. CDK: Trail always sets it; look for an override or a CfnTrail.',
        references: {
          pciDss: ['10.2.1', '10.7.2', '10.2.2'],
          gdpr: ['32(1)(d)', '33(1)'],
          cwe: ['CWE-778'],
          awsConfig: ['CLOUD_TRAIL_ENABLED'],
        },
        resourceTypes: ['AWS::CloudTrail::Trail'],
        reads: 'audit-trail',
        judge: ({ logging }) => judged(logging, 'true', (on) => on),
      }),
    },
    {
      level: 'warning',
      unknown: 'warning',
      rule: defineRule({
        id: 'TrailCoversEveryRegion',
        title: 'a CloudTrail trail records calls in every region',
        risk: 'Whoever has stolen credentials works in the region that nobody looks at.',
        fix: 'Set IsMultiRegionTrail to true. CDK: isMultiRegionTrail, which Trail sets by default.',
        references: {
          pciDss: ['10.2.1', '10.2.2'],
          gdpr: ['32(1)(d)'],
          securityHub: ['CloudTrail.1'],
          cwe: ['CWE-778'],
          awsConfig: ['MULTI_REGION_CLOUD_TRAIL_ENABLED'],
        },
        resourceTypes: ['AWS::CloudTrail::Trail'],
        reads: 'audit-trail',
        // A trail that records nothing is another fault.
        judge: ({ logging, everyRegion }) =>
          logging.value === false ? NOT_APPLICABLE : judged(everyRegion, 'true', (every) => every),
      }),
    },
    {
      level: 'warning',
      unknown: 'warning',
      rule: propertyRule({
        id: 'LogRetentionCoversAYear',
        title: 'a log group keeps its entries for a year',
        risk: 'Intrusions are found after months; a log that forgets after days has nothing to say about them.',
        fix: `Set RetentionInDays to ${days}. CDK: retention: RetentionDays.ONE_YEAR; the default of LogGroup is two years.`,
        references: {
          pciDss: ['10.5.1'],
          gdpr: ['32(1)(d)'],
          securityHub: ['CloudWatch.16'],
          cwe: ['CWE-778'],
          awsConfig: ['CW_LOGGROUP_RETENTION_PERIOD_CHECK'],
        },
        resourceTypes: ['AWS::Logs::LogGroup'],
        test: keepsHistory({ least, most }),
      }),
    },
    {
      level: 'warning',
      unknown: 'warning',
      rule: propertyRule({
        id: 'LogRetentionEnds',
        title: `a log group forgets its entries after ${most} days`,
        risk: 'Logs hold addresses and names of persons, who have a right to be forgotten; what is kept without need can be stolen.',
        fix: `Set RetentionInDays to ${days}. CDK: retention: RetentionDays.ONE_YEAR or THIRTEEN_MONTHS; the default of LogGroup is two years.`,
        references: { pciDss: ['3.2.1'], gdpr: ['5(1)(e)'], cwe: ['CWE-404'] },
        resourceTypes: ['AWS::Logs::LogGroup'],
        test: forgetsEntries({ least, most }),
      }),
    },
  ];
}
