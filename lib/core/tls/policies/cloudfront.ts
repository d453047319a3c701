import { COMMERCIAL_AND_CHINA, table } from './row';

const GUIDE = 'AWS docs, CloudFront Developer Guide';

/**
 * Distributions towards viewers, newest first.
 *
 * Every policy offers TLS 1.3 with hybrid key agreement, even `SSLv3`: the name says only what is accepted at
 * worst. Without a certificate of one's own the policy is `TLSv1`, whatever the template says.
 */
export const CLOUDFRONT_VIEWER = table(
  'cloudfront-viewer',
  {
    partitions: COMMERCIAL_AND_CHINA,
    source: `${GUIDE} "secure-connections-supported-viewer-protocols-ciphers"; aws/s2n-tls policy snapshots`,
  },
  [
    ['TLSv1.3_2025', '1.3', '1.3', 'fs', 'pq', 'hub'],
    ['TLSv1.2_2025', '1.2', '1.3', 'fs', 'pq', 'hub'],
    ['TLSv1.2_2021', '1.2', '1.3', 'fs', 'pq', 'hub'],
    ['TLSv1.2_2019', '1.2', '1.3', 'fs', 'cbc', 'pq'],
    ['TLSv1.2_2018', '1.2', '1.3', 'cbc', 'pq'],
    ['TLSv1.1_2016', '1.1', '1.3', 'cbc', 'pq'],
    ['TLSv1_2016', '1.0', '1.3', 'cbc', 'pq'],
    ['TLSv1', '1.0', '1.3', 'cbc', 'pq', 'default'],
    ['SSLv3', 'ssl3', '1.3', 'cbc', 'pq'],
  ],
);

/**
 * Distributions towards origins: the members of `OriginSSLProtocols`. The floor of a list is that of its oldest
 * member.
 *
 * Only versions can be chosen, never ciphers, and CloudFront offers CBC and RSA key transport with all of them.
 * TLS 1.3 is used where the origin has it, and cannot be demanded.
 */
export const CLOUDFRONT_ORIGIN = table(
  'cloudfront-origin',
  {
    partitions: COMMERCIAL_AND_CHINA,
    source:
      `${GUIDE} "secure-connections-supported-ciphers-cloudfront-to-origin"; TLS 1.3: AWS news of November 2025; ` +
      'default (SSLv3 and TLSv1): read back from a live VpcOrigin, go-to-k/cdk-real-drift issue 1734',
  },
  [
    ['TLSv1.2', '1.2', '1.3', 'cbc', 'hub'],
    ['TLSv1.1', '1.1', '1.1', 'cbc', 'hub'],
    ['TLSv1', '1.0', '1.0', 'cbc', 'hub'],
    ['SSLv3', 'ssl3', 'ssl3', 'cbc', 'default'],
  ],
);
