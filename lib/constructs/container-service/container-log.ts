import { RemovalPolicy } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { customerKey } from '../customer-key';
import { admitLogGroups } from '../log-store';

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
    this.encryptionKey = customerKey(this, 'the logs of containers', encryptionKey);
    this.logGroup = new logs.LogGroup(this, 'Resource', {
      encryptionKey: this.encryptionKey,
      retention: retention ?? logs.RetentionDays.THIRTEEN_MONTHS,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    admitLogGroups(this, this.encryptionKey);
  }
}
