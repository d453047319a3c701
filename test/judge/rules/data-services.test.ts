import { collectFacts } from '../../../lib/judge/hops';
import { CONNECTORS } from '../../../lib/judge/hops/connectors';
import type { PackRule } from '../../../lib/judge/packs/pack';
import { DAX_PACK_ROWS } from '../../../lib/judge/rules/dax';
import { DMS_PACK_ROWS } from '../../../lib/judge/rules/dms';
import { DOCUMENTDB_PACK_ROWS } from '../../../lib/judge/rules/documentdb';
import { ECS_PACK_ROWS } from '../../../lib/judge/rules/ecs';
import { ELASTICACHE_PACK_ROWS } from '../../../lib/judge/rules/elasticache';
import { FIREHOSE_PACK_ROWS } from '../../../lib/judge/rules/firehose';
import { IOT_PACK_ROWS } from '../../../lib/judge/rules/iot';
import { LAMBDA_PACK_ROWS } from '../../../lib/judge/rules/lambda';
import { MEMORYDB_PACK_ROWS } from '../../../lib/judge/rules/memorydb';
import { MSK_PACK_ROWS } from '../../../lib/judge/rules/msk';
import { NEPTUNE_PACK_ROWS } from '../../../lib/judge/rules/neptune';
import { OPENSEARCH_PACK_ROWS } from '../../../lib/judge/rules/opensearch';
import { RDS_PACK_ROWS } from '../../../lib/judge/rules/rds';
import { REDSHIFT_PACK_ROWS } from '../../../lib/judge/rules/redshift';
import { SES_PACK_ROWS } from '../../../lib/judge/rules/ses';
import { TRANSFER_PACK_ROWS } from '../../../lib/judge/rules/transfer';
import type { JsonMap } from '../../../lib/judge/template';
import { appOf, wordsOf } from '../support';

const ROWS: readonly PackRule[] = [
  ...DAX_PACK_ROWS,
  ...DMS_PACK_ROWS,
  ...DOCUMENTDB_PACK_ROWS,
  ...ECS_PACK_ROWS,
  ...ELASTICACHE_PACK_ROWS,
  ...FIREHOSE_PACK_ROWS,
  ...IOT_PACK_ROWS,
  ...LAMBDA_PACK_ROWS,
  ...MEMORYDB_PACK_ROWS,
  ...MSK_PACK_ROWS,
  ...NEPTUNE_PACK_ROWS,
  ...OPENSEARCH_PACK_ROWS,
  ...RDS_PACK_ROWS,
  ...REDSHIFT_PACK_ROWS,
  ...SES_PACK_ROWS,
  ...TRANSFER_PACK_ROWS,
];

const resource = (type: string, properties: JsonMap) => ({ Type: `AWS::${type}`, Properties: properties });

const GOOD = {
  Dax: resource('DAX::Cluster', { ClusterEndpointEncryptionType: 'TLS' }),
  Migration: resource('DMS::Endpoint', {
    EngineName: 'mysql',
    EndpointType: 'source',
    SslMode: 'verify-full',
  }),
  DocGroup: resource('DocDB::DBClusterParameterGroup', {
    Family: 'docdb5.0',
    Parameters: { tls: 'tls1.2+' },
  }),
  Doc: resource('DocDB::DBCluster', { DBClusterParameterGroupName: { Ref: 'DocGroup' } }),
  Task: resource('ECS::TaskDefinition', {
    Volumes: [{ Name: 'v', EFSVolumeConfiguration: { FilesystemId: 'fs', TransitEncryption: 'ENABLED' } }],
  }),
  Service: resource('ECS::Service', {
    ServiceConnectConfiguration: {
      Enabled: true,
      Services: [{ PortName: 'p', Tls: { IssuerCertificateAuthority: { AwsPcaAuthorityArn: 'arn' } } }],
    },
  }),
  Cache: resource('ElastiCache::ReplicationGroup', { TransitEncryptionEnabled: true }),
  Stream: resource('KinesisFirehose::DeliveryStream', {
    HttpEndpointDestinationConfiguration: { EndpointConfiguration: { Url: 'https://collector.example' } },
  }),
  Devices: resource('IoT::DomainConfiguration', {
    TlsConfig: { SecurityPolicy: 'IoTSecurityPolicy_TLS13_1_3_2022_10' },
  }),
  Url: resource('Lambda::Url', { AuthType: 'AWS_IAM' }),
  Memory: resource('MemoryDB::Cluster', { ACLName: 'mine' }),
  Kafka: resource('MSK::Cluster', { ClientAuthentication: { Sasl: { Iam: { Enabled: true } } } }),
  Graph: resource('Neptune::DBCluster', {}),
  Search: resource('OpenSearchService::Domain', {
    DomainEndpointOptions: { EnforceHTTPS: true, TLSSecurityPolicy: 'Policy-Min-TLS-1-2-PFS-2023-10' },
    NodeToNodeEncryptionOptions: { Enabled: true },
  }),
  Postgres: resource('RDS::DBInstance', {
    Engine: 'postgres',
    EngineVersion: '17.2',
    DBParameterGroupName: { Ref: 'PostgresTls' },
  }),
  PostgresTls: resource('RDS::DBParameterGroup', {
    Family: 'postgres17',
    Parameters: { ssl_min_protocol_version: 'TLSv1.2' },
  }),
  Proxy: resource('RDS::DBProxy', { RequireTLS: true }),
  Warehouse: resource('Redshift::Cluster', {}),
  Workgroup: resource('RedshiftServerless::Workgroup', {
    ConfigParameters: [{ ParameterKey: 'require_ssl', ParameterValue: 'true' }],
  }),
  Mail: resource('SES::ConfigurationSet', { DeliveryOptions: { TlsPolicy: 'REQUIRE' } }),
  Files: resource('Transfer::Server', {
    Protocols: ['SFTP', 'FTPS'],
    SecurityPolicyName: 'TransferSecurityPolicy-2025-03',
  }),
  Partner: resource('Transfer::Connector', { Url: 'https://as2.example' }),
  Sftp: resource('Transfer::Connector', { Url: 'sftp://sftp.example' }),
  Broker: resource('AmazonMQ::Broker', { EngineType: 'RABBITMQ' }),
  Kubernetes: resource('EKS::Cluster', {}),
};

test('data services that are configured well get no finding at all', () => {
  const facts = collectFacts(appOf(GOOD), CONNECTORS).all;
  const findings = ROWS.flatMap(({ rule }) =>
    wordsOf(rule, facts).flatMap((word) => (word === 'compliant' ? [] : [`${rule.id}: ${word}`])),
  );
  expect(findings).toEqual([]);
});

test('each of these rules judges something in that template, so that none passes by silence', () => {
  const facts = collectFacts(appOf(GOOD), CONNECTORS).all;
  const silent = ROWS.filter(({ rule }) => wordsOf(rule, facts).length === 0).map(({ rule }) => rule.id);
  // There is a way past a proxy only where somebody opens one.
  expect(silent).toEqual(['ServiceConnectIsNotBypassed']);
});

test('what cannot be told is as grave as the fault itself', () => {
  expect(ROWS.filter(({ level, unknown }) => level !== unknown)).toEqual([]);
});
