import { type KeyObject, verify } from 'node:crypto';
import type { Digest } from './digest-file';

/**
 * The text that CloudTrail signs for a digest: when it ends, where it lies, the hash of its content, and the signature of
 * the digest before it. Of the first one of a trail that is `null`, as the AWS CLI writes it, since it was written in Java.
 *
 * @param hash SHA-256 of the uncompressed digest, in hexadecimal
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-custom-validation.html
 */
export function signedText({ endTime, bucket, key, previous }: Digest, hash: string): string {
  return `${endTime}\n${bucket}/${key}\n${hash}\n${previous?.signature ?? 'null'}`;
}

/** Whether a signature in hexadecimal is that of CloudTrail (SHA256withRSA, PKCS #1 v1.5). */
export function isSigned(digest: Digest, hash: string, signature: string, key: KeyObject): boolean {
  return verify('sha256', Buffer.from(signedText(digest, hash)), key, Buffer.from(signature, 'hex'));
}
