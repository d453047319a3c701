import fc from 'fast-check';
import { editSecurityTxt, parseSecurityTxt, writeSecurityTxt } from '../../../lib/core/security-txt';
import { LEAST, SIGNED, UNSIGNED } from './examples';

describe('a new file', () => {
  test('has its fields in one order, whom to write to first', () => {
    expect(
      writeSecurityTxt({
        Policy: ['https://example.com/policy'],
        Expires: ['2027-01-01T00:00:00Z'],
        'Preferred-Languages': ['en, es'],
        Contact: ['mailto:security@example.com', 'tel:+1-201-555-0123'],
      }),
    ).toBe(
      'Contact: mailto:security@example.com\nContact: tel:+1-201-555-0123\nExpires: 2027-01-01T00:00:00Z\nPreferred-Languages: en, es\nPolicy: https://example.com/policy\n',
    );
  });

  test('can be read again', () => {
    const hosts = fc.array(fc.domain(), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(hosts, (names) => {
        const Contact = names.map((name) => `https://${name}/security`);
        const { fields, problems } = parseSecurityTxt(
          writeSecurityTxt({ Contact, Expires: ['2027-01-01T00:00:00Z'] }),
        );
        expect(problems).toEqual([]);
        expect(fields.filter(({ name }) => name === 'Contact').map(({ value }) => value)).toEqual(Contact);
      }),
      { numRuns: 50 },
    );
  });
});

describe('a file that is there', () => {
  test('keeps comments, unknown fields and order', () => {
    const text = `${UNSIGNED}Bug-Bounty: True\n`;
    const edited = editSecurityTxt(text, { Expires: ['2027-01-01T00:00:00Z'] }, 'security.txt');
    expect(edited).toBe(text.replace('2021-12-31T18:37:07z', '2027-01-01T00:00:00Z'));
  });

  test('keeps its line ends', () => {
    const edited = editSecurityTxt(
      LEAST.replaceAll('\n', '\r\n'),
      { Policy: ['https://example.com/policy'] },
      'security.txt',
    );
    expect(edited).toBe(`${LEAST}Policy: https://example.com/policy\n`.replaceAll('\n', '\r\n'));
  });

  test('has new values where the first of the old ones stood', () => {
    const text = `contact: tel:+1-201-555-0123\n# and\n${LEAST}`;
    expect(editSecurityTxt(text, { Contact: ['mailto:a@example.com', 'mailto:b@example.com'] }, 'f')).toBe(
      'Contact: mailto:a@example.com\nContact: mailto:b@example.com\n# and\nExpires: 2021-12-31T18:37:07Z\n',
    );
  });

  test.each([UNSIGNED, SIGNED, 'not: even\r\nvalid'])(
    'stays as it is, byte by byte, where nothing changes',
    (text) => {
      const { fields } = parseSecurityTxt(text);
      const contacts = fields.filter(({ name }) => name === 'Contact').map(({ value }) => value);
      expect(editSecurityTxt(text, { Contact: contacts }, 'security.txt')).toBe(text);
    },
  );

  test('is not changed where it is signed', () => {
    expect(() =>
      editSecurityTxt(SIGNED, { Policy: ['https://example.com/new'] }, 'trust/security.txt'),
    ).toThrow(
      "trust/security.txt: is signed, and a change of 'Policy' would break the signature, change the text that you signed and sign it again",
    );
  });
});
