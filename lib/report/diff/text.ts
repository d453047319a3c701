import { acceptedAs } from '../accepted';
import { visible } from '../escape';
import { counted, hanging } from '../phrase';
import { countsAt, isAtLeast, isOpen } from '../report';
import { settingsOf } from '../settings';
import { PLAIN, type Style } from '../style';
import { countsText, findingsByStack, placeText, type TextOptions } from '../text';
import { placesOf, resourceName } from '../view';
import type { DiffFinding, DiffReport, ExemptionChange, TransmissionChange } from './diff-report';
import { diffOutcome, exemptionDetail, exemptionTitle } from './words';

const WIDTH = 110;

/** A comparison for people: what excuses faults first, then what is weaker, what is new, and what is not any more. */
export function renderDiffText(
  report: DiffReport,
  { style = PLAIN, quiet = false }: TextOptions = {},
): string {
  const of = (state: DiffFinding['state']) => report.findings.filter((finding) => finding.state === state);
  const fresh = of('new').filter(isOpen);
  const shown = quiet ? fresh.filter((finding) => countsAt(finding, report.failOn)) : fresh;
  const excused = report.exemptions.filter(({ fails }) => fails || !quiet);
  const weaker = report.weakened.filter((change) => !quiet || isAtLeast(change, report.failOn));
  const blocks: (readonly string[])[] = [
    ...section('exemptions since BASE', excused, exemptionLines, style),
    ...section('weaker than in BASE', weaker, (change) => weakenedLines(change, style), style),
    ...(shown.length === 0 ? [] : [[style.bold('new')], ...findingsByStack(shown, style)]),
  ];
  if (quiet) return textOf(blocks);
  const accepted = of('new').filter((finding) => !isOpen(finding));
  return textOf([
    ...blocks,
    ...section('new, and accepted', accepted, acceptedLines, style),
    ...section('fixed', of('fixed'), findingLine, style),
    summary(report),
    [colouredOutcome(report, style)],
  ]);
}

function textOf(blocks: readonly (readonly string[])[]): string {
  return blocks.length === 0 ? '' : `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function section<T>(
  title: string,
  items: readonly T[],
  linesOf: (item: T) => readonly string[],
  style: Style,
): readonly (readonly string[])[] {
  return items.length === 0 ? [] : [[style.bold(title), ...items.flatMap(linesOf)]];
}

function exemptionLines(change: ExemptionChange): readonly string[] {
  const detail = exemptionDetail(change);
  return [
    ...hanging(change.fails ? '  ! ' : '    ', visible(exemptionTitle(change), 1000), WIDTH),
    ...(detail === '' ? [] : hanging('      ', visible(detail, 2000), WIDTH)),
  ];
}

function weakenedLines(change: TransmissionChange, style: Style): readonly string[] {
  const { level, message, renamedFrom } = change;
  const at = placesOf(change).map(placeText);
  return [
    `  ${style.bold(visible(resourceName(change)))}  ${style.faint(visible(change.type))}`,
    ...hanging(`    ${style.level(level, level)}  `, visible(message, 1000), WIDTH),
    ...(renamedFrom === undefined ? [] : hanging('      was called ', visible(renamedFrom), WIDTH)),
    ...(at.length === 0 ? [] : [style.faint(`      at:  ${at.join(', in ')}`)]),
  ];
}

function findingLine(finding: DiffFinding): readonly string[] {
  const { level, rule } = finding;
  return hanging('  ', `${level}  ${rule} on ${visible(resourceName(finding))}`, WIDTH);
}

function acceptedLines(finding: DiffFinding): readonly string[] {
  const accepted = acceptedAs(finding);
  if (accepted === undefined) return [];
  return [
    ...findingLine(finding),
    ...hanging('      ', `${accepted.how}: ${visible(accepted.why, 1000)}`, WIDTH),
  ];
}

function summary({ base, head, counts, exemptionsFrom, notJudged, packs }: DiffReport): readonly string[] {
  const { fixed, unchanged, weakened, exemptions } = counts;
  const first = counts.exemptions === 0 ? 'none to look at first' : `${exemptions} to look at first`;
  return [
    ...row('compared', `${visible(base)} with ${visible(head)}`),
    ...row('new', countsText(counts.new)),
    ...row('fixed', String(fixed)),
    ...row('unchanged', String(unchanged)),
    ...row('weaker', counted(weakened, 'hop or store', 'hops or stores')),
    ...row('exemptions', exemptionsFrom === 'base' ? 'those of BASE only: new ones were left out' : first),
    ...notJudged.flatMap(({ template, why }) => row('not judged', `${visible(template)}: ${visible(why)}`)),
    ...settingsOf(packs).flatMap(([name, text]) => row(name, visible(text, 1500))),
  ];
}

function row(name: string, text: string): readonly string[] {
  return hanging(name.padEnd(12), text, WIDTH);
}

function colouredOutcome(report: DiffReport, style: Style): string {
  const text = diffOutcome(report);
  if (report.exitCode === 0) return text;
  return style.level(report.exitCode === 3 ? 'fatal' : 'error', text);
}
