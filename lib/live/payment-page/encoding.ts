/** How much of a page is searched for its encoding before it is read (HTML, 13.2.3.2). */
const PRESCANNED = 1024;

/** What pages are that do not say it (HTML, 13.2.3.2). */
const FALLBACK = 'windows-1252';

/**
 * The text of a page, as a browser reads it: by its byte order mark, else its `Content-Type`, else its `meta`.
 *
 * Who reads it otherwise may see no script where a browser runs one.
 *
 * @param contentType the header
 * @see https://html.spec.whatwg.org/multipage/parsing.html#determining-the-character-encoding
 */
export function textOfPage(bytes: Uint8Array, contentType: string | undefined): string {
  const label = byteOrderMark(bytes) ?? known(charsetOf(contentType)) ?? known(prescanned(bytes)) ?? FALLBACK;
  return label === FALLBACK ? windows1252(bytes) : new TextDecoder(label).decode(bytes);
}

/** What the bytes 0x80 to 0x9f are there (https://encoding.spec.whatwg.org/index-windows-1252.txt). */
const UPPER =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f' +
  '\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178';

/** Not by Node, whose versions differ (nodejs/node#56542): a digest must be the same on every one. */
function windows1252(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString('latin1');
  return text.replace(/[\u0080-\u009f]/g, (character) => UPPER.charAt(character.charCodeAt(0) - 0x80));
}

function byteOrderMark(bytes: Uint8Array): string | undefined {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return first === 0xff && second === 0xfe ? 'utf-16le' : undefined;
}

function charsetOf(contentType: string | undefined): string | undefined {
  const [, quoted, bare] = /;\s*charset\s*=\s*(?:"([^"]*)"|([^;\s]+))/i.exec(contentType ?? '') ?? [];
  return quoted ?? bare;
}

/** A name that no browser knows says nothing. */
function known(label: string | undefined): string | undefined {
  if (label === undefined) return undefined;
  try {
    return new TextDecoder(label.trim()).encoding;
  } catch {
    return undefined;
  }
}

function prescanned(bytes: Uint8Array): string | undefined {
  const start = Buffer.from(bytes.subarray(0, PRESCANNED)).toString('latin1');
  const text = start.replace(/<!--[\s\S]*?(?:-->|$)/g, '');
  for (const [, attributes = ''] of text.matchAll(/<meta[\s/]([^>]*)/gi)) {
    const charset = attributeIn(attributes, 'charset');
    const content = /^content-type$/i.test(attributeIn(attributes, 'http-equiv') ?? '')
      ? /charset\s*=\s*["']?\s*([^\s;"']+)/i.exec(attributeIn(attributes, 'content') ?? '')?.[1]
      : undefined;
    const label = known(charset ?? content);
    // A page whose letters could be read is not written in these.
    if (label !== undefined) return label.startsWith('utf-16') ? 'utf-8' : label;
  }
  return undefined;
}

function attributeIn(attributes: string, name: string): string | undefined {
  const pattern = new RegExp(`(?:^|[\\s/"'])${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i');
  const [, double, single, bare] = pattern.exec(attributes) ?? [];
  return double ?? single ?? bare;
}
