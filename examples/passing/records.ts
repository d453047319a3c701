import { Duration, type Stack } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as events from 'aws-cdk-lib/aws-events';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { AlarmTopic, AuditTrail, EncryptedQueue, EncryptedTopic } from 'cdk-secure-transmission';

/** A trail that nobody can change, and a topic that tells people. */
export function auditTrail(stack: Stack): void {
  // #region auditTrail
  new AuditTrail(stack, 'Trail');
  new AlarmTopic(stack, 'Alarms');
  // #endregion auditTrail
}

/** Messages that are encrypted on their way and where they wait. */
export function messages(stack: Stack): void {
  // #region messages
  const orders = new EncryptedTopic(stack, 'Orders');
  orders.addQueue(new EncryptedQueue(stack, 'Packing', { encryptionKey: orders.encryptionKey }));
  // #endregion messages
}

/** Keys, secrets and logs that are changed, and end. */
export function keysAndLogs(stack: Stack): void {
  // #region keysAndLogs
  const key = new kms.Key(stack, 'Key', { enableKeyRotation: true, rotationPeriod: Duration.days(365) });
  const secret = new secretsmanager.Secret(stack, 'ApiKey', { encryptionKey: key });
  secret.addRotationSchedule('Rotation', {
    hostedRotation: secretsmanager.HostedRotation.postgreSqlSingleUser(),
    automaticallyAfter: Duration.days(30),
  });
  new logs.LogGroup(stack, 'Log', {
    retention: logs.RetentionDays.THIRTEEN_MONTHS,
    encryptionKey: key,
    dataProtectionPolicy: new logs.DataProtectionPolicy({
      identifiers: [logs.DataIdentifier.EMAILADDRESS, logs.DataIdentifier.CREDITCARDNUMBER],
    }),
  });
  // #endregion keysAndLogs
}

/** Backups that are made every day, kept for five weeks, and that nobody deletes by hand. */
export function backups(stack: Stack): void {
  // #region backups
  const vault = new backup.BackupVault(stack, 'Vault', {
    encryptionKey: new kms.Key(stack, 'Key', { enableKeyRotation: true }),
    blockRecoveryPointDeletion: true,
    lockConfiguration: { minRetention: Duration.days(7), maxRetention: Duration.days(365) },
  });
  const plan = new backup.BackupPlan(stack, 'Plan', { backupVault: vault });
  plan.addRule(
    new backup.BackupPlanRule({
      ruleName: 'daily',
      scheduleExpression: events.Schedule.cron({ hour: '3', minute: '0' }),
      deleteAfter: Duration.days(35),
    }),
  );
  // #endregion backups
}
