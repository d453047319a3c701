import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import {
  dynamoDbReplayStore,
  memoryReplayStore,
  type ReplayStore,
  type Verification,
  verifyRequest,
} from '../../../lib/target';
import { type LocalTable, localTable, nobody, TABLE } from './dynamodb';
import { NOW, options, PAYMENT, signed } from './messages';

let table: LocalTable;
beforeAll(async () => {
  table = await localTable();
});
afterAll(() => table.stop());

const codeOf = (result: Verification) => (result.verified ? 'verified' : result.problem.code);
const seen = (nonce: string, keyId = 'acme', until = new Date(NOW.getTime() + 390_000)) => ({
  keyId,
  nonce,
  until,
});

const stores: [string, () => ReplayStore][] = [
  ['in memory', () => memoryReplayStore(() => NOW)],
  ['in DynamoDB', () => dynamoDbReplayStore(table.calls, TABLE)],
];

describe.each(stores)('the store %s', (_, open) => {
  test('of twenty copies of a request that come at once, one passes', async () => {
    const request = await signed();
    const replayStore = open();
    const results = await Promise.all(
      Array.from({ length: 20 }, () => verifyRequest(request, options({ replayStore }))),
    );
    const codes = results.map(codeOf).sort();
    expect(codes.filter((code) => code === 'verified')).toHaveLength(1);
    expect(codes.filter((code) => code === 'message-replayed')).toHaveLength(19);
  });

  test('the same nonce of another key is another signature, and no two of them run together', async () => {
    const store = open();
    expect(await store.remember(seen('0123456789abcdef', 'a'))).toBe(true);
    expect(await store.remember(seen('0123456789abcdef', 'b'))).toBe(true);
    expect(await store.remember(seen('","0123456789abcdef', 'a'))).toBe(true);
    expect(await store.remember(seen('0123456789abcdef', 'a'))).toBe(false);
  });
});

test('an entry lives longer than the signature can be taken, and holds neither nonce nor partner', async () => {
  const items: Record<string, unknown>[] = [];
  const replayStore = dynamoDbReplayStore(
    {
      putItem: (input) => {
        items.push(input.Item);
        return table.calls.putItem(input);
      },
    },
    TABLE,
  );
  const request = await signed(PAYMENT, { nonce: 'nonce-that-is-not-kept' });
  await verifyRequest(request, options({ replayStore, windowSeconds: 600, skewSeconds: 60 }));
  const [item] = items;
  // The last second at which it is taken is 600 s after it was made; the clock of another receiver may be behind.
  expect(item).toMatchObject({ expiresAt: { N: String(NOW.getTime() / 1000 + 600 + 60 + 60) } });
  expect(Object.keys(item ?? {})).toEqual(['pk', 'claim', 'expiresAt']);
  expect(JSON.stringify(item)).not.toMatch(/nonce-that|acme/);
  const { pk } = item as { pk: { S: string } };
  expect(pk.S).toMatch(/^replay#[\w-]{43}$/);
  expect(await table.client.send(new GetItemCommand({ TableName: TABLE, Key: { pk } }))).toMatchObject({
    Item: item,
  });
});

test('what the SDK sends again because it heard nothing is no second message', async () => {
  const store = dynamoDbReplayStore(
    {
      async putItem(input) {
        await table.client.send(new PutItemCommand(input));
        return table.client.send(new PutItemCommand(input));
      },
    },
    TABLE,
  );
  expect(await store.remember(seen('sent-again-by-the-sdk'))).toBe(true);
  expect(await store.remember(seen('sent-again-by-the-sdk'))).toBe(false);
});

test('without the table every request is refused', async () => {
  const replayStore = dynamoDbReplayStore(nobody(), TABLE);
  expect(codeOf(await verifyRequest(await signed(), options({ replayStore })))).toBe('replay-unknown');
  const elsewhere = dynamoDbReplayStore(table.calls, 'no-such-table');
  expect(codeOf(await verifyRequest(await signed(), options({ replayStore: elsewhere })))).toBe(
    'replay-unknown',
  );
});

test('the store in memory forgets what is over, and takes nothing while it is full', async () => {
  let now = NOW;
  const store = memoryReplayStore(() => now, 2);
  const until = new Date(NOW.getTime() + 1000);
  expect(await store.remember(seen('1', 'a', until))).toBe(true);
  expect(await store.remember(seen('2', 'a', until))).toBe(true);
  await expect(store.remember(seen('3', 'a', until))).rejects.toThrow(
    "memoryReplayStore: holds 2 signatures, which is all that it may, raise 'most' or keep them in a table",
  );
  expect(await store.remember(seen('2', 'a', until))).toBe(false);
  now = new Date(NOW.getTime() + 1001);
  expect(await store.remember(seen('3', 'a', until))).toBe(true);
});
