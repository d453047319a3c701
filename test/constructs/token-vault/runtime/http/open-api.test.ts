import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { ROUTES, type RouteName } from '../../../../../lib/constructs/token-vault/runtime/http/routes';
import { page, render } from '../../../../../tools/generate/vault-openapi';
import { bodyOf, memoryApi } from '../../../../_fixtures/vault/memory-api';
import { requestMisfits } from '../../../../_fixtures/vault/open-api';

test('the document is that of the routes: npm run docs writes it', () => {
  expect(readFileSync(page, 'utf8')).toBe(render());
});

const WITH_BODY: readonly RouteName[] = [
  'create',
  'deduplicate',
  'revealMasked',
  'revealFull',
  'lookUp',
  'describe',
  'delete',
  'erase',
  'hold',
];

const member = fc.oneof(
  fc.constantFrom<unknown>(
    '4111111111111111',
    'card-number',
    'text',
    'tenant',
    'subject',
    'refund',
    '',
    0,
    1,
    -1,
    1.5,
    null,
    true,
    [],
    {},
    'x'.repeat(300),
    'tok_AAAAAAAAAAAAAAAAAAAAAA',
  ),
  fc.string({ unit: 'grapheme', maxLength: 8 }),
);
const names = [
  'type',
  'value',
  'subject',
  'dedupe',
  'ttlSeconds',
  'tokens',
  'purpose',
  'until',
  'items',
  'idempotencyKey',
  'other',
  '__proto__',
];
const object = (value: fc.Arbitrary<unknown>) =>
  fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 5, noNullPrototype: true });
const item = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constantFrom('card-number', 'text'),
      value: fc.constantFrom('4111111111111111', 'Ann'),
    }) as fc.Arbitrary<unknown>,
  },
  { weight: 1, arbitrary: object(member) },
);
const body = fc.oneof(
  fc.record({ items: fc.array(item, { maxLength: 3 }) }) as fc.Arbitrary<unknown>,
  fc.record(
    { tokens: fc.array(member, { maxLength: 3 }), purpose: fc.constantFrom('refund', 'a1') },
    { requiredKeys: ['tokens'] },
  ),
  fc.record({ subject: member, until: member }, { requiredKeys: ['subject'] }),
  object(fc.oneof(member, fc.array(member, { maxLength: 3 }))),
);

test('a body is refused as a whole exactly where it does not fit the document', async () => {
  const { call } = memoryApi();
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...WITH_BODY), body, async (name, given) => {
      const text = JSON.stringify(given);
      const response = await call(name, text);
      const fits = requestMisfits(name, JSON.parse(text)).length === 0;
      const isShape =
        response.statusCode === 400 &&
        String(bodyOf(response).detail) !== "'until' must be in the future, or 0";
      expect({ text, fits }).toEqual({ text, fits: !isShape });
      if (!fits) refused += 1;
    }),
    { numRuns: 600 },
  );
  expect(refused).toBeGreaterThan(50);
});

test('each path leads to one route, and rights that differ have paths that differ', () => {
  const paths = Object.values(ROUTES).map(({ path }) => path);
  expect(new Set(paths).size).toBe(paths.length);
  for (const path of paths) expect(path).toMatch(/^\/v1(\/[a-z]+)+$/);
});
