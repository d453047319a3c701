import { type App, Stack } from 'aws-cdk-lib';
import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import {
  AccountAlarms,
  AlarmTopic,
  AuditTrail,
  DataEvents,
  FindingSeverity,
  SecurityFindings,
  SecurityServices,
} from 'cdk-secure-transmission';

/** An account that is watched: every call is recorded, and somebody is told of those that matter, and of breaches. */
export function watchedAccount(app: App, vaultIn: (stack: Stack) => dynamodb.ITable): Stack {
  const stack = new Stack(app, 'Audit', { env: { region: 'eu-west-1' } });
  const vault = vaultIn(stack);
  // #region audit
  const trail = new AuditTrail(stack, 'Trail', {
    dataEvents: [DataEvents.everyObject(), DataEvents.itemsIn(vault)],
    refusedAtEndpoints: ['dynamodb.amazonaws.com', 'kms.amazonaws.com', 's3.amazonaws.com'],
    auditors: [new iam.ArnPrincipal('arn:aws:iam::111122223333:role/auditor')],
  });
  const { topic } = new AlarmTopic(stack, 'AlarmTopic');
  new AccountAlarms(stack, 'Alarms', { trail, topic });

  new SecurityServices(stack, 'Services', { guardDuty: true, securityHub: true, pciDssStandard: true });
  new SecurityFindings(stack, 'Findings', { topic, leastSeverity: FindingSeverity.MEDIUM });
  // #endregion audit
  return stack;
}
