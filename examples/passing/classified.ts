import type { Stack } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { DataClassification, EncryptedTable } from 'cdk-secure-transmission';

/** Personal data that says what it is, ends by itself, and can be erased. */
export function personalData(stack: Stack): void {
  // #region personalData
  const orders = new EncryptedTable(stack, 'Orders', {
    partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
    encryptionKey: new kms.Key(stack, 'Key', { enableKeyRotation: true }),
    timeToLiveAttribute: 'expires',
  });
  const eraser = new lambda.Function(stack, 'Eraser', {
    code: lambda.Code.fromInline('exports.handler = async () => {};'),
    handler: 'index.handler',
    runtime: lambda.Runtime.NODEJS_24_X,
  });
  orders.grantReadWriteData(eraser);
  DataClassification.of(orders).holdsPersonalData({
    categories: ['delivery-address'],
    subjects: ['customers'],
    purposes: ['delivery of orders'],
    lawfulBases: ['contract'],
    recipients: ['Parcels Ltd'],
    transferBases: ['no-transfer'],
    retentionDays: 400,
    owner: 'orders@shop.example',
    erasureHandler: eraser,
  });
  // #endregion personalData
}
