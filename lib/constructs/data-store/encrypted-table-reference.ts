import { type IResource, Resource } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { invalidProperty } from '../invalid-property';

/** A table of DynamoDB that answers no request in clear, and whose items a key of the account encrypts. */
export interface IEncryptedTable extends IResource {
  /**
   * The ARN of the table.
   *
   * @attribute
   */
  readonly tableArn: string;
  /**
   * The name of the table.
   *
   * @attribute
   */
  readonly tableName: string;
  /** The ARN of its stream of changes; absent where it has none, or none is known. */
  readonly tableStreamArn?: string;
  /** The table underneath. What is changed there escapes the checks of this construct. */
  readonly table: dynamodb.ITable;
  /** The key that encrypts items, indexes, streams and backups. */
  readonly encryptionKey: kms.IKey;

  /** Lets a principal read items of table and indexes, and decrypt with the key. Services are refused. */
  grantReadData(grantee: iam.IGrantable): iam.Grant;
  /** Lets a principal write and delete items, and use the key for it; it may not read them. Services are refused. */
  grantWriteData(grantee: iam.IGrantable): iam.Grant;
  /** Lets a principal read, write and delete items, and use the key for it. Services are refused. */
  grantReadWriteData(grantee: iam.IGrantable): iam.Grant;
  /**
   * Lets a principal read the stream of changes, and decrypt with the key.
   *
   * @throws where the table has no stream
   */
  grantStreamRead(grantee: iam.IGrantable): iam.Grant;
  /** A metric of the table. */
  metric(metricName: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric;
  /** Reads that DynamoDB turned away because they exceeded a limit, of the table or of one partition. */
  metricReadThrottleEvents(options?: cloudwatch.MetricOptions): cloudwatch.Metric;
  /** Writes that DynamoDB turned away because they exceeded a limit, of the table or of one partition. */
  metricWriteThrottleEvents(options?: cloudwatch.MetricOptions): cloudwatch.Metric;
  /** Items that were deleted because their time had come: none for days means that nothing is erased. */
  metricTimeToLiveDeletedItemCount(options?: cloudwatch.MetricOptions): cloudwatch.Metric;
}

/** What identifies a table that exists already. */
export interface EncryptedTableAttributes {
  /** The ARN of the table. */
  readonly tableArn: string;
  /** The key that encrypts it. */
  readonly encryptionKey: kms.IKey;
  /**
   * The ARN of its stream of changes.
   *
   * @default - `grantStreamRead` cannot be used
   */
  readonly tableStreamArn?: string;
}

/** What tables have in common, whoever made them. */
export abstract class EncryptedTableBase extends Resource implements IEncryptedTable {
  abstract readonly tableArn: string;
  abstract readonly tableName: string;
  abstract readonly tableStreamArn?: string;
  abstract readonly table: dynamodb.ITable;
  abstract readonly encryptionKey: kms.IKey;

  grantReadData(grantee: iam.IGrantable): iam.Grant {
    return this.table.grantReadData(grantee);
  }

  grantWriteData(grantee: iam.IGrantable): iam.Grant {
    return this.table.grantWriteData(grantee);
  }

  grantReadWriteData(grantee: iam.IGrantable): iam.Grant {
    return this.table.grantReadWriteData(grantee);
  }

  grantStreamRead(grantee: iam.IGrantable): iam.Grant {
    if (this.tableStreamArn !== undefined) return this.table.grantStreamRead(grantee);
    throw invalidProperty(
      this,
      "'stream' must be set, or 'tableStreamArn' be among the attributes of an imported table, to let anybody read it",
    );
  }

  metric(metricName: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return new cloudwatch.Metric({
      namespace: 'AWS/DynamoDB',
      metricName,
      dimensionsMap: { TableName: this.tableName },
      statistic: cloudwatch.Stats.SUM,
      ...options,
    }).attachTo(this);
  }

  metricReadThrottleEvents(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('ReadThrottleEvents', options);
  }

  metricWriteThrottleEvents(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('WriteThrottleEvents', options);
  }

  metricTimeToLiveDeletedItemCount(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('TimeToLiveDeletedItemCount', options);
  }
}

/** A table that exists already. */
export class ImportedEncryptedTable extends EncryptedTableBase {
  readonly tableArn: string;
  readonly tableName: string;
  readonly tableStreamArn?: string;
  readonly table: dynamodb.ITable;
  readonly encryptionKey: kms.IKey;

  constructor(scope: Construct, id: string, attributes: EncryptedTableAttributes) {
    const { tableArn, tableStreamArn, encryptionKey } = attributes;
    super(scope, id, { environmentFromArn: tableArn });
    this.tableArn = tableArn;
    this.tableStreamArn = tableStreamArn;
    this.encryptionKey = encryptionKey;
    this.table = dynamodb.Table.fromTableAttributes(this, 'Table', {
      tableArn,
      tableStreamArn,
      encryptionKey,
      // Its indexes are not known: whoever may read the table may read what it is sorted by.
      grantIndexPermissions: true,
    });
    this.tableName = this.table.tableName;
  }
}
