import { LEVELS } from '../judge/packs/pack';
import { visible } from './escape';
import { counted, firstOf, hanging } from './phrase';
import type { Place } from './place';
import { type CheckReport, type Counts, countsAt, type TargetReport } from './report';
import { settingsOf } from './settings';
import { PLAIN, type Style } from './style';
import { type FindingView, placesOf, resourceName, type Suppression } from './view';

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
  const isShown = (finding: FindingView) =>
    finding.suppressed === undefined && (!quiet || countsAt(finding, report.failOn));
  const blocks = report.targets.flatMap((target) => {
    const findings = findingsByStack(target.findings.filter(isShown), style);
    if (quiet) return findings;
    const title = report.targets.length > 1 ? [[style.bold(visible(target.target))]] : [];
    return [...title, ...findings, summary(target)];
  });
  if (!quiet) blocks.push([outcome(report, style)]);
  return blocks.length === 0 ? '' : `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function findingsByStack(findings: readonly FindingView[], style: Style): string[][] {
  const explained = new Map<string, FindingView>();
  for (const finding of findings) if (!explained.has(finding.rule)) explained.set(finding.rule, finding);
  const fixOf = (finding: FindingView) => {
    const before = explained.get(finding.rule);
    return before === undefined || before === finding ? finding.fix : `as for ${resourceName(before)}`;
  };
  return groups(findings, ({ stack }) => stack).flatMap(([stack, ofStack]) =>
    groups(ofStack, resourceName).map(([resource, ofResource], i) => [
      ...(i === 0 ? [style.bold(visible(stack))] : []),
      `  ${style.bold(visible(resource))}  ${style.faint(visible(ofResource[0]?.type ?? ''))}`,
      ...ofResource.flatMap((finding) => findingLines(finding, fixOf(finding), style)),
    ]),
  );
}

function findingLines(finding: FindingView, fix: string, style: Style): string[] {
  const { level, rule, message } = finding;
  const at = placesOf(finding).map(placeText);
  return [
    `    ${style.level(level, level)}  ${rule}`,
    ...hanging(MARGIN, visible(message, 1000), WIDTH),
    ...hanging(`${MARGIN}fix: `, visible(fix, 1000), WIDTH),
    ...(at.length === 0 ? [] : [style.faint(`${MARGIN}at:  ${at.join(', in ')}`)]),
  ];
}

function placeText({ file, line, column }: Place): string {
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
    ...findings.flatMap((finding) => (finding.suppressed === undefined ? [] : suppressedRow(finding))),
    ...row('judged', `${judged} of ${counted(total, 'resource')} by ${by}: ${held}`),
    ...row('no need', irrelevant === 0 ? '' : `${irrelevant} are of no concern here`),
    ...row('not judged', firstOf(resources.notJudged.map(notJudgedText), 8, '; ')),
    ...notJudged.flatMap(({ template, why }) => row('not judged', `${visible(template)}: ${visible(why)}`)),
    ...settingsOf(packs).flatMap(([name, text]) => row(name, visible(text, 1500))),
  ];
}

function suppressedRow(finding: FindingView): string[] {
  const { level, rule, suppressed } = finding;
  const by = suppressed === undefined ? '' : answeredBy(suppressed);
  return row(
    'suppressed',
    `${level} ${rule} on ${visible(resourceName(finding))}: ${visible(suppressed?.reason ?? '', 500)}${by}`,
  );
}

/** ` (owner web-team, ticket SHOP-12, until 2027-01-31)`; an acknowledgement has neither owner nor end. */
function answeredBy({ owner, ticket, expires, approvedBy }: Suppression): string {
  const parts = [
    ['owner', owner],
    ['approved by', approvedBy],
    ['ticket', ticket],
    ['until', expires],
  ].flatMap(([what, value]) => (value === undefined ? [] : [`${what} ${visible(value)}`]));
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
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
  return counts.suppressed === 0 ? open : `${open}; ${counts.suppressed} suppressed`;
}

const PLURALS = { fatal: 'fatal', error: 'errors', warning: 'warnings' };

function outcome({ targets, failOn, exitCode }: CheckReport, style: Style): string {
  const findings = targets.flatMap((target) => target.findings);
  const failed = findings.filter(({ verdict }) => verdict === 'failed').length;
  if (failed > 0) return style.level('fatal', `failed: ${counted(failed, 'check')} could not run`);
  const grave = findings.filter((finding) => countsAt(finding, failOn)).length;
  return exitCode === 0
    ? `passed: nothing at level ${failOn} or above`
    : style.level('error', `failed: ${counted(grave, 'finding')} at level ${failOn} or above`);
}

/** Items in the order in which their keys first come. */
function groups<T>(items: readonly T[], keyOf: (item: T) => string): [string, T[]][] {
  const found = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = found.get(key);
    if (group === undefined) found.set(key, [item]);
    else group.push(item);
  }
  return [...found];
}
