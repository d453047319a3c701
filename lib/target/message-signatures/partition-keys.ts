/**
 * How items of the stores begin in a table of DynamoDB, and so what IAM policies name. Loaded at synthesis too, so it
 * imports nothing.
 */

/** Signatures that were seen. */
export const REPLAY_PREFIX = 'replay#';

/** Where a backend shares its requests with nobody, because there is no other. */
export const DEFAULT_NAMESPACE = 'default';

/** Requests that a backend handled. */
export function idempotencyPrefix(namespace: string): string {
  return `idempotency#${namespace}#`;
}

/**
 * Whether it can be a namespace: it stands in IAM policies, where `*` and `?` mean something else, and ends before the
 * next `#`.
 */
export function isNamespace(text: string): boolean {
  return /^[A-Za-z0-9._-]{1,64}$/.test(text);
}
