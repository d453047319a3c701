import type { Connector } from '../../connector';
import { FIELD_LEVEL_ENCRYPTION_CONFIG } from './field-encryption';
import { ORIGIN_ACCESS_CONTROL } from './origin-access';
import { originFacts } from './origins';
import { RESPONSE_HEADERS_POLICY } from './response-headers';
import { behavioursOf, viewerFacts } from './viewer';
import { DISTRIBUTION, unusedVpcOriginFacts, VPC_ORIGIN } from './vpc-origin';

/**
 * CloudFront distributions: viewers to the edge, and the edge to origins.
 *
 * Tenants of a multi-tenant distribution bring certificates of their own; everything else that matters to
 * transmission they take from it.
 */
export const cloudFront: Connector = {
  service: 'cloudfront',
  types: [
    DISTRIBUTION,
    VPC_ORIGIN,
    ORIGIN_ACCESS_CONTROL,
    RESPONSE_HEADERS_POLICY,
    FIELD_LEVEL_ENCRYPTION_CONFIG,
  ],
  facts(resource, world) {
    const view = world.view(resource);
    if (resource.type === VPC_ORIGIN) return unusedVpcOriginFacts(view);
    // The others are read through the distributions that use them.
    if (resource.type !== DISTRIBUTION) return [];
    const config = view.at('DistributionConfig');
    const behaviours = behavioursOf(config);
    return [...viewerFacts(config, behaviours), ...originFacts(config, behaviours)];
  },
};
