import fc from 'fast-check';
import { visible } from '../../lib/report';
import { cell, code, fenced, htmlCode, prose } from '../../lib/report/markdown-text';
import { codeIn, elementsIn, htmlOf, textIn } from './html';
import { hostileText } from './views';

test.each([
  ['a listener speaks TLS: Protocol is HTTP', 'a listener speaks TLS: Protocol is HTTP'],
  ["set 'Protocol' to HTTPS (or TLS), Art. 32(1)(a).", "set 'Protocol' to HTTPS (or TLS), Art. 32(1)(a)."],
  ['Schlüssel 鍵', 'Schlüssel 鍵'],
  ['it is [log in](https://evil.example) now', 'it is `[log in](https://evil.example)` now'],
  ['by @octocat in #12', 'by `@octocat` in `#12`'],
  ['see GH-12 and a5c3785ed8', 'see `GH-12` and `a5c3785ed8`'],
  ['www.evil.example', '`www.evil.example`'],
  [':tada: $x$', '`:tada: $x$`'],
  ['AWS::S3::Bucket has snake_case', '`AWS::S3::Bucket` has `snake_case`'],
  ['a ` b', 'a `` ` `` b'],
  ['redirect({ protocol: "HTTPS" }) does', '`redirect({ protocol: "HTTPS" })` does'],
  [
    'its AWS::S3::BucketPolicy: Action s3:*, Resource a_b.',
    'its `AWS::S3::BucketPolicy`: Action `s3:*`, Resource `a_b`.',
  ],
  ['a ... b', 'a `...` b'],
  ['a\nb', '`a\\nb`'],
  ['', '`(empty)`'],
])('prose shows %j as %j', (given, shown) => {
  expect(prose(given)).toBe(shown);
});

test.each([
  ['a', '`a`'],
  ['`a', '`` `a ``'],
  ['a``b', '```a``b```'],
  [' ', '`(empty)`'],
])('code shows %j as %j', (given, shown) => {
  expect(code(given)).toBe(shown);
});

test('a cell has no pipe of its own, a block no end before its last line, HTML no element', () => {
  expect(cell('a | b')).toBe('a \\| b');
  expect(fenced('suggestion', ['```', 'x'])).toBe('````suggestion\n```\nx\n````');
  expect(htmlCode('<b>&"')).toBe('<code>&lt;b&gt;&amp;&quot;</code>');
});

/** What GitHub finds in text that Markdown has left: it must be in code. */
const FOUND_BY_GITHUB =
  /@[\w-]|#\d|GH-\d|:\/\/|www\.|:[\w+-]+:|\$|\b[0-9a-f]{7,40}\b|[<>[\]|*_~\\]|[^\S\n ]|[\p{Cc}\p{Cf}]/u;

test('no element but code comes of any string, and all of it can be read', () => {
  const texts = fc.sample(hostileText, { numRuns: 400, seed: 7 });
  const asProse = htmlOf(texts.map((text) => `x ${prose(text)}`));
  const asCode = htmlOf(texts.map((text) => `x ${code(text)}`));
  const inTable = htmlOf(texts.map((text) => `| a |\n| --- |\n| ${cell(prose(text))} ${cell(code(text))} |`));
  const inHtml = htmlOf(
    texts.map((text) => `<details><summary>${htmlCode(text)}</summary>\n\nx\n\n</details>`),
  );
  const table = elementsIn(htmlOf(['| a |\n| --- |\n| x |'])[0] ?? '');
  texts.forEach((text, i) => {
    expect(elementsIn(asProse[i] ?? '')).toEqual(['<p>', '</p>']);
    expect(textIn(asProse[i] ?? '').replaceAll('\n', '')).not.toMatch(FOUND_BY_GITHUB);
    expect(elementsIn(asCode[i] ?? '')).toEqual(['<p>', '</p>']);
    expect(elementsIn(inTable[i] ?? '')).toEqual(table);
    expect(elementsIn(inHtml[i] ?? '')).toEqual([
      '<details>',
      '<summary>',
      '</summary>',
      '<p>',
      '</p>',
      '</details>',
    ]);
    const shown = visible(text).trim() === '' ? '(empty)' : visible(text);
    expect(codeIn(asCode[i] ?? '')).toEqual([shown]);
    expect(codeIn(inTable[i] ?? '').at(-1)).toBe(shown);
    expect(codeIn(inHtml[i] ?? '')).toEqual([visible(text)]);
    const read = (asProse[i] ?? '')
      .replace(/<[^>]*>/g, '')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>');
    const words = (given: string) => given.split(' ').filter((word) => word !== '');
    expect(words(read.replaceAll('&quot;', '"').replaceAll('&amp;', '&'))).toEqual(words(`x ${shown}`));
  });
});
