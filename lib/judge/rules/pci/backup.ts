import type { PackRule } from '../../packs/pack';
import { readDocument } from '../../policy';
import { takesIn } from '../../policy/glob';
import { type Cursor, isValueList, isValueMap, Unresolved, type Value } from '../../template';
import { longestBackupOf } from '../gdpr/backup-selection';
import { anyOf, isAtLeast, isPresent, type PropertyTest, propertyRow, unknown, violation } from '../property';
import { COMPLIANT, type Verdict } from '../rule';
import { BACKED_UP_TYPES, isInBackupPlan } from './backup-selection';
import { ACCESS, AT_REST } from './requirements';

const PLAN = 'AWS::Backup::BackupPlan';
const VAULT = 'AWS::Backup::BackupVault';

/** The default of the rules of AWS Config. */
const SHORTEST = 35;

/** Rules on AWS Backup, with their levels. */
export const BACKUP_ROWS: readonly PackRule[] = [
  propertyRow('info', {
    id: 'StoreIsInBackupPlan',
    title: 'a store is in a backup plan',
    risk: 'What a faulty release or an intruder removes is gone; copies that the service itself makes go with the store, or with whoever may remove it.',
    fix: 'Name its ARN, a pattern, or one of its tags in BackupSelection of an AWS::Backup::BackupSelection; for EFS BackupPolicy with Status ENABLED does as well. A plan of the organisation, or of another app, is not seen here. CDK: plan.addSelection(id, { resources: [BackupResource.fromConstruct(store)] }) of BackupPlan.',
    references: {
      pciDss: ['10.3.3'],
      gdpr: ['32(1)(c)'],
      securityHub: ['DynamoDB.4', 'EC2.28', 'EFS.2', 'RDS.26'],
      cwe: ['CWE-404'],
      awsConfig: [
        'AURORA_RESOURCES_PROTECTED_BY_BACKUP_PLAN',
        'DYNAMODB_IN_BACKUP_PLAN',
        'DYNAMODB_RESOURCES_PROTECTED_BY_BACKUP_PLAN',
        'EBS_IN_BACKUP_PLAN',
        'EBS_RESOURCES_PROTECTED_BY_BACKUP_PLAN',
        'EC2_RESOURCES_PROTECTED_BY_BACKUP_PLAN',
        'EFS_IN_BACKUP_PLAN',
        'EFS_RESOURCES_PROTECTED_BY_BACKUP_PLAN',
        'FSX_RESOURCES_PROTECTED_BY_BACKUP_PLAN',
        'RDS_IN_BACKUP_PLAN',
        'RDS_RESOURCES_PROTECTED_BY_BACKUP_PLAN',
        'S3_RESOURCES_PROTECTED_BY_BACKUP_PLAN',
      ],
    },
    resourceTypes: BACKED_UP_TYPES,
    test: isInBackupPlan,
  }),
  propertyRow('info', {
    id: 'BackupPlanRunsDaily',
    title: 'a backup plan makes a backup every day',
    risk: 'What was written since the last backup is gone with the store.',
    fix: 'Give one of BackupPlan.BackupPlanRule a ScheduleExpression that comes every day, or none: five in the morning is the default. CDK: BackupPlanRule.daily(), or BackupPlan.dailyWeeklyMonthly5YearRetention.',
    references: {
      pciDss: ['10.3.3'],
      gdpr: ['32(1)(c)'],
      cwe: ['CWE-404'],
      awsConfig: ['BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK'],
    },
    resourceTypes: [PLAN],
    test: (properties) => {
      const rules = properties.at('BackupPlan', 'BackupPlanRule');
      const list = rules.list();
      if (list.state === 'unresolved') return unknown(rules, list.why);
      const verdicts = list.state === 'given' ? list.value.map(runsDaily) : [];
      const [first] = verdicts;
      if (first === undefined) return violation(rules, 'absent', 'a rule that comes every day');
      const order = ['compliant', 'unknown', 'violation'] as const;
      return order.flatMap((kind) => verdicts.find(({ verdict }) => verdict === kind) ?? [])[0] ?? first;
    },
  }),
  propertyRow('info', {
    id: 'BackupIsKeptLongEnough',
    title: `a backup is kept for ${SHORTEST} days`,
    risk: 'Faults and intruders are often found after weeks, when the last good backup is gone.',
    fix: `Set Lifecycle.DeleteAfterDays of each BackupPlanRule to ${SHORTEST} or more; left out, backups stay for ever. CDK: deleteAfter: Duration.days(${SHORTEST}) of BackupPlanRule.`,
    references: {
      pciDss: ['10.3.3', '10.5.1'],
      gdpr: ['32(1)(c)'],
      cwe: ['CWE-404'],
      awsConfig: [
        'BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK',
        'BACKUP_RECOVERY_POINT_MINIMUM_RETENTION_CHECK',
      ],
    },
    resourceTypes: [PLAN],
    test: (properties, context) => {
      const rules = properties.at('BackupPlan', 'BackupPlanRule');
      const list = rules.list();
      if (list.state === 'unresolved') return unknown(rules, list.why);
      const least = Math.min(SHORTEST, longestBackupOf(properties) ?? SHORTEST);
      const isKept = isAtLeast('Lifecycle.DeleteAfterDays', least, { absent: 'compliant' });
      return list.state === 'given' ? list.value.flatMap((rule) => isKept(rule, context)) : COMPLIANT;
    },
  }),
  propertyRow('info', {
    id: 'BackupVaultPreventsDeletion',
    title: 'nobody can remove backups from a vault by hand',
    risk: 'Whoever takes over an administrator removes the backups first, and the data then.',
    fix: 'Add to AccessPolicy a statement with Effect Deny, Principal "*", Resource "*" and the actions backup:DeleteRecoveryPoint, backup:UpdateRecoveryPointLifecycle and backup:PutBackupVaultAccessPolicy, or set LockConfiguration, for no longer than personal data may be kept. CDK: accessPolicy or lockConfiguration on BackupVault; blockRecoveryPointDeletion: true does not deny backup:PutBackupVaultAccessPolicy, so that the policy itself can be taken away.',
    references: {
      pciDss: [...ACCESS, '10.3.2', 'A1.1.2', 'A3.4.1'],
      gdpr: ['32(1)(c)'],
      cwe: ['CWE-732'],
      awsConfig: ['BACKUP_RECOVERY_POINT_MANUAL_DELETION_DISABLED'],
    },
    resourceTypes: [VAULT],
    test: anyOf(deniesDeletion, isPresent('LockConfiguration')),
  }),
  propertyRow('info', {
    id: 'BackupVaultUsesOwnKey',
    title: 'a vault is encrypted with a key that was chosen for it',
    risk: 'The key that AWS Backup makes is one for all vaults, and nobody can change who may use it.',
    fix: 'Set EncryptionKeyArn (the vault is replaced). CDK: encryptionKey on BackupVault; the default is the key aws/backup.',
    references: {
      pciDss: AT_REST,
      gdpr: ['32(1)(a)'],
      securityHub: ['Backup.1'],
      cwe: ['CWE-320'],
      awsConfig: ['BACKUP_RECOVERY_POINT_ENCRYPTED'],
    },
    resourceTypes: [VAULT],
    test: isPresent('EncryptionKeyArn', 'the ARN of a key'),
  }),
];

function runsDaily(rule: Cursor): Verdict {
  const at = rule.at('ScheduleExpression');
  const reading = at.string();
  if (reading.state === 'unresolved') return unknown(at, reading.why);
  if (reading.state === 'absent' || isDaily(reading.value)) return COMPLIANT;
  const isCron = /^cron\(/.test(reading.value.trim());
  return isCron
    ? violation(at, reading.value, 'every day')
    : unknown(at, `how often ${reading.value} comes is not worked out`);
}

/** `cron(minutes hours day month weekday year)`: every day of every month. */
function isDaily(expression: string): boolean {
  const rate = /^rate\((?:\d+ (?:minute|hour)s?|1 day)\)$/.test(expression.trim());
  const fields = /^cron\((.+)\)$/.exec(expression.trim())?.[1]?.split(/\s+/) ?? [];
  const [, , day = '', month = '', weekday = '', year = ''] = fields;
  const isEvery = (field: string) => /^[*?]$|^1\/1$|^\*\/1$/.test(field);
  return rate || (fields.length === 6 && [day, month, weekday, year].every(isEvery));
}

const KEPT = [
  'backup:deleterecoverypoint',
  'backup:updaterecoverypointlifecycle',
  'backup:putbackupvaultaccesspolicy',
];

/** @see https://docs.aws.amazon.com/config/latest/developerguide/backup-recovery-point-manual-deletion-disabled.html */
function deniesDeletion(properties: Cursor): ReturnType<PropertyTest> {
  const at = properties.at('AccessPolicy');
  const document = readDocument(at);
  if (document.state === 'unresolved') return unknown(at, document.why);
  const statements = document.state === 'given' ? document.statements : [];
  const denied = statements.flatMap(({ content }) =>
    content instanceof Unresolved ? [] : deniedIn(content),
  );
  if (KEPT.every((action) => denied.some((pattern) => takesIn(pattern, action)))) return COMPLIANT;
  const hidden = statements.find(({ content }) => content instanceof Unresolved);
  if (hidden?.content instanceof Unresolved) return unknown(at, hidden.content.why);
  const got = document.state === 'absent' ? 'absent' : 'no such Deny';
  return violation(at, got, 'a Deny of backup:DeleteRecoveryPoint for everybody');
}

/** The actions that a statement denies to everybody, whatever else is so. */
function deniedIn(content: { readonly [key: string]: Value }): readonly string[] {
  const { Effect: effect, Principal: principal, Resource: resource, Condition: condition } = content;
  const everybody = isValueMap(principal) ? principal.AWS : principal;
  const isForAll = [everybody].flat().includes('*') && [resource].flat().includes('*');
  if (effect !== 'Deny' || !isForAll || condition !== undefined) return [];
  const action = content.Action;
  return (isValueList(action) ? action : [action]).flatMap((one) =>
    typeof one === 'string' ? [one.toLowerCase()] : [],
  );
}
