import { LEVELS, type Level } from '../judge/packs/pack';
import { gravestFirst } from './accepted';
import { visible } from './escape';
import { knownNote } from './known-note';
import { counted } from './phrase';
import { type CheckReport, isOpen } from './report';
import { countsText, outcomeText, placeText } from './text';
import { type FindingView, placesOf, resourceName } from './view';

type Command = 'error' | 'warning' | 'notice';

const COMMANDS: Readonly<Record<Level, Command>> = {
  fatal: 'error',
  error: 'error',
  warning: 'warning',
  info: 'notice',
};

/** GitHub shows so many annotations of a kind for a step, and drops the rest without a word. */
const MOST_OF_A_KIND = 10;

/**
 * A report as GitHub's workflow commands: annotations on the lines of a pull request, the gravest first.
 *
 * What GitHub would drop becomes one notice that counts it. Where nothing is open there is no annotation at all.
 */
export function renderGithub(report: CheckReport): string {
  const findings = gravestFirst(report.targets.flatMap((target) => target.findings));
  const open = findings.filter(isOpen);
  const ofKind = (kind: Command) => open.filter(({ level }) => COMMANDS[level] === kind);
  // One place among the notices is kept for the one that counts.
  const shown = [
    ...ofKind('error').slice(0, MOST_OF_A_KIND),
    ...ofKind('warning').slice(0, MOST_OF_A_KIND),
    ...ofKind('notice').slice(0, MOST_OF_A_KIND - 1),
  ];
  return [...shown.map(annotation), ...leftOut(open, shown), summary(report), ''].join('\n');
}

function annotation(finding: FindingView): string {
  const { level, rule, message, counterexample, fix, repair } = finding;
  const places = placesOf(finding);
  const [place] = places;
  const isInside = place !== undefined && !/^(\.\.(\/|$)|\/|[A-Za-z]:)/.test(place.file);
  const at = isInside && {
    file: visible(place.file, 1000),
    ...(place.line !== undefined && {
      line: String(place.line),
      endLine: String(place.line),
      ...(place.column !== undefined && { col: String(place.column) }),
    }),
  };
  const lines = [
    message,
    ...(counterexample === undefined ? [] : [`So: ${counterexample}`]),
    `Fix: ${repair?.about ?? fix}`,
    ...(places.length < (isInside ? 2 : 1)
      ? []
      : [
          `Also: ${places
            .slice(isInside ? 1 : 0)
            .map(placeText)
            .join(', ')}`,
        ]),
  ];
  return workflowCommand(
    COMMANDS[level],
    { ...at, title: visible(`${rule}: ${resourceName(finding)}`) },
    lines.map((line) => visible(line, 1000)).join('\n'),
  );
}

function leftOut(open: readonly FindingView[], shown: readonly FindingView[]): string[] {
  const seen = new Set(shown);
  const rest = open.filter((finding) => !seen.has(finding));
  if (rest.length === 0) return [];
  const byLevel = LEVELS.flatMap((level) => {
    const count = rest.filter((finding) => finding.level === level).length;
    return count === 0 ? [] : [`${count} ${level}`];
  });
  const are = rest.length === 1 ? 'is' : 'are';
  const text = `${counted(rest.length, 'further finding')} (${byLevel.join(', ')}) ${are} not shown as annotations, since GitHub shows ${MOST_OF_A_KIND} of a kind for a step. All of them stand in the report of any other format.`;
  return [workflowCommand('notice', { title: 'secure-transmission' }, text)];
}

/** A line of the log that is no command: what is accepted is counted, and bothers nobody. */
function summary(report: CheckReport): string {
  const unjudged = report.targets.flatMap(({ notJudged }) => notJudged);
  const and = unjudged.length === 0 ? '' : `; not judged: ${counted(unjudged.length, 'part')} of templates`;
  const known = knownNote(report);
  const file = known === undefined ? '' : `; known file: ${visible(known, 500)}`;
  return `secure-transmission: ${outcomeText(report)}; findings: ${countsText(report.counts)}${and}${file}`;
}

/**
 * A workflow command, escaped as actions/toolkit does it (packages/core/src/command.ts): the runner takes line breaks for
 * the end of a command, and in a property commas and colons for the end of its value.
 */
export function workflowCommand(
  command: Command,
  properties: Readonly<Record<string, string>>,
  message: string,
): string {
  const given = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(value)}`);
  return `::${command}${given.length === 0 ? '' : ` ${given.join(',')}`}::${escapeData(message)}`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
