import { jsonText, sarifText, visible } from './escape';
import { counted } from './phrase';
import { type Remark, remarksOn, remarksOnAll } from './remarks';
import { type CheckReport, isOpen, type TargetReport } from './report';
import { mostGrave, type SarifPart, withinLimits } from './sarif-limits';
import { resultOf } from './sarif-result';
import { ruleDescriptor, rulesOf } from './sarif-rule';

/** What a result of SARIF is in comparison with the run before (2.1.0, 3.27.24). */
export type BaselineState = 'new' | 'unchanged' | 'absent';

/** What a service is told besides the report. */
export interface SarifOptions {
  /** What sets apart runs on the same target, such as the stage. */
  readonly category?: string;
  /** Leaves out what does not count, for services that show it as open all the same. */
  readonly quiet?: boolean;
  /** What a result is in comparison with another run, by its fingerprint. @default - there is no comparison */
  readonly baselineStates?: ReadonlyMap<string, BaselineState>;
}

/** A report in SARIF 2.1.0, one run for each app: what code scanning services read. */
export function renderSarif(report: CheckReport, options: SarifOptions = {}): string {
  return withinLimits(report.targets, ({ targets, most, notes }) =>
    jsonText({
      $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
      version: '2.1.0',
      // What concerns the file as a whole stands at its first run.
      runs: targets.map((target, i) =>
        runOf(target, report, options, {
          most,
          ...(i === 0 ? { notes, remarks: remarksOnAll(report) } : NONE),
        }),
      ),
    }),
  );
}

interface RunPart extends Pick<SarifPart, 'most' | 'notes'> {
  readonly remarks: readonly Remark[];
}

const NONE: Omit<RunPart, 'most'> = { notes: [], remarks: [] };

function runOf(
  target: TargetReport,
  { tool, exitCode }: CheckReport,
  { category, quiet = false, baselineStates }: SarifOptions,
  { most, notes, remarks }: RunPart,
) {
  const { packs, resources, counts } = target;
  const rules = rulesOf(target);
  const indexes = new Map(rules.map(({ id }, i) => [id, i]));
  const open = quiet ? target.findings.filter(isOpen) : target.findings;
  const { findings, notes: leftOut } = mostGrave(open, most);
  const accepted = target.findings.length - open.length;
  const allNotes = [
    ...notes,
    ...leftOut,
    ...(accepted === 0 ? [] : [`left out since they do not count: ${counted(accepted, 'accepted finding')}`]),
  ];
  return {
    tool: {
      driver: {
        name: tool.name,
        semanticVersion: tool.version,
        rules: rules.map(ruleDescriptor),
      },
    },
    automationDetails: { id: automationId(target, category) },
    invocations: [
      {
        executionSuccessful: target.findings.every(({ verdict }) => verdict !== 'failed'),
        exitCode,
        toolExecutionNotifications: [
          ...allNotes.map((text) => notification('warning', text)),
          ...notJudgedTypes(target),
          ...[...remarksOn(target), ...remarks].map(({ name, text, isGap }) =>
            notification(isGap ? 'warning' : 'note', `${name}: ${text}`),
          ),
        ],
      },
    ],
    columnKind: 'utf16CodeUnits',
    results: findings.map((finding) => ({
      ...resultOf(finding, indexes.get(finding.rule)),
      ...(baselineStates && { baselineState: baselineStates.get(finding.fingerprint) ?? 'new' }),
    })),
    properties: {
      target: target.target,
      counts,
      resources: { total: resources.total, judged: resources.judged, irrelevant: resources.irrelevant },
      rules: packs.flatMap((pack) =>
        pack.rules.map(({ id, compliant, violations, unknown }) => ({
          pack: pack.name,
          id,
          compliant,
          violations,
          unknown,
        })),
      ),
    },
  };
}

/** A slash at the end makes the whole of it a category, which is the same in every run. */
function automationId({ target, packs }: TargetReport, category: string | undefined): string {
  const parts = ['secure-transmission', packs.map(({ name }) => name).join('+'), target];
  return visible(`${[...parts, ...(category === undefined ? [] : [category])].join('/')}/`, 1000);
}

/** What was not judged is said aloud: silence would be taken for a pass. */
function notJudgedTypes({ resources }: TargetReport) {
  return resources.notJudged.map(({ type, count, why }) =>
    notification('note', `not judged: ${count} of ${type}: ${why}`),
  );
}

function notification(level: 'warning' | 'note', text: string) {
  return { level, message: { text: sarifText(text) } };
}
