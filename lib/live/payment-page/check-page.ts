import { byCodeUnit } from '../../core/order';
import { type ApprovedHeader, type ApprovedPage, type ApprovedScript, itemKey } from './approved';
import { textOfPage } from './encoding';
import { type Fetched, type FetchOptions, fetchOverTls, NotFetched, SentElsewhere } from './fetch-page';
import { headerDifferences, normalised, watchedHeaders } from './headers';
import { digestOf, type Inventory, inventoryOf, type PageItem } from './inventory';
import { PageTooLarge } from './page-tree';

/** One way in which a page is not what was approved. */
export interface PageFinding {
  readonly kind: 'new' | 'missing' | 'changed' | 'weakened' | 'elsewhere';
  /** What it is about: a kind of script and its source, or a header. */
  readonly subject: string;
  readonly got: string;
  readonly want: string;
}

/** What a look at a page gave. */
export interface PageResult {
  readonly url: string;
  readonly findings: readonly PageFinding[];
  /** What could not be looked at, and why: never a pass. */
  readonly unchecked: readonly string[];
  /** What stood on the page; absent where it could not be looked at. */
  readonly seen: SeenPage | undefined;
}

/** What stood on a page, in the form in which it is approved. */
export interface SeenPage {
  readonly items: readonly PageItem[];
  readonly headers: readonly ApprovedHeader[];
  /** The size of the page, unpacked. */
  readonly bytes: number;
}

/** Looks at a page, and says how it differs from what was approved. */
export async function checkPage(page: ApprovedPage, options: FetchOptions = {}): Promise<PageResult> {
  const { url } = page;
  try {
    const seen = await seePage(url, options);
    const pinned = await checkContents(page.scripts, seen.items, options);
    const findings = [
      ...itemFindings(seen.items, page.scripts),
      ...pinned.findings,
      ...headerDifferences(seen.headers, page.headers).map(({ kind, name, got, want }) => ({
        kind,
        subject: `header ${name}`,
        got: got ?? 'nothing',
        want: want ?? 'nothing',
      })),
    ];
    return { url, findings, unchecked: pinned.unchecked, seen };
  } catch (error) {
    if (error instanceof SentElsewhere) {
      const finding = {
        kind: 'elsewhere' as const,
        subject: 'redirect',
        got: error.target,
        want: 'the page, or a redirect on its own host',
      };
      return { url, findings: [finding], unchecked: [], seen: undefined };
    }
    if (!(error instanceof NotFetched) && !(error instanceof PageTooLarge)) throw error;
    return { url, findings: [], unchecked: [error.message], seen: undefined };
  }
}

/**
 * What stands on a page.
 *
 * @throws NotFetched, PageTooLarge
 */
export async function seePage(url: string, options: FetchOptions = {}): Promise<SeenPage> {
  const fetched = await fetchOverTls(url, options);
  checkAnswer(fetched);
  const { items, metas } = inventoryOf(textOfPage(fetched.body, fetched.contentType), fetched.url);
  return { items, headers: headersOf(fetched, metas), bytes: fetched.body.length };
}

function checkAnswer({ status, contentType }: Fetched): void {
  if (status !== 200) throw new NotFetched(`answers ${status} and not 200`);
  const [type = ''] = (contentType ?? '').toLowerCase().split(';');
  // What has no type is sniffed, and may be taken for HTML.
  if (type.trim() !== 'text/html' && type.trim() !== '') {
    throw new NotFetched(`is ${type.trim().slice(0, 60)} and not text/html, which is all that is looked at`);
  }
}

/** Several policies of one page go together, as those of several headers do. */
function headersOf({ headers }: Fetched, metas: Inventory['metas']): readonly ApprovedHeader[] {
  const ofPage = new Map<string, string>();
  for (const { name, value } of metas) {
    const before = ofPage.get(name);
    const plain = normalised(name, value);
    ofPage.set(name, before === undefined ? plain : `${before}, ${plain}`);
  }
  return [...watchedHeaders(headers), ...[...ofPage].map(([name, value]) => ({ name, value }))].sort(
    (one, other) => byCodeUnit(one.name, other.name),
  );
}

function itemFindings(
  items: readonly PageItem[],
  approved: readonly ApprovedScript[],
): readonly PageFinding[] {
  const wanted = new Map(approved.map((each) => [itemKey(each), each]));
  const gotten = new Set(items.map(itemKey));
  const found = items.flatMap((item): readonly PageFinding[] => {
    const subject = itemKey(item);
    const script = wanted.get(subject);
    if (script === undefined) return [{ kind: 'new', subject, got: item.where, want: 'nothing' }];
    const { integrity } = script;
    if (integrity === undefined || item.integrity === undefined || admitsOnly(item.integrity, integrity))
      return [];
    return [{ kind: 'changed', subject, got: item.integrity, want: integrity }];
  });
  const missing = approved
    .filter((script) => !gotten.has(itemKey(script)))
    .map((script) => ({
      kind: 'missing' as const,
      subject: itemKey(script),
      got: 'nothing',
      want: 'it on the page',
    }));
  return [...found, ...missing];
}

const STRENGTH: readonly string[] = ['sha256', 'sha384', 'sha512'];

/** Whether a browser takes no other content: of several digests it looks at the strongest, and takes each of those. */
function admitsOnly(attribute: string, integrity: string): boolean {
  const digests = attribute
    .trim()
    .split(/\s+/)
    .map((each) => each.replace(/\?.*$/, ''))
    .filter((each) => STRENGTH.includes(each.slice(0, 6)));
  const strongest = Math.max(...digests.map((each) => STRENGTH.indexOf(each.slice(0, 6))));
  const counted = digests.filter((each) => STRENGTH.indexOf(each.slice(0, 6)) === strongest);
  return counted.length > 0 && counted.every((each) => each === integrity);
}

interface Contents {
  readonly findings: readonly PageFinding[];
  readonly unchecked: readonly string[];
}

/** What browsers do not verify by the page itself is fetched, and compared; nothing that is not in the list is asked for. */
async function checkContents(
  approved: readonly ApprovedScript[],
  items: readonly PageItem[],
  options: FetchOptions,
): Promise<Contents> {
  const findings: PageFinding[] = [];
  const unchecked: string[] = [];
  for (const script of approved) {
    const { source, integrity } = script;
    const isOpen = items.some((item) => itemKey(item) === itemKey(script) && item.integrity === undefined);
    if (integrity === undefined || !isOpen) continue;
    try {
      const { status, body } = await fetchOverTls(source, options);
      if (status !== 200) throw new NotFetched(`answers ${status} and not 200`);
      const got = digestOf(body, integrity.slice(0, 6));
      if (got !== integrity)
        findings.push({ kind: 'changed', subject: itemKey(script), got, want: integrity });
    } catch (error) {
      if (!(error instanceof NotFetched)) throw error;
      unchecked.push(`the script ${source} ${error.message}`);
    }
  }
  return { findings, unchecked };
}
