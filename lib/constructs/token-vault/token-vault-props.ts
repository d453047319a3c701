import type { RemovalPolicy } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as signer from 'aws-cdk-lib/aws-signer';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { IPrivateNetwork } from '../network';
import type { PrivateApi } from '../private-api';
import type { VaultFunction } from './privileges';
import type { TokenType } from './runtime/app/types';

/** What a grantee may ask a vault for. */
export const VAULT_RIGHTS = ['tokenize', 'reveal-masked', 'reveal-full', 'look-up', 'erase'] as const;
export type VaultRight = (typeof VAULT_RIGHTS)[number];

/** Whose tokens they are: nothing of one tenant is known to another. */
export interface VaultTenant {
  /**
   * Who calls for the tenant, by names that the audit record has, and what each may do. Without a right no function of
   * the vault answers it; with one, `grantTokenize` and the others still have to let a principal call in its name.
   */
  readonly grantees: Readonly<Record<string, readonly VaultRight[]>>;
}

/** Endpoints that the network has already: of each service it can have one with private DNS. */
export interface VaultEndpoints {
  /** @default - one is made */
  readonly kms?: ec2.IInterfaceVpcEndpoint;
  /** @default - one is made */
  readonly logs?: ec2.IInterfaceVpcEndpoint;
  /** @default - one is made */
  readonly dynamodb?: ec2.IGatewayVpcEndpoint;
  /** @default - one is made */
  readonly s3?: ec2.IGatewayVpcEndpoint;
}

/** Code that AWS Signer has signed, and who may have signed it. */
export interface VaultCodeSigning {
  /** Whose signatures are taken. */
  readonly signingProfiles: readonly signer.ISigningProfile[];
  /** Where the signed archives lie, in the region of the vault. */
  readonly bucket: s3.IBucket;
  /** The key of the signed archive of each function; what is signed is `dist/lambda/vault-<function>` of this package, as a zip. */
  readonly objectKeys: Readonly<Record<VaultFunction, string>>;
}

/** What is counted in five minutes before somebody is told. */
export interface VaultThresholds {
  /**
   * Values and masked views that one grantee reveals: 1 to 1,000,000.
   *
   * @default 100
   */
  readonly revealsPerGrantee?: number;
  /**
   * Items that one grantee asks tokens for, of which fewer than one in ten made a new one: 1 to 1,000,000. Somebody tries
   * which values are there.
   *
   * @default 100
   */
  readonly creations?: number;
}

/** Properties of a `TokenVault`. */
export interface TokenVaultProps {
  /** The network in whose private subnets the functions run. It needs no way out. */
  readonly network: IPrivateNetwork;
  /** Who may ask for what, by the names of tenants. */
  readonly tenants: Readonly<Record<string, VaultTenant>>;
  /** Who answers for what the vault holds: a role, a team or its address. Written into the tags of its stores. */
  readonly owner: string;
  /**
   * The name of the vault: part of every derivation and of the encryption context. With another name nothing can be read
   * that was stored before; a restored vault needs the name that it had.
   *
   * @default - made of the path of the construct
   */
  readonly vaultName?: string;
  /**
   * Types beside those that every vault knows: `card-number`, `card-number-like`, `security-code` and `text`.
   *
   * @default - none
   */
  readonly types?: readonly TokenType[];
  /**
   * An API in front: callers sign requests to `/t/{tenant}/g/{grantee}/v1/…`, and what they may call says who they are.
   *
   * @default - none: callers invoke an alias of a function, whose name is their tenant and who they are
   */
  readonly api?: PrivateApi;
  /**
   * Roles that administer the keys: rotate, disable, change policies. They cannot use them. One of them has to be the role
   * that deploys: AWS KMS refuses a key whose maker cannot change its policy.
   *
   * @default - the account, where IAM policies allow it
   */
  readonly administrators?: readonly iam.IRole[];
  /**
   * For how many days the table of keys can be restored: 1 to 7. What was erased is gone for ever when they are over.
   *
   * @default 7
   */
  readonly backupDays?: number;
  /**
   * The keyed indexes of tokens that nobody has a reason to reveal, as the audit record has them (`token`, 43 characters
   * of base64url): whoever reveals one has found it where it was planted.
   *
   * @default - none
   */
  readonly canaryTokens?: readonly string[];
  /**
   * A word for the latest restore of the tables, such as its day. With it nothing is answered until the ledger of erasures
   * was replayed under the same word: see docs/token-vault.md.
   *
   * @default - the tables were never restored
   */
  readonly restoreMark?: string;
  /**
   * Encrypts logs, environments, the ledger of erasures, and the topic where none is given. The policy of an imported key
   * is not extended: it must let CloudWatch Logs in.
   *
   * @default - a new key, rotated every year and retained
   */
  readonly encryptionKey?: kms.IKey;
  /**
   * The bucket that receives the log of who asks for objects of the ledger of erasures, such as a `LogBucket` of the kind
   * `S3_SERVER_ACCESS`.
   *
   * @default - it is not logged; data events of a trail tell who read it
   */
  readonly serverAccessLogBucket?: s3.IBucket;
  /** @default - those are made that a vault needs: KMS, CloudWatch Logs, DynamoDB, Amazon S3 */
  readonly endpoints?: VaultEndpoints;
  /**
   * How many of each function run at a time, at most and at least: the account keeps so many free. It bounds what KMS and
   * the tables are asked.
   *
   * @default - create 50, reveal-masked 25, reveal-full 25, look-up 10, erase 5, keys 5, rotate 1, replay 1
   */
  readonly concurrency?: Readonly<Partial<Record<VaultFunction, number>>>;
  /**
   * Lets functions run signed code only.
   *
   * @default - code is not signed; a rule of EventBridge tells when it is changed
   */
  readonly codeSigning?: VaultCodeSigning;
  /**
   * The topic that is told, in the same account and region.
   *
   * @default - a new encrypted `AlarmTopic`, to which somebody should subscribe
   */
  readonly alarmTopic?: sns.ITopic;
  /** @default - see `VaultThresholds` */
  readonly thresholds?: VaultThresholds;
  /**
   * What happens to tables, keys and the ledger when they leave the stack.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}
