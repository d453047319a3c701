import type { Classification, Term } from './vocabulary';

/** A category of data that implies a classification. */
export interface CategoryTerm extends Term {
  /** What is held where this category is. */
  readonly of: Classification;
}

const PCI_ACCOUNT_DATA = 'PCI DSS v4.0.1 glossary, account data';
const SPECIAL = 'GDPR 9(1)';

/**
 * Categories whose meaning a standard or law fixes, so that they cannot stand beside any classification. Other categories
 * of personal data (GDPR 30(1)(c)) are words of the app's own, such as `delivery-address`.
 */
const CATEGORY_TERMS = {
  'primary-account-number': {
    of: 'cardholder-data',
    about: 'the number of a card (PAN)',
    source: PCI_ACCOUNT_DATA,
  },
  'cardholder-name': { of: 'cardholder-data', about: 'the name on a card', source: PCI_ACCOUNT_DATA },
  'expiration-date': { of: 'cardholder-data', about: 'when a card expires', source: PCI_ACCOUNT_DATA },
  'service-code': {
    of: 'cardholder-data',
    about: 'the digits of the magnetic stripe that say how a card may be used',
    source: PCI_ACCOUNT_DATA,
  },
  'full-track-data': {
    of: 'sensitive-authentication-data',
    about: 'everything on the magnetic stripe, or its equivalent on a chip',
    source: PCI_ACCOUNT_DATA,
  },
  'card-verification-code': {
    of: 'sensitive-authentication-data',
    about: 'the code printed on a card (CVV2, CVC2, CID, CAV2)',
    source: PCI_ACCOUNT_DATA,
  },
  pin: {
    of: 'sensitive-authentication-data',
    about: 'the secret number of a card',
    source: PCI_ACCOUNT_DATA,
  },
  'pin-block': {
    of: 'sensitive-authentication-data',
    about: 'a PIN as it travels to be verified',
    source: PCI_ACCOUNT_DATA,
  },
  'racial-or-ethnic-origin': {
    of: 'special-category-data',
    about: 'racial or ethnic origin',
    source: SPECIAL,
  },
  'political-opinions': { of: 'special-category-data', about: 'political opinions', source: SPECIAL },
  'religious-or-philosophical-beliefs': {
    of: 'special-category-data',
    about: 'religion or philosophy',
    source: SPECIAL,
  },
  'trade-union-membership': { of: 'special-category-data', about: 'membership of a union', source: SPECIAL },
  'genetic-data': { of: 'special-category-data', about: 'genes', source: `${SPECIAL}, 4(13)` },
  'biometric-identification': {
    of: 'special-category-data',
    about: 'the body as proof of identity',
    source: `${SPECIAL}, 4(14)`,
  },
  'health-data': { of: 'special-category-data', about: 'health', source: `${SPECIAL}, 4(15)` },
  'sex-life-or-orientation': {
    of: 'special-category-data',
    about: 'sex life or sexual orientation',
    source: SPECIAL,
  },
} as const satisfies Readonly<Record<string, CategoryTerm>>;

/** A category whose meaning is fixed. */
export type KnownCategory = keyof typeof CATEGORY_TERMS;

/** All categories whose meaning is fixed. */
export const KNOWN_CATEGORIES: Readonly<Record<KnownCategory, CategoryTerm>> = CATEGORY_TERMS;

/** The fixed meaning of a category; `undefined` for the app's own words. */
export function knownCategory(category: string): CategoryTerm | undefined {
  return Object.hasOwn(KNOWN_CATEGORIES, category) ? KNOWN_CATEGORIES[category as KnownCategory] : undefined;
}
