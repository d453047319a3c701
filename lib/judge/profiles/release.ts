import type { PackRule } from '../packs/pack';

/** The first release: nothing in it is new to anybody. */
export const FIRST = '0.1.0';

/** A version as three numbers; `undefined` for a text that is none. */
export function versionOf(text: string): readonly [major: number, minor: number, patch: number] | undefined {
  const [, major, minor, patch = '0'] = /^(\d{1,6})\.(\d{1,6})(?:\.(\d{1,6}))?$/.exec(text) ?? [];
  return major === undefined || minor === undefined
    ? undefined
    : [Number(major), Number(minor), Number(patch)];
}

/** Less than 0 where one version is older than another, 0 where both are the same; a text that is none is the newest. */
export function compareVersions(one: string, other: string): number {
  const [a, b] = [versionOf(one), versionOf(other)];
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}

/**
 * A row as a release has it: what is new or stricter is a warning at most for one minor release, so that an update stops no
 * release of anybody. `rulesAsOf` decides instead where it is given: what came after that version is a warning at most.
 *
 * @param version the version of this package
 */
export function asOf(row: PackRule, version: string, rulesAsOf?: string): PackRule {
  const { rule, stricterSince = rule.since } = row;
  const since = compareVersions(stricterSince, rule.since) > 0 ? stricterSince : rule.since;
  const isNew = rulesAsOf === undefined ? isOfMinor(since, version) : compareVersions(since, rulesAsOf) > 0;
  if (!isNew || (row.level !== 'error' && row.unknown !== 'error')) return row;
  const atMost = (level: PackRule['level']) => (level === 'error' ? 'warning' : level);
  return { ...row, level: atMost(row.level), unknown: atMost(row.unknown) };
}

/** Whether something came with the minor release that this is. */
function isOfMinor(since: string, version: string): boolean {
  const [of, now, first] = [since, version, FIRST].map((text) => versionOf(text)?.slice(0, 2).join('.'));
  return of === now && of !== first;
}
