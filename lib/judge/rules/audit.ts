import type { PackRule } from '../packs/pack';
import { defineRule } from './define';
import { judged } from './predicates';
import { COMPLIANT, NOT_APPLICABLE } from './rule';

/** History that has to be there (PCI DSS 10.5.1), and how much longer entries may stay (GDPR 5(1)(e)). */
const SHORTEST_HISTORY = 365;
const LONGEST_HISTORY = 400;

/** Rules on the record of what happened, with their levels. */
export const AUDIT_PACK_ROWS: readonly PackRule[] = [
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
    rule: defineRule({
      id: 'LogRetentionCoversAYear',
      title: 'a log group keeps its entries for a year',
      risk: 'Intrusions are found after months; a log that forgets after days has nothing to say about them.',
      fix: `Set RetentionInDays to ${SHORTEST_HISTORY} or ${LONGEST_HISTORY}. CDK: retention: RetentionDays.ONE_YEAR; the default of LogGroup is two years.`,
      references: {
        pciDss: ['10.5.1'],
        gdpr: ['32(1)(d)'],
        securityHub: ['CloudWatch.16'],
        cwe: ['CWE-778'],
        awsConfig: ['CW_LOGGROUP_RETENTION_PERIOD_CHECK'],
      },
      resourceTypes: ['AWS::Logs::LogGroup'],
      reads: 'store',
      judge: ({ kind, retentionDays }) => {
        if (kind !== 'logs') return NOT_APPLICABLE;
        if (retentionDays.value === undefined && retentionDays.unknown === undefined) return COMPLIANT;
        return judged(retentionDays, `at least ${SHORTEST_HISTORY} days`, (days) => days >= SHORTEST_HISTORY);
      },
    }),
  },
  {
    level: 'warning',
    unknown: 'warning',
    rule: defineRule({
      id: 'LogRetentionEnds',
      title: `a log group forgets its entries after ${LONGEST_HISTORY} days`,
      risk: 'Logs hold addresses and names of persons, who have a right to be forgotten; what is kept without need can be stolen.',
      fix: `Set RetentionInDays to ${SHORTEST_HISTORY} or ${LONGEST_HISTORY}. CDK: retention: RetentionDays.ONE_YEAR or THIRTEEN_MONTHS; the default of LogGroup is two years.`,
      references: { pciDss: ['3.2.1'], gdpr: ['5(1)(e)'], cwe: ['CWE-404'] },
      resourceTypes: ['AWS::Logs::LogGroup'],
      reads: 'store',
      judge: ({ kind, retentionDays }) => {
        if (kind !== 'logs' || retentionDays.unknown !== undefined) return NOT_APPLICABLE;
        const days = { ...retentionDays, value: retentionDays.value ?? Number.POSITIVE_INFINITY };
        return judged(days, `at most ${LONGEST_HISTORY} days`, (value) => value <= LONGEST_HISTORY);
      },
    }),
  },
];
