import {
  type Context,
  decided,
  deployed,
  keyOf,
  ledgerOf,
  type Principal,
  roleOf,
  somebody,
  type Target,
  tableOf,
} from './decided';
import { vaultStack } from './support';

// Some thousand decisions, each of which the evaluator looks at with care.
jest.setTimeout(60_000);

const resources = deployed(vaultStack());

const FUNCTIONS = {
  create: roleOf(resources, 'Create'),
  'reveal-masked': roleOf(resources, 'RevealMasked'),
  'reveal-full': roleOf(resources, 'RevealFull'),
  'look-up': roleOf(resources, 'LookUp'),
  erase: roleOf(resources, 'Erase'),
  rotate: roleOf(resources, 'Rotate'),
  keys: roleOf(resources, 'Keys'),
  replay: roleOf(resources, 'Replay'),
} as const;

/** People and tools, each with more in their IAM policies than anybody should have. */
const OTHERS = {
  'deploy role': somebody('cdk-hnb659fds-cfn-exec-role', ['*']),
  'account administrator': somebody('Administrator', ['*']),
  'operator of backups': somebody('Operator', ['dynamodb:*', 'backup:*', 's3:*', 'kms:*']),
  'foreign account': somebody('Stranger', ['*'], '999988887777'),
} as const;

const WHO: Readonly<Record<string, Principal>> = { ...FUNCTIONS, ...OTHERS };

const data = tableOf(resources, 'TablesData');
const keys = tableOf(resources, 'TablesKeys');
const short = tableOf(resources, 'TablesShortLived');
const branchKey = keyOf(resources, 'BranchKey');
const macKey = keyOf(resources, 'MacKey');
const receiptKey = keyOf(resources, 'ReceiptKey');
const tableKey = keyOf(resources, 'KeysTableKeyA');
const keysTableKey = keyOf(resources, 'KeysTableKey1');
const ledger = ledgerOf(resources, '');
const entry = ledgerOf(resources, '/2026/entry');

const rows = (...leading: string[]) => ({ 'dynamodb:LeadingKeys': leading });
const context = (more: Readonly<Record<string, string>> = {}) => ({
  'kms:EncryptionContext:vault': 'payments',
  'kms:EncryptionContext:tenant': 'shop',
  'kms:EncryptionContext:view': 'full',
  'kms:EncryptionContext:version': '1',
  ...more,
});
const masked = context({ 'kms:EncryptionContext:view': 'masked' });
const without = (name: string) => {
  const { [`kms:EncryptionContext:${name}` as never]: _, ...rest } = context();
  return rest;
};
const viaDynamoDb = { 'kms:ViaService': 'dynamodb.eu-west-1.amazonaws.com' };
const HMAC = { 'kms:MacAlgorithm': 'HMAC_SHA_256' };
const ECDSA = { 'kms:SigningAlgorithm': 'ECDSA_SHA_256' };

type Row = readonly [what: string, action: string, target: Target, context: Context, who: readonly string[]];

/** Who may do what; everybody else may not. */
const TABLE: readonly Row[] = [
  // What a card number is opened with: its row, the row of its subject's key, and the branch key of the view `full`.
  [
    'rows of tokens',
    'dynamodb:BatchGetItem',
    data,
    rows('T#a', 'T#b'),
    ['create', 'reveal-masked', 'reveal-full', 'look-up', 'erase'],
  ],
  [
    'rows of security codes',
    'dynamodb:BatchGetItem',
    short,
    rows('T#a'),
    ['create', 'reveal-masked', 'reveal-full', 'look-up', 'erase'],
  ],
  ['the branch key of values', 'kms:Decrypt', branchKey, context(), ['create', 'reveal-full', 'rotate']],
  ['the branch key of masked views', 'kms:Decrypt', branchKey, masked, ['create', 'reveal-masked', 'rotate']],
  [
    'rows of keys of subjects',
    'dynamodb:BatchGetItem',
    keys,
    rows('S#shop#a'),
    ['create', 'reveal-masked', 'reveal-full', 'look-up', 'erase', 'rotate', 'replay'],
  ],
  [
    'the row of the branch key of values',
    'dynamodb:GetItem',
    keys,
    rows('B#shop#full#1'),
    ['create', 'reveal-full', 'rotate'],
  ],
  [
    'the row of the branch key of masked views',
    'dynamodb:GetItem',
    keys,
    rows('B#shop#masked#1'),
    ['create', 'reveal-masked', 'rotate'],
  ],
  // Without the whole context nobody has a branch key, nor with another vault's.
  ...['vault', 'tenant', 'view', 'version'].map(
    (name): Row => [
      `a branch key, without ${name} in the context`,
      'kms:Decrypt',
      branchKey,
      without(name),
      [],
    ],
  ),
  [
    'a branch key of another vault',
    'kms:Decrypt',
    branchKey,
    context({ 'kms:EncryptionContext:vault': 'other' }),
    [],
  ],
  ['a branch key, through DynamoDB', 'kms:Decrypt', branchKey, { ...context(), ...viaDynamoDb }, []],
  [
    'a new branch key, wrapped',
    'kms:GenerateDataKeyWithoutPlaintext',
    branchKey,
    context(),
    ['create', 'rotate'],
  ],
  ['a new branch key, in plain text', 'kms:GenerateDataKey', branchKey, context(), []],
  ['to wrap a key of one’s own', 'kms:Encrypt', branchKey, context(), []],
  ['to wrap a branch key under another key', 'kms:ReEncryptFrom', branchKey, context(), []],
  ['a grant on the branch key', 'kms:CreateGrant', branchKey, context(), []],
  // The index of a token, and the fingerprint of a value.
  [
    'derived keys',
    'kms:GenerateMac',
    macKey,
    HMAC,
    ['create', 'reveal-masked', 'reveal-full', 'look-up', 'erase'],
  ],
  ['a grant on the key of derived ones', 'kms:CreateGrant', macKey, {}, []],
  ['rows of fingerprints', 'dynamodb:BatchGetItem', data, rows('F#a'), ['create', 'look-up']],
  ['receipts', 'kms:Sign', receiptKey, ECDSA, ['erase']],
  ['the public key of receipts', 'kms:GetPublicKey', receiptKey, {}, ['keys']],
  // No key of a table is used but through DynamoDB, whose policies of tables are above.
  ['the key of the table of tokens, directly', 'kms:Decrypt', tableKey, {}, []],
  ['the key of the table of keys, directly', 'kms:Decrypt', keysTableKey, {}, []],
  [
    'the key of the table of tokens, through S3',
    'kms:Decrypt',
    tableKey,
    { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' },
    [],
  ],
  [
    'a grant on the key of a table, directly',
    'kms:CreateGrant',
    tableKey,
    { 'kms:GrantIsForAWSResource': 'false' },
    [],
  ],
  [
    'the key of the table of tokens, through DynamoDB',
    'kms:Decrypt',
    tableKey,
    viaDynamoDb,
    [
      'create',
      'reveal-masked',
      'reveal-full',
      'look-up',
      'erase',
      'replay',
      'deploy role',
      'account administrator',
      'operator of backups',
    ],
  ],
  [
    'the key of the table of keys, through DynamoDB',
    'kms:Decrypt',
    keysTableKey,
    viaDynamoDb,
    [
      'create',
      'reveal-masked',
      'reveal-full',
      'look-up',
      'erase',
      'rotate',
      'replay',
      'deploy role',
      'account administrator',
      'operator of backups',
    ],
  ],
  // All rows at once.
  ['a scan of tokens', 'dynamodb:Scan', data, {}, []],
  ['a scan of security codes', 'dynamodb:Scan', short, {}, []],
  ['a scan of keys', 'dynamodb:Scan', keys, {}, ['rotate']],
  ['a query', 'dynamodb:Query', data, rows('T#a'), []],
  ['PartiQL', 'dynamodb:PartiQLSelect', data, rows('T#a'), []],
  [
    'rows of tokens in clear',
    'dynamodb:BatchGetItem',
    data,
    { ...rows('T#a'), 'aws:SecureTransport': 'false' },
    [],
  ],
  [
    'rows of security codes in clear',
    'dynamodb:BatchGetItem',
    short,
    { ...rows('T#a'), 'aws:SecureTransport': 'false' },
    [],
  ],
  ['a batch of tokens and fingerprints', 'dynamodb:BatchGetItem', data, rows('T#a', 'F#a'), ['create']],
  ['a row of no kind', 'dynamodb:GetItem', keys, rows('X#a'), []],
  // Copies.
  ...(
    [
      'CreateBackup',
      'StartAwsBackupJob',
      'ExportTableToPointInTime',
      'EnableKinesisStreamingDestination',
    ] as const
  ).flatMap((name): Row[] => [
    [`a copy of keys by ${name}`, `dynamodb:${name}`, keys, {}, []],
    [`a copy of security codes by ${name}`, `dynamodb:${name}`, short, {}, []],
  ]),
  // What is sealed in tokens may be backed up: without keys it cannot be read.
  [
    'a copy of tokens',
    'dynamodb:CreateBackup',
    data,
    {},
    ['deploy role', 'account administrator', 'operator of backups'],
  ],
  // Writes.
  ['to write tokens', 'dynamodb:PutItem', data, rows('T#a'), ['create', 'erase', 'replay']],
  ['to write many tokens', 'dynamodb:BatchWriteItem', data, rows('T#a'), ['create']],
  ['to close security codes', 'dynamodb:PutItem', short, rows('T#a'), ['create', 'reveal-full', 'erase']],
  ['to delete rows', 'dynamodb:DeleteItem', data, rows('T#a'), []],
  ['to write keys of subjects', 'dynamodb:PutItem', keys, rows('S#shop#a'), ['create']],
  ['to erase keys of subjects', 'dynamodb:UpdateItem', keys, rows('S#shop#a'), ['erase', 'rotate', 'replay']],
  ['to say that erasures were replayed', 'dynamodb:PutItem', keys, rows('R#restore'), ['replay']],
  ['to write branch keys', 'dynamodb:PutItem', keys, rows('B#shop#full#2'), ['create', 'rotate']],
  ['to name the newest branch key', 'dynamodb:UpdateItem', keys, rows('N#shop#full'), ['create', 'rotate']],
  // The ledger.
  ['to enter an erasure', 's3:PutObject', entry, {}, ['erase']],
  ['to read erasures', 's3:GetObjectVersion', entry, {}, ['replay']],
  ['to read what stands newest in the ledger', 's3:GetObject', entry, {}, []],
  [
    'to list erasures',
    's3:ListBucketVersions',
    ledger,
    {},
    ['replay', 'deploy role', 'account administrator', 'operator of backups'],
  ],
  ['to enter an erasure in clear', 's3:PutObject', entry, { 'aws:SecureTransport': 'false' }, []],
  // Administration, without use.
  [
    'to disable the key of branch keys',
    'kms:DisableKey',
    branchKey,
    {},
    ['deploy role', 'account administrator', 'operator of backups'],
  ],
  [
    'to change the policy of the key of branch keys',
    'kms:PutKeyPolicy',
    branchKey,
    {},
    ['deploy role', 'account administrator', 'operator of backups'],
  ],
];

/** Who among everybody may do all of it. */
async function whoMay(...asked: readonly (readonly [action: string, target: Target, given: Context])[]) {
  const found: string[] = [];
  for (const [who, principal] of Object.entries(WHO)) {
    const answers = await Promise.all(
      asked.map(([action, target, given]) => decided(principal, action, target, given)),
    );
    if (answers.every((answer) => answer === 'allow')) found.push(who);
  }
  return found;
}

describe('who can', () => {
  test.each(TABLE)('have %s: %s', async (_, action, target, given, expected) => {
    expect(await whoMay([action, target, given])).toEqual(
      Object.keys(WHO).filter((who) => expected.includes(who)),
    );
  });

  /** A card number needs all three at once. */
  test('read a card number: who creates, and who reveals in full, and nobody else', async () => {
    const readers = await whoMay(
      ['dynamodb:BatchGetItem', data, rows('T#a')],
      ['dynamodb:BatchGetItem', keys, rows('S#shop#a')],
      ['kms:Decrypt', branchKey, context()],
    );
    expect(readers).toEqual(['create', 'reveal-full']);
  });
});

/** Every action on rows, on every table, for rows of every kind. */
const ACTIONS = [
  'BatchGetItem',
  'BatchWriteItem',
  'ConditionCheckItem',
  'DeleteItem',
  'GetItem',
  'PartiQLDelete',
  'PartiQLInsert',
  'PartiQLSelect',
  'PartiQLUpdate',
  'PutItem',
  'Query',
  'Scan',
  'UpdateItem',
];
const KINDS = [
  'T#a',
  'F#a',
  'S#shop#a',
  'B#shop#full#1',
  'B#shop#masked#1',
  'N#shop#full',
  'R#restore',
  'Z#a',
  '',
];
const KMS = [
  'Decrypt',
  'Encrypt',
  'GenerateDataKey',
  'GenerateDataKeyWithoutPlaintext',
  'ReEncryptFrom',
  'ReEncryptTo',
  'GenerateMac',
  'VerifyMac',
  'Sign',
  'GetPublicKey',
  'DeriveSharedSecret',
  'CreateGrant',
  'PutKeyPolicy',
  'DisableKey',
  'ScheduleKeyDeletion',
];

const TABLES = [
  ['data', data],
  ['keys', keys],
  ['short', short],
] as const;

/** Rows that somebody may reach by some actions, in few words. */
async function rowsOf(principal: Principal, actions: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const [table, target] of TABLES) {
    for (const action of actions) {
      const allowed: string[] = [];
      for (const kind of KINDS) {
        const given = kind === '' ? {} : rows(kind);
        if ((await decided(principal, `dynamodb:${action}`, target, given)) === 'allow')
          allowed.push(kind || 'any');
      }
      if (allowed.length > 0) found.push(`${table} ${action} ${allowed.join(' ')}`);
    }
  }
  return found;
}

/** Uses of keys that somebody is allowed, in few words. */
async function keysOf(principal: Principal): Promise<readonly string[]> {
  const used = [
    ['branch full', branchKey, context()],
    ['branch masked', branchKey, masked],
    ['mac', macKey, HMAC],
    ['receipts', receiptKey, ECDSA],
    ['table', tableKey, {}],
    ['table of keys', keysTableKey, {}],
  ] as const;
  const found: string[] = [];
  for (const [name, target, given] of used) {
    const allowed: string[] = [];
    for (const action of KMS) {
      if ((await decided(principal, `kms:${action}`, target, given)) === 'allow') allowed.push(action);
    }
    if (allowed.length > 0) found.push(`${name}: ${allowed.join(' ')}`);
  }
  return found;
}

const all = async (principal: Principal) => [
  ...(await rowsOf(principal, ACTIONS)),
  ...(await keysOf(principal)),
];

describe('a function may do this and nothing else', () => {
  const T = 'T#a';
  const F = 'F#a';
  const S = 'S#shop#a';
  const [BF, BM] = ['B#shop#full#1', 'B#shop#masked#1'];
  const N = 'N#shop#full';
  const READS = [`data BatchGetItem ${T}`, `short BatchGetItem ${T}`];
  const EXPECTED: Readonly<Record<keyof typeof FUNCTIONS, readonly string[]>> = {
    create: [
      `data BatchGetItem ${T} ${F}`,
      `data BatchWriteItem ${T}`,
      `data PutItem ${T} ${F}`,
      `keys BatchGetItem ${S}`,
      `keys GetItem ${BF} ${BM} ${N} R#restore`,
      `keys PutItem ${S} ${BF} ${BM}`,
      `keys UpdateItem ${N}`,
      `short BatchGetItem ${T}`,
      `short BatchWriteItem ${T}`,
      `short PutItem ${T}`,
      'branch full: Decrypt GenerateDataKeyWithoutPlaintext',
      'branch masked: Decrypt GenerateDataKeyWithoutPlaintext',
      'mac: GenerateMac',
    ],
    'reveal-masked': [
      ...READS,
      `keys BatchGetItem ${S}`,
      `keys GetItem ${BM} R#restore`,
      'branch masked: Decrypt',
      'mac: GenerateMac',
    ],
    'reveal-full': [
      ...READS,
      `keys BatchGetItem ${S}`,
      `keys GetItem ${BF} R#restore`,
      `short PutItem ${T}`,
      'branch full: Decrypt',
      'mac: GenerateMac',
    ],
    'look-up': [
      `data BatchGetItem ${T} ${F}`,
      `keys BatchGetItem ${S}`,
      'keys GetItem R#restore',
      `short BatchGetItem ${T}`,
      'mac: GenerateMac',
    ],
    erase: [
      `data BatchGetItem ${T}`,
      `data PutItem ${T}`,
      `keys BatchGetItem ${S}`,
      'keys GetItem R#restore',
      `keys UpdateItem ${S}`,
      `short BatchGetItem ${T}`,
      `short PutItem ${T}`,
      'mac: GenerateMac',
      'receipts: Sign',
    ],
    rotate: [
      `keys GetItem ${BF} ${BM} ${N}`,
      `keys BatchGetItem ${S}`,
      `keys PutItem ${BF} ${BM}`,
      `keys Scan ${KINDS.slice(0, -1).join(' ')} any`,
      `keys UpdateItem ${S} ${N}`,
      'branch full: Decrypt GenerateDataKeyWithoutPlaintext',
      'branch masked: Decrypt GenerateDataKeyWithoutPlaintext',
    ],
    keys: ['receipts: GetPublicKey'],
    replay: [`data PutItem ${T}`, `keys BatchGetItem ${S}`, 'keys PutItem R#restore', `keys UpdateItem ${S}`],
  };
  const byWord = (entries: readonly string[]) => [...entries].sort();

  test.each(Object.keys(FUNCTIONS) as (keyof typeof FUNCTIONS)[])('%s', async (name) => {
    expect(byWord(await all(FUNCTIONS[name]))).toEqual(byWord(EXPECTED[name]));
  });

  test.each(Object.keys(OTHERS) as (keyof typeof OTHERS)[])(
    '%s: administers keys, and uses none',
    async (name) => {
      const administration = 'PutKeyPolicy DisableKey ScheduleKeyDeletion';
      const found = await all(OTHERS[name]);
      const names = ['branch full', 'branch masked', 'mac', 'receipts', 'table', 'table of keys'];
      expect(found).toEqual(
        name === 'foreign account' ? [] : names.map((key) => `${key}: ${administration}`),
      );
    },
  );
});

/** What the tests above are worth: statements that are wider than they were. */
describe('it is noticed', () => {
  interface Statement {
    readonly Action: string | readonly string[];
    readonly Condition?: object;
  }
  const statementsOf = (principal: Principal) =>
    principal.policies.flatMap(
      (policy) => (policy as unknown as { Statement: readonly Statement[] }).Statement,
    );
  const actionsOf = ({ Action }: Statement) => [Action].flat();
  const NAMES = Object.keys(FUNCTIONS) as (keyof typeof FUNCTIONS)[];

  test.each(NAMES)('where a statement on rows of %s loses its condition', async (name) => {
    const { arn } = FUNCTIONS[name];
    const statements = statementsOf(FUNCTIONS[name]);
    for (const statement of statements) {
      if (!JSON.stringify(statement).includes('LeadingKeys')) continue;
      const { Condition: _, ...wide } = statement;
      const actions = actionsOf(statement).map((action) => action.replace('dynamodb:', ''));
      const policies = [
        { Version: '2012-10-17', Statement: statements.map((each) => (each === statement ? wide : each)) },
      ];
      const widened = { arn, policies } as unknown as Principal;
      expect(await rowsOf(widened, actions)).not.toEqual(await rowsOf(FUNCTIONS[name], actions));
    }
  });

  test('where the statement on masked branch keys loses its view, at the role and at the key', async () => {
    const { arn, policies } = FUNCTIONS['reveal-masked'];
    const full = JSON.stringify([policies, branchKey.policy]).replaceAll(
      /"kms:EncryptionContext:view":"masked"/g,
      '"kms:EncryptionContext:tenant":"shop"',
    );
    const [widened, policy] = JSON.parse(full) as [Principal['policies'], Target['policy']];
    expect(
      await decided({ arn, policies: widened }, 'kms:Decrypt', { ...branchKey, policy }, context()),
    ).toBe('allow');
    expect(await decided({ arn, policies }, 'kms:Decrypt', branchKey, context())).toBe('deny');
  });

  test('where a role alone is given everything: policies of keys and tables hold', async () => {
    const { arn } = FUNCTIONS.keys;
    const principal = { arn, policies: somebody('x', ['*']).policies };
    const found = await all(principal);
    expect(found.filter((each) => !each.includes(':'))).toEqual([]);
    expect(found.join(' ')).not.toMatch(/Decrypt|GenerateDataKey|GenerateMac|Sign|Encrypt|CreateGrant/);
  });

  test.each([
    ['DenyOthers', data, 'dynamodb:BatchGetItem', rows('T#a')],
    ['DenyOthers', keys, 'dynamodb:Scan', {}],
    ['DenyOthers', short, 'dynamodb:Scan', {}],
    ['DenyCopies', keys, 'dynamodb:CreateBackup', {}],
    ['DenyCopies', short, 'dynamodb:ExportTableToPointInTime', {}],
  ] as const)('where %s is taken away', async (sid, target, action, given) => {
    const { Statement, ...rest } = target.policy as unknown as { Statement: readonly { Sid: string }[] };
    const policy = {
      ...rest,
      Statement: Statement.filter(({ Sid }) => Sid !== sid),
    } as unknown as Target['policy'];
    const who = OTHERS['account administrator'];
    expect(await decided(who, action, target, given)).toBe('deny');
    expect(await decided(who, action, { ...target, policy }, given)).toBe('allow');
  });
});
