import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import {
  memoryReplayStore,
  type PartnerKey,
  PartnerKeys,
  privateKeySigner,
  type RequestMessage,
  type ResponseMessage,
  SIGNATURE_ALGORITHMS,
  type SignatureAlgorithm,
  type SignOptions,
  signRequest,
  type VerifyOptions,
} from '../../../lib/target';

export const NOW = new Date('2026-11-23T12:00:00Z');
export const AUTHORITY = 'partners.example.com';

interface Pair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

/** A key pair of each algorithm: RSA takes its time, so they are made once. */
export const PAIRS: Readonly<Record<SignatureAlgorithm, Pair>> = {
  ed25519: generateKeyPairSync('ed25519'),
  'ecdsa-p256-sha256': generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  'rsa-pss-sha512': generateKeyPairSync('rsa', { modulusLength: 2048 }),
};

/** One partner for each algorithm. */
export const PARTNER_KEYS: readonly PartnerKey[] = SIGNATURE_ALGORITHMS.map((algorithm) => ({
  keyId: `acme-${algorithm}`,
  partner: `acme-${algorithm}`,
  algorithm,
  publicKey: PAIRS[algorithm].publicKey.export({ format: 'jwk' }),
  notAfter: '2027-11-23T12:00:00Z',
}));

export const signerOf = (algorithm: SignatureAlgorithm = 'ed25519') =>
  privateKeySigner({ keyId: `acme-${algorithm}`, algorithm, privateKey: PAIRS[algorithm].privateKey });

/** A payment, as a partner sends it. */
export const PAYMENT: RequestMessage = {
  method: 'POST',
  url: `https://${AUTHORITY}/payments?dry=1`,
  headers: {
    host: AUTHORITY,
    'content-type': 'application/json',
    'idempotency-key': '"8e03978e-40d5-43dd-bc93-6894a57f9324"',
    'user-agent': 'acme/1.0',
  },
  body: '{"amount":"12.50","currency":"EUR"}',
};

export const CREATED: ResponseMessage = {
  status: 201,
  headers: { 'content-type': 'application/json' },
  body: '{"payment":"p-1"}',
};

/** The same with the fields of its signature. */
export async function signed(
  request: RequestMessage = PAYMENT,
  options: Partial<SignOptions> = {},
): Promise<RequestMessage> {
  const fields = await signRequest(request, { signer: signerOf(), now: NOW, ...options });
  return { ...request, headers: { ...request.headers, ...fields } };
}

/** What an API asks of the requests above. */
export function options(given: Partial<VerifyOptions> = {}): VerifyOptions {
  return {
    keys: PartnerKeys.of(PARTNER_KEYS),
    now: NOW,
    authorities: [AUTHORITY],
    replayStore: memoryReplayStore(() => NOW),
    ...given,
  };
}
