import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

const BUCKET = 'trail-of-example';
const ACCOUNT = '111122223333';

/** How a trail is made up. */
export interface RecordedTrailOptions {
  readonly hours?: number;
  readonly filesPerHour?: number;
  readonly region?: string;
  /** What keys begin with, and paths in the folder do not. */
  readonly prefix?: string;
  /** A hour before which the trail was off: its digest begins a new chain. */
  readonly restartsAt?: number;
  readonly organization?: string;
  readonly form?: 'pkcs1' | 'spki';
  readonly keys?: { readonly publicKey: KeyObject; readonly privateKey: KeyObject };
}

/** A trail as CloudTrail would have written it, signed with a key of our own, in the documented format. */
export interface RecordedTrail {
  readonly digests: readonly string[];
  readonly files: readonly string[];
  /** What `aws cloudtrail list-public-keys` would print. */
  readonly publicKeys: object;
  /** Of the newest digest, and of the last one before each restart. */
  readonly signatures: readonly string[];
}

/**
 * Writes a trail into a folder.
 *
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-custom-validation.html
 */
export function recordTrail(folder: string, options: RecordedTrailOptions = {}): RecordedTrail {
  const {
    hours = 4,
    filesPerHour = 2,
    region = 'eu-west-1',
    prefix = '',
    form = 'pkcs1',
    organization,
  } = options;
  const { publicKey, privateKey } = options.keys ?? generateKeyPairSync('rsa', { modulusLength: 2048 });
  const der = publicKey.export({ type: form, format: 'der' });
  const fingerprint = createHash('md5').update(der).digest('hex');
  const owner = organization === undefined ? ACCOUNT : `${organization}/${ACCOUNT}`;
  const put = (key: string, content: string) => {
    const file = key.slice(prefix.length);
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), gzipSync(content));
    return file;
  };
  const digests: string[] = [];
  const files: string[] = [];
  const signatures: string[] = [];
  let previous: { key: string; hash: string; signature: string } | undefined;
  for (let hour = 0; hour < hours; hour++) {
    if (hour === options.restartsAt) {
      if (previous !== undefined) signatures.push(previous.signature);
      previous = undefined;
    }
    const start = Date.UTC(2026, 10, 20, hour, 1, 31);
    const end = instant(start + 3_600_000);
    const day = end.slice(0, 10).replaceAll('-', '/');
    const stamp = end.replaceAll(/[-:]/g, '');
    const logFiles = Array.from({ length: filesPerHour }, (_, index) => {
      const content = JSON.stringify({ Records: [{ eventTime: instant(start), hour, index, region }] });
      const key = `${prefix}AWSLogs/${owner}/CloudTrail/${region}/${day}/${ACCOUNT}_CloudTrail_${region}_${stamp}_${index}.json.gz`;
      files.push(put(key, content));
      return { s3Bucket: BUCKET, s3Object: key, hashValue: sha256(content), hashAlgorithm: 'SHA-256' };
    });
    const key = `${prefix}AWSLogs/${owner}/CloudTrail-Digest/${region}/${day}/${ACCOUNT}_CloudTrail-Digest_${region}_main_eu-west-1_${stamp}.json.gz`;
    const text = JSON.stringify({
      awsAccountId: ACCOUNT,
      digestStartTime: instant(start),
      digestEndTime: end,
      digestS3Bucket: BUCKET,
      digestS3Object: key,
      digestPublicKeyFingerprint: fingerprint,
      digestSignatureAlgorithm: 'SHA256withRSA',
      newestEventTime: instant(start),
      oldestEventTime: instant(start),
      previousDigestS3Bucket: previous === undefined ? null : BUCKET,
      previousDigestS3Object: previous?.key ?? null,
      previousDigestHashValue: previous?.hash ?? null,
      previousDigestHashAlgorithm: previous === undefined ? null : 'SHA-256',
      previousDigestSignature: previous?.signature ?? null,
      logFiles,
    });
    digests.push(put(key, text));
    const hash = sha256(text);
    const toSign = `${end}\n${BUCKET}/${key}\n${hash}\n${previous?.signature ?? 'null'}`;
    previous = { key, hash, signature: sign('sha256', Buffer.from(toSign), privateKey).toString('hex') };
  }
  if (previous !== undefined) signatures.push(previous.signature);
  const publicKeys = {
    PublicKeyList: [
      {
        Value: der.toString('base64'),
        ValidityStartTime: '2026-10-01T00:00:00+00:00',
        ValidityEndTime: '2026-12-31T00:00:00+00:00',
        Fingerprint: fingerprint,
      },
    ],
  };
  return { digests, files, publicKeys, signatures };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function instant(time: number): string {
  return new Date(time).toISOString().replace('.000Z', 'Z');
}
