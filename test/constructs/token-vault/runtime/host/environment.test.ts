import { BUILT_IN_TYPES } from '../../../../../lib/constructs/token-vault/runtime/app/types';
import { readEnvironment } from '../../../../../lib/constructs/token-vault/runtime/host/environment';
import { TransmissionError } from '../../../../../lib/core/errors';

const ENV = { VAULT: 'payments', DATA_TABLE: 'd', KEYS_TABLE: 'k', SHORT_LIVED_TABLE: 's' };
const TYPE = { name: 'iban', kind: 'text', format: 'random', searchable: true };

test('what is left out has a default, and tables have none', () => {
  expect(readEnvironment(ENV)).toEqual({
    vault: 'payments',
    tables: { data: 'd', keys: 'k', shortLived: 's' },
    keys: { branch: '', hmac: '', receipt: '' },
    ledgerBucket: '',
    aliases: new Map(),
    types: BUILT_IN_TYPES,
    canaries: new Set(),
    restoreMark: undefined,
  });
});

test('types, aliases, canaries and the mark are read', () => {
  const canary = 'A'.repeat(43);
  const read = readEnvironment({
    ...ENV,
    TYPES: JSON.stringify([TYPE]),
    ALIASES: '{"shop_checkout":{"lookUp":true},"shop_office":{}}',
    CANARIES: canary,
    RESTORE_MARK: '2026-12-01',
  });
  expect(read.types.at(-1)).toEqual(TYPE);
  expect([...read.aliases]).toEqual([
    ['shop_checkout', { lookUp: true }],
    ['shop_office', {}],
  ]);
  expect([...read.canaries]).toEqual([canary]);
  expect(read.restoreMark).toBe('2026-12-01');
});

const types = (...changed: object[]) => ({
  TYPES: JSON.stringify(changed.map((one) => ({ ...TYPE, ...one }))),
});

test.each<[string, Record<string, string>, string]>([
  ['no vault', { VAULT: '' }, 'VAULT: is missing, a text is allowed, correct it'],
  [
    'a vault whose name is none',
    { VAULT: 'My Vault' },
    'VAULT: is no name, small letters, digits and hyphens is allowed, correct it',
  ],
  ['no table', { DATA_TABLE: '' }, 'DATA_TABLE: is missing, a text is allowed, correct it'],
  ['aliases that are no JSON', { ALIASES: '{' }, 'ALIASES: is no JSON, JSON is allowed, correct it'],
  [
    'a list of aliases',
    { ALIASES: '[]' },
    'ALIASES: is no object, one member for each alias is allowed, correct it',
  ],
  [
    'an alias of nobody',
    { ALIASES: '{"shop":{}}' },
    'ALIASES: has a member that does not fit, { "<tenant>_<grantee>": { "lookUp": true } } is allowed, correct it',
  ],
  [
    'an alias with a right that there is not',
    { ALIASES: '{"shop_checkout":{"reveal":true}}' },
    'ALIASES: has a member that does not fit, { "<tenant>_<grantee>": { "lookUp": true } } is allowed, correct it',
  ],
  [
    'a type that lacks something',
    { TYPES: '[{"name":"x"}]' },
    'TYPES: does not fit its schema, a list of { name, kind, format, longestLife, searchable } is allowed, correct it',
  ],
  [
    'a type that there is already',
    types({ name: 'text' }),
    'TYPES: has a name twice, a list of { name, kind, format, longestLife, searchable } is allowed, correct it',
  ],
  [
    'a security code that is searchable',
    types({ kind: 'security-code' }),
    'TYPES: has a security code that is searchable or lasts, at most 3600 seconds is allowed, correct it',
  ],
  [
    'a security code that lasts',
    types({ kind: 'security-code', searchable: false }),
    'TYPES: has a security code that is searchable or lasts, at most 3600 seconds is allowed, correct it',
  ],
  [
    'a name that looks like a card',
    types({ format: 'card-like' }),
    'TYPES: has card-like tokens for what is no card number, random ones is allowed, correct it',
  ],
  [
    'a canary that is a token',
    { CANARIES: 'tok_AAAAAAAAAAAAAAAAAAAAAA' },
    'CANARIES: has an entry that is no index of a token, 43 characters of base64url each is allowed, correct it',
  ],
  [
    'a mark with spaces',
    { RESTORE_MARK: 'a b' },
    'RESTORE_MARK: is no mark, 1 to 128 letters, digits, and . : _ - is allowed, correct it',
  ],
])('%s is refused', (_, changed, message) => {
  expect(() => readEnvironment({ ...ENV, ...changed })).toThrow(TransmissionError);
  expect(() => readEnvironment({ ...ENV, ...changed })).toThrow(message);
});
