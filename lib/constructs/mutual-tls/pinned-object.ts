import { Stack, Token } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { IConstruct } from 'constructs';
import { TransmissionError } from '../../core/errors';

/** The longest key of an object in S3, in bytes. */
const MAX_KEY = 1024;
/** S3 calls the version of what was written before versions were kept 'null': it changes with every write. */
const NO_VERSIONS = ['', 'null', 'undefined', 'latest'];

/** An object in S3, in one version that never changes. */
export interface PinnedObject {
  /** The key of the object. */
  readonly key: string;
  /**
   * The id of its version, as S3 gives it out on upload.
   *
   * Without one the newest would count at the moment of each deployment, whoever wrote it.
   */
  readonly version: string;
}

/**
 * Refuses an object that another could be put in the place of.
 *
 * @param property the property that names it, as an error says it
 * @param truster what trusts by it, such as `the load balancer`
 */
export function checkPinnedObject(
  scope: IConstruct,
  property: string,
  { key, version }: PinnedObject,
  truster: string,
): void {
  if (!Token.isUnresolved(key) && (key === '' || Buffer.byteLength(key) > MAX_KEY)) {
    throw invalid(
      scope,
      `'${property}' must have a key of 1 to ${MAX_KEY} bytes, got ${Buffer.byteLength(key)}`,
    );
  }
  if (Token.isUnresolved(version) || !NO_VERSIONS.includes(version ?? '')) return;
  throw invalid(
    scope,
    `'${property}' must have a version, as S3 gave it out on upload, got ${JSON.stringify(version) ?? 'none'}, or whoever writes the object decides whom ${truster} trusts`,
  );
}

/** Refuses a bucket of this app that keeps no versions; of an imported one it is not known. */
export function checkKeepsVersions(scope: IConstruct, bucket: s3.IBucket): void {
  const resource = bucket.node.defaultChild;
  if (!s3.CfnBucket.isCfnBucket(resource)) return;
  const versioning: unknown = Stack.of(resource).resolve(resource.versioningConfiguration);
  if (isEnabled(versioning) || Token.isUnresolved(versioning)) return;
  throw invalid(
    scope,
    `'bucket' must keep versions, so that one that never changes can be named, '${bucket.node.path}' keeps none, use a TrustMaterialBucket`,
  );
}

function isEnabled(versioning: unknown): boolean {
  return (
    typeof versioning === 'object' &&
    versioning !== null &&
    'status' in versioning &&
    versioning.status === 'Enabled'
  );
}

function invalid(scope: IConstruct, message: string): TransmissionError {
  return new TransmissionError('InvalidProperty', message, scope.node.path);
}
