// benchmark
import { spawnSync } from 'node:child_process';
import { generateKeyPairSync, type KeyObject, verify } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { verifySignature } from 'http-message-sig';
import { createVerifier, httpbis } from 'http-message-signatures';
import {
  PartnerKeys,
  privateKeySigner,
  type RequestMessage,
  SIGNATURE_ALGORITHMS,
  type SignatureAlgorithm,
  signRequest,
  verifyRequest,
} from '../lib/target';
import { type Figure, median, print } from './figures';

/**
 * Signed requests with a content of 1 KB: how long it takes to verify one with all that is asked of a request, beside
 * two implementations of RFC 9421, which verify the signature and nothing else; to sign one; and to load the function,
 * before its first request.
 */
const RUNS = 5;
const MILLISECONDS = 400;
const AUTHORITY = 'partners.example.com';
const HANDLER = resolve('dist/lambda/signed-request-authorizer/index.js');

interface Pair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}
const PAIRS: Readonly<Record<SignatureAlgorithm, Pair>> = {
  ed25519: generateKeyPairSync('ed25519'),
  'ecdsa-p256-sha256': generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  'rsa-pss-sha512': generateKeyPairSync('rsa', { modulusLength: 2048 }),
};
const now = new Date();
const keys = PartnerKeys.of(
  SIGNATURE_ALGORITHMS.map((algorithm) => ({
    keyId: algorithm,
    partner: algorithm,
    algorithm,
    publicKey: PAIRS[algorithm].publicKey.export({ format: 'jwk' }),
    notAfter: '2100-01-01T00:00:00Z',
  })),
);
const replayStore = { remember: async () => true };
const payment: RequestMessage = {
  method: 'POST',
  url: `https://${AUTHORITY}/payments`,
  headers: {
    host: AUTHORITY,
    'content-type': 'application/json',
    'idempotency-key': '"8e03978e-40d5-43dd-bc93"',
  },
  body: JSON.stringify({ text: 'x'.repeat(1000) }),
};

const figures: Figure[] = [];

/** Milliseconds each: the middle of several runs, after one to warm up. */
async function each(work: () => Promise<unknown>): Promise<number> {
  const runs: number[] = [];
  for (let run = 0; run <= RUNS; run++) {
    const started = performance.now();
    let count = 0;
    while (performance.now() - started < MILLISECONDS) {
      await work();
      count += 1;
    }
    if (run > 0) runs.push((performance.now() - started) / count);
  }
  return median(runs);
}

async function must(work: Promise<boolean>): Promise<void> {
  if (!(await work)) throw new Error('a signature that has to verify does not');
}

/** What one algorithm costs, beside the others. */
async function measure(algorithm: SignatureAlgorithm): Promise<void> {
  const { publicKey, privateKey } = PAIRS[algorithm];
  const signer = privateKeySigner({ keyId: algorithm, algorithm, privateKey });
  const request = {
    ...payment,
    headers: { ...payment.headers, ...(await signRequest(payment, { signer, now })) },
  };
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
  );
  const options = { keys, now, authorities: [AUTHORITY], replayStore };
  const ours = await each(() => must(verifyRequest(request, options).then(({ verified }) => verified)));

  const one = createVerifier(publicKey, algorithm);
  const rivals: [string, () => Promise<unknown>][] = [
    [
      'http-message-signatures',
      () =>
        must(
          httpbis
            .verifyMessage(
              { keyLookup: async () => ({ verify: one }), notAfter: now },
              { method: request.method, url: request.url, headers },
            )
            .then((verified) => verified === true),
        ),
    ],
  ];
  if (algorithm === 'ed25519') {
    const fields = Object.entries(headers).map(([name, value]) => ({ name, value }));
    const other = {
      algorithm,
      verify: (data: Uint8Array, signature: Uint8Array) => verify(null, data, publicKey, signature),
    };
    rivals.push([
      'http-message-sig',
      () =>
        verifySignature(
          { kind: 'request', method: request.method, targetUri: request.url, fields },
          {
            policy: {
              algorithms: [algorithm],
              requiredComponents: ['@method', '@target-uri', 'content-digest'],
              requiredParameters: ['created', 'keyid', 'nonce', 'tag'],
              maxAge: 300,
              now: now.getTime() / 1000,
            },
            resolveVerifier: () => other,
          },
        ),
    ]);
  }
  for (const [rival, work] of rivals) {
    const value = await each(work);
    figures.push({ name: `${rival}, ${algorithm}, verified`, value, unit: 'ms' });
    figures.push({
      name: `verifyRequest, ${algorithm}`,
      value: ours,
      unit: 'ms',
      rival,
      ratio: ours / value,
    });
  }
  figures.push({ name: `verifyRequest, ${algorithm}, on one core`, value: 1000 / ours, unit: '1/s' });
  const signed = await each(() => signRequest(payment, { signer, now }));
  figures.push({ name: `signRequest, ${algorithm}`, value: signed, unit: 'ms' });
}

/** What the function costs before its first request. */
function measureHandler(): void {
  if (existsSync(HANDLER)) {
    const text = readFileSync(HANDLER);
    figures.push({ name: 'the authoriser, bundled', value: text.length / 1024, unit: 'KB' });
    figures.push({
      name: 'the authoriser, bundled and packed',
      value: gzipSync(text).length / 1024,
      unit: 'KB',
    });
    const program = `const s = performance.now(); require(${JSON.stringify(HANDLER)}); console.log(performance.now() - s)`;
    const loads = Array.from({ length: RUNS }, () =>
      Number(spawnSync(process.execPath, ['--no-warnings', '-e', program], { encoding: 'utf8' }).stdout),
    );
    figures.push({ name: 'the authoriser, loaded', value: median(loads), unit: 'ms' });
  } else {
    throw new Error(`${HANDLER} is missing, run npm run build`);
  }
}

async function main(): Promise<void> {
  for (const algorithm of SIGNATURE_ALGORITHMS) await measure(algorithm);
  measureHandler();
  print(figures, process.argv.includes('--json'));
}

void main();
