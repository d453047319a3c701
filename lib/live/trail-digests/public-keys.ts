import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { TransmissionError } from '../../core/errors';

/** The keys that CloudTrail has signed with, by fingerprint. */
export type PublicKeys = ReadonlyMap<string, KeyObject>;

const ALLOWED = 'it must be what aws cloudtrail list-public-keys prints as JSON';

/**
 * The keys in what `aws cloudtrail list-public-keys` printed.
 *
 * The documentation says that keys come in the form of PKCS #1, and that this may change; one of its own examples has
 * the other form (SPKI), so that both are read. A fingerprint is the MD5 of the bytes: each of its examples shows it.
 *
 * @param name of the file, for messages
 * @throws TransmissionError where it is something else, a key cannot be read, or its fingerprint is another key's
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-custom-validation.html
 */
export function readPublicKeys(text: string, name: string): PublicKeys {
  const keys = new Map<string, KeyObject>();
  for (const entry of entriesOf(text, name)) {
    const { Value: value, Fingerprint: fingerprint } = entry;
    if (typeof value !== 'string' || typeof fingerprint !== 'string') {
      throw invalid(`holds a key without Value or Fingerprint, ${ALLOWED}`, name);
    }
    const der = Buffer.from(value, 'base64');
    const found = createHash('md5').update(der).digest('hex');
    if (found !== fingerprint) {
      throw invalid(
        `holds the fingerprint ${fingerprint.slice(0, 64)} for a key that has another one (${found}), fetch the keys again`,
        name,
      );
    }
    keys.set(fingerprint, keyOf(der, fingerprint, name));
  }
  if (keys.size > 0) return keys;
  throw invalid(
    'holds no key: without times it lists those of now alone, fetch them with --start-time and --end-time of the record',
    name,
  );
}

function entriesOf(text: string, name: string): readonly Record<string, unknown>[] {
  const json = parsed(text, name);
  // The command of AWS writes `PublicKeyList`, its documentation `publicKeyList`.
  const list = isMap(json) ? (json.PublicKeyList ?? json.publicKeyList) : undefined;
  if (Array.isArray(list) && list.every(isMap)) return list;
  throw invalid(`holds no PublicKeyList, ${ALLOWED}`, name);
}

function parsed(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw invalid(`is no JSON, ${ALLOWED}`, name, error);
  }
}

function keyOf(der: Buffer, fingerprint: string, name: string): KeyObject {
  for (const type of ['pkcs1', 'spki'] as const) {
    try {
      const key = createPublicKey({ key: der, format: 'der', type });
      if (key.asymmetricKeyType === 'rsa') return key;
    } catch {
      // The other form is tried.
    }
  }
  throw invalid(`holds a key that is not of RSA (${fingerprint}), fetch the keys again`, name);
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function invalid(message: string, name: string, cause?: unknown): TransmissionError {
  return new TransmissionError('InvalidArgument', message, name, cause);
}
