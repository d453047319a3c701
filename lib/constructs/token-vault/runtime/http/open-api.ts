import type { Schema } from '../../../../core/schema/schema';
import { PROBLEMS, type ProblemCode } from '../app/problem';
import { API_PREFIX } from './event';
import { ROUTES, type Route, type RouteName } from './routes';

/** A schema of JSON Schema 2020-12, as OpenAPI 3.1 has them. */
type Json = Readonly<Record<string, unknown>>;

const SECONDS = { type: 'integer', minimum: 0, description: 'seconds since 1970-01-01T00:00:00Z' };
const CODES = Object.keys(PROBLEMS);
/** What one item of a batch can fail with. */
const ITEM_CODES: readonly ProblemCode[] = [
  'invalid_request',
  'forbidden',
  'token_not_found',
  'idempotency_conflict',
  'subject_erased',
  'token_gone',
  'invalid_value',
  'format_exhausted',
  'legal_hold',
  'store_unavailable',
];

const TOKEN = { type: 'string', pattern: '^(tok_[A-Za-z0-9_-]{22}|[0-9]{12,19})$' };
const NAME = { type: 'string', pattern: '^[a-z0-9][a-z0-9-]{0,62}$' };

const ANSWERS: Readonly<Record<RouteName, Json>> = {
  create: results({ token: TOKEN, masked: { type: 'string' }, expiresAt: SECONDS }, ['token']),
  deduplicate: results({ token: TOKEN, masked: { type: 'string' }, expiresAt: SECONDS }, ['token']),
  revealMasked: results({ type: NAME, value: { type: 'string' } }, ['type', 'value']),
  revealFull: results({ type: NAME, value: { type: 'string' } }, ['type', 'value']),
  lookUp: results({ token: TOKEN }, ['token']),
  describe: results({ type: NAME, createdAt: SECONDS, expiresAt: SECONDS, heldUntil: SECONDS }, [
    'type',
    'createdAt',
  ]),
  delete: results({}, []),
  erase: object({
    vault: NAME,
    tenant: NAME,
    subject: { type: 'string', pattern: '^[A-Za-z0-9_-]{43}$', description: 'the keyed hash of the subject' },
    erased: SECONDS,
    signature: {
      type: 'string',
      description: 'ECDSA with P-256 and SHA-256 over the text of the receipt, DER in base64',
    },
  }),
  hold: object({ until: SECONDS }),
  receiptsKey: object({
    keys: {
      type: 'array',
      minItems: 1,
      items: object({
        kty: { const: 'EC' },
        crv: { const: 'P-256' },
        x: { type: 'string' },
        y: { type: 'string' },
        kid: { type: 'string' },
        alg: { const: 'ES256' },
        use: { const: 'sig' },
      }),
    },
  }),
};

/** The API of a vault as OpenAPI 3.1: made of the schemas that calls are checked by, and of those that tests check answers by. */
export function openApiDocument(): Json {
  return {
    openapi: '3.1.1',
    info: {
      title: 'Token vault',
      version: '1',
      description:
        'Callers sign with AWS Signature Version 4. Tenant and grantee are those of the path that the caller may call. What is invalid is refused without repeating it.',
    },
    paths: Object.fromEntries(
      Object.entries(ROUTES).map(([name, route]: [string, Route]) => [
        `${API_PREFIX}${route.path}`,
        pathOf(name as RouteName, route),
      ]),
    ),
    components: {
      securitySchemes: {
        sigv4: {
          type: 'apiKey',
          name: 'Authorization',
          in: 'header',
          'x-amazon-apigateway-authtype': 'awsSigv4',
        },
      },
      parameters: {
        tenant: { name: 'tenant', in: 'path', required: true, schema: NAME },
        grantee: { name: 'grantee', in: 'path', required: true, schema: NAME },
      },
      schemas: { Problem: PROBLEM },
    },
    security: [{ sigv4: [] }],
  };
}

const PROBLEM = object(
  {
    type: { type: 'string', pattern: '^urn:problem-type:[a-z_]+$' },
    title: { type: 'string' },
    status: { type: 'integer', minimum: 400, maximum: 599 },
    code: { type: 'string', enum: CODES },
    detail: { type: 'string', description: 'what does not fit; never what was sent' },
    instance: { type: 'string', pattern: '^urn:uuid:' },
  },
  ['type', 'title', 'status', 'code', 'instance'],
);

function pathOf(name: RouteName, { method, title, handler, body }: Route): Json {
  return {
    parameters: [{ $ref: '#/components/parameters/tenant' }, { $ref: '#/components/parameters/grantee' }],
    [method.toLowerCase()]: {
      operationId: name,
      summary: title,
      'x-handler': handler,
      ...(body === undefined
        ? {}
        : { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(body) } } } }),
      responses: {
        '200': { description: 'Done', content: { 'application/json': { schema: ANSWERS[name] } } },
        default: {
          description: 'A problem of the whole call (RFC 9457)',
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      },
    },
  };
}

/** Ours says `description` where it explains itself; in JSON Schema it is the same word. */
function schemaOf(schema: Schema): Json {
  return { ...schema };
}

function results(properties: Json, required: readonly string[]): Json {
  return object({
    results: {
      type: 'array',
      minItems: 1,
      maxItems: 100,
      description: 'one result for each item, in the same order',
      items: {
        oneOf: [
          object({ status: { const: 'ok' }, ...properties }, ['status', ...required]),
          object({ status: { const: 'error' }, error: { type: 'string', enum: ITEM_CODES } }),
        ],
      },
    },
  });
}

function object(properties: Json, required: readonly string[] = Object.keys(properties)): Json {
  return { type: 'object', properties, required, additionalProperties: false };
}
