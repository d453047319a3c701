import type { Cursor, Resource, World } from '../../../template';
import { resourceParty } from '../../connector';
import type { Party } from '../../fact';

export const LOAD_BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
export const LISTENER = 'AWS::ElasticLoadBalancingV2::Listener';
export const LISTENER_RULE = 'AWS::ElasticLoadBalancingV2::ListenerRule';
export const LISTENER_CERTIFICATE = 'AWS::ElasticLoadBalancingV2::ListenerCertificate';
export const TARGET_GROUP = 'AWS::ElasticLoadBalancingV2::TargetGroup';

/** A resource of one type that a property refers to. */
export function referred(cursor: Cursor, type: string): Resource | undefined {
  const resource = cursor.reference();
  return resource?.type === type ? resource : undefined;
}

/** What a template says about the load balancer of a listener; all of it is unknown where it is not at hand. */
export interface LoadBalancerView {
  readonly resource: Resource | undefined;
  readonly isInternal: boolean;
  readonly isGateway: boolean;
}

/** A load balancer of which nothing is known. */
export const NOT_AT_HAND: LoadBalancerView = { resource: undefined, isInternal: false, isGateway: false };

/** Looks at the load balancer that `LoadBalancerArn` names. */
export function loadBalancerOf(listener: Cursor): LoadBalancerView {
  const resource = referred(listener.at('LoadBalancerArn'), LOAD_BALANCER);
  return {
    resource,
    isInternal: propertyIs(listener.world, resource, 'Scheme', 'internal'),
    isGateway: propertyIs(listener.world, resource, 'Type', 'gateway'),
  };
}

/** Who connects to a listener: everyone, unless the load balancer is known to be internal. */
export function clientsOf(loadBalancer: LoadBalancerView): Party {
  return loadBalancer.isInternal
    ? { what: 'vpc', name: 'clients in the network' }
    : { what: 'internet', name: 'clients' };
}

/** The load balancer as one end of a hop. */
export function partyOf(loadBalancer: Resource | undefined): Party {
  return loadBalancer === undefined
    ? { what: 'aws', name: 'a load balancer that is not in a template at hand' }
    : resourceParty(loadBalancer);
}

function propertyIs(world: World, resource: Resource | undefined, property: string, wanted: string): boolean {
  if (resource === undefined) return false;
  const reading = world.view(resource).at(property).string();
  return reading.state === 'given' && reading.value === wanted;
}
