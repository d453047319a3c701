import type { TransmissionError } from '../../core/errors';
import { quoted } from '../../core/quoted';
import { meant, schemaProblems } from '../../core/schema';
import { SeveralMistakes } from '../../core/several-mistakes';
import { APPROVED_SCHEMA, type ITEM_KINDS, TO_DO } from './approved-schema';
import { HEADER_NAMES } from './headers';

/** What on a page can run, load what runs, or lead what people type elsewhere. */
export type ItemKind = (typeof ITEM_KINDS)[number];

/** One thing that may stand on a page. */
export interface ApprovedScript {
  readonly kind: ItemKind;
  /** Its absolute address; of what stands in the page, its SHA-256, for handlers behind their name. */
  readonly source: string;
  /** Of a script: the digest of its content. */
  readonly integrity?: string;
  /** Of a script: why its content may change unseen. */
  readonly changesReason?: string;
  readonly owner: string;
  /** What the business needs it for (PCI DSS 6.4.3). */
  readonly justification: string;
}

/** A header that protects a page. */
export interface ApprovedHeader {
  readonly name: string;
  readonly value: string;
}

/** A payment page, and all that may stand on it. */
export interface ApprovedPage {
  readonly url: string;
  readonly scripts: readonly ApprovedScript[];
  readonly headers: readonly ApprovedHeader[];
}

/** What was approved for payment pages. */
export interface ApprovedList {
  readonly version: 1;
  /** Who is called when a page was changed. */
  readonly owner: string;
  readonly pages: readonly ApprovedPage[];
}

/**
 * Reads an approved list, which may be anything.
 *
 * @param name how messages call it
 * @throws TransmissionError with one line for each mistake
 */
export function parseApproved(value: unknown, name: string): ApprovedList {
  const list = parseDraft(value, name);
  const open = openIn(list);
  if (open.length > 0) throw refused(open, name);
  return list;
}

/** What in a list is still to be written, a sentence for each. */
export function openIn({ owner, pages }: ApprovedList): readonly string[] {
  return [...toDo({ owner }, ''), ...pages.flatMap(openInPage)];
}

/** The same for a list in which something is still to be written: it approves nothing. */
export function parseDraft(value: unknown, name: string): ApprovedList {
  const mistakes = schemaProblems(APPROVED_SCHEMA, value);
  if (mistakes.length > 0) throw refused(mistakes, name);
  const list = value as ApprovedList;
  const contradictions = [...list.pages.flatMap(problemsOfPage), ...repeatedPages(list)];
  if (contradictions.length > 0) throw refused(contradictions, name);
  return list;
}

/** The address as the browser knows it: what is written differently may be the same. */
export function pageKey(url: string): string {
  return new URL(url).href;
}

/** What tells two things on a page apart. */
export function itemKey({ kind, source }: Pick<ApprovedScript, 'kind' | 'source'>): string {
  return `${kind} ${source}`;
}

function problemsOfPage(page: ApprovedPage, index: number): readonly string[] {
  const at = `pages[${index}]`;
  const scripts = page.scripts.flatMap((script, number) =>
    problemsOfScript(script, `${at}.scripts[${number}]`),
  );
  return [
    ...(URL.canParse(page.url)
      ? []
      : [`'${at}.url' must be an address, got ${quoted(page.url)}, correct it`]),
    ...scripts,
    ...repeated(
      page.scripts.map(itemKey),
      (number, key) => `'${at}.scripts[${number}]' repeats ${quoted(key)}, remove it`,
    ),
    ...page.headers.flatMap(({ name }, number) =>
      HEADER_NAMES.includes(name)
        ? []
        : [
            `'${at}.headers[${number}].name' must be a header that is looked at, got ${quoted(name)}${meant(name, HEADER_NAMES) || ', remove it'}`,
          ],
    ),
    ...repeated(
      page.headers.map((header) => header.name),
      (number, key) => `'${at}.headers[${number}]' repeats ${quoted(key)}, remove it`,
    ),
  ];
}

function problemsOfScript(script: ApprovedScript, at: string): readonly string[] {
  const { kind, source, integrity, changesReason } = script;
  return [
    ...problemsOfSource(kind, source, at),
    ...problemsOfPin(kind, source, integrity, changesReason, at),
  ];
}

function openInPage({ scripts }: ApprovedPage, index: number): readonly string[] {
  return scripts.flatMap(({ owner, justification, changesReason = '' }, number) =>
    toDo({ owner, justification, changesReason }, `pages[${index}].scripts[${number}].`),
  );
}

/** What nobody has written yet, nobody has approved. */
function toDo(texts: Readonly<Record<string, string>>, at: string): readonly string[] {
  return Object.entries(texts)
    .filter(([, text]) => text.startsWith(TO_DO))
    .map(
      ([field]) =>
        `'${at}${field}' begins with ${TO_DO}, what is approved must say it, write it or take it from the page`,
    );
}

const DIGEST = /^sha256-[A-Za-z0-9+/]{43}=$/;

function problemsOfSource(kind: ItemKind, source: string, at: string): readonly string[] {
  if (kind === 'event-handler') {
    const [name = '', digest = '', ...others] = source.split(' ');
    if (/^on[a-z0-9-]+$/.test(name) && DIGEST.test(digest) && others.length === 0) return [];
    return [
      `'${at}.source' must be the name of a handler, a space, sha256- and the digest, got ${quoted(source)}, correct it`,
    ];
  }
  if (kind === 'inline-script' || kind === 'import-map' || kind === 'javascript-url') {
    return DIGEST.test(source)
      ? []
      : [`'${at}.source' must be sha256- and the digest in base64, got ${quoted(source)}, correct it`];
  }
  if (URL.canParse(source) || /^data: sha256-/.test(source)) return [];
  return [`'${at}.source' must be an absolute address, got ${quoted(source)}, correct it`];
}

/** A script that is loaded is known by its content, or it is said why not. */
function problemsOfPin(
  kind: ItemKind,
  source: string,
  integrity: string | undefined,
  changesReason: string | undefined,
  at: string,
): readonly string[] {
  const given = [integrity, changesReason].filter((each) => each !== undefined).length;
  if (kind === 'script' && !source.startsWith('data: ')) {
    if (given === 1) return [];
    const got = given === 0 ? 'neither' : 'both';
    return [
      `'${at}' must have 'integrity', or 'changesReason' where its content may change, got ${got}, give one`,
    ];
  }
  return given === 0
    ? []
    : [
        `'${at}' must have neither 'integrity' nor 'changesReason', which are for scripts with an address, remove them`,
      ];
}

function repeatedPages({ pages }: ApprovedList): readonly string[] {
  const urls = pages.map(({ url }) => (URL.canParse(url) ? pageKey(url) : url));
  return repeated(urls, (index, url) => `'pages[${index}]' repeats ${quoted(url)}, remove it`);
}

function repeated(keys: readonly string[], tell: (index: number, key: string) => string): readonly string[] {
  const seen = new Set<string>();
  return keys.flatMap((key, index) => {
    if (seen.has(key)) return [tell(index, key)];
    seen.add(key);
    return [];
  });
}

function refused(mistakes: readonly string[], name: string): TransmissionError {
  return new SeveralMistakes('InvalidConfiguration', mistakes, name);
}
