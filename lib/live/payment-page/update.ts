import { byCodeUnit } from '../../core/order';
import { type ApprovedList, type ApprovedPage, type ApprovedScript, itemKey, pageKey } from './approved';
import { TO_DO } from './approved-schema';
import type { SeenPage } from './check-page';
import { type FetchOptions, fetchOverTls, NotFetched } from './fetch-page';
import { digestOf, type PageItem } from './inventory';

const OWNER = `${TO_DO}: name who answers for it`;
const JUSTIFICATION = `${TO_DO}: say what the business needs it for (PCI DSS 6.4.3).`;
const CHANGED = `${TO_DO}: its content changed, decide again. Before: `;
const UNREAD = `${TO_DO}: its content could not be read, say why it may change unseen.`;
const LONGEST = 500;

/** A page as it was seen. */
export interface SeenAt {
  readonly url: string;
  readonly seen: SeenPage;
}

/**
 * A list that holds what was seen. What is new says that somebody has to decide about it, and is refused until then; what
 * was approved and is unchanged stays as it is, and what is gone is left out.
 *
 * @param list what was approved before
 */
export async function updatedList(
  list: ApprovedList | undefined,
  pages: readonly SeenAt[],
  options: FetchOptions,
): Promise<ApprovedList> {
  const seen = new Map(pages.map((page) => [pageKey(page.url), page]));
  const before = list?.pages ?? [];
  const known = new Set(before.map(({ url }) => pageKey(url)));
  const kept: ApprovedPage[] = [];
  for (const page of before) {
    const now = seen.get(pageKey(page.url));
    kept.push(now === undefined ? page : await pageOf(page.url, now.seen, page.scripts, options));
  }
  for (const { url, seen: now } of pages) {
    if (!known.has(pageKey(url))) kept.push(await pageOf(url, now, [], options));
  }
  return { ...(list ?? { version: 1, owner: OWNER }), pages: kept };
}

async function pageOf(
  url: string,
  { items, headers }: SeenPage,
  approved: readonly ApprovedScript[],
  options: FetchOptions,
): Promise<ApprovedPage> {
  const before = new Map(approved.map((script) => [itemKey(script), script]));
  const scripts = new Map<string, ApprovedScript>();
  for (const item of items) {
    const key = itemKey(item);
    if (!scripts.has(key)) scripts.set(key, await scriptOf(item, before.get(key), options));
  }
  const sorted = [...scripts.values()].sort((one, other) => byCodeUnit(itemKey(one), itemKey(other)));
  return { url, scripts: sorted, headers };
}

async function scriptOf(
  item: PageItem,
  before: ApprovedScript | undefined,
  options: FetchOptions,
): Promise<ApprovedScript> {
  const { kind, source } = item;
  const isLoaded = kind === 'script' && !source.startsWith('data: ');
  if (before !== undefined && (!isLoaded || before.changesReason !== undefined)) return before;
  const fresh = { kind, source, owner: OWNER, justification: JUSTIFICATION };
  if (!isLoaded) return fresh;
  const integrity = digestIn(item.integrity) ?? (await contentOf(source, before?.integrity, options));
  if (before === undefined) {
    return integrity === undefined ? { ...fresh, changesReason: UNREAD } : { ...fresh, integrity };
  }
  // What cannot be read now was not seen to change.
  if (integrity === undefined || integrity === before.integrity) return before;
  const justification = before.justification.startsWith(TO_DO)
    ? before.justification
    : `${CHANGED}${before.justification}`.slice(0, LONGEST);
  return { ...before, integrity, justification };
}

/** The strongest of the digests that a page gives. */
function digestIn(integrity: string | undefined): string | undefined {
  const digests = (integrity ?? '').trim().split(/\s+/);
  const wellFormed = digests.filter((each) => /^sha(256|384|512)-[A-Za-z0-9+/]+={0,2}$/.test(each));
  return wellFormed.sort(byCodeUnit).at(-1);
}

async function contentOf(
  source: string,
  before: string | undefined,
  options: FetchOptions,
): Promise<string | undefined> {
  try {
    const { status, body } = await fetchOverTls(source, options);
    return status === 200 ? digestOf(body, before?.slice(0, 6) ?? 'sha384') : undefined;
  } catch (error) {
    if (error instanceof NotFetched) return undefined;
    throw error;
  }
}
