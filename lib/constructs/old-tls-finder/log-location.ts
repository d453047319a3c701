import { Token } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { IConstruct } from 'constructs';
import { quoted } from '../../core/quoted';
import type { IAuditTrail } from '../audit-trail';
import { invalidProperty } from '../invalid-property';
import type { LogKind } from '../log-store';
import { kindOf } from '../log-store/log-target';

/**
 * Whose logs lie in a bucket, and below what.
 *
 * What is searched is accounts times regions times days: each of them is asked for, whether something lies there or
 * not.
 */
export interface LogScope {
  /**
   * What precedes the path that the service writes to, without a slash at either end.
   *
   * @default - what the constructs of this package write: `connections` and `access` for load balancers, else nothing
   */
  readonly prefix?: string;
  /**
   * The accounts whose logs lie there, by 12 digits.
   *
   * @default - the account of the stack
   */
  readonly accounts?: string[];
  /**
   * The regions whose logs lie there.
   *
   * @default - the region of the stack; for CloudTrail every region of AWS that the CDK knows, those of China and
   * GovCloud apart, since a trail of all regions records each in its own folder
   */
  readonly regions?: string[];
}

/** Where logs lie. A `LogBucket` is such a place, and can be given as it is. */
export interface LogLocation extends LogScope {
  /** The bucket. It may lie in another region than the finder; reading across regions is charged. */
  readonly bucket: s3.IBucket;
  /**
   * The key that encrypts the logs.
   *
   * @default - that of the bucket, where it is known; `grantQuery` does not let anybody decrypt where it is not
   */
  readonly encryptionKey?: kms.IKey;
}

/** Where a trail keeps its record. */
export interface CloudTrailLocation extends LogScope {
  /** The trail. `grantQuery` lets readers in by it: where the trail names its auditors, they become some of them. */
  readonly trail: IAuditTrail;
  /**
   * The organisation whose trail it is, such as `o-exampleorgid`: its accounts lie below a folder of that name.
   *
   * @default - the trail of one account
   */
  readonly organizationId?: string;
}

/** Where CloudFront writes standard logs (v2) as JSON: by day, as `TlsDistribution` has them written. */
export interface CloudFrontLocation extends LogLocation {
  /** The ids of the distributions. At least one. */
  readonly distributionIds: string[];
}

/**
 * Where Amazon S3 writes server access logs, with keys that are partitioned by date (`TargetObjectKeyFormat` with
 * `PartitionedPrefix`): by simple keys a search for a week would read, and pay for, all that was ever logged.
 */
export interface S3AccessLocation extends LogLocation {
  /** The names of the buckets whose access is logged. At least one. */
  readonly sourceBuckets: string[];
}

/** A place whose defaults are filled in. */
export interface ResolvedLocation {
  readonly bucket: s3.IBucket;
  readonly encryptionKey: kms.IKey | undefined;
  /** Empty, or ends with a slash. */
  readonly prefix: string;
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
}

/** What a kind of log is found by where its place does not say. */
export interface LocationDefaults {
  /** The property by which the place was given. */
  readonly property: string;
  /** The kinds of log of a `LogBucket` that holds them. */
  readonly kinds: readonly [LogKind, ...LogKind[]];
  readonly prefix: string;
  readonly account: string;
  readonly regions: readonly string[];
}

const ACCOUNT = /^\d{12}$/;
const REGION = /^[a-z]{2,4}(-[a-z]+){1,3}-\d{1,2}$/;
const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const DISTRIBUTION = /^[A-Z0-9]{8,32}$/;
const ORGANIZATION = /^o-[a-z0-9]{10,32}$/;
/** A folder name that ends up in a location of S3, next to `${day}`, which Athena replaces. */
const PREFIX = /^[\w!'()*.-]+(\/[\w!'()*.-]+)*$/;
/** Athena advises "a few dozen or less" in an enumeration; each makes one folder more a day to look into. */
const MOST_VALUES = 100;

/** Fills in what is not given, and refuses what leads nowhere. */
export function resolveLocation(
  scope: IConstruct,
  location: LogLocation,
  defaults: LocationDefaults,
): ResolvedLocation {
  const { property, kinds, account } = defaults;
  const { bucket, encryptionKey = bucket.encryptionKey } = location;
  const kind = kindOf(bucket);
  if (kind !== undefined && !kinds.includes(kind)) {
    throw invalidProperty(
      scope,
      `'${property}' must hold ${kinds[0].title}, got a LogBucket for ${kind.title}, name the one that they are written to`,
    );
  }
  const { prefix = defaults.prefix, accounts = [account], regions = [...defaults.regions] } = location;
  if (prefix !== '' && !Token.isUnresolved(prefix) && !PREFIX.test(prefix)) {
    throw invalidProperty(
      scope,
      `'${property}.prefix' must be folder names of letters, digits and !-_.*'() without a slash at either end, got ${quoted(prefix)}, leave it out for ${quoted(defaults.prefix)}`,
    );
  }
  checkValues(scope, `${property}.accounts`, accounts, ACCOUNT, 'accounts of 12 digits');
  checkValues(scope, `${property}.regions`, regions, REGION, 'regions such as "eu-west-1"');
  return { bucket, encryptionKey, prefix: prefix === '' ? '' : `${prefix}/`, accounts, regions };
}

/** Refuses ids that no distribution has. */
export function checkDistributions(scope: IConstruct, property: string, ids: readonly string[]): void {
  checkValues(scope, `${property}.distributionIds`, ids, DISTRIBUTION, 'ids such as "EDFDVBD6EXAMPLE"');
}

/** Refuses names that no bucket has. */
export function checkBuckets(scope: IConstruct, property: string, names: readonly string[]): void {
  checkValues(scope, `${property}.sourceBuckets`, names, BUCKET, 'names of buckets');
}

/** Refuses an id that no organisation has. */
export function checkOrganization(scope: IConstruct, property: string, id: string): void {
  if (Token.isUnresolved(id) || ORGANIZATION.test(id)) return;
  throw invalidProperty(
    scope,
    `'${property}.organizationId' must be an id such as "o-exampleorgid", got ${quoted(id)}, leave it out for the trail of one account`,
  );
}

function checkValues(
  scope: IConstruct,
  property: string,
  values: readonly string[],
  form: RegExp,
  what: string,
): void {
  if (Token.isUnresolved(values)) {
    throw invalidProperty(
      scope,
      `'${property}' must be a literal list, since the table counts them up, got an unresolved value, read it from configuration`,
    );
  }
  if (values.length === 0 || values.length > MOST_VALUES) {
    throw invalidProperty(
      scope,
      `'${property}' must name 1 to ${MOST_VALUES}, since each is a folder more to look into for every day, got ${values.length}, name ${values.length === 0 ? 'some' : 'fewer'}`,
    );
  }
  const wrong = values.find((value) => !Token.isUnresolved(value) && !form.test(value));
  if (wrong !== undefined)
    throw invalidProperty(scope, `'${property}' must be ${what}, got ${quoted(wrong)}, correct it`);
  const twice = values.find((value, at) => values.indexOf(value) !== at);
  if (twice !== undefined) {
    throw invalidProperty(
      scope,
      `'${property}' must name each once, got ${quoted(twice)} twice, or its logs are counted twice`,
    );
  }
}
