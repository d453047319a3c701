import { isCardNumber } from '../core/token';
import type { TokenType } from './types';

/** The longest value, in bytes of UTF-8. */
export const LONGEST_VALUE = 4096;

const SECURITY_CODE = /^\d{3,4}$/;
/** How many digits of a card number are shown: the last ones, fewer than PCI DSS v4.0.1, 3.4.1 allows. */
const SHOWN = 4;
const HIDDEN = '*';

/** Whether a value is one of its type. Text is well-formed Unicode, since what is not cannot come back as it was. */
export function fits(value: string, { kind }: TokenType): boolean {
  if (value === '' || Buffer.byteLength(value, 'utf8') > LONGEST_VALUE) return false;
  if (kind === 'card-number') return isCardNumber(value);
  if (kind === 'security-code') return SECURITY_CODE.test(value);
  return isWellFormed(value);
}

/** What is shown of a value to who may not have it; nothing of a security code. */
export function masked(value: string, { kind }: TokenType): string | undefined {
  if (kind === 'security-code') return undefined;
  if (kind === 'text') return HIDDEN.repeat(3);
  return `${HIDDEN.repeat(value.length - SHOWN)}${value.slice(-SHOWN)}`;
}

/** Node 20 has `String.prototype.isWellFormed`, the types that we compile with have not. */
function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}
