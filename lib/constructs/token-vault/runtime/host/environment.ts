import { TransmissionError } from '../../../../core/errors';
import { misfitsOf } from '../../../../core/schema/misfits';
import type { Schema } from '../../../../core/schema/schema';
import { BUILT_IN_TYPES, SECURITY_CODE_LIFE, type TokenType } from '../app/types';
import { type Aliases, type AliasRights, isName, namesIn } from '../http/caller';

/** What a function of a vault reads from its environment. */
export interface VaultEnvironment {
  /** `VAULT`: the name of the vault. */
  readonly vault: string;
  /** `DATA_TABLE`, `KEYS_TABLE`, `SHORT_LIVED_TABLE`: names. */
  readonly tables: { readonly data: string; readonly keys: string; readonly shortLived: string };
  /** `BRANCH_KEY`, `HMAC_KEY`, `RECEIPT_KEY`: ARNs of KMS keys; empty where the function has no use for one. */
  readonly keys: { readonly branch: string; readonly hmac: string; readonly receipt: string };
  /** `LEDGER_BUCKET`: the bucket of the ledger of erasures; empty where the function has no use for it. */
  readonly ledgerBucket: string;
  /** `ALIASES`: `{ "<tenant>_<grantee>": { "lookUp": true } }`, for direct calls; all others are refused. */
  readonly aliases: Aliases;
  /** `TYPES`: a list of types beside those that every vault knows. */
  readonly types: readonly TokenType[];
  /** `CANARIES`: keyed indexes of tokens that nobody has a reason to reveal, in base64url, with commas between. */
  readonly canaries: ReadonlySet<string>;
  /** `RESTORE_MARK`: the restore up to which the ledger must have been replayed. */
  readonly restoreMark: string | undefined;
}

const NAME = '^[a-z0-9][a-z0-9-]{0,62}$';
const MARK = /^[\w.:-]{1,128}$/;
/** HMAC-SHA-256 in base64url. */
const CANARY = /^[\w-]{43}$/;
/** Ten years: DynamoDB deletes nothing that ended more than five years ago, and nobody plans further. */
const LONGEST_LIFE = 315_360_000;

const TYPES: Schema = {
  type: 'array',
  description: 'a list of types',
  maxItems: 50,
  items: {
    type: 'object',
    additionalProperties: false,
    required: ['name', 'kind', 'format', 'searchable'],
    properties: {
      name: { type: 'string', pattern: NAME, description: 'small letters, digits and hyphens' },
      kind: { type: 'string', enum: ['card-number', 'security-code', 'text'], description: 'a kind' },
      format: { type: 'string', enum: ['random', 'card-like'], description: 'a format' },
      longestLife: { type: 'integer', minimum: 1, maximum: LONGEST_LIFE, description: 'seconds' },
      searchable: { type: 'boolean', description: 'true or false' },
    },
  },
};

const ALIAS: Schema = {
  type: 'object',
  description: 'an alias',
  additionalProperties: false,
  properties: { lookUp: { type: 'boolean', description: 'true or false' } },
};

/**
 * What the environment says.
 *
 * @throws TransmissionError where something is missing or does not fit: the function then answers nobody
 */
export function readEnvironment(env: Readonly<Record<string, string | undefined>>): VaultEnvironment {
  const vault = needed(env, 'VAULT');
  if (!isName(vault)) throw wrong('VAULT', 'is no name', 'small letters, digits and hyphens');
  const mark = env.RESTORE_MARK;
  if (mark !== undefined && !MARK.test(mark))
    throw wrong('RESTORE_MARK', 'is no mark', '1 to 128 letters, digits, and . : _ -');
  return {
    vault,
    tables: {
      data: needed(env, 'DATA_TABLE'),
      keys: needed(env, 'KEYS_TABLE'),
      shortLived: needed(env, 'SHORT_LIVED_TABLE'),
    },
    keys: { branch: env.BRANCH_KEY ?? '', hmac: env.HMAC_KEY ?? '', receipt: env.RECEIPT_KEY ?? '' },
    ledgerBucket: env.LEDGER_BUCKET ?? '',
    aliases: aliasesIn(env.ALIASES),
    types: [...BUILT_IN_TYPES, ...typesIn(env.TYPES)],
    canaries: canariesIn(env.CANARIES),
    restoreMark: mark,
  };
}

function aliasesIn(text: string | undefined): Aliases {
  const given = jsonIn('ALIASES', text ?? '{}');
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw wrong('ALIASES', 'is no object', 'one member for each alias');
  const aliases = new Map<string, AliasRights>();
  for (const [alias, rights] of Object.entries(given)) {
    if (namesIn(alias) === undefined || misfitsOf(ALIAS, rights).length > 0)
      throw wrong(
        'ALIASES',
        'has a member that does not fit',
        '{ "<tenant>_<grantee>": { "lookUp": true } }',
      );
    aliases.set(alias, rights);
  }
  return aliases;
}

function typesIn(text: string | undefined): readonly TokenType[] {
  const given = jsonIn('TYPES', text ?? '[]');
  const allowed = 'a list of { name, kind, format, longestLife, searchable }';
  if (misfitsOf(TYPES, given).length > 0) throw wrong('TYPES', 'does not fit its schema', allowed);
  const types = given as readonly TokenType[];
  const names = [...BUILT_IN_TYPES, ...types].map(({ name }) => name);
  if (new Set(names).size < names.length) throw wrong('TYPES', 'has a name twice', allowed);
  for (const { kind, format, searchable, longestLife = Number.POSITIVE_INFINITY } of types) {
    // PCI DSS v4.0.1, 3.3.1: no configuration keeps sensitive authentication data, or makes it searchable.
    if (kind === 'security-code' && (searchable || longestLife > SECURITY_CODE_LIFE))
      throw wrong(
        'TYPES',
        'has a security code that is searchable or lasts',
        `at most ${SECURITY_CODE_LIFE} seconds`,
      );
    if (format === 'card-like' && kind !== 'card-number')
      throw wrong('TYPES', 'has card-like tokens for what is no card number', 'random ones');
  }
  return types;
}

function canariesIn(text: string | undefined): ReadonlySet<string> {
  const canaries = (text ?? '').split(',').filter((one) => one !== '');
  if (!canaries.every((one) => CANARY.test(one)))
    throw wrong('CANARIES', 'has an entry that is no index of a token', '43 characters of base64url each');
  return new Set(canaries);
}

function jsonIn(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw wrong(name, 'is no JSON', 'JSON');
  }
}

function needed(env: Readonly<Record<string, string | undefined>>, name: string): string {
  const value = env[name];
  if (value === undefined || value === '') throw wrong(name, 'is missing', 'a text');
  return value;
}

function wrong(name: string, problem: string, allowed: string): TransmissionError {
  return new TransmissionError('InvalidConfiguration', `${problem}, ${allowed} is allowed, correct it`, name);
}
