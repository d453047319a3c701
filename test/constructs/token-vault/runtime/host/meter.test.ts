import { tokenIndex } from '../../../../../lib/constructs/token-vault/runtime/core/identity';
import { KeyServiceError } from '../../../../../lib/constructs/token-vault/runtime/ports/key-service';
import { type Store, StoreError } from '../../../../../lib/constructs/token-vault/runtime/ports/store';
import { bodyOf, memoryApi } from '../../../../_fixtures/vault/memory-api';

const CARD = { type: 'card-number', value: '4111111111111111' };
const OTHER = { type: 'card-number', value: '5555555555554444' };

/** What CloudWatch reads from lines, by the names of metrics. */
function metricsIn(lines: readonly string[]) {
  return lines.flatMap((line) => {
    const { _aws, ...fields } = JSON.parse(line) as Record<string, unknown> & {
      _aws?: { CloudWatchMetrics: { Dimensions: [string[]]; Metrics: { Name: string }[] }[] };
    };
    const [set] = _aws?.CloudWatchMetrics ?? [];
    if (set === undefined) return [];
    const of = Object.fromEntries(set.Dimensions[0].map((name) => [name, fields[name]]));
    return set.Metrics.map(({ Name }) => ({ [Name]: fields[Name], of }));
  });
}

const caller = { Vault: 'payments', Tenant: 'shop', Grantee: 'checkout' };
const vault = { Vault: 'payments' };

test('reveals are counted for each caller, those that were refused apart', async () => {
  const { call, lines } = memoryApi();
  const made =
    bodyOf(await call('create', { items: [CARD, OTHER] })).results?.map(({ token }) => token) ?? [];
  lines.length = 0;
  await call('revealMasked', { tokens: [...made, 'tok_AAAAAAAAAAAAAAAAAAAAAA'], purpose: 'receipt' });
  expect(metricsIn(lines)).toEqual([
    { Revealed: 2, of: caller },
    { RevealRefused: 1, of: caller },
  ]);
});

test('many creations with few new tokens show', async () => {
  const { call, lines } = memoryApi();
  const items = Array(10).fill({ ...CARD, dedupe: 'tenant' });
  await call('deduplicate', { items });
  await call('deduplicate', { items });
  await call('create', { items: [CARD, OTHER, { type: 'text', value: '' }, { ...CARD, value: '1' }] }, {});
  await call('create', { items: [CARD, OTHER], idempotencyKey: 'k' });
  await call('create', { items: [CARD, OTHER], idempotencyKey: 'k' });
  const counted = metricsIn(lines).map((one) =>
    'CreatesAsked' in one ? `asked ${one.CreatesAsked}` : `made ${one.TokensMade}`,
  );
  expect(counted).toEqual([
    'asked 10',
    'made 1',
    'asked 10',
    'made 0',
    'asked 2',
    'made 2',
    'asked 2',
    'made 0',
  ]);
});

test('whoever asks for a canary is told of, also where it is not given out and not even recorded', async () => {
  const first = memoryApi();
  const { token = '' } = bodyOf(await first.call('create', { items: [CARD] })).results?.[0] ?? {};
  const index = tokenIndex(
    await first.partsOf('vault-reveal-full')().vault.derived('token-index'),
    'shop',
    token,
  ).toString('base64url');
  expect(first.events).toEqual([]);
  await first.call('revealFull', { tokens: [token], purpose: 'refund' });
  expect(first.events).toMatchObject([{ token: index }]);
  for (const isRecorded of [true, false]) {
    const api = memoryApi({
      env: { CANARIES: `${'A'.repeat(43)},${index}` },
      ...(isRecorded ? {} : { record: () => Promise.reject(new StoreError()) }),
    });
    Object.assign(api.keys, { derive: first.keys.derive.bind(first.keys) });
    await api.call('revealMasked', { tokens: [token, 'tok_AAAAAAAAAAAAAAAAAAAAAA'], purpose: 'refund' });
    expect(metricsIn(api.lines)).toContainEqual({ CanaryRevealed: 1, of: vault });
    api.lines.length = 0;
    await api.call('revealMasked', { tokens: ['tok_AAAAAAAAAAAAAAAAAAAAAA'], purpose: 'refund' });
    expect(JSON.stringify(metricsIn(api.lines))).not.toContain('CanaryRevealed');
  }
});

test('look-ups are counted for each caller', async () => {
  const { call, lines } = memoryApi();
  await call('lookUp', { items: [CARD, OTHER] });
  expect(metricsIn(lines)).toEqual([{ LookedUp: 2, of: caller }]);
});

test('what keeps a call from being answered is counted by what it is', async () => {
  const { call, keys, lines } = memoryApi();
  keys.failure = new KeyServiceError('refused');
  await call('create', { items: [CARD] });
  expect(metricsIn(lines)).toEqual([{ KeyErrors: 1, of: vault }]);
  const failing = (failure: unknown) => new Proxy({} as Store, { get: () => () => Promise.reject(failure) });
  const store = memoryApi({ store: failing(new StoreError()) });
  await store.call('describe', { tokens: ['tok_AAAAAAAAAAAAAAAAAAAAAA'] });
  expect(metricsIn(store.lines)).toEqual([{ StoreErrors: 1, of: vault }]);
  const inner = memoryApi({ store: failing(new TypeError('x')) });
  await inner.call('describe', { tokens: ['tok_AAAAAAAAAAAAAAAAAAAAAA'] });
  expect(metricsIn(inner.lines)).toEqual([{ InternalErrors: 1, of: vault }]);
  const wrong = memoryApi();
  await wrong.call('create', '{');
  expect(metricsIn(wrong.lines)).toEqual([]);
});
