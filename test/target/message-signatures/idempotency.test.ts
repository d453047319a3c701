import {
  dynamoDbIdempotencyStore,
  type IdempotencyStore,
  type IdempotentOptions,
  idempotent,
  memoryIdempotencyStore,
} from '../../../lib/target';
import { type LocalTable, localTable, nobody, TABLE } from './dynamodb';
import { NOW } from './messages';

interface Request {
  readonly partner: string;
  readonly key?: string;
  readonly body: string;
  readonly path?: string;
}
interface Response {
  readonly status: number;
  readonly id?: string;
  readonly code?: string;
  readonly again?: boolean;
}

const KEY = '"8e03978e-40d5-43dd-bc93-6894a57f9324"';
const ORDER: Request = { partner: 'acme', key: KEY, body: '{"amount":"12.50"}' };

let table: LocalTable;
let scope = 0;
beforeAll(async () => {
  table = await localTable();
});
afterAll(() => table.stop());

/** An app that counts what it did; each in a scope of its own, since they share the table. */
function app(
  store: IdempotencyStore,
  work: (request: Request, count: number) => Promise<Response> = async (_, count) => ({
    status: 201,
    id: `order-${count}`,
  }),
  given: Partial<IdempotentOptions<Request, Response>> = {},
) {
  const run = { count: 0, notKept: [] as string[] };
  const own = `${++scope}`;
  const call = idempotent<Request, Response>(
    {
      store,
      identify: ({ partner, key, body, path = '/orders' }) => ({
        scope: `${own} ${partner}`,
        key,
        method: 'POST',
        target: path,
        body,
      }),
      keep: ({ status, id }) => ({ status, reference: id }),
      answer: ({ status, reference }) => ({ status, id: reference, again: true }),
      refuse: ({ status, code }) => ({ status, code }),
      onNotKept: (why) => run.notKept.push(why),
      now: () => NOW,
      ...given,
    },
    (request) => {
      run.count += 1;
      return work(request, run.count);
    },
  );
  return { call, run };
}

const stores: [string, () => IdempotencyStore][] = [
  ['in memory', () => memoryIdempotencyStore()],
  ['in DynamoDB', () => dynamoDbIdempotencyStore(table.calls, TABLE)],
];

describe.each(stores)('with the store %s', (_, open) => {
  test('the same request gets the outcome of the first, which is done once', async () => {
    const { call, run } = app(open());
    expect(await call(ORDER)).toEqual({ status: 201, id: 'order-1' });
    expect(await call(ORDER)).toEqual({ status: 201, id: 'order-1', again: true });
    expect(await call({ ...ORDER, key: KEY.replaceAll('"', '') })).toMatchObject({ again: true });
    expect(run).toEqual({ count: 1, notKept: [] });
  });

  test('of twenty at once one is done, and the others are told that it is at work', async () => {
    let finish: () => void = () => undefined;
    const finished = new Promise<void>((done) => {
      finish = done;
    });
    const { call, run } = app(open(), async () => {
      await finished;
      return { status: 201, id: 'order' };
    });
    const answered: Response[] = [];
    const calls = Array.from({ length: 20 }, async () => {
      const response = await call(ORDER);
      answered.push(response);
      return response;
    });
    while (answered.length < 19) await new Promise((done) => setTimeout(done, 5));
    expect(answered.every(({ status }) => status === 409)).toBe(true);
    finish();
    const statuses = (await Promise.all(calls)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(1);
    expect(run.count).toBe(1);
  });

  test.each<[string, Partial<Request>]>([
    ['content', { body: '{"amount":"1250"}' }],
    ['target', { path: '/refunds' }],
  ])('the same key with another %s is refused', async (_what, change) => {
    const { call, run } = app(open());
    await call(ORDER);
    expect(await call({ ...ORDER, ...change })).toEqual({ status: 422, code: 'idempotency-key-reused' });
    expect(run.count).toBe(1);
  });

  test('the key of another partner is another key', async () => {
    const { call, run } = app(open());
    await call(ORDER);
    expect(await call({ ...ORDER, partner: 'other' })).toEqual({ status: 201, id: 'order-2' });
    expect(run.count).toBe(2);
  });

  test.each([
    ['throws', () => Promise.reject(new Error('down'))],
    ['answers 500', async () => ({ status: 500 })],
    ['answers 503', async () => ({ status: 503 })],
  ])('where the handler %s, nothing was done and the same may be sent again', async (_what, failing) => {
    const { call, run } = app(open(), (_request, count) =>
      count === 1 ? failing() : Promise.resolve({ status: 201, id: 'order' }),
    );
    await call(ORDER).catch(() => undefined);
    expect(await call(ORDER)).toEqual({ status: 201, id: 'order' });
    expect(run).toEqual({ count: 2, notKept: [] });
  });

  test('a refusal of the app is an outcome, too', async () => {
    const { call, run } = app(open(), async () => ({ status: 402 }));
    await call(ORDER);
    expect(await call(ORDER)).toEqual({ status: 402, id: undefined, again: true });
    expect(run.count).toBe(1);
  });

  test('a lock runs out, the slow one is told that it lost it, and the outcome of the other stays', async () => {
    let now = NOW;
    let finish: () => void = () => undefined;
    const slow = new Promise<void>((done) => {
      finish = done;
    });
    const { call, run } = app(
      open(),
      async (_request, count) => {
        if (count === 1) await slow;
        return { status: 201, id: `order-${count}` };
      },
      { now: () => now, lockSeconds: 10 },
    );
    const first = call(ORDER);
    await new Promise((done) => setTimeout(done, 200));
    now = new Date(NOW.getTime() + 9_999);
    expect(await call(ORDER)).toMatchObject({ status: 409 });
    now = new Date(NOW.getTime() + 10_000);
    expect(await call(ORDER)).toEqual({ status: 201, id: 'order-2' });
    finish();
    await first;
    expect(run.notKept).toEqual(['lock-lost']);
    expect(await call(ORDER)).toMatchObject({ id: 'order-2', again: true });
  });

  test('an outcome is kept for its time, and then the same is a new request', async () => {
    let now = NOW;
    const { call, run } = app(open(), undefined, { now: () => now, keepSeconds: 60 });
    await call(ORDER);
    now = new Date(NOW.getTime() + 59_000);
    expect(await call(ORDER)).toMatchObject({ again: true });
    now = new Date(NOW.getTime() + 60_000);
    expect(await call(ORDER)).toEqual({ status: 201, id: 'order-2' });
    expect(run.count).toBe(2);
  });

  test.each([
    ['a card number', '4111 1111 1111 1111'],
    ['a card number within', 'order for 5500005555555559.'],
    ['a novel', 'x'.repeat(5000)],
  ])('of an outcome that holds %s only the status is kept', async (_what, id) => {
    const { call } = app(open(), async () => ({ status: 201, id }));
    expect(await call(ORDER)).toEqual({ status: 201, id });
    expect(await call(ORDER)).toEqual({ status: 201, id: undefined, again: true });
  });
});

describe('a request is refused, and nothing is done, where', () => {
  test.each<[string, string | undefined, string]>([
    ['it has no key', undefined, 'idempotency-key-missing'],
    ['the key is empty', '""', 'idempotency-key-malformed'],
    ['the key is short', '"1"', 'idempotency-key-malformed'],
    ['the key is long', `"${'x'.repeat(256)}"`, 'idempotency-key-malformed'],
    ['there are two', `${KEY}, ${KEY}`, 'idempotency-key-malformed'],
    ['there are two without quotes', '0123456789abcdef,0123456789abcdef', 'idempotency-key-malformed'],
    ['the key has a space', '"0123456789 abcdef"', 'idempotency-key-malformed'],
    ['the key has parameters', `${KEY};a=1`, 'idempotency-key-malformed'],
    ['the quotes do not end', KEY.slice(0, -1), 'idempotency-key-malformed'],
  ])('%s', async (_, key, code) => {
    const { call, run } = app(memoryIdempotencyStore());
    expect(await call({ ...ORDER, key })).toEqual({ status: 400, code });
    expect(run.count).toBe(0);
  });

  test('the store does not answer', async () => {
    const { call, run } = app(dynamoDbIdempotencyStore(nobody(), TABLE));
    expect(await call(ORDER)).toEqual({ status: 503, code: 'outcome-unknown' });
    expect(run.count).toBe(0);
  });
});

test('where the store fails after the work, the answer goes out and somebody is told', async () => {
  const store = memoryIdempotencyStore();
  const { call, run } = app({ ...store, complete: () => Promise.reject(new Error('down')) });
  expect(await call(ORDER)).toEqual({ status: 201, id: 'order-1' });
  expect(run.notKept).toEqual(['store-failed']);
  expect(await call(ORDER)).toEqual({ status: 409, code: 'request-in-progress' });
});

test('what lies in the table is a hash, a status and a reference', async () => {
  const puts: string[] = [];
  const calls = {
    putItem: (input: Parameters<typeof table.calls.putItem>[0]) => {
      puts.push(JSON.stringify(input));
      return table.calls.putItem(input);
    },
    getItem: table.calls.getItem.bind(table.calls),
    deleteItem: table.calls.deleteItem.bind(table.calls),
    updateItem: (input: Parameters<typeof table.calls.updateItem>[0]) => {
      puts.push(JSON.stringify(input));
      return table.calls.updateItem(input);
    },
  };
  const { call } = app(dynamoDbIdempotencyStore(calls as typeof table.calls, TABLE));
  await call({ ...ORDER, body: '{"pan":"4111111111111111"}' });
  expect(puts).toHaveLength(2);
  expect(puts.join()).not.toMatch(/4111|8e03978e|acme|pan/);
  expect(puts[1]).toContain(
    JSON.stringify(JSON.stringify({ status: 201, reference: 'order-1' })).slice(1, -1),
  );
});

test.each([
  [{ lockSeconds: 0 }, "idempotent: 'lockSeconds' must be a whole number of seconds from 1 to 3600, got 0"],
  [
    { keepSeconds: 59 },
    "idempotent: 'keepSeconds' must be a whole number of seconds from 60 to 604800, got 59",
  ],
])('options %j are refused', (given, message) => {
  expect(() => app(memoryIdempotencyStore(), undefined, given)).toThrow(message);
});

describe('backends that share a table', () => {
  const work = (id: string) => async () => ({ status: 201, id });
  const shared = (namespace: string, id: string) => {
    const { call, run } = app(dynamoDbIdempotencyStore(table.calls, TABLE, namespace), work(id), {
      identify: ({ key, body }) => ({ scope: 'shared', key, method: 'POST', target: '/orders', body }),
    });
    return { call, run };
  };

  test('do not get the outcomes of each other in namespaces of their own', async () => {
    expect(await shared('payments', 'payment-1').call(ORDER)).toEqual({ status: 201, id: 'payment-1' });
    expect(await shared('refunds', 'refund-1').call(ORDER)).toEqual({ status: 201, id: 'refund-1' });
    expect(await shared('payments', 'payment-2').call(ORDER)).toEqual({
      status: 201,
      id: 'payment-1',
      again: true,
    });
  });

  test.each(['', 'a#b', 'a*', 'x'.repeat(65)])('%j is no namespace', (namespace) => {
    expect(() => dynamoDbIdempotencyStore(table.calls, TABLE, namespace)).toThrow(
      "dynamoDbIdempotencyStore: 'namespace' must be 1 to 64 letters, digits and . _ -, name it after the backend",
    );
  });
});
