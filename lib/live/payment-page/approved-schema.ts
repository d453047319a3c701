import type { Schema } from '../../core/schema';

/** One line in which nothing is hidden: reports print it. */
const VISIBLE = '[^\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Zl}\\p{Zp}]';

/** What begins what `--update` writes, and is refused until somebody has written a justification in its place. */
export const TO_DO = 'TODO';

const name = (description: string): Schema => ({
  type: 'string',
  description,
  pattern: `^${VISIBLE}+$`,
  minLength: 2,
  maxLength: 100,
});

const sentence = (description: string): Schema => ({
  type: 'string',
  description,
  pattern: `^(?=.*\\S \\S)${VISIBLE}+$`,
  minLength: 20,
  maxLength: 500,
});

/** What on a page can run, load what runs, or lead what people type elsewhere. */
export const ITEM_KINDS = [
  'script',
  'inline-script',
  'import-map',
  'event-handler',
  'javascript-url',
  'frame',
  'preload',
  'form',
  'refresh',
] as const;

const SCRIPT: Schema = {
  type: 'object',
  description: 'what may stand on the page, with kind, source, owner and justification',
  additionalProperties: false,
  required: ['kind', 'source', 'owner', 'justification'],
  properties: {
    kind: {
      type: 'string',
      title: 'What it is: a script or what else can run, load what runs, or lead what people type elsewhere.',
      description: `one of ${ITEM_KINDS.join(', ')}`,
      enum: ITEM_KINDS,
    },
    source: {
      type: 'string',
      title: 'Its absolute address; of what stands in the page, its SHA-256, for handlers behind their name.',
      description: 'an address, or sha256- and the digest in base64',
      pattern: `^${VISIBLE}+$`,
      minLength: 1,
      maxLength: 2048,
      examples: ['https://js.example.com/v3/'],
    },
    integrity: {
      type: 'string',
      title: 'Of a script: the digest of its content, as in subresource integrity.',
      description: 'sha256-, sha384- or sha512- and the digest in base64',
      pattern: '^sha(256-[A-Za-z0-9+/]{43}=|384-[A-Za-z0-9+/]{64}|512-[A-Za-z0-9+/]{86}==)$',
      maxLength: 95,
    },
    changesReason: sentence(
      'a sentence of 20 to 500 characters on one line that says why the content of the script may change unseen',
    ),
    owner: name('who answers for it, in 2 to 100 characters'),
    justification: sentence(
      'a sentence of 20 to 500 characters on one line that says what the business needs it for (PCI DSS 6.4.3)',
    ),
  },
};

const HEADER: Schema = {
  type: 'object',
  description: 'a header with name and value',
  additionalProperties: false,
  required: ['name', 'value'],
  properties: {
    name: {
      type: 'string',
      title: 'The name, in lower case; `meta:` stands before what the page says in a `meta` element.',
      description: 'the name of a header in lower case',
      pattern: '^(meta:)?[a-z0-9-]+$',
      maxLength: 60,
      examples: ['content-security-policy'],
    },
    value: {
      type: 'string',
      title: "What it says; nonces are written `'nonce-*'`.",
      description: 'its value',
      pattern: `^${VISIBLE}*$`,
      maxLength: 8192,
    },
  },
};

const PAGE: Schema = {
  type: 'object',
  description: 'a page with url, scripts and headers',
  additionalProperties: false,
  required: ['url', 'scripts', 'headers'],
  properties: {
    url: {
      type: 'string',
      title: 'The address of the page, as people open it.',
      description: 'an address that begins with https://, without user and fragment',
      pattern: '^https://[^\\s/?#@]+(/[^\\s#]*)?$',
      maxLength: 2048,
      examples: ['https://shop.example.com/checkout'],
    },
    scripts: {
      type: 'array',
      title: 'All that may stand on it.',
      description: 'a list of up to 500 entries',
      items: SCRIPT,
      maxItems: 500,
    },
    headers: {
      type: 'array',
      title: 'The headers that protect it.',
      description: 'a list of up to 50 headers',
      items: HEADER,
      maxItems: 50,
    },
  },
};

/** The list of what may stand on payment pages: one shape for the file, its schema and what the function reads. */
export const APPROVED_SCHEMA: Schema = {
  type: 'object',
  description: 'an approved list with version, owner and pages',
  additionalProperties: false,
  required: ['version', 'owner', 'pages'],
  properties: {
    $schema: { type: 'string', description: 'the address of this schema, for editors' },
    version: {
      type: 'integer',
      title: 'The version of this format.',
      description: '1',
      minimum: 1,
      maximum: 1,
    },
    owner: {
      ...name('who is called when a page was changed, in 2 to 100 characters'),
      title: 'Who is called when a page was changed: every alarm names it.',
    },
    pages: {
      type: 'array',
      title: 'The payment pages.',
      description: 'a list of 1 to 20 pages',
      items: PAGE,
      minItems: 1,
      maxItems: 20,
    },
  },
};
