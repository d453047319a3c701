import { gzipSync } from 'node:zlib';
import { StdoutAudit } from '../../../../../lib/constructs/token-vault/runtime/adapters/stdout-audit';
import { isCardNumber } from '../../../../../lib/constructs/token-vault/runtime/core/token';
import { ROUTES, type RouteName } from '../../../../../lib/constructs/token-vault/runtime/http/routes';
import { KeyServiceError } from '../../../../../lib/constructs/token-vault/runtime/ports/key-service';
import type { Store } from '../../../../../lib/constructs/token-vault/runtime/ports/store';
import { cardNumber, digitsOf, leakIn, seeded } from '../../../../_fixtures/vault/leaks';
import { type ApiOptions, bodyOf, context, memoryApi } from '../../../../_fixtures/vault/memory-api';
import type { Tables } from '../../../../_fixtures/vault/memory-store';

/** The same keys and tokens in each run: among random ones there is, once in some thousand runs, one with six of these digits. */
const mockRandom = { next: () => 0 };
jest.mock('node:crypto', () => ({
  ...jest.requireActual<typeof import('node:crypto')>('node:crypto'),
  randomBytes: (size: number) => Buffer.from(Array.from({ length: size }, () => mockRandom.next() * 256)),
}));
beforeEach(() => {
  mockRandom.next = seeded(1);
});

describe('the search itself', () => {
  const digits = digitsOf(['4111111111111111']);
  const plain = 'x 411111 y';
  const planted: readonly (readonly [string, string | Uint8Array])[] = [
    ['plain', plain],
    ['base64', Buffer.from(plain).toString('base64')],
    ['base64, one further', Buffer.from(`z${plain}`).toString('base64')],
    ['base64, two further', `"a":"${Buffer.from(`zz${plain}`).toString('base64')}"`],
    ['base64url', Buffer.from(`ÿ${plain}`).toString('base64url')],
    ['base64 in the middle of other letters', `abc${Buffer.from(plain).toString('base64')}`],
    ['hex', Buffer.from(plain).toString('hex')],
    ['hex, half a byte further', `a${Buffer.from(plain).toString('hex')}`],
    ['upper case hex', Buffer.from(plain).toString('hex').toUpperCase()],
    ['URL escapes', '%34%31%31%31%31%31'],
    ['JSON escapes', '"\\u0034\\u0031\\u0031\\u0031\\u0031\\u0031"'],
    ['JSON in JSON', JSON.stringify('"\\u0034\\u0031\\u0031\\u0031\\u0031\\u0031"')],
    ['UTF-16', Buffer.from(plain, 'utf16le')],
    ['gzip', gzipSync(plain)],
    ['gzip after something else', Buffer.concat([Buffer.from('head'), gzipSync(plain)])],
    ['gzip in base64', gzipSync(plain).toString('base64')],
    ['hex in base64 in gzip', gzipSync(Buffer.from(Buffer.from(plain).toString('hex')).toString('base64'))],
  ];
  test.each(planted)('finds six digits as %s', (_, bytes) => {
    expect(leakIn(bytes, digits)).toMatch(/^[14]1{5}$/);
  });

  test('finds nothing where five stand, or others', () => {
    expect(leakIn('41111 x 222222 1111x1', digits)).toBeUndefined();
  });

  test('is given card numbers', () => {
    const random = seeded(7);
    for (const length of [13, 15, 16, 19]) expect(isCardNumber(cardNumber(random, length))).toBe(true);
  });
});

/** All that a caller sends, remembered. */
function inputs(seed: number) {
  const random = seeded(seed);
  const given: string[] = [];
  const keep = (text: string) => {
    given.push(text);
    return text;
  };
  return {
    given,
    keep,
    card: () => keep(cardNumber(random, [13, 15, 16, 19][Math.floor(random() * 4)])),
    digits: () => keep(String(Math.floor(random() * 9e9) + 1e9)),
  };
}

/** Every byte that a store holds: each field of each row, and its keys as they stand in memory. */
function* storedIn(tables: Tables): Iterable<Uint8Array | string> {
  const bytesIn = function* (value: unknown): Iterable<Uint8Array | string> {
    if (value instanceof Uint8Array) yield value;
    else if (typeof value === 'object' && value !== null)
      for (const one of Object.values(value)) yield* bytesIn(one);
    else yield String(value);
  };
  for (const rows of [tables.tokens, tables.fingerprints, tables.subjects, tables.branchKeys])
    for (const row of rows.values()) yield* bytesIn(row);
}

/** What Lambda would log: lines of ours, and whatever anybody wrote beside them. */
async function everythingWritten(work: (lines: string[]) => Promise<void>): Promise<string[]> {
  const lines: string[] = [];
  const take = (text: string | Uint8Array) => {
    lines.push(Buffer.from(text as string).toString('utf8'));
    return true;
  };
  const spies = [
    jest.spyOn(process.stdout, 'write').mockImplementation(take),
    jest.spyOn(process.stderr, 'write').mockImplementation(take),
  ];
  const names = ['log', 'info', 'warn', 'error', 'debug'] as const;
  const consoles = names.map((name) =>
    jest.spyOn(console, name).mockImplementation((...all) => void take(all.map(String).join(' '))),
  );
  try {
    await work(lines);
  } finally {
    for (const spy of [...spies, ...consoles]) spy.mockRestore();
  }
  // A hash of a line holds no part of it; as hex it holds many digits, and now and then six of ours.
  return lines.map((line) => line.replaceAll(/"previous":"[0-9a-f]{64}"/g, ''));
}

const watched = (lines: string[], options: ApiOptions = {}) => {
  const audit = new StdoutAudit((text, done) => {
    lines.push(text);
    done();
  }, 'sandbox');
  const api = memoryApi({
    record: (events) => audit.record(events),
    env: { CANARIES: 'A'.repeat(43) },
    ...options,
  });
  return api;
};

/** What a vault does all day, and what it should not be asked. */
async function aDay(
  api: ReturnType<typeof memoryApi>,
  { card, digits, keep }: ReturnType<typeof inputs>,
): Promise<string[]> {
  const errors: string[] = [];
  const tokens: string[] = [];
  const call = async (name: RouteName, body?: object | string) => {
    const response = await api.call(name, body);
    if (response.statusCode !== 200) errors.push(JSON.stringify(response));
    for (const result of bodyOf(response).results ?? [])
      if (result.status === 'error') errors.push(JSON.stringify(result));
    return response;
  };
  for (let run = 0; run < 4; run += 1) {
    const subject = `customer ${digits()}`;
    const items = [
      { type: 'card-number', value: card() },
      { type: 'card-number', value: card(), subject },
      { type: 'card-number-like', value: card(), subject },
      { type: 'card-number', value: card(), ttlSeconds: 600 },
      { type: 'text', value: `+49 ${digits()} é`, subject },
      { type: 'security-code', value: '123' },
      { type: 'card-number', value: `${card().slice(0, -1)}x` },
      { type: card(), value: card() },
    ];
    for (const key of [undefined, `order-${digits()}`]) {
      const made = await call('create', { items, ...(key === undefined ? {} : { idempotencyKey: key }) });
      for (const { token } of bodyOf(made).results ?? []) if (token !== undefined) tokens.push(keep(token));
    }
    const wanted = { type: 'card-number', value: card() };
    await call('deduplicate', {
      items: [
        { ...wanted, dedupe: 'tenant' },
        { ...wanted, dedupe: 'tenant' },
      ],
    });
    await call('create', { items: [{ ...wanted, dedupe: 'tenant' }] });
    await call('lookUp', {
      items: [
        wanted,
        { type: 'card-number', value: card() },
        { type: digits(), value: card() },
        { type: 'text', value: digits() },
      ],
    });
    const asked = [...tokens.slice(-10), card(), digits(), 'tok_AAAAAAAAAAAAAAAAAAAAAA'];
    for (const name of ['revealMasked', 'revealFull'] as const)
      await call(name, { tokens: asked, purpose: 'refund' });
    await call('describe', { tokens: asked });
    await call('hold', { subject, until: 99_999_999_999 });
    await call('erase', { subject });
    await call('delete', { tokens: asked });
    await call('hold', { subject, until: 0 });
    await call('erase', { subject });
    await call('erase', { subject: `nobody ${digits()}` });
    await call('hold', { subject: `nobody ${digits()}`, until: 99_999_999_999 });
    await call('receiptsKey');
  }
  // What does not fit, each with digits where they might be repeated.
  for (const name of Object.keys(ROUTES) as RouteName[]) {
    const number = card();
    const bodies = [
      number,
      `"${number}"`,
      `{"${number}":1}`,
      `{"items":[{"type":"card-number","value":${number}}]}`,
      `{"items":[{"type":"card-number","value":"${number}","${digits()}":"${digits()}"}]}`,
      `{"items":[{"type":"card-number","value":"${number}","value":"${number}"}]}`,
      `{"tokens":["${number}"],"purpose":"${number}"}`,
      `{"tokens":["${number}`,
      `{"tokens":["${number}\\ud800"],"purpose":"refund"}`,
      `{"subject":"${number}","until":"${number}"}`,
      `{"subject":"${'9'.repeat(300)}","until":${number}}`,
      `{"items":[],"idempotencyKey":"${number} ${number}"}`,
      `\\u0034${number}`,
    ];
    for (const body of bodies) await call(name, body);
    const route = ROUTES[name];
    for (const event of [
      { route: route.path, body: `{"items":"${number}"}` },
      { route: `${route.path}/${number}`, body: '{}' },
      { route: route.path, [number]: number },
    ])
      errors.push(JSON.stringify(await api.handlers[route.handler](event, context('shop_office'))));
  }
  return errors;
}

describe('no six digits of what is sent appear', () => {
  test('in a log, a metric, an error, the ledger or a table, whatever is called', async () => {
    const given = inputs(20261201);
    let api: ReturnType<typeof memoryApi> | undefined;
    let errors: string[] = [];
    const lines = await everythingWritten(async (written) => {
      api = watched(written);
      errors = await aDay(api, given);
      written.push(...api.lines);
      await api.rotate({ rewrapOnly: false }, context('shop_office'));
      await api.replay({}, context('operator')).catch((failure: unknown) => written.push(String(failure)));
    });
    const digits = digitsOf(given.given);
    expect(digits.size).toBeGreaterThan(500);
    expect(lines.length).toBeGreaterThan(250);
    expect(errors.length).toBeGreaterThan(100);
    const stored = api === undefined ? [] : [...storedIn(api.tables.tables)];
    expect(stored.length).toBeGreaterThan(300);
    const ledger = (api?.ledger ?? []).flatMap((entry) =>
      Object.values(entry).map((value) => (value instanceof Uint8Array ? value : String(value))),
    );
    for (const text of [...lines, ...errors, ...stored, ...ledger])
      expect(leakIn(text, digits)).toBeUndefined();
  });

  test.each<[string, (api: ReturnType<typeof memoryApi>) => void, (args: unknown) => never]>([
    [
      'a table fails and says what it was given',
      () => undefined,
      (args) => {
        throw new Error(JSON.stringify(args));
      },
    ],
    [
      'a table fails with something that is no error',
      () => undefined,
      (args) => {
        throw JSON.stringify(args);
      },
    ],
    [
      'KMS fails',
      ({ keys }) => {
        keys.failure = new KeyServiceError('unavailable');
      },
      () => {
        throw new RangeError('unreachable');
      },
    ],
  ])('where %s', async (_, arrange, fail) => {
    const given = inputs(77);
    // Bytes of what could be written are told as digits, so that a message would be found.
    const store = new Proxy({} as Store, {
      get:
        (__, name) =>
        async (...args: unknown[]) =>
          name === 'then' ? undefined : fail([...args, ...given.given]),
    });
    let errors: string[] = [];
    const lines = await everythingWritten(async (written) => {
      const api = watched(written, { store });
      arrange(api);
      errors = await aDay(api, given);
      written.push(...api.lines);
    });
    const digits = digitsOf(given.given);
    expect(errors.some((error) => /"statusCode":50[03]/.test(error))).toBe(true);
    for (const text of [...lines, ...errors]) expect(leakIn(text, digits)).toBeUndefined();
    expect(lines.some((line) => /"status":50[03]/.test(line))).toBe(true);
  });

  test('where the record of a reveal fails, which then gives out nothing', async () => {
    const given = inputs(5);
    const value = given.card();
    const api = memoryApi({
      record: async () => {
        throw new Error(value);
      },
    });
    const [made] =
      bodyOf(await api.call('create', { items: [{ type: 'card-number', value }] })).results ?? [];
    const response = await api.call('revealFull', { tokens: [made?.token], purpose: 'refund' });
    expect(response.statusCode).toBe(500);
    for (const text of [JSON.stringify(response), ...api.lines])
      expect(leakIn(text, digitsOf(given.given))).toBeUndefined();
  });
});
