import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, type AppProps, type IPolicyValidationPlugin, Validations } from 'aws-cdk-lib';

/** A finding of CDK's validation report, as far as tests look at it. */
export interface ReportedFinding {
  readonly pack: string;
  readonly rule: string;
  readonly severity: string;
  readonly description: string;
  readonly fix: string | undefined;
  readonly metadata: Readonly<Record<string, string>>;
  readonly constructPath: string;
  readonly logicalId: string;
  readonly template: string;
  readonly properties: readonly string[];
  /** Every user line of every stack trace, `file.ts:line`, the first of each trace first. */
  readonly traces: readonly (readonly string[])[];
}

interface Report {
  readonly pluginReports: readonly {
    readonly pluginName: string;
    readonly pluginVersion?: string;
    readonly conclusion: string;
    readonly metadata?: Readonly<Record<string, string>>;
    readonly violations: readonly ReportedViolation[];
    readonly suppressedViolations?: readonly (ReportedViolation & {
      readonly reason: string;
      readonly acknowledgedId: string;
    })[];
  }[];
}

interface ReportedViolation {
  readonly ruleName: string;
  readonly description: string;
  readonly severity: string;
  readonly suggestedFix?: string;
  readonly ruleMetadata?: Readonly<Record<string, string>>;
  readonly violatingConstructs: readonly {
    readonly constructPath?: string;
    readonly cloudFormationResource?: {
      readonly templatePath: string;
      readonly logicalId: string;
      readonly propertyPaths: readonly string[];
    };
    readonly stackTraces?: readonly (readonly string[] | string)[];
  }[];
}

/** Synthesises with packs as the CDK command line does, which leaves failing to its reader, and reads the report. */
export function synthesised(
  build: (app: App) => void,
  register: (app: App) => readonly IPolicyValidationPlugin[],
  props: AppProps = {},
): { readonly report: Report; readonly findings: readonly ReportedFinding[]; readonly outdir: string } {
  const { context, ...rest } = props;
  const app = new App({
    analyticsReporting: false,
    ...rest,
    context: {
      '@aws-cdk/core:failSynthOnValidationErrors': false,
      'aws:cdk:enable-path-metadata': true,
      'aws:cdk:enable-asset-metadata': true,
      ...context,
    },
  });
  build(app);
  const plugins = register(app);
  if (plugins.length > 0) Validations.of(app).addPlugins(...plugins);
  const { directory } = app.synth();
  const report = JSON.parse(readFileSync(join(directory, 'validation-report.json'), 'utf8')) as Report;
  return { report, findings: findingsOf(report), outdir: directory };
}

/** The findings of a report, one for each construct. */
export function findingsOf(report: Report): ReportedFinding[] {
  return report.pluginReports.flatMap(({ pluginName, violations }) =>
    violations.flatMap((violation) =>
      violation.violatingConstructs.map(
        ({ constructPath = '', cloudFormationResource, stackTraces = [] }) => ({
          pack: pluginName,
          rule: violation.ruleName,
          severity: violation.severity,
          description: violation.description,
          fix: violation.suggestedFix,
          metadata: violation.ruleMetadata ?? {},
          constructPath,
          logicalId: cloudFormationResource?.logicalId ?? '',
          template: cloudFormationResource?.templatePath ?? '',
          properties: cloudFormationResource?.propertyPaths ?? [],
          traces: stackTraces.map(linesOf),
        }),
      ),
    ),
  );
}

/** The places in a trace that are files of ours, `file.ts:line`. */
function linesOf(trace: readonly string[] | string): string[] {
  const frames = typeof trace === 'string' ? trace.split('\n') : trace;
  return frames.flatMap((frame) => {
    const place = /([^/\\() ]+\.ts):(\d+):\d+/.exec(frame);
    return place === null ? [] : [`${place[1]}:${place[2]}`];
  });
}
