import { byCodeUnit } from '../../../core/order';
import type { TlsPolicy } from '../../../core/tls';
import type { RuleSettings, SwitchedOff } from '../../../judge/profiles';
import type { ExemptionChange } from '../diff-report';
import { differing } from './fields';

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
    ...parameterChanges(base.settings, head.settings),
    ...tlsPolicyChanges(base.tlsPolicies, head.tlsPolicies),
    ...recordChanges(base.others ?? {}, head.others ?? {}),
  ];
}

function switchedOffChanges(base: readonly SwitchedOff[], head: readonly SwitchedOff[]): ExemptionChange[] {
  const keyOf = ({ pack, id }: SwitchedOff) => (pack === undefined ? id : `${pack}-${id}`);
  const before = new Map(base.map((each) => [keyOf(each), each]));
  const after = new Map(head.map((each) => [keyOf(each), each]));
  const aboutOf = (key: string, { owner, reason }: SwitchedOff) =>
    ({ kind: 'switched-off rule', about: key, owner, reason }) as const;
  const changes: ExemptionChange[] = [];
  for (const [key, now] of after) {
    const then = before.get(key);
    if (then === undefined) {
      changes.push({ ...aboutOf(key, now), change: 'added', after: `until ${now.until}`, fails: true });
      continue;
    }
    const textsOf = ({ owner, reason, until }: SwitchedOff) => ({ until, owner, reason });
    const difference = differing(textsOf(then), textsOf(now));
    if (difference === undefined) continue;
    const isWidened = byCodeUnit(now.until, then.until) > 0;
    changes.push({
      ...aboutOf(key, now),
      change: isWidened ? 'widened' : 'changed',
      ...difference,
      fails: isWidened,
    });
  }
  for (const [key, then] of before) {
    if (!after.has(key)) changes.push({ ...aboutOf(key, then), change: 'removed', fails: false });
  }
  return changes;
}

function parameterChanges(
  { parameters: base }: RuleSettings,
  { parameters: head }: RuleSettings,
): ExemptionChange[] {
  const before: Readonly<Record<string, unknown>> = { ...base };
  const after: Readonly<Record<string, unknown>> = { ...head };
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort(byCodeUnit);
  return keys.flatMap((key) => different(`parameters.${key}`, before[key], after[key]));
}

function tlsPolicyChanges(base: readonly TlsPolicy[], head: readonly TlsPolicy[]): ExemptionChange[] {
  const keyOf = ({ service, name }: TlsPolicy) => `tlsPolicies ${service} ${name}`;
  const before = new Map(base.map((policy) => [keyOf(policy), policy]));
  const after = new Map(head.map((policy) => [keyOf(policy), policy]));
  return [...new Set([...before.keys(), ...after.keys()])]
    .sort(byCodeUnit)
    .flatMap((key) => different(key, before.get(key), after.get(key)));
}

function recordChanges(
  base: Readonly<Record<string, string>>,
  head: Readonly<Record<string, string>>,
): ExemptionChange[] {
  const keys = [...new Set([...Object.keys(base), ...Object.keys(head)])].sort(byCodeUnit);
  return keys.flatMap((key) => different(key, base[key], head[key]));
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
