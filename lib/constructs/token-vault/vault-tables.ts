import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { EncryptedTable } from '../data-store';
import {
  PRIVILEGES,
  type RowAccess,
  reaches,
  VAULT_FUNCTIONS,
  VAULT_TABLES,
  type VaultFunction,
  type VaultTableName,
} from './privileges';
import { EXPIRES, KEY } from './runtime/adapters/dynamodb-rows';

/** As long as DynamoDB goes back; tokens whose subject is erased are unreadable there too. */
const DATA_RECOVERY = Duration.days(35);

/** Everything that reads or writes rows. */
const ROWS = [
  'dynamodb:BatchGetItem',
  'dynamodb:BatchWriteItem',
  'dynamodb:ConditionCheckItem',
  'dynamodb:DeleteItem',
  'dynamodb:GetItem',
  'dynamodb:PartiQLDelete',
  'dynamodb:PartiQLInsert',
  'dynamodb:PartiQLSelect',
  'dynamodb:PartiQLUpdate',
  'dynamodb:PutItem',
  'dynamodb:Query',
  'dynamodb:Scan',
  'dynamodb:UpdateItem',
];

/**
 * Everything that makes a copy beside the recovery that the table has. Of those that policies of tables hold for.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/rbac-iam-actions.html
 */
const COPIES = [
  'dynamodb:CreateBackup',
  'dynamodb:StartAwsBackupJob',
  'dynamodb:ExportTableToPointInTime',
  'dynamodb:EnableKinesisStreamingDestination',
  'dynamodb:UpdateKinesisStreamingDestination',
];

const WRITING = ['PutItem', 'UpdateItem', 'BatchWriteItem'].map((name) => `dynamodb:${name}`);

/** What tables are made with. */
export interface VaultTablesProps {
  readonly tableKey: kms.IKey;
  readonly keysTableKey: kms.IKey;
  readonly roles: Readonly<Record<VaultFunction, iam.IRole>>;
  readonly backupDays: number;
  readonly removalPolicy: RemovalPolicy;
}

/**
 * The tables of a vault: no row is read or written but by its functions, by each those kinds of rows that it needs.
 *
 * Tokens and keys are `EncryptedTable`s. What is short-lived is not, since that one can always be restored: here nothing
 * may be, neither by recovery nor from a backup, stream or export.
 */
export class VaultTables extends Construct {
  readonly data: dynamodb.Table;
  readonly keys: dynamodb.Table;
  readonly shortLived: dynamodb.Table;

  constructor(scope: Construct, id: string, props: VaultTablesProps) {
    super(scope, id);
    const { tableKey: encryptionKey, removalPolicy, backupDays } = props;
    const partitionKey = { name: KEY, type: dynamodb.AttributeType.STRING };
    const common = { partitionKey, encryptionKey, removalPolicy };
    this.data = new EncryptedTable(this, 'Data', {
      ...common,
      timeToLiveAttribute: EXPIRES,
      recoveryPeriod: DATA_RECOVERY,
      deletionProtection: isKept(removalPolicy),
    }).table;
    this.keys = new EncryptedTable(this, 'Keys', {
      ...common,
      encryptionKey: props.keysTableKey,
      recoveryPeriod: Duration.days(backupDays),
      deletionProtection: isKept(removalPolicy),
    }).table;
    this.shortLived = new dynamodb.Table(this, 'ShortLived', {
      ...common,
      encryption: dynamodb.TableEncryption.CUSTOMER_MANAGED,
      billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
      timeToLiveAttribute: EXPIRES,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: false },
      deletionProtection: isKept(removalPolicy),
      resourcePolicy: new iam.PolicyDocument({
        statements: [
          deny('DenyWithoutTls', ['dynamodb:*'], {
            Bool: { 'aws:SecureTransport': 'false' },
          }),
        ],
      }),
    });
    for (const name of VAULT_TABLES) this.protect(name, props.roles);
    for (const name of VAULT_FUNCTIONS) this.admit(name, props);
  }

  table(name: VaultTableName): dynamodb.Table {
    if (name === 'data') return this.data;
    return name === 'keys' ? this.keys : this.shortLived;
  }

  private protect(name: VaultTableName, roles: VaultTablesProps['roles']): void {
    const table = this.table(name);
    const arns = VAULT_FUNCTIONS.filter((each) => reaches(each, name)).map((each) => roles[each].roleArn);
    table.addToResourcePolicy(deny('DenyOthers', ROWS, { ArnNotEquals: { 'aws:PrincipalArn': arns } }));
    if (name !== 'data') table.addToResourcePolicy(deny('DenyCopies', COPIES));
  }

  /** By IAM policies with the kinds of rows; tables and their key are named in full. */
  private admit(name: VaultFunction, { roles, tableKey, keysTableKey }: VaultTablesProps): void {
    const { rows } = PRIVILEGES[name];
    for (const access of rows) roles[name].addToPrincipalPolicy(this.statementOf(access));
    const isOfKeys = ({ table }: RowAccess) => table === 'keys';
    this.admitToKey(
      roles[name],
      keysTableKey,
      rows.filter((access) => isOfKeys(access)),
    );
    this.admitToKey(
      roles[name],
      tableKey,
      rows.filter((access) => !isOfKeys(access)),
    );
  }

  private admitToKey(role: iam.IRole, key: kms.IKey, rows: readonly RowAccess[]): void {
    if (rows.length === 0) return;
    const writes = rows.some(({ actions }) => actions.some((action) => WRITING.includes(action)));
    const { region } = Stack.of(this);
    role.addToPrincipalPolicy(
      new iam.PolicyStatement({
        actions: [
          'kms:Decrypt',
          'kms:DescribeKey',
          ...(writes ? ['kms:Encrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'] : []),
        ],
        resources: [key.keyArn],
        conditions: { StringEquals: { 'kms:ViaService': `dynamodb.${region}.amazonaws.com` } },
      }),
    );
  }

  private statementOf({ table, actions, rows }: RowAccess): iam.PolicyStatement {
    const conditions =
      rows === undefined
        ? undefined
        : {
            'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [...rows] },
            // For all values also holds for none.
            Null: { 'dynamodb:LeadingKeys': 'false' },
          };
    return new iam.PolicyStatement({
      actions: [...actions],
      resources: [this.table(table).tableArn],
      conditions,
    });
  }
}

/** It names no resource: the policy is part of the resource, which cannot refer to itself. */
function deny(sid: string, actions: string[], conditions?: iam.Conditions): iam.PolicyStatement {
  return new iam.PolicyStatement({
    sid,
    effect: iam.Effect.DENY,
    principals: [new iam.StarPrincipal()],
    actions,
    resources: ['*'],
    conditions,
  });
}

function isKept(removalPolicy: RemovalPolicy): boolean {
  return removalPolicy !== RemovalPolicy.DESTROY;
}
