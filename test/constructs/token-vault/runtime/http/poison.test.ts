import fc from 'fast-check';
import { ROUTES, type RouteName } from '../../../../../lib/constructs/token-vault/runtime/http/routes';
import { KeyServiceError } from '../../../../../lib/constructs/token-vault/runtime/ports/key-service';
import { apiEvent, bodyOf, context, memoryApi } from '../../../../_fixtures/vault/memory-api';

const NAMES = Object.keys(ROUTES) as RouteName[];
const POSTS = NAMES.filter((name) => ROUTES[name].method === 'POST');
const CARD = '4111111111111111';
const item = (text: string) => `{"items":[{"type":"card-number","value":${text}}]}`;

const POISON: readonly (readonly [string, string, number])[] = [
  ['10 MB', 'x'.repeat(10 * 1024 * 1024), 413],
  ['10 MB of lists', '['.repeat(10 * 1024 * 1024), 413],
  ['one byte more than 256 KB', ' '.repeat(256 * 1024 + 1), 413],
  ['256 KB in characters of three bytes', '€'.repeat(100_000), 413],
  ['256 KB of text', item(`"${'x'.repeat(200_000)}"`), 400],
  ['256 KB of numbers', `{"items":[${'1,'.repeat(120_000)}1]}`, 400],
  ['depth 10,000', `${'['.repeat(10_000)}${']'.repeat(10_000)}`, 400],
  ['depth 10,000 of objects', `${'{"items":'.repeat(10_000)}1${'}'.repeat(10_000)}`, 400],
  ['depth 5', item('[[1]]'), 400],
  ['NaN', item('NaN'), 400],
  ['a number without an end', item('1e999'), 400],
  ['__proto__', '{"__proto__":{"items":[{"type":"card-number","value":"4111111111111111"}]}}', 400],
  ['__proto__ in an item', '{"items":[{"type":"text","value":"x","__proto__":{"subject":"ann"}}]}', 400],
  ['constructor', '{"constructor":{"prototype":{"polluted":true}}}', 400],
  ['half a character', item('"\\ud800"'), 400],
  ['half a character, not escaped', item('"\ud800"'), 400],
  ['a name twice', '{"items":[],"items":[{"type":"text","value":"x"}]}', 400],
  ['101 items', JSON.stringify({ items: Array(101).fill({ type: 'text', value: 'x' }) }), 400],
  ['no items', '{"items":[]}', 400],
  ['null', 'null', 400],
  ['a list', '[]', 400],
  ['nothing', '', 400],
  ['a null character', '\u0000', 400],
];

const poisonFor = POSTS.flatMap((name) =>
  POISON.map(([what, body, status]) => [what, name, body, status] as const),
);

test.each(poisonFor)('%s sent to %s is refused at once', async (_, name, body, status) => {
  const { call, tables } = memoryApi();
  const response = await call(name, body);
  expect(response.statusCode).toBe(status);
  expect(tables.tables.tokens.size).toBe(0);
  const times: number[] = [];
  for (let run = 0; run < 3; run += 1) {
    const started = performance.now();
    await call(name, body);
    times.push(performance.now() - started);
  }
  // It takes less than 5 ms; ten times that is a machine that does something else.
  expect(Math.min(...times)).toBeLessThan(50);
});

test('a hundred items of one card number have one token, or a hundred', async () => {
  const { call } = memoryApi();
  const items = (more: object) => ({
    items: Array.from({ length: 100 }, () => ({ type: 'card-number', value: CARD, ...more })),
  });
  const same = bodyOf(await call('deduplicate', items({ dedupe: 'tenant' }))).results ?? [];
  expect(new Set(same.map(({ token }) => token)).size).toBe(1);
  expect(same.every(({ status }) => status === 'ok')).toBe(true);
  const others = bodyOf(await call('create', items({}))).results ?? [];
  expect(new Set(others.map(({ token }) => token)).size).toBe(100);
});

test('a card number is no token, and a token is no card number', async () => {
  const { call } = memoryApi();
  const [made] =
    bodyOf(await call('create', { items: [{ type: 'card-number-like', value: CARD }] })).results ?? [];
  for (const name of ['revealFull', 'revealMasked', 'describe', 'delete'] as const) {
    const purpose = name.startsWith('reveal') ? { purpose: 'refund' } : {};
    expect(bodyOf(await call(name, { tokens: [CARD], ...purpose })).results).toEqual([
      { status: 'error', error: 'token_not_found' },
    ]);
  }
  const again = await call('create', {
    items: [
      { type: 'card-number', value: made?.token },
      { type: 'card-number', value: 'tok_AAAAAAAAAAAAAAAAAAAAAA' },
    ],
  });
  expect(bodyOf(again).results).toEqual([
    { status: 'error', error: 'invalid_value' },
    { status: 'error', error: 'invalid_value' },
  ]);
});

test('no body, however it is made, ends with a status of 500 or more, or without an answer', async () => {
  const api = memoryApi();
  const any = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.json({ stringUnit: 'binary' }),
    fc
      .anything()
      .map((value) => JSON.stringify(value, (_, one) => (typeof one === 'bigint' ? String(one) : one)) ?? ''),
    fc
      .tuple(fc.constantFrom(...POISON), fc.nat(), fc.string({ maxLength: 3 }))
      .map(([[, body], at, piece]) => {
        const short = body.slice(0, 2000);
        const cut = at % (short.length + 1);
        return `${short.slice(0, cut)}${piece}${short.slice(cut + 1)}`;
      }),
  );
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...NAMES), any, fc.boolean(), async (name, body, isBase64) => {
      const text = isBase64 ? Buffer.from(body).toString('base64') : body;
      const response = await api.call(name, text, { isBase64Encoded: isBase64 });
      expect(response.statusCode).toBeLessThan(500);
    }),
    { numRuns: 1500 },
  );
});

test('no event, however it is made, ends with a status of 500 or more, or without an answer', async () => {
  const { handlers } = memoryApi();
  const piece = fc.oneof(
    fc.anything({ withNullPrototype: true }),
    fc.constantFrom<unknown>('/v1/tokens', '{}'),
  );
  const event = fc.oneof(
    fc.anything(),
    fc.record({ route: piece, body: piece }, { requiredKeys: [] }),
    fc
      .record(
        {
          pathParameters: piece,
          requestContext: piece,
          headers: piece,
          path: piece,
          resource: piece,
          body: piece,
          isBase64Encoded: piece,
        },
        { requiredKeys: [] },
      )
      .map((others) => ({ ...apiEvent(ROUTES.create, '{}'), ...others })),
  );
  const alias = fc.constantFrom('api', 'shop_checkout', 'operator', undefined);
  await fc.assert(
    fc.asyncProperty(event, alias, async (given, through) => {
      const response = await handlers['vault-create'](given, context(through));
      expect(response.statusCode).toBeGreaterThanOrEqual(400);
      expect(response.statusCode).toBeLessThan(500);
    }),
    { numRuns: 1000 },
  );
});

test('bytes that are no UTF-8, and what is not application/json, are refused', async () => {
  const { call } = memoryApi();
  const bytes = Buffer.from([0x22, 0xff, 0x22]).toString('base64');
  expect(bodyOf(await call('create', bytes, { isBase64Encoded: true })).detail).toBe('the body is not UTF-8');
  for (const type of ['text/plain', 'application/jsonx', 'application/x-www-form-urlencoded', undefined])
    expect(await call('create', '{}', { headers: { 'content-type': type } })).toMatchObject({
      statusCode: 415,
    });
  const items = { items: [{ type: 'text', value: 'x' }] };
  for (const headers of [
    { 'content-type': 'application/json; charset=utf-8' },
    { 'CONTENT-TYPE': 'application/json' },
  ])
    expect(await call('create', items, { headers })).toMatchObject({ statusCode: 200 });
});

test('each answer forbids to be kept, and one that asks to wait says for how long', async () => {
  const { call, keys } = memoryApi();
  const items = { items: [{ type: 'text', value: 'x' }] };
  keys.failure = new KeyServiceError('unavailable');
  const failed = await call('create', items);
  expect(failed).toMatchObject({
    statusCode: 503,
    headers: { 'retry-after': '2', 'cache-control': 'no-store' },
  });
  expect(bodyOf(failed)).toEqual({
    type: 'urn:problem-type:key_unavailable',
    title: 'A key cannot be used now: try again later',
    status: 503,
    code: 'key_unavailable',
    instance: 'urn:uuid:5f0f5a1e-9a1c-4a4e-8f5e-0a1b2c3d4e5f',
  });
  keys.failure = undefined;
  const done = await call('create', items);
  expect(done).toMatchObject({
    statusCode: 200,
    headers: { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' },
  });
  expect(done.headers['retry-after']).toBeUndefined();
});

test.each([
  ['a member that is missing', '{"items":[{"type":"text"}]}', "'items[0].value' is missing"],
  [
    'a member that nobody knows, without its name',
    '{"items":[{"type":"text","value":"x","pan":1}]}',
    'an object has a member that is not known',
  ],
  [
    'a value that does not fit',
    '{"items":[{"type":"Text","value":"x"}]}',
    "'items[0].type' is not the name of a type of the vault, such as card-number",
  ],
  ['too many', `{"items":[${'1,'.repeat(100)}1]}`, "'items' has too few or too many entries"],
])('a problem says what is wrong: %s', async (_, body, detail) => {
  const { call } = memoryApi();
  expect(bodyOf(await call('create', body))).toMatchObject({ code: 'invalid_request', detail });
});
