import { VERSION } from '../../core/version';
import { digest } from '../fingerprint';
import type { CheckReport, PackView, RuleView } from '../report';
import type { FindingView } from '../view';
import type { DiffFinding, DiffReport, ExemptionChange, TransmissionChange } from './diff-report';
import { exemptionDetail, exemptionTitle } from './words';

const PACK = 'Diff';

const EXEMPTION: RuleView = rule({
  id: 'ExemptionIsNotNew',
  title: 'a change brings no exemption',
  risk: 'One change could bring a fault together with what excuses it, and look as if nothing had happened.',
  fix: 'Have somebody else look at the exemption, in a change of its own; --exemptions-from base judges without it.',
});

const WEAKENED: RuleView = rule({
  id: 'TransmissionIsNotWeakened',
  title: 'a change weakens neither a hop nor a store',
  risk: 'What protects data less than before may be allowed, and still not be meant.',
  fix: 'Put back what was there, or say in the change why less will do.',
});

/**
 * A comparison as a check would tell it, for formats that know no comparison: exemptions that have to be looked at and what
 * got weaker are findings of rules of its own.
 *
 * @param findings which of its findings are told
 */
export function asCheckReport(report: DiffReport, findings: readonly DiffFinding[]): CheckReport {
  const { exemptions, weakened, packs, head, counts, failOn, exitCode, tool, notJudged } = report;
  const fresh = [
    ...exemptions.filter(({ fails }) => fails).map((change) => exemptionFinding(change, head)),
    ...weakened.map(weakenedFinding),
  ];
  const own: PackView = { name: PACK, rules: [EXEMPTION, WEAKENED], notRun: [] };
  return {
    tool,
    failOn,
    exitCode,
    counts: counts.new,
    targets: [
      {
        target: head,
        findings: [...fresh, ...findings.map(withoutState)],
        counts: counts.new,
        packs: [own, ...packs],
        resources: { total: 0, judged: 0, irrelevant: 0, notJudged: [] },
        notJudged,
        exemptions: [],
      },
    ],
  };
}

function rule({ id, title, risk, fix }: Pick<RuleView, 'id' | 'title' | 'risk' | 'fix'>): RuleView {
  const counts = { compliant: 0, violations: 0, unknown: 0 };
  return {
    id,
    title,
    risk,
    fix,
    level: 'error',
    references: {},
    resourceTypes: ['*'],
    since: VERSION,
    ...counts,
  };
}

function withoutState({ state: _, before: __, renamedFrom: ___, ...finding }: DiffFinding): FindingView {
  return finding;
}

function exemptionFinding(change: ExemptionChange, head: string): FindingView {
  const detail = exemptionDetail(change);
  const { kind, about } = change;
  return {
    ...findingOf(EXEMPTION, 'error'),
    message: [exemptionTitle(change), ...(detail === '' ? [] : [detail])].join('; '),
    stack: head,
    logicalId: about,
    type: kind,
    property: 'Properties',
    fingerprint: digest(['exemption', kind, change.change, about, change.after ?? '']),
  };
}

function weakenedFinding(change: TransmissionChange): FindingView {
  const { aspect: _, before, after, renamedFrom: __, ...rest } = change;
  return { ...findingOf(WEAKENED, change.level), ...rest, got: after, want: before };
}

function findingOf({ id, title, risk, fix }: RuleView, level: FindingView['level']) {
  return { pack: PACK, rule: id, level, verdict: 'violation', title, risk, fix, references: {} } as const;
}
