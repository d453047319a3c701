import { type Cursor, Text } from '../../template';
import { type Connector, hop, resourceParty } from '../connector';
import { keyOf, store } from '../data-store';
import type { Fact, Hop, HopProtocol, Party, Store } from '../fact';
import { type Observed, observe, stated } from '../observed';
import { protocolOf, urlAt } from '../url';

/** A destination: the property that configures it, what the posture calls it, and how its wire is known. */
interface Destination {
  readonly property: string;
  readonly name: string;
  /** Below the property: what names the other side. */
  readonly address: readonly string[];
  readonly wire: (address: Cursor) => Pick<Hop, 'protocol' | 'serverAuthenticated'>;
}

const DESTINATIONS: readonly Destination[] = [
  {
    property: 'HttpEndpointDestinationConfiguration',
    name: 'an HTTP endpoint',
    address: ['EndpointConfiguration', 'Url'],
    wire: byScheme,
  },
  { property: 'SplunkDestinationConfiguration', name: 'Splunk', address: ['HECEndpoint'], wire: byScheme },
  {
    property: 'SnowflakeDestinationConfiguration',
    name: 'Snowflake',
    address: ['AccountUrl'],
    wire: byScheme,
  },
  {
    property: 'AmazonopensearchserviceDestinationConfiguration',
    name: 'an OpenSearch domain',
    address: ['ClusterEndpoint'],
    wire: byDomain,
  },
  {
    property: 'ElasticsearchDestinationConfiguration',
    name: 'an Elasticsearch domain',
    address: ['ClusterEndpoint'],
    wire: byDomain,
  },
  {
    property: 'AmazonOpenSearchServerlessDestinationConfiguration',
    name: 'an OpenSearch Serverless collection',
    address: ['CollectionEndpoint'],
    wire: byDomain,
  },
  {
    property: 'RedshiftDestinationConfiguration',
    name: 'a Redshift warehouse',
    address: ['ClusterJDBCURL'],
    wire: byJdbc,
  },
  { property: 'ExtendedS3DestinationConfiguration', name: 'S3', address: ['BucketARN'], wire: byAws },
  { property: 'S3DestinationConfiguration', name: 'S3', address: ['BucketARN'], wire: byAws },
  {
    property: 'IcebergDestinationConfiguration',
    name: 'Iceberg tables in S3',
    address: ['S3Configuration', 'BucketARN'],
    wire: byAws,
  },
];

/** Days for which a stream retries what it could not deliver. */
const RETENTION_DAYS = 1;

/** Amazon Data Firehose. */
export const firehose: Connector = {
  service: 'firehose',
  types: ['AWS::KinesisFirehose::DeliveryStream'],
  facts(resource, world): readonly Fact[] {
    const view = world.view(resource);
    const hops = DESTINATIONS.filter(({ property }) => view.at(property).isPresent).map((destination) => {
      const address = view.at(destination.property, ...destination.address);
      return hop(view, {
        kind: 'firehose.destination',
        label: destination.name,
        from: resourceParty(resource),
        to: partyAt(view.at(destination.property), address, destination.name),
        ...destination.wire(address),
      });
    });
    if (isFedByStream(view)) return hops;
    const input = view.at('DeliveryStreamEncryptionConfigurationInput');
    const keyType = input.at('KeyType');
    return [
      ...hops,
      store(view, {
        kind: 'firehose',
        encryption: observe<NonNullable<Store['encryption']['value']>, string>(keyType, keyType.string(), {
          map: (value) => KEY_TYPES[value.toUpperCase()],
          otherwise: 'none',
        }),
        key: keyOf(input.at('KeyARN')),
        retentionDays: stated(view, RETENTION_DAYS),
      }),
    ];
  },
};

const KEY_TYPES: Readonly<Record<string, NonNullable<Store['encryption']['value']>>> = {
  CUSTOMER_MANAGED_CMK: 'customer-key',
  AWS_OWNED_CMK: 'service-key',
};

/**
 * "When you configure a Kinesis data stream as the data source, Firehose no longer stores the data at rest. Instead, the
 * data is stored in the data stream", which is judged itself; the property for encryption is for direct writes only.
 *
 * https://docs.aws.amazon.com/firehose/latest/dev/encryption.html
 */
function isFedByStream(view: Cursor): boolean {
  const type = view.at('DeliveryStreamType').string();
  return type.state === 'given' && type.value === 'KinesisStreamAsSource';
}

/** A resource of this app, the host of the address, or the kind of destination. */
function partyAt(configuration: Cursor, address: Cursor, name: string): Party {
  const resource = address.reference() ?? configuration.at('DomainARN').reference();
  if (resource !== undefined) return resourceParty(resource);
  const { host } = urlAt(address);
  return { what: 'external', name: host === '' ? name : host };
}

/** The other side may be named by its ARN in place of an address: then Firehose uses HTTPS. */
function byDomain(at: Cursor): Pick<Hop, 'protocol' | 'serverAuthenticated'> {
  return at.isPresent ? byScheme(at) : { protocol: stated(at, 'tls'), serverAuthenticated: stated(at, true) };
}

function byScheme(at: Cursor): Pick<Hop, 'protocol' | 'serverAuthenticated'> {
  const resource = at.reference();
  const isHttps = resource !== undefined && HTTPS_ENDPOINTS.has(resource.type);
  return {
    protocol: isHttps ? stated(at, 'tls', { given: at.isPresent }) : protocolOf(urlAt(at)),
    serverAuthenticated: stated(at, true),
  };
}

/** Resources whose endpoint attributes are addresses of HTTPS, with or without the scheme. */
const HTTPS_ENDPOINTS = new Set([
  'AWS::OpenSearchService::Domain',
  'AWS::Elasticsearch::Domain',
  'AWS::OpenSearchServerless::Collection',
]);

/**
 * The JDBC driver of Redshift encrypts and checks the certificate unless its address says otherwise; that of
 * PostgreSQL falls back to plaintext when the server offers no TLS.
 *
 * Source: the guides of both drivers, `ssl` and `sslmode`, from memory; Firehose documents no more about it.
 */
function byJdbc(at: Cursor): Pick<Hop, 'protocol' | 'serverAuthenticated'> {
  return {
    protocol: fromText(at, (url) => {
      if (/[?&;](ssl=false|sslmode=(disable|allow))/i.test(url)) return 'plaintext';
      const isPostgres = /^\s*jdbc:postgresql:/i.test(url);
      return isPostgres && !/[?&;](ssl=true|sslmode=(require|verify))/i.test(url)
        ? 'tls-or-plaintext'
        : 'tls';
    }),
    serverAuthenticated: stated(at, true),
  };
}

/** S3 over its own API: Firehose uses HTTPS. */
function byAws(at: Cursor): Pick<Hop, 'protocol' | 'serverAuthenticated'> {
  return { protocol: stated(at, 'tls'), serverAuthenticated: stated(at, true) };
}

/** The protocol from a JDBC address; `got` is redacted, since such an address can hold a password. */
function fromText(at: Cursor, protocolFrom: (text: string) => HopProtocol): Observed<HopProtocol> {
  const reading = at.string();
  const value = at.value();
  // What is hidden in the middle is a host or a database: the driver and its options stand around it.
  const written =
    value instanceof Text && typeof value.parts[0] === 'string' && /^jdbc:\w+:/i.test(value.parts[0])
      ? { state: 'given' as const, value: value.parts.filter((part) => typeof part === 'string').join('') }
      : reading;
  return observe<HopProtocol, string>(at, written, { map: protocolFrom, otherwise: 'tls', secret: true });
}
