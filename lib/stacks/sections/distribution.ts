import { EDGE_REGION } from '../../constructs/edge-region';
import type { Schema } from '../../core/schema';
import { CERTIFICATE_ARN, CERTIFICATE_EXAMPLE, flag } from './values';

const HSTS_STAGES = ['FIVE_MINUTES', 'ONE_WEEK', 'TWO_YEARS', 'TWO_YEARS_PRELOAD'];

/** The point of entry at the edge. */
export const distribution: Schema = {
  type: 'object',
  title:
    'a distribution of CloudFront before the load balancer, in us-east-1; left out, there is none. With it nobody else reaches the load balancer',
  description: 'an object: the settings of the distribution',
  additionalProperties: false,
  properties: {
    certificateArn: {
      type: 'string',
      title: 'this certificate is used instead of a new one; it is watched all the same',
      description: 'the ARN of an ACM certificate in us-east-1',
      pattern: CERTIFICATE_ARN,
      examples: [CERTIFICATE_EXAMPLE.replace('eu-west-1', EDGE_REGION)],
    },
    allowedCountries: {
      type: 'array',
      title: 'the countries from which requests are served; empty, all',
      description: 'a list of ISO 3166-1 alpha-2 codes',
      maxItems: 249,
      uniqueItems: true,
      items: {
        type: 'string',
        description: 'an ISO 3166-1 alpha-2 code',
        pattern: '^[A-Z]{2}$',
        examples: ['DE'],
      },
      examples: [['DE', 'FR']],
      default: [],
    },
    strictTransportSecurity: {
      type: 'string',
      title:
        'how long browsers remember to use TLS only (HSTS); go up stage by stage where names may still need plaintext',
      description: `one of ${HSTS_STAGES.join(', ')}`,
      enum: HSTS_STAGES,
      default: 'TWO_YEARS',
    },
    writes: flag(
      'requests that write are let through; plaintext is then refused, where it would be redirected otherwise',
      true,
    ),
    aliasRecords: flag(
      'the domain names lead to the distribution; the deployment fails where such a record exists, and nothing is moved',
      true,
    ),
    originFacingPrefixListId: {
      type: 'string',
      title:
        'the prefix list com.amazonaws.global.cloudfront.origin-facing of the region, where we do not know its id',
      description: 'the id of a managed prefix list in the region',
      pattern: '^pl-[0-9a-f]{8,17}$',
      examples: ['pl-4fa04526'],
    },
    documents: {
      type: 'string',
      title:
        'the folder whose security.txt and transmission.json are served below /.well-known/; secure-transmission statement writes it',
      description: 'the path of a folder, relative to this file',
      minLength: 1,
      maxLength: 1024,
      examples: ['trust'],
    },
  },
};
