import { deleteTokens } from '../../../../../lib/constructs/token-vault/runtime/app/delete';
import { revealTokens } from '../../../../../lib/constructs/token-vault/runtime/app/reveal';
import { Vault } from '../../../../../lib/constructs/token-vault/runtime/app/vault';
import {
  completedBy,
  type Exploration,
  erase,
  explored,
  isRevealed,
  type Judge,
  type Make,
  promiseBroken,
  READ,
  reveal,
  tokenIn,
  tokenize,
} from '../../../../_fixtures/vault/exploration';
import { CALLER } from '../../../../_fixtures/vault/memory-vault';

const TENANT = { dedupe: 'tenant' } as const;
const LIKE = { ...TENANT, type: 'card-number-like' } as const;
const DEDUPE = { subject: 'ann', dedupe: 'subject' } as const;
const CODE = { type: 'security-code', value: '123' } as const;

const deletion: Make = async (vault, prepared) => {
  const [result] = await deleteTokens(vault, { caller: CALLER, requestId: 'r' }, [tokenIn(prepared) ?? '']);
  return result;
};

/** Beside all else: whoever was told that a token is deleted never sees it resolve again. */
const afterDeletion: Judge = async (outcome, prepared) => {
  const isDeleted = outcome.results.some(
    (result) =>
      result !== undefined &&
      'value' in result &&
      typeof result.value === 'object' &&
      'deleted' in (result.value ?? {}),
  );
  const [read] = await revealTokens(outcome.shared.vault, READ, [tokenIn(prepared) ?? '']);
  if (isDeleted && read !== undefined && 'value' in read) return 'a deleted token resolves';
  return promiseBroken(outcome, prepared);
};

interface Case extends Exploration {
  readonly title: string;
}

/** Whoever asks afterwards completes what a crash left. */
const cases: readonly Case[] = [
  {
    title: 'a new subject: tokenize, its retry, and an erasure',
    makes: [tokenize(DEDUPE), tokenize(DEDUPE), erase],
  },
  {
    title: 'a known subject: tokenize, its retry by idempotency key, and an erasure',
    makes: [tokenize({ subject: 'ann' }, 'k'), tokenize({ subject: 'ann' }, 'k'), erase],
    prepare: tokenize({ subject: 'ann' }),
  },
  {
    title: 'a known value: tokenize, reveal, and an erasure',
    makes: [tokenize(DEDUPE), reveal, erase],
    prepare: tokenize(DEDUPE),
  },
  {
    title: 'a new subject: tokenize by idempotency key, another value, and an erasure',
    makes: [tokenize({ subject: 'ann' }, 'k'), tokenize({ subject: 'ann', type: 'card-number-like' }), erase],
  },
  {
    title: 'a value of the whole tenant: three callers',
    makes: [tokenize(TENANT), tokenize(TENANT), tokenize(TENANT)],
  },
  {
    title: 'a card-like token of the whole tenant: three callers',
    makes: [tokenize(LIKE), tokenize(LIKE), tokenize(LIKE)],
  },
  {
    title: 'a known value of the whole tenant: tokenize, its retry, and a deletion',
    makes: [tokenize(TENANT), tokenize(TENANT), deletion],
    prepare: tokenize(TENANT),
    judge: afterDeletion,
  },
  {
    title: 'a known value of a subject: tokenize, a deletion, and an erasure',
    makes: [tokenize(DEDUPE), deletion, erase],
    prepare: tokenize(DEDUPE),
    judge: afterDeletion,
  },
  {
    title: 'a known token: reveal and two deletions',
    makes: [reveal, deletion, deletion],
    prepare: tokenize({}),
    judge: afterDeletion,
  },
  {
    title: 'a token by idempotency key: its retry, a deletion, and another retry',
    makes: [tokenize({}, 'k'), deletion, tokenize({}, 'k')],
    prepare: tokenize({}, 'k'),
    judge: afterDeletion,
  },
];

test.each(cases)(
  '$title, in every order and with a crash before each step',
  async ({ title, ...given }) => {
    const [first = reveal] = given.makes;
    const { count, broken } = await explored({ ...given, judge: completedBy(first, given.judge) });
    process.stdout.write(`${title}: ${count} schedules\n`);
    expect(broken).toEqual([]);
    expect(count).toBeGreaterThan(10);
  },
  120_000,
);

const readTwice: Judge = async ({ results }) => {
  const read = results.filter(
    (result) => result !== undefined && 'value' in result && isRevealed(result.value),
  );
  return read.length > 1 ? 'read twice' : undefined;
};

test.each<[string, readonly Make[]]>([
  ['its creation is repeated', [reveal, reveal, tokenize(CODE, 'k')]],
  ['it is deleted', [reveal, reveal, deletion]],
])('a security code that two read while %s is read once at most', async (title, makes) => {
  const { count, broken } = await explored({ makes, prepare: tokenize(CODE, 'k'), judge: readTwice });
  process.stdout.write(`a security code that two read while ${title}: ${count} schedules\n`);
  expect(broken).toEqual([]);
  expect(count).toBeGreaterThan(10);
});

test('a vault that writes the token before its fingerprint would be found out', async () => {
  const reckless: Make = async (vault) => {
    const { store } = vault.props;
    const careless = new Proxy(store, {
      get: (target, name) =>
        name === 'putFingerprint' ? async () => true : Reflect.get(target, name).bind?.(target),
    });
    return tokenize(TENANT)(new Vault({ ...vault.props, store: careless }));
  };
  const { broken } = await explored({ makes: [reckless, reckless], judge: completedBy(reckless) });
  expect(broken[0]).toMatch(/^two live tokens have one fingerprint/);
});
