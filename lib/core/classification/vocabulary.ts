/**
 * The words in which an app says what it holds: classifications and what the GDPR asks to be known of personal data.
 *
 * PCI DSS terms follow the glossary of v4.0.1 (account data = cardholder data and sensitive authentication data), GDPR
 * terms the articles named beside them. Everything is paraphrased. Words are stable for ever: templates carry them.
 */

/** One word of a vocabulary. */
export interface Term {
  /** What it means: a phrase, lower case. */
  readonly about: string;
  /** Where it comes from, such as `GDPR 9(1)`. */
  readonly source: string;
}

/** One classification. */
export interface ClassificationTerm extends Term {
  /** `person`: about identifiable persons by definition. `maybe`: can be. `no`: says that nothing of persons is there. */
  readonly concerns: 'person' | 'maybe' | 'no';
  /** Says that nothing else is there, so that it stands alone. */
  readonly alone?: true;
}

const CLASSIFICATION_TERMS = {
  'cardholder-data': {
    about: 'card numbers (PAN) in full, with or without cardholder name, expiration date and service code',
    source: 'PCI DSS v4.0.1 glossary, cardholder data',
    concerns: 'maybe',
  },
  'sensitive-authentication-data': {
    about:
      'full track data, card verification codes, PINs and PIN blocks, which nobody keeps after authorisation',
    source: 'PCI DSS v4.0.1 glossary, sensitive authentication data; requirement 3.3.1',
    concerns: 'maybe',
  },
  'payment-token': {
    about: 'surrogates of card numbers that cannot be turned back without the vault',
    source: 'PCI DSS v4.0.1 glossary, index token',
    concerns: 'maybe',
  },
  'personal-data': {
    about: 'information on identified or identifiable natural persons',
    source: 'GDPR 4(1)',
    concerns: 'person',
  },
  'pseudonymised-personal-data': {
    about: 'personal data that need other information, kept apart, to be attributed to a person',
    source: 'GDPR 4(5)',
    concerns: 'person',
  },
  'special-category-data': {
    about: 'personal data that reveal origin, opinions, beliefs, health, sex life or the like',
    source: 'GDPR 9(1)',
    concerns: 'person',
  },
  'criminal-offence-data': {
    about: 'personal data on criminal convictions and offences',
    source: 'GDPR 10',
    concerns: 'person',
  },
  credentials: {
    about: 'passwords, keys and whatever else proves who somebody is',
    source: 'PCI DSS v4.0.1 8.3.2, 8.6.2',
    concerns: 'maybe',
  },
  internal: {
    about: 'data of the organisation that is none of the above and not meant for everyone',
    source: 'own term',
    concerns: 'no',
    alone: true,
  },
  public: {
    about: 'data that everyone may read',
    source: 'own term',
    concerns: 'no',
    alone: true,
  },
  none: {
    about: 'no data worth a classification; it needs a reason and is counted',
    source: 'own term',
    concerns: 'no',
    alone: true,
  },
} as const satisfies Readonly<Record<string, ClassificationTerm>>;

/** What something holds. */
export type Classification = keyof typeof CLASSIFICATION_TERMS;

/** All classifications. */
export const CLASSIFICATIONS: Readonly<Record<Classification, ClassificationTerm>> = CLASSIFICATION_TERMS;

const LAWFUL_BASIS_TERMS = {
  consent: { about: 'the person has agreed', source: 'GDPR 6(1)(a)' },
  contract: { about: 'a contract with the person needs it', source: 'GDPR 6(1)(b)' },
  'legal-obligation': { about: 'a law obliges the controller', source: 'GDPR 6(1)(c)' },
  'vital-interests': { about: 'it protects somebody’s life', source: 'GDPR 6(1)(d)' },
  'public-task': { about: 'a task in the public interest needs it', source: 'GDPR 6(1)(e)' },
  'legitimate-interests': {
    about: 'an interest of the controller outweighs those of the person',
    source: 'GDPR 6(1)(f)',
  },
} as const satisfies Readonly<Record<string, Term>>;

/** Why personal data may be processed (GDPR 6). */
export type LawfulBasis = keyof typeof LAWFUL_BASIS_TERMS;

/** All lawful bases. */
export const LAWFUL_BASES: Readonly<Record<LawfulBasis, Term>> = LAWFUL_BASIS_TERMS;

const SPECIAL_CATEGORY_TERMS = {
  'explicit-consent': { about: 'the person has agreed in so many words', source: 'GDPR 9(2)(a)' },
  'employment-and-social-security': {
    about: 'employment or social protection law needs it',
    source: 'GDPR 9(2)(b)',
  },
  'vital-interests-without-consent': {
    about: 'it protects somebody’s life, and the person cannot agree',
    source: 'GDPR 9(2)(c)',
  },
  'not-for-profit-members': {
    about: 'a foundation or association processes data of its members',
    source: 'GDPR 9(2)(d)',
  },
  'made-public-by-the-person': { about: 'the person has made it public', source: 'GDPR 9(2)(e)' },
  'legal-claims': { about: 'claims or courts need it', source: 'GDPR 9(2)(f)' },
  'substantial-public-interest': {
    about: 'law sees a substantial public interest',
    source: 'GDPR 9(2)(g)',
  },
  'health-or-social-care': { about: 'medicine or care needs it', source: 'GDPR 9(2)(h)' },
  'public-health': { about: 'public health needs it', source: 'GDPR 9(2)(i)' },
  'archiving-research-statistics': {
    about: 'archives, research or statistics need it',
    source: 'GDPR 9(2)(j)',
  },
} as const satisfies Readonly<Record<string, Term>>;

/** Why special categories of personal data may be processed at all (GDPR 9(2)). */
export type SpecialCategoryCondition = keyof typeof SPECIAL_CATEGORY_TERMS;

/** All conditions for special categories. */
export const SPECIAL_CATEGORY_CONDITIONS: Readonly<Record<SpecialCategoryCondition, Term>> =
  SPECIAL_CATEGORY_TERMS;

const TRANSFER_BASIS_TERMS = {
  'no-transfer': { about: 'nothing leaves the European Economic Area', source: 'GDPR 44' },
  'adequacy-decision': { about: 'the Commission finds the protection there adequate', source: 'GDPR 45' },
  'public-authority-instrument': {
    about: 'public authorities have bound each other',
    source: 'GDPR 46(2)(a)',
  },
  'binding-corporate-rules': {
    about: 'rules of a group of companies, approved',
    source: 'GDPR 46(2)(b), 47',
  },
  'standard-contractual-clauses': {
    about: 'clauses of the Commission, or of an authority and approved by it',
    source: 'GDPR 46(2)(c), (d)',
  },
  'approved-code-of-conduct': { about: 'a code of conduct with commitments', source: 'GDPR 46(2)(e)' },
  'approved-certification': { about: 'a certification with commitments', source: 'GDPR 46(2)(f)' },
  'authorised-contractual-clauses': {
    about: 'own clauses that an authority has authorised',
    source: 'GDPR 46(3)(a)',
  },
  'administrative-arrangement': {
    about: 'an arrangement between public bodies, authorised',
    source: 'GDPR 46(3)(b)',
  },
  'derogation-explicit-consent': {
    about: 'the person knows the risk and agrees to the transfer',
    source: 'GDPR 49(1)(a)',
  },
  'derogation-contract': {
    about: 'a contract with the person, or in the interest of the person, needs the transfer',
    source: 'GDPR 49(1)(b), (c)',
  },
  'derogation-public-interest': {
    about: 'important reasons of public interest',
    source: 'GDPR 49(1)(d)',
  },
  'derogation-legal-claims': { about: 'claims need the transfer', source: 'GDPR 49(1)(e)' },
  'derogation-vital-interests': { about: 'it protects somebody’s life', source: 'GDPR 49(1)(f)' },
  'derogation-public-register': { about: 'it comes from a public register', source: 'GDPR 49(1)(g)' },
  'derogation-compelling-interests': {
    about: 'compelling interests, once, few persons, the authority told',
    source: 'GDPR 49(1), second subparagraph',
  },
} as const satisfies Readonly<Record<string, Term>>;

/** Why personal data may leave the European Economic Area (GDPR Chapter V), or that they do not. */
export type TransferBasis = keyof typeof TRANSFER_BASIS_TERMS;

/** All bases of transfers. */
export const TRANSFER_BASES: Readonly<Record<TransferBasis, Term>> = TRANSFER_BASIS_TERMS;
