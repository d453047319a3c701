import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { digestOf, inventoryOf } from '../../../lib/live/payment-page/inventory';

const URL_OF_PAGE = 'https://shop.test/pay/card';
const sha = (text: string) => `sha256-${createHash('sha256').update(text).digest('base64')}`;
const items = (html: string) =>
  inventoryOf(html, URL_OF_PAGE).items.map(({ kind, source }) => `${kind} ${source}`);

test('the digest is the one that a Content-Security-Policy names', () => {
  // https://www.w3.org/TR/CSP2/#script-src-hash-usage
  expect(digestOf("alert('Hello, world.');")).toBe('sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng=');
});

describe('what a browser would run is found', () => {
  test.each<[string, string, readonly string[]]>([
    ['a script', '<script src="/a.js"></script>', ['script https://shop.test/a.js']],
    ['a script beside the page', '<script src=a.js></script>', ['script https://shop.test/pay/a.js']],
    [
      'a script of another base',
      '<base href="https://x.test/"><script src=a.js></script>',
      ['script https://x.test/a.js'],
    ],
    ['a script without a scheme', '<script src="//x.test/a.js"></script>', ['script https://x.test/a.js']],
    ['a module', '<script type=module src=/a.js></script>', ['script https://shop.test/a.js']],
    [
      'a script whose type has spaces and capitals',
      '<script type=" Text/JavaScript ">a()</script>',
      [`inline-script ${sha('a()')}`],
    ],
    [
      'a script of an old language',
      '<script language="JavaScript1.5">a()</script>',
      [`inline-script ${sha('a()')}`],
    ],
    ['a script whose type is empty', '<script type>a()</script>', [`inline-script ${sha('a()')}`]],
    [
      'a script that is its own address',
      '<script src="data:text/javascript,a()"></script>',
      [`script data: ${sha('data:text/javascript,a()')}`],
    ],
    ['letters in capitals', '<SCRIPT SRC=/a.js></SCRIPT>', ['script https://shop.test/a.js']],
    ['a slash for a space', '<script/src=/a.js></script>', ['script https://shop.test/a.js']],
    [
      'the first of two attributes',
      '<script src=/a.js src=/b.js></script>',
      ['script https://shop.test/a.js'],
    ],
    ['an end that is missing', '<script>a()', [`inline-script ${sha('a()')}`]],
    [
      'a comment that holds the end',
      '<script><!--\na("</scr"+"ipt>")</script>',
      [`inline-script ${sha('<!--\na("</scr"+"ipt>")')}`],
    ],
    ['a comment that ends early', '<!--> <script src=/a.js></script> -->', ['script https://shop.test/a.js']],
    ['a script in SVG', '<svg><script href="/a.js"/></svg>', ['script https://shop.test/a.js']],
    [
      'a script in SVG, of old',
      '<svg><script xlink:href="/a.js"></script></svg>',
      ['script https://shop.test/a.js'],
    ],
    ['CDATA in SVG', '<svg><script><![CDATA[a()]]></script></svg>', [`inline-script ${sha('a()')}`]],
    [
      'a script in a template',
      '<template><p><script src=/a.js></script></template>',
      ['script https://shop.test/a.js'],
    ],
    [
      'a script in a shadow root',
      '<div><template shadowrootmode=open><script src=/a.js></script></template></div>',
      ['script https://shop.test/a.js'],
    ],
    [
      'a script in a table, where none may stand',
      '<table><tr><script src=/a.js></script></table>',
      ['script https://shop.test/a.js'],
    ],
    [
      'a script after the end',
      '</body></html><script src=/a.js></script>',
      ['script https://shop.test/a.js'],
    ],
    [
      'an import map',
      '<script type=importmap>{"imports":{}}</script>',
      [`import-map ${sha('{"imports":{}}')}`],
    ],
    ['a handler', '<img src=x onerror="a()">', [`event-handler onerror ${sha('a()')}`]],
    [
      'a handler that nobody knows',
      '<x onanimationstart=a()>',
      [`event-handler onanimationstart ${sha('a()')}`],
    ],
    ['javascript in a link', '<a href="javascript:a()">', [`javascript-url ${sha('javascript:a()')}`]],
    [
      'javascript in disguise',
      '<a href=" ja\tva\nscript:a()">',
      [`javascript-url ${sha(' ja\tva\nscript:a()')}`],
    ],
    [
      'javascript that is spelled in references',
      '<a href="&#106;avascript&colon;a()">',
      [`javascript-url ${sha('javascript:a()')}`],
    ],
    [
      'javascript in an animation',
      '<svg><a><animate attributeName=href values="javascript:a()"/></a></svg>',
      [`javascript-url ${sha('javascript:a()')}`],
    ],
    ['a frame', '<iframe src="https://psp.test/f">', ['frame https://psp.test/f']],
    ['what a frame holds', '<iframe srcdoc="<script>a()</script>">', [`inline-script ${sha('a()')}`]],
    [
      'what a frame in a frame holds',
      '<iframe srcdoc="<iframe srcdoc=&quot;<script>a()</script>&quot;>">',
      [`inline-script ${sha('a()')}`],
    ],
    ['an object', '<object data="/o">', ['frame https://shop.test/o']],
    [
      'a script that is loaded early',
      '<link rel=preload as=script href=/a.js>',
      ['preload https://shop.test/a.js'],
    ],
    [
      'a module that is loaded early',
      '<link rel="x modulepreload" href=/a.js>',
      ['preload https://shop.test/a.js'],
    ],
    ['a form that sends elsewhere', '<form action="https://x.test/steal">', ['form https://x.test/steal']],
    ['a button that sends elsewhere', '<form><button formaction="//x.test/">', ['form https://x.test/']],
    [
      'a page that leads elsewhere',
      '<meta http-equiv=refresh content="0; url=https://x.test/">',
      ['refresh https://x.test/'],
    ],
    [
      'a fragment as no other script',
      '<script src="/a.js#1"></script><script src="/a.js#2"></script>',
      ['script https://shop.test/a.js'],
    ],
  ])('%s', (_, html, found) => {
    expect(items(html)).toEqual(found);
  });
});

describe('what a browser would not run is not found', () => {
  test.each([
    ['a comment', '<!-- <script src=/a.js></script> -->'],
    ['text', '<textarea><script src=/a.js></script></textarea><title><script>a()</script></title>'],
    ['a style', '<style><script src=/a.js></script></style>'],
    [
      'what is for browsers without scripts',
      '<noscript><script src=/a.js></script><img onerror=a()></noscript>',
    ],
    ['CDATA that is a comment in HTML', '<![CDATA[<x]]>'],
    ['data', '<script type="application/ld+json">{"@type":"Product"}</script>'],
    ['a type that is none', '<script type="text/javascript; charset=utf-8">a()</script>'],
    ['an empty script', '<script></script>'],
    ['an address that is none', '<script src="https://[x]/"></script>'],
    ['references that are text', '&lt;script&gt;a()&lt;/script&gt;'],
    ['an attribute that holds markup', '<p title="<script>a()</script>">'],
    ['a form of its own', '<form action="/pay"><button formaction="https://shop.test/x">'],
    ['an image that is loaded early', '<link rel=preload as=image href=/a.png>'],
    ['an empty handler', '<p onclick="">'],
  ])('%s', (_, html) => {
    expect(items(html)).toEqual([]);
  });
});

test('integrity stands with its script, and one source with two digests is two things', () => {
  const html = '<script src=/a.js integrity="sha256-x"></script><script src=/a.js></script>';
  expect(inventoryOf(html, URL_OF_PAGE).items).toEqual([
    { kind: 'script', source: 'https://shop.test/a.js', where: '<script src>', integrity: 'sha256-x' },
    { kind: 'script', source: 'https://shop.test/a.js', where: '<script src>' },
  ]);
});

test('a policy in the head counts, as to browsers, and one in the body does not', () => {
  const meta = '<meta http-equiv=Content-Security-Policy content="script-src \'self\'">';
  const named = [{ name: 'meta:content-security-policy', value: "script-src 'self'" }];
  expect(inventoryOf(`<head>${meta}</head>`, URL_OF_PAGE).metas).toEqual(named);
  expect(inventoryOf(`<body><p>${meta}</body>`, URL_OF_PAGE).metas).toEqual([]);
});

describe('a page that is made to keep a parser busy', () => {
  const megabytes = (text: string) => text.repeat(Math.ceil((4 * 1024 * 1024) / text.length));

  test.each([
    ['elements in elements', megabytes('<div>'), 'nests elements more than 512 deep'],
    ['elements beside elements', megabytes('<i></i>'), 'has more than 100000 elements'],
    ['what a table throws out', `<table>${megabytes('<i></i>')}`, 'has more than 100000 elements'],
    ['formats that overlap', megabytes('<b><p></b>'), /has more than|nests elements/],
    ['ends that never began', `${'<div>'.repeat(500)}${megabytes('</p>')}`, 'has more than 100000 elements'],
    ['frames in frames', nested(7), 'nests frames more than 5 deep'],
    [
      'handlers',
      megabytes('<p onclick=X>').replaceAll('X', () => String(Math.random())),
      /holds more than 1000|elements/,
    ],
  ])('is left within bounds: %s', (_, html, message) => {
    const start = performance.now();
    expect(() => inventoryOf(html, URL_OF_PAGE)).toThrow(message);
    expect(performance.now() - start).toBeLessThan(20_000);
  });

  test.each([
    ['attributes', `<p ${Array.from({ length: 300_000 }, (_, index) => `a${index}`).join(' ')}>`],
    ['text', megabytes('a &amp; ')],
    ['comments', megabytes('<!---->')],
    ['ends of nothing', megabytes('</x>')],
    ['an open comment', `<!--${megabytes('-- ')}`],
  ])('is read to its end: %s', (_, html) => {
    const start = performance.now();
    expect(items(`${html}<!-- --></p><script src=/a.js></script>`).length).toBeLessThan(2);
    expect(performance.now() - start).toBeLessThan(20_000);
  });
});

function nested(depth: number): string {
  let html = '<p>';
  for (let level = 0; level < depth; level++) {
    html = `<iframe srcdoc="${html.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"></iframe>`;
  }
  return html;
}

describe('whatever a page holds', () => {
  const pieces = fc.constantFrom(
    ...[
      '<',
      '>',
      '</',
      '/>',
      '<!--',
      '-->',
      '<![CDATA[',
      ']]>',
      '<script',
      '</script>',
      '<svg>',
      '</svg>',
      '<math>',
      '<table>',
      '<tr>',
      '<template>',
    ],
    ...[
      '</template>',
      '<noscript>',
      '</noscript>',
      '<select>',
      '<textarea>',
      '<iframe srcdoc="',
      '" ',
      "'",
      ' src=',
      ' onload=',
      ' href=',
      'javascript:',
    ],
    ...[
      '<base href=',
      '<form action=',
      '//x.test/',
      '\u0000',
      '\ud800',
      '&#0;',
      '&lt;',
      '<plaintext>',
      '<a>',
      '<b>',
      '<p>',
      '</p>',
      'x',
    ],
  );
  const page = fc.array(pieces, { maxLength: 60 }).map((parts) => parts.join(''));

  test('it is read to its end, and twice the same', () => {
    fc.assert(
      fc.property(page, (html) => {
        const read = () => JSON.stringify(inventoryOf(html, URL_OF_PAGE));
        expect(read()).toBe(read());
      }),
      { numRuns: 500 },
    );
  });

  test('a script before all of it is found', () => {
    fc.assert(
      fc.property(page, (html) => {
        const found = items(`<script src="https://evil.test/s.js"></script>${html}`);
        expect(found).toContain('script https://evil.test/s.js');
      }),
      { numRuns: 500 },
    );
  });
});
