import type { IConstruct } from 'constructs';
import { acknowledgementIdOf } from '../judge/describe';
import type { Finding } from '../judge/judgement';
import { KNOWN_PACKS } from '../judge/packs/known';
import type { Pack } from '../judge/packs/pack';
import { rowsByRule, strictestBy } from '../judge/packs/together';
import type { App, GivenAcknowledgement, Resource } from '../judge/template';
import { isExemption } from '../judge/waivers';
import { acknowledgementsOf } from './acknowledged';
import { acknowledgeForWaiver } from './given-acknowledgements';

/** A fault that was told, and who told it. */
interface Telling extends Pick<Finding, 'path' | 'verdict' | 'got' | 'when'> {
  readonly teller: object;
}

/** What was told, by the id of its rule, and by where it stands. */
type Tellings = Map<string, Map<Resource | string, Telling[]>>;

/** Who has told of what in the templates of one app. */
const told = new WeakMap<App, Tellings>();
/** The packs that were made for an app. */
const made = new WeakMap<IConstruct, Set<Pack>>();

/** Says that a pack was made for the app around a construct. */
export function announce(pack: Pack, scope: IConstruct | undefined): void {
  if (scope === undefined) return;
  const { root } = scope.node;
  made.set(root, (made.get(root) ?? new Set()).add(pack));
}

/**
 * What a pack is to tell of what it found: a fault that another pack of ours has told already in this synthesis, it leaves
 * to that one, so that one fault is one finding; at the strictest level that any pack of the app has for the rule.
 *
 * Only a pack that has really run takes a finding from another: one that was made and not registered does not.
 */
export function ownFindings(
  findings: readonly Finding[],
  { app, root, teller }: { readonly app: App; readonly root: IConstruct; readonly teller: object },
): readonly Finding[] {
  const tellings: Tellings = told.get(app) ?? new Map();
  told.set(app, tellings);
  const strict = strictestBy(rowsByRule(made.get(root) ?? []));
  return findings.flatMap((finding) => {
    const at = tellingsAt(tellings, finding);
    const { path, verdict, got, when } = finding;
    const known = at.find(
      (one) => one.path === path && one.verdict === verdict && one.got === got && one.when === when,
    );
    // The next synthesis of the same templates is told by the same pack again.
    if (known !== undefined && known.teller !== teller) return [];
    if (known === undefined) at.push({ path, verdict, got, when, teller });
    return [strict(finding)];
  });
}

function tellingsAt(tellings: Tellings, { rule, resource }: Finding): Telling[] {
  const ofRule = tellings.get(rule.id) ?? new Map<Resource | string, Telling[]>();
  tellings.set(rule.id, ofRule);
  // Each judgement makes places of exemptions anew.
  const place = isExemption(resource) ? `${resource.template.name}\n${resource.logicalId}` : resource;
  const at = ofRule.get(place) ?? [];
  ofRule.set(place, at);
  return at;
}

/**
 * Lets an acknowledgement that was given to another pack of ours hold for this one: what is accepted is the fault, and
 * which pack tells of it depends on which was registered first.
 */
export function adoptAcknowledgements(
  findings: readonly Finding[],
  given: readonly GivenAcknowledgement[],
  constructOf: (finding: Finding) => IConstruct | undefined,
): void {
  if (given.length === 0) return;
  const ids = new Set(given.map(({ id }) => id));
  for (const finding of findings) {
    const others = KNOWN_PACKS.map(({ name }) => acknowledgementIdOf({ ...finding, pack: name })).filter(
      (id) => id !== acknowledgementIdOf(finding) && ids.has(id),
    );
    const construct = others.length === 0 ? undefined : constructOf(finding);
    if (construct === undefined) continue;
    const around = acknowledgementsOf(construct);
    const other = others.find((id) => around.has(id));
    const own = acknowledgementIdOf(finding);
    if (other === undefined || around.has(own)) continue;
    acknowledgeForWaiver(construct, own, `${around.get(other)} (given to ${other})`, []);
  }
}
