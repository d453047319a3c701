import { KmsError } from './kms-error';

/** How many requests each second a kind of operation may make. */
export type Quotas = Readonly<Partial<Record<QuotaName, number>>>;
export type QuotaName = 'symmetric' | 'ecc' | 'data-key-pair' | 'describe' | 'manage';

/**
 * What an account has unless it asks for more, in most Regions (AWS KMS developer guide, "Request quotas"): symmetric and
 * HMAC keys share one, elliptic curves another. Of management the smallest stands for all.
 */
export const DEFAULT_QUOTAS: Quotas = {
  symmetric: 10_000,
  ecc: 1000,
  'data-key-pair': 100,
  describe: 2000,
  manage: 5,
};

const SYMMETRIC = [
  'Decrypt',
  'Encrypt',
  'GenerateDataKey',
  'GenerateDataKeyWithoutPlaintext',
  'GenerateMac',
  'ReEncrypt',
  'VerifyMac',
];
const ECC = ['Sign', 'Verify', 'DeriveSharedSecret'];
const DESCRIBE = ['DescribeKey', 'GetPublicKey', 'GetKeyPolicy', 'GetKeyRotationStatus'];

export function quotaOf(operation: string): QuotaName {
  if (SYMMETRIC.includes(operation)) return 'symmetric';
  if (ECC.includes(operation)) return 'ecc';
  if (operation === 'GenerateDataKeyPairWithoutPlaintext') return 'data-key-pair';
  return DESCRIBE.includes(operation) ? 'describe' : 'manage';
}

/** A bucket for each quota: it holds the requests of one second, and fills evenly. */
export class Buckets {
  readonly #left = new Map<QuotaName, { count: number; at: number }>();

  constructor(private readonly quotas: Quotas) {}

  /**
   * Takes one request out of its bucket.
   *
   * @param now in milliseconds since 1970
   * @throws KmsError `ThrottlingException` where it is empty
   */
  take(operation: string, now: number): void {
    const name = quotaOf(operation);
    const most = this.quotas[name];
    if (most === undefined) return;
    const before = this.#left.get(name) ?? { count: most, at: now };
    const count = Math.min(most, before.count + (Math.max(0, now - before.at) * most) / 1000);
    this.#left.set(name, { count: count < 1 ? count : count - 1, at: now });
    if (count < 1) throw throttled();
  }
}

/** What KMS says to who asks too often. */
export function throttled(): KmsError {
  return new KmsError(
    'ThrottlingException',
    'You have exceeded the rate at which you may call KMS. Reduce the frequency of your calls.',
  );
}
