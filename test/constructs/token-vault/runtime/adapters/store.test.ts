import { randomBytes } from 'node:crypto';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDbStore } from '../../../../../lib/constructs/token-vault/runtime/adapters/dynamodb-store';
import {
  type FingerprintRow,
  type Store,
  StoreError,
  type SubjectRow,
  type TokenRow,
} from '../../../../../lib/constructs/token-vault/runtime/ports/store';
import { type LocalDynamo, localDynamo, storeIn } from '../../../../_fixtures/vault/dynamo';
import { MemoryStore } from '../../../../_fixtures/vault/memory-store';

let dynamo: LocalDynamo;
beforeAll(async () => {
  dynamo = await localDynamo();
});
afterAll(() => dynamo.close());

const hash = () => new Uint8Array(randomBytes(32));
const tokenRow = (more: Partial<TokenRow> = {}): TokenRow => ({
  index: hash(),
  subject: hash(),
  type: 'card-number',
  sealed: { full: hash(), masked: hash() },
  expires: 0,
  created: 1_796_083_200,
  ...more,
});
const subjectRow = (more: Partial<SubjectRow> = {}): SubjectRow => ({
  tenant: 'shop',
  subject: hash(),
  keys: { full: { branchVersion: 1, wrapped: hash() }, masked: { branchVersion: 1, wrapped: hash() } },
  ...more,
});
const fingerprintRow = (more: Partial<FingerprintRow> = {}): FingerprintRow => ({
  index: hash(),
  subject: hash(),
  sealedToken: hash(),
  expires: 0,
  ...more,
});
const all = async <T>(rows: AsyncIterable<T>) => {
  const found: T[] = [];
  for await (const row of rows) found.push(row);
  return found;
};

/** What every store promises: the one in memory, on which all schedules run, and DynamoDB's. */
describe.each<[string, () => Promise<Store>]>([
  ['in memory', async () => new MemoryStore()],
  ['in DynamoDB', () => storeIn(dynamo)],
])('a store %s', (_, make) => {
  test('gives tokens back as they were, in the order that is asked for', async () => {
    const store = await make();
    const [a, b, c] = [
      tokenRow(),
      tokenRow({ sealed: { full: hash() }, fingerprint: hash(), expires: 9 }),
      tokenRow(),
    ];
    expect(await store.putTokens([a, b], false)).toEqual([]);
    expect(await store.putTokens([c], true)).toEqual([]);
    expect(await store.tokens([c.index, hash(), b.index, a.index])).toEqual([c, undefined, b, a]);
  });

  test('holds more tokens than fit into one call', async () => {
    const store = await make();
    const rows = Array.from({ length: 130 }, () => tokenRow());
    expect(await store.putTokens(rows, false)).toEqual([]);
    expect(await store.tokens(rows.map(({ index }) => index))).toEqual(rows);
  });

  test('adds a token once', async () => {
    const store = await make();
    const row = tokenRow();
    expect(await store.addToken(row, false)).toBe(true);
    expect(await store.addToken({ ...row, type: 'text' }, false)).toBe(false);
    expect(await store.tokens([row.index])).toEqual([row]);
  });

  test.each([true, false])('closes a token once and for all, short-lived: %s', async (shortLived) => {
    const store = await make();
    const row = tokenRow();
    expect(await store.closeToken(row.index, 5, shortLived)).toBe(false);
    await store.addToken(row, shortLived);
    expect(await store.closeToken(row.index, 5, shortLived)).toBe(true);
    expect(await store.closeToken(row.index, 6, shortLived)).toBe(false);
    expect(await store.addToken(row, shortLived)).toBe(false);
    expect(await store.tokens([row.index])).toEqual([{ index: row.index, closed: 5 }]);
  });

  test('replaces a fingerprint only where it is the one that was seen', async () => {
    const store = await make();
    const row = fingerprintRow();
    const next = { ...row, sealedToken: hash(), expires: 7 };
    expect(await store.putFingerprint(row)).toBe(true);
    expect(await store.putFingerprint(next)).toBe(false);
    expect(await store.putFingerprint(next, hash())).toBe(false);
    expect(await store.fingerprints([row.index, hash()])).toEqual([row, undefined]);
    expect(await store.putFingerprint(next, row.sealedToken)).toBe(true);
    expect(await store.fingerprints([row.index])).toEqual([next]);
    const gone = fingerprintRow();
    expect(await store.putFingerprint(gone, hash())).toBe(true);
  });

  test('adds a subject once, also where a tombstone stands', async () => {
    const store = await make();
    const row = subjectRow();
    expect(await store.addSubject(row)).toBe(true);
    expect(await store.addSubject(row)).toBe(false);
    await store.eraseSubject('shop', row.subject, 5);
    expect(await store.addSubject(row)).toBe(false);
    expect(await store.subjects('shop', [row.subject, hash()])).toEqual([
      { tenant: 'shop', subject: row.subject, erased: 5 },
      undefined,
    ]);
    expect(await store.subjects('other', [row.subject])).toEqual([undefined]);
  });

  test('erases a subject that was never there, and keeps the first moment', async () => {
    const store = await make();
    const subject = hash();
    expect(await store.eraseSubject('shop', subject, 5)).toBe(true);
    expect(await store.eraseSubject('shop', subject, 9)).toBe(true);
    expect(await store.subjects('shop', [subject])).toEqual([{ tenant: 'shop', subject, erased: 5 }]);
  });

  test('does not erase a subject before its hold ends', async () => {
    const store = await make();
    const row = subjectRow();
    expect(await store.holdSubject('shop', row.subject, 10)).toBe(false);
    await store.addSubject(row);
    expect(await store.holdSubject('shop', row.subject, 10)).toBe(true);
    expect(await store.eraseSubject('shop', row.subject, 9)).toBe(false);
    expect(await store.subjects('shop', [row.subject])).toEqual([{ ...row, heldUntil: 10 }]);
    expect(await store.eraseSubject('shop', row.subject, 10)).toBe(true);
    expect(await store.holdSubject('shop', row.subject, 99)).toBe(false);
  });

  test('ends a hold', async () => {
    const store = await make();
    const row = subjectRow();
    await store.addSubject(row);
    await store.holdSubject('shop', row.subject, 10);
    expect(await store.holdSubject('shop', row.subject, undefined)).toBe(true);
    expect(await store.eraseSubject('shop', row.subject, 1)).toBe(true);
  });

  test('wraps a key anew only where it has the version that was seen', async () => {
    const store = await make();
    const row = subjectRow();
    const after = { branchVersion: 2, wrapped: hash() };
    expect(await store.rewrapSubject(row, 'full', 1, after)).toBe(false);
    await store.addSubject(row);
    expect(await store.rewrapSubject(row, 'full', 2, after)).toBe(false);
    expect(await store.rewrapSubject(row, 'full', 1, after)).toBe(true);
    expect(await store.subjects('shop', [row.subject])).toEqual([
      { ...row, keys: { ...row.keys, full: after } },
    ]);
    await store.eraseSubject('shop', row.subject, 5);
    expect(await store.rewrapSubject(row, 'masked', 1, after)).toBe(false);
  });

  test('lists the subjects of a tenant that are not erased', async () => {
    const store = await make();
    const [a, b, erased] = [subjectRow(), subjectRow(), subjectRow()];
    for (const row of [a, b, erased, subjectRow({ tenant: 'shop-2' })]) await store.addSubject(row);
    await store.eraseSubject('shop', erased.subject, 5);
    const found = await all(store.subjectsOf('shop'));
    expect(found).toHaveLength(2);
    expect(found).toEqual(expect.arrayContaining([a, b]));
  });

  test('knows the newest branch key, whoever writes it, and in whatever order', async () => {
    const store = await make();
    const of = { tenant: 'shop', view: 'full' } as const;
    expect(await store.newestBranchKey('shop', 'full')).toBeUndefined();
    const [first, second] = [1, 2].map((version) => ({ ...of, version, wrapped: hash() }));
    if (first === undefined || second === undefined) throw new TypeError();
    expect(await store.addBranchKey(second)).toBe(true);
    expect(await store.addBranchKey(first)).toBe(true);
    expect(await store.addBranchKey({ ...second, wrapped: hash() })).toBe(false);
    expect(await store.newestBranchKey('shop', 'full')).toEqual(second);
    expect(await store.branchKey('shop', 'full', 1)).toEqual(first);
    expect(await store.branchKey('shop', 'masked', 1)).toBeUndefined();
    expect(await store.newestBranchKey('shop', 'masked')).toBeUndefined();
  });

  test('remembers a restore', async () => {
    const store = await make();
    expect(await store.restoreMark()).toBeUndefined();
    await store.setRestoreMark('restore-1');
    expect(await store.restoreMark()).toBe('restore-1');
  });

  test('lets one of many who add at once win', async () => {
    const store = await make();
    const row = tokenRow();
    const won = await Promise.all(Array.from({ length: 20 }, () => store.addToken(row, false)));
    expect(won.filter(Boolean)).toHaveLength(1);
  });
});

describe('DynamoDB that does not answer as it should', () => {
  const names = { data: 'data', keys: 'keys', shortLived: 'short' };
  const storeWith = (
    send: (command: { readonly input: unknown }) => unknown,
    pause = async () => undefined,
  ) =>
    new DynamoDbStore(
      { send: async (command: { input: unknown }) => send(command) } as unknown as DynamoDBClient,
      names,
      pause,
    );

  test('is one error that holds nothing of what was asked', async () => {
    const secret = tokenRow();
    const store = storeWith(() => {
      throw new TypeError(`cannot write ${Buffer.from(secret.index).toString('base64')}`);
    });
    for (const work of [
      store.addToken(secret, false),
      store.tokens([secret.index]),
      store.setRestoreMark('x'),
    ]) {
      const failure: unknown = await work.then(
        () => undefined,
        (error: unknown) => error,
      );
      expect(failure).toBeInstanceOf(StoreError);
      expect([String(failure), (failure as Error).cause]).toEqual([
        'StoreError: the store is not available',
        undefined,
      ]);
    }
  });

  test('leaves over what it has no room for, which is asked for again and no more than that', async () => {
    const rowsLeft: number[] = [];
    const rows = Array.from({ length: 10 }, () => tokenRow());
    const store = storeWith(({ input }) => {
      const requests = (input as { RequestItems: { data: unknown[] } }).RequestItems.data;
      rowsLeft.push(requests.length);
      return {
        UnprocessedItems: requests.length > 4 ? { data: requests.slice(0, requests.length - 3) } : {},
      };
    });
    expect(await store.putTokens(rows, false)).toEqual([]);
    expect(rowsLeft).toEqual([10, 7, 4]);
  });

  test('that never has room is told row by row when it writes, and an error when it reads', async () => {
    const row = tokenRow();
    const store = storeWith(({ input }) => {
      const { data } = (input as { RequestItems: { data: unknown } }).RequestItems;
      return { UnprocessedItems: { data }, UnprocessedKeys: { data } };
    });
    expect(await store.putTokens([row], false)).toEqual([row.index]);
    await expect(store.tokens([row.index])).rejects.toBeInstanceOf(StoreError);
  });

  test('that gives something that the vault never wrote is an error', async () => {
    const store = storeWith(({ input }) => {
      const { Keys: [key] = [] } = (input as { RequestItems: { data: { Keys?: object[] } } }).RequestItems
        .data;
      return { Responses: { data: [{ ...key, s: { S: 'no bytes' } }] } };
    });
    await expect(store.tokens([hash()])).rejects.toBeInstanceOf(StoreError);
  });
});
