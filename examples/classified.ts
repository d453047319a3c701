/** What an app holds, said in the app: three stores, and what is in each. */
import { type App, Stack, Validations } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { DataClassification, EncryptedTable, GdprChecks, LogBucket, LogKind } from 'cdk-secure-transmission';

/** The app, which is synthesised by whoever runs it. */
export function classified(app: App): Stack {
  const stack = new Stack(app, 'Orders', { env: { region: 'eu-west-1' } });
  const partitionKey = { name: 'id', type: dynamodb.AttributeType.STRING };
  const orders = new EncryptedTable(stack, 'Orders', { partitionKey });
  const payments = new EncryptedTable(stack, 'Payments', { partitionKey });
  const logs = new LogBucket(stack, 'Logs', { kind: LogKind.ALB_ACCESS });
  const eraser = new lambda.Function(stack, 'Eraser', {
    code: lambda.Code.fromInline('exports.handler = async () => {};'),
    handler: 'index.handler',
    runtime: lambda.Runtime.NODEJS_24_X,
  });
  // #region classified
  DataClassification.of(orders).holdsPersonalData({
    categories: ['delivery-address'],
    subjects: ['customers'],
    purposes: ['delivery of orders'],
    lawfulBases: ['contract'],
    recipients: ['Parcels Ltd'],
    transferBases: ['no-transfer'],
    retentionDays: 400,
    owner: 'orders@shop.example',
    erasureHandler: eraser, // a construct of this app, or the name of something outside
  });
  DataClassification.of(payments).set({
    holds: ['payment-token'],
    owner: 'payments@shop.example',
  });
  DataClassification.of(logs).holdsNone('addresses and times of connections, without names or content');
  // #endregion classified
  Validations.of(app).addPlugins(new GdprChecks(app));
  return stack;
}
