import { Names, RemovalPolicy } from 'aws-cdk-lib';
import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { customerKey } from '../customer-key';
import { dataSubnets } from '../data-store/data-subnets';
import { invalidProperty } from '../invalid-property';
import { AlarmTopic } from '../messaging';
import { PrivateNetwork } from '../network';
import type { PrivateApi } from '../private-api';
import { PRIVILEGES, VAULT_FUNCTIONS, type VaultFunction } from './privileges';
import { API_ALIAS, OPERATOR_ALIAS } from './runtime/http/caller';
import type { TokenVaultProps, VaultTenant } from './token-vault-props';
import {
  ImportedTokenVault,
  type ITokenVault,
  type TokenVaultAttributes,
  TokenVaultBase,
} from './token-vault-reference';
import { VaultAlarms } from './vault-alarms';
import { checkTokenVault, checkVariables } from './vault-checks';
import { describeVault } from './vault-description';
import { VaultFunctions } from './vault-functions';
import { VaultKeys } from './vault-keys';
import { VaultLedger } from './vault-ledger';
import { vaultSecurityGroup } from './vault-network';
import { aliasOf, bodyOf, functionOf, functionsOf, pathOf, VAULT_PATHS } from './vault-routes';
import { VaultTables } from './vault-tables';

/** The days for which an erased key could be restored, unless told otherwise. */
const BACKUP_DAYS = 7;
/** Who rotates branch keys, as the audit record names it. */
const OPERATOR = 'operator';

/**
 * Tokens in place of data: card numbers and personal data are kept here, apps hold tokens, and a subject is erased by the
 * destruction of its key, in every backup too.
 *
 * Each privilege has a function with a role of its own: the one that reveals masked views cannot decrypt a value, the one
 * that erases can decrypt nothing. Who administers the keys cannot use them, nobody but the functions reaches a row, and
 * policies of the tables keep copies from being made. All of it is in private subnets, from which endpoints lead to KMS,
 * CloudWatch Logs, DynamoDB and Amazon S3, and nothing else does.
 *
 * At rest it adds six KMS keys, two interface endpoints, and two to four alarms for each grantee.
 */
export class TokenVault extends TokenVaultBase {
  /** A vault that another stack or app defines, to let principals call it and to measure it. */
  static fromTokenVaultAttributes(
    scope: Construct,
    id: string,
    attributes: TokenVaultAttributes,
  ): ITokenVault {
    return new ImportedTokenVault(scope, id, attributes);
  }

  /**
   * A new vault in the network of the baseline, whose alarms go to the topic of the baseline.
   *
   * @throws TransmissionError where there is no baseline, or the stack is elsewhere
   */
  static fromBaseline(
    scope: Construct,
    id: string,
    props: Omit<TokenVaultProps, 'network' | 'alarmTopic'>,
  ): TokenVault {
    const network = PrivateNetwork.fromBaseline(scope, `${id}Network`);
    const alarmTopic = AlarmTopic.fromBaseline(scope, `${id}Alarms`).topic;
    return new TokenVault(scope, id, { ...props, network, alarmTopic });
  }

  readonly vaultName: string;
  readonly dataTable: dynamodb.ITable;
  readonly keysTable: dynamodb.ITable;
  readonly shortLivedTable: dynamodb.ITable;
  /** Encrypts the tables of tokens; used through DynamoDB only. */
  readonly tableKey: kms.IKey;
  /** Encrypts the table of keys; used through DynamoDB only. */
  readonly keysTableKey: kms.IKey;
  /** Wraps branch keys; used by functions only, with an encryption context. */
  readonly branchKey: kms.IKey;
  /** Derives the keys of indexes and fingerprints. */
  readonly macKey: kms.IKey;
  /** Signs receipts of erasures. */
  readonly receiptKey: kms.IKey;
  /** Encrypts logs, environments and the ledger. */
  readonly encryptionKey: kms.IKey;
  readonly ledgerBucket: s3.IBucket;
  /** The security group of the functions. */
  readonly securityGroup: ec2.ISecurityGroup;
  readonly alarmTopic: sns.ITopic;
  readonly alarms: VaultAlarms;
  protected readonly tenants: Readonly<Record<string, VaultTenant>>;
  protected readonly frontApi: PrivateApi | undefined;
  readonly #functions: VaultFunctions;

  constructor(scope: Construct, id: string, props: TokenVaultProps) {
    super(scope, id);
    this.vaultName = props.vaultName ?? this.ownName();
    checkTokenVault(this, props, this.vaultName);
    const { network, tenants } = props;
    const removalPolicy = props.removalPolicy ?? RemovalPolicy.RETAIN;
    this.tenants = tenants;
    this.frontApi = props.api;
    this.encryptionKey = customerKey(
      this,
      'logs, environments and the ledger of a token vault',
      props.encryptionKey,
    );
    this.securityGroup = vaultSecurityGroup(network, this.node.id, props.endpoints ?? {});
    this.#functions = new VaultFunctions(this, 'Functions', {
      vaultName: this.vaultName,
      encryptionKey: this.encryptionKey,
      vpc: network.vpc,
      vpcSubnets: dataSubnets(this, network.vpc, undefined),
      securityGroup: this.securityGroup,
      concurrency: props.concurrency ?? {},
      codeSigning: props.codeSigning,
    });
    const { roles } = this.#functions;
    const keys = new VaultKeys(this, 'Keys', {
      vaultName: this.vaultName,
      roles,
      administrators: props.administrators ?? [],
      removalPolicy,
    });
    const { tableKey, keysTableKey } = keys;
    const tables = new VaultTables(this, 'Tables', {
      tableKey,
      keysTableKey,
      roles,
      backupDays: props.backupDays ?? BACKUP_DAYS,
      removalPolicy,
    });
    const ledger = new VaultLedger(this, 'Ledger', {
      encryptionKey: this.encryptionKey,
      roles,
      removalPolicy,
      serverAccessLogBucket: props.serverAccessLogBucket,
    });
    this.tableKey = tableKey;
    this.keysTableKey = keysTableKey;
    this.branchKey = keys.branchKey;
    this.macKey = keys.macKey;
    this.receiptKey = keys.receiptKey;
    this.dataTable = tables.data;
    this.keysTable = tables.keys;
    this.shortLivedTable = tables.shortLived;
    this.ledgerBucket = ledger.bucket;
    this.configure(props);
    this.open();
    this.alarmTopic =
      props.alarmTopic ?? new AlarmTopic(this, 'AlarmTopic', { encryptionKey: this.encryptionKey }).topic;
    const { data, keys: keyTable, shortLived } = tables;
    const logs = VAULT_FUNCTIONS.map((name) => this.#functions.logGroup(name));
    const topic = props.alarmTopic === undefined ? this.alarmTopic : undefined;
    describeVault(
      this,
      { data, keys: keyTable, shortLived, ledger: ledger.bucket, logs, topic },
      props.owner,
    );
    this.alarms = new VaultAlarms(this, 'Alarms', {
      vault: this,
      topic: this.alarmTopic,
      tenants,
      thresholds: props.thresholds ?? {},
      hasCanaries: (props.canaryTokens ?? []).length > 0,
      keys: keys.keys,
      functions: this.#functions.functions,
    });
  }

  /** A function. What is invoked without an alias, or by another than that of its tenant, answers nothing. */
  fn(name: VaultFunction): lambda.IFunction {
    return this.#functions.fn(name);
  }

  /** The role of a function. */
  role(name: VaultFunction): iam.IRole {
    return this.#functions.roles[name];
  }

  /** The log of a function: its audit record too. Card numbers are hidden in it. */
  logGroup(name: VaultFunction): logs.ILogGroup {
    return this.#functions.logGroup(name);
  }

  /** Lets a principal make new branch keys for a tenant, and wrap its subjects under them. */
  grantRotate(grantee: iam.IGrantable, { tenant }: { readonly tenant: string }): iam.Grant {
    if (this.tenants[tenant] === undefined) {
      throw invalidProperty(
        this,
        `'tenant' must be one of ${Object.keys(this.tenants).join(', ')}, got ${JSON.stringify(tenant.slice(0, 80))}, add it to 'tenants'`,
      );
    }
    return this.#functions.alias('rotate', aliasOf(tenant, OPERATOR)).grantInvoke(grantee);
  }

  /** Lets a principal erase again, after a restore, what was erased before. */
  grantReplay(grantee: iam.IGrantable): iam.Grant {
    return this.#functions.alias('replay', OPERATOR_ALIAS).grantInvoke(grantee);
  }

  protected aliasArn(name: VaultFunction, alias: string): string {
    return this.#functions.alias(name, alias).functionArn;
  }

  /** What the functions are told (`runtime/host/environment.ts`), each of it only where it has a use. */
  private configure({ types, canaryTokens, restoreMark }: TokenVaultProps): void {
    for (const name of VAULT_FUNCTIONS) {
      const { decrypts, makesBranchKeys, derives, signs, readsPublicKey, ledger } = PRIVILEGES[name];
      const variables: Record<string, string | undefined> = {
        DATA_TABLE: this.dataTable.tableName,
        KEYS_TABLE: this.keysTable.tableName,
        SHORT_LIVED_TABLE: this.shortLivedTable.tableName,
        BRANCH_KEY: decrypts.length > 0 || makesBranchKeys ? this.branchKey.keyArn : undefined,
        HMAC_KEY: derives ? this.macKey.keyArn : undefined,
        RECEIPT_KEY: signs || readsPublicKey ? this.receiptKey.keyArn : undefined,
        LEDGER_BUCKET: ledger === undefined ? undefined : this.ledgerBucket.bucketName,
        TYPES: types === undefined ? undefined : JSON.stringify(types),
        CANARIES: canaryTokens?.join(','),
        RESTORE_MARK: restoreMark,
        ALIASES: JSON.stringify(this.aliasesOf(name)),
      };
      checkVariables(this, [variables.TYPES, variables.CANARIES, variables.ALIASES]);
      for (const [key, value] of Object.entries(variables)) {
        if (value !== undefined && value !== '') this.#functions.fn(name).addEnvironment(key, value);
      }
    }
  }

  /** The aliases by which a function is called directly, and whether they may look up: with an API, those of operators. */
  private aliasesOf(name: VaultFunction): Readonly<Record<string, { lookUp?: boolean }>> {
    if (name === 'replay') return {};
    const tenants = Object.entries(this.tenants);
    if (name === 'rotate')
      return Object.fromEntries(tenants.map(([tenant]) => [aliasOf(tenant, OPERATOR), {}]));
    if (this.frontApi !== undefined) return {};
    return Object.fromEntries(
      tenants.flatMap(([tenant, { grantees }]) =>
        Object.entries(grantees).flatMap(([grantee, rights]) => {
          if (!functionsOf(rights).includes(name)) return [];
          return [[aliasOf(tenant, grantee), rights.includes('look-up') ? { lookUp: true } : {}]];
        }),
      ),
    );
  }

  /** The routes of the API, and the aliases, whether or not somebody may call them yet. */
  private open(): void {
    for (const name of VAULT_FUNCTIONS) {
      for (const alias of Object.keys(this.aliasesOf(name))) this.#functions.alias(name, alias);
    }
    this.#functions.alias('replay', OPERATOR_ALIAS);
    for (const route of this.frontApi === undefined ? [] : VAULT_PATHS) {
      const target = this.#functions.alias(functionOf(route), API_ALIAS);
      this.frontApi?.addRoute(`${route.method} ${pathOf(route)}`, target, { body: bodyOf(route) });
    }
  }

  /** As the functions take it. */
  private ownName(): string {
    return Names.uniqueResourceName(this, { maxLength: 63, separator: '-' }).toLowerCase();
  }
}
