import { parseSettings, type RuleSettings } from '../../../lib/judge/profiles';

/** A day, so that what ends does not break tests on another. */
export const NOW = new Date('2026-11-22T12:00:00Z');

/** Settings as they are read on that day. */
export function settingsOf(given: unknown): RuleSettings {
  return parseSettings(given, { where: 'settings.json', now: () => NOW });
}

/** What is wrong with settings, line by line. */
export function mistakesIn(given: unknown): readonly string[] {
  try {
    settingsOf(given);
  } catch (error) {
    return error instanceof Error ? error.message.split('\n') : ['not an error'];
  }
  return [];
}

/** A rule that is switched off as it must be. */
export const OFF = {
  rule: 'LogRetentionEnds',
  owner: 'team-web',
  reason: 'The archive erases entries after ten days.',
  until: '2027-01-31',
};

/** Terms of `legacy-clients` as they must be. */
export const TERMS = {
  owner: 'team-web',
  approvedBy: 'ciso',
  reason: 'Terminals of the warehouse speak TLS 1.0 until they are replaced.',
  compensatingControl: 'Only the addresses of the warehouse are let in.',
  until: '2027-01-31',
};
