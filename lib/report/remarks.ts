import { knownNote } from './known-note';
import type { CheckReport, TargetReport } from './report';
import { settingsOf } from './settings';

/** What a reader must know to weigh that something was not found. */
export interface Remark {
  readonly name: string;
  /** Hostile like everything of a template. */
  readonly text: string;
  /** Whether something was not looked at that could have been. */
  readonly isGap: boolean;
}

/** What was not judged in an app, which lines are told, and under which settings it was judged. */
export function remarksOn({ notJudged, lines, packs }: TargetReport): Remark[] {
  return [
    ...notJudged.map(({ template, why }) => remark('not judged', `${template}: ${why}`, true)),
    ...settingsOf(packs).map(([name, text]) => remark(name, text, name === 'not run')),
    ...(lines?.why === undefined ? [] : [remark('lines', `those of templates: ${lines.why}`)]),
  ];
}

/** What concerns all apps: the file that settings were read from, and that of known findings. */
export function remarksOnAll(report: CheckReport): Remark[] {
  const known = knownNote(report);
  return [
    ...(report.configuration === undefined ? [] : [remark('settings', `those of ${report.configuration}`)]),
    ...(known === undefined ? [] : [remark('known file', known)]),
  ];
}

function remark(name: string, text: string, isGap = false): Remark {
  return { name, text, isGap };
}
