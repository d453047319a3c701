import { COMMERCIAL, table } from './row';

/**
 * Custom domains of Cognito user pools, served by CloudFront with the viewer policies of the same dates.
 *
 * No entry is a default: the docs do not say what an absent `SecurityPolicy` leaves, and a guess would be a claim.
 */
export const COGNITO = table(
  'cognito',
  {
    partitions: COMMERCIAL,
    source:
      'Cognito API model of June 2026, "CustomDomainConfigType", which refers to the CloudFront viewer policies',
  },
  [
    ['TLS_V1_3_2025', '1.3', '1.3', 'fs', 'pq'],
    ['TLS_V1_2_2021', '1.2', '1.3', 'fs', 'pq'],
    ['TLS_V1', '1.0', '1.3', 'cbc', 'pq'],
  ],
);
