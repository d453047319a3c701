import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import {
  newSubjectKey,
  openRecord,
  type RecordIdentity,
  type SubjectKeyIdentity,
  sealRecord,
  unwrapSubjectKey,
  wrapSubjectKey,
} from '../../../../../lib/constructs/token-vault/runtime/core/record';

const KEY: SubjectKeyIdentity = {
  vault: 'vault',
  tenant: 'shop',
  subject: Buffer.alloc(32, 1),
  view: 'full',
  branchVersion: 1,
};
const RECORD: RecordIdentity = {
  vault: 'vault',
  tenant: 'shop',
  subject: Buffer.alloc(32, 1),
  type: 'card-number',
  view: 'full',
  tokenIndex: Buffer.alloc(32, 2),
  expires: 0,
};
const TOKEN = 'tok_AAAAAAAAAAAAAAAAAAAAAA';
const branchKey = randomBytes(32);
const subjectKey = newSubjectKey(randomBytes);
const secret = Buffer.from('4111111111111111');

test('a subject key comes back from its wrapping', () => {
  const wrapped = wrapSubjectKey(branchKey, subjectKey, KEY, randomBytes);
  expect(unwrapSubjectKey(branchKey, wrapped, KEY)).toEqual(subjectKey);
});

test.each<[string, Partial<SubjectKeyIdentity>]>([
  ['vault', { vault: 'other' }],
  ['tenant', { tenant: 'other' }],
  ['subject', { subject: Buffer.alloc(32, 9) }],
  ['view', { view: 'masked' }],
  ['version of the branch key', { branchVersion: 2 }],
])('a subject key of another %s stays wrapped', (_, changed) => {
  const wrapped = wrapSubjectKey(branchKey, subjectKey, KEY, randomBytes);
  expect(unwrapSubjectKey(branchKey, wrapped, { ...KEY, ...changed })).toBeUndefined();
});

test('no flipped bit and no cut of a wrapping gives a key', () => {
  const wrapped = wrapSubjectKey(branchKey, subjectKey, KEY, randomBytes);
  for (let bit = 0; bit < wrapped.length * 8; bit += 1) {
    const flipped = Buffer.from(wrapped);
    flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    expect(unwrapSubjectKey(branchKey, flipped, KEY)).toBeUndefined();
  }
  for (let length = 0; length < wrapped.length; length += 1) {
    expect(unwrapSubjectKey(branchKey, wrapped.subarray(0, length), KEY)).toBeUndefined();
  }
});

test('a record comes back to who has the token and knows whose it is', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 4096 }), fc.nat(), (plaintext, expires) => {
      const identity = { ...RECORD, expires };
      const sealed = sealRecord(subjectKey, TOKEN, identity, plaintext, randomBytes);
      expect(openRecord(subjectKey, TOKEN, identity, sealed)).toEqual(Buffer.from(plaintext));
    }),
  );
});

test.each<[string, Partial<RecordIdentity>]>([
  ['vault', { vault: 'other' }],
  ['tenant', { tenant: 'other' }],
  ['subject', { subject: Buffer.alloc(32, 9) }],
  ['type', { type: 'cvc' }],
  ['view', { view: 'masked' }],
  ['place', { tokenIndex: Buffer.alloc(32, 9) }],
  ['end', { expires: 1 }],
])('a record of another %s stays sealed', (_, changed) => {
  const sealed = sealRecord(subjectKey, TOKEN, RECORD, secret, randomBytes);
  expect(openRecord(subjectKey, TOKEN, { ...RECORD, ...changed }, sealed)).toBeUndefined();
});

test('table and keys without the token open nothing', () => {
  const sealed = sealRecord(subjectKey, TOKEN, RECORD, secret, randomBytes);
  expect(openRecord(subjectKey, 'tok_AAAAAAAAAAAAAAAAAAAAAQ', RECORD, sealed)).toBeUndefined();
});
