/** A log file that a digest names. */
export interface DigestedFile {
  readonly key: string;
  /** SHA-256 of its uncompressed content, in lower-case hexadecimal. */
  readonly hash: string;
}

/** What a digest says of the one before it; a digest with which a trail begins says nothing. */
export interface PreviousDigest {
  readonly key: string;
  readonly hash: string;
  /** In hexadecimal, as it was signed: the text that follows is signed with it. */
  readonly signature: string;
}

/**
 * A digest file of CloudTrail, as far as it is verified.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-validation-digest-file-structure.html
 */
export interface Digest {
  readonly bucket: string;
  readonly key: string;
  readonly startTime: string;
  readonly endTime: string;
  readonly fingerprint: string;
  readonly previous: PreviousDigest | undefined;
  readonly files: readonly DigestedFile[];
}

const HASH = /^[0-9a-f]{64}$/;
/** An RSA key of 2048 bits signs with 512 digits; keys of 8192 bits are the largest that anybody makes. */
const SIGNATURE = /^[0-9a-f]{128,2048}$/;
const FINGERPRINT = /^[0-9a-f]{32,64}$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html */
const LONGEST_KEY = 1024;

/** The digest in a text, or why it is none. */
export function readDigest(text: string): Digest | string {
  const json = parsed(text);
  if (!isMap(json)) return 'is no JSON object';
  const key = keyIn(json.digestS3Object);
  const bucket = keyIn(json.digestS3Bucket);
  const { digestPublicKeyFingerprint: fingerprint, digestStartTime: start, digestEndTime: end } = json;
  if (key === undefined || bucket === undefined) return 'does not say where it lies';
  if (!isText(start, INSTANT) || !isText(end, INSTANT)) return 'does not say which time it covers';
  if (!isText(fingerprint, FINGERPRINT)) return 'does not say by which key it is signed';
  const { digestSignatureAlgorithm: algorithm = 'SHA256withRSA' } = json;
  if (algorithm !== 'SHA256withRSA') return 'is signed in a way that is not known here';
  const previous = previousIn(json);
  if (typeof previous === 'string') return previous;
  const files = filesIn(json.logFiles);
  if (files === undefined) return 'names log files in a way that is not known here';
  return { bucket, key, startTime: start, endTime: end, fingerprint, previous, files };
}

function previousIn(json: Record<string, unknown>): PreviousDigest | undefined | string {
  const {
    previousDigestS3Object: object,
    previousDigestHashValue: hash,
    previousDigestSignature: signature,
  } = json;
  const absent = [object, hash, signature].filter((value) => value === undefined || value === null);
  if (absent.length === 3) return undefined;
  const key = keyIn(object);
  if (key === undefined || !isText(hash, HASH) || !isText(signature, SIGNATURE)) {
    return 'names the digest before it in a way that is not known here';
  }
  return { key, hash, signature };
}

function filesIn(list: unknown): readonly DigestedFile[] | undefined {
  if (!Array.isArray(list)) return undefined;
  const files: DigestedFile[] = [];
  for (const item of list as readonly unknown[]) {
    if (!isMap(item) || item.hashAlgorithm !== 'SHA-256') return undefined;
    const key = keyIn(item.s3Object);
    const { hashValue: hash } = item;
    if (key === undefined || !isText(hash, HASH)) return undefined;
    files.push({ key, hash });
  }
  return files;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function keyIn(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' && value.length <= LONGEST_KEY ? value : undefined;
}

function isText(value: unknown, form: RegExp): value is string {
  return typeof value === 'string' && form.test(value);
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
