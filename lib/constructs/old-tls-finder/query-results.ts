import { Duration, RemovalPolicy, type Size, Stack } from 'aws-cdk-lib';
import * as athena from 'aws-cdk-lib/aws-athena';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { customerKey } from '../customer-key';
import { admitDelivery, checkLogTarget, LogBucket, LogKind } from '../log-store';
import { ABANDONED_UPLOADS, PRIVATE_BUCKET } from '../private-bucket';

/** The engine on which the queries were written: Trino's SQL. */
const ENGINE = 'Athena engine version 3';
/** Where below the bucket results lie. */
export const RESULTS = 'results/';

/** Properties of `QueryResults`. */
export interface QueryResultsProps {
  readonly workGroupName: string;
  readonly description: string;
  readonly retention: Duration;
  readonly cutoff: Size;
  readonly encryptionKey: kms.IKey | undefined;
  readonly serverAccessLogBucket: s3.IBucket | undefined;
}

/**
 * A workgroup of Athena whose results go to one bucket, encrypted with one key, and vanish soon. Whoever queries cannot
 * ask for anything else: the workgroup overrides what a client sends.
 *
 * @see https://docs.aws.amazon.com/athena/latest/ug/workgroups-settings-override.html
 */
export class QueryResults extends Construct {
  readonly bucket: s3.Bucket;
  readonly encryptionKey: kms.IKey;
  readonly workGroup: athena.CfnWorkGroup;

  constructor(scope: Construct, id: string, props: QueryResultsProps) {
    super(scope, id);
    this.encryptionKey = customerKey(this, 'results of queries on logs', props.encryptionKey);
    this.bucket = new s3.Bucket(this, 'Resource', {
      ...PRIVATE_BUCKET,
      encryption: s3.BucketEncryption.KMS,
      encryptionKey: this.encryptionKey,
      bucketKeyEnabled: true,
      removalPolicy: RemovalPolicy.RETAIN,
      lifecycleRules: [
        {
          id: 'Results',
          expiration: props.retention,
          noncurrentVersionExpiration: Duration.days(1),
          abortIncompleteMultipartUploadAfter: ABANDONED_UPLOADS,
        },
      ],
    });
    this.logAccessTo(
      props.serverAccessLogBucket ??
        new LogBucket(this, 'AccessLogs', { kind: LogKind.S3_SERVER_ACCESS }).bucket,
    );
    this.workGroup = new athena.CfnWorkGroup(this, 'WorkGroup', {
      name: props.workGroupName,
      description: props.description,
      state: 'ENABLED',
      // Or a workgroup that was ever used could not be deleted: its history of queries is in it.
      recursiveDeleteOption: true,
      workGroupConfiguration: {
        enforceWorkGroupConfiguration: true,
        publishCloudWatchMetricsEnabled: true,
        requesterPaysEnabled: false,
        bytesScannedCutoffPerQuery: props.cutoff.toBytes(),
        engineVersion: { selectedEngineVersion: ENGINE },
        resultConfiguration: {
          outputLocation: `s3://${this.bucket.bucketName}/${RESULTS}`,
          expectedBucketOwner: Stack.of(this).account,
          encryptionConfiguration: { encryptionOption: 'SSE_KMS', kmsKey: this.encryptionKey.keyArn },
        },
      },
    });
  }

  /**
   * Lets results be written and read in the name of somebody who queries, and deletes none: the bucket does.
   *
   * @see https://docs.aws.amazon.com/athena/latest/ug/s3-permissions.html
   */
  grantUse(grantee: iam.IGrantable): iam.Grant {
    const { bucketArn } = this.bucket;
    const ofBucket = iam.Grant.addToPrincipal({
      grantee,
      actions: ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'],
      resourceArns: [bucketArn],
    });
    const ofResults = iam.Grant.addToPrincipal({
      grantee,
      actions: ['s3:AbortMultipartUpload', 's3:GetObject', 's3:ListMultipartUploadParts', 's3:PutObject'],
      resourceArns: [this.bucket.arnForObjects(`${RESULTS}*`)],
    });
    const ofKey = this.encryptionKey.grant(grantee, 'kms:Decrypt', 'kms:GenerateDataKey');
    return ofBucket.combine(ofResults).combine(ofKey);
  }

  /** By L1: the L2 would write an ACL, which such a bucket refuses, unless a feature flag is set. */
  private logAccessTo(bucket: s3.IBucket): void {
    const kind = LogKind.S3_SERVER_ACCESS;
    checkLogTarget(this, { property: 'serverAccessLogBucket', bucket, kinds: [kind] });
    const prefix = this.node.path;
    const resource = this.bucket.node.defaultChild as s3.CfnBucket;
    resource.loggingConfiguration = {
      destinationBucketName: bucket.bucketName,
      logFilePrefix: `${prefix}/`,
      // So that these logs can be searched by day, too.
      targetObjectKeyFormat: { partitionedPrefix: { partitionDateSource: 'EventTime' } },
    };
    admitDelivery(this, bucket, { kind, prefix });
  }
}
