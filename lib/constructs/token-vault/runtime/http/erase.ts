import { deleteTokens } from '../app/delete';
import { eraseSubject } from '../app/erase';
import { holdSubject } from '../app/hold';
import { batch, type Operation, operation } from './operation';

/** Deletes tokens. */
export const deleteOperation: Operation = operation<{ readonly tokens: readonly string[] }>(
  'delete',
  async (vault, call, { tokens }) => batch(await deleteTokens(vault, call, tokens), () => ({})),
);

/** Erases a subject; the answer is the receipt. */
export const erase: Operation = operation<{ readonly subject: string }>(
  'erase',
  async (vault, call, { subject }) => ({
    data: await eraseSubject(vault, call, subject),
    items: 1,
  }),
);

/** Holds a subject, or ends that. */
export const hold: Operation = operation<{ readonly subject: string; readonly until: number }>(
  'hold',
  async (vault, call, { subject, until }) => ({
    data: await holdSubject(vault, call, subject, until),
    items: 1,
  }),
);
