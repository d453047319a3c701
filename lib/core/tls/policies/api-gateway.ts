import { ALL_PARTITIONS, COMMERCIAL, COMMERCIAL_AND_CHINA, table } from './row';

const LIST = 'AWS docs, API Gateway "apigateway-security-policies-list"';

/**
 * REST APIs and their custom domains. Names that start with `SecurityPolicy_` (enhanced policies) need an endpoint
 * access mode, and refuse mutual TLS and the mapping of HTTP APIs.
 */
export const API_GATEWAY = [
  ...table(
    'apigateway',
    { partitions: COMMERCIAL_AND_CHINA, source: LIST, endpoint: 'regional', mutualTls: false },
    [
      ['SecurityPolicy_TLS13_1_3_2025_09', '1.3', '1.3', 'fs', 'hub'],
      ['SecurityPolicy_TLS13_1_3_FIPS_2025_09', '1.3', '1.3', 'fs', 'fips', 'hub'],
      ['SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09', '1.2', '1.3', 'fs', 'pq', 'hub'],
      ['SecurityPolicy_TLS13_1_2_PQ_2025_09', '1.2', '1.3', 'cbc', 'pq'],
      ['SecurityPolicy_TLS13_1_2_2021_06', '1.2', '1.3', 'cbc'],
    ],
  ),
  ...table('apigateway', { partitions: COMMERCIAL, source: LIST, endpoint: 'regional', mutualTls: false }, [
    ['SecurityPolicy_TLS13_1_2_FIPS_PFS_PQ_2025_09', '1.2', '1.3', 'fs', 'pq', 'fips'],
  ]),
  ...table(
    'apigateway',
    {
      partitions: COMMERCIAL,
      source:
        'API Gateway API model; properties derived from the name family (as ..._1_2_PQ_2025_09, with FIPS)',
      endpoint: 'regional',
      mutualTls: false,
    },
    [['SecurityPolicy_TLS13_1_2_FIPS_PQ_2025_09', '1.2', '1.3', 'cbc', 'pq', 'fips']],
  ),
  // Edge names make no claim of post-quantum key agreement in the docs, although CloudFront serves them.
  ...table('apigateway', { partitions: COMMERCIAL, source: LIST, endpoint: 'edge', mutualTls: false }, [
    ['SecurityPolicy_TLS13_2025_EDGE', '1.3', '1.3', 'fs', 'hub'],
    ['SecurityPolicy_TLS12_PFS_2025_EDGE', '1.2', '1.3', 'fs', 'hub'],
    ['SecurityPolicy_TLS12_2018_EDGE', '1.2', '1.3', 'fs', 'cbc'],
  ]),
  ...table('apigateway', { partitions: ALL_PARTITIONS, source: LIST, defaultFor: ['private-api'] }, [
    ['TLS_1_2', '1.2', '1.3', 'cbc'],
  ]),
  // For custom domains the list says TLS_1_2, but CloudFormation was seen to leave TLS_1_0: the worse one counts.
  ...table(
    'apigateway',
    {
      partitions: ALL_PARTITIONS,
      source: `${LIST}; default of custom domains under CloudFormation: aws/aws-cdk issue 3862 and pull request 6374`,
    },
    [['TLS_1_0', '1.0', '1.3', 'cbc', 'default']],
  ),
];

/** HTTP and WebSocket APIs: one policy in practice. */
export const API_GATEWAY_V2 = [
  ...table(
    'apigatewayv2',
    { partitions: ALL_PARTITIONS, source: 'AWS docs, API Gateway "http-api-ciphers"' },
    [['TLS_1_2', '1.2', '1.3', 'cbc', 'default']],
  ),
  ...table(
    'apigatewayv2',
    {
      partitions: ALL_PARTITIONS,
      source:
        'a valid value of the API that HTTP APIs refuse; properties as for REST APIs, derived from the name',
    },
    [['TLS_1_0', '1.0', '1.3', 'cbc']],
  ),
];
