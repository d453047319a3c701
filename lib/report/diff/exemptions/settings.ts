import { byCodeUnit } from '../../../core/order';
import type { TlsPolicy } from '../../../core/tls';
import type { RuleSettings, SwitchedOff } from '../../../judge/profiles';
import type { ExemptionChange } from '../diff-report';
import { changesBetween } from './fields';

/** The settings of one side, as far as they decide what is found. */
export interface SideSettings {
  readonly settings: RuleSettings;
  readonly tlsPolicies: readonly TlsPolicy[];
  /** What else the configuration decides, by name: the level that fails, the packs. */
  readonly others?: Readonly<Record<string, string>>;
}

/**
 * Settings that differ. Whether a profile, a parameter or a TLS policy of one's own finds less cannot be told in general:
 * each of them has to be looked at.
 */
export function settingChanges(base: SideSettings, head: SideSettings): readonly ExemptionChange[] {
  return [
    ...switchedOffChanges(base.settings.switchedOff, head.settings.switchedOff),
    ...different('profile', base.settings.profile, head.settings.profile),
    ...different('legacyClients', base.settings.legacyClients, head.settings.legacyClients),
    ...different('rulesAsOf', base.settings.rulesAsOf, head.settings.rulesAsOf),
    ...recordChanges({ ...base.settings.parameters }, { ...head.settings.parameters }, 'parameters.'),
    ...recordChanges(byName(base.tlsPolicies), byName(head.tlsPolicies), 'tlsPolicies '),
    ...recordChanges(base.others ?? {}, head.others ?? {}),
  ];
}

function switchedOffChanges(base: readonly SwitchedOff[], head: readonly SwitchedOff[]): ExemptionChange[] {
  const keyOf = ({ pack, id }: SwitchedOff) => (pack === undefined ? id : `${pack}-${id}`);
  const byKey = (all: readonly SwitchedOff[]) => new Map(all.map((each) => [keyOf(each), each]));
  return changesBetween(byKey(base), byKey(head), {
    aboutOf: (each) => {
      const { owner, reason } = each;
      return { kind: 'switched-off rule', about: keyOf(each), owner, reason };
    },
    untilOf: ({ until }) => until,
    fieldsOf: ({ owner, reason, until }) => ({ until, owner, reason }),
    isWidened: (then, now) => byCodeUnit(now.until, then.until) > 0,
    excuses: () => true,
  });
}

function byName(policies: readonly TlsPolicy[]): Readonly<Record<string, TlsPolicy>> {
  return Object.fromEntries(policies.map((policy) => [`${policy.service} ${policy.name}`, policy]));
}

function recordChanges(
  base: Readonly<Record<string, unknown>>,
  head: Readonly<Record<string, unknown>>,
  prefix = '',
): ExemptionChange[] {
  const keys = [...new Set([...Object.keys(base), ...Object.keys(head)])].sort(byCodeUnit);
  return keys.flatMap((key) => different(prefix + key, base[key], head[key]));
}

function different(about: string, before: unknown, after: unknown): ExemptionChange[] {
  const [then, now] = [textOf(before), textOf(after)];
  if (then === now) return [];
  const change = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
  return [{ kind: 'setting', about, change, before: then, after: now, fails: true }];
}

function textOf(value: unknown): string {
  if (value === undefined) return 'not given';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
