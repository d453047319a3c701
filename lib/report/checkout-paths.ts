import { posix } from 'node:path';
import type { Place } from './place';
import type { Repair } from './repair';
import type { CheckReport } from './report';

/** What stands somewhere. */
interface Placed {
  readonly source?: Place;
  readonly template?: Place;
  readonly repair?: Repair;
}

/**
 * The same report with paths relative to the root of the checkout, as services that know repositories read them: a check
 * of one app of several runs in that app's folder.
 *
 * @param below the folder that the check ran in, relative to that root
 */
export function reportFromRoot(report: CheckReport, below: string): CheckReport {
  if (below === '') return report;
  return {
    ...report,
    targets: report.targets.map((target) => ({
      ...target,
      target: pathFromRoot(target.target, below),
      findings: target.findings.map((finding) => placedFromRoot(finding, below)),
    })),
  };
}

/** The same with the path of each place relative to the root of the checkout. */
export function placedFromRoot<T extends Placed>(placed: T, below: string): T {
  const from = <P extends { readonly file: string }>(given: P): P => ({
    ...given,
    file: pathFromRoot(given.file, below),
  });
  const { source, template, repair } = placed;
  return {
    ...placed,
    ...(source && { source: from(source) }),
    ...(template && { template: from(template) }),
    ...(repair && { repair: { ...repair, edits: repair.edits.map(from) } }),
  };
}

function pathFromRoot(file: string, below: string): string {
  return posix.isAbsolute(file) || /^[A-Za-z]:\//.test(file) ? file : posix.join(below, file);
}
