import { Duration, type RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { checkLogTarget, LogKind } from '../log-store';
import { admitDelivery } from '../log-store/log-delivery';
import { kindOf } from '../log-store/log-target';
import { ABANDONED_UPLOADS, PRIVATE_BUCKET } from '../private-bucket';
import { PRIVILEGES, VAULT_FUNCTIONS, type VaultFunction } from './privileges';

/** Longer than any table of a vault goes back (35 days), so that each restore finds the erasures since. */
const LOCK = Duration.days(36);
/** A year in which an erasure, or who did what, can be shown, and a month to close it. */
export const HISTORY_DAYS = 400;

/** What the ledger is made with. */
export interface VaultLedgerProps {
  readonly encryptionKey: kms.IKey;
  readonly roles: Readonly<Record<VaultFunction, iam.IRole>>;
  readonly removalPolicy: RemovalPolicy;
  readonly serverAccessLogBucket: s3.IBucket | undefined;
}

/**
 * The ledger of erasures: objects that one function adds and one reads, and that nobody changes or removes for longer
 * than a restore goes back (object lock in compliance mode).
 */
export class VaultLedger extends Construct {
  readonly bucket: s3.Bucket;

  constructor(scope: Construct, id: string, props: VaultLedgerProps) {
    super(scope, id);
    const { encryptionKey, roles, removalPolicy } = props;
    this.bucket = new s3.Bucket(this, 'Resource', {
      ...PRIVATE_BUCKET,
      encryption: s3.BucketEncryption.KMS,
      encryptionKey,
      bucketKeyEnabled: true,
      objectLockEnabled: true,
      objectLockDefaultRetention: s3.ObjectLockRetention.compliance(LOCK),
      removalPolicy,
      lifecycleRules: [
        {
          id: 'Retention',
          expiration: Duration.days(HISTORY_DAYS),
          noncurrentVersionExpiration: Duration.days(30),
          abortIncompleteMultipartUploadAfter: ABANDONED_UPLOADS,
        },
      ],
    });
    this.logAccessTo(props.serverAccessLogBucket);
    this.admit('append', roles, ['s3:PutObject'], [this.bucket.arnForObjects('*')]);
    // By version: the first one of a key is the entry, whoever writes another.
    this.admit('read', roles, ['s3:GetObjectVersion'], [this.bucket.arnForObjects('*')]);
    this.admit('read', roles, ['s3:ListBucketVersions'], [this.bucket.bucketArn]);
    this.denyOthers(roles);
    const { region } = Stack.of(this);
    for (const name of VAULT_FUNCTIONS) {
      const { ledger } = PRIVILEGES[name];
      if (ledger === undefined) continue;
      roles[name].addToPrincipalPolicy(
        new iam.PolicyStatement({
          actions: [ledger === 'append' ? 'kms:GenerateDataKey' : 'kms:Decrypt'],
          resources: [encryptionKey.keyArn],
          conditions: { StringEquals: { 'kms:ViaService': `s3.${region}.amazonaws.com` } },
        }),
      );
    }
  }

  /** By L1: the L2 would write an ACL, which such a bucket refuses, unless a feature flag is set. */
  private logAccessTo(bucket: s3.IBucket | undefined): void {
    if (bucket === undefined) return;
    const kind = LogKind.S3_SERVER_ACCESS;
    checkLogTarget(this, { property: 'serverAccessLogBucket', bucket, kinds: [kind] });
    const resource = this.bucket.node.defaultChild as s3.CfnBucket;
    const prefix = this.node.path;
    resource.loggingConfiguration = {
      destinationBucketName: bucket.bucketName,
      logFilePrefix: `${prefix}/`,
      targetObjectKeyFormat: { partitionedPrefix: { partitionDateSource: 'EventTime' } },
    };
    if (kindOf(bucket) !== kind) admitDelivery(this, bucket, { kind, prefix });
  }

  /** By the policy of the bucket alone: within an account that is enough, and it stands where one looks for it. */
  private admit(
    which: 'append' | 'read',
    roles: VaultLedgerProps['roles'],
    actions: string[],
    resources: string[],
  ): void {
    const principals = rolesWith(which, roles).map(({ roleArn }) => new iam.ArnPrincipal(roleArn));
    this.bucket.addToResourcePolicy(new iam.PolicyStatement({ principals, actions, resources }));
  }

  /** Whoever could write an entry could have a subject erased at the next replay, and whoever reads them learns how many. */
  private denyOthers(roles: VaultLedgerProps['roles']): void {
    const deny = (sid: string, actions: string[], which: 'append' | 'read') =>
      this.bucket.addToResourcePolicy(
        new iam.PolicyStatement({
          sid,
          effect: iam.Effect.DENY,
          principals: [new iam.StarPrincipal()],
          actions,
          resources: [this.bucket.arnForObjects('*')],
          conditions: {
            ArnNotEquals: { 'aws:PrincipalArn': rolesWith(which, roles).map(({ roleArn }) => roleArn) },
          },
        }),
      );
    deny('DenyOtherWriters', ['s3:PutObject'], 'append');
    deny('DenyOtherReaders', ['s3:GetObject', 's3:GetObjectVersion'], 'read');
  }
}

function rolesWith(which: 'append' | 'read', roles: VaultLedgerProps['roles']): readonly iam.IRole[] {
  return VAULT_FUNCTIONS.filter((name) => PRIVILEGES[name].ledger === which).map((name) => roles[name]);
}
