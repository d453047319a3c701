import { describeTokens } from '../app/describe';
import { type LookUpItem, lookUpTokens } from '../app/look-up';
import { batch, defined, type Operation, operation } from './operation';

/** Finds the tokens of values. */
export const lookUp: Operation = operation<{ readonly items: readonly LookUpItem[] }>(
  'lookUp',
  async (vault, call, { items }) => batch(await lookUpTokens(vault, call, items)),
);

/** Tells what is known of tokens, without values. */
export const describe: Operation = operation<{ readonly tokens: readonly string[] }>(
  'describe',
  async (vault, call, { tokens }) =>
    batch(await describeTokens(vault, call, tokens), ({ type, created, expires, heldUntil }) =>
      defined({ type, createdAt: created, expiresAt: expires, heldUntil }),
    ),
);
