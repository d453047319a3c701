import type { ResolvedLocation } from '../log-location';
import { linesBy, type PartitionLevel } from '../log-table';
import { given, inClear, lately, NOT_LOGGED, NOT_NEGOTIATED, selectConnections } from './connections';
import type { LogSource } from './log-source';

/**
 * Elastic Load Balancing writes objects below these folders, for application and network load balancers alike.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-connection-logs.html
 */
const FOLDER = 'AWSLogs/${account}/elasticloadbalancing/${region}';

/** The name of the load balancer, which the keys of objects carry and the lines of connection logs do not. */
const BY_KEY = `regexp_extract("$path", '_(app[.][^/_]+)_', 1)`;

const TOKEN = '([^ ]*)';
/** Fields that are younger than the first lines of the log: older lines end before them. */
const YOUNGER = '(?: ([^ ]*))?';
/** What fields AWS may add later, which no column has. */
const LATER = '(?: [^\\n]*)?';
/** An address and its port; IPv6 addresses have colons themselves. A handshake that failed may know none. */
const ADDRESS = '(?:([^ ]*):([0-9]*)|-)';

/**
 * Text between quotes that clients wrote: it may hold spaces, and quotes with a backslash before them. It reaches as far
 * as it can, so that what the load balancer wrote behind it, by its form, ends it: nobody can make their version of TLS
 * another, or their line unreadable, by what they call themselves.
 */
const BY_CLIENT = '"((?:[^\\n]*[^\\\\\\n])?)"';
/** Of a client certificate: its validity and serial number, and what verification made of it. */
const VALIDITY = '(-|NotBefore=[^ ]*)';
const VERIFIED = '(-|Success|Failed[^ ]*)';

/** Position 5 is the version, position 13 the key exchange. */
const CONNECTION = `${TOKEN} ${TOKEN} ${TOKEN} ${TOKEN} ${TOKEN} ${TOKEN} ${TOKEN} ${BY_CLIENT} ${VALIDITY} ${TOKEN} ${VERIFIED}${YOUNGER}${YOUNGER}${LATER}`;

/** Method, address, protocol, each without a space in it: of none of them is a column made, they may hold tokens. */
const REQUEST = '"[^ "]* [^ ]* [^"\\n]*"';
const VERSION = '(-|(?:TLS|SSL)v[0-9.]*)';
/** Trace, name that the client asked for (SNI), certificate, rule, time: what ends the text that clients wrote. */
const BEHIND = '"[^"\\n]*" "([^"\\n]*)" "(?:-|session-reused|arn:[^"\\n]*)" [-0-9]* [-0-9T:.Z]*';

const ACCESS = `${TOKEN} ${TOKEN} ${TOKEN} ${ADDRESS} [^ ]* [^ ]* [^ ]* [^ ]* ${TOKEN} [^ ]* [^ ]* [^ ]* ${REQUEST} ${BY_CLIENT} ([^ "]*) ${VERSION} [^ ]* ${BEHIND}${LATER}`;

/** All fields are without spaces; the group is the 19th (24 columns of the Athena page, address and port apart). */
const NETWORK = `${Array.from({ length: 5 }, () => TOKEN).join(' ')} ${ADDRESS} ${ADDRESS} ${Array.from({ length: 14 }, () => TOKEN).join(' ')}${YOUNGER}${LATER}`;

function levels(location: ResolvedLocation): readonly PartitionLevel[] {
  return [
    { name: 'account', values: location.accounts },
    { name: 'region', values: location.regions },
  ];
}

/**
 * Connections to application load balancers, those that failed among them.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-connection-logs.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html ("TLS protocol version (log field position 5) and key exchange (log field position 13)")
 * @see https://docs.aws.amazon.com/athena/latest/ug/create-alb-connection-logs-table-partition-projection.html
 */
export function albConnectionSource(location: ResolvedLocation): LogSource {
  const name = 'alb_connections';
  return {
    name,
    table: {
      name,
      description: 'Connections to application load balancers, with version of TLS and key exchange',
      columns: strings(
        'time client_ip client_port listener_port tls_protocol tls_cipher tls_handshake_latency',
        'leaf_client_cert_subject leaf_client_cert_validity leaf_client_cert_serial_number tls_verify_status',
        'conn_trace_id tls_keyexchange',
      ),
      format: linesBy(CONNECTION),
      location,
      folder: FOLDER,
      levels: levels(location),
    },
    namesKeyExchange: true,
    namesUserAgent: false,
    connections: (days) =>
      selectConnections(
        name,
        name,
        {
          principal: given('leaf_client_cert_subject'),
          client: 'client_ip',
          userAgent: NOT_LOGGED,
          server: BY_KEY,
          version: 'tls_protocol',
          withoutVersion: NOT_NEGOTIATED,
          cipherSuite: given('tls_cipher'),
          keyExchange: given('tls_keyexchange'),
          always: '"time"',
        },
        [lately(days)],
      ),
    refusals: (days) =>
      [
        `SELECT '${name}' AS source, "day", client_ip AS client, ${BY_KEY} AS server, tls_verify_status AS reason`,
        `  FROM ${name}`,
        `  WHERE ${lately(days)}`,
        "    AND tls_verify_status LIKE 'Failed%'",
      ].join('\n'),
  };
}

/**
 * Requests to application load balancers: connection logs know no user agents. Neither addresses of pages nor query
 * strings have a column.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html
 */
export function albAccessSource(location: ResolvedLocation): LogSource {
  const name = 'alb_requests';
  return {
    name,
    table: {
      name,
      description: 'Requests to application load balancers, with user agent and version of TLS',
      columns: strings(
        'type time elb client_ip client_port elb_status_code user_agent ssl_cipher ssl_protocol domain_name',
      ),
      format: linesBy(ACCESS),
      location,
      folder: FOLDER,
      levels: levels(location),
    },
    namesKeyExchange: false,
    namesUserAgent: true,
    connections: (days) =>
      selectConnections(
        name,
        name,
        {
          principal: NOT_LOGGED,
          client: 'client_ip',
          userAgent: given('user_agent'),
          server: `coalesce(${given('domain_name')}, elb)`,
          version: 'ssl_protocol',
          withoutVersion: inClear('elb_status_code'),
          cipherSuite: given('ssl_cipher'),
          keyExchange: NOT_LOGGED,
          always: '"time"',
        },
        [lately(days)],
      ),
  };
}

/**
 * Connections to TLS listeners of network load balancers. What listeners pass through is not logged: it is not theirs
 * to decrypt.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-access-logs.html
 * @see https://docs.aws.amazon.com/athena/latest/ug/networkloadbalancer-classic-logs.html
 */
export function nlbSource(location: ResolvedLocation): LogSource {
  const name = 'nlb_connections';
  return {
    name,
    table: {
      name,
      description:
        'Connections to TLS listeners of network load balancers, with version of TLS and named group',
      columns: strings(
        'type version time elb listener_id client_ip client_port target_ip target_port tcp_connection_time_ms',
        'tls_handshake_time_ms received_bytes sent_bytes incoming_tls_alert cert_arn certificate_serial',
        'tls_cipher_suite tls_protocol_version tls_named_group domain_name alpn_fe_protocol alpn_be_protocol',
        'alpn_client_preference_list tls_connection_creation_time',
      ),
      format: linesBy(NETWORK),
      location,
      folder: FOLDER,
      levels: levels(location),
    },
    namesKeyExchange: true,
    namesUserAgent: false,
    connections: (days) =>
      selectConnections(
        name,
        name,
        {
          principal: NOT_LOGGED,
          client: 'client_ip',
          userAgent: NOT_LOGGED,
          server: `coalesce(${given('domain_name')}, elb)`,
          version: 'tls_protocol_version',
          withoutVersion: NOT_NEGOTIATED,
          cipherSuite: given('tls_cipher_suite'),
          keyExchange: given('tls_named_group'),
          always: '"time"',
        },
        [lately(days)],
      ),
    refusals: (days) =>
      [
        `SELECT '${name}' AS source, "day", client_ip AS client, elb AS server,`,
        `    coalesce('Alert:' || ${given('incoming_tls_alert')}, 'Failed') AS reason`,
        `  FROM ${name}`,
        `  WHERE ${lately(days)}`,
        "    AND tls_protocol_version = '-'",
      ].join('\n'),
  };
}

function strings(...names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((some) => some.split(' ')).map((name) => [name, 'string'] as const),
  );
}
