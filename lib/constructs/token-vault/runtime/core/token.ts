import { passesLuhn } from './luhn';
import type { RandomBytes } from './sealed';

/** What every random token begins with, so that nobody takes it for what it stands for. */
export const TOKEN_PREFIX = 'tok_';

/** 128 bits: among ten thousand million tokens, two are the same with a probability of 1.5e-19. */
const TOKEN_BYTES = 16;
const RANDOM_TOKEN = /^tok_[A-Za-z0-9_-]{21}[AQgw]$/;

/** A token of 128 random bits. */
export function randomToken(randomBytes: RandomBytes): string {
  return tokenOf(randomBytes(TOKEN_BYTES));
}

/** The token that 16 bytes stand for. */
export function tokenOf(bytes: Uint8Array): string {
  return `${TOKEN_PREFIX}${Buffer.from(bytes).toString('base64url')}`;
}

/** Whether a text has the form of a random token. The last character stands for two bits: four of them are possible. */
export function isRandomToken(text: string): boolean {
  return RANDOM_TOKEN.test(text);
}

/** How many digits of a card number a card-like token keeps, at its end. */
const KEPT = 4;
/** ISO/IEC 7812-1: account numbers have 8 to 19 digits; those of card networks 12 to 19. */
const CARD_NUMBER = /^\d{12,19}$/;

/** Whether a text is a card number, without spaces: 12 to 19 digits that end in their check digit. */
export function isCardNumber(text: string): boolean {
  return CARD_NUMBER.test(text) && passesLuhn(text);
}

/**
 * A token that looks like a card number: as long, with the same last four digits, and with a check digit that is wrong,
 * so that no network takes it for one. Its other digits are random.
 *
 * It is enumerable: a caller must find another where it is taken already.
 *
 * @param cardNumber a card number, see `isCardNumber`
 */
export function cardLikeToken(cardNumber: string, randomBytes: RandomBytes): string {
  const free = cardNumber.length - KEPT;
  const kept = cardNumber.slice(free);
  for (;;) {
    const token = `${randomDigits(free, randomBytes)}${kept}`;
    // Nine in ten are wrong; none is right twice for long.
    if (!passesLuhn(token) && token !== cardNumber) return token;
  }
}

/** Whether a text has the form of a card-like token. */
export function isCardLikeToken(text: string): boolean {
  return CARD_NUMBER.test(text) && !passesLuhn(text);
}

/** Bytes from 250 on would make some digits likelier than others. */
const FAIR = 250;

function randomDigits(count: number, randomBytes: RandomBytes): string {
  let digits = '';
  while (digits.length < count) {
    for (const byte of randomBytes(count)) {
      if (byte < FAIR && digits.length < count) digits += String(byte % 10);
    }
  }
  return digits;
}
