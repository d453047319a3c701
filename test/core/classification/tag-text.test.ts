import fc from 'fast-check';
import { decodeList, decodeText, encodeList, encodeText } from '../../../lib/core/classification/tag-text';

/** What DataSync takes, which is the narrowest of the patterns that AWS publishes. */
const NARROWEST = /^[a-zA-Z0-9\s+=._:@/-]*$/;

describe('text in a tag', () => {
  test('comes back as it was, whatever it is', () => {
    const wellFormed = fc.string({ unit: 'grapheme-composite', maxLength: 80 });
    fc.assert(fc.property(wellFormed, (text) => decodeText(encodeText(text)) === text));
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 40 }),
        (text) => decodeText(encodeText(text)) === text,
      ),
    );
  });

  test('is taken by the narrowest grammar of AWS, and begins or ends with nothing that is cut off or reserved', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
        const value = encodeText(text);
        return NARROWEST.test(value) && !/^aws:/i.test(value) && value.trim() === value;
      }),
    );
  });

  test('is the same tag again where it was written by us', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        const value = encodeText(text);
        return encodeText(decodeText(value) ?? '(unreadable)') === value;
      }),
    );
  });

  test('never has two forms, nor two texts one', () => {
    const text = fc.string({ unit: 'binary', maxLength: 6 });
    fc.assert(fc.property(text, text, (a, b) => (a === b) === (encodeText(a) === encodeText(b))));
  });

  test.each([
    ['orders@shop.example', 'orders@shop.example'],
    ['Müller GmbH', 'M=C3=BCller GmbH'],
    ['a+b=c', 'a=2Bb=3Dc'],
    ['aws:iam', '=61ws:iam'],
    ['AwS:iam', '=41wS:iam'],
    [' padded ', '=20padded=20'],
    ['\u202Eevil', '=E2=80=AEevil'],
    ['a\nb', 'a=0Ab'],
  ])('writes %j as %s', (text, value) => {
    expect(encodeText(text)).toBe(value);
  });

  test('is read where others wrote it in plain Unicode, or with small digits', () => {
    expect(decodeText('Müller GmbH')).toBe('Müller GmbH');
    expect(decodeText('M=c3=bcller')).toBe('Müller');
  });

  test.each(['a+b', '=', '=2', '=ZZ', '=C3', '=FF', '100%', '%41', 'a;b', 'a\nb', '<b>', 'a,b', '\u0000'])(
    'refuses %j, which nobody can have meant',
    (value) => {
      expect(decodeText(value)).toBeUndefined();
    },
  );
});

describe('a list in a tag', () => {
  test('comes back as it was, separators within its items included', () => {
    const items = fc.array(fc.string({ unit: 'binary', minLength: 1, maxLength: 10 }), { minLength: 1 });
    fc.assert(
      fc.property(items, (list) => {
        expect(decodeList(encodeList(list))).toEqual(list);
      }),
    );
  });

  test.each(['', '+', 'a+', '+a', 'a++b', 'a+=ZZ'])('refuses %j', (value) => {
    expect(decodeList(value)).toBeUndefined();
  });
});
