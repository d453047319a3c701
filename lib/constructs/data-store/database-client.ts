import { Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { invalidProperty } from '../invalid-property';

/** Where an image that follows the documentation of `TlsDatabase` keeps the certificates of RDS. */
const ROOT_CERTIFICATES = '/opt/rds/global-bundle.pem';

/** What a client needs to know besides where the database is. */
export interface DatabaseClientOptions {
  /**
   * The name of the database.
   *
   * @default - the one made with the cluster, else `postgres`
   */
  readonly databaseName?: string;
  /**
   * The user, whose password or IAM token the client gets another way: environments are shown to whoever may describe
   * them.
   *
   * @default - the client says it
   */
  readonly user?: string;
  /**
   * The absolute path, in the image or function, of the file with the certificates of RDS.
   *
   * @default '/opt/rds/global-bundle.pem'
   */
  readonly rootCertificatePath?: string;
  /**
   * Whether it connects to the readers, which take no writes.
   *
   * @default false
   */
  readonly readOnly?: boolean;
}

/** Where a database is. */
interface DatabaseAddress {
  readonly host: string;
  readonly port: string;
  readonly databaseName: string;
}

/**
 * The variables that every client built on libpq reads (psql, psycopg, `pg` of Ruby, PHP), for a connection that is
 * encrypted and authenticated: it fails unless the certificate is of RDS and names the host.
 *
 * @see https://www.postgresql.org/docs/current/libpq-envars.html
 */
export function clientEnvironmentFor(
  scope: IConstruct,
  { host, port, databaseName }: DatabaseAddress,
  { user, rootCertificatePath = ROOT_CERTIFICATES, ...options }: DatabaseClientOptions,
): Record<string, string> {
  if (!Token.isUnresolved(rootCertificatePath) && !rootCertificatePath.startsWith('/')) {
    throw invalidProperty(
      scope,
      `'rootCertificatePath' must be an absolute path, got ${JSON.stringify(rootCertificatePath.slice(0, 80))}, ` +
        'the certificates of RDS are in no trust store of a system',
    );
  }
  return {
    PGHOST: host,
    PGPORT: port,
    PGDATABASE: options.databaseName ?? databaseName,
    ...(user === undefined ? {} : { PGUSER: user }),
    PGSSLMODE: 'verify-full',
    PGSSLROOTCERT: rootCertificatePath,
    PGSSLMINPROTOCOLVERSION: 'TLSv1.2',
  };
}
