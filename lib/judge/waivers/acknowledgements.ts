import { KNOWN_PACKS } from '../packs/known';
import type { Pack } from '../packs/pack';
import type { App, GivenAcknowledgement, Template } from '../template';
import { nagPackOf } from './cdk-nag';
import { idOf } from './entry';
import type { Exemption } from './exemption';
import type { AcknowledgementFact } from './fact';
import { ACKNOWLEDGEMENT_TYPE, apartFromTemplates, OF_THE_APP, placeIn } from './place';

/** CDK's mark for an id without a pack. */
const BARE = /^annotation::/i;

/** What CDK itself warns of, which packs have no part in. */
const OF_CDK = /^@?aws-cdk/;

/** An acknowledgement that a pack tells of. */
interface Told {
  readonly fact: AcknowledgementFact;
  readonly exemption: Exemption;
}

/** The acknowledgements of an app that are about packs: what its templates' metadata tells, and what else is known. */
export function acknowledgementsOf(
  app: App,
  more: readonly GivenAcknowledgement[],
  pack: Pack,
): readonly Told[] {
  const byName = new Map(app.templates.map((template) => [template.name, template]));
  const own = app.templates.flatMap(({ name, source }) =>
    (source.constructs?.acknowledgements?.() ?? []).map((given) => ({ ...given, template: name })),
  );
  const apart = apartFromTemplates(OF_THE_APP);
  return [...own, ...more].flatMap((given) => told(given, byName.get(given.template ?? '') ?? apart, pack));
}

function told(given: GivenAcknowledgement, template: Template, pack: Pack): Told[] {
  const { at, reason, on, byHook = false } = given;
  const isBare = BARE.test(given.id);
  const id = given.id.replace(BARE, '');
  const ours = [pack, ...KNOWN_PACKS].map(({ name }) => name);
  const owner = isBare ? (ours.find((name) => id.startsWith(`${name}-`)) ?? nagPackOf(id)) : packOf(id);
  const isOurs = owner !== undefined && ours.includes(owner);
  // Each pack of ours tells of its own.
  if (isOurs && owner !== pack.name) return [];
  // On a construct, an id without a pack that we know may be one of CDK's own warnings.
  if (isBare && owner === undefined && (on === 'construct' || OF_CDK.test(id))) return [];
  const stableId = idOf(['acknowledgement', given.id, at]);
  const fact: AcknowledgementFact = {
    fact: 'acknowledgement',
    resource: placeIn(template, {
      type: ACKNOWLEDGEMENT_TYPE,
      name: `Acknowledgement-${stableId}`,
      constructPath: at === '' ? undefined : at,
    }),
    id,
    bare:
      isBare && owner !== undefined
        ? { effect: isOurs ? 'none' : 'erases', qualified: `${owner}::${id}` }
        : undefined,
    on,
    byHook,
    region: template.region,
    when: undefined,
  };
  const exemption: Exemption = {
    id: stableId,
    kind: 'acknowledgement',
    carrier: 'construct',
    rule: id,
    scope: { construct: at },
    reason,
    holds: fact.bare?.effect !== 'none',
  };
  return [{ fact, exemption }];
}

/** The pack that a qualified id names. */
function packOf(id: string): string | undefined {
  return /^(.+?)::/s.exec(id)?.[1];
}
