import type { Cursor } from '../../../template';
import { type HopParts, hop, resourceParty } from '../../connector';
import type { Fact, Party } from '../../fact';
import { hidden } from '../../observed';
import { connectionTo } from './connection';
import type { Behaviour } from './viewer';

export const DISTRIBUTION = 'AWS::CloudFront::Distribution';
export const VPC_ORIGIN = 'AWS::CloudFront::VpcOrigin';

/** The hop of a distribution's VPC origin; how it connects stands in a resource of its own. */
export function vpcOriginHop(
  id: Cursor,
  ends: Pick<HopParts, 'from' | 'to' | 'label'>,
  viewers: readonly Behaviour[],
): Fact {
  const resource = id.reference();
  if (resource?.type !== VPC_ORIGIN) {
    const why = 'the VPC origin is not in a template at hand';
    return hop(id, { kind: 'cloudfront.vpc-origin', ...ends, protocol: hidden(id, why) });
  }
  const endpoint = id.world.view(resource).at('VpcOriginEndpointConfig');
  const to = partyBehind(endpoint) ?? ends.to;
  return hop(id, { kind: 'cloudfront.vpc-origin', ...ends, to, ...connectionTo(endpoint, viewers) });
}

/** A VPC origin that no distribution at hand uses: one of another stack or account may. */
export function unusedVpcOriginFacts(view: Cursor): readonly Fact[] {
  const users = view.world.app.referring(view.resource, DISTRIBUTION, 'DistributionConfig.Origins');
  if (users.some((user) => view.world.exists(user))) return [];
  const endpoint = view.at('VpcOriginEndpointConfig');
  return [
    hop(endpoint, {
      kind: 'cloudfront.vpc-origin',
      from: { what: 'aws', name: 'distributions that are not in a template at hand' },
      to: partyBehind(endpoint) ?? { what: 'vpc', name: 'a host in the network' },
      ...connectionTo(endpoint, undefined),
    }),
  ];
}

function partyBehind(endpoint: Cursor): Party | undefined {
  const resource = endpoint.at('Arn').reference();
  return resource === undefined ? undefined : resourceParty(resource);
}
