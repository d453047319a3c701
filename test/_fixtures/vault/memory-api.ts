import { randomBytes } from 'node:crypto';
import type { RandomBytes } from '../../../lib/constructs/token-vault/runtime/core/sealed';
import { assembled } from '../../../lib/constructs/token-vault/runtime/host/assemble';
import { readEnvironment } from '../../../lib/constructs/token-vault/runtime/host/environment';
import type { VaultFunction } from '../../../lib/constructs/token-vault/runtime/host/key-rights';
import {
  type MaintenanceHandler,
  replaying,
  rotating,
} from '../../../lib/constructs/token-vault/runtime/host/maintenance';
import { once } from '../../../lib/constructs/token-vault/runtime/host/parts';
import { type ApiHandler, serve } from '../../../lib/constructs/token-vault/runtime/host/serve';
import { create, deduplicate } from '../../../lib/constructs/token-vault/runtime/http/create';
import { deleteOperation, erase, hold } from '../../../lib/constructs/token-vault/runtime/http/erase';
import { describe, lookUp } from '../../../lib/constructs/token-vault/runtime/http/look-up';
import { receiptsKey } from '../../../lib/constructs/token-vault/runtime/http/receipts-key';
import type { ApiResponse } from '../../../lib/constructs/token-vault/runtime/http/response';
import { revealFull, revealMasked } from '../../../lib/constructs/token-vault/runtime/http/reveal';
import { ROUTES, type Route, type RouteName } from '../../../lib/constructs/token-vault/runtime/http/routes';
import type { AuditEvent } from '../../../lib/constructs/token-vault/runtime/ports/audit';
import type { ErasureEntry } from '../../../lib/constructs/token-vault/runtime/ports/erasure-ledger';
import type { Store } from '../../../lib/constructs/token-vault/runtime/ports/store';
import { MemoryStore } from './memory-store';
import { MemoryKeys, NOW, VAULT } from './memory-vault';
import { responseMisfits } from './open-api';

/** What Lambda names a call by. */
export const REQUEST_ID = '5f0f5a1e-9a1c-4a4e-8f5e-0a1b2c3d4e5f';
const FUNCTION_ARN = 'arn:aws:lambda:eu-central-1:123412341234:function:vault';

/** A context of Lambda, through an alias or none. */
export function context(alias?: string) {
  const invokedFunctionArn = alias === undefined ? FUNCTION_ARN : `${FUNCTION_ARN}:${alias}`;
  return { invokedFunctionArn, awsRequestId: REQUEST_ID };
}

/** An event as API Gateway makes it of a call that IAM has let in, with what a test wants otherwise. */
export function apiEvent(
  route: Pick<Route, 'method' | 'path'>,
  body: string | null,
  {
    tenant = 'shop',
    grantee = 'checkout',
    ...others
  }: Readonly<Record<string, unknown>> & {
    readonly tenant?: string;
    readonly grantee?: string;
  } = {},
) {
  const resource = `/t/{tenant}/g/{grantee}${route.path}`;
  return {
    resource,
    path: `/t/${tenant}/g/${grantee}${route.path}`,
    httpMethod: route.method,
    headers: { 'Content-Type': 'application/json' },
    multiValueHeaders: null,
    queryStringParameters: null,
    pathParameters: { tenant, grantee },
    requestContext: {
      resourcePath: resource,
      httpMethod: route.method,
      requestId: 'chosen-by-the-client',
      stage: 'prod',
      identity: {
        userArn: 'arn:aws:sts::123412341234:assumed-role/checkout/i-1',
        caller: 'AROAEXAMPLE:i-1',
        accessKey: 'ASIAEXAMPLE',
      },
    },
    body,
    isBase64Encoded: false,
    ...others,
  };
}

/** What may stand otherwise in a vault of a test. */
export interface ApiOptions {
  readonly store?: Store;
  readonly randomBytes?: RandomBytes;
  readonly env?: Readonly<Record<string, string>>;
  readonly record?: (events: readonly AuditEvent[]) => Promise<void>;
}

/** All functions of a vault, with what stands behind their ports in memory. */
export function memoryApi(options: ApiOptions = {}) {
  const tables = new MemoryStore();
  const keys = new MemoryKeys();
  const ledger: ErasureEntry[] = [];
  const events: AuditEvent[] = [];
  const lines: string[] = [];
  const log = { write: (text: string) => void lines.push(text.trimEnd()) };
  const clock = { now: NOW };
  const environment = readEnvironment({
    VAULT,
    DATA_TABLE: 'data',
    KEYS_TABLE: 'keys',
    SHORT_LIVED_TABLE: 'short-lived',
    ALIASES: JSON.stringify({ shop_checkout: {}, shop_office: { lookUp: true }, other_checkout: {} }),
    ...options.env,
  });
  const partsOf = (name: VaultFunction) =>
    once(() =>
      assembled(name, environment, {
        keys,
        receiptKey: {
          publicKey: async () => keys.receipts.publicKey.export({ format: 'der', type: 'spki' }),
        },
        store: options.store ?? tables,
        ledger: {
          append: async (entry) => void ledger.push(entry),
          async *entries() {
            yield* ledger;
          },
        },
        audit: { record: options.record ?? (async (recorded) => void events.push(...recorded)) },
        now: () => clock.now,
        randomBytes: options.randomBytes ?? randomBytes,
        write: (line) => void lines.push(line),
      }),
    );
  const keysParts = partsOf('vault-keys');
  const handlers: Readonly<Record<Route['handler'], ApiHandler>> = {
    'vault-create': serve([create, deduplicate], partsOf('vault-create'), log),
    'vault-reveal-masked': serve([revealMasked], partsOf('vault-reveal-masked'), log),
    'vault-reveal-full': serve([revealFull], partsOf('vault-reveal-full'), log),
    'vault-look-up': serve([describe, lookUp], partsOf('vault-look-up'), log),
    'vault-erase': serve([deleteOperation, erase, hold], partsOf('vault-erase'), log),
    'vault-keys': serve([receiptsKey(() => keysParts().receiptKey)], keysParts, log),
  };
  const rotate: MaintenanceHandler<unknown> = rotating(partsOf('vault-rotate'));
  const replay: MaintenanceHandler<unknown> = replaying(partsOf('vault-replay'));
  /** Calls a route through the API, with a body or with a text that may be none. */
  const call = async (name: RouteName, body?: object | string, others?: Parameters<typeof apiEvent>[2]) => {
    const text = body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body);
    const route: Route = ROUTES[name];
    const response = await handlers[route.handler](apiEvent(route, text, others), context('api'));
    // Every answer of every test is what the document says.
    expect(responseMisfits(name, response)).toEqual([]);
    return response;
  };
  return { tables, keys, ledger, events, lines, clock, handlers, rotate, replay, call, partsOf };
}

/** What an answer says. */
export function bodyOf({ body }: ApiResponse) {
  return JSON.parse(body) as Record<string, unknown> & {
    readonly results?: readonly (Record<string, unknown> & { readonly token?: string })[];
  };
}
