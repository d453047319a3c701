import { type JudgeOptions, judge } from '../judge';
import type { Finding, Judgement } from '../judgement';
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
  const rows = rowsByRule(packs);
  const told = new Set<string>();
  return packs.map((pack) => {
    const judgement = judge(app, pack, options);
    const findings = judgement.findings
      .filter(({ rule }) => !told.has(rule.id))
      .map((finding) => atStrictest(finding, rows.get(finding.rule.id) ?? []));
    // Those that every pack adds by itself, as that a resource could not be judged, are among them.
    for (const { rule } of judgement.rules) told.add(rule.id);
    return { ...judgement, findings };
  });
}

/** The rows of some packs, by id of their rule. */
export function rowsByRule(packs: Iterable<Pack>): ReadonlyMap<string, readonly PackRule[]> {
  const rows = new Map<string, PackRule[]>();
  for (const { rules } of packs) {
    for (const row of rules) {
      const known = rows.get(row.rule.id);
      if (known === undefined) rows.set(row.rule.id, [row]);
      else known.push(row);
    }
  }
  return rows;
}

/**
 * A finding at the strictest level that any row with its rule gives it, and with the requirements that any of them
 * attaches to the rule.
 */
export function atStrictest(finding: Finding, rows: readonly PackRule[]): Finding {
  const references = joinedReferences([finding.rule.references, ...rows.map(({ rule }) => rule.references)]);
  const rule = references === finding.rule.references ? finding.rule : { ...finding.rule, references };
  if (finding.verdict === 'failed') return { ...finding, rule };
  const key = finding.verdict === 'unknown' ? 'unknown' : 'level';
  return { ...finding, rule, level: strictest([finding.level, ...rows.map((row) => row[key])]) };
}

/** The gravest of some levels. */
export function strictest(levels: readonly Level[]): Level {
  return LEVELS.find((level) => levels.includes(level)) ?? 'info';
}
