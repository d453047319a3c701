import { collectFacts, type Hop, type Store } from '../../../../lib/judge/hops';
import { CONNECTORS } from '../../../../lib/judge/hops/connectors';
import type { Json, JsonMap } from '../../../../lib/judge/template';
import { appOf } from '../../support';

/** The facts of one resource, through the connectors as they are registered. */
function factsAbout(type: string, properties: JsonMap) {
  const app = appOf(
    {
      It: { Type: type, Properties: properties },
      Key: { Type: 'AWS::KMS::Key' },
      Function: { Type: 'AWS::Lambda::Function' },
      Files: { Type: 'AWS::EFS::FileSystem' },
      Certificate: { Type: 'AWS::CertificateManager::Certificate', Properties: { DomainName: 'x.example' } },
    },
    { Parameters: { Value: { Type: 'String' } } },
  );
  const facts = collectFacts(app, CONNECTORS).all.filter(({ resource }) => resource.logicalId === 'It');
  return {
    store: facts.find((fact): fact is Store => fact.fact === 'store'),
    hops: facts.filter((fact): fact is Hop => fact.fact === 'hop'),
  };
}
const KEY = { 'Fn::GetAtt': ['Key', 'Arn'] };

test.each<[string, JsonMap, string]>([
  ['AWS::OpenSearchService::Domain', {}, 'none'],
  ['AWS::OpenSearchService::Domain', { EncryptionAtRestOptions: { Enabled: true } }, 'aws-managed-key'],
  ['AWS::RDS::DBInstance', { Engine: 'mysql' }, 'none'],
  ['AWS::RDS::DBCluster', { Engine: 'aurora-mysql', StorageEncrypted: true }, 'aws-managed-key'],
  ['AWS::DocDB::DBCluster', { StorageEncrypted: true }, 'aws-managed-key'],
  ['AWS::Neptune::DBCluster', {}, 'none'],
  ['AWS::Redshift::Cluster', {}, 'service-key'],
  ['AWS::Redshift::Cluster', { Encrypted: false }, 'none'],
  ['AWS::RedshiftServerless::Namespace', {}, 'service-key'],
  ['AWS::ElastiCache::ReplicationGroup', {}, 'none'],
  ['AWS::ElastiCache::ReplicationGroup', { AtRestEncryptionEnabled: true }, 'service-key'],
  ['AWS::ElastiCache::CacheCluster', { Engine: 'memcached' }, 'none'],
  ['AWS::ElastiCache::ServerlessCache', {}, 'service-key'],
  ['AWS::MemoryDB::Cluster', {}, 'service-key'],
  ['AWS::DAX::Cluster', {}, 'none'],
  ['AWS::DAX::Cluster', { SSESpecification: { SSEEnabled: true } }, 'aws-managed-key'],
  ['AWS::MSK::Cluster', {}, 'aws-managed-key'],
  ['AWS::MSK::ServerlessCluster', {}, 'service-key'],
  ['AWS::AmazonMQ::Broker', {}, 'service-key'],
  ['AWS::AmazonMQ::Broker', { EncryptionOptions: { UseAwsOwnedKey: false } }, 'aws-managed-key'],
  ['AWS::KinesisFirehose::DeliveryStream', {}, 'none'],
  [
    'AWS::KinesisFirehose::DeliveryStream',
    { DeliveryStreamEncryptionConfigurationInput: { KeyType: 'AWS_OWNED_CMK' } },
    'service-key',
  ],
  ['AWS::EKS::Cluster', {}, 'service-key'],
])('%s with %j keeps data encrypted with: %s', (type, properties, expected) => {
  expect(factsAbout(type, properties).store?.encryption.value).toBe(expected);
});

test.each<[string, JsonMap]>([
  ['AWS::OpenSearchService::Domain', { EncryptionAtRestOptions: { Enabled: true, KmsKeyId: KEY } }],
  ['AWS::RDS::DBInstance', { Engine: 'mysql', StorageEncrypted: true, KmsKeyId: KEY }],
  ['AWS::DocDB::DBCluster', { StorageEncrypted: true, KmsKeyId: KEY }],
  ['AWS::Neptune::DBCluster', { StorageEncrypted: true, KmsKeyId: KEY }],
  ['AWS::Redshift::Cluster', { KmsKeyId: KEY }],
  ['AWS::RedshiftServerless::Namespace', { KmsKeyId: KEY }],
  ['AWS::ElastiCache::ReplicationGroup', { AtRestEncryptionEnabled: true, KmsKeyId: KEY }],
  ['AWS::MemoryDB::Cluster', { KmsKeyId: KEY }],
  ['AWS::MSK::Cluster', { EncryptionInfo: { EncryptionAtRest: { DataVolumeKMSKeyId: KEY } } }],
  ['AWS::AmazonMQ::Broker', { EncryptionOptions: { UseAwsOwnedKey: false, KmsKeyId: KEY } }],
  [
    'AWS::KinesisFirehose::DeliveryStream',
    { DeliveryStreamEncryptionConfigurationInput: { KeyType: 'CUSTOMER_MANAGED_CMK', KeyARN: KEY } },
  ],
  ['AWS::EKS::Cluster', { EncryptionConfig: [{ Provider: { KeyArn: KEY }, Resources: ['secrets'] }] }],
])("%s knows the customer's key as a resource", (type, properties) => {
  const { store } = factsAbout(type, properties);
  expect([store?.encryption.value, store?.key?.logicalId]).toEqual(['customer-key', 'Key']);
});

test('streams keep data for a while: Firehose a day, Kafka a week unless a configuration says otherwise', () => {
  expect(factsAbout('AWS::KinesisFirehose::DeliveryStream', {}).store?.retentionDays.value).toBe(1);
  expect(factsAbout('AWS::MSK::Cluster', {}).store?.retentionDays.value).toBe(7);
  const configured = factsAbout('AWS::MSK::Cluster', { ConfigurationInfo: { Arn: 'arn', Revision: 1 } });
  expect(configured.store?.retentionDays.unknown).toBeDefined();
});

const from = (type: string, properties: JsonMap) => factsAbout(type, properties).hops[0]?.from.what;

test.each<[string, JsonMap, string]>([
  ['AWS::OpenSearchService::Domain', {}, 'internet'],
  ['AWS::OpenSearchService::Domain', { VPCOptions: { SubnetIds: ['s'] } }, 'vpc'],
  ['AWS::EKS::Cluster', {}, 'internet'],
  ['AWS::EKS::Cluster', { ResourcesVpcConfig: { EndpointPublicAccess: false } }, 'vpc'],
  ['AWS::Transfer::Server', {}, 'internet'],
  ['AWS::Transfer::Server', { EndpointType: 'VPC' }, 'vpc'],
  [
    'AWS::Transfer::Server',
    { EndpointType: 'VPC', EndpointDetails: { AddressAllocationIds: ['eip'] } },
    'internet',
  ],
  ['AWS::Redshift::Cluster', { PubliclyAccessible: true }, 'internet'],
  // What is hidden may be public.
  ['AWS::Redshift::Cluster', { PubliclyAccessible: { Ref: 'Value' } as Json }, 'internet'],
  ['AWS::AmazonMQ::Broker', { PubliclyAccessible: false }, 'vpc'],
  ['AWS::MSK::Cluster', {}, 'vpc'],
  [
    'AWS::MSK::Cluster',
    { BrokerNodeGroupInfo: { ConnectivityInfo: { PublicAccess: { Type: 'SERVICE_PROVIDED_EIPS' } } } },
    'internet',
  ],
  ['AWS::Lambda::Url', { AuthType: 'NONE' }, 'internet'],
  ['AWS::DMS::Endpoint', { EngineName: 'mysql', EndpointType: 'source' }, 'external'],
  ['AWS::DMS::Endpoint', { EngineName: 'mysql', EndpointType: 'target' }, 'aws'],
])('%s with %j is reached from: %s', (type, properties, expected) => {
  expect(from(type, properties)).toBe(expected);
});

test('a broker of Amazon MQ speaks TLS 1.2 or newer and has nothing to switch off', () => {
  const [broker] = factsAbout('AWS::AmazonMQ::Broker', { EngineType: 'RABBITMQ' }).hops;
  expect([broker?.protocol.value, broker?.floor.value]).toEqual(['tls', 'TLSv1.2']);
});

test('a Kubernetes API server speaks TLS, and clients know its authority', () => {
  const [api] = factsAbout('AWS::EKS::Cluster', {}).hops;
  expect([api?.protocol.value, api?.serverAuthenticated.value, api?.clientAuthentication.value]).toEqual([
    'tls',
    true,
    'iam',
  ]);
});

test('a function URL leads to its function, an EFS volume to its file system', () => {
  const url = factsAbout('AWS::Lambda::Url', { TargetFunctionArn: { 'Fn::GetAtt': ['Function', 'Arn'] } });
  expect(url.hops[0]?.to.resource?.logicalId).toBe('Function');
  const task = factsAbout('AWS::ECS::TaskDefinition', {
    Volumes: [{ Name: 'v', EFSVolumeConfiguration: { FilesystemId: { Ref: 'Files' } } }],
  });
  expect(task.hops[0]?.to.resource?.logicalId).toBe('Files');
});

test('mail is encrypted to whoever answers for the receiver, even where TLS is required', () => {
  const { hops } = factsAbout('AWS::SES::ConfigurationSet', { DeliveryOptions: { TlsPolicy: 'REQUIRE' } });
  expect([hops[0]?.protocol.value, hops[0]?.serverAuthenticated.value]).toEqual(['tls', false]);
  expect(hops[0]?.floor.unknown).toBeDefined();
});

test('a custom name brings its own certificate, the service name that of AWS', () => {
  const certificate = { Ref: 'Certificate' };
  const domain = (options: JsonMap) =>
    factsAbout('AWS::OpenSearchService::Domain', { DomainEndpointOptions: options });
  expect(domain({}).hops[0]?.certificate.value).toBe('service-owned');
  const custom = domain({ CustomEndpointEnabled: true, CustomEndpointCertificateArn: certificate });
  expect(custom.hops[0]?.certificateResource?.logicalId).toBe('Certificate');
  const device = factsAbout('AWS::IoT::DomainConfiguration', { ServerCertificateArns: [certificate] });
  expect(device.hops[0]?.certificateResource?.logicalId).toBe('Certificate');
});

test('a secret never stands in what a message shows', () => {
  const { hops } = factsAbout('AWS::ElastiCache::ReplicationGroup', { AuthToken: 'hunter2hunter2hunter2' });
  expect(JSON.stringify(hops[0]?.clientAuthentication.got)).not.toContain('hunter2');
});

test('whoever reaches a MemoryDB cluster with the open ACL is not asked who they are', () => {
  const means = (acl: Json) =>
    factsAbout('AWS::MemoryDB::Cluster', { ACLName: acl }).hops[0]?.clientAuthentication.value;
  expect(means('open-access')).toBe('none');
  expect(means('mine')).toBe('token');
});

test('a Firehose stream that reads from a Kinesis stream keeps nothing itself', () => {
  const type = 'AWS::KinesisFirehose::DeliveryStream';
  expect(factsAbout(type, { DeliveryStreamType: 'KinesisStreamAsSource' }).store).toBeUndefined();
  expect(factsAbout(type, { DeliveryStreamType: 'DirectPut' }).store?.encryption.value).toBe('none');
});
