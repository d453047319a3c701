import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { passesLuhn } from '../../../../../lib/constructs/token-vault/runtime/core/luhn';
import {
  cardLikeToken,
  isCardLikeToken,
  isCardNumber,
  isRandomToken,
  randomToken,
  tokenOf,
} from '../../../../../lib/constructs/token-vault/runtime/core/token';

/**
 * Numbers that networks and payment providers publish for tests (Stripe, docs.stripe.com/testing; Adyen,
 * docs.adyen.com/development-resources/test-cards; PayPal's list of test numbers), of every length that they have.
 */
const TEST_NUMBERS = [
  // Visa, 13 and 16 digits.
  '4111111111111111',
  '4012888888881881',
  '4222222222222',
  '4242424242424242',
  '4000056655665556',
  // Mastercard, both ranges.
  '5555555555554444',
  '5105105105105100',
  '5200828282828210',
  '2223003122003222',
  // American Express, 15 digits.
  '378282246310005',
  '371449635398431',
  '378734493671000',
  // Discover and Diners Club, 16 and 14 digits.
  '6011111111111117',
  '6011000990139424',
  '3056930009020004',
  '30569309025904',
  '38520000023237',
  '36227206271667',
  // JCB.
  '3530111333300000',
  '3566002020360505',
  // UnionPay, 16 and 19 digits.
  '6200000000000005',
  '6205500000000000004',
  // Maestro.
  '6304000000000000',
  '6759649826438453',
];

test.each(TEST_NUMBERS)('%s is a card number', (digits) => {
  expect(isCardNumber(digits)).toBe(true);
});

test.each(TEST_NUMBERS)('no other last digit makes a card number of %s', (digits) => {
  const others = [...'0123456789'].map((digit) => `${digits.slice(0, -1)}${digit}`);
  expect(others.filter(isCardNumber)).toEqual([digits]);
});

test('lengths from 13 to 19 are among them', () => {
  expect(new Set(TEST_NUMBERS.map(({ length }) => length))).toEqual(new Set([13, 14, 15, 16, 19]));
});

test('79927398713 passes the check that Luhn described, with each neighbour failing', () => {
  expect([...'0123456789'].filter((digit) => passesLuhn(`7992739871${digit}`))).toEqual(['3']);
});

test.each([
  '',
  '4111',
  '4111 1111 1111 1111',
  '4111-1111-1111-1111',
  '41111111111111111111',
  '٤١١١١١١١١١١١١١١١',
])('%j is no card number', (text) => {
  expect(isCardNumber(text)).toBe(false);
});

test('a random token has 128 bits, and each has one spelling', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
      const token = tokenOf(bytes);
      expect(isRandomToken(token)).toBe(true);
      expect(Buffer.from(token.slice(4), 'base64url')).toEqual(Buffer.from(bytes));
      // The last character stands for two bits: the other spellings of the same bytes are no tokens.
      const last = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
      expect(
        [...last].filter((character) => isRandomToken(`${token.slice(0, -1)}${character}`)),
      ).toHaveLength(4);
    }),
  );
});

test('two random tokens differ', () => {
  expect(new Set(Array.from({ length: 1000 }, () => randomToken(randomBytes))).size).toBe(1000);
});

test('a card-like token keeps length and last four digits, and never passes for a card number', () => {
  fc.assert(
    fc.property(fc.constantFrom(...TEST_NUMBERS), (cardNumber) => {
      const token = cardLikeToken(cardNumber, randomBytes);
      expect(token).toHaveLength(cardNumber.length);
      expect(token.slice(-4)).toBe(cardNumber.slice(-4));
      expect(isCardNumber(token)).toBe(false);
      expect(isCardLikeToken(token)).toBe(true);
      expect(isRandomToken(token)).toBe(false);
    }),
  );
});

test('the digits of a card-like token are drawn without bias', () => {
  const counts = new Map<string, number>();
  for (let run = 0; run < 4000; run += 1) {
    // The last free digit alone decides whether the check fails, which takes one of ten values away: leave it out.
    for (const digit of cardLikeToken('4111111111111111', randomBytes).slice(0, 11))
      counts.set(digit, (counts.get(digit) ?? 0) + 1);
  }
  const expected = (4000 * 11) / 10;
  const chiSquared = [...'0123456789'].reduce(
    (sum, digit) => sum + ((counts.get(digit) ?? 0) - expected) ** 2 / expected,
    0,
  );
  // 9 degrees of freedom: above 40 once in a hundred thousand runs; a plain `byte % 10` gives more than 100.
  expect(chiSquared).toBeLessThan(40);
});
