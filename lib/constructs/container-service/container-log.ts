import { ArnFormat, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

/** Properties of a `ContainerLog`. */
export interface ContainerLogProps {
  readonly retention?: logs.RetentionDays;
  readonly encryptionKey?: kms.IKey;
}

/** The log group of a service, encrypted with a key of the account, which outlives the stack. */
export class ContainerLog extends Construct {
  readonly logGroup: logs.LogGroup;
  readonly encryptionKey: kms.IKey;

  constructor(scope: Construct, id: string, { retention, encryptionKey }: ContainerLogProps) {
    super(scope, id);
    this.encryptionKey =
      encryptionKey ??
      new kms.Key(this, 'Key', {
        description: 'Encrypts the logs of containers',
        enableKeyRotation: true,
        rotationPeriod: Duration.days(365),
        removalPolicy: RemovalPolicy.RETAIN,
      });
    this.logGroup = new logs.LogGroup(this, 'Resource', {
      encryptionKey: this.encryptionKey,
      retention: retention ?? logs.RetentionDays.THIRTEEN_MONTHS,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    admitLogGroups(this, this.encryptionKey);
  }
}

/**
 * Lets CloudWatch Logs use a key for the log groups of this account and region, whose names are not known
 * before.
 */
function admitLogGroups(scope: Construct, key: kms.IKey): void {
  const stack = Stack.of(scope);
  const logGroups = stack.formatArn({
    service: 'logs',
    resource: 'log-group',
    resourceName: '*',
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  key.addToResourcePolicy(
    new iam.PolicyStatement({
      principals: [new iam.ServicePrincipal(`logs.${stack.region}.${stack.urlSuffix}`)],
      actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
      resources: ['*'],
      conditions: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': logGroups } },
    }),
  );
}
