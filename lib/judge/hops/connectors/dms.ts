import { type Cursor, Reference, type Resource, show } from '../../template';
import { type Connector, hop, resourceParty } from '../connector';
import type { Fact, Hop, HopProtocol, Party } from '../fact';
import { hidden, none, observe, stated } from '../observed';
import { protocolOf, urlAt } from '../url';

type Wire = Pick<Hop, 'protocol' | 'serverAuthenticated'>;

/**
 * Engines that DMS reaches through an API of AWS, which is HTTPS, or whose endpoint always encrypts.
 *
 * Source: DMS user guide, "Using SSL with AWS DMS" (Redshift needs no SSL mode; read 2026-11-22).
 */
const ENCRYPTED_BY_AWS = new Set(['s3', 'kinesis', 'dynamodb', 'neptune', 'redshift', 'redshift-serverless']);

/** Endpoints of Database Migration Service: what it reads from and writes to. */
export const dms: Connector = {
  service: 'dms',
  types: ['AWS::DMS::Endpoint'],
  facts(resource, world): readonly Fact[] {
    const view = world.view(resource);
    const service: Party = { what: 'aws', name: 'Database Migration Service' };
    const database = databaseParty(view);
    const isSource = view.at('EndpointType').string();
    const engineAt = view.at('EngineName');
    const engine = engineAt.string();
    return [
      hop(view, {
        kind: 'dms.endpoint',
        label: engine.state === 'given' ? engine.value : undefined,
        // DMS is the client on both sides; the data moves the way that the endpoint's type says.
        ...(isSource.state === 'given' && isSource.value === 'source'
          ? { from: database, to: service }
          : { from: service, to: database }),
        ...(engine.state === 'given'
          ? wireOf(view, engine.value.toLowerCase())
          : {
              protocol: hidden<HopProtocol>(
                engineAt,
                engine.state === 'unresolved' ? engine.why : 'the engine is absent',
              ),
            }),
        certificate: none(view),
      }),
    ];
  },
};

function wireOf(view: Cursor, engine: string): Wire {
  if (ENCRYPTED_BY_AWS.has(engine))
    return { protocol: stated(view, 'tls'), serverAuthenticated: stated(view, true) };
  if (engine === 'opensearch' || engine === 'elasticsearch') return searchWire(view);
  if (engine === 'redis') return redisWire(view);
  if (engine === 'kafka') return kafkaWire(view);
  return sslModeWire(view);
}

/** DMS speaks HTTPS to a search domain unless the address says otherwise. */
function searchWire(view: Cursor): Wire {
  const at = view.at('ElasticsearchSettings', 'EndpointUri');
  const reading = at.string();
  const hasNoScheme = reading.state === 'given' && !reading.value.includes('://');
  // The endpoint attribute of a domain is a host without a scheme.
  const isHttps = !at.isPresent || hasNoScheme || at.value() instanceof Reference;
  return {
    protocol: isHttps ? stated(at, 'tls', { given: at.isPresent }) : protocolOf(urlAt(at)),
    serverAuthenticated: stated(at, true),
  };
}

const REDIS: Readonly<Record<string, HopProtocol>> = { 'ssl-encryption': 'tls', plaintext: 'plaintext' };

/** The certificate is checked against a given authority, else against Amazon's. */
function redisWire(view: Cursor): Wire {
  const at = view.at('RedisSettings', 'SslSecurityProtocol');
  return {
    protocol: observe<HopProtocol, string>(at, at.string(), {
      map: (value) => REDIS[value.toLowerCase()],
      otherwise: 'tls',
    }),
    serverAuthenticated: stated(view.at('RedisSettings', 'SslCaCertificateArn'), true),
  };
}

const KAFKA: Readonly<Record<string, HopProtocol>> = {
  plaintext: 'plaintext',
  'ssl-encryption': 'tls',
  'ssl-authentication': 'tls',
  'sasl-ssl': 'tls',
};

function kafkaWire(view: Cursor): Wire {
  const at = view.at('KafkaSettings', 'SecurityProtocol');
  return {
    protocol: observe<HopProtocol, string>(at, at.string(), {
      map: (value) => KAFKA[value.toLowerCase()],
      otherwise: 'plaintext',
    }),
    serverAuthenticated: stated(view.at('KafkaSettings', 'SslCaCertificateArn'), true),
  };
}

/** `require` encrypts to whoever answers; only the two `verify` modes look at the certificate. */
const SSL_MODES: Readonly<Record<string, { protocol: HopProtocol; verifies: boolean | undefined }>> = {
  none: { protocol: 'plaintext', verifies: undefined },
  require: { protocol: 'tls', verifies: false },
  'verify-ca': { protocol: 'tls', verifies: true },
  'verify-full': { protocol: 'tls', verifies: true },
};

function sslModeWire(view: Cursor): Wire {
  const at = view.at('SslMode');
  const reading = at.string();
  return {
    protocol: observe<HopProtocol, string>(at, reading, {
      map: (mode) => SSL_MODES[mode.toLowerCase()]?.protocol,
      otherwise: 'plaintext',
    }),
    serverAuthenticated: observe<boolean, string>(at, reading, {
      map: (mode) => SSL_MODES[mode.toLowerCase()]?.verifies,
      otherwise: undefined,
    }),
  };
}

/** Where the settings of an engine repeat the server's name. */
const SERVER_NAMES: readonly (readonly string[])[] = [
  ['ServerName'],
  ['MongoDbSettings', 'ServerName'],
  ['RedisSettings', 'ServerName'],
  ['MicrosoftSqlServerSettings', 'ServerName'],
  ['KafkaSettings', 'Broker'],
  ['ElasticsearchSettings', 'EndpointUri'],
  ['S3Settings', 'BucketName'],
];

function databaseParty(view: Cursor): Party {
  const at = SERVER_NAMES.map((path) => view.at(...path)).find((cursor) => cursor.isPresent);
  const resource: Resource | undefined = at?.reference();
  if (resource !== undefined) return resourceParty(resource);
  const name = at?.string();
  const engine = view.at('EngineName').string();
  const fallback = engine.state === 'given' ? `a ${engine.value} database` : 'a database';
  return { what: 'external', name: name?.state === 'given' ? show(name.value) : fallback };
}
