import { ALL_PARTITIONS, COMMERCIAL_AND_GOVCLOUD, table } from './row';

const MODEL = 'OpenSearch Service API model, "DomainEndpointOptions"';

/** Endpoints of OpenSearch and Elasticsearch domains. */
export const OPENSEARCH = [
  // The docs list no suites: CBC is assumed to be offered until somebody shows that it is not.
  ...table('opensearch', { partitions: ALL_PARTITIONS, source: `${MODEL}; CBC derived, not documented` }, [
    ['Policy-Min-TLS-1-2-PFS-2023-10', '1.2', '1.3', 'fs', 'cbc', 'hub'],
    ['Policy-Min-TLS-1-2-2019-07', '1.2', '1.2', 'cbc'],
    ['Policy-Min-TLS-1-0-2019-07', '1.0', '1.2', 'cbc', 'default'],
  ]),
  // Dated before the forward-secret edition of RFC 9151 in s2n-tls, so RSA key transport cannot be excluded.
  ...table(
    'opensearch',
    {
      partitions: COMMERCIAL_AND_GOVCLOUD,
      source: `${MODEL}; suites derived from the name family and aws/s2n-tls snapshot 20250429 of RFC 9151`,
    },
    [['Policy-Min-TLS-1-2-RFC9151-FIPS-2024-08', '1.2', '1.3', 'fips', 'cnsa']],
  ),
];
