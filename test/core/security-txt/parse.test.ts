import fc from 'fast-check';
import { parseSecurityTxt, problemText } from '../../../lib/core/security-txt';
import { LEAST, SIGNED, UNSIGNED } from './examples';

const problemsOf = (text: string) => parseSecurityTxt(text).problems.map(problemText);

describe('the examples of RFC 9116', () => {
  test.each([
    ['unsigned', UNSIGNED, false],
    ['signed', SIGNED, true],
  ])('%s', (_, text, isSigned) => {
    const read = parseSecurityTxt(text);
    expect(read).toMatchObject({ isSigned, problems: [], expires: new Date('2021-12-31T18:37:07Z') });
    expect(read.fields.find(({ name }) => name === 'Policy')?.value).toBe(
      'https://example.com/security-policy.html',
    );
  });

  test.each([
    'Acknowledgments: https://example.com/hall-of-fame.html',
    'Canonical: https://www.example.com/.well-known/security.txt',
    'Contact: mailto:security%2Buri%2Bencoded@example.com',
    'Contact: tel:+1-201-555-0123',
    'Contact: https://example.com/security-contact.html',
    'Encryption: dns:5d2d37ab76d47d36._openpgpkey.example.com?type=OPENPGPKEY',
    'Encryption: openpgp4fpr:5f2de5521c63a801ab59ccb603d49de44b29100f',
    'Hiring: https://example.com/jobs.html',
    'Preferred-Languages: en, es, fr',
  ])('%s', (line) => {
    expect(problemsOf(`${LEAST}${line}\n`)).toEqual([]);
  });

  test('keep the order of contacts, which is that of preference', () => {
    const { fields } = parseSecurityTxt(`Contact: tel:+1-201-555-0123\n${LEAST}`);
    expect(fields.filter(({ name }) => name === 'Contact').map(({ value, line }) => [line, value])).toEqual([
      [1, 'tel:+1-201-555-0123'],
      [2, 'mailto:security@example.com'],
    ]);
  });
});

describe('what readers can use', () => {
  test.each([
    ['lines that end with CRLF', LEAST.replaceAll('\n', '\r\n')],
    ['spaces at the end of a line', LEAST.replaceAll('\n', ' \t\n')],
    ['names of fields in any case', LEAST.toUpperCase().replace('MAILTO', 'mailto')],
    ['fields that nobody knows', `${LEAST}Bug-Bounty: True\nX-Note: any text: at all\n`],
    ['a comment of any language', `# Sicherheitslücke gefunden? 見つけましたか\n${LEAST}`],
    [
      'an escaped line in a signed text',
      SIGNED.replace('# Our security policy', '- -- ours\nHiring: https://a.example/'),
    ],
  ])('%s', (title, text) => {
    const expected = title.startsWith('an escaped') ? [expect.stringContaining("must be 'Name: value'")] : [];
    expect(problemsOf(text)).toEqual(expected);
  });
});

describe('what breaks RFC 9116', () => {
  test.each<[string, string, string]>([
    ['no contact', 'Expires: 2021-12-31T18:37:07Z\n', "'Contact' must be given, got none, add it"],
    ['no expiry', 'Contact: tel:+1-201-555-0123\n', "'Expires' must be given, got none, add it"],
    [
      'two expiries',
      `${LEAST}Expires: 2022-12-31T18:37:07Z\n`,
      "line 3: 'Expires' must stand there once, got 2, remove the others",
    ],
    [
      'languages twice',
      `${LEAST}Preferred-Languages: en\nPreferred-Languages: es\n`,
      "line 4: 'Preferred-Languages' must stand there once, got 2, remove the others",
    ],
    [
      'no language',
      `${LEAST}Preferred-Languages: en,,es\n`,
      `line 3: 'Preferred-Languages' must be language tags with commas between, got "", write such as en, es`,
    ],
    [
      'an address that is no URI',
      `${LEAST}Contact: security@example.com\n`,
      `line 3: 'Contact' must be a URI, got "security@example.com", write mailto:security@example.com`,
    ],
    [
      'a number that is no URI',
      `${LEAST}Contact: +1 201 555 0123\n`,
      `line 3: 'Contact' must be a URI, got "+1 201 555 0123", write tel: before it`,
    ],
    [
      'a page in clear',
      `${LEAST}Policy: HTTP://example.com/policy\n`,
      `line 3: 'Policy' must begin with https://, got "HTTP://example.com/policy", serve it over TLS`,
    ],
    [
      'a page without a host',
      `${LEAST}Policy: https:///\n`,
      `line 3: 'Policy' must be a URI, got "https:///", write one such as https://example.com/security`,
    ],
    [
      'a key in place of its address',
      `${LEAST}Encryption: -----BEGIN PGP PUBLIC KEY BLOCK-----\n`,
      expect.stringContaining("'Encryption' must be a URI"),
    ],
    [
      'mailto without an address',
      `${LEAST}Contact: mailto:security\n`,
      expect.stringContaining("'Contact' must name an address after mailto:"),
    ],
    [
      'a date of another format',
      'Contact: tel:+1-201-555-0123\nExpires: Thu, 31 Dec 2021 18:37:07 -0800\n',
      expect.stringContaining("line 2: 'Expires' must be a date and time of RFC 3339"),
    ],
    [
      'no space after the colon',
      `${LEAST}Policy:https://a.example/\n`,
      "line 3: 'Policy' must have one space after its colon, write 'Policy: '",
    ],
    [
      'no field',
      `${LEAST}call us\n`,
      "line 3: must be 'Name: value', a comment that begins with #, or empty, mend it",
    ],
    [
      'no end of the last line',
      LEAST.trimEnd(),
      'must end every line with a line feed, got a last line without one, add it',
    ],
    [
      'carriage returns alone',
      `#\r${LEAST}`,
      'must end lines with CRLF or LF, got a carriage return alone, replace it',
    ],
    ['a byte order mark', `\uFEFF# x\n${LEAST}`, 'must not begin with a byte order mark, got one, remove it'],
    ['control characters', `# \u001B[31m\n${LEAST}`, 'must hold no control characters, got one, remove it'],
    [
      'a signature that was cut off',
      SIGNED.replace('-----END PGP SIGNATURE-----\n', ''),
      expect.stringContaining("'-----END PGP SIGNATURE-----' in this order, sign it again"),
    ],
    [
      'too many characters',
      `${`# ${'x'.repeat(1000)}\n`.repeat(40)}${LEAST}`,
      expect.stringContaining('must have at most 32768 characters'),
    ],
    [
      'too many lines',
      `${LEAST}${'\n'.repeat(1000)}`,
      expect.stringContaining('must have at most 1000 lines, got 1002'),
    ],
    [
      'a field that is too long',
      `${LEAST}Policy: https://a.example/${'x'.repeat(2048)}\n`,
      expect.stringContaining("line 3: 'Policy' must have at most 2048"),
    ],
  ])('%s', (_, text, problem) => {
    expect(problemsOf(text)).toContainEqual(problem);
  });

  test('is told all at once, in the order of the lines', () => {
    expect(problemsOf('Policy: http://a.example\nContact: me\n')).toEqual([
      "'Expires' must be given, got none, add it",
      expect.stringMatching(/^line 1: /),
      expect.stringMatching(/^line 2: /),
    ]);
  });

  test('never makes the reader fail, whatever a file holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(parseSecurityTxt(`${text}\n`).problems).toBeInstanceOf(Array);
      }),
      { numRuns: 300 },
    );
  });
});
