import type { IConstruct } from 'constructs';
import { acknowledgementIdOf } from '../judge/describe';
import type { Finding } from '../judge/judgement';
import { KNOWN_PACKS } from '../judge/packs/known';
import type { Pack } from '../judge/packs/pack';
import { atStrictest } from '../judge/packs/together';
import type { App, GivenAcknowledgement } from '../judge/template';
import { acknowledgementsOf } from './acknowledged';
import { acknowledgeForWaiver } from './given-acknowledgements';

/** Who has told of what in the templates of one app. */
const told = new WeakMap<App, Map<string, object>>();
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
  const tellers = told.get(app) ?? new Map<string, object>();
  told.set(app, tellers);
  const rows = [...(made.get(root) ?? [])].flatMap(({ rules }) => rules);
  return findings.flatMap((finding) => {
    const key = keyOf(finding);
    const by = tellers.get(key);
    // The next synthesis of the same templates is told by the same pack again.
    if (by !== undefined && by !== teller) return [];
    tellers.set(key, teller);
    return [
      atStrictest(
        finding,
        rows.filter(({ rule }) => rule.id === finding.rule.id),
      ),
    ];
  });
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

function keyOf({ resource, rule, path, verdict, got, when }: Finding): string {
  return [resource.template.name, resource.logicalId, rule.id, path, verdict, got, when].join('\n');
}
