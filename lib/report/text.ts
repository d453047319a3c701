import { groupedBy } from '../core/grouped-by';
import { LEVELS } from '../judge/packs/pack';
import { acceptedAs } from './accepted';
import { visible } from './escape';
import { knownLines } from './known/text';
import { counted, firstOf, hanging } from './phrase';
import type { Place } from './place';
import { type CheckReport, type Counts, countsAt, isOpen, type TargetReport } from './report';
import { settingsOf } from './settings';
import { PLAIN, type Style } from './style';
import { type FindingView, placesOf, resourceName } from './view';

const WIDTH = 110;
const MARGIN = '      ';

/** How the text is printed. */
export interface TextOptions {
  /** @default PLAIN */
  readonly style?: Style;
  /** Prints only the findings that fail the check; nothing where there are none. */
  readonly quiet?: boolean;
}

/** A report for people: what is wrong and where, then what was looked at and what was not. */
export function renderText(report: CheckReport, { style = PLAIN, quiet = false }: TextOptions = {}): string {
  const isShown = (finding: FindingView) => isOpen(finding) && (!quiet || countsAt(finding, report.failOn));
  const blocks = report.targets.flatMap((target) => {
    const findings = findingsByStack(target.findings.filter(isShown), style);
    if (quiet) return findings;
    const title = report.targets.length > 1 ? [[style.bold(visible(target.target))]] : [];
    return [...title, ...findings, summary(target)];
  });
  if (!quiet && report.known !== undefined) blocks.push(knownLines(report.known, report.counts.known));
  if (!quiet) blocks.push([...readFrom(report), colouredOutcome(report, style)]);
  return blocks.length === 0 ? '' : `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

/** A file that nobody named decides as well. */
function readFrom({ configuration }: CheckReport): string[] {
  return configuration === undefined ? [] : row('settings', `those of ${visible(configuration)}`);
}

/**
 * Findings below their stack and resource; what a rule asks for is told at its first finding. A repair is not: the text is
 * the same whether or not another form is written, for which repairs are looked for.
 */
export function findingsByStack(findings: readonly FindingView[], style: Style): string[][] {
  const explained = new Map<string, FindingView>();
  for (const finding of findings) if (!explained.has(finding.rule)) explained.set(finding.rule, finding);
  const fixOf = (finding: FindingView) => {
    const before = explained.get(finding.rule);
    return before === undefined || before === finding ? finding.fix : `as for ${resourceName(before)}`;
  };
  return [...groupedBy(findings, ({ stack }) => stack)].flatMap(([stack, ofStack]) =>
    [...groupedBy(ofStack, resourceName)].map(([resource, ofResource], i) => [
      ...(i === 0 ? [style.bold(visible(stack))] : []),
      `  ${style.bold(visible(resource))}  ${style.faint(visible(ofResource[0]?.type ?? ''))}`,
      ...ofResource.flatMap((finding) => findingLines(finding, fixOf(finding), style)),
    ]),
  );
}

function findingLines(finding: FindingView, fix: string, style: Style): string[] {
  const { level, rule, message, counterexample } = finding;
  const at = placesOf(finding).map(placeText);
  return [
    `    ${style.level(level, level)}  ${rule}`,
    ...hanging(MARGIN, visible(message, 1000), WIDTH),
    ...(counterexample === undefined ? [] : hanging(`${MARGIN}so:  `, visible(counterexample, 1000), WIDTH)),
    ...hanging(`${MARGIN}fix: `, visible(fix, 1000), WIDTH),
    ...(at.length === 0 ? [] : [style.faint(`${MARGIN}at:  ${at.join(', in ')}`)]),
  ];
}

/** `lib/shop.ts:12:5`, in which nothing is hidden. */
export function placeText({ file, line, column }: Place): string {
  return [visible(file), line, column].filter((part) => part !== undefined).join(':');
}

function summary(target: TargetReport): string[] {
  const { findings, packs, resources, notJudged } = target;
  const rules = packs.flatMap((pack) => pack.rules);
  const sum = (key: 'compliant' | 'violations' | 'unknown') =>
    rules.reduce((total, rule) => total + rule[key], 0);
  const held = `${counted(sum('compliant'), 'check')} held, ${sum('violations')} did not, ${sum('unknown')} cannot be told`;
  const by = packs.map(({ name, rules: ran }) => `${counted(ran.length, 'rule')} of ${name}`).join(' and ');
  const { total, judged, irrelevant } = resources;
  return [
    ...row('findings', countsText(target.counts)),
    ...findings.flatMap(acceptedRow),
    ...row('judged', `${judged} of ${counted(total, 'resource')} by ${by}: ${held}`),
    ...row('no need', irrelevant === 0 ? '' : `${irrelevant} are of no concern here`),
    ...row('not judged', firstOf(resources.notJudged.map(notJudgedText), 8, '; ')),
    ...notJudged.flatMap(({ template, why }) => row('not judged', `${visible(template)}: ${visible(why)}`)),
    ...row('lines', target.lines?.why === undefined ? '' : `those of templates: ${target.lines.why}`),
    ...settingsOf(packs).flatMap(([name, text]) => row(name, visible(text, 1500))),
  ];
}

function acceptedRow(finding: FindingView): string[] {
  const accepted = acceptedAs(finding);
  if (accepted === undefined) return [];
  const what = `${finding.level} ${finding.rule} on ${visible(resourceName(finding))}`;
  return row(accepted.how, `${what}: ${visible(accepted.why, 1000)}`);
}

function row(name: string, text: string): string[] {
  return text === '' ? [] : hanging(name.padEnd(12), text, WIDTH);
}

function notJudgedText({ type, count, why }: { type: string; count: number; why: string }): string {
  return `${visible(type)} ${count} (${visible(why)})`;
}

/** `2 errors, 1 warning; 1 suppressed`; what there is none of is left out. */
export function countsText(counts: Counts): string {
  const found = LEVELS.flatMap((level) =>
    counts[level] === 0
      ? []
      : [level === 'info' ? `${counts.info} info` : counted(counts[level], level, PLURALS[level])],
  );
  const open = found.length === 0 ? 'none' : found.join(', ');
  const accepted = (['suppressed', 'known'] as const).flatMap((key) =>
    counts[key] === 0 ? [] : [`${counts[key]} ${key}`],
  );
  return accepted.length === 0 ? open : `${open}; ${accepted.join(', ')}`;
}

const PLURALS = { fatal: 'fatal', error: 'errors', warning: 'warnings' };

function colouredOutcome(report: CheckReport, style: Style): string {
  const text = outcomeText(report);
  if (report.exitCode === 0) return text;
  return style.level(report.exitCode === 3 ? 'fatal' : 'error', text);
}

/** What a check ended with, in one sentence. */
export function outcomeText({ targets, failOn, exitCode }: CheckReport): string {
  const findings = targets.flatMap((target) => target.findings);
  const failed = findings.filter(({ verdict }) => verdict === 'failed').length;
  if (failed > 0) return `failed: ${counted(failed, 'check')} could not run`;
  const grave = findings.filter((finding) => countsAt(finding, failOn)).length;
  return exitCode === 0
    ? `passed: nothing at level ${failOn} or above`
    : `failed: ${counted(grave, 'finding')} at level ${failOn} or above`;
}
