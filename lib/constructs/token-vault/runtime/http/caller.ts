import { ProblemError } from '../app/problem';
import type { Caller } from '../ports/audit';

/** What Lambda says of a call, as far as it is used: of who calls, the body knows nothing that counts. */
export interface InvocationContext {
  readonly invokedFunctionArn: string;
  readonly awsRequestId: string;
}

/** What one alias of a function may do beside what the function does. */
export interface AliasRights {
  /** Whether it may also have the tokens that values have already: the right to look up. */
  readonly lookUp?: boolean;
}

/** The aliases by which a function may be called directly: each is named `<tenant>_<grantee>`, and is of these alone. */
export type Aliases = ReadonlyMap<string, AliasRights>;

/**
 * The alias that API Gateway invokes, and nobody else may: an event says of itself what it wants, so that it is this name
 * which tells where it comes from. It has no underscore, so that it is of no tenant.
 */
export const API_ALIAS = 'api';
/** The alias of what is done for all tenants. */
export const OPERATOR_ALIAS = 'operator';

/** Names of tenants and grantees: as they stand in a path, in an ARN and in keys of tables. */
const NAME = /^[a-z0-9][a-z0-9-]{0,62}$/;

/** Whether a text can be the name of a tenant or grantee. */
export function isName(text: unknown): text is string {
  return typeof text === 'string' && NAME.test(text);
}

/**
 * The alias that was invoked.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html `invokedFunctionArn` holds it where one was named
 * @returns undefined for `$LATEST`, which needs no alias, and for what is no ARN of a function
 */
export function aliasOf({ invokedFunctionArn }: InvocationContext): string | undefined {
  const [arn, , service, , , resource, , alias, ...more] = invokedFunctionArn.split(':');
  const isFunction = arn === 'arn' && service === 'lambda' && resource === 'function' && more.length === 0;
  return isFunction && alias !== undefined && alias !== '' && alias !== '$LATEST' ? alias : undefined;
}

/**
 * Who calls through an alias of their own.
 *
 * @throws ProblemError `forbidden` for an alias that was not set up
 */
export function callerOfAlias(
  alias: string | undefined,
  aliases: Aliases,
): { readonly caller: Caller; readonly mayLookUp: boolean } {
  const known = alias === undefined ? undefined : aliases.get(alias);
  const names = alias === undefined ? undefined : namesIn(alias);
  if (known === undefined || names === undefined) throw new ProblemError('forbidden');
  return { caller: { ...names, proof: 'function-alias' }, mayLookUp: known.lookUp === true };
}

/** Whose alias it is; undefined where its name is not of a tenant and a grantee. */
export function namesIn(alias: string): { readonly tenant: string; readonly grantee: string } | undefined {
  // Neither holds an underscore, so that two callers never share an alias.
  const [tenant, grantee, ...more] = alias.split('_');
  return isName(tenant) && isName(grantee) && more.length === 0 ? { tenant, grantee } : undefined;
}
