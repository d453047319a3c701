import type { Schema } from '../../core/schema';
import { CIDR, flag } from './values';

/** Where TLS ends. */
export const loadBalancer: Schema = {
  type: 'object',
  title: 'where TLS of customers ends, or of CloudFront; left out, it is internal and closed',
  description: 'an object: the settings of the load balancer',
  additionalProperties: false,
  properties: {
    internetFacing: flag('it has public addresses, in public subnets that the network then has'),
    allowedPeers: {
      type: 'array',
      title: 'who may connect to the TLS port, and to port 80 where it redirects; empty, nobody',
      description: 'a list of at most 50 address ranges of IPv4 in CIDR notation',
      examples: [['203.0.113.0/24']],
      uniqueItems: true,
      maxItems: 50,
      items: {
        type: 'string',
        description: 'an address range of IPv4 in CIDR notation',
        pattern: CIDR,
        examples: ['203.0.113.0/24'],
      },
      default: [],
    },
    httpRedirect: flag('port 80 answers, with a redirect to TLS and nothing else'),
  },
};
