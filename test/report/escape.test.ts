import fc from 'fast-check';
import { jsonText, sarifText, uriOf, visible } from '../../lib/report/escape';

/** What a terminal obeys or a reader cannot see, in any of the formats. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{DI}]/u;

/** Strings as an attacker would choose them. */
const hostile = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      '\u001b[31m',
      '\u009b',
      '\u202e',
      '\u2066',
      '\u200b',
      '\u2028',
      '\ud800',
      '\n',
      '\r',
      '\t',
    ),
    fc.constantFrom(
      '\u00a0',
      '\u3000',
      '\u3164',
      '\u{e0041}',
      '\ufeff',
      '\u007f',
      ' ',
      '](',
      '{0}',
      '"',
      '\\',
    ),
    fc.string({ unit: 'binary', maxLength: 3 }),
  ),
});

describe('visible', () => {
  test.each([
    ['\u001b[31mred', '\\u{1b}[31mred'],
    ['one\nerror: two', 'one\\nerror: two'],
    ['a\r\tb', 'a\\r\\tb'],
    ['user\u202egnp.exe', 'user\\u{202e}gnp.exe'],
    ['zero\u200bwidth', 'zero\\u{200b}width'],
    ['\u3164', '\\u{3164}'],
    ['no\u00a0break', 'no\\u{a0}break'],
    ['half \ud83d', 'half \\u{d83d}'],
    ['tag \u{e0041}', 'tag \\u{e0041}'],
    ['Schlüssel 鍵 🔑', 'Schlüssel 鍵 🔑'],
    ['C:\\app', 'C:\\app'],
  ])('shows %j as %j', (given, shown) => {
    expect(visible(given)).toBe(shown);
  });

  test('hides nothing, whatever it is given', () => {
    fc.assert(fc.property(hostile, (text) => !UNSEEN.test(visible(text))));
  });

  test('leaves no space but the space', () => {
    fc.assert(fc.property(hostile, (text) => !/[^\S ]/u.test(visible(text))));
  });

  test('cuts what nobody reads, between characters', () => {
    expect(visible('x'.repeat(1_000_000))).toHaveLength(400);
    expect(visible('🔑🔑', 3)).toBe('🔑…');
  });
});

describe('jsonText', () => {
  test('says the same, and can be printed', () => {
    fc.assert(
      fc.property(fc.dictionary(hostile, hostile), (value) => {
        const text = jsonText(value);
        expect(JSON.parse(text)).toEqual({ ...value });
        expect(text.replaceAll('\n', '')).not.toMatch(UNSEEN);
      }),
    );
  });

  test('what is seen beside what is not stays as it is', () => {
    expect(jsonText('é\u202e鍵\u{e0041}🔑\u200b')).toBe('"é\\u202e鍵\\udb40\\udc41🔑\\u200b"\n');
  });

  test('ends with a line break', () => {
    expect(jsonText({ a: '\u009b' })).toBe('{\n  "a": "\\u009b"\n}\n');
  });
});

describe('sarifText', () => {
  test('has no placeholder and no link', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const shown = sarifText(text);
        expect(shown.replaceAll('{{', '').replaceAll('}}', '')).not.toMatch(/[{}]/);
        expect(shown).not.toContain('](');
        expect(shown).not.toMatch(UNSEEN);
      }),
    );
  });
});

describe('uriOf', () => {
  test.each([
    ['lib/shop.ts', 'lib/shop.ts'],
    ['../other app/a#b?.json', '../other%20app/a%23b%3F.json'],
    ['/tmp/a.json', 'file:///tmp/a.json'],
    ['C:/app/a.json', 'file:///C:/app/a.json'],
    ['javascript:alert(1)', 'javascript%3Aalert(1)'],
  ])('writes %s as %s', (path, uri) => {
    expect(uriOf(path)).toBe(uri);
  });

  test('is a URI reference, whatever it is given', () => {
    fc.assert(fc.property(hostile, (text) => /^[\w\-.!~*'()%/:]*$/.test(uriOf(text))));
  });
});
