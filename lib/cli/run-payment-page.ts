import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { TransmissionError } from '../core/errors';
import { checkPage, type PageResult, pageKey, seePage } from '../live/payment-page';
import { type ApprovedList, type ApprovedPage, openIn } from '../live/payment-page/approved';
import { readApproved, readDraft, writeApproved } from '../live/payment-page/approved-file';
import { type FetchOptions, NotFetched } from '../live/payment-page/fetch-page';
import { PageTooLarge } from '../live/payment-page/page-tree';
import { type SeenAt, updatedList } from '../live/payment-page/update';
import { jsonText, visible } from '../report/escape';
import { relativeTo } from '../report/place';
import { requireAction } from './action';
import type { Arguments } from './arguments';
import { authoritiesOf } from './authorities';
import { readGiven, refuseUnwritable, writeGiven } from './given-file';
import type { Io } from './io';
import { outputsOf } from './outputs';
import { secondsOf } from './seconds';
import { refuseUnwritableOutputs, writeOutputs } from './write-outputs';

const DEFAULT_FILE = 'payment-page.approved.json';
/** Seconds for one answer, and for all of them. */
const TIMEOUT = 20;
const LONGEST_TIMEOUT = 300;
const TIME_LIMIT = 600;
const LONGEST_TIME_LIMIT = 86_400;
const REMEDY = 'give the approved list, or write one with --update';
/** As much of one value as a reader compares by eye. */
const LONGEST_VALUE = 600;

/** Looks at pages, and compares them with the list or writes it. */
export async function runPaymentPage(args: Arguments, io: Io): Promise<number> {
  const urls = urlsOf(args);
  const options = fetchOptions(args, io);
  const given = args.one('approved') ?? DEFAULT_FILE;
  const file = { path: resolve(io.cwd, given), name: relativeTo(io.cwd, given) };
  if (args.has('update')) {
    refuseReport(args);
    return update(urls, file, options, io);
  }
  const outputs = outputsOf(args, ['text', 'json'] as const);
  refuseUnwritableOutputs(outputs, io);
  const list = readApproved(readGiven(file.path, file.name, REMEDY), file.name);
  const pages = pagesOf(list, urls, file.name);
  const results: PageResult[] = [];
  for (const page of pages) results.push(await checkPage(page, options));
  writeOutputs(
    outputs.map((output) => ({
      ...(output.file === undefined ? {} : { file: output.file }),
      text: output.format === 'json' ? jsonOf(list, results) : textOf(list, results),
    })),
    io,
  );
  if (results.some(({ unchecked }) => unchecked.length > 0)) return 3;
  return results.some(({ findings }) => findings.length > 0) ? 1 : 0;
}

interface GivenFile {
  readonly path: string;
  readonly name: string;
}

async function update(
  urls: readonly string[],
  { path, name }: GivenFile,
  options: FetchOptions,
  io: Io,
): Promise<number> {
  refuseUnwritable(path, `--approved ${name}`);
  const before = existsSync(path) ? readDraft(readGiven(path, name, REMEDY), name) : undefined;
  const seen: SeenAt[] = [];
  for (const url of urls) {
    try {
      seen.push({ url, seen: await seePage(url, options) });
    } catch (error) {
      if (!(error instanceof NotFetched) && !(error instanceof PageTooLarge)) throw error;
      // A list that lacks a page would approve that it is not looked at.
      io.err(`error: ${visible(`${url}: ${error.message}`, 1000)}, nothing was written\n`);
      return 3;
    }
  }
  const list = await updatedList(before, seen, options);
  writeGiven(path, writeApproved(list, name), `--approved ${name}`);
  const open = openIn(list).length;
  const scripts = list.pages.reduce((sum, page) => sum + page.scripts.length, 0);
  io.out(
    `${visible(name)}: written, ${count(list.pages.length, 'page')}, ${count(scripts, 'script')}, ${open} still to be written\n`,
  );
  return 0;
}

/** An update prints no report: whoever waits for one would wait for nothing. */
function refuseReport(args: Arguments): void {
  const given = ['format', 'output'].find((option) => args.has(option));
  if (given === undefined) return;
  const message = 'is for a report, which --update does not make, leave one of them out';
  throw new TransmissionError('InvalidArgument', message, `--${given}`);
}

function urlsOf({ operands: [word = '', ...urls] }: Arguments): readonly string[] {
  requireAction(word, 'check', 'payment-page', 'check <https-url...>');
  for (const url of urls) {
    const parsed = URL.canParse(url) ? new URL(url) : undefined;
    const isPlain = parsed?.username === '' && parsed.password === '' && parsed.hash === '';
    if (parsed?.protocol === 'https:' && isPlain) continue;
    throw new TransmissionError(
      'InvalidArgument',
      'is no address of a page, it must begin with https:// and hold no user and no fragment, correct it',
      // A password may stand before the host.
      url.replace(/\/\/[^/]*@/, '//'),
    );
  }
  const keys = urls.map(pageKey);
  const twice = urls.find((_, index) => keys.indexOf(keys[index] ?? '') !== index);
  if (twice === undefined) return urls;
  throw new TransmissionError('InvalidArgument', 'is given twice, it is allowed once, remove one', twice);
}

function pagesOf(list: ApprovedList, urls: readonly string[], name: string): readonly ApprovedPage[] {
  return urls.map((url) => {
    const page = list.pages.find((each) => pageKey(each.url) === pageKey(url));
    if (page !== undefined) return page;
    const message = `does not stand in ${name}, of a page that is looked at it must be known what may stand there, add it with --update`;
    throw new TransmissionError('InvalidArgument', message, url);
  });
}

function fetchOptions(args: Arguments, io: Io): FetchOptions {
  const authorities = authoritiesOf(args, io);
  const end = performance.now() + (secondsOf(args, 'time-limit', LONGEST_TIME_LIMIT) ?? TIME_LIMIT) * 1000;
  return {
    reach: args.has('allow-private') ? 'any' : 'public',
    timeLimit: (secondsOf(args, 'timeout', LONGEST_TIMEOUT) ?? TIMEOUT) * 1000,
    remaining: () => end - performance.now(),
    ...(authorities.length === 0 ? {} : { authorities }),
  };
}

function jsonOf(list: ApprovedList, results: readonly PageResult[]): string {
  return jsonText({
    version: 1,
    owner: list.owner,
    pages: results.map(({ url, findings, unchecked, seen }) => ({
      url,
      isChecked: unchecked.length === 0,
      findings,
      unchecked,
      seen: seen === undefined ? null : { items: seen.items, headers: seen.headers },
    })),
  });
}

function textOf(list: ApprovedList, results: readonly PageResult[]): string {
  const lines = results.flatMap(({ url, findings, unchecked, seen }) => [
    `${visible(url, 2048)}: ${summaryOf(findings.length, unchecked.length, seen?.items.length ?? 0)}`,
    ...findings.map(
      ({ kind, subject, got, want }) =>
        `  ${kind} ${visible(subject, 2048)}\n    got  ${visible(got, LONGEST_VALUE)}\n    want ${visible(want, LONGEST_VALUE)}`,
    ),
    ...unchecked.map((why) => `  not checked: ${visible(why, 1000)}`),
  ]);
  const runbook = results.some(({ findings }) => findings.length > 0) ? 'page-changed' : 'page-not-checked';
  const isWell = results.every(({ findings, unchecked }) => findings.length + unchecked.length === 0);
  const end = isWell ? [] : [`tell ${visible(list.owner)}, see docs/runbooks/${runbook}.md`];
  return `${[...lines, ...end].join('\n')}\n`;
}

function summaryOf(findings: number, unchecked: number, scripts: number): string {
  const parts = [
    ...(unchecked > 0 ? ['not checked'] : []),
    ...(findings > 0 ? [count(findings, 'finding')] : []),
  ];
  return parts.length > 0 ? parts.join(', ') : `as approved (${count(scripts, 'script')})`;
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
