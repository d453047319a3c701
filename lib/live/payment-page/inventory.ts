import { createHash } from 'node:crypto';
import { byCodeUnit } from '../../core/order';
import { type ItemKind, itemKey } from './approved';
import { attribute, elementsOf, type PageElement, PageTooLarge, textOf } from './page-tree';
import { scriptType } from './script-type';

/** Something on a page that can run, load what runs, or lead what people type elsewhere. */
export interface PageItem {
  readonly kind: ItemKind;
  /** Its absolute address; of what stands in the page, its SHA-256, for handlers behind their name. */
  readonly source: string;
  /** Of a script: what the page says of its content. */
  readonly integrity?: string;
  /** The element, as people search for it. */
  readonly where: string;
}

/** What a page says of itself in `meta` elements that stands beside headers. */
export interface PageMeta {
  readonly name: string;
  readonly value: string;
}

/** What stands on a page. */
export interface Inventory {
  /** By kind and source. */
  readonly items: readonly PageItem[];
  readonly metas: readonly PageMeta[];
}

const MOST_ITEMS = 1000;
const DEEPEST_FRAME = 5;

/** Elements that show another document, and the attribute that names it. */
const FRAMES: Readonly<Record<string, string>> = {
  iframe: 'src',
  frame: 'src',
  embed: 'src',
  object: 'data',
};

/** Attributes in which `javascript:` runs. */
const LINKS = ['href', 'src', 'action', 'formaction', 'data'];

const PRELOADS = new Set(['modulepreload', 'preload', 'prefetch', 'prerender']);

/**
 * What a browser would find on a page before a script runs.
 *
 * What scripts add is not in it: no server ever sees that, and the browser reports it where the page asks for that by
 * its Content-Security-Policy.
 *
 * @param html the page
 * @param url where it came from
 * @throws PageTooLarge
 */
export function inventoryOf(html: string, url: string): Inventory {
  const items = new Map<string, PageItem>();
  const metas: PageMeta[] = [];
  collect(html, url, 0, { items, metas });
  return {
    items: [...items.values()].sort((one, other) => byCodeUnit(itemKey(one), itemKey(other))),
    metas: metas.sort((one, other) => byCodeUnit(`${one.name} ${one.value}`, `${other.name} ${other.value}`)),
  };
}

/** The digest of a text, as a Content-Security-Policy names it. */
export function digestOf(text: string | Uint8Array, algorithm = 'sha256'): string {
  return `${algorithm}-${createHash(algorithm).update(text).digest('base64')}`;
}

interface Found {
  readonly items: Map<string, PageItem>;
  readonly metas: PageMeta[];
}

function collect(html: string, url: string, depth: number, found: Found): void {
  const elements = elementsOf(html);
  const base = baseOf(elements, url);
  for (const element of elements) {
    for (const item of itemsOf(element, base, url)) add(item, found);
    if (depth === 0) found.metas.push(...metaOf(element));
    const inner = element.tagName === 'iframe' ? attribute(element, 'srcdoc') : undefined;
    if (inner === undefined) continue;
    if (depth === DEEPEST_FRAME) throw new PageTooLarge(`nests frames more than ${DEEPEST_FRAME} deep`);
    collect(inner, base, depth + 1, found);
  }
}

function add(item: PageItem, { items }: Found): void {
  // Two elements of the same source with different digests are two things.
  const key = `${itemKey(item)} ${item.integrity ?? ''}`;
  if (items.has(key)) return;
  if (items.size >= MOST_ITEMS)
    throw new PageTooLarge(`holds more than ${MOST_ITEMS} scripts and other things that run`);
  items.set(key, item);
}

function baseOf(elements: readonly PageElement[], url: string): string {
  const given = elements.find(
    (element) => element.tagName === 'base' && attribute(element, 'href') !== undefined,
  );
  const href = given && attribute(given, 'href');
  return href !== undefined && URL.canParse(href, url) ? new URL(href, url).href : url;
}

function itemsOf(element: PageElement, base: string, url: string): readonly PageItem[] {
  return [
    ...(element.tagName === 'script' ? scriptOf(element, base) : []),
    ...handlersOf(element),
    ...javascriptOf(element),
    ...frameOf(element, base),
    ...preloadOf(element, base),
    ...formOf(element, base, url),
    ...refreshOf(element, base),
  ];
}

function scriptOf(element: PageElement, base: string): readonly PageItem[] {
  const type = scriptType(attribute(element, 'type'), attribute(element, 'language'));
  if (type === 'data') return [];
  const src = sourceOf(element);
  if (src !== undefined) {
    const source = addressOf(src, base);
    if (source === undefined) return [];
    const integrity = attribute(element, 'integrity');
    return [
      { kind: 'script', source, where: '<script src>', ...(integrity === undefined ? {} : { integrity }) },
    ];
  }
  const text = textOf(element);
  if (text === '') return [];
  const kind = type === 'import-map' ? 'import-map' : 'inline-script';
  return [{ kind, source: digestOf(text), where: '<script>' }];
}

/** Scripts in SVG are named by `href`, and by `xlink:href` of old. */
function sourceOf(element: PageElement): string | undefined {
  const src = attribute(element, 'src');
  if (element.namespaceURI !== 'http://www.w3.org/2000/svg') return src;
  return attribute(element, 'href') ?? linkOf(element);
}

function linkOf(element: PageElement): string | undefined {
  return element.attrs.find(({ name, prefix }) => name === 'href' && prefix === 'xlink')?.value;
}

function handlersOf({ attrs, tagName }: PageElement): readonly PageItem[] {
  return attrs
    .filter(({ name, value }) => /^on[a-z]/.test(name) && value !== '')
    .map(({ name, value }) => ({
      kind: 'event-handler',
      source: `${name.slice(0, 60)} ${digestOf(value)}`,
      where: `<${tagName.slice(0, 60)} ${name.slice(0, 60)}>`,
    }));
}

function javascriptOf(element: PageElement): readonly PageItem[] {
  return element.attrs.flatMap(({ name, value }) => {
    // An animation of SVG can set a link to what it says.
    const mayRun = LINKS.includes(name) || (isAnimation(element) && /^(to|from|by|values)$/.test(name));
    if (!mayRun || !isJavascript(value)) return [];
    return [
      {
        kind: 'javascript-url' as const,
        source: digestOf(value),
        where: `<${element.tagName.slice(0, 60)} ${name}>`,
      },
    ];
  });
}

function isAnimation({ tagName }: PageElement): boolean {
  return tagName === 'set' || tagName === 'animate';
}

/** Browsers take tabs and line breaks out of addresses, and what is unseen before them. */
function isJavascript(value: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what browsers take away (WHATWG URL, 4.4)
  return /^javascript:/i.test(value.replace(/[\t\n\r]/g, '').replace(/^[\u0000-\u0020]+/, ''));
}

function frameOf(element: PageElement, base: string): readonly PageItem[] {
  const name = Object.hasOwn(FRAMES, element.tagName) ? FRAMES[element.tagName] : undefined;
  const given = name === undefined ? undefined : attribute(element, name);
  if (given === undefined || isJavascript(given)) return [];
  const source = addressOf(given, base);
  if (source === undefined || source === 'about:blank') return [];
  return [{ kind: 'frame', source, where: `<${element.tagName} ${name}>` }];
}

function preloadOf(element: PageElement, base: string): readonly PageItem[] {
  const href = element.tagName === 'link' ? attribute(element, 'href') : undefined;
  if (href === undefined) return [];
  const rels = (attribute(element, 'rel') ?? '').toLowerCase().split(/[\t\n\f\r ]+/);
  const rel = rels.find((each) => PRELOADS.has(each));
  const isScript =
    rel === 'modulepreload' || rel === 'prerender' || attribute(element, 'as')?.toLowerCase() === 'script';
  const source = rel === undefined || !isScript ? undefined : addressOf(href, base);
  return source === undefined ? [] : [{ kind: 'preload', source, where: `<link rel=${rel}>` }];
}

/** Where forms send what people typed, when that is another origin. */
function formOf(element: PageElement, base: string, url: string): readonly PageItem[] {
  const name = element.tagName === 'form' ? 'action' : 'formaction';
  const given = attribute(element, name);
  if (given === undefined || given === '' || isJavascript(given)) return [];
  const source = addressOf(given, base);
  if (source === undefined || new URL(source).origin === new URL(url).origin) return [];
  return [{ kind: 'form', source, where: `<${element.tagName.slice(0, 60)} ${name}>` }];
}

function refreshOf(element: PageElement, base: string): readonly PageItem[] {
  if (element.tagName !== 'meta' || attribute(element, 'http-equiv')?.toLowerCase() !== 'refresh') return [];
  const content = attribute(element, 'content') ?? '';
  const given =
    /^[\t\n\f\r ]*[\d.]*[\t\n\f\r ]*[;,]?[\t\n\f\r ]*(?:url[\t\n\f\r ]*=[\t\n\f\r ]*)?["']?(.*?)["']?$/is.exec(
      content,
    )?.[1] ?? '';
  const source = addressOf(given, base);
  return source === undefined ? [] : [{ kind: 'refresh', source, where: '<meta http-equiv=refresh>' }];
}

function metaOf(element: PageElement): readonly PageMeta[] {
  if (element.tagName !== 'meta') return [];
  const value = attribute(element, 'content');
  if (value === undefined) return [];
  const equivalent = attribute(element, 'http-equiv')?.toLowerCase();
  const { parentNode } = element;
  // Browsers obey it in the head alone.
  const isInHead = parentNode !== null && 'tagName' in parentNode && parentNode.tagName === 'head';
  if (equivalent === 'content-security-policy') {
    return isInHead ? [{ name: 'meta:content-security-policy', value }] : [];
  }
  return attribute(element, 'name')?.toLowerCase() === 'referrer' ? [{ name: 'meta:referrer', value }] : [];
}

/** An absolute address; `undefined` where a browser would load nothing. What holds all of a script is known by its digest. */
function addressOf(given: string, base: string): string | undefined {
  if (!URL.canParse(given, base)) return undefined;
  const address = new URL(given, base);
  if (address.protocol === 'data:') return `data: ${digestOf(address.href)}`;
  address.hash = '';
  return address.href;
}
