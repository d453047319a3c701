import type { Schema } from '../../../../core/schema/schema';

/** The most items of one call. */
export const MOST_ITEMS = 100;
/** How deep a body may be: a body, its list, an item, and one level for what comes. */
export const DEEPEST = 4;
/** The most values of a body: twice what a hundred items have. */
export const MOST_VALUES = 1500;

/** Functions of the API, each with one privilege. */
export type RouteFunction =
  | 'vault-create'
  | 'vault-reveal-masked'
  | 'vault-reveal-full'
  | 'vault-look-up'
  | 'vault-erase'
  | 'vault-keys';

/** One path of the API. */
export interface Route {
  readonly method: 'POST' | 'GET';
  /** After the version's prefix and the caller's names; it is the right: what differs in rights differs in its path. */
  readonly path: string;
  /** The function that answers, by the name of its handler. */
  readonly handler: RouteFunction;
  /** What it does, in one line. */
  readonly title: string;
  /**
   * Whether an alias needs the right to look up for it, beside that to invoke the function. Through an API the path is the
   * right.
   *
   * @default false
   */
  readonly needsLookUp?: true;
  /** @default - it takes no body */
  readonly body?: Schema;
}

const type: Schema = {
  type: 'string',
  pattern: '^[a-z0-9][a-z0-9-]{0,62}$',
  description: 'the name of a type of the vault, such as card-number',
};
const value: Schema = {
  type: 'string',
  minLength: 1,
  maxLength: 4096,
  description: 'the value, at most 4,096 bytes of UTF-8',
};
const subject: Schema = {
  type: 'string',
  minLength: 1,
  maxLength: 256,
  description: 'whom the value is about, by a name of yours that stays; it is hashed before it is stored',
};
const token: Schema = { type: 'string', minLength: 1, maxLength: 64, description: 'a token' };

const CREATE: Schema = body(
  {
    items: list(
      'what tokens are to stand for',
      {
        type,
        value,
        subject,
        dedupe: {
          type: 'string',
          enum: ['none', 'subject', 'tenant'],
          description:
            'where the same value has the same token; more than none needs the path /v1/tokens/deduplicated',
          default: 'none',
        },
        ttlSeconds: {
          type: 'integer',
          minimum: 1,
          maximum: 3_155_760_000,
          description: 'for how many seconds a token lives, where its type does not end it sooner',
        },
      },
      ['type', 'value'],
    ),
    idempotencyKey: {
      type: 'string',
      pattern: '^[A-Za-z0-9_-]{1,128}$',
      description: 'the same for a call and its retries: a retry has the same tokens',
    },
  },
  ['items'],
);

const TOKENS = {
  type: 'array',
  minItems: 1,
  maxItems: MOST_ITEMS,
  items: token,
  description: `1 to ${MOST_ITEMS} tokens`,
} as const satisfies Schema;

const REVEAL = body(
  {
    tokens: TOKENS,
    purpose: {
      type: 'string',
      pattern: '^[a-z]+(-[a-z]+){0,7}$',
      maxLength: 64,
      description:
        'what it is for, in words of small letters with hyphens: it is recorded, so that it holds no digit',
    },
  },
  ['tokens', 'purpose'],
);

const LOOK_UP = body({ items: list('what is looked for', { type, value, subject }, ['type', 'value']) }, [
  'items',
]);
const OF_TOKENS = body({ tokens: TOKENS }, ['tokens']);
const ERASE = body({ subject }, ['subject']);
const HOLD = body(
  {
    subject,
    until: {
      type: 'integer',
      minimum: 0,
      maximum: 99_999_999_999,
      description: 'until when nothing of it may be erased, in seconds since 1970; 0 ends a hold',
    },
  },
  ['subject', 'until'],
);

/** The API. The construct makes its resources from this table, the OpenAPI document is made from it, calls are checked by it. */
export const ROUTES = {
  create: post('/v1/tokens', 'vault-create', 'Creates tokens', CREATE),
  deduplicate: {
    ...post(
      '/v1/tokens/deduplicated',
      'vault-create',
      'Creates tokens, or gives those that values have already',
      CREATE,
    ),
    needsLookUp: true,
  },
  revealMasked: post(
    '/v1/tokens/reveal/masked',
    'vault-reveal-masked',
    'Gives what may be shown of values',
    REVEAL,
  ),
  revealFull: post('/v1/tokens/reveal/full', 'vault-reveal-full', 'Gives values', REVEAL),
  lookUp: post('/v1/tokens/lookup', 'vault-look-up', 'Finds the tokens of values', LOOK_UP),
  describe: post(
    '/v1/tokens/describe',
    'vault-look-up',
    'Tells what is known of tokens, without values',
    OF_TOKENS,
  ),
  delete: post('/v1/tokens/delete', 'vault-erase', 'Deletes tokens', OF_TOKENS),
  erase: post('/v1/subjects/erase', 'vault-erase', 'Erases a subject and all its tokens', ERASE),
  hold: post('/v1/subjects/hold', 'vault-erase', 'Holds a subject: nothing of it can be erased', HOLD),
  receiptsKey: {
    method: 'GET',
    path: '/v1/receipts/key',
    handler: 'vault-keys',
    title: 'Gives the public key of receipts',
  },
} as const satisfies Readonly<Record<string, Route>>;

/** The name of a route. */
export type RouteName = keyof typeof ROUTES;

function post(path: string, handler: RouteFunction, title: string, schema: Schema): Route {
  return { method: 'POST', path, handler, title, body: schema };
}

function body(properties: Readonly<Record<string, Schema>>, required: readonly string[]): Schema {
  return { type: 'object', description: 'the body', properties, required, additionalProperties: false };
}

function list(
  description: string,
  properties: Readonly<Record<string, Schema>>,
  required: readonly string[],
): Schema {
  return {
    type: 'array',
    description: `1 to ${MOST_ITEMS} items: ${description}`,
    minItems: 1,
    maxItems: MOST_ITEMS,
    items: { type: 'object', properties, required, additionalProperties: false },
  };
}
