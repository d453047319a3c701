import type { CfnResource } from 'aws-cdk-lib';
import { Stack } from 'aws-cdk-lib';
import { CfnCluster as CfnDaxCluster } from 'aws-cdk-lib/aws-dax';
import { CfnEndpoint } from 'aws-cdk-lib/aws-dms';
import {
  CfnDBCluster as CfnDocDbCluster,
  CfnDBClusterParameterGroup as CfnDocDbParameters,
} from 'aws-cdk-lib/aws-docdb';
import { CfnCacheCluster, CfnReplicationGroup } from 'aws-cdk-lib/aws-elasticache';
import { CfnCluster as CfnEmrCluster, CfnSecurityConfiguration } from 'aws-cdk-lib/aws-emr';
import { CfnCluster as CfnMemoryDbCluster } from 'aws-cdk-lib/aws-memorydb';
import { CfnCluster as CfnKafkaCluster } from 'aws-cdk-lib/aws-msk';
import {
  CfnDBCluster as CfnNeptuneCluster,
  CfnDBClusterParameterGroup as CfnNeptuneParameters,
} from 'aws-cdk-lib/aws-neptune';
import { CfnDomain } from 'aws-cdk-lib/aws-opensearchservice';
import {
  CfnDBCluster,
  CfnDBClusterParameterGroup,
  CfnDBInstance,
  CfnDBParameterGroup,
  CfnDBProxy,
} from 'aws-cdk-lib/aws-rds';
import { CfnClusterParameterGroup, CfnCluster as CfnRedshiftCluster } from 'aws-cdk-lib/aws-redshift';
import { CfnWorkgroup } from 'aws-cdk-lib/aws-redshiftserverless';
import type { WrongVerdict } from './wrong-verdict';

/** Gives a resource the logical id that the table names. */
function named<T extends CfnResource>(logicalId: string, resource: T): T {
  resource.overrideLogicalId(logicalId);
  return resource;
}

function domain(stack: Stack, endpoint: CfnDomain.DomainEndpointOptionsProperty): void {
  const props = {
    nodeToNodeEncryptionOptions: { enabled: true },
    encryptionAtRestOptions: { enabled: true },
    domainEndpointOptions: endpoint,
  };
  named('Domain', new CfnDomain(stack, 'Domain', props));
}

const LOGIN = { masterUsername: 'shop', manageMasterUserPassword: true };

function instance(stack: Stack, forceSsl: string): void {
  const parameters = new CfnDBParameterGroup(stack, 'Parameters', {
    family: 'postgres16',
    description: 'shop',
    parameters: { 'rds.force_ssl': forceSsl },
  });
  named('Parameters', parameters);
  new CfnDBInstance(stack, 'Database', {
    ...LOGIN,
    engine: 'postgres',
    engineVersion: '16.4',
    dbInstanceClass: 'db.m7g.large',
    allocatedStorage: '20',
    storageEncrypted: true,
    dbParameterGroupName: parameters.ref,
  });
}

function aurora(stack: Stack, requireSecureTransport: string): void {
  const parameters = new CfnDBClusterParameterGroup(stack, 'Parameters', {
    family: 'aurora-mysql8.0',
    description: 'shop',
    parameters: { require_secure_transport: requireSecureTransport },
  });
  named('Parameters', parameters);
  new CfnDBCluster(stack, 'Database', {
    ...LOGIN,
    engine: 'aurora-mysql',
    engineVersion: '8.0.mysql_aurora.3.08.0',
    storageEncrypted: true,
    dbClusterParameterGroupName: parameters.ref,
  });
}

function documents(stack: Stack, tls: string): void {
  const parameters = new CfnDocDbParameters(stack, 'Parameters', {
    family: 'docdb5.0',
    description: 'shop',
    parameters: { tls },
  });
  named('Parameters', parameters);
  const cluster = { ...LOGIN, storageEncrypted: true, dbClusterParameterGroupName: parameters.ref };
  new CfnDocDbCluster(stack, 'Database', cluster);
}

function graph(stack: Stack, enforce: string): void {
  const parameters = new CfnNeptuneParameters(stack, 'Parameters', {
    family: 'neptune1',
    description: 'shop',
    parameters: { neptune_enforce_ssl: enforce },
  });
  named('Parameters', parameters);
  new CfnNeptuneCluster(stack, 'Database', {
    engineVersion: '1.0.3.0',
    storageEncrypted: true,
    dbClusterParameterGroupName: parameters.ref,
  });
}

function proxy(stack: Stack, requireTls: boolean): void {
  const props = {
    dbProxyName: 'shop',
    engineFamily: 'POSTGRESQL',
    roleArn: 'arn:aws:iam::111122223333:role/proxy',
    vpcSubnetIds: ['subnet-11112222'],
    auth: [{ authScheme: 'SECRETS', iamAuth: 'REQUIRED' }],
    requireTls,
  };
  named('Proxy', new CfnDBProxy(stack, 'Proxy', props));
}

function warehouse(stack: Stack, parameters: CfnClusterParameterGroup): void {
  new CfnRedshiftCluster(stack, 'Warehouse', {
    ...LOGIN,
    clusterType: 'single-node',
    dbName: 'shop',
    nodeType: 'ra3.large',
    encrypted: true,
    clusterParameterGroupName: parameters.ref,
  });
}

function redshiftParameters(stack: Stack): CfnClusterParameterGroup {
  return new CfnClusterParameterGroup(stack, 'Parameters', {
    description: 'shop',
    parameterGroupFamily: 'redshift-2.0',
    parameters: [{ parameterName: 'require_ssl', parameterValue: 'true' }],
  });
}

function workgroup(stack: Stack, requireSsl: string): void {
  const configParameters = [{ parameterKey: 'require_ssl', parameterValue: requireSsl }];
  named('Workgroup', new CfnWorkgroup(stack, 'Workgroup', { workgroupName: 'shop', configParameters }));
}

function cache(stack: Stack, transitEncryptionMode: string): void {
  const props = {
    replicationGroupDescription: 'shop',
    engine: 'valkey',
    cacheNodeType: 'cache.m7g.large',
    atRestEncryptionEnabled: true,
    transitEncryptionEnabled: true,
    transitEncryptionMode,
  };
  named('Cache', new CfnReplicationGroup(stack, 'Cache', props));
}

function memcached(stack: Stack, transitEncryptionEnabled: boolean): void {
  const props = {
    engine: 'memcached',
    engineVersion: '1.6.22',
    cacheNodeType: 'cache.m7g.large',
    numCacheNodes: 1,
    transitEncryptionEnabled,
  };
  named('Cache', new CfnCacheCluster(stack, 'Cache', props));
}

function memory(stack: Stack, tlsEnabled: boolean): void {
  const props = { aclName: 'shop', clusterName: 'shop', nodeType: 'db.r7g.large', tlsEnabled };
  named('Cache', new CfnMemoryDbCluster(stack, 'Cache', props));
}

function accelerator(stack: Stack, clusterEndpointEncryptionType: string): void {
  const props = {
    iamRoleArn: 'arn:aws:iam::111122223333:role/dax',
    nodeType: 'dax.r5.large',
    replicationFactor: 1,
    sseSpecification: { sseEnabled: true },
    clusterEndpointEncryptionType,
  };
  named('Cache', new CfnDaxCluster(stack, 'Cache', props));
}

function migration(stack: Stack, sslMode: string): void {
  const props = {
    endpointType: 'source',
    engineName: 'postgres',
    serverName: 'db.example.com',
    port: 5432,
    databaseName: 'shop',
    sslMode,
    certificateArn: 'arn:aws:dms:eu-west-1:111122223333:cert:SHOP',
  };
  named('Endpoint', new CfnEndpoint(stack, 'Endpoint', props));
}

function kafka(stack: Stack, unauthenticated: boolean): void {
  const props = {
    clusterName: 'shop',
    kafkaVersion: '3.8.x',
    numberOfBrokerNodes: 3,
    brokerNodeGroupInfo: {
      clientSubnets: ['subnet-1', 'subnet-2', 'subnet-3'],
      instanceType: 'kafka.m7g.large',
    },
    encryptionInfo: { encryptionInTransit: { clientBroker: 'TLS', inCluster: true } },
    clientAuthentication: { sasl: { iam: { enabled: true } }, unauthenticated: { enabled: unauthenticated } },
  };
  named('Kafka', new CfnKafkaCluster(stack, 'Kafka', props));
}

const CERTIFICATES = {
  TLSCertificateConfiguration: { CertificateProviderType: 'PEM', S3Object: 's3://shop/certificates.zip' },
};
const IN_TRANSIT = { EnableInTransitEncryption: true, InTransitEncryptionConfiguration: CERTIFICATES };

function emr(stack: Stack, securityConfiguration: object): void {
  const configuration = new CfnSecurityConfiguration(stack, 'Configuration', { securityConfiguration });
  named('Configuration', configuration);
  new CfnEmrCluster(stack, 'Nodes', {
    name: 'shop',
    releaseLabel: 'emr-7.5.0',
    jobFlowRole: 'EMR_EC2_DefaultRole',
    serviceRole: 'EMR_DefaultRole',
    instances: { coreInstanceGroup: { instanceCount: 2, instanceType: 'm7g.xlarge' } },
    securityConfiguration: configuration.ref,
  });
}

const NONE = { cdkNagRule: 'none', cdkNagSays: 'no rule', right: 'violation' } as const;

/** What differs about databases, caches and streams. */
export const DATA_STORES: readonly WrongVerdict[] = [
  {
    id: 'opensearch-plaintext',
    service: 'OpenSearch Service',
    about: 'a domain answers clients over HTTP (`EnforceHTTPS: false`, the default of CDK too)',
    cdkNagRule: 'opensearch.OpenSearchNodeToNodeEncryption',
    cdkNagSays: 'compliant',
    right: 'violation',
    ourRule: 'OpenSearchRequiresHttps',
    at: 'Domain Properties.DomainEndpointOptions.EnforceHTTPS',
    build: (stack) =>
      domain(stack, { enforceHttps: false, tlsSecurityPolicy: 'Policy-Min-TLS-1-2-PFS-2023-10' }),
    repaired: (stack) =>
      domain(stack, { enforceHttps: true, tlsSecurityPolicy: 'Policy-Min-TLS-1-2-PFS-2023-10' }),
  },
  {
    id: 'opensearch-tls10',
    service: 'OpenSearch Service',
    about: 'a domain takes TLS 1.0 (`TLSSecurityPolicy: Policy-Min-TLS-1-0-2019-07`)',
    cdkNagRule: 'opensearch.OpenSearchNodeToNodeEncryption',
    cdkNagSays: 'compliant',
    right: 'violation',
    ourRule: 'OpenSearchRequiresTls12',
    at: 'Domain Properties.DomainEndpointOptions.TLSSecurityPolicy',
    build: (stack) => domain(stack, { enforceHttps: true, tlsSecurityPolicy: 'Policy-Min-TLS-1-0-2019-07' }),
    repaired: (stack) =>
      domain(stack, { enforceHttps: true, tlsSecurityPolicy: 'Policy-Min-TLS-1-2-PFS-2023-10' }),
  },
  {
    ...NONE,
    id: 'rds-plaintext',
    service: 'RDS',
    about: 'the parameter group of a PostgreSQL instance lets clients in without TLS (`rds.force_ssl: 0`)',
    ourRule: 'DatabaseRequiresTls',
    at: 'Parameters Properties.Parameters.rds.force_ssl',
    build: (stack) => instance(stack, '0'),
    repaired: (stack) => instance(stack, '1'),
  },
  {
    ...NONE,
    id: 'aurora-plaintext',
    service: 'RDS',
    about: 'the parameter group of an Aurora MySQL cluster lets clients in without TLS',
    ourRule: 'DatabaseRequiresTls',
    at: 'Parameters Properties.Parameters.require_secure_transport',
    build: (stack) => aurora(stack, 'OFF'),
    repaired: (stack) => aurora(stack, 'ON'),
  },
  {
    ...NONE,
    id: 'rds-proxy-plaintext',
    service: 'RDS',
    about: 'an RDS Proxy lets clients in without TLS (`RequireTLS: false`)',
    ourRule: 'DatabaseProxyRequiresTls',
    at: 'Proxy Properties.RequireTLS',
    build: (stack) => proxy(stack, false),
    repaired: (stack) => proxy(stack, true),
  },
  {
    ...NONE,
    id: 'documentdb-plaintext',
    service: 'DocumentDB',
    about: 'the parameter group of a cluster turns TLS off',
    ourRule: 'DocumentDbRequiresTls',
    at: 'Parameters Properties.Parameters.tls',
    build: (stack) => documents(stack, 'disabled'),
    repaired: (stack) => documents(stack, 'tls1.2+'),
  },
  {
    ...NONE,
    id: 'neptune-plaintext',
    service: 'Neptune',
    about:
      'the parameter group of a cluster with an engine before 1.0.4 takes HTTP (`neptune_enforce_ssl: 0`)',
    ourRule: 'NeptuneRequiresTls',
    at: 'Parameters Properties.Parameters.neptune_enforce_ssl',
    build: (stack) => graph(stack, '0'),
    repaired: (stack) => graph(stack, '1'),
  },
  {
    id: 'redshift-group-in-another-stack',
    service: 'Redshift',
    about: 'a cluster requires TLS by a parameter group that another stack makes',
    cdkNagRule: 'redshift.RedshiftRequireTlsSSL',
    cdkNagSays: 'violation',
    right: 'compliant',
    ourRule: 'RedshiftRequiresTls',
    build: (stack) => {
      const other = new Stack(stack.node.scope ?? stack, 'Groups', { env: { region: 'eu-west-1' } });
      warehouse(stack, redshiftParameters(other));
    },
  },
  {
    ...NONE,
    id: 'redshift-serverless-plaintext',
    service: 'Redshift',
    about: 'a workgroup of Redshift Serverless lets clients in without TLS (`require_ssl: false`)',
    ourRule: 'RedshiftServerlessRequiresTls',
    at: 'Workgroup Properties.ConfigParameters.0.ParameterValue',
    build: (stack) => workgroup(stack, 'false'),
    repaired: (stack) => workgroup(stack, 'true'),
  },
  {
    id: 'elasticache-preferred',
    service: 'ElastiCache',
    about: 'a replication group serves plaintext beside TLS (`TransitEncryptionMode: preferred`)',
    cdkNagRule: 'elasticache.ElastiCacheRedisClusterEncryption',
    cdkNagSays: 'compliant',
    right: 'violation',
    ourRule: 'CacheRequiresTls',
    at: 'Cache Properties.TransitEncryptionMode',
    build: (stack) => cache(stack, 'preferred'),
    repaired: (stack) => cache(stack, 'required'),
  },
  {
    id: 'elasticache-single-cluster',
    service: 'ElastiCache',
    about: 'a Memcached cluster serves plaintext',
    cdkNagRule: 'elasticache.ElastiCacheRedisClusterEncryption',
    cdkNagSays: 'not applicable',
    right: 'violation',
    ourRule: 'CacheRequiresTls',
    at: 'Cache Properties.TransitEncryptionEnabled',
    build: (stack) => memcached(stack, false),
    repaired: (stack) => memcached(stack, true),
  },
  {
    ...NONE,
    id: 'memorydb-plaintext',
    service: 'MemoryDB',
    about: 'a cluster serves plaintext (`TLSEnabled: false`)',
    ourRule: 'MemoryDbRequiresTls',
    at: 'Cache Properties.TLSEnabled',
    build: (stack) => memory(stack, false),
    repaired: (stack) => memory(stack, true),
  },
  {
    ...NONE,
    id: 'dax-plaintext',
    service: 'DynamoDB',
    about: 'a DAX cluster serves plaintext (`ClusterEndpointEncryptionType: NONE`)',
    ourRule: 'DaxRequiresTls',
    at: 'Cache Properties.ClusterEndpointEncryptionType',
    build: (stack) => accelerator(stack, 'NONE'),
    repaired: (stack) => accelerator(stack, 'TLS'),
  },
  {
    ...NONE,
    id: 'dms-plaintext',
    service: 'Database Migration Service',
    about: 'an endpoint reads a database in clear (`SslMode: none`)',
    ourRule: 'DmsEndpointIsEncrypted',
    at: 'Endpoint Properties.SslMode',
    build: (stack) => migration(stack, 'none'),
    repaired: (stack) => migration(stack, 'verify-full'),
  },
  {
    id: 'msk-unauthenticated',
    service: 'MSK',
    about: 'a Kafka cluster takes clients over TLS without asking who they are',
    cdkNagRule: 'msk.MSKClientToBrokerTLS',
    cdkNagSays: 'compliant',
    right: 'violation',
    ourRule: 'KafkaClientsAreAuthenticated',
    at: 'Kafka Properties.ClientAuthentication.Unauthenticated.Enabled',
    build: (stack) => kafka(stack, true),
    repaired: (stack) => kafka(stack, false),
  },
  {
    id: 'emr-encrypted',
    service: 'EMR',
    about:
      'a cluster encrypts in transit, where EMR reads it (`EncryptionConfiguration.EnableInTransitEncryption`)',
    cdkNagRule: 'emr.EMREncryptionInTransit',
    cdkNagSays: 'violation',
    right: 'compliant',
    ourRule: 'EmrNodesEncryptTraffic',
    build: (stack) =>
      emr(stack, { EncryptionConfiguration: { EnableAtRestEncryption: false, ...IN_TRANSIT } }),
  },
  {
    id: 'emr-wrong-place',
    service: 'EMR',
    about:
      'a security configuration turns encryption in transit on at its top level, where EMR does not look',
    cdkNagRule: 'emr.EMREncryptionInTransit',
    cdkNagSays: 'compliant',
    right: 'violation',
    ourRule: 'EmrNodesEncryptTraffic',
    at: 'Configuration Properties.SecurityConfiguration.EncryptionConfiguration.EnableInTransitEncryption',
    build: (stack) => emr(stack, IN_TRANSIT),
    repaired: (stack) =>
      emr(stack, { EncryptionConfiguration: { EnableAtRestEncryption: false, ...IN_TRANSIT } }),
  },
];
