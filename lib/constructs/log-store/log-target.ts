import { Stack, Token } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { IConstruct } from 'constructs';
import { invalidProperty } from '../invalid-property';
import { LogKind, LogLockSupport } from './log-kind';

/** A bucket that logs are to be written to, and the property by which it was given. */
export interface LogTarget {
  /** The property, as an error names it. */
  readonly property: string;
  readonly bucket: s3.IBucket;
  /** The kinds of log that will be written there; a `LogBucket` has to be of one of them. */
  readonly kinds: readonly [LogKind, ...LogKind[]];
}

/**
 * Refuses a bucket into which a service would never write: nothing says so when it is deployed, the logs just never
 * arrive. Of an imported bucket only key, region and kind are known.
 */
export function checkLogTarget(scope: IConstruct, { property, bucket, kinds }: LogTarget): void {
  const [kind] = kinds;
  const problem =
    problemOfKind(bucket, kinds) ??
    problemOfEncryption(bucket, kind) ??
    problemOfLock(bucket, kind) ??
    problemOfRegion(scope, bucket, kind);
  if (problem === undefined) return;
  throw invalidProperty(scope, `'${property}' ${problem}`);
}

/** The kind of the `LogBucket` that a bucket belongs to; undefined where it belongs to none. */
export function kindOf(bucket: s3.IBucket): LogKind | undefined {
  const holder: object | undefined = bucket.node.scope;
  return holder !== undefined && 'kind' in holder && holder.kind instanceof LogKind ? holder.kind : undefined;
}

function problemOfKind(bucket: s3.IBucket, kinds: readonly LogKind[]): string | undefined {
  const kind = kindOf(bucket);
  if (kind === undefined || kinds.includes(kind)) return undefined;
  return `must be for ${kinds[0]?.title}, got a LogBucket for ${kind.title}, make one of kind ${kinds[0]}`;
}

function problemOfEncryption(bucket: s3.IBucket, kind: LogKind): string | undefined {
  const text = JSON.stringify(resourceOf(bucket)?.encryption ?? null);
  // Also a key that Amazon S3 manages in KMS, which no property of the bucket names.
  const usesKms = bucket.encryptionKey !== undefined || text.includes('"aws:kms');
  if (!usesKms) return undefined;
  if (!kind.takesCustomerKey) {
    return `must be encrypted with SSE-S3, ${kind.title} are never written to a bucket that is encrypted with KMS, use a LogBucket of kind ${kind}`;
  }
  if (bucket.encryptionKey !== undefined || text.includes('MasterKeyID') || text.includes('MasterKeyId')) {
    return undefined;
  }
  return `must be encrypted with a key of yours or with SSE-S3, ${kind.title} are never written with the key of KMS that AWS manages for S3, use a LogBucket of kind ${kind}`;
}

/** S3 itself writes into no bucket with Object Lock; other services into none that locks what is written by default. */
function problemOfLock(bucket: s3.IBucket, kind: LogKind): string | undefined {
  if (kind.objectLock !== LogLockSupport.REFUSED) return undefined;
  const { locked, lockedByDefault } = resourceOf(bucket) ?? {};
  if (!(kind === LogKind.S3_SERVER_ACCESS ? locked : lockedByDefault)) return undefined;
  return `must not lock what is written (Object Lock), ${kind.title} would never arrive, use a LogBucket of kind ${kind}`;
}

function problemOfRegion(scope: IConstruct, bucket: s3.IBucket, kind: LogKind): string | undefined {
  const { region } = Stack.of(scope);
  const other = bucket.env.region;
  if (!kind.sameRegion || Token.isUnresolved(region) || Token.isUnresolved(other) || other === region) {
    return undefined;
  }
  return `must be in the region of what it logs (${region}), got ${JSON.stringify(other)}, use a LogBucket of that region`;
}

/** What the template will say of a bucket that this app defines. */
function resourceOf(bucket: s3.IBucket) {
  const resource = bucket.node.defaultChild;
  if (!s3.CfnBucket.isCfnBucket(resource)) return undefined;
  const { bucketEncryption, objectLockEnabled, objectLockConfiguration } = resource;
  const lock: unknown = Stack.of(resource).resolve(objectLockConfiguration);
  const encryption: unknown = Stack.of(resource).resolve(bucketEncryption);
  const lockedByDefault =
    typeof lock === 'object' && lock !== null && 'rule' in lock && lock.rule !== undefined;
  return { encryption, locked: objectLockEnabled === true || lockedByDefault, lockedByDefault };
}
