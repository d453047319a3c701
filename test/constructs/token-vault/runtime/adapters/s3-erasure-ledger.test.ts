import { randomBytes } from 'node:crypto';
import { S3ErasureLedger } from '../../../../../lib/constructs/token-vault/runtime/adapters/s3-erasure-ledger';
import { S3LedgerObjects } from '../../../../../lib/constructs/token-vault/runtime/adapters/s3-ledger-objects';
import type { ErasureEntry } from '../../../../../lib/constructs/token-vault/runtime/ports/erasure-ledger';
import { StoreError } from '../../../../../lib/constructs/token-vault/runtime/ports/store';
import { NOW } from '../../../../_fixtures/vault/memory-vault';
import { type LocalBucket, localBucket } from '../../../../_fixtures/vault/s3';

let bucket: LocalBucket;
beforeEach(async () => {
  bucket = await localBucket(3);
});
afterEach(() => bucket.close());

const ledgerOf = (now: () => number = () => NOW, account = bucket.account) =>
  new S3ErasureLedger(new S3LedgerObjects(bucket.client, bucket.name, account), now);
const entryOf = (more: Partial<ErasureEntry> = {}): ErasureEntry => ({
  tenant: 'shop',
  subject: new Uint8Array(randomBytes(32)),
  erased: NOW / 1000,
  withdrawn: false,
  ...more,
});
async function read(ledger: S3ErasureLedger): Promise<ErasureEntry[]> {
  const found: ErasureEntry[] = [];
  for await (const entry of ledger.entries()) found.push(entry);
  return found;
}

test('all entries come back, oldest first, from as many pages as it takes', async () => {
  let now = NOW;
  const ledger = ledgerOf(() => now);
  const entries = Array.from({ length: 40 }, (_, at) =>
    entryOf({ withdrawn: at % 3 === 0, ...(at % 2 === 0 && { token: new Uint8Array(randomBytes(32)) }) }),
  );
  for (const entry of entries) {
    await ledger.append(entry);
    now += 17;
  }
  expect(await read(ledger)).toEqual(entries);
  expect(await read(ledgerOf())).toEqual(entries);
});

test('entries of one instance keep their order, also within a millisecond and when its clock goes back', async () => {
  let now = NOW;
  const ledger = ledgerOf(() => now);
  const entries = [entryOf(), entryOf({ withdrawn: true }), entryOf(), entryOf()];
  for (const entry of entries) {
    await ledger.append(entry);
    now -= 1;
  }
  expect(await read(ledger)).toEqual(entries);
});

test('an entry that was written over or deleted is read as it was first: locks keep versions, not keys', async () => {
  const ledger = ledgerOf();
  const entries = [entryOf(), entryOf(), entryOf()];
  for (const entry of entries) await ledger.append(entry);
  const [first = '', second = '', third = ''] = [...bucket.versions.keys()].sort();
  bucket.overwrite(first, Buffer.from('{"format":1,"withdrawn":true}'));
  bucket.overwrite(second, undefined);
  bucket.overwrite(third, Buffer.from('x'));
  bucket.overwrite(third, undefined);
  bucket.overwrite(third, undefined);
  expect(await read(ledger)).toEqual(entries);
});

test('an entry is written where nothing stands, with its checksum, into the bucket of the account', async () => {
  await ledgerOf().append(entryOf());
  expect(bucket.writes).toEqual([
    expect.objectContaining({
      'if-none-match': '*',
      'x-amz-checksum-sha256': expect.any(String),
      'x-amz-expected-bucket-owner': bucket.account,
      'content-type': 'application/json',
    }),
  ]);
  expect([...bucket.versions.keys()]).toEqual([expect.stringMatching(/^erasures\/0\d{13}-[0-9a-f]{16}$/)]);
  await expect(ledgerOf(undefined, '999999999999').append(entryOf())).rejects.toBeInstanceOf(StoreError);
});

test('an entry whose answer was lost is there once', async () => {
  const ledger = ledgerOf();
  const entry = entryOf();
  bucket.lost = 1;
  await ledger.append(entry);
  expect(bucket.writes).toHaveLength(2);
  expect(await read(ledger)).toEqual([entry]);
});

test.each([
  ['no JSON', 'x'],
  ['another format', JSON.stringify({ format: 2 })],
  ['no subject', JSON.stringify({ format: 1, tenant: 'shop', erased: 1, withdrawn: false })],
  [
    'a time that is none',
    JSON.stringify({ format: 1, tenant: 'shop', subject: 'A'.repeat(43), erased: 0.5, withdrawn: false }),
  ],
  ['more than an entry has', 'x'.repeat(20_000)],
])('an entry that is %s is not left out of a replay: it ends it', async (_, body) => {
  const ledger = ledgerOf();
  await ledger.append(entryOf());
  bucket.overwrite('erasures/00000000000001-0000000000000000', Buffer.from(body));
  await expect(read(ledger)).rejects.toEqual(new StoreError());
});
