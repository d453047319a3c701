import { Duration, type RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { PRIVILEGES, type Privileges, VAULT_FUNCTIONS, type VaultFunction } from './privileges';

/**
 * What administers a key. No `kms:Create*` and no `kms:*`: a grant would be a use by other hands.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html (key administrators)
 */
const ADMINISTRATION = [
  'kms:DescribeKey',
  'kms:GetKeyPolicy',
  'kms:GetKeyRotationStatus',
  'kms:ListGrants',
  'kms:ListKeyPolicies',
  'kms:ListKeyRotations',
  'kms:ListResourceTags',
  'kms:PutKeyPolicy',
  'kms:EnableKey',
  'kms:EnableKeyRotation',
  'kms:RotateKeyOnDemand',
  'kms:UpdateKeyDescription',
  'kms:UpdateAlias',
  'kms:CreateAlias',
  'kms:DeleteAlias',
  'kms:DisableKey',
  'kms:DisableKeyRotation',
  'kms:ScheduleKeyDeletion',
  'kms:CancelKeyDeletion',
  'kms:RevokeGrant',
  'kms:TagResource',
  'kms:UntagResource',
];

/** What uses a key: everything by which data, or another key, comes out or goes in. */
const USES = [
  'kms:CreateGrant',
  'kms:Decrypt',
  'kms:DeriveSharedSecret',
  'kms:Encrypt',
  'kms:GenerateDataKey*',
  'kms:GenerateMac',
  'kms:ReEncrypt*',
  'kms:Sign',
];

/** What the encryption context of a branch key must name. */
const CONTEXT = ['vault', 'tenant', 'view', 'version'] as const;
const keyOf = (name: (typeof CONTEXT)[number]) => `kms:EncryptionContext:${name}`;

/** What keys are made with. */
export interface VaultKeysProps {
  readonly vaultName: string;
  readonly roles: Readonly<Record<VaultFunction, iam.IRole>>;
  readonly administrators: readonly iam.IRole[];
  readonly removalPolicy: RemovalPolicy;
}

/**
 * The keys of a vault. Who administers them cannot use them, and no statement of one fits the users of another: the one of
 * the tables is used by DynamoDB only, the one of branch keys by functions only, directly and with a context.
 */
export class VaultKeys extends Construct {
  /** Encrypts the tables of tokens, and nothing else; used only through DynamoDB. */
  readonly tableKey: kms.Key;
  /** Encrypts the table of keys; used only through DynamoDB. */
  readonly keysTableKey: kms.Key;
  /** Wraps branch keys; used directly, with a context. */
  readonly branchKey: kms.Key;
  /** Derives the keys of indexes and fingerprints. Nothing in KMS rotates such a key. */
  readonly macKey: kms.Key;
  /** Signs receipts. Nothing in KMS rotates such a key. */
  readonly receiptKey: kms.Key;
  readonly #props: VaultKeysProps;

  constructor(scope: Construct, id: string, props: VaultKeysProps) {
    super(scope, id);
    this.#props = props;
    const yearly = { enableKeyRotation: true, rotationPeriod: Duration.days(365) };
    this.tableKey = this.key('TableKey', 'Encrypts the tables of a token vault', yearly);
    this.keysTableKey = this.key('KeysTableKey', 'Encrypts the table of keys of a token vault', yearly);
    this.branchKey = this.key('BranchKey', 'Wraps the branch keys of a token vault', yearly);
    this.macKey = this.key('MacKey', 'Derives the index and fingerprint keys of a token vault', {
      keySpec: kms.KeySpec.HMAC_256,
      keyUsage: kms.KeyUsage.GENERATE_VERIFY_MAC,
    });
    this.receiptKey = this.key('ReceiptKey', 'Signs the erasure receipts of a token vault', {
      keySpec: kms.KeySpec.ECC_NIST_P256,
      keyUsage: kms.KeyUsage.SIGN_VERIFY,
    });
    for (const key of [this.tableKey, this.keysTableKey]) this.admitDynamoDb(key);
    this.admitToBranchKey();
    this.admit(this.macKey, 'Derives', ['kms:GenerateMac'], ({ derives }) => derives === true, {
      StringEquals: { 'kms:MacAlgorithm': 'HMAC_SHA_256' },
    });
    this.admit(this.receiptKey, 'Signs', ['kms:Sign'], ({ signs }) => signs === true, {
      StringEquals: { 'kms:SigningAlgorithm': 'ECDSA_SHA_256' },
    });
    const readsPublicKey = (of: Privileges) => of.readsPublicKey === true;
    this.admit(this.receiptKey, 'ReadsPublicKey', ['kms:GetPublicKey'], readsPublicKey);
    for (const key of [this.branchKey, this.macKey, this.receiptKey]) this.denyOthers(key);
  }

  get keys(): readonly kms.Key[] {
    return [this.tableKey, this.keysTableKey, this.branchKey, this.macKey, this.receiptKey];
  }

  private key(id: string, description: string, props: kms.KeyProps): kms.Key {
    const { administrators, removalPolicy } = this.#props;
    const principals =
      administrators.length === 0
        ? [new iam.AccountRootPrincipal()]
        : administrators.map(({ roleArn }) => new iam.ArnPrincipal(roleArn));
    const statement = new iam.PolicyStatement({
      sid: 'Administer',
      principals,
      actions: ADMINISTRATION,
      resources: ['*'],
    });
    const policy = new iam.PolicyDocument({ statements: [statement] });
    return new kms.Key(this, id, { ...props, description, policy, removalPolicy });
  }

  /**
   * DynamoDB uses the key on behalf of whoever reads and writes, and of whoever makes the table, for which it makes itself
   * a grant: whose rows one reaches, the policies of the tables say. What services do by grants stays possible, such as to
   * restore.
   *
   * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html
   */
  private admitDynamoDb(key: kms.Key): void {
    const { account, region } = Stack.of(this);
    const viaDynamoDb = { 'kms:ViaService': `dynamodb.${region}.amazonaws.com` };
    const principals = [new iam.AccountRootPrincipal()];
    const resources = ['*'];
    key.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'ThroughDynamoDb',
        principals,
        actions: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*', 'kms:DescribeKey'],
        resources,
        conditions: { StringEquals: { ...viaDynamoDb, 'kms:CallerAccount': account } },
      }),
    );
    key.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'GrantsOfDynamoDb',
        principals,
        actions: ['kms:CreateGrant'],
        resources,
        conditions: {
          StringEquals: { ...viaDynamoDb, 'kms:CallerAccount': account },
          Bool: { 'kms:GrantIsForAWSResource': 'true' },
        },
      }),
    );
    key.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'DenyOtherWays',
        effect: iam.Effect.DENY,
        principals: [new iam.StarPrincipal()],
        actions: USES,
        resources,
        conditions: {
          StringNotEquals: viaDynamoDb,
          Bool: { 'aws:PrincipalIsAWSService': 'false' },
        },
      }),
    );
  }

  private admitToBranchKey(): void {
    const { vaultName } = this.#props;
    const vault = { [keyOf('vault')]: vaultName };
    for (const view of ['full', 'masked'] as const) {
      const conditions = { StringEquals: { ...vault, [keyOf('view')]: view } };
      const decrypts = (of: Privileges) => of.decrypts.includes(view);
      const sid = view === 'full' ? 'DecryptsFull' : 'DecryptsMasked';
      this.admit(this.branchKey, sid, ['kms:Decrypt'], decrypts, conditions);
    }
    const makes = ({ makesBranchKeys }: Privileges) => makesBranchKeys === true;
    const generate = ['kms:GenerateDataKeyWithoutPlaintext'];
    this.admit(this.branchKey, 'MakesBranchKeys', generate, makes, { StringEquals: vault });
    for (const name of CONTEXT) {
      this.denyUse(this.branchKey, `DenyWithout${name[0]?.toUpperCase()}${name.slice(1)}`, {
        Null: { [keyOf(name)]: 'true' },
      });
    }
    // Where a service uses it for somebody: none has a reason to.
    this.denyUse(this.branchKey, 'DenyThroughServices', { Null: { 'kms:ViaService': 'false' } });
    // A new branch key comes wrapped: nobody sees it before it is first used.
    this.branchKey.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'DenyPlaintextKeys',
        effect: iam.Effect.DENY,
        principals: [new iam.StarPrincipal()],
        actions: ['kms:GenerateDataKey', 'kms:GenerateDataKeyPair', 'kms:Encrypt', 'kms:ReEncrypt*'],
        resources: ['*'],
      }),
    );
  }

  /** By the policy of the key and by that of the role: either would do, and who takes one away has not taken both. */
  private admit(
    key: kms.Key,
    sid: string,
    actions: string[],
    which: (privileges: Privileges) => boolean,
    conditions: iam.Conditions = {},
  ): void {
    const roles = VAULT_FUNCTIONS.filter((name) => which(PRIVILEGES[name])).map(
      (name) => this.#props.roles[name],
    );
    key.addToResourcePolicy(
      new iam.PolicyStatement({
        sid,
        principals: roles.map(({ roleArn }) => new iam.ArnPrincipal(roleArn)),
        actions,
        resources: ['*'],
        conditions,
      }),
    );
    for (const role of roles) {
      role.addToPrincipalPolicy(
        new iam.PolicyStatement({ sid, actions, resources: [key.keyArn], conditions }),
      );
    }
  }

  /** Whoever is given more by an IAM policy, a grant or a later statement. */
  private denyOthers(key: kms.Key): void {
    const { roles } = this.#props;
    const arns = VAULT_FUNCTIONS.filter((name) => this.uses(key, PRIVILEGES[name])).map(
      (name) => roles[name].roleArn,
    );
    this.denyUse(key, 'DenyOthers', { ArnNotEquals: { 'aws:PrincipalArn': arns } });
  }

  private uses(key: kms.Key, { decrypts, makesBranchKeys, derives, signs }: Privileges): boolean {
    if (key === this.branchKey) return decrypts.length > 0 || makesBranchKeys === true;
    return (key === this.macKey ? derives : signs) === true;
  }

  private denyUse(key: kms.Key, sid: string, conditions: iam.Conditions): void {
    key.addToResourcePolicy(
      new iam.PolicyStatement({
        sid,
        effect: iam.Effect.DENY,
        principals: [new iam.StarPrincipal()],
        actions: USES,
        resources: ['*'],
        conditions,
      }),
    );
  }
}
