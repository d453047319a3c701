import { isJsonMap, type JsonMap } from '../../judge/template';
import type { Case, ConstructRepair, RepairRow } from './row';
import { setAt, setOn } from './row';

const SEARCH_POLICY = 'Policy-Min-TLS-1-2-PFS-2023-10';
const ALL_BLOCKED: JsonMap = {
  BlockPublicAcls: true,
  BlockPublicPolicy: true,
  IgnorePublicAcls: true,
  RestrictPublicBuckets: true,
};

/** Thirteen months: what an auditor asks for, and no more. */
const RETENTION_DAYS = 400;

const SEARCH_DOMAIN: Omit<ConstructRepair, 'props' | 'declared'> = {
  module: 'aws-opensearchservice',
  made: ['Domain'],
};

/** Repairs of stores, of the ways to them, and of keys. */
export const STORE_ROWS: readonly RepairRow[] = [
  {
    rules: ['DatabaseRequiresTls'],
    changes: (found) => {
      const parameters = requiringTls(found);
      if (parameters === undefined) return undefined;
      return [{ at: [...found.place, 'Properties', 'Parameters'], set: parameters }];
    },
    constructs: [
      {
        module: 'aws-rds',
        // A group of its own is made where the database asks for it, and its trace leads there.
        made: ['DatabaseInstance', 'DatabaseCluster'],
        without: ['parameterGroup'],
        props: (found) => {
          const parameters = requiringTlsOf(found);
          return parameters === undefined ? undefined : { parameters };
        },
        declared: { 'lib/instance.d.ts': ['parameters?'], 'lib/cluster.d.ts': ['parameters?'] },
      },
    ],
  },
  {
    rules: ['DatabaseRequiresTls12', 'DatabaseStatesTls12'],
    changes: (found) =>
      isOfParameters(found)
        ? setAt({ ssl_min_protocol_version: 'TLSv1.2', tls_version: 'TLSv1.2,TLSv1.3' })(found)
        : undefined,
  },
  { rules: ['DatabaseProxyRequiresTls'], changes: setAt({ RequireTLS: true }) },
  {
    rules: ['RedshiftRequiresTls'],
    changes: ({ finding, at, property, place }) => {
      if (finding.resource.type !== 'AWS::Redshift::ClusterParameterGroup') return undefined;
      if (/^Parameters\.\d+\.ParameterValue$/.test(property)) return [{ at, set: 'true' }];
      const item = { ParameterName: 'require_ssl', ParameterValue: 'true' };
      return [{ at: [...place, 'Properties', 'Parameters'], append: [item] }];
    },
  },
  {
    rules: ['RedshiftServerlessRequiresTls'],
    changes: ({ at, property, place }) => {
      if (/^ConfigParameters\.\d+\.ParameterValue$/.test(property)) return [{ at, set: 'true' }];
      const item = { ParameterKey: 'require_ssl', ParameterValue: 'true' };
      return [{ at: [...place, 'Properties', 'ConfigParameters'], append: [item] }];
    },
  },
  {
    rules: ['CacheRequiresTls'],
    changes: setAt({ TransitEncryptionEnabled: true, TransitEncryptionMode: 'required' }),
  },
  { rules: ['MemoryDbRequiresTls'], caution: replaces, changes: setAt({ TLSEnabled: true }) },
  { rules: ['KafkaClientsRequireTls'], changes: setAt({ ClientBroker: 'TLS' }) },
  { rules: ['KafkaBrokersUseTls'], caution: replaces, changes: setAt({ InCluster: true }) },
  {
    rules: ['DocumentDbRequiresTls', 'DocumentDbRequiresTls12'],
    changes: (found) => (isOfParameters(found) ? setAt({ tls: 'tls1.2+' })(found) : undefined),
  },
  {
    rules: ['OpenSearchRequiresHttps'],
    changes: setAt({ EnforceHTTPS: true }),
    constructs: [
      {
        ...SEARCH_DOMAIN,
        props: () => ({ enforceHttps: true }),
        declared: { 'lib/domain.d.ts': ['enforceHttps'] },
      },
    ],
  },
  {
    rules: ['OpenSearchRequiresTls12', 'OpenSearchTlsPolicyIsForwardSecret'],
    changes: setAt({ TLSSecurityPolicy: SEARCH_POLICY }),
    constructs: [
      {
        ...SEARCH_DOMAIN,
        props: () => ({ tlsSecurityPolicy: { enumeration: 'TLSSecurityPolicy', member: 'TLS_1_2_PFS' } }),
        declared: { 'lib/domain.d.ts': ['TLS_1_2_PFS'] },
      },
    ],
  },
  {
    rules: ['OpenSearchNodesEncryptTraffic'],
    changes: setOn('AWS::OpenSearchService::Domain', { NodeToNodeEncryptionOptions: { Enabled: true } }),
    constructs: [
      {
        ...SEARCH_DOMAIN,
        props: () => ({ nodeToNodeEncryption: true }),
        declared: { 'lib/domain.d.ts': ['nodeToNodeEncryption'] },
      },
    ],
  },
  {
    rules: ['SesRequiresTls'],
    changes: setOn('AWS::SES::ConfigurationSet', { DeliveryOptions: { TlsPolicy: 'REQUIRE' } }),
    constructs: [
      {
        module: 'aws-ses',
        made: ['ConfigurationSet'],
        props: () => ({ tlsPolicy: { enumeration: 'ConfigurationSetTlsPolicy', member: 'REQUIRE' } }),
        declared: { 'lib/configuration-set.d.ts': ['ConfigurationSetTlsPolicy', 'tlsPolicy'] },
      },
    ],
  },
  { rules: ['EfsVolumeIsEncryptedInTransit'], changes: setAt({ TransitEncryption: 'ENABLED' }) },
  {
    rules: ['StoreIsEncrypted'],
    caution: (found) =>
      /^AWS::(SNS|OpenSearchService)::/.test(found.finding.resource.type) ? undefined : replaces(),
    changes: (found) => {
      const { type } = found.finding.resource;
      // The key of SNS itself: one of your own has a policy, which is yours to write.
      if (type === 'AWS::SNS::Topic') return setAt({ KmsMasterKeyId: 'alias/aws/sns' })(found);
      if (type === 'AWS::OpenSearchService::Domain') {
        return setOn(type, { EncryptionAtRestOptions: { Enabled: true } })(found);
      }
      return setAt({ StorageEncrypted: true, Encrypted: true, AtRestEncryptionEnabled: true })(found);
    },
    constructs: [
      {
        module: 'aws-rds',
        made: ['DatabaseInstance', 'DatabaseCluster'],
        props: () => ({ storageEncrypted: true }),
        declared: { 'lib/instance.d.ts': ['storageEncrypted'], 'lib/cluster.d.ts': ['storageEncrypted'] },
      },
      {
        ...SEARCH_DOMAIN,
        props: () => ({ encryptionAtRest: { enabled: true } }),
        declared: { 'lib/domain.d.ts': ['encryptionAtRest'] },
      },
    ],
  },
  {
    rules: ['FileSystemIsEncrypted'],
    caution: replaces,
    changes: setAt({ Encrypted: true }),
    constructs: [
      {
        module: 'aws-efs',
        made: ['FileSystem'],
        props: () => ({ encrypted: true }),
        declared: { 'lib/efs-file-system.d.ts': ['encrypted?'] },
      },
    ],
  },
  {
    rules: ['VolumeIsEncrypted'],
    caution: replaces,
    changes: setAt({ Encrypted: true }),
    constructs: [
      {
        module: 'aws-ec2',
        made: ['Volume'],
        props: () => ({ encrypted: true }),
        declared: { 'lib/volume.d.ts': ['encrypted?'] },
      },
    ],
  },
  {
    rules: ['BucketBlocksPublicAccess'],
    changes: setOn('AWS::S3::Bucket', { PublicAccessBlockConfiguration: ALL_BLOCKED }),
    constructs: [
      {
        module: 'aws-s3',
        made: ['Bucket'],
        props: () => ({ blockPublicAccess: { enumeration: 'BlockPublicAccess', member: 'BLOCK_ALL' } }),
        declared: { 'lib/bucket.d.ts': ['BLOCK_ALL'] },
      },
    ],
  },
  {
    rules: ['KeyRotatesWithinAYear'],
    changes: setAt({ EnableKeyRotation: true }),
    constructs: [
      {
        module: 'aws-kms',
        made: ['Key'],
        props: ({ property }) => (property === 'EnableKeyRotation' ? { enableKeyRotation: true } : undefined),
        declared: { 'lib/key.d.ts': ['enableKeyRotation'] },
      },
    ],
  },
  {
    rules: ['LogRetentionEnds'],
    caution: () => 'older events are then deleted',
    changes: setOn('AWS::Logs::LogGroup', { RetentionInDays: RETENTION_DAYS }),
    constructs: [
      {
        module: 'aws-logs',
        made: ['LogGroup'],
        props: () => ({ retention: { enumeration: 'RetentionDays', member: 'THIRTEEN_MONTHS' } }),
        declared: { 'lib/log-group.d.ts': ['THIRTEEN_MONTHS'] },
      },
    ],
  },
];

/** What CloudFormation makes anew is empty. */
function replaces(): string {
  return 'what is deployed already is replaced, so carry its data over first';
}

function isOfParameters({ finding }: Case): boolean {
  return /ParameterGroup$/.test(finding.resource.type);
}

/** The parameter that refuses plaintext, and the one that the next check would ask for. */
function requiringTls(found: Case): Readonly<Record<string, string>> | undefined {
  const [, name] = /^Parameters\.(rds\.force_ssl|require_secure_transport)$/.exec(found.property) ?? [];
  if (name === undefined || !isOfParameters(found)) return undefined;
  const { Family: family, Parameters: given } = found.finding.resource.properties;
  const [, version] = VERSIONS.find(([families]) => families.test(String(family))) ?? [];
  const isGiven = version !== undefined && isJsonMap(given) && Object.hasOwn(given, version.name);
  return { [name]: '1', ...(version === undefined || isGiven ? {} : { [version.name]: version.value }) };
}

/** The same for a database that has the default group, which nobody can change. */
function requiringTlsOf({ finding, property }: Case): Readonly<Record<string, string>> | undefined {
  const { Engine: engine, EngineVersion: version } = finding.resource.properties;
  const names = ['DBParameterGroupName', 'DBClusterParameterGroupName'];
  const given = finding.resource.properties[property] ?? 'default.';
  if (!names.includes(property) || typeof given !== 'string' || !given.startsWith('default.'))
    return undefined;
  const major = Number.parseInt(String(version), 10);
  return ENGINES.find(([name, since]) => name === engine && major >= since)?.[2];
}

const POSTGRES = { 'rds.force_ssl': '1', ssl_min_protocol_version: 'TLSv1.2' };
const MYSQL = { require_secure_transport: '1', tls_version: 'TLSv1.2,TLSv1.3' };

/** Engines, and the major version from which they know the parameters. */
const ENGINES = [
  ['postgres', 12, POSTGRES],
  ['aurora-postgresql', 12, POSTGRES],
  ['mysql', 8, MYSQL],
  ['mariadb', 10, MYSQL],
] as const;

/** What names the oldest version, by families whose engines know it. */
const VERSIONS = [
  [/^(aurora-)?postgres(ql)?1[2-9]/, { name: 'ssl_min_protocol_version', value: 'TLSv1.2' }],
  [/^(mysql8|aurora-mysql8|mariadb1[01])/, { name: 'tls_version', value: 'TLSv1.2,TLSv1.3' }],
] as const;
