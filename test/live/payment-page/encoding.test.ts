import { textOfPage } from '../../../lib/live/payment-page/encoding';
import { inventoryOf } from '../../../lib/live/payment-page/inventory';

const HTML = '<title>Zahlung für Sie</title>';
const utf16 = (text: string) => Buffer.from(text, 'utf16le');
const bigEndian = (text: string) => Buffer.from(utf16(text)).swap16();
const withMark = (mark: readonly number[], bytes: Buffer) => Buffer.concat([Buffer.from(mark), bytes]);

test.each<[string, Buffer, string | undefined, string]>([
  [
    'a mark of UTF-8 goes before what the header says',
    withMark([0xef, 0xbb, 0xbf], Buffer.from(HTML)),
    'text/html; charset=iso-8859-1',
    HTML,
  ],
  ['a mark of UTF-16', withMark([0xff, 0xfe], utf16(HTML)), undefined, HTML],
  ['a mark of UTF-16, the other way around', withMark([0xfe, 0xff], bigEndian(HTML)), 'text/html', HTML],
  ['a header', Buffer.from(HTML), 'text/html; charset="UTF-8"', HTML],
  ['a header that says UTF-16', utf16(HTML), 'text/html;charset=utf-16', HTML],
  [
    'a header in Latin 1, which is windows-1252',
    Buffer.from('\x93für\x94', 'latin1'),
    'text/html; charset=ISO-8859-1',
    '“für”',
  ],
  ['a meta element', Buffer.from(`<meta charset=utf-8>${HTML}`), 'text/html', `<meta charset=utf-8>${HTML}`],
  [
    'a meta element of old',
    Buffer.from(`<meta content="text/html; charset=utf-8" http-equiv='Content-Type'>ü`),
    undefined,
    `<meta content="text/html; charset=utf-8" http-equiv='Content-Type'>ü`,
  ],
  [
    'a meta element in a comment, which says nothing',
    Buffer.from('<!-- <meta charset=utf-8> -->ü'),
    undefined,
    '<!-- <meta charset=utf-8> -->Ã¼',
  ],
  [
    'UTF-16 in a meta element, which cannot be',
    Buffer.from('<meta charset=utf-16>ü'),
    undefined,
    '<meta charset=utf-16>ü',
  ],
  [
    'a header that nobody knows',
    Buffer.from('<meta charset=utf-8>ü'),
    'text/html; charset=x-nothing',
    '<meta charset=utf-8>ü',
  ],
  ['nothing', Buffer.from('ü'), undefined, 'Ã¼'],
])('a page is read as a browser reads it: by %s', (_, bytes, contentType, text) => {
  expect(textOfPage(bytes, contentType)).toBe(text);
});

test('a script that is one in UTF-16 only is found there', () => {
  const bytes = withMark([0xff, 0xfe], utf16('<script src=/a.js></script>'));
  const { items } = inventoryOf(textOfPage(bytes, 'text/html; charset=utf-8'), 'https://shop.test/');
  expect(items.map(({ source }) => source)).toEqual(['https://shop.test/a.js']);
});
