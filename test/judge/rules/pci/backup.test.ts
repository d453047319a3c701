import { BACKUP_ROWS } from '../../../../lib/judge/rules/pci/backup';
import type { JsonMap } from '../../../../lib/judge/template';
import { HIDDEN, it as one, says } from './support';

const plan = (...BackupPlanRule: readonly JsonMap[]): JsonMap =>
  one('AWS::Backup::BackupPlan', { BackupPlan: { BackupPlanName: 'daily', BackupPlanRule } });
const vault = (Properties: JsonMap = {}): JsonMap => one('AWS::Backup::BackupVault', Properties);
const policy = (...Statement: readonly JsonMap[]): JsonMap => vault({ AccessPolicy: { Statement } });
const RULES = 'It.Properties.BackupPlan.BackupPlanRule';
const DENY: JsonMap = {
  Effect: 'Deny',
  Principal: '*',
  Resource: '*',
  Action: [
    'backup:DeleteRecoveryPoint',
    'backup:UpdateRecoveryPointLifecycle',
    'backup:PutBackupVaultAccessPolicy',
  ],
};

test.each<[string, string, JsonMap, readonly string[]]>([
  ['BackupPlanRunsDaily', 'passes the default, five in the morning', plan({}), []],
  [
    'BackupPlanRunsDaily',
    'passes one daily rule beside a monthly one',
    plan({ ScheduleExpression: 'cron(0 5 1 * ? *)' }, { ScheduleExpression: 'cron(0 12 * * ? *)' }),
    [],
  ],
  ['BackupPlanRunsDaily', 'passes every hour', plan({ ScheduleExpression: 'cron(0 * ? * * *)' }), []],
  ['BackupPlanRunsDaily', 'passes a rate', plan({ ScheduleExpression: 'rate(12 hours)' }), []],
  [
    'BackupPlanRunsDaily',
    'fails every week',
    plan({ ScheduleExpression: 'cron(0 5 ? * SUN *)' }),
    [`info violation ${RULES}.0.ScheduleExpression: cron(0 5 ? * SUN *)`],
  ],
  [
    'BackupPlanRunsDaily',
    'fails every other day',
    plan({ ScheduleExpression: 'cron(0 5 */2 * ? *)' }),
    [`info violation ${RULES}.0.ScheduleExpression: cron(0 5 */2 * ? *)`],
  ],
  ['BackupPlanRunsDaily', 'fails a plan without rules', plan(), [`info violation ${RULES}: absent`]],
  [
    'BackupPlanRunsDaily',
    'cannot tell a parameter, which may be daily',
    plan({ ScheduleExpression: 'cron(0 5 1 * ? *)' }, { ScheduleExpression: HIDDEN }),
    [`info unknown ${RULES}.1.ScheduleExpression`],
  ],
  [
    'BackupPlanRunsDaily',
    'cannot tell what is no schedule that it knows',
    plan({ ScheduleExpression: 'rate(3 days)' }),
    [`info unknown ${RULES}.0.ScheduleExpression`],
  ],
  ['BackupIsKeptLongEnough', 'passes 35 days', plan({ Lifecycle: { DeleteAfterDays: 35 } }), []],
  ['BackupIsKeptLongEnough', 'passes for ever', plan({}), []],
  [
    'BackupIsKeptLongEnough',
    'fails each rule with less',
    plan({ Lifecycle: { DeleteAfterDays: 34 } }, { Lifecycle: { DeleteAfterDays: 90 } }),
    [`info violation ${RULES}.0.Lifecycle.DeleteAfterDays: 34`],
  ],
  [
    'BackupIsKeptLongEnough',
    'cannot tell a parameter',
    plan({ Lifecycle: { DeleteAfterDays: HIDDEN } }),
    [`info unknown ${RULES}.0.Lifecycle.DeleteAfterDays`],
  ],
  ['BackupVaultPreventsDeletion', 'passes a policy that denies it to everybody', policy(DENY), []],
  [
    'BackupVaultPreventsDeletion',
    'passes a pattern, and several statements',
    policy(
      { ...DENY, Principal: { AWS: '*' }, Action: 'backup:*RecoveryPoint*' },
      { ...DENY, Action: 'backup:PutBackupVaultAccessPolicy' },
    ),
    [],
  ],
  [
    'BackupVaultPreventsDeletion',
    'passes a lock',
    vault({ LockConfiguration: { MinRetentionDays: 35 } }),
    [],
  ],
  [
    'BackupVaultPreventsDeletion',
    'fails nothing at all',
    vault(),
    ['info violation It.Properties.AccessPolicy: absent'],
  ],
  [
    'BackupVaultPreventsDeletion',
    'fails a policy that anybody may take away, which is what the CDK writes',
    policy({ ...DENY, Action: ['backup:DeleteRecoveryPoint', 'backup:UpdateRecoveryPointLifecycle'] }),
    ['info violation It.Properties.AccessPolicy: no such Deny'],
  ],
  [
    'BackupVaultPreventsDeletion',
    'fails a Deny under a condition, for some, of some, or an Allow',
    policy(
      { ...DENY, Condition: { StringNotEquals: { 'aws:userid': 'A' } } },
      { ...DENY, Principal: { AWS: '111122223333' } },
      { ...DENY, Resource: 'arn:aws:backup:eu-west-1:111122223333:recovery-point:1' },
      { ...DENY, Effect: 'Allow' },
    ),
    ['info violation It.Properties.AccessPolicy: no such Deny'],
  ],
  [
    'BackupVaultPreventsDeletion',
    'cannot tell a parameter',
    vault({ AccessPolicy: HIDDEN }),
    ['info unknown It.Properties.AccessPolicy'],
  ],
  ['BackupVaultUsesOwnKey', 'passes a key', vault({ EncryptionKeyArn: HIDDEN }), []],
  ['BackupVaultUsesOwnKey', 'fails none', vault(), ['info violation It.Properties.EncryptionKeyArn: absent']],
])('%s %s', (id, _, resources, expected) => {
  expect(says(BACKUP_ROWS, id, resources)).toEqual(expected);
});
