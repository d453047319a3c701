import type { IConstruct } from 'constructs';
import { parseWaivedRule } from '../core/waivers';
import { acknowledgementIdOf, ruleNameOf } from '../judge/describe';
import type { Finding, Judgement } from '../judge/judgement';
import { KNOWN_PACKS } from '../judge/packs/known';
import type { Exemption } from '../judge/waivers';
import { constructAt } from './acknowledged';
import { acknowledgeForWaiver } from './given-acknowledgements';
import type { RenderedTree } from './rendered-tree';
import { WAIVER_METADATA } from './waiver-carrier';

/**
 * Has CDK report waived findings as suppressed, each with its reason: CDK does so for what is acknowledged, by construct
 * and rule.
 *
 * A waiver covers no more than it names. Where an acknowledgement by construct would cover other findings of the rule too,
 * or no construct made the resource, the finding is reported and acknowledged under a name of its own.
 *
 * @returns the names of those
 */
export function suppressWaived(
  { findings }: Judgement,
  tree: RenderedTree,
  root: IConstruct,
): ReadonlyMap<Finding, string> {
  const names = new Map<Finding, string>();
  const waived = findings.filter(({ waiver }) => waiver !== undefined);
  if (waived.length === 0) return names;
  const pathOf = ({ resource }: Finding) => tree.constructOf(resource)?.node.path;
  const open = findings.filter(({ waiver }) => waiver === undefined);
  const given = new Set<string>();
  for (const finding of waived) {
    const { waiver, rule, resource } = finding;
    if (waiver === undefined) continue;
    const construct = tree.constructOf(resource);
    const path = construct?.node.path;
    const isExact =
      path !== undefined && !open.some((other) => other.rule.id === rule.id && isBelow(pathOf(other), path));
    const suffix = isExact ? '' : `[waiver ${waiver.id}]`;
    if (!isExact) names.set(finding, `${ruleNameOf(finding)}${suffix}`);
    const at = isExact ? construct : root;
    const id = `${acknowledgementIdOf(finding)}${suffix}`.replaceAll(' ', '-');
    const key = `${at?.node.path}\n${id}`;
    if (at === undefined || given.has(key)) continue;
    given.add(key);
    acknowledgeForWaiver(at, id, reasonOf(waiver), traceOf(waiver, root));
  }
  return names;
}

function isBelow(path: string | undefined, outer: string): boolean {
  return path === outer || path?.startsWith(`${outer}/`) === true;
}

/**
 * Acknowledges the rules of other packs, such as cdk-nag's, that waivers which hold name: CDK suppresses what they find,
 * and keeps it in its report.
 *
 * Without a pack of ours nobody does it, and the findings stay.
 */
export function suppressForOthers({ exemptions }: Judgement, root: IConstruct): void {
  for (const waiver of exemptions) {
    const { kind, carrier, holds, scope } = waiver;
    const rule = parseWaivedRule(waiver.rule);
    if (kind !== 'waiver' || carrier !== 'template' || !holds || rule?.pack === undefined) continue;
    if (KNOWN_PACKS.some(({ name }) => name === rule.pack) || scope.construct === undefined) continue;
    const construct = constructAt(root, scope.construct);
    if (construct === undefined) continue;
    const id = `${rule.pack}::${rule.pack}-${rule.id}`.replaceAll(' ', '-');
    acknowledgeForWaiver(construct, id, reasonOf(waiver), traceOf(waiver, root));
  }
}

/** CDK's report has one text for all: who answers for it and until when belongs to the reason. */
function reasonOf({ reason, owner, approvedBy, ticket, expires, compensatingControl }: Exemption): string {
  const by = [
    ['meanwhile', compensatingControl],
    ['owner', owner],
    ['approved by', approvedBy],
    ['ticket', ticket],
    ['until', expires],
  ].flatMap(([what, value]) => (value === undefined ? [] : [`${what}: ${value}`]));
  return `${reason} (${by.join('; ')})`;
}

/** The lines of code that added a waiver. */
function traceOf({ rule, scope }: Exemption, root: IConstruct): readonly string[] {
  const construct = scope.construct === undefined ? undefined : constructAt(root, scope.construct);
  const entry = construct?.node.metadata.find(
    ({ type, data }) => type === WAIVER_METADATA && (data as { rule?: unknown }).rule === rule,
  );
  return entry?.trace ?? [];
}
