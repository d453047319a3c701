import type { Term } from './vocabulary';

/** The tag that says which part of the scope of PCI DSS a resource is of. */
export const SCOPE_TAG = 'pci:scope';

const SCOPE_TERMS = {
  cde: {
    about:
      'account data is stored, processed or transmitted here, or nothing stands between this and where it is',
    source: 'PCI DSS v4.0.1, section 4, cardholder data environment',
  },
  connected: {
    about: 'it can reach the cardholder data environment, or be reached from there',
    source: 'PCI DSS v4.0.1, section 4, connected-to',
  },
  'security-impacting': {
    about: 'its failure would make the cardholder data environment less secure',
    source: 'PCI DSS v4.0.1, section 4, security-impacting',
  },
  out: {
    about: 'it has nothing to do with the cardholder data environment, and cannot reach it',
    source: 'PCI DSS v4.0.1, section 4, out of scope',
  },
} as const satisfies Readonly<Record<string, Term>>;

/** A part of the scope of PCI DSS. */
export type PciScope = keyof typeof SCOPE_TERMS;

/** All parts of the scope of PCI DSS. */
export const PCI_SCOPES: Readonly<Record<PciScope, Term>> = SCOPE_TERMS;

/** The tag that says what a resource has to do with pages on which people enter card numbers. */
export const PAYMENT_PAGE_TAG = 'pci:payment-page';

const PAYMENT_PAGE_TERMS = {
  serves: {
    about: 'browsers get a page from it into which people enter card numbers, or that holds such a frame',
    source: 'PCI DSS v4.0.1 6.4.3, 11.6.1',
  },
  watches: {
    about: 'it compares such pages and their headers with what they should be',
    source: 'PCI DSS v4.0.1 11.6.1',
  },
} as const satisfies Readonly<Record<string, Term>>;

/** What a resource has to do with payment pages. */
export type PaymentPageRole = keyof typeof PAYMENT_PAGE_TERMS;

/** Everything that a resource can have to do with payment pages. */
export const PAYMENT_PAGE_ROLES: Readonly<Record<PaymentPageRole, Term>> = PAYMENT_PAGE_TERMS;
