import {
  CLASSIFICATIONS,
  type DataDescription,
  isAboutPersons,
  KNOWN_CATEGORIES,
  LAWFUL_BASES,
  missingFrom,
  problemsOf,
  SPECIAL_CATEGORY_CONDITIONS,
  TRANSFER_BASES,
} from '../../../lib/core/classification';

/** As JavaScript may hand it over. */
const problems = (description: unknown) =>
  problemsOf(description as DataDescription).map(({ message }) => message);

const PERSONAL: DataDescription = { holds: ['personal-data'] };

describe('a description', () => {
  test.each<[string, unknown, string]>([
    ['nothing held', {}, "'holds' must name what is held, got nothing, use one or more of"],
    ['an empty list', { holds: [] }, "'holds' must have an item, got an empty list, leave it out"],
    [
      'text for a list',
      { holds: 'personal-data' },
      `'holds' must be a list, got "personal-data", put it in brackets`,
    ],
    ['a number held', { holds: [1] }, "'holds' must be of cardholder-data"],
    [
      'none beside others',
      { holds: ['none', 'credentials'], reason: 'a reason that is long enough' },
      "'holds' must have 'none' alone, got credentials beside it, remove one or the other",
    ],
    [
      'none without a reason',
      { holds: ['none'] },
      "'reason' must be a sentence of at least 20 characters that says why nothing is held, got undefined, say what is in there instead",
    ],
    [
      'none with a word for a reason',
      { holds: ['none'], reason: 'because-because-because' },
      "'reason' must be a sentence",
    ],
    [
      'a reason for something',
      { ...PERSONAL, reason: 'a reason that is long enough' },
      "'reason' must be left out unless 'none' is held, got a value, remove it",
    ],
    [
      'an owner that is nobody yet',
      { ...PERSONAL, owner: 'TBD' },
      `'owner' must say something, got "TBD", which says nothing, name it or leave it out`,
    ],
    [
      'a purpose that is any',
      { ...PERSONAL, purposes: ['various'] },
      `'purposes' must say something, got "various"`,
    ],
    [
      'an unknown lawful basis',
      { ...PERSONAL, lawfulBases: ['because'] },
      `'lawfulBases' must be of consent, contract, legal-obligation, vital-interests, public-task, legitimate-interests, got "because", use one of those`,
    ],
    [
      'a lawful basis of what is public',
      { holds: ['public'], lawfulBases: ['consent'] },
      "'lawfulBases' must be left out where 'public' is held, got a value, say what data of persons is held",
    ],
    [
      'a condition for what is not special',
      { ...PERSONAL, specialCategoryConditions: ['explicit-consent'] },
      "'specialCategoryConditions' must be left out without 'special-category-data', got a value, add that to 'holds'",
    ],
    [
      'health without saying so',
      { ...PERSONAL, categories: ['health-data'] },
      "'categories' must not have 'health-data' without 'special-category-data', got it alone, add 'special-category-data' to 'holds'",
    ],
    [
      'a card number without saying so',
      { ...PERSONAL, categories: ['primary-account-number'] },
      "without 'cardholder-data'",
    ],
    [
      'a PIN among cardholder data',
      { holds: ['cardholder-data'], categories: ['primary-account-number', 'pin'] },
      "'categories' must not have 'pin' without 'sensitive-authentication-data'",
    ],
    [
      'cardholder data without the number',
      { holds: ['cardholder-data'], categories: ['cardholder-name'] },
      "'categories' must have 'primary-account-number' beside other cardholder data, got cardholder-name, add it, or call it 'personal-data' if no card number is there",
    ],
    [
      'a category in capitals',
      { ...PERSONAL, categories: ['Delivery Address'] },
      `'categories' must be words of small letters, digits and hyphens, got "Delivery Address", write it like 'delivery-address'`,
    ],
    [
      'no transfer, and a basis for one',
      { ...PERSONAL, transferBases: ['no-transfer', 'adequacy-decision'] },
      "'transferBases' must have 'no-transfer' alone, got a basis for transfers beside it, remove one or the other",
    ],
    [
      'half a day',
      { ...PERSONAL, retentionDays: 0.5 },
      "'retentionDays' must be whole days, from 1 to 36500, got 0.5, count in days",
    ],
    ['no number of days', { ...PERSONAL, retentionDays: Number.NaN }, 'got null, count in days'],
    [
      'padded text',
      { ...PERSONAL, owner: ' orders' },
      `'owner' must not be empty or padded with spaces, got " orders"`,
    ],
    ['empty text', { ...PERSONAL, owner: '' }, "'owner' must not be empty"],
    [
      'a line end',
      { ...PERSONAL, owner: 'a\nb' },
      `'owner' must be printable in text, got "a\\nb", remove control characters`,
    ],
    [
      'text that turns round',
      { ...PERSONAL, recipients: ['a\u202Eb'] },
      `'recipients' must be printable in each item, got "a\\u{202e}b"`,
    ],
    ['half a character', { ...PERSONAL, owner: 'a\uD800' }, "'owner' must be printable"],
    [
      'an object for text',
      { ...PERSONAL, owner: { toString: () => 'x' } },
      "'owner' must be text, got {}, put it in quotes",
    ],
    [
      'text that no tag holds',
      { ...PERSONAL, owner: 'ü'.repeat(43) },
      "'owner' must fit the 256 characters of the tag data:owner, got 258, shorten it or name a register that has the rest",
    ],
    [
      'a list that no tag holds',
      { ...PERSONAL, recipients: ['a'.repeat(128), 'b'.repeat(128)] },
      "'recipients' must fit the 256 characters of the tag data:recipients, got 257",
    ],
  ])('with %s is refused', (_, description, message) => {
    const [first = 'no problem'] = problems(description);
    expect(first).toContain(message);
    expect(/[\p{C}]/u.test(first)).toBe(false);
  });

  test.each([0, -1, 36_501, Number.POSITIVE_INFINITY, '30'])('of %p days is refused', (retentionDays) => {
    expect(problems({ ...PERSONAL, retentionDays })).toEqual([
      expect.stringContaining("'retentionDays' must be whole days, from 1 to 36500"),
    ]);
  });

  test('of the largest size a tag holds is taken', () => {
    expect(problems({ ...PERSONAL, owner: 'a'.repeat(256), retentionDays: 36_500 })).toEqual([]);
    expect(problems({ ...PERSONAL, retentionDays: 1 })).toEqual([]);
    expect(problems({ ...PERSONAL, recipients: ['a'.repeat(127), 'b'.repeat(128)] })).toEqual([]);
  });

  test('that refers to itself is refused without a throw', () => {
    const circular: { self?: unknown } = {};
    circular.self = circular;
    expect(problems({ ...PERSONAL, owner: circular })).toEqual([
      "'owner' must be text, got object, put it in quotes",
    ]);
  });

  test('of cardholder data may name its elements, the number among them, and persons', () => {
    const said: DataDescription = {
      holds: ['cardholder-data', 'personal-data'],
      categories: ['primary-account-number', 'expiration-date', 'delivery-address'],
      subjects: ['customers'],
      lawfulBases: ['contract'],
    };
    expect(problems(said)).toEqual([]);
  });
});

describe('what is missing', () => {
  test('of personal data is what a record of processing needs', () => {
    expect(missingFrom(PERSONAL)).toEqual([
      'categories',
      'subjects',
      'purposes',
      'lawfulBases',
      'retentionDays',
      'owner',
    ]);
    expect(missingFrom({ holds: ['special-category-data'] })).toContain('specialCategoryConditions');
  });

  test('of anything else is nothing', () => {
    for (const held of ['cardholder-data', 'credentials', 'internal', 'public', 'none'] as const) {
      expect(isAboutPersons({ holds: [held] })).toBe(false);
      expect(missingFrom({ holds: [held] })).toEqual([]);
    }
  });
});

describe('the vocabulary', () => {
  const tables = {
    CLASSIFICATIONS,
    LAWFUL_BASES,
    SPECIAL_CATEGORY_CONDITIONS,
    TRANSFER_BASES,
    KNOWN_CATEGORIES,
  };

  test('has words that a tag holds as they are, each with a meaning and a source', () => {
    for (const table of Object.values(tables)) {
      for (const [word, { about, source }] of Object.entries(table)) {
        expect(word).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
        expect(about).toMatch(/^\S.{3,}[^.]$/);
        expect(source).toMatch(/GDPR \d|PCI DSS v4\.0\.1|own term/);
      }
    }
  });

  test('has every letter of the articles that list grounds', () => {
    const letters = (table: Readonly<Record<string, { readonly source: string }>>) =>
      Object.values(table)
        .flatMap(({ source }) => [...source.matchAll(/\(([a-j])\)/g)].map(([, letter]) => letter))
        .join('');
    expect(letters(LAWFUL_BASES)).toBe('abcdef');
    expect(letters(SPECIAL_CATEGORY_CONDITIONS)).toBe('abcdefghij');
    expect(letters(TRANSFER_BASES)).toBe('abcdefababcdefg');
  });

  test('has the elements of account data and the special categories, each under its classification', () => {
    const under = (classification: string) =>
      Object.entries(KNOWN_CATEGORIES).flatMap(([name, { of }]) => (of === classification ? [name] : []));
    expect(under('cardholder-data')).toEqual([
      'primary-account-number',
      'cardholder-name',
      'expiration-date',
      'service-code',
    ]);
    expect(under('sensitive-authentication-data')).toEqual([
      'full-track-data',
      'card-verification-code',
      'pin',
      'pin-block',
    ]);
    expect(under('special-category-data')).toHaveLength(8);
  });
});
