import type { Term } from './vocabulary';

const PROTECTION_TERMS = {
  'field-encryption': {
    about: 'each value is encrypted before it is stored, by what writes it',
    source: 'PCI DSS v4.0.1 3.5.1, 3.5.1.2; GDPR 32(1)(a)',
  },
  'file-encryption': {
    about: 'each file is encrypted before it is stored, by what writes it',
    source: 'PCI DSS v4.0.1 3.5.1, 3.5.1.2; GDPR 32(1)(a)',
  },
  'keyed-hash': {
    about: 'a hash of the whole value with a secret key, such as HMAC, stands in its place',
    source: 'PCI DSS v4.0.1 3.5.1, 3.5.1.1',
  },
  truncation: {
    about: 'a part of the value is gone for ever',
    source: 'PCI DSS v4.0.1 3.5.1',
  },
  'index-token': {
    about: 'a token stands in its place, and the vault is elsewhere',
    source: 'PCI DSS v4.0.1 3.5.1, glossary, index token',
  },
} as const satisfies Readonly<Record<string, Term>>;

/** What makes data unreadable where it is stored, also to those for whom the store is decrypted. */
export type Protection = keyof typeof PROTECTION_TERMS;

/** All protections of values. Encryption of disks is none: it protects a disk that is taken away, and nothing else. */
export const PROTECTIONS: Readonly<Record<Protection, Term>> = PROTECTION_TERMS;
