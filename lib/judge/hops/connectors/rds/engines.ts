import type { TlsVersion } from '../../../../core/tls';
import { isVersionAtLeast } from '../../engine-version';

/** How one database engine of RDS is told to require TLS. */
export interface DatabaseEngine {
  /** The engine as CloudFormation spells it, and the families of its parameter groups begin. */
  readonly name: string;
  /** The parameter that refuses plaintext. */
  readonly parameter: string;
  /** The first version whose default group has it on; `undefined` where no version has. */
  readonly requiredFrom: string | undefined;
  /** The parameter that names the protocol versions, or the oldest of them. */
  readonly versionsParameter: string | undefined;
  /** The first version that negotiates nothing below TLS 1.2 whatever its parameters say. */
  readonly tls12From: string | undefined;
  /** The version below which it accepts TLS 1.0 unless a parameter says otherwise; `undefined` where none is known. */
  readonly tls10Below: string | undefined;
  /** The first version that takes TLS 1.2 at least unless a parameter says otherwise; `undefined` where none is known. */
  readonly tls12ByDefaultFrom: string | undefined;
  /** Where it was read; it says so where only a quotation of that page, or nothing, could be read. */
  readonly source: string;
  /** When it was last looked for. */
  readonly reviewed: string;
}

const REVIEWED = '2026-11-22';

/** What engines do where a parameter group says nothing. AWS changes this with major versions. */
export const DATABASE_ENGINES: readonly DatabaseEngine[] = [
  {
    name: 'postgres',
    parameter: 'rds.force_ssl',
    requiredFrom: '15',
    versionsParameter: 'ssl_min_protocol_version',
    tls12From: undefined,
    tls10Below: undefined,
    tls12ByDefaultFrom: undefined,
    // It "supports TLS versions 1.1, 1.2, and 1.3": AWS does not say with which it begins.
    source: 'AWS docs, RDS "PostgreSQL.Concepts.General.SSL"',
    reviewed: REVIEWED,
  },
  {
    name: 'aurora-postgresql',
    parameter: 'rds.force_ssl',
    // Two major versions later than RDS for PostgreSQL.
    requiredFrom: '17',
    versionsParameter: 'ssl_min_protocol_version',
    tls12From: undefined,
    tls10Below: undefined,
    tls12ByDefaultFrom: '14',
    source:
      'AWS docs, Aurora "AuroraPostgreSQL.Security" (16 and older quoted by others, 17 from memory); ' +
      '"AuroraPostgreSQL.Reference.ParameterGroups" (TLSv1.2 in the default group of 14)',
    reviewed: REVIEWED,
  },
  {
    name: 'mysql',
    parameter: 'require_secure_transport',
    requiredFrom: undefined,
    versionsParameter: 'tls_version',
    tls12From: '8.0.28',
    tls10Below: '8.0',
    tls12ByDefaultFrom: undefined,
    source:
      'AWS docs, RDS "mysql-ssl-connections.require-ssl", "MySQL.Concepts.SSLSupport"; MySQL 8.0 manual',
    reviewed: REVIEWED,
  },
  {
    name: 'aurora-mysql',
    parameter: 'require_secure_transport',
    requiredFrom: '8.4',
    versionsParameter: 'tls_version',
    tls12From: '8.4',
    tls10Below: '8.0',
    tls12ByDefaultFrom: undefined,
    source: 'AWS docs, Aurora "AuroraMySQL.Compare-v3-v84"; TLS 1.0 of version 2 (MySQL 5.7): from memory',
    reviewed: REVIEWED,
  },
  {
    name: 'aurora',
    parameter: 'require_secure_transport',
    requiredFrom: undefined,
    versionsParameter: 'tls_version',
    tls12From: undefined,
    tls10Below: '5.7',
    tls12ByDefaultFrom: undefined,
    source: 'from memory: Aurora MySQL version 1 (MySQL 5.6), which is no longer offered',
    reviewed: REVIEWED,
  },
  {
    name: 'mariadb',
    parameter: 'require_secure_transport',
    requiredFrom: '11.8',
    versionsParameter: 'tls_version',
    tls12From: '10.11',
    // 10.6 and older accept it in some minor versions.
    tls10Below: undefined,
    tls12ByDefaultFrom: undefined,
    source: 'AWS docs, RDS "mariadb-ssl-connections.require-ssl", "MariaDB.Concepts.SSLSupport"',
    reviewed: REVIEWED,
  },
  ...['ee', 'se', 'ex', 'web', 'dev-ee'].map((edition) => ({
    name: `sqlserver-${edition}`,
    parameter: 'rds.force_ssl',
    requiredFrom: undefined,
    // Versions are switched one by one, see `SQL_SERVER_VERSIONS`.
    versionsParameter: undefined,
    tls12From: undefined,
    tls10Below: undefined,
    tls12ByDefaultFrom: undefined,
    source: 'AWS docs, RDS "SQLServer.Concepts.General.SSL.Using" (quoted by others)',
    reviewed: REVIEWED,
  })),
];

/** The parameters by which SQL Server offers a version, oldest first. */
export const SQL_SERVER_VERSIONS: readonly (readonly [parameter: string, version: TlsVersion])[] = [
  ['rds.tls10', 'TLSv1.0'],
  ['rds.tls11', 'TLSv1.1'],
];

/**
 * The last minor versions of SQL Server in which those parameters are on where nobody sets them.
 *
 * Source: AWS docs, RDS "SQLServer.Ciphers"; reviewed 2026-11-22.
 */
const SQL_SERVER_OFF_AFTER: readonly string[] = [
  '16.00.4120.1',
  '15.00.4365.2',
  '14.00.3465.1',
  '13.00.6435.1',
  '12.00.6449.1',
];

/** Whether SQL Server of that version offers TLS 1.0 and 1.1 by itself; `undefined` where only more digits tell. */
export function sqlServerOffersOldTls(version: string): boolean | undefined {
  const last = SQL_SERVER_OFF_AFTER.find((candidate) => parseInt(candidate, 10) === parseInt(version, 10));
  if (last === undefined) return !isVersionAtLeast(version, '17');
  if (!/^\d+\.\d+\.\d+/.test(version)) return undefined;
  return !isVersionAtLeast(version, last) || isVersionAtLeast(last, version);
}

/** Engines whose templates cannot tell, with the reason. */
const NOT_TOLD: readonly (readonly [prefix: string, why: string])[] = [
  [
    'custom-',
    'RDS Custom leaves the engine to whoever administers the machine, and no parameter group refuses plaintext',
  ],
  [
    'oracle-',
    'Oracle has no parameter that refuses plaintext: the SSL option adds a port beside the plaintext one, and ' +
      'native network encryption is no TLS, so it depends on security groups and sqlnet.ora',
  ],
  ['db2-', 'Db2 decides by the registry variable DB2COMM, which may serve plaintext beside TLS'],
];

/** The engine of that name, or why its templates cannot tell. */
export function engineNamed(name: string): DatabaseEngine | { readonly why: string } {
  const engine = DATABASE_ENGINES.find((candidate) => candidate.name === name.toLowerCase());
  if (engine !== undefined) return engine;
  const told = NOT_TOLD.find(([prefix]) => name.toLowerCase().startsWith(prefix));
  return { why: told?.[1] ?? `engine ${name} is not one we know` };
}

/** Takes a family such as `aurora-postgresql16` or `sqlserver-se-15.0` apart. */
export function splitFamily(
  family: string,
): { readonly engine: string; readonly version: string } | undefined {
  const parts = /^(.*?[a-z])-?(\d+(?:\.\d+)*)$/.exec(family.toLowerCase());
  return parts === null ? undefined : { engine: parts[1] ?? '', version: parts[2] ?? '' };
}

/** The oldest protocol version in a list such as `TLSv1.2,TLSv1.3`; `undefined` where a name is not known. */
export function oldestOf(list: string): TlsVersion | undefined {
  const names: Readonly<Record<string, TlsVersion>> = {
    tlsv1: 'TLSv1.0',
    'tlsv1.0': 'TLSv1.0',
    'tlsv1.1': 'TLSv1.1',
    'tlsv1.2': 'TLSv1.2',
    'tlsv1.3': 'TLSv1.3',
  };
  const versions = list.split(',').map((item) => names[item.trim().toLowerCase()]);
  const known = versions.filter((version) => version !== undefined);
  return known.length === versions.length ? [...known].sort()[0] : undefined;
}
