import type { JsonSchema, JsonSchemaType } from 'aws-cdk-lib/aws-apigateway';
import type { Schema } from '../../core/schema/schema';
import type { ApiRoute } from '../api';
import type { VaultFunction } from './privileges';
import { API_PREFIX } from './runtime/http/event';
import { ROUTES, type Route, type RouteName } from './runtime/http/routes';
import type { VaultRight } from './token-vault-props';

/** The paths that each right leads to. Whoever erases gets a receipt, and the key that verifies it. */
const PATHS: Readonly<Record<VaultRight, readonly RouteName[]>> = {
  tokenize: ['create'],
  'reveal-masked': ['revealMasked'],
  'reveal-full': ['revealFull'],
  'look-up': ['lookUp', 'describe'],
  erase: ['delete', 'erase', 'hold', 'receiptsKey'],
};

/** A path that tells whether a value is there: it needs both rights. */
const OF_BOTH = { rights: ['tokenize', 'look-up'], path: 'deduplicate' } as const satisfies {
  rights: readonly VaultRight[];
  path: RouteName;
};

/** Every path that some right leads to. */
export const VAULT_PATHS: readonly Route[] = Object.values(ROUTES);

/** What the path of an API is for a route; the parameters are who calls. */
export function pathOf({ path }: Route): string {
  return `${API_PREFIX}${path}`;
}

/** The function that answers a route. */
export function functionOf({ handler }: Route): VaultFunction {
  return handler.slice('vault-'.length) as VaultFunction;
}

/** The routes of a grantee with some rights, as its `execute-api:Invoke` names them. */
export function routesOf(
  rights: readonly VaultRight[],
  tenant: string,
  grantee: string,
  without: readonly string[] = [],
): readonly ApiRoute[] {
  const names = namesOf(rights).filter((name) => !without.includes(name));
  return names.map((name) => {
    const { method, path } = ROUTES[name];
    return { method, path: `/t/${tenant}/g/${grantee}${path}` };
  });
}

/** The alias by which a grantee calls directly; the runtime reads its name. */
export function aliasOf(tenant: string, grantee: string): string {
  return `${tenant}_${grantee}`;
}

/** The functions of a grantee with some rights, each once. */
export function functionsOf(rights: readonly VaultRight[]): readonly VaultFunction[] {
  return [...new Set(namesOf(rights).map((name) => functionOf(ROUTES[name])))];
}

/** A route's body as API Gateway checks it, before a function runs. */
export function bodyOf({ body }: Route): JsonSchema | undefined {
  return body && jsonSchemaOf(body);
}

function namesOf(rights: readonly VaultRight[]): readonly RouteName[] {
  const both = OF_BOTH.rights.every((right) => rights.includes(right)) ? [OF_BOTH.path] : [];
  return [...rights.flatMap((right) => PATHS[right]), ...both];
}

/** JSON Schema draft 4 has the same words; titles, texts and defaults are left out, since no caller sees them there. */
function jsonSchemaOf(schema: Omit<Schema, 'description'>): JsonSchema {
  const { type, properties, items, required, enum: words, ...limits } = schema;
  const { additionalProperties, minItems, maxItems, pattern, minLength, maxLength, minimum, maximum } =
    limits;
  return {
    type: type as JsonSchemaType,
    required: required && [...required],
    properties:
      properties &&
      Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, jsonSchemaOf(value)])),
    items: items && jsonSchemaOf(items),
    enum: words && [...words],
    additionalProperties,
    minItems,
    maxItems,
    pattern,
    minLength,
    maxLength,
    minimum,
    maximum,
  };
}
