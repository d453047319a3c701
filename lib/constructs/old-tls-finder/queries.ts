import { CURRENT_VERSIONS, quoted, WITHOUT_VERSION } from './sources/connections';
import type { LogSource } from './sources/log-source';

/** A query that is kept in the workgroup, for people to run. */
export interface FinderQuery {
  /** The end of the construct's id. */
  readonly id: string;
  /** As the console lists it. */
  readonly name: string;
  readonly description: string;
  readonly text: string;
}

/**
 * So many rows at most, the largest counts first; the column `rows_in_all` says how many there would be. On a public
 * site every scanner of the internet is a row.
 */
const MOST_ROWS = 10_000;

const HYBRID = "upper(key_exchange) LIKE '%MLKEM%'";
const VERSION_NEGOTIATED = `tls_version NOT IN (${quoted([...WITHOUT_VERSION, 'none'])})`;
const OLD = `tls_version NOT IN (${quoted([...CURRENT_VERSIONS, ...WITHOUT_VERSION])})`;
/** Only TLS 1.3 has a hybrid key agreement; below it there is none, whatever is logged. */
const NO_POST_QUANTUM = `(tls_version <> 'TLSv1.3' OR NOT ${HYBRID})`;

/** The query that a report runs, by its name. */
export const REPORTED = 'below-tls-1-2';

/** The queries over all the given sources, of the last days. At least one source. */
export function finderQueries(sources: readonly LogSource[], days: number): readonly FinderQuery[] {
  const withGroup = sources.filter(({ namesKeyExchange }) => namesKeyExchange);
  const withAgent = sources.filter(({ namesUserAgent }) => namesUserAgent);
  const refusing = sources.flatMap(({ refusals }) => (refusals === undefined ? [] : [refusals(days)]));
  const since = `the last ${days} days`;
  return [
    {
      id: 'BelowTls12',
      name: REPORTED,
      description: `Who negotiated below TLS 1.2, or sent requests in clear, in ${since}: by source, principal, client and server.`,
      text: `${connectionsOf(sources, days)}\n${BELOW_TLS_12}`,
    },
    ...(withGroup.length === 0
      ? []
      : [
          {
            id: 'WithoutPostQuantum',
            name: 'without-post-quantum',
            description: `Who connected without post-quantum key agreement in ${since}, by the logs that name the key exchange.`,
            text: `${connectionsOf(withGroup, days)}\n${WITHOUT_POST_QUANTUM}`,
          },
        ]),
    {
      id: 'Summary',
      name: 'tls-summary',
      description: `Connections and clients of ${since} by source and version of TLS; lines that could not be read among them.`,
      text: `${connectionsOf(sources, days)}\n${SUMMARY}`,
    },
    ...(withAgent.length === 0
      ? []
      : [
          {
            id: 'UserAgents',
            name: 'tls-by-user-agent',
            description: `Which software connected over which version of TLS in ${since}, by what it calls itself.`,
            text: `${connectionsOf(withAgent, days)}\n${USER_AGENTS}`,
          },
        ]),
    {
      id: 'Tls13Readiness',
      name: 'tls-1-3-readiness',
      description: `Whether servers may move to TLS 1.3 only: which share of connections of ${since} has it, and how many clients never do.`,
      text: `${connectionsOf(sources, days)}\n${READINESS}`,
    },
    ...(refusing.length === 0
      ? []
      : [
          {
            id: 'RefusedHandshakes',
            name: 'refused-handshakes',
            description: `Who could not connect to load balancers in ${since}: what a raised floor has shut out is among them.`,
            text: `WITH refusals AS (\n  ${refusing.join('\n  UNION ALL\n  ')}\n)\n${REFUSED}`,
          },
        ]),
  ];
}

function connectionsOf(sources: readonly LogSource[], days: number): string {
  const all = sources.map(({ connections }) => connections(days)).join('\n  UNION ALL\n  ');
  return `WITH connections AS (\n  ${all}\n)`;
}

/** The columns of `below-tls-1-2`, in their order. */
export const BELOW_TLS_12_COLUMNS = [
  'source',
  'tls_version',
  'principal',
  'client',
  'server',
  'connections',
  'first_day',
  'last_day',
  'rows_in_all',
] as const;

const BELOW_TLS_12 = `SELECT source, tls_version, principal, client, server,
  count(*) AS connections,
  min("day") AS first_day,
  max("day") AS last_day,
  count(*) OVER () AS rows_in_all
FROM connections
WHERE ${OLD}
GROUP BY source, tls_version, principal, client, server
ORDER BY connections DESC, source, tls_version, principal, client, server
LIMIT ${MOST_ROWS}`;

const WITHOUT_POST_QUANTUM = `SELECT source, tls_version, key_exchange, principal, client, server,
  count(*) AS connections,
  max("day") AS last_day,
  count(*) OVER () AS rows_in_all
FROM connections
WHERE ${VERSION_NEGOTIATED}
  AND ${NO_POST_QUANTUM}
GROUP BY source, tls_version, key_exchange, principal, client, server
ORDER BY connections DESC, source, tls_version, key_exchange, principal, client, server
LIMIT ${MOST_ROWS}`;

const SUMMARY = `SELECT source, tls_version,
  count(*) AS connections,
  count(DISTINCT coalesce(principal, client)) AS clients,
  round(100 * CAST(count(*) AS double) / sum(count(*)) OVER (PARTITION BY source), 2) AS percent_of_source,
  count_if(tls_version = 'TLSv1.3' AND ${HYBRID}) AS post_quantum,
  count_if(tls_version = 'TLSv1.3' AND key_exchange IS NULL) AS key_exchange_not_logged
FROM connections
GROUP BY source, tls_version
ORDER BY source, tls_version`;

const USER_AGENTS = `SELECT source, substr(user_agent, 1, 200) AS user_agent,
  count(*) AS connections,
  count(DISTINCT client) AS clients,
  count_if(tls_version = 'TLSv1.3') AS tls_1_3,
  count_if(tls_version = 'TLSv1.2') AS tls_1_2,
  count_if(${OLD}) AS older,
  count(*) OVER () AS rows_in_all
FROM connections
WHERE user_agent IS NOT NULL
GROUP BY source, substr(user_agent, 1, 200)
ORDER BY older DESC, tls_1_2 DESC, connections DESC, source, user_agent
LIMIT ${MOST_ROWS}`;

/** A client that ever negotiated TLS 1.3 with a server can do without 1.2 there. */
const READINESS = `, clients AS (
  SELECT source, server, coalesce(principal, client) AS client,
    count(*) AS connections,
    count_if(tls_version = 'TLSv1.3') AS tls_1_3
  FROM connections
  WHERE ${VERSION_NEGOTIATED}
  GROUP BY source, server, coalesce(principal, client)
)
SELECT source, server,
  sum(connections) AS connections,
  round(100 * CAST(sum(tls_1_3) AS double) / sum(connections), 2) AS percent_tls_1_3,
  count(*) AS clients,
  count_if(tls_1_3 = 0) AS clients_without_tls_1_3,
  count(*) OVER () AS rows_in_all
FROM clients
GROUP BY source, server
ORDER BY percent_tls_1_3, source, server
LIMIT ${MOST_ROWS}`;

const REFUSED = `SELECT source, server, client, reason,
  count(*) AS handshakes,
  max("day") AS last_day,
  count(*) OVER () AS rows_in_all
FROM refusals
GROUP BY source, server, client, reason
ORDER BY handshakes DESC, source, server, client, reason
LIMIT ${MOST_ROWS}`;
