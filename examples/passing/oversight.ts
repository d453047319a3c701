import { Duration, type Stack } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as cloudtrail from 'aws-cdk-lib/aws-cloudtrail';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import {
  AlarmTopic,
  AuditTrail,
  DataClassification,
  EncryptedTable,
  LogBucket,
  LogKind,
  Waivers,
} from 'cdk-secure-transmission';
import { samplesOf } from './passing-code';

/** A trail that also records who reads and writes objects in buckets. */
export function recordOfAccess(stack: Stack): void {
  // #region recordOfAccess
  const key = new kms.Key(stack, 'Key', { enableKeyRotation: true });
  const documents = new s3.Bucket(stack, 'Documents', {
    encryption: s3.BucketEncryption.KMS,
    encryptionKey: key,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
  });
  DataClassification.of(documents).holdsPersonalData({
    categories: ['delivery-address'],
    subjects: ['customers'],
    purposes: ['delivery of orders'],
    lawfulBases: ['contract'],
    retentionDays: 90,
    owner: 'orders@shop.example',
  });
  const trail = new cloudtrail.Trail(stack, 'Access', {
    bucket: new LogBucket(stack, 'Record', { kind: LogKind.CLOUDTRAIL, encryptionKey: key }).bucket,
    encryptionKey: key,
    enableFileValidation: true,
    sendToCloudWatchLogs: true,
    cloudWatchLogsRetention: logs.RetentionDays.THIRTEEN_MONTHS,
  });
  trail.logAllS3DataEvents();
  // #endregion recordOfAccess
}

/** People who are told when somebody changes what protects the account, or tries to. */
export function alarmsOfTrail(stack: Stack): void {
  // #region alarmsOfTrail
  const { logGroup } = new AuditTrail(stack, 'Trail');
  const topic = new AlarmTopic(stack, 'Alarms');
  const anyOf = (...names: string[]) => names.map((name) => `($.eventName = ${name})`).join(' || ');
  const patterns = {
    RootUse: '$.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS',
    Refused: '($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*")',
    NoSecondFactor: '($.eventName = ConsoleLogin) && ($.additionalEventData.MFAUsed != "Yes")',
    FailedSignIn: '($.eventName = ConsoleLogin) && ($.errorMessage = "Failed authentication")',
    IamPolicies: anyOf('PutRolePolicy', 'AttachRolePolicy', 'DeleteRolePolicy', 'DetachRolePolicy'),
    BucketPolicies: anyOf('PutBucketPolicy', 'DeleteBucketPolicy', 'PutBucketAcl'),
    NetworkAcls: anyOf('CreateNetworkAclEntry', 'ReplaceNetworkAclEntry', 'DeleteNetworkAclEntry'),
    Gateways: anyOf('AttachInternetGateway', 'DeleteInternetGateway', 'CreateCustomerGateway'),
    Routes: anyOf('CreateRoute', 'ReplaceRoute', 'DeleteRoute', 'DeleteRouteTable'),
    Networks: anyOf('CreateVpc', 'DeleteVpc', 'ModifyVpcAttribute', 'AcceptVpcPeeringConnection'),
  };
  for (const [name, pattern] of Object.entries(patterns)) {
    logGroup
      .addMetricFilter(name, {
        filterPattern: logs.FilterPattern.literal(`{ ${pattern} }`),
        metricNamespace: 'Trail',
        metricName: name,
      })
      .metric({ statistic: 'Sum' })
      .createAlarm(stack, `${name}Alarm`, { threshold: 1, evaluationPeriods: 1 })
      .addAlarmAction(new actions.SnsAction(topic.topic));
  }
  // #endregion alarmsOfTrail
}

/** Backups of a store of persons, of which one is restored every week to see that it can be. */
export function testedBackups(stack: Stack): void {
  // #region testedBackups
  const orders = new EncryptedTable(stack, 'Orders', {
    partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
    timeToLiveAttribute: 'expires',
  });
  DataClassification.of(orders).holdsPersonalData({
    categories: ['delivery-address'],
    subjects: ['customers'],
    purposes: ['delivery of orders'],
    lawfulBases: ['contract'],
    retentionDays: 90,
    owner: 'orders@shop.example',
  });
  const plan = new backup.BackupPlan(stack, 'Plan');
  plan.addRule(
    new backup.BackupPlanRule({
      scheduleExpression: events.Schedule.cron({ hour: '3', minute: '0' }),
      deleteAfter: Duration.days(35),
    }),
  );
  plan.addSelection('Stores', { resources: [backup.BackupResource.fromConstruct(orders)] });

  const test = new backup.CfnRestoreTestingPlan(stack, 'Restores', {
    restoreTestingPlanName: 'weekly',
    scheduleExpression: 'cron(0 5 ? * SUN *)',
    recoveryPointSelection: {
      algorithm: 'LATEST_WITHIN_WINDOW',
      includeVaults: [plan.backupVault.backupVaultArn],
      recoveryPointTypes: ['SNAPSHOT'],
    },
  });
  new backup.CfnRestoreTestingSelection(stack, 'Tables', {
    restoreTestingPlanName: test.ref,
    restoreTestingSelectionName: 'tables',
    protectedResourceType: 'DynamoDB',
    protectedResourceArns: ['*'],
    iamRoleArn: 'arn:aws:iam::111122223333:role/restore-testing',
  });
  // #endregion testedBackups
}

/** A secret about persons that a service desk in another account reads, and nobody else. */
export function sharedSecret(stack: Stack): void {
  // #region sharedSecret
  const login = new secretsmanager.Secret(stack, 'Login', {
    encryptionKey: new kms.Key(stack, 'Key', { enableKeyRotation: true }),
  });
  DataClassification.of(login).holdsPersonalData({
    categories: ['delivery-address'],
    subjects: ['customers'],
    purposes: ['delivery of orders'],
    lawfulBases: ['contract'],
    retentionDays: 90,
    owner: 'orders@shop.example',
    recipients: ['Service Desk Ltd (444455556666)'],
  });
  login.grantRead(iam.Role.fromRoleArn(stack, 'ServiceDesk', 'arn:aws:iam::444455556666:role/service-desk'));
  // #endregion sharedSecret
}

/** What is accepted for a time, in the open. */
export function waiver(stack: Stack): void {
  // #region waiver
  const uploads = new s3.Bucket(stack, 'Uploads', {
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    lifecycleRules: [{ expiration: Duration.days(1) }],
  });
  Waivers.of(uploads).add({
    rule: 'BucketKeepsVersions',
    reason: 'Uploads are read once, within minutes, and are deleted on the same day.',
    owner: 'platform@shop.example',
    ticket: 'SHOP-1234',
    expires: '2027-06-30',
    approvedBy: 'security@shop.example',
  });
  // #endregion waiver
}

/** Samples of this file. */
export const OVERSIGHT = samplesOf('oversight.ts', {
  'A record of who read what': { recordOfAccess },
  'Alarms on what a trail records': { alarmsOfTrail },
  'Backups that are tried': { testedBackups },
  'A secret that others read': { sharedSecret },
  'A finding that is waived': { waiver },
});
