/**
 * Every kind of log says the same in words of its own: who connected, from where, to what, and how it was encrypted.
 * Its `SELECT` gives these columns, under these names and in this order, so that queries can put all of them together.
 */
export interface ConnectionColumns {
  /** Who: a principal of IAM, the subject of a client certificate. */
  readonly principal: string;
  /** From where: an IP address, or the name of a service. */
  readonly client: string;
  readonly userAgent: string;
  /** To what: a host name, a load balancer, a bucket. */
  readonly server: string;
  /** The column with the version of TLS, as the service spells it. */
  readonly version: string;
  /** What a row is called that has none: `NOT_NEGOTIATED`, or `inClear`. */
  readonly withoutVersion: string;
  readonly cipherSuite: string;
  /** The group or algorithm that keys were agreed on with. */
  readonly keyExchange: string;
  /** A column that every line has: null where the line could not be read. Absent where such lines fail the query. */
  readonly always: string | undefined;
}

/** What a log does not say. */
export const NOT_LOGGED = 'CAST(NULL AS varchar)';

/** The versions that are not old. What is neither of them, and no label, counts as old: also a name that is new. */
export const CURRENT_VERSIONS = ['TLSv1.2', 'TLSv1.3'] as const;
/** What stands in place of a version where the line could not be read, or no version was agreed on. */
export const WITHOUT_VERSION = ['unreadable', 'not negotiated', 'redirected'] as const;

/** A handshake that failed. */
export const NOT_NEGOTIATED = "'not negotiated'";

/** The versions as services spell them, without dots and in capitals: `TLSv1.2`, `tlsv12`. */
const SPELLINGS: readonly (readonly [version: string, ...spellings: readonly string[]])[] = [
  ['SSLv2', 'SSLV2'],
  ['SSLv3', 'SSLV3', 'SSLV30'],
  ['TLSv1.0', 'TLSV1', 'TLSV10'],
  ['TLSv1.1', 'TLSV11'],
  ['TLSv1.2', 'TLSV12'],
  ['TLSv1.3', 'TLSV13'],
];

/** The `SELECT` that gives the connections of one log, as `ConnectionColumns` names them. */
export function selectConnections(
  source: string,
  table: string,
  columns: ConnectionColumns,
  where: readonly string[],
): string {
  return [
    `SELECT '${source}' AS source,`,
    '    "day",',
    `    ${columns.principal} AS principal,`,
    `    ${columns.client} AS client,`,
    `    ${columns.userAgent} AS user_agent,`,
    `    ${columns.server} AS server,`,
    `    ${versionOf(columns)} AS tls_version,`,
    `    ${columns.cipherSuite} AS cipher_suite,`,
    `    ${columns.keyExchange} AS key_exchange`,
    `  FROM ${table}`,
    `  WHERE ${where.join('\n    AND ')}`,
  ].join('\n');
}

/** A column without the `-` that stands for nothing. */
export function given(column: string): string {
  return `nullif(${column}, '-')`;
}

/** A request without TLS: none at all, but where the answer sent the client to HTTPS, as it should. */
export function inClear(status: string): string {
  return `CASE WHEN ${status} IN ('301', '302', '307', '308') THEN 'redirected' ELSE 'none' END`;
}

/** The days that a query looks at, today among them, by UTC: nothing older is read. */
export function lately(days: number): string {
  return `"day" >= date_format(current_date - interval '${days}' day, '%Y/%m/%d')`;
}

function versionOf({ version, withoutVersion, always }: ConnectionColumns): string {
  const branches = SPELLINGS.map(
    ([name, ...spellings]) => `WHEN ${spelled(version)} IN (${quoted(spellings)}) THEN '${name}'`,
  );
  return [
    'CASE',
    ...(always === undefined ? [] : [`WHEN ${always} IS NULL THEN 'unreadable'`]),
    `WHEN coalesce(${version}, '-') IN ('-', '') THEN ${withoutVersion}`,
    ...branches,
    `ELSE ${version}`,
    'END',
  ].join('\n      ');
}

function spelled(column: string): string {
  return `upper(replace(${column}, '.', ''))`;
}

/** A list of texts in SQL. */
export function quoted(values: readonly string[]): string {
  return values.map((value) => `'${value}'`).join(', ');
}
