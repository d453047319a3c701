import type { ResolvedLocation } from '../log-location';
import { TEXT_INPUT } from '../log-table';
import { given, inClear, lately, NOT_LOGGED, selectConnections } from './connections';
import type { LogSource } from './log-source';

/**
 * Fields of standard logs (v2), as tables spell them: in small letters. Of those that `TlsDistribution` has written,
 * the ones that tell a client and its encryption: neither addresses of pages nor what they hold.
 */
const FIELDS = [
  'date',
  'time',
  'c-ip',
  'ssl-protocol',
  'ssl-cipher',
  'cs-protocol',
  'cs-protocol-version',
  'x-host-header',
  'cs(user-agent)',
  'sc-status',
];

/**
 * Requests to distributions, by standard logs (v2) as JSON. They name no key exchange.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logs-reference.html
 * @see https://docs.aws.amazon.com/athena/latest/ug/create-cloudfront-table-partition-json.html
 */
export function cloudFrontSource(location: ResolvedLocation, distributionIds: readonly string[]): LogSource {
  const name = 'cloudfront_requests';
  return {
    name,
    table: {
      name,
      description: 'Requests to CloudFront distributions, with user agent and version of TLS',
      columns: Object.fromEntries(FIELDS.map((field) => [field, 'string'] as const)),
      format: {
        serializationLibrary: 'org.openx.data.jsonserde.JsonSerDe',
        // A line that is no JSON becomes a row of nulls, which is counted, and does not fail the query.
        parameters: { paths: FIELDS.join(','), 'ignore.malformed.json': 'true' },
        inputFormat: TEXT_INPUT,
      },
      location,
      // As `s3SuffixPath` of its delivery says; the folders of hours below it are read too.
      folder: 'AWSLogs/${account}/CloudFront/${distribution}',
      levels: [
        { name: 'account', values: location.accounts },
        { name: 'distribution', values: distributionIds },
      ],
    },
    namesKeyExchange: false,
    namesUserAgent: true,
    connections: (days) =>
      selectConnections(
        name,
        name,
        {
          principal: NOT_LOGGED,
          client: '"c-ip"',
          userAgent: given('"cs(user-agent)"'),
          server: '"x-host-header"',
          version: '"ssl-protocol"',
          withoutVersion: inClear('"sc-status"'),
          cipherSuite: given('"ssl-cipher"'),
          keyExchange: NOT_LOGGED,
          always: '"time"',
        },
        [lately(days)],
      ),
  };
}
