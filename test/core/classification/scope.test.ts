import {
  decodeTags,
  encodeTags,
  FIELD_OF_TAG,
  PAYMENT_PAGE_ROLES,
  PAYMENT_PAGE_TAG,
  PCI_SCOPES,
  PROTECTIONS,
  problemsOf,
  SCOPE_TAG,
  TAG_CHARACTERS,
} from '../../../lib/core/classification';

describe.each(Object.entries({ PROTECTIONS, PCI_SCOPES, PAYMENT_PAGE_ROLES }))(
  'the words of %s',
  (_, table) => {
    test.each(Object.entries(table))(
      '%s fits a tag, and says what it is and where it comes from',
      (word, { about, source }) => {
        expect(word).toMatch(/^[a-z]+(-[a-z]+)*$/);
        expect(word).toMatch(TAG_CHARACTERS);
        expect(about).toMatch(/^[a-z].*[^.]$/);
        expect(source).toMatch(/PCI DSS v4\.0\.1/);
      },
    );
  },
);

test('tags of scope and pages are none of those that say what is held', () => {
  for (const tag of [SCOPE_TAG, PAYMENT_PAGE_TAG]) {
    expect(FIELD_OF_TAG.has(tag)).toBe(false);
    expect(decodeTags(new Map([[tag, 'anything']]))).toEqual({ state: 'absent' });
  }
});

describe('protections', () => {
  test('stand in a tag of their own, and are read back', () => {
    const description = { holds: ['cardholder-data'], protections: ['truncation', 'keyed-hash'] } as const;
    const tags = encodeTags(description);
    expect(tags.get('data:protection')).toBe('truncation+keyed-hash');
    expect(decodeTags(tags)).toEqual({ state: 'given', description });
  });

  test('are of the list', () => {
    const description = { holds: ['cardholder-data'], protections: ['disk'] } as unknown as Parameters<
      typeof problemsOf
    >[0];
    expect(problemsOf(description).map(({ message }) => message)).toEqual([
      `'protections' must be of ${Object.keys(PROTECTIONS).join(', ')}, got "disk", use one of those`,
    ]);
  });
});
