import { LEVELS, type Level, type PackRule } from '../packs/pack';
import { strictest } from '../packs/together';
import type { Profile } from './profiles';

/**
 * Rows at the levels of a profile.
 *
 * What tightens takes the graver of two levels, so that a table cannot loosen by mistake. What loosens does so to
 * violations alone: a value that the template hides may be plaintext, and stays what it is.
 */
export function atLevelsOf({ tightens, loosens }: Profile, rows: readonly PackRule[]): readonly PackRule[] {
  const graver = new Map(tightens.flatMap(({ rules, level }) => rules.map((id) => [id, level] as const)));
  return rows.map((row) => {
    const { id } = row.rule;
    const least = graver.get(id);
    if (least !== undefined) return tightened(row, least);
    return loosens?.rules.includes(id) === true ? loosened(row, loosens.level) : row;
  });
}

function tightened(row: PackRule, least: Level): PackRule {
  return { ...row, level: strictest([row.level, least]), unknown: strictest([row.unknown, least]) };
}

function loosened(row: PackRule, most: Level): PackRule {
  return LEVELS.indexOf(row.level) < LEVELS.indexOf(most) ? { ...row, level: most } : row;
}
