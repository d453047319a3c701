import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { customerKey } from '../customer-key';
import { invalidProperty } from '../invalid-property';
import {
  type EncryptedTableAttributes,
  EncryptedTableBase,
  type IEncryptedTable,
  ImportedEncryptedTable,
} from './encrypted-table-reference';

/**
 * What DynamoDB takes, and keeps where nothing is said.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery_Howitworks.html
 */
const LONGEST_RECOVERY = Duration.days(35);

/** Properties of an `EncryptedTable`. */
export interface EncryptedTableProps {
  /** The attribute that decides where an item is kept. A change replaces the table. */
  readonly partitionKey: dynamodb.Attribute;
  /**
   * The attribute by which items of one partition key are sorted. A change replaces the table.
   *
   * @default - none, a partition key has one item
   */
  readonly sortKey?: dynamodb.Attribute;
  /**
   * The name of the table. A change replaces the table; two tables of one account and region cannot share a name.
   *
   * @default - made by CloudFormation
   */
  readonly tableName?: string;
  /**
   * The key that encrypts items, indexes, stream and backups. A key that AWS manages is refused.
   *
   * @default - a new key, rotated every year and retained
   */
  readonly encryptionKey?: kms.IKey;
  /**
   * The attribute that holds the second, since 1970, from which on an item may be deleted. DynamoDB deletes within days,
   * not at that second, so readers have to look at it too.
   *
   * @default - items are kept until somebody deletes them
   */
  readonly timeToLiveAttribute?: string;
  /**
   * For how long the table can be restored to any second: whole days, from 1 to 35. What was erased can be restored so
   * long too.
   *
   * @default Duration.days(35)
   */
  readonly recoveryPeriod?: Duration;
  /**
   * What the stream of changes holds. The policy of the stream refuses plaintext too.
   *
   * @default - there is no stream
   */
  readonly stream?: dynamodb.StreamViewType;
  /**
   * How many units of reading a second are paid for at most.
   *
   * @default - the quota of the account
   */
  readonly maxReadRequestUnits?: number;
  /**
   * How many units of writing a second are paid for at most.
   *
   * @default - the quota of the account
   */
  readonly maxWriteRequestUnits?: number;
  /**
   * Whether AWS refuses to delete the table.
   *
   * @default true
   */
  readonly deletionProtection?: boolean;
  /**
   * What happens to the table when it leaves the stack.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * A table of DynamoDB that answers no request in clear, and whose items a key of the account encrypts.
 *
 * The endpoints of DynamoDB answer plain HTTP too, so the policies of table and stream deny every request without TLS.
 * They cannot deny by version, since DynamoDB has no condition key for it: by TLS, the endpoints of AWS take 1.2 at
 * least. The table can be restored to any second, and neither it nor its key leaves with the stack.
 *
 * It lives in one region and is paid by request. It is an `AWS::DynamoDB::Table`, since packs that know only that type,
 * cdk-nag's among them, are blind to what `TableV2` makes; the way from one type to the other is an import.
 *
 * @see https://docs.aws.amazon.com/general/latest/gr/ddb.html (protocols of the endpoints)
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/rbac-considerations.html (20 KB in a policy)
 * @see https://aws.amazon.com/blogs/security/tls-1-2-required-for-aws-endpoints/
 */
export class EncryptedTable extends EncryptedTableBase {
  /** A table that exists already. Its policy stays as it is. */
  static fromEncryptedTableAttributes(
    scope: Construct,
    id: string,
    attributes: EncryptedTableAttributes,
  ): IEncryptedTable {
    return new ImportedEncryptedTable(scope, id, attributes);
  }

  readonly tableArn: string;
  readonly tableName: string;
  readonly tableStreamArn?: string;
  readonly table: dynamodb.Table;
  readonly encryptionKey: kms.IKey;

  constructor(scope: Construct, id: string, props: EncryptedTableProps) {
    super(scope, id);
    this.checkTimeToLive(props.timeToLiveAttribute);

    this.encryptionKey = customerKey(this, 'the items of a table', props.encryptionKey);
    this.table = new dynamodb.Table(this, 'Resource', {
      partitionKey: props.partitionKey,
      sortKey: props.sortKey,
      tableName: props.tableName,
      encryption: dynamodb.TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: this.encryptionKey,
      resourcePolicy: new iam.PolicyDocument({ statements: [denyPlaintext()] }),
      billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
      maxReadRequestUnits: props.maxReadRequestUnits,
      maxWriteRequestUnits: props.maxWriteRequestUnits,
      timeToLiveAttribute: props.timeToLiveAttribute,
      pointInTimeRecoverySpecification: {
        pointInTimeRecoveryEnabled: true,
        recoveryPeriodInDays: this.recoveryDays(props.recoveryPeriod ?? LONGEST_RECOVERY),
      },
      stream: props.stream,
      deletionProtection: props.deletionProtection ?? true,
      removalPolicy: props.removalPolicy ?? RemovalPolicy.RETAIN,
    });
    this.tableArn = this.table.tableArn;
    this.tableName = this.table.tableName;
    this.tableStreamArn = this.table.tableStreamArn;
    if (props.stream !== undefined) this.protectStream(props.stream);
  }

  /** Adds an index by other attributes. It is encrypted, and refuses plaintext, as the table does. */
  addGlobalSecondaryIndex(index: dynamodb.GlobalSecondaryIndexProps): void {
    this.table.addGlobalSecondaryIndex(index);
  }

  /** Adds an index by another sort key. One that is added to a table that exists replaces the table. */
  addLocalSecondaryIndex(index: dynamodb.LocalSecondaryIndexProps): void {
    this.table.addLocalSecondaryIndex(index);
  }

  /** By L1: the policy of a table does not hold for its stream, and the L2 has none for it. */
  private protectStream(streamViewType: dynamodb.StreamViewType): void {
    const resource = this.table.node.defaultChild as dynamodb.CfnTable;
    resource.streamSpecification = {
      streamViewType,
      resourcePolicy: { policyDocument: new iam.PolicyDocument({ statements: [denyPlaintext()] }) },
    };
  }

  /** The L2 takes an empty name for none, so that nothing would ever be erased. */
  private checkTimeToLive(attribute: string | undefined): void {
    if (attribute !== '') return;
    throw invalidProperty(
      this,
      "'timeToLiveAttribute' must be the name of an attribute, got '', leave it out",
    );
  }

  /** DynamoDB counts in whole days. */
  private recoveryDays(period: Duration): number {
    if (period.isUnresolved()) {
      throw invalidProperty(
        this,
        "'recoveryPeriod' must be known at synthesis, got an unresolved value, give a literal",
      );
    }
    const days = period.toDays({ integral: false });
    if (Number.isInteger(days) && days >= 1 && days <= LONGEST_RECOVERY.toDays()) return days;
    throw invalidProperty(
      this,
      `'recoveryPeriod' must be whole days, from 1 to ${LONGEST_RECOVERY.toDays()}, got ${period.toHumanString()}`,
    );
  }
}

/**
 * Denies every request without TLS, to a table and its indexes or to a stream.
 *
 * It names no resource: the policy is part of the resource, which cannot refer to itself, and holds for nothing else.
 */
function denyPlaintext(): iam.PolicyStatement {
  return new iam.PolicyStatement({
    sid: 'DenyWithoutTls',
    effect: iam.Effect.DENY,
    principals: [new iam.StarPrincipal()],
    actions: ['dynamodb:*'],
    resources: ['*'],
    conditions: { Bool: { 'aws:SecureTransport': 'false' } },
  });
}
