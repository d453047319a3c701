import { revealTokens } from '../app/reveal';
import type { View } from '../core/record';
import { batch, type Operation, operation } from './operation';

interface Body {
  readonly tokens: readonly string[];
  readonly purpose: string;
}

/** Gives what may be shown of values. */
export const revealMasked: Operation = revealing('revealMasked', 'masked');
/** Gives values. */
export const revealFull: Operation = revealing('revealFull', 'full');

function revealing(name: 'revealMasked' | 'revealFull', view: View): Operation {
  return operation<Body>(name, async (vault, { caller, requestId }, { tokens, purpose }) =>
    batch(await revealTokens(vault, { caller, requestId, view, purpose }, tokens)),
  );
}
