import { type Duration, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { invalidProperty } from '../invalid-property';
import type { LogBucketProps } from './log-bucket-props';
import { LogLockSupport } from './log-kind';

/** PCI DSS 10.5.1: audit logs are kept for at least twelve months. */
const SHORTEST_RETENTION_DAYS = 365;
/** What is left of a key of S3 beside the paths of services, the longest of which have some 250 characters. */
const LONGEST_PREFIX = 512;
/** Every service adds this below the prefix, and Elastic Load Balancing refuses a prefix that holds it. */
const ADDED_PATH = 'AWSLogs';

/** Refuses a bucket into which the service could not write, or from which logs would be gone too soon. */
export function checkLogBucketProps(
  scope: IConstruct,
  props: LogBucketProps & Required<Pick<LogBucketProps, 'retention'>>,
): void {
  const problem =
    problemOfKey(props) ??
    problemOfLock(props) ??
    problemOfTimes(props) ??
    problemOfName(props) ??
    problemOfPrefix(props.prefix) ??
    problemOfSources(props);
  if (problem !== undefined) throw invalidProperty(scope, problem);
}

function problemOfKey({ kind, encryptionKey }: LogBucketProps): string | undefined {
  if (encryptionKey === undefined || kind.takesCustomerKey) return undefined;
  return `'encryptionKey' must be absent for ${kind.title}, which are written to buckets with SSE-S3 only, leave it out`;
}

function problemOfLock({ kind, objectLock }: LogBucketProps): string | undefined {
  if (objectLock === undefined || kind.objectLock !== LogLockSupport.REFUSED) return undefined;
  return (
    `'objectLock' must be absent for ${kind.title}, which are not written to buckets with Object Lock, ` +
    'leave it out: versions are kept all the same, and copies in a locked bucket can be made by replication'
  );
}

function problemOfTimes(props: LogBucketProps & { readonly retention: Duration }): string | undefined {
  const { retention, objectLock } = props;
  const least = SHORTEST_RETENTION_DAYS;
  const problem = problemOfDays('retention', retention) ?? problemOfDays('objectLock', objectLock?.duration);
  if (problem !== undefined) return problem;
  const kept = daysOf(retention);
  if (kept !== undefined && kept < least) {
    return `'retention' must be at least ${least} days, which PCI DSS 10.5.1 asks for, got ${kept}`;
  }
  const locked = objectLock && daysOf(objectLock.duration);
  if (locked === undefined) return undefined;
  if (locked < least) {
    return `'objectLock' must last at least ${least} days, as long as PCI DSS 10.5.1 asks for, got ${locked}`;
  }
  if (kept === undefined || locked <= kept) return undefined;
  return `'objectLock' must not outlast 'retention', got ${locked} and ${kept} days, raise 'retention'`;
}

/** S3 counts in whole days. */
function problemOfDays(property: string, duration: Duration | undefined): string | undefined {
  const days = duration && daysOf(duration);
  if (days === undefined || Number.isInteger(days)) return undefined;
  return `'${property}' must last whole days, got ${duration?.toHumanString()}`;
}

/** Undefined where the days are not known yet. */
function daysOf(duration: Duration): number | undefined {
  return duration.isUnresolved() ? undefined : duration.toDays({ integral: false });
}

function problemOfName({ kind, bucketName }: LogBucketProps): string | undefined {
  const { bucketNamePrefix = '' } = kind;
  if (bucketName === undefined || Token.isUnresolved(bucketName)) return undefined;
  if (!bucketName.startsWith(bucketNamePrefix)) {
    return `'bucketName' must begin with ${JSON.stringify(bucketNamePrefix)} for ${kind.title}, got ${JSON.stringify(bucketName)}, leave it out`;
  }
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
  if (/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucketName)) return undefined;
  return `'bucketName' must be 3 to 63 lower-case letters, digits, '.' and '-', the last two not at an end, got ${JSON.stringify(bucketName.slice(0, 80))} of ${bucketName.length} characters, leave it out to have one made`;
}

function problemOfPrefix(prefix: string | undefined): string | undefined {
  if (prefix === undefined || Token.isUnresolved(prefix)) return undefined;
  if (Buffer.byteLength(prefix) > LONGEST_PREFIX) {
    return `'prefix' must have at most ${LONGEST_PREFIX} bytes, since a key of Amazon S3 has 1024 and the service adds a path to it, got ${Buffer.byteLength(prefix)}, shorten it`;
  }
  if (prefix !== '' && !/^\/|\/$/.test(prefix) && !prefix.includes(ADDED_PATH)) return undefined;
  return `'prefix' must have no slash at either end and no ${ADDED_PATH} in it, which the service adds, got ${JSON.stringify(prefix.slice(0, 80))}, leave it out for none`;
}

function problemOfSources({ kind, sourceArns }: LogBucketProps): string | undefined {
  if (sourceArns === undefined) return undefined;
  if (kind.source.arn === undefined && !kind.source.account) {
    return `'sourceArns' must be absent for ${kind.title}, since the service does not say for what it writes and would be refused, leave it out: the account in the path is the limit`;
  }
  if (sourceArns.length > 0 && !sourceArns.includes('*')) return undefined;
  return `'sourceArns' must name whom the service may write for, got ${sourceArns.length === 0 ? 'nothing' : '"*"'}, leave it out for those of this account`;
}
