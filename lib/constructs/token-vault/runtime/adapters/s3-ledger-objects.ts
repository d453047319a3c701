import {
  GetObjectCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { StoreError } from '../ports/store';
import type { LedgerObject, LedgerObjects } from './s3-erasure-ledger';

/** An entry has a few hundred bytes. */
const LONGEST_OBJECT = 16 * 1024;

/**
 * The bucket of the ledger. The function needs `s3:PutObject` to append, and `s3:ListBucketVersions` and
 * `s3:GetObjectVersion` to replay.
 */
export class S3LedgerObjects implements LedgerObjects {
  /**
   * @param client with its own bounds on time and attempts
   * @param account whose bucket it must be: one of the same name in another is refused; left out, any
   */
  constructor(
    private readonly client: Pick<S3Client, 'send'>,
    private readonly bucket: string,
    private readonly account?: string,
  ) {}

  async put(Key: string, Body: Uint8Array): Promise<boolean> {
    const command = new PutObjectCommand({
      ...this.#bucket,
      Key,
      Body,
      ContentType: 'application/json',
      // A write into a bucket with Object Lock needs a checksum of what it writes.
      ChecksumAlgorithm: 'SHA256',
      IfNoneMatch: '*',
    });
    try {
      await this.client.send(command);
      return true;
    } catch (failure) {
      // 412: one stands. 409: another write of the same key was quicker (S3 user guide, "Conditional writes").
      if (statusOf(failure) === 412 || statusOf(failure) === 409) return false;
      throw failure;
    }
  }

  async *list(after: string): AsyncIterable<LedgerObject> {
    let from: { readonly KeyMarker?: string; readonly VersionIdMarker?: string } = { KeyMarker: after };
    let waiting: LedgerObject | undefined;
    for (;;) {
      const page = await this.client.send(
        new ListObjectVersionsCommand({ ...this.#bucket, Prefix: folderOf(after), ...from }),
      );
      for (const { Key: key, VersionId: version } of page.Versions ?? []) {
        if (key === undefined || version === undefined) throw new StoreError();
        // The newest comes first, so that the last of a key is its first version.
        if (waiting !== undefined && waiting.key !== key) yield waiting;
        waiting = { key, version };
      }
      if (page.IsTruncated !== true) break;
      if (page.NextKeyMarker === undefined) throw new StoreError();
      from = {
        KeyMarker: page.NextKeyMarker,
        ...(page.NextVersionIdMarker === undefined ? {} : { VersionIdMarker: page.NextVersionIdMarker }),
      };
    }
    if (waiting !== undefined) yield waiting;
  }

  async get({ key, version }: LedgerObject): Promise<Uint8Array> {
    const answer = await this.client.send(
      new GetObjectCommand({ ...this.#bucket, Key: key, VersionId: version, ChecksumMode: 'ENABLED' }),
    );
    if (answer.Body === undefined || (answer.ContentLength ?? 0) > LONGEST_OBJECT) throw new StoreError();
    return answer.Body.transformToByteArray();
  }

  get #bucket() {
    const { bucket: Bucket, account: ExpectedBucketOwner } = this;
    return ExpectedBucketOwner === undefined ? { Bucket } : { Bucket, ExpectedBucketOwner };
  }
}

function folderOf(key: string): string {
  return key.slice(0, key.indexOf('/') + 1);
}

function statusOf(failure: unknown): unknown {
  return (failure as { readonly $metadata?: { readonly httpStatusCode?: unknown } } | null)?.$metadata
    ?.httpStatusCode;
}
