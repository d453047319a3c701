import type { DataDescription } from '../../../core/classification';
import type { PackRule } from '../../packs/pack';
import type { Cursor } from '../../template';
import { arbitrate } from '../arbiter';
import { isClusterMember } from '../cluster-member';
import { placesAt } from '../places';
import { decided, unknown, violation } from '../property';
import { COMPLIANT, NOT_APPLICABLE, type Verdict } from '../rule';
import { boundOf, selectedStores } from './backup-selection';
import { personalDataAt } from './personal-data';
import { personalDataRow } from './row';

/** How many days stores of a type keep backups by themselves; where it is not said, so many. */
const AUTOMATIC: Readonly<Record<string, { readonly days: string; readonly otherwise: number }>> = {
  // Each on its page of https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/
  'AWS::DocDB::DBCluster': { days: 'BackupRetentionPeriod', otherwise: 1 },
  'AWS::ElastiCache::ReplicationGroup': { days: 'SnapshotRetentionLimit', otherwise: 0 },
  'AWS::MemoryDB::Cluster': { days: 'SnapshotRetentionLimit', otherwise: 0 },
  'AWS::Neptune::DBCluster': { days: 'BackupRetentionPeriod', otherwise: 1 },
  'AWS::RDS::DBCluster': { days: 'BackupRetentionPeriod', otherwise: 1 },
  'AWS::RDS::DBInstance': { days: 'BackupRetentionPeriod', otherwise: 1 },
  'AWS::Redshift::Cluster': { days: 'AutomatedSnapshotRetentionPeriod', otherwise: 1 },
};

/** Point-in-time recovery of DynamoDB, which keeps 35 days where nothing else is said. */
const RECOVERY = 'PointInTimeRecoverySpecification';
const LONGEST_RECOVERY = 35;

/** Rules on how long backups of personal data are kept, and whether they work, with their levels. */
export const BACKUP_ROWS: readonly PackRule[] = [
  personalDataRow('warning', {
    id: 'BackupOfPersonalDataEnds',
    title: 'backups of personal data end with the data',
    risk: 'What was erased is still there, in every backup: a restore brings it back, and a thief of backups gets the data of people who left years ago.',
    fix: 'Set Lifecycle.DeleteAfterDays in each BackupPlanRule, BackupRetentionPeriod, SnapshotRetentionLimit, or RecoveryPeriodInDays of PointInTimeRecoverySpecification to no more days than data:retention-days. CDK: deleteAfter of BackupPlanRule, which keeps backups for ever where it is left out; backupRetention and backup.retention of databases; recoveryPeriodInDays of pointInTimeRecoverySpecification.',
    references: { gdpr: ['5(1)(e)', '17(1)'], pciDss: ['3.2.1'] },
    resourceTypes: [
      'AWS::Backup::BackupPlan',
      'AWS::DynamoDB::GlobalTable',
      'AWS::DynamoDB::Table',
      ...Object.keys(AUTOMATIC),
    ],
    test: (properties) =>
      properties.resource.type === 'AWS::Backup::BackupPlan' ? planEnds(properties) : backupsEnd(properties),
  }),
  personalDataRow('info', {
    id: 'RestoreOfPersonalDataIsTested',
    title: 'it is tried that backups of personal data can be restored',
    risk: 'Nobody knows that backups are empty, or encrypted with a key that is gone, until the day on which they are needed.',
    fix: 'Add AWS::Backup::RestoreTestingPlan with a ScheduleExpression and a RestoreTestingSelection for the protected resources. CDK: restore testing has L1 only (CfnRestoreTestingPlan and CfnRestoreTestingSelection).',
    references: { gdpr: ['32(1)(c)', '32(1)(d)'] },
    resourceTypes: ['AWS::Backup::BackupPlan'],
    test: (properties) => {
      const { world, resource } = properties;
      if (selectedStores(properties).sure.length === 0) return NOT_APPLICABLE;
      const tested = world.app
        .resourcesOfType('AWS::Backup::RestoreTestingSelection')
        .some((one) => one.template.region === resource.template.region && world.exists(one));
      if (tested) return COMPLIANT;
      const want = 'restored on trial, by a restore testing plan with a selection';
      return violation(properties.at('BackupPlan'), 'never restored', want);
    },
  }),
];

function planEnds(plan: Cursor): readonly Verdict[] {
  const { sure, unsure } = selectedStores(plan);
  const bound = boundOf(sure);
  const maybe = bound === undefined ? boundOf(unsure) : undefined;
  const asked = bound ?? maybe;
  if (asked === undefined) return [NOT_APPLICABLE];
  return placesAt(plan, 'BackupPlan.BackupPlanRule.*').map((rule) => {
    if ('why' in rule) return unknown(rule.at, rule.why);
    const at = rule.at('Lifecycle', 'DeleteAfterDays');
    const verdict = endsWithin(at, asked);
    if (verdict.verdict !== 'violation' || bound !== undefined) return verdict;
    return unknown(at, 'which stores the plan takes is not known, and some of them hold personal data');
  });
}

function endsWithin(
  at: Cursor,
  { most, because }: { readonly most: number; readonly because: string },
): Verdict {
  const want = `${most} days or less`;
  const verdict = decided(at, at.number(), 'violation', want, (days) => days <= most);
  return verdict.verdict === 'violation' ? { ...verdict, detail: because } : verdict;
}

function backupsEnd(properties: Cursor): Verdict | readonly Verdict[] {
  const description = personalDataAt(properties);
  if (description === undefined) return NOT_APPLICABLE;
  const { type } = properties.resource;
  if (type === 'AWS::DynamoDB::Table') return recoveryEnds(properties, description);
  if (type === 'AWS::DynamoDB::GlobalTable') {
    const replicas = properties.at('Replicas');
    const list = replicas.list();
    if (list.state === 'unresolved') return unknown(replicas, list.why);
    return replicas.items().map((replica) => recoveryEnds(replica, description));
  }
  const row = AUTOMATIC[type];
  const { most, because } = arbitrate('backups', { holds: description });
  // The instances of a cluster have its backups.
  if (row === undefined || most === undefined || isClusterMember(properties)) return NOT_APPLICABLE;
  const at = properties.at(row.days);
  return at.isPresent || row.otherwise > most ? endsWithin(at, { most, because }) : COMPLIANT;
}

function recoveryEnds(table: Cursor, description: DataDescription): Verdict {
  const recovery = table.at(RECOVERY);
  const on = recovery.at('PointInTimeRecoveryEnabled');
  const enabled = on.boolean();
  if (enabled.state === 'unresolved') return unknown(on, enabled.why);
  if (enabled.state === 'absent' || !enabled.value) return NOT_APPLICABLE;
  const { ruling, most = LONGEST_RECOVERY, because } = arbitrate('backups', { holds: description });
  if (ruling === 'yields') return violation(on, 'true', 'false', because);
  const at = recovery.at('RecoveryPeriodInDays');
  if (!at.isPresent && most >= LONGEST_RECOVERY) return COMPLIANT;
  return endsWithin(at, { most, because });
}
