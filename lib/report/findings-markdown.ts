import { groupedBy } from '../core/grouped-by';
import { acceptedAs, gravestFirst } from './accepted';
import { cell, code, fenced, htmlCode, leftOutText, prose } from './markdown-text';
import { counted } from './phrase';
import type { Place } from './place';
import { remarksOn, remarksOnAll } from './remarks';
import { type CheckReport, isOpen } from './report';
import { type LinesOf, suggestionOf } from './suggestion';
import { countsText, outcomeText, placeText } from './text';
import { type FindingView, placesOf, resourceName } from './view';

/** How much may be written, and with what. */
export interface MarkdownLimits {
  /** What GitHub takes, in the unit of `sizeOf`. */
  readonly most: number;
  readonly sizeOf: (text: string) => number;
  /** Reads files for suggestions; there are none without it. */
  readonly linesOf?: LinesOf;
}

/** A table is read from its top; what follows stands in the details below it. */
const MOST_ROWS = 50;

/** For what says that something was left out. */
const RESERVE = 600;

/**
 * A report in GitHub's Markdown: a table of few narrow columns with the gravest first, then the details, closed. What
 * does not fit is left out from the end, and counted.
 */
export function findingsMarkdown(report: CheckReport, { most, sizeOf, linesOf }: MarkdownLimits): string {
  const all = gravestFirst(report.targets.flatMap((target) => target.findings));
  const open = all.filter(isOpen);
  const blocks: string[] = [];
  let left = most - RESERVE;
  const take = (text: string, around = 0): boolean => {
    const size = sizeOf(text) + around;
    if (size > left) return false;
    left -= size;
    return true;
  };
  const add = (text: string) => {
    if (take(`${text}\n\n`)) blocks.push(text);
  };
  add(`### secure-transmission: ${outcomeText(report)}`);
  add(`Findings: ${countsText(report.counts)}.`);
  add(caveats(report).join('\n'));
  const rows = takeWhile(open.slice(0, MOST_ROWS).map(row), (text) => take(`${text}\n`));
  if (rows.length > 0) blocks.push([...HEAD, ...rows].join('\n'));
  let detailed = 0;
  for (const [summary, introduction, findings] of byRule(open)) {
    const details = findings.map((finding) => detail(finding, linesOf));
    if (!take([OPENING, summary, introduction, CLOSING].join('\n\n'))) break;
    const shown = takeWhile(details, (text) => take(`${text}\n`));
    detailed += shown.length;
    blocks.push([`${OPENING}${summary}${SUMMARY_END}`, introduction, shown.join('\n'), CLOSING].join('\n\n'));
    if (shown.length < details.length) break;
  }
  const accepted = all.filter((finding) => !isOpen(finding)).map(acceptedLine);
  const shownAccepted = takeWhile(accepted, (text) => take(`${text}\n`));
  if (shownAccepted.length > 0) {
    blocks.push([`${OPENING}Accepted${SUMMARY_END}`, shownAccepted.join('\n'), CLOSING].join('\n\n'));
  }
  blocks.push(...leftOut(open.length - detailed, accepted.length - shownAccepted.length));
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

const HEAD = ['| Level | Finding | Where |', '| --- | --- | --- |'];
const OPENING = '<details><summary>';
const SUMMARY_END = '</summary>';
const CLOSING = '</details>';

/** Titles break between words, so that a phone shows the table without scrolling; the whole path stands below. */
function row(finding: FindingView): string {
  const { level, title } = finding;
  const [place] = placesOf(finding);
  const where = place === undefined ? '' : code(shortPlace(place), 60);
  return `| ${level} | ${cell(prose(title, 200))}<br>${cell(code(resourceName(finding), 100))} | ${cell(where)} |`;
}

function shortPlace({ file, line }: Place): string {
  const name = file.slice(file.lastIndexOf('/') + 1);
  return line === undefined ? name : `${name}:${line}`;
}

type Group = readonly [summary: string, introduction: string, findings: readonly FindingView[]];

/** Rules in the order of their gravest finding: risk and fix stand there once. */
function byRule(findings: readonly FindingView[]): Group[] {
  return [...groupedBy(findings, ({ rule }) => rule)].map(([rule, ofRule]) => {
    const [first] = ofRule;
    const introduction = first && [`Risk: ${prose(first.risk, 1000)}`, `Fix: ${prose(first.fix, 1000)}`];
    return [
      `${htmlCode(rule)}: ${counted(ofRule.length, 'finding')}`,
      (introduction ?? []).join('\n\n'),
      ofRule,
    ];
  });
}

function detail(finding: FindingView, linesOf: LinesOf | undefined): string {
  const { level, message, counterexample, repair } = finding;
  const places = placesOf(finding).map((place) => code(placeText(place), 1000));
  const suggestion = repair && linesOf && suggestionOf(repair, linesOf);
  const parts = [
    `${level}: ${code(resourceName(finding))}${places.length === 0 ? '' : `, at ${places.join(', in ')}`}`,
    prose(message, 1000),
    ...(counterexample === undefined ? [] : [`So: ${prose(counterexample, 1000)}`]),
    ...(repair === undefined ? [] : [`Repair: ${prose(repair.about, 1000)}`]),
    ...(suggestion === undefined
      ? []
      : [
          `Lines ${suggestion.from} to ${suggestion.to} of ${code(suggestion.file, 1000)} become`,
          fenced('suggestion', suggestion.lines),
        ]),
  ];
  // What belongs to an entry of a list stands as deep as its text.
  return `- ${parts.join('\n\n').replace(/\n(?!\n)/g, '\n  ')}`;
}

function acceptedLine(finding: FindingView): string {
  const accepted = acceptedAs(finding);
  const who = accepted === undefined ? '' : `${accepted.how}: ${prose(accepted.why, 500)}`;
  return `- ${finding.level} ${code(finding.rule)} on ${code(resourceName(finding))}, ${who}`;
}

/** What was not looked at comes first, since no more than ten lines are read. */
function caveats(report: CheckReport): string[] {
  const remarks = [...report.targets.flatMap(remarksOn), ...remarksOnAll(report)];
  const sorted = [...remarks.filter(({ isGap }) => isGap), ...remarks.filter(({ isGap }) => !isGap)];
  const lines = [...new Set(sorted.map(({ name, text }) => `- ${name}: ${prose(text, 500)}`))];
  return lines.length <= 10 ? lines : [...lines.slice(0, 10), `- and ${lines.length - 10} more`];
}

function leftOut(findings: number, accepted: number): string[] {
  const what = [
    ...(findings > 0 ? [counted(findings, 'finding')] : []),
    ...(accepted > 0 ? [`${accepted} accepted`] : []),
  ];
  if (what.length === 0) return [];
  return [leftOutText(`the details of ${what.join(' and ')}`)];
}

function takeWhile(items: readonly string[], fits: (text: string) => boolean): string[] {
  const shown: string[] = [];
  for (const item of items) {
    if (!fits(item)) break;
    shown.push(item);
  }
  return shown;
}
