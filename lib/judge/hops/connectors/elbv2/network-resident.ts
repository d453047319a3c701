import type { Cursor, Resource } from '../../../template';
import type { NetworkResident } from '../../network-facts';
import { hidden, stated } from '../../observed';
import { encryptionModeOf } from '../../vpc-encryption';

const VPC = 'AWS::EC2::VPC';

/** What a network says to something that it does not take where it enforces encryption. */
export function networkResident(
  at: Cursor,
  loadBalancer: Resource | undefined,
  place: Cursor,
  what: string,
): readonly NetworkResident[] {
  const network = loadBalancer === undefined ? undefined : networkOf(at.world.view(loadBalancer));
  const mode = network === undefined ? undefined : encryptionModeOf(network, at.world);
  if (mode === undefined || mode.value === 'monitor') return [];
  const { resource, world } = at;
  return [
    {
      fact: 'network-resident',
      resource,
      refused:
        mode.unknown === undefined ? stated(place, what, { given: true }) : hidden(place, mode.unknown),
      region: resource.template.region,
      when: world.when,
    },
  ];
}

/** Gateway Load Balancers are not taken at all. */
export function gatewayFacts(loadBalancer: Cursor): readonly NetworkResident[] {
  const type = loadBalancer.at('Type');
  const reading = type.string();
  if (reading.state !== 'given' || reading.value !== 'gateway') return [];
  return networkResident(loadBalancer, loadBalancer.resource, type, 'a Gateway Load Balancer');
}

/** The network of a load balancer, by its subnets: all of them lie in one. */
function networkOf(loadBalancer: Cursor): Resource | undefined {
  const { world } = loadBalancer;
  const subnets = [
    ...loadBalancer.at('Subnets').items(),
    ...loadBalancer
      .at('SubnetMappings')
      .items()
      .map((mapping) => mapping.at('SubnetId')),
  ];
  return subnets
    .map((subnet) => subnet.reference())
    .filter((subnet) => subnet?.type === 'AWS::EC2::Subnet')
    .map((subnet) => (subnet === undefined ? undefined : world.view(subnet).at('VpcId').reference()))
    .find((network) => network?.type === VPC);
}
