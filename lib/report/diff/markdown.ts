import { groupedBy } from '../../core/grouped-by';
import { acceptedAs } from '../accepted';
import { cell, code, leftOutText, MOST_OF_COMMENT, prose } from '../markdown-text';
import { counted } from '../phrase';
import { isOpen } from '../report';
import { settingsOf } from '../settings';
import { countsText, placeText } from '../text';
import { placesOf, resourceName } from '../view';
import type { DiffFinding, DiffReport, ExemptionChange, TransmissionChange } from './diff-report';
import { diffOutcome, exemptionDetail, exemptionTitle } from './words';

/** By which a later run finds its comment again, instead of writing another one. */
const MARK = '<!-- secure-transmission diff -->';

/** For what says that something was left out. */
const RESERVE = 300;

/** A comparison for a comment on a pull request; what does not fit is left out from the end, and counted. */
export function renderDiffMarkdown(report: DiffReport): string {
  const of = (state: DiffFinding['state']) => report.findings.filter((finding) => finding.state === state);
  const fresh = of('new').filter(isOpen);
  const { counts } = report;
  const head = [
    MARK,
    `### secure-transmission: ${diffOutcome(report)}`,
    [
      `New: ${countsText(counts.new)}. Fixed: ${counts.fixed}. Unchanged: ${counts.unchanged}.`,
      `Weaker: ${counted(counts.weakened, 'hop or store', 'hops or stores')}.`,
      ...(report.exemptionsFrom === 'base' ? ['Exemptions of BASE only: new ones were left out.'] : []),
    ].join(' '),
  ];
  const sections = [
    list('Exemptions since BASE', report.exemptions, exemptionItem),
    list('Weaker than in BASE', report.weakened, weakenedItem),
    table(fresh),
    list('New: what to do', firstOfEachRule(fresh), repairItem),
    list(
      'New, and accepted',
      of('new').filter((finding) => !isOpen(finding)),
      acceptedItem,
    ),
    list('Fixed', of('fixed'), findingItem),
    list('Caveats', caveats(report), (text) => `- ${text}`),
  ];
  return withinLimit(head, sections.flat());
}

/** A heading, or what stands below it. */
interface Line {
  readonly heading?: string;
  readonly text: string;
}

function withinLimit(head: readonly string[], lines: readonly Line[]): string {
  let text = `${head.join('\n\n')}\n`;
  let leftOut = 0;
  for (const { heading, text: line } of lines) {
    const next = `${heading === undefined ? '' : `\n${heading}\n\n`}${line}\n`;
    if (leftOut > 0 || text.length + next.length > MOST_OF_COMMENT - RESERVE) leftOut += 1;
    else text += next;
  }
  return leftOut === 0 ? text : `${text}\n${leftOutText(counted(leftOut, 'line'))}\n`;
}

function list<T>(title: string, items: readonly T[], itemOf: (item: T) => string): readonly Line[] {
  return items.map((item, i) => ({ ...(i === 0 ? { heading: `#### ${title}` } : {}), text: itemOf(item) }));
}

function table(findings: readonly DiffFinding[]): readonly Line[] {
  const columns = '| Level | Finding | Where |\n| --- | --- | --- |';
  return findings.map((finding, i) => ({
    ...(i === 0 ? { heading: `#### New\n\n${columns}`.trimEnd() } : {}),
    text: tableRow(finding),
  }));
}

function tableRow(finding: DiffFinding): string {
  const [place] = placesOf(finding);
  const where = place === undefined ? '' : code(placeText(place), 100);
  const what = `${cell(prose(finding.title, 200))}<br>${cell(code(resourceName(finding), 100))}`;
  return `| ${finding.level} | ${what} | ${cell(where)} |`;
}

function exemptionItem(change: ExemptionChange): string {
  const detail = exemptionDetail(change);
  const title = prose(exemptionTitle(change), 500);
  return `- ${change.fails ? '**to look at first:** ' : ''}${title}${detail === '' ? '' : `: ${prose(detail, 700)}`}`;
}

function weakenedItem(change: TransmissionChange): string {
  const at = placesOf(change).map((place) => code(placeText(place), 500));
  const where = at.length === 0 ? '' : `, at ${at.join(', in ')}`;
  return `- ${change.level}: ${code(resourceName(change))}${where}: ${prose(change.message, 700)}`;
}

function firstOfEachRule(findings: readonly DiffFinding[]): readonly DiffFinding[] {
  return [...groupedBy(findings, ({ rule }) => rule).values()].flatMap(([first]) => first ?? []);
}

function repairItem({ rule, message, fix }: DiffFinding): string {
  return `- ${code(rule)}: ${prose(message, 700)}. Fix: ${prose(fix, 700)}`;
}

function acceptedItem(finding: DiffFinding): string {
  const accepted = acceptedAs(finding);
  return `${findingItem(finding)}${accepted === undefined ? '' : `, ${accepted.how}: ${prose(accepted.why, 500)}`}`;
}

function findingItem(finding: DiffFinding): string {
  return `- ${finding.level}: ${code(finding.rule)} on ${code(resourceName(finding))}`;
}

function caveats({ notJudged, packs }: DiffReport): readonly string[] {
  return [
    ...notJudged.map(({ template, why }) => `not judged: ${code(template, 200)}: ${prose(why, 300)}`),
    ...settingsOf(packs).map(([name, text]) => `${name}: ${prose(text, 500)}`),
  ];
}
