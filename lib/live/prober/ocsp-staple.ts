import { derInside, derValues, TAG } from './der';

/** What a stapled answer says about the certificate (RFC 6960, 4.2); it is read here, its signature is not verified. */
export type StapleStatus = 'good' | 'revoked' | 'unknown' | 'no status';

/** Tags of `CertStatus`: good is empty, revoked holds a time. */
const STATUS: Readonly<Record<number, StapleStatus>> = { 128: 'good', 161: 'revoked', 130: 'unknown' };

/** `responseBytes`, under a tag of its own. */
const EXPLICIT_0 = 0xa0;

/** Reads the status of the first certificate that an answer is about. */
export function stapleStatus(answer: Buffer): StapleStatus {
  const [status, bytes] = derInside(answer);
  if (status?.tag !== TAG.enumerated || status.content[0] !== 0 || bytes?.tag !== EXPLICIT_0)
    return 'no status';
  const [, response] = derInside(bytes.content);
  if (response?.tag !== TAG.octetString) return 'no status';
  const [data] = derInside(response.content);
  if (data === undefined) return 'no status';
  // Version and responder stand before the time, the answers behind it.
  const parts = derValues(data.content);
  const time = parts.findIndex(({ tag }) => tag === TAG.generalizedTime);
  const [single] = derValues(parts[time + 1]?.content ?? Buffer.alloc(0));
  const [, certStatus] = time < 0 || single === undefined ? [] : derValues(single.content);
  return STATUS[certStatus?.tag ?? -1] ?? 'no status';
}
