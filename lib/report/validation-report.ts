import { visible } from './escape';
import { hanging } from './phrase';
import { PLAIN, type Style } from './style';

/** A finding of CDK's validation report, as far as this reads it. */
interface Violation {
  readonly ruleName: string;
  readonly description: string;
  readonly severity?: string;
  readonly suggestedFix?: string;
  readonly violatingConstructs: readonly {
    readonly constructPath?: string;
    readonly stackTraces?: readonly (readonly string[])[];
  }[];
}

interface PluginReport {
  readonly pluginName: string;
  readonly conclusion: string;
  readonly metadata?: Readonly<Record<string, string>>;
  readonly violations: readonly Violation[];
  readonly suppressedViolations?: readonly Violation[];
}

/** What CDK writes to `cdk.out/validation-report.json`: the findings of every pack, cdk-nag's too. */
export interface ValidationReport {
  readonly pluginReports: readonly PluginReport[];
}

/** What a reader of the report must do: nothing, repair findings, or find out why a pack could not run. */
export type Conclusion = 'clean' | 'findings' | 'failed';

const WIDTH = 110;

/** How the validation of all packs ended. A pack that threw is a failure, though CDK calls it a finding of none. */
export function conclusionOf({ pluginReports }: ValidationReport): Conclusion {
  if (pluginReports.some(({ metadata }) => metadata?.error !== undefined)) return 'failed';
  return pluginReports.some(({ conclusion }) => conclusion !== 'success') ? 'findings' : 'clean';
}

/** The findings of all packs that nobody accepted, gravest first, each with its source line and fix. */
export function renderFindings({ pluginReports }: ValidationReport, style: Style = PLAIN): string {
  const findings = pluginReports.flatMap(({ violations }) => violations);
  const failures = pluginReports.flatMap(({ pluginName, metadata }) =>
    metadata?.error === undefined ? [] : [`fatal  ${visible(pluginName)} failed: ${visible(metadata.error)}`],
  );
  const rank = (finding: Violation) => LEVELS.indexOf(levelOf(finding));
  const lines = [...findings].sort((a, b) => rank(a) - rank(b)).flatMap((finding) => linesOf(finding, style));
  const all = [...failures, ...lines];
  return all.length === 0 ? '' : `${all.join('\n')}\n`;
}

/**
 * What each pack found, in one sentence: `TransmissionChecks none, 1 suppressed; AwsSolutions 2`.
 *
 * @param registered the packs that ran: one that found nothing at all does not stand in CDK's report
 */
export function packsText(registered: readonly string[], { pluginReports }: ValidationReport): string {
  const names = [...new Set([...registered, ...pluginReports.map(({ pluginName }) => pluginName)])];
  return names
    .map((name) => {
      const report = pluginReports.find(({ pluginName }) => pluginName === name);
      if (report?.metadata?.error !== undefined) return `${visible(name)} failed`;
      const open = placesOf(report?.violations);
      const suppressed = placesOf(report?.suppressedViolations);
      return `${visible(name)} ${open || 'none'}${suppressed === 0 ? '' : `, ${suppressed} suppressed`}`;
    })
    .join('; ');
}

function placesOf(violations: readonly Violation[] = []): number {
  return violations.flatMap(({ violatingConstructs }) => violatingConstructs).length;
}

const LEVELS = ['fatal', 'error', 'warning', 'info'] as const;

function levelOf({ severity }: Violation): (typeof LEVELS)[number] {
  return LEVELS.find((level) => level === severity) ?? 'error';
}

function linesOf(finding: Violation, style: Style): string[] {
  const level = levelOf(finding);
  return finding.violatingConstructs.flatMap(({ constructPath = '', stackTraces }) => {
    const place = sourceOf(stackTraces);
    const where = [place, constructPath].filter((part) => part !== undefined && part !== '').join('  ');
    return [
      `${style.level(level, level)}  ${visible(finding.ruleName)}  ${style.faint(visible(where))}`,
      ...hanging('  ', visible(finding.description, 1000), WIDTH),
      ...(finding.suggestedFix === undefined
        ? []
        : hanging('  fix: ', visible(finding.suggestedFix, 1000), WIDTH)),
    ];
  });
}

/** The nearest place in code that is neither a package's nor Node's own. */
function sourceOf(traces: readonly (readonly string[])[] = []): string | undefined {
  for (const frame of traces.flat()) {
    const place = /\(?((?:[A-Za-z]:)?[^\s()]+:\d+:\d+)\)?$/.exec(String(frame))?.[1];
    if (place !== undefined && !place.includes('node_modules') && !place.startsWith('node:')) return place;
  }
  return undefined;
}
