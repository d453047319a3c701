import type { Finding } from '../../../lib/judge/judgement';
import { LEVELS } from '../../../lib/judge/packs/pack';
import { DEFAULT_CONSTRUCTS } from '.';
import { judgedStack } from './judged';

/** A construct, and what is found in what it makes by default. */
export interface MeasuredDefault {
  readonly name: string;
  readonly findings: readonly Finding[];
}

/** What the three packs find in each construct by default. */
export function measuredDefaults(): readonly MeasuredDefault[] {
  return DEFAULT_CONSTRUCTS.map(({ name, build }) => ({ name, findings: judgedStack(build).findings }));
}

/** A rule, and the constructs that fail it. */
export interface FailedRule {
  readonly finding: Finding;
  readonly constructs: readonly string[];
}

/** The rules that defaults fail: what most of them fail first, then the graver. */
export function failedRules(measured: readonly MeasuredDefault[]): readonly FailedRule[] {
  const failed = new Map<string, { finding: Finding; constructs: string[] }>();
  for (const { name, findings } of measured) {
    for (const finding of findings.filter(({ verdict }) => verdict === 'violation')) {
      const known = failed.get(finding.rule.id) ?? { finding, constructs: [] };
      failed.set(finding.rule.id, known);
      if (!known.constructs.includes(name)) known.constructs.push(name);
    }
  }
  return [...failed.values()].sort(
    (a, b) =>
      b.constructs.length - a.constructs.length ||
      LEVELS.indexOf(a.finding.level) - LEVELS.indexOf(b.finding.level) ||
      (a.finding.rule.id < b.finding.rule.id ? -1 : 1),
  );
}
