import { groupedBy } from '../../core/grouped-by';
import { type JudgeOptions, judge } from '../judge';
import type { Finding, Judgement } from '../judgement';
import { withReferences } from '../rules/original';
import type { App } from '../template';
import { LEVELS, type Level, type Pack, type PackRule } from './pack';
import { joinedReferences } from './regulation';

/**
 * Judges an app by several packs, and says each fault once.
 *
 * The first pack that has a rule tells what it finds, at the strictest level of all that have it; the ids of every
 * control that the rule speaks for stand in the finding anyway.
 */
export function judgeTogether(
  app: App,
  packs: readonly Pack[],
  options: JudgeOptions = {},
): readonly Judgement[] {
  const strict = strictestBy(rowsByRule(packs));
  const told = new Set<string>();
  return packs.map((pack) => {
    const judgement = judge(app, pack, options);
    const findings = judgement.findings.filter(({ rule }) => !told.has(rule.id)).map(strict);
    // Those that every pack adds by itself, as that a resource could not be judged, are among them.
    for (const { rule } of judgement.rules) told.add(rule.id);
    return { ...judgement, findings };
  });
}

/** The rows of some packs, by id of their rule. */
export function rowsByRule(packs: Iterable<Pack>): ReadonlyMap<string, readonly PackRule[]> {
  const rows = [...packs].flatMap(({ rules }) => rules);
  return groupedBy(rows, ({ rule }) => rule.id);
}

/**
 * Puts findings at the strictest level that any row with their rule gives them, with the requirements that any of them
 * attaches to the rule.
 */
export function strictestBy(rows: ReadonlyMap<string, readonly PackRule[]>): (finding: Finding) => Finding {
  // Findings are many, and their rules few: all that one rule finds gets the same.
  const known = new Map<PackRule['rule'], PackRule>();
  return (finding) => {
    const joined = known.get(finding.rule) ?? joinedRow(finding.rule, rows.get(finding.rule.id) ?? []);
    known.set(finding.rule, joined);
    const { rule } = joined;
    const { verdict, level: own } = finding;
    const level =
      verdict === 'failed' ? own : strictest([own, verdict === 'unknown' ? joined.unknown : joined.level]);
    return rule === finding.rule && level === own ? finding : { ...finding, rule, level };
  };
}

/** One row for all of a rule: `info`, the lightest level, where there is none. */
function joinedRow(rule: PackRule['rule'], rows: readonly PackRule[]): PackRule {
  const references = joinedReferences([rule.references, ...rows.map((row) => row.rule.references)]);
  return {
    rule: references === rule.references ? rule : withReferences(rule, references),
    level: strictest(rows.map(({ level }) => level)),
    unknown: strictest(rows.map(({ unknown }) => unknown)),
  };
}

/** The gravest of some levels. */
export function strictest(levels: readonly Level[]): Level {
  return LEVELS.find((level) => levels.includes(level)) ?? 'info';
}
