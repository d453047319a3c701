import { type RemovalPolicy, Token } from 'aws-cdk-lib';
import * as rds from 'aws-cdk-lib/aws-rds';
import type { Construct } from 'constructs';
import { invalidProperty } from '../invalid-property';
import { checkReason, recordLoosening } from '../loosening';

/** PostgreSQL cannot be told to refuse old versions before. */
const OLDEST_MAJOR = 13;

/**
 * What this construct decides, and nobody else, the line of the log among it that tells how a connection was encrypted.
 * Babelfish would open a second port, for another protocol.
 */
const OWN_PARAMETERS: readonly string[] = [
  'log_connections',
  'rds.babelfish_status',
  'rds.force_ssl',
  'ssl',
  'ssl_ca_file',
  'ssl_cert_file',
  'ssl_crl_dir',
  'ssl_key_file',
  'ssl_max_protocol_version',
  'ssl_min_protocol_version',
];

/** Suites that agree on a new key for each connection, as RDS and OpenSSL spell them. */
const FORWARD_SECRET = /^(TLS_)?ECDHE[_-]/;

/** What decides how a database speaks TLS. */
export interface DatabaseParametersProps {
  readonly version: rds.AuroraPostgresEngineVersion;
  readonly parameters: Readonly<Record<string, string>>;
  readonly plaintextClientsReason: string | undefined;
  readonly removalPolicy: RemovalPolicy;
}

/**
 * The parameter group that makes a cluster refuse plaintext and TLS below 1.2, and tell of each connection whether and
 * how it was encrypted.
 *
 * Statements are not logged: their values are what the database is there to protect.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraPostgreSQL.Security.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraPostgreSQL.Reference.ParameterGroups.html
 * @see https://www.postgresql.org/docs/current/runtime-config-connection.html#GUC-SSL-MIN-PROTOCOL-VERSION
 */
export function databaseParameters(scope: Construct, props: DatabaseParametersProps): rds.IParameterGroup {
  const { version, parameters, plaintextClientsReason: reason } = props;
  checkVersion(scope, version);
  checkParameters(scope, parameters);
  if (reason !== undefined) checkReason(scope, 'plaintextClientsReason', reason);

  // By L1: the group of the L2 is not there until a cluster is bound to it.
  const group = new rds.CfnDBClusterParameterGroup(scope, 'Parameters', {
    description: 'TLS 1.2 or newer only',
    family: `aurora-postgresql${version.auroraPostgresMajorVersion}`,
    parameters: {
      log_connections: '1',
      log_disconnections: '1',
      ...parameters,
      'rds.force_ssl': reason === undefined ? '1' : '0',
      ssl_min_protocol_version: 'TLSv1.2',
    },
  });
  group.applyRemovalPolicy(props.removalPolicy);
  if (reason !== undefined) recordLoosening(group, 'plaintextClients', reason);
  return rds.ParameterGroup.fromParameterGroupName(scope, 'ParameterGroup', group.ref);
}

function checkVersion(scope: Construct, version: rds.AuroraPostgresEngineVersion): void {
  const { auroraPostgresMajorVersion: major } = version;
  if (Token.isUnresolved(major)) {
    throw invalidProperty(
      scope,
      "'version' must be known at synthesis, got an unresolved value, give a literal",
    );
  }
  if (Number.parseInt(major, 10) >= OLDEST_MAJOR) return;
  throw invalidProperty(
    scope,
    `'version' must be ${OLDEST_MAJOR} or newer, since older ones cannot be told to refuse TLS below 1.2, got ${major}`,
  );
}

function checkParameters(scope: Construct, parameters: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(parameters)) {
    if (Token.isUnresolved(name)) {
      throw invalidProperty(
        scope,
        "'parameters' must have names that are known at synthesis, got an unresolved one",
      );
    }
    if (OWN_PARAMETERS.includes(name.toLowerCase())) {
      throw invalidProperty(
        scope,
        `'parameters' must not set ${name}, which this construct decides, leave it out` +
          (name.toLowerCase() === 'rds.force_ssl' ? ", or say why in 'plaintextClientsReason'" : ''),
      );
    }
    if (name.toLowerCase() === 'ssl_ciphers') checkCiphers(scope, value);
  }
}

function checkCiphers(scope: Construct, list: string): void {
  if (Token.isUnresolved(list)) {
    throw invalidProperty(
      scope,
      "'ssl_ciphers' must be known at synthesis, got an unresolved value, give a literal",
    );
  }
  const weak = list.split(/[,:]/).find((suite) => !FORWARD_SECRET.test(suite.trim()));
  if (weak === undefined) return;
  throw invalidProperty(
    scope,
    `'ssl_ciphers' must name suites with forward secrecy only, such as TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, got ${JSON.stringify(weak.trim().slice(0, 80))}`,
  );
}
