import { createPublicKey, verify, webcrypto } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import vectors from '../../../../_fixtures/vectors/vault-format-1.json';

/*
 * Version 1 of the format as docs/vault-format.md has it, written from that page: nothing of lib/ is imported, and the
 * primitives are those of WebCrypto, which the vault does not use.
 */

const { subtle } = webcrypto;
const { vault, tenant, cases } = vectors;
type Case = (typeof cases)[number];
type View = 'full' | 'masked';

const fromHex = (text: string) => Buffer.from(text, 'hex');
const bytes = (part: string | Uint8Array) => (typeof part === 'string' ? Buffer.from(part, 'utf8') : part);
const joined = (...parts: (string | Uint8Array)[]) => Buffer.concat(parts.map(bytes));

/** `C`. */
function c(...parts: (string | Uint8Array)[]): Buffer {
  return Buffer.concat(
    parts.map((part) => {
      const own = bytes(part);
      return joined(fromHex(own.length.toString(16).padStart(8, '0')), own);
    }),
  );
}

async function hmac(key: Uint8Array, message: Uint8Array): Promise<Buffer> {
  const imported = await subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  return Buffer.from(await subtle.sign('HMAC', imported, message));
}

const kdf = (key: Uint8Array, label: string, context: Uint8Array) =>
  hmac(key, joined(fromHex('00000001'), label, fromHex('00'), context, fromHex('00000100')));

async function seal(
  key: Uint8Array,
  iv: Uint8Array,
  plaintext: Uint8Array,
  aad: Uint8Array,
): Promise<string> {
  const imported = await subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt']);
  const sealed = await subtle.encrypt({ name: 'AES-GCM', iv, additionalData: aad }, imported, plaintext);
  return joined(fromHex('01'), iv, Buffer.from(sealed)).toString('hex');
}

const derived = (name: string) =>
  hmac(fromHex(vectors.hmacKey), c('cdk-secure-transmission', 'vault/1', vault, name));

function luhn(digits: string): boolean {
  let sum = 0;
  [...digits].reverse().forEach((digit, at) => {
    const weighed = Number(digit) * (at % 2 === 1 ? 2 : 1);
    sum += Math.floor(weighed / 10) + (weighed % 10);
  });
  return sum % 10 === 0;
}

/** The token of a case, of the random bytes or the call that it was made of. */
async function tokenOf({ token, value }: Case): Promise<string> {
  if (token.random !== undefined) return `tok_${fromHex(token.random).toString('base64url')}`;
  if (token.idempotency !== undefined) {
    const { grantee, idempotencyKey, item } = token.idempotency;
    const parts = c('idempotency/1', tenant, grantee, idempotencyKey, String(item));
    return `tok_${(await hmac(await derived('idempotency'), parts)).subarray(0, 16).toString('base64url')}`;
  }
  const drawn = fromHex((token.cardLike ?? []).join(''));
  const digits = [...drawn].filter((byte) => byte < 250).map((byte) => byte % 10);
  return `${digits.slice(0, value.length - 4).join('')}${value.slice(-4)}`;
}

const each = cases.map((one) => [one.title, one] as const);

test.each(Object.entries(vectors.derivedKeys))(
  'the key %s is derived as the page says',
  async (name, { label, key }) => {
    expect(c('cdk-secure-transmission', 'vault/1', vault, name).toString('hex')).toBe(label);
    expect((await derived(name)).toString('hex')).toBe(key);
  },
);

test.each(each)('names, as the page says: %s', async (_, one) => {
  const token = await tokenOf(one);
  expect(token).toBe(one.token.is);
  const named = one.subject === undefined ? `token:${token}` : `name:${one.subject}`;
  const subject = await hmac(await derived('subject'), c('subject/1', tenant, named));
  expect(subject.toString('hex')).toBe(one.subjectHash);
  const index = await hmac(await derived('token-index'), c('token/1', tenant, token));
  expect(index.toString('hex')).toBe(one.tokenIndex);
});

test('a card-like token fails the check of Luhn, keeps four digits, and is as long', () => {
  const like = cases.filter(({ token }) => token.cardLike !== undefined);
  expect(like).toHaveLength(1);
  for (const { token, value } of like) {
    expect([luhn(value), luhn(token.is)]).toEqual([true, false]);
    expect([token.is.length, token.is.slice(-4)]).toEqual([value.length, value.slice(-4)]);
  }
});

test.each(each)('keys and records, as the page says: %s', async (_, one) => {
  const { token, subjectHash, tokenIndex, type, expires, branchVersion } = one;
  const subject = fromHex(subjectHash);
  for (const view of ['full', 'masked'] satisfies View[]) {
    const { subjectKey, salt, wrapIv, wrapped, ...record } = one.views[view];
    const branchKey = fromHex(vectors.branchKeys[view]);
    const wrappingKey = await kdf(branchKey, 'subject-key/1', c(tenant, subject, fromHex(salt)));
    const aad = c('subject-key/1', vault, tenant, subject, view, String(branchVersion));
    expect(salt + (await seal(wrappingKey, fromHex(wrapIv), fromHex(subjectKey), aad))).toBe(wrapped);
    if (record.plaintext === undefined || record.iv === undefined) continue;
    const recordKey = await kdf(fromHex(subjectKey), 'record/1', c(tenant, view, token.is));
    const identity = c('record/1', vault, tenant, subject, type, view, fromHex(tokenIndex), String(expires));
    expect(await seal(recordKey, fromHex(record.iv), bytes(record.plaintext), identity)).toBe(record.sealed);
  }
});

test('fingerprints and sealed tokens, as the page says, in both scopes', async () => {
  const key = await derived('fingerprint');
  const scopes = new Set<string>();
  for (const { fingerprint, subjectHash, type, value, token } of cases) {
    if (fingerprint === undefined) continue;
    scopes.add(fingerprint.scope);
    const scope = fingerprint.scope === 'subject' ? fromHex(subjectHash) : new Uint8Array();
    const index = await hmac(key, c('fingerprint/1', tenant, type, scope, value));
    expect(index.toString('hex')).toBe(fingerprint.index);
    const tokenKey = await hmac(key, c('fingerprint-token/1', tenant, type, scope, value));
    const aad = bytes('fingerprint-row/1');
    expect(await seal(tokenKey, fromHex(fingerprint.iv), bytes(token.is), aad)).toBe(fingerprint.sealedToken);
  }
  expect(scopes).toEqual(new Set(['subject', 'tenant']));
});

test('a receipt is what the page says, and its signature verifies', () => {
  const { receipt } = vectors;
  const text = c('erasure-receipt/1', receipt.vault, receipt.tenant, receipt.subject, String(receipt.erased));
  expect(text.toString('hex')).toBe(receipt.text);
  const der = Buffer.from(receipt.publicKey, 'base64');
  const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
  const signature = Buffer.from(receipt.signature, 'base64');
  expect(verify('sha256', text, key, signature)).toBe(true);
  expect(verify('sha256', joined(text, '0'), key, signature)).toBe(false);
});

test('every label and size that was used here stands on the page', () => {
  const page = readFileSync(resolve('docs/vault-format.md'), 'utf8');
  for (const label of [
    'cdk-secure-transmission',
    'vault/1',
    'token/1',
    'subject/1',
    'fingerprint/1',
    'fingerprint-token/1',
    'fingerprint-row/1',
    'idempotency/1',
    'subject-key/1',
    'record/1',
    'erasure-receipt/1',
  ])
    expect(page).toContain(`"${label}"`);
  const [{ views }] = cases as [Case];
  expect(page).toContain(`(${fromHex(views.full.wrapped).length} bytes)`);
  expect(page).toContain(`a record is ${fromHex(views.full.sealed ?? '').length - 16} bytes longer`);
});
