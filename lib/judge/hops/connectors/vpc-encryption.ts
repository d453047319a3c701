import type { Cursor } from '../../template';
import type { Connector } from '../connector';
import type { EncryptionExclusion } from '../network-facts';
import { type Observed, observe, stated } from '../observed';
import { modeAt } from '../vpc-encryption';

const CONTROL = 'AWS::EC2::VPCEncryptionControl';

/** What can be excluded, as our constructs call it, and how its property begins. */
const EXCLUDABLE: readonly (readonly [traffic: string, property: string])[] = [
  ['internetGateway', 'InternetGateway'],
  ['egressOnlyInternetGateway', 'EgressOnlyInternetGateway'],
  ['natGateway', 'NatGateway'],
  ['virtualPrivateGateway', 'VirtualPrivateGateway'],
  ['vpcPeering', 'VpcPeering'],
  ['lambda', 'Lambda'],
  ['vpcLattice', 'VpcLattice'],
  ['elasticFileSystem', 'ElasticFileSystem'],
];

/**
 * VPC Encryption Control, by a resource of its own or within the network: what it does not hold for.
 *
 * Exclusions are named differently in the two places. In a network that is only watched they exclude nothing.
 */
export const vpcEncryption: Connector = {
  service: 'vpc-encryption',
  types: [CONTROL, 'AWS::EC2::VPC'],
  makes: ['encryption-exclusion'],
  facts(resource, world): readonly EncryptionExclusion[] {
    const view = world.view(resource);
    return resource.type === CONTROL
      ? exclusions(view, 'ExclusionInput')
      : exclusions(view.at('VpcEncryptionControl'), 'Exclusion');
  },
};

function exclusions(control: Cursor, suffix: string): readonly EncryptionExclusion[] {
  if (!control.isPresent) return [];
  const mode = modeAt(control.at('Mode')).value;
  if (mode === 'monitor') return [];
  const said = EXCLUDABLE.map(([traffic, name]) => [traffic, control.at(`${name}${suffix}`)] as const)
    .filter(([, place]) => place.isPresent)
    .map(([traffic, place]) =>
      exclusion(
        control,
        traffic,
        observe<boolean, string>(place, place.string(), {
          map: (state) => (state === 'enable' ? true : state === 'disable' ? false : undefined),
          otherwise: false,
        }),
      ),
    );
  // Where nothing is said of any, one that enforces does so for all.
  const excludesNothing = said.length === 0 && mode === 'enforce';
  return excludesNothing ? [exclusion(control, 'any', stated(control, false))] : said;
}

function exclusion(
  { resource, world }: Cursor,
  traffic: string,
  excluded: Observed<boolean>,
): EncryptionExclusion {
  return {
    fact: 'encryption-exclusion',
    resource,
    traffic,
    excluded,
    region: resource.template.region,
    when: world.when,
  };
}
