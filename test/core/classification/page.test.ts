import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  CLASSIFICATIONS,
  FIELDS,
  KNOWN_CATEGORIES,
  LAWFUL_BASES,
  PAYMENT_PAGE_ROLES,
  PAYMENT_PAGE_TAG,
  PCI_SCOPES,
  PROTECTIONS,
  SCOPE_TAG,
  SPECIAL_CATEGORY_CONDITIONS,
  TRANSFER_BASES,
  TRANSFER_LISTS,
} from '../../../lib/core/classification';

const PAGE = readFileSync(path.join(__dirname, '../../../docs/classification.md'), 'utf8');

describe('docs/classification.md', () => {
  test.each(
    Object.entries({
      CLASSIFICATIONS,
      KNOWN_CATEGORIES,
      LAWFUL_BASES,
      SPECIAL_CATEGORY_CONDITIONS,
      TRANSFER_BASES,
      PROTECTIONS,
      PCI_SCOPES,
      PAYMENT_PAGE_ROLES,
    }),
  )('has every word of %s as it is', (_, table) => {
    const rows = Object.entries(table).map(
      ([word, { about, source }]) => `| \`${word}\` | ${about} | ${source} |`,
    );
    expect(rows.filter((row) => !PAGE.includes(row))).toEqual([]);
  });

  test('has every tag', () => {
    expect(
      [...FIELDS.values(), SCOPE_TAG, PAYMENT_PAGE_TAG].filter((key) => !PAGE.includes(`\`${key}\``)),
    ).toEqual([]);
  });

  test('has every adequacy decision, and the day of the review', () => {
    const rows = TRANSFER_LISTS.adequacy.map(
      ({ country, decision, adopted, ends = '', covers = 'everyone' }) =>
        `| ${country} | ${decision} | ${adopted} | ${ends} | ${covers} |`,
    );
    expect(rows.filter((row) => !PAGE.includes(row))).toEqual([]);
    expect(PAGE).toContain(`Reviewed on ${TRANSFER_LISTS.reviewed}.`);
  });
});
