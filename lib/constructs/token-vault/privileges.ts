/** What each function of a vault does, and the handler of the same name behind `vault-`. */
export const VAULT_FUNCTIONS = [
  'create',
  'reveal-masked',
  'reveal-full',
  'look-up',
  'erase',
  'rotate',
  'keys',
  'replay',
] as const;
export type VaultFunction = (typeof VAULT_FUNCTIONS)[number];

/** The tables of a vault. */
export const VAULT_TABLES = ['data', 'keys', 'short-lived'] as const;
export type VaultTableName = (typeof VAULT_TABLES)[number];

/** Some actions on rows of some kinds. */
export interface RowAccess {
  readonly table: VaultTableName;
  readonly actions: readonly string[];
  /** Keys of rows, as `dynamodb:LeadingKeys` compares them; absent where an action names none: a scan. */
  readonly rows?: readonly string[];
}

/** What a function may do, and nothing else. */
export interface Privileges {
  readonly about: string;
  readonly rows: readonly RowAccess[];
  /** Views whose branch keys it may have from KMS. */
  readonly decrypts: readonly ('full' | 'masked')[];
  /** Whether it may ask KMS for new branch keys, which it gets wrapped. */
  readonly makesBranchKeys?: true;
  /** Whether it may ask KMS for keys that are derived from labels. */
  readonly derives?: true;
  readonly signs?: true;
  /** Whether it may have the public key of receipts. */
  readonly readsPublicKey?: true;
  /** Who appends does not read: where the answer to a write is lost the call fails, and another one enters it again. */
  readonly ledger?: 'append' | 'read';
}

/** Rows by the kinds of `runtime/adapters/dynamodb-rows.ts`. */
const TOKENS = 'T#*';
const FINGERPRINTS = 'F#*';
const SUBJECTS = 'S#*';
const BRANCHES = 'B#*';
const NEWEST = 'N#*';
const MARK = 'R#restore';

const GET = 'dynamodb:GetItem';
const BATCH_GET = 'dynamodb:BatchGetItem';
const PUT = 'dynamodb:PutItem';
const BATCH_WRITE = 'dynamodb:BatchWriteItem';
const UPDATE = 'dynamodb:UpdateItem';
const SCAN = 'dynamodb:Scan';

const readsMark: RowAccess = { table: 'keys', actions: [GET], rows: [MARK] };
const readsTokens: readonly RowAccess[] = [
  { table: 'data', actions: [BATCH_GET], rows: [TOKENS] },
  { table: 'short-lived', actions: [BATCH_GET], rows: [TOKENS] },
];
const readsSubjects: RowAccess = { table: 'keys', actions: [BATCH_GET], rows: [SUBJECTS] };

/** The rows of branch keys of one view: names of tenants hold no `#`. */
const branchesOf = (view: 'full' | 'masked') => `B#*#${view}#*`;

/**
 * What each function may do: what `runtime/app` calls for it, row by row.
 *
 * The one that creates has the keys of both views, since who seals can open: what it runs is watched and can be signed.
 * No other one has `full` and reaches rows of tokens, but the one that reveals in full.
 */
export const PRIVILEGES: Readonly<Record<VaultFunction, Privileges>> = {
  create: {
    about: 'Creates tokens',
    rows: [
      readsMark,
      { table: 'data', actions: [BATCH_GET, PUT], rows: [TOKENS, FINGERPRINTS] },
      { table: 'data', actions: [BATCH_WRITE], rows: [TOKENS] },
      { table: 'short-lived', actions: [BATCH_GET, PUT, BATCH_WRITE], rows: [TOKENS] },
      { table: 'keys', actions: [BATCH_GET, PUT], rows: [SUBJECTS] },
      { table: 'keys', actions: [GET, PUT], rows: [BRANCHES] },
      { table: 'keys', actions: [GET, UPDATE], rows: [NEWEST] },
    ],
    decrypts: ['full', 'masked'],
    makesBranchKeys: true,
    derives: true,
  },
  'reveal-masked': {
    about: 'Reveals what is shown of values to who may not have them',
    rows: [
      readsMark,
      ...readsTokens,
      readsSubjects,
      { table: 'keys', actions: [GET], rows: [branchesOf('masked')] },
    ],
    decrypts: ['masked'],
    derives: true,
  },
  'reveal-full': {
    about: 'Reveals values',
    rows: [
      readsMark,
      ...readsTokens,
      // Closes what is read once.
      { table: 'short-lived', actions: [PUT], rows: [TOKENS] },
      readsSubjects,
      { table: 'keys', actions: [GET], rows: [branchesOf('full')] },
    ],
    decrypts: ['full'],
    derives: true,
  },
  'look-up': {
    about: 'Finds the tokens of values, and describes tokens',
    rows: [
      readsMark,
      ...readsTokens,
      { table: 'data', actions: [BATCH_GET], rows: [FINGERPRINTS] },
      readsSubjects,
    ],
    decrypts: [],
    derives: true,
  },
  erase: {
    about: 'Erases subjects and deletes tokens, holds subjects, and signs receipts',
    rows: [
      readsMark,
      ...readsTokens,
      // Closes what is deleted.
      { table: 'data', actions: [PUT], rows: [TOKENS] },
      { table: 'short-lived', actions: [PUT], rows: [TOKENS] },
      { table: 'keys', actions: [BATCH_GET, UPDATE], rows: [SUBJECTS] },
    ],
    decrypts: [],
    derives: true,
    signs: true,
    ledger: 'append',
  },
  rotate: {
    about: 'Makes new branch keys, and wraps the keys of subjects under them',
    rows: [
      { table: 'keys', actions: [GET, PUT], rows: [BRANCHES] },
      { table: 'keys', actions: [GET, UPDATE], rows: [NEWEST] },
      { table: 'keys', actions: [BATCH_GET, UPDATE], rows: [SUBJECTS] },
      // Of keys alone: it reaches no row of a token.
      { table: 'keys', actions: [SCAN] },
    ],
    decrypts: ['full', 'masked'],
    makesBranchKeys: true,
  },
  keys: {
    about: 'Gives out the public key of receipts',
    rows: [],
    decrypts: [],
    readsPublicKey: true,
  },
  replay: {
    about: 'Erases again, after a restore, what was erased before',
    rows: [
      { table: 'keys', actions: [BATCH_GET, UPDATE], rows: [SUBJECTS] },
      { table: 'keys', actions: [PUT], rows: [MARK] },
      // Closes again what was deleted.
      { table: 'data', actions: [PUT], rows: [TOKENS] },
    ],
    decrypts: [],
    ledger: 'read',
  },
};

/** Whether a function has anything to do with a table. */
export function reaches(name: VaultFunction, table: VaultTableName): boolean {
  return PRIVILEGES[name].rows.some((access) => access.table === table);
}
