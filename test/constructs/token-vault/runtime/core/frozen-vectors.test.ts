import { receiptText } from '../../../../../lib/constructs/token-vault/runtime/app/erase';
import {
  DERIVED_KEYS,
  derivedKeyLabel,
  fingerprint,
  fingerprintTokenKey,
  idempotentToken,
  subjectHash,
  tokenIndex,
} from '../../../../../lib/constructs/token-vault/runtime/core/identity';
import { hmac } from '../../../../../lib/constructs/token-vault/runtime/core/key-derivation';
import {
  openRecord,
  sealRecord,
  unwrapSubjectKey,
  type View,
  wrapSubjectKey,
} from '../../../../../lib/constructs/token-vault/runtime/core/record';
import { FORMAT_VERSION, open, seal } from '../../../../../lib/constructs/token-vault/runtime/core/sealed';
import { cardLikeToken, randomToken } from '../../../../../lib/constructs/token-vault/runtime/core/token';
import vectors from '../../../../_fixtures/vectors/vault-format-1.json';

/** What the vault wrote when version 1 was frozen, it must write and read for ever: see vault-format.test.ts. */
const { vault, tenant, cases } = vectors;
const VIEWS: readonly View[] = ['full', 'masked'];
const fromHex = (text: string) => Buffer.from(text, 'hex');
const each = cases.map((one) => [one.title, one] as const);
const ROW = Buffer.from('fingerprint-row/1');

/** Gives out the bytes that were drawn when the vectors were made, in their order. */
function drawing(...drawn: readonly string[]) {
  const left = [...drawn];
  return (count: number) => {
    const next = fromHex(left.shift() ?? '');
    if (next.length !== count) throw new TypeError(`${count} bytes were asked for, not ${next.length}`);
    return next;
  };
}

test('the version that is written has vectors', () => {
  expect(FORMAT_VERSION).toBe(vectors.version);
});

test.each([...DERIVED_KEYS])('the label of %s', (name) => {
  const { label, key } = vectors.derivedKeys[name];
  expect(derivedKeyLabel(vault, name).toString('hex')).toBe(label);
  expect(hmac(fromHex(vectors.hmacKey), fromHex(label)).toString('hex')).toBe(key);
});

test.each(each)('token, subject, index: %s', (_, { token, value, subject, ...one }) => {
  const { random, cardLike, idempotency, is } = token;
  const key = (name: keyof typeof vectors.derivedKeys) => fromHex(vectors.derivedKeys[name].key);
  if (random !== undefined) expect(randomToken(drawing(random))).toBe(is);
  if (cardLike !== undefined) expect(cardLikeToken(value, drawing(...cardLike))).toBe(is);
  if (idempotency !== undefined)
    expect(idempotentToken(key('idempotency'), { tenant, ...idempotency })).toBe(is);
  const named = subject === undefined ? `token:${is}` : `name:${subject}`;
  expect(subjectHash(key('subject'), tenant, named).toString('hex')).toBe(one.subjectHash);
  expect(tokenIndex(key('token-index'), tenant, is).toString('hex')).toBe(one.tokenIndex);
});

test.each(each)('keys and records are written and read: %s', (_, one) => {
  const { token, type, expires, branchVersion } = one;
  const subject = fromHex(one.subjectHash);
  for (const view of VIEWS) {
    const { subjectKey, salt, wrapIv, wrapped, plaintext, iv, sealed } = one.views[view];
    const branchKey = fromHex(vectors.branchKeys[view]);
    const identity = { vault, tenant, subject, view, branchVersion };
    const key = unwrapSubjectKey(branchKey, fromHex(wrapped), identity);
    expect(key?.toString('hex')).toBe(subjectKey);
    const again = wrapSubjectKey(branchKey, fromHex(subjectKey), identity, drawing(salt, wrapIv));
    expect(again.toString('hex')).toBe(wrapped);
    if (plaintext === undefined || iv === undefined || sealed === undefined) continue;
    const record = { vault, tenant, subject, type, view, tokenIndex: fromHex(one.tokenIndex), expires };
    expect(openRecord(fromHex(subjectKey), token.is, record, fromHex(sealed))?.toString('utf8')).toBe(
      plaintext,
    );
    const written = sealRecord(fromHex(subjectKey), token.is, record, Buffer.from(plaintext), drawing(iv));
    expect(written.toString('hex')).toBe(sealed);
  }
});

test.each(each.filter(([, one]) => one.fingerprint !== undefined))('fingerprint: %s', (_, one) => {
  const { scope: which = '', index, iv = '', sealedToken = '' } = one.fingerprint ?? {};
  const scope = which === 'subject' ? fromHex(one.subjectHash) : new Uint8Array();
  const of = { tenant, type: one.type, scope, value: one.value };
  const key = fromHex(vectors.derivedKeys.fingerprint.key);
  expect(fingerprint(key, of).toString('hex')).toBe(index);
  const tokenKey = fingerprintTokenKey(key, of);
  expect(open(tokenKey, fromHex(sealedToken), ROW)?.toString('ascii')).toBe(one.token.is);
  expect(seal(tokenKey, Buffer.from(one.token.is), ROW, drawing(iv)).toString('hex')).toBe(sealedToken);
});

test('the text of a receipt', () => {
  expect(receiptText(vectors.receipt).toString('hex')).toBe(vectors.receipt.text);
});

test('another version is not opened, though all else fits', () => {
  for (const one of cases) {
    const sealed = fromHex(one.views.full.sealed ?? '');
    sealed[0] = 2;
    const record = {
      ...{ vault, tenant, subject: fromHex(one.subjectHash), type: one.type, view: 'full' as const },
      ...{ tokenIndex: fromHex(one.tokenIndex), expires: one.expires },
    };
    expect(openRecord(fromHex(one.views.full.subjectKey), one.token.is, record, sealed)).toBeUndefined();
  }
});
