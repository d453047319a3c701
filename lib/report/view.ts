import { acknowledgementIdOf, describe } from '../judge/describe';
import type { Finding } from '../judge/judgement';
import type { Level } from '../judge/packs/pack';
import type { RuleReferences } from '../judge/rules/rule';
import { type Exemption, isExemption } from '../judge/waivers';
import { fingerprintOf } from './fingerprint';
import { type Place, sourcePlace, templatePlace } from './place';
import type { Repair } from './repair';

/** Why a finding does not count. */
export interface Suppression {
  /** The reason that was given for it. */
  readonly reason: string;
  /** The id under which it was acknowledged: `Pack::Pack-Rule`. */
  readonly id: string;
  /** Where it is waived: who answers for it. */
  readonly owner?: string;
  readonly ticket?: string;
  /** The last day on which it is. */
  readonly expires?: string;
  readonly compensatingControl?: string;
  readonly approvedBy?: string;
  /** The waiver, by the id under which the list of exemptions has it. */
  readonly waiver?: string;
  /** Whether a file beside the templates says it. */
  readonly isExternal?: true;
}

/** Who accepted a finding that was there before, and for how long: it is told, and does not count. */
export interface Acceptance {
  readonly owner: string;
  /** The day on which it was accepted. */
  readonly since: string;
  /** The last day on which it does not count. */
  readonly expires: string;
}

/** A finding as plain data: what every format prints. */
export interface FindingView {
  readonly pack: string;
  /** The rule's id, without the pack. */
  readonly rule: string;
  readonly level: Level;
  readonly verdict: Finding['verdict'];
  readonly title: string;
  /** One sentence: what is wrong, where, and what would be right. */
  readonly message: string;
  readonly risk: string;
  readonly fix: string;
  readonly references: RuleReferences;
  readonly stack: string;
  readonly logicalId: string;
  readonly type: string;
  readonly constructPath?: string;
  /** Dotted, such as `Properties.SslPolicy`. */
  readonly property: string;
  readonly got?: string;
  readonly want?: string;
  readonly detail?: string;
  /** The choices of conditions and parameters under which it is so; absent where it is so in all of them. */
  readonly when?: string;
  /** Where it stands in the template. */
  readonly template?: Place;
  /** The line of code that made the resource, where the assembly tells. */
  readonly source?: Place;
  readonly suppressed?: Suppression;
  /** Where a file of known findings accepts it. */
  readonly known?: Acceptance;
  /** Somebody who is still served in clear, or still allowed: what proves the fault. */
  readonly counterexample?: string;
  /** What would repair it, where that is known to the letter. */
  readonly repair?: Repair;
  /** The same for the same fault in every run, wherever its line has moved. */
  readonly fingerprint: string;
}

/** Turns a finding into plain data; paths become relative to `folder`. */
export function viewOf(finding: Finding, folder: string): FindingView {
  const { pack, rule, level, verdict, resource, path, got, want, detail, when, counterexample } = finding;
  const { template, logicalId, type, constructPath } = resource;
  const source = sourcePlace(resource, folder, path);
  return withoutUndefined({
    pack,
    rule: rule.id,
    level,
    verdict,
    title: rule.title,
    message: describe(finding),
    risk: rule.risk,
    fix: rule.fix,
    references: rule.references,
    stack: template.name,
    logicalId,
    type,
    constructPath,
    property: path,
    got,
    want,
    detail,
    when,
    counterexample,
    template: templatePlace(finding, folder, source),
    source,
    suppressed: suppressionOf(finding),
    fingerprint: fingerprintOf(finding),
  });
}

/**
 * Whether a waiver covers a finding, or somebody acknowledged it, as the assembly's metadata tells.
 *
 * What could not be judged at all cannot be acknowledged: nobody knows what that would accept. Nor can what is said about
 * waivers.
 */
export function suppressionOf(finding: Finding): Suppression | undefined {
  const { resource, level, waiver } = finding;
  const { constructPath } = resource;
  if (level === 'fatal') return undefined;
  const id = acknowledgementIdOf(finding);
  if (waiver !== undefined) return waivedBy(waiver, id);
  if (constructPath === undefined || isExemption(resource)) return undefined;
  const reason = resource.template.source.constructs?.acknowledged(constructPath).get(id);
  return reason === undefined ? undefined : { reason, id };
}

function waivedBy({ id: waiver, carrier, ...rest }: Exemption, id: string): Suppression {
  const { reason, owner, ticket, expires, compensatingControl, approvedBy } = rest;
  const who = withoutUndefined({ owner, ticket, expires, compensatingControl, approvedBy, waiver });
  return { reason, id, ...who, ...(carrier === 'file' ? { isExternal: true } : {}) };
}

/** How a report names a resource. */
export function resourceName({
  constructPath,
  stack,
  logicalId,
}: Pick<FindingView, 'constructPath' | 'stack' | 'logicalId'>): string {
  return constructPath?.replace(/\/(Resource|Default)$/, '') ?? `${stack}/${logicalId}`;
}

/** Where to look: the line of code first, then the template. */
export function placesOf({ source, template }: Pick<FindingView, 'source' | 'template'>): Place[] {
  return [source, template].filter((place) => place !== undefined);
}

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };

function withoutUndefined<T extends object>(values: T): Defined<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Defined<T>;
}
