import type { ResolvedLocation } from '../log-location';
import { linesBy } from '../log-table';
import { given, inClear, lately, NOT_LOGGED, selectConnections } from './connections';
import type { LogSource } from './log-source';

const SKIPPED = '[^ ]*';
const TOKEN = '([^ ]*)';
/** Method, key and protocol, each without a space in it, or `-`. */
const REQUEST = '(?:"[^ ]* [^ ]* [^ ]*"|-)';
/**
 * Referrer and user agent are between quotes, or `-`. Clients write both of them, quotes and spaces too, which are
 * logged as they came. So the second reaches as far as it can: of several places that could be its end the last one is
 * it, since what Amazon S3 writes comes behind what a client wrote. Nobody can make their version of TLS another, or
 * their line unreadable, by what they call themselves. A quote in a referrer moves its end into the user agent; were
 * both to reach as far as they can, a hostile line would take time by the square of its length.
 */
const REFERRER_AND_USER_AGENT = '(?:"[^"\\n]*"|-)( -|[^\\n]*")';
const SIGNATURE = '(-|SigV[0-9A-Z]*)';

/**
 * Owner, bucket, [time], address, requester, request, operation; then key, request line, status, error, four sizes and
 * times, referrer, none of which has a column; user agent, version, host id, signature, cipher, authentication, host,
 * version of TLS; and what is younger.
 */
const ACCESS = [
  SKIPPED,
  TOKEN,
  '\\[([^\\]]*)\\]',
  TOKEN,
  TOKEN,
  SKIPPED,
  TOKEN,
  SKIPPED,
  REQUEST,
  TOKEN,
  ...Array.from({ length: 5 }, () => SKIPPED),
  REFERRER_AND_USER_AGENT,
  SKIPPED,
  SKIPPED,
  SIGNATURE,
  TOKEN,
  SKIPPED,
  TOKEN,
  `${TOKEN}(?: [^\\n]*)?`,
].join(' ');

const COLUMNS = [
  'bucket_name',
  'time',
  'remote_ip',
  'requester',
  'operation',
  'http_status',
  'user_agent',
  'signature_version',
  'cipher_suite',
  'host_header',
  'tls_version',
];

/**
 * Requests to buckets, by server access logs. They name no key exchange, are written at best effort, and hold what
 * Amazon S3 does by itself too: only requests of clients are looked at.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/LogFormat.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PartitionedPrefix.html (keys of objects)
 */
export function s3AccessSource(location: ResolvedLocation, sourceBuckets: readonly string[]): LogSource {
  const name = 's3_requests';
  return {
    name,
    table: {
      name,
      description: 'Requests to buckets, with requester, user agent and version of TLS',
      columns: Object.fromEntries(COLUMNS.map((column) => [column, 'string'] as const)),
      format: linesBy(ACCESS),
      location,
      folder: '${account}/${region}/${bucket}',
      levels: [
        { name: 'account', values: location.accounts },
        { name: 'region', values: location.regions },
        { name: 'bucket', values: sourceBuckets },
      ],
    },
    namesKeyExchange: false,
    namesUserAgent: true,
    connections: (days) =>
      selectConnections(
        name,
        name,
        {
          principal: given('requester'),
          client: 'remote_ip',
          userAgent: given(`trim(replace(user_agent, '"', ''))`),
          server: `coalesce(${given('host_header')}, bucket_name)`,
          version: 'tls_version',
          withoutVersion: inClear('http_status'),
          cipherSuite: given('cipher_suite'),
          keyExchange: NOT_LOGGED,
          always: '"time"',
        },
        [
          lately(days),
          // What Amazon S3 does by itself, such as `S3.EXPIRE.OBJECT`, comes over no connection.
          "(operation IS NULL OR operation LIKE 'REST.%' OR operation LIKE 'WEBSITE.%' OR operation LIKE 'BATCH.%')",
        ],
      ),
  };
}
