/**
 * Calls of AWS's APIs that change what travels in clear, under which TLS policy, or what denies it, after the template
 * has been deployed: no template shows their outcome.
 *
 * Names are those of the SDK for JavaScript, version 2 (`ELBv2`, `modifyListener`) and 3
 * (`@aws-sdk/client-elastic-load-balancing-v2`, `ModifyListenerCommand`), compared without case, hyphens and `Command`.
 */
interface Row {
  readonly services: string;
  readonly changes: string;
  readonly actions: string;
}

const ROWS: readonly Row[] = [
  {
    services: 'elbv2 elasticloadbalancingv2',
    changes: 'listeners and targets of a load balancer',
    actions: `createListener modifyListener deleteListener modifyListenerAttributes createRule modifyRule
      addListenerCertificates removeListenerCertificates createTargetGroup modifyTargetGroup
      modifyTargetGroupAttributes modifyLoadBalancerAttributes setSecurityGroups`,
  },
  {
    services: 'elb elasticloadbalancing',
    changes: 'listeners and TLS policies of a Classic Load Balancer',
    actions: `createLoadBalancer createLoadBalancerListeners createLoadBalancerPolicy deleteLoadBalancerListeners
      deleteLoadBalancerPolicy setLoadBalancerPoliciesOfListener setLoadBalancerPoliciesForBackendServer
      setLoadBalancerListenerSSLCertificate modifyLoadBalancerAttributes`,
  },
  {
    services: 's3 s3control',
    changes: 'the policy, encryption or website of a bucket',
    actions: `createBucket putBucketPolicy deleteBucketPolicy putBucketAcl putBucketEncryption deleteBucketEncryption
      putBucketWebsite putPublicAccessBlock deletePublicAccessBlock putBucketLogging putBucketReplication
      putAccessPointPolicy deleteAccessPointPolicy putMultiRegionAccessPointPolicy`,
  },
  {
    services: 'cloudfront',
    changes: 'protocols and TLS policies of a distribution',
    actions: `createDistribution createDistributionWithTags updateDistribution updateDistributionWithStagingConfig
      createResponseHeadersPolicy updateResponseHeadersPolicy createOriginRequestPolicy copyDistribution
      updateDistributionTenant createDistributionTenant`,
  },
  {
    services: 'apigateway',
    changes: 'TLS policy, endpoint or integrations of an API',
    actions: `createRestApi updateRestApi putRestApi importRestApi createDomainName updateDomainName updateStage
      createStage putIntegration updateIntegration putMethod updateMethod createDeployment`,
  },
  {
    services: 'apigatewayv2',
    changes: 'TLS policy or integrations of an API',
    actions: `createApi updateApi importApi reimportApi createDomainName updateDomainName createIntegration
      updateIntegration createStage updateStage`,
  },
  {
    services: 'iam',
    changes: 'IAM policies, which may deny plaintext',
    actions: `putRolePolicy deleteRolePolicy putUserPolicy deleteUserPolicy putGroupPolicy deleteGroupPolicy
      attachRolePolicy detachRolePolicy attachUserPolicy detachUserPolicy attachGroupPolicy detachGroupPolicy
      createPolicy createPolicyVersion setDefaultPolicyVersion uploadServerCertificate updateServerCertificate`,
  },
  {
    services: 'kms',
    changes: 'a key or its policy',
    actions: `putKeyPolicy createGrant disableKey disableKeyRotation scheduleKeyDeletion`,
  },
  {
    services: 'ec2',
    changes: 'security groups, routes, endpoints or VPN connections',
    actions: `authorizeSecurityGroupIngress authorizeSecurityGroupEgress revokeSecurityGroupIngress
      revokeSecurityGroupEgress modifySecurityGroupRules createVpcEndpoint modifyVpcEndpoint
      modifyVpnTunnelOptions modifyVpnConnectionOptions createVpnConnection disableEbsEncryptionByDefault
      modifyEbsDefaultKmsKeyId createVpcEncryptionControl modifyVpcEncryptionControl deleteVpcEncryptionControl`,
  },
  {
    services: 'sqs',
    changes: 'the policy or encryption of a queue',
    actions: 'createQueue setQueueAttributes addPermission removePermission',
  },
  {
    services: 'sns',
    changes: 'the policy, encryption or subscriptions of a topic',
    actions:
      'createTopic setTopicAttributes addPermission removePermission subscribe setSubscriptionAttributes',
  },
  {
    services: 'secretsmanager',
    changes: 'the policy of a secret',
    actions: 'putResourcePolicy deleteResourcePolicy',
  },
  {
    services: 'ecr',
    changes: 'the policy of a repository',
    actions: 'setRepositoryPolicy deleteRepositoryPolicy putRegistryPolicy deleteRegistryPolicy',
  },
  {
    services: 'dynamodb',
    changes: 'the policy or encryption of a table',
    actions: 'putResourcePolicy deleteResourcePolicy updateTable',
  },
  {
    services: 'events eventbridge',
    changes: 'targets or the policy of an event bus',
    actions: `putPermission removePermission putTargets createConnection updateConnection createApiDestination
      updateApiDestination`,
  },
  {
    services: 'lambda',
    changes: 'the URL, policy or environment of a function',
    actions: `createFunctionUrlConfig updateFunctionUrlConfig addPermission updateFunctionConfiguration
      createEventSourceMapping updateEventSourceMapping`,
  },
  {
    services: 'rds docdb neptune',
    changes: 'TLS parameters or encryption of a database',
    actions: `createDBInstance modifyDBInstance createDBCluster modifyDBCluster modifyDBParameterGroup
      resetDBParameterGroup modifyDBClusterParameterGroup resetDBClusterParameterGroup createDBProxy modifyDBProxy
      restoreDBInstanceFromDBSnapshot restoreDBClusterFromSnapshot`,
  },
  {
    services: 'redshift',
    changes: 'TLS parameters or encryption of a cluster',
    actions: 'createCluster modifyCluster modifyClusterParameterGroup resetClusterParameterGroup',
  },
  {
    services: 'elasticache',
    changes: 'encryption in transit of a cache',
    actions: `createReplicationGroup modifyReplicationGroup createCacheCluster modifyCacheCluster
      createServerlessCache modifyCacheParameterGroup`,
  },
  {
    services: 'memorydb',
    changes: 'encryption in transit of a cache',
    actions: 'createCluster updateCluster updateParameterGroup',
  },
  {
    services: 'es elasticsearchservice opensearch',
    changes: 'TLS policy, policy or encryption of a domain',
    actions: `createDomain updateDomainConfig createElasticsearchDomain updateElasticsearchDomainConfig`,
  },
  {
    services: 'kafka',
    changes: 'encryption in transit of a cluster',
    actions: 'createCluster createClusterV2 updateSecurity updateConnectivity putClusterPolicy',
  },
  {
    services: 'transfer',
    changes: 'protocols or the security policy of a server',
    actions: 'createServer updateServer createConnector updateConnector',
  },
  {
    services: 'iot',
    changes: 'the security policy of a domain configuration',
    actions: 'createDomainConfiguration updateDomainConfiguration createTopicRule replaceTopicRule',
  },
  {
    services: 'ses sesv2',
    changes: 'whether mail is sent over TLS',
    actions: `createConfigurationSet putConfigurationSetDeliveryOptions createReceiptRule updateReceiptRule
      createEmailIdentityPolicy putIdentityPolicy`,
  },
  {
    services: 'appsync',
    changes: 'an API, its domain or its cache',
    actions:
      'createGraphqlApi updateGraphqlApi createDomainName createApiCache updateApiCache createDataSource',
  },
  {
    services: 'acm',
    changes: 'certificates',
    actions: 'importCertificate deleteCertificate updateCertificateOptions',
  },
  {
    services: 'route53',
    changes: 'where names lead',
    actions: 'changeResourceRecordSets disableHostedZoneDNSSEC deactivateKeySigningKey',
  },
  {
    services: 'dms databasemigrationservice',
    changes: 'TLS of an endpoint',
    actions: 'createEndpoint modifyEndpoint',
  },
  {
    services: 'logs cloudwatchlogs',
    changes: 'the key or the subscribers of logs',
    actions: 'disassociateKmsKey putResourcePolicy putSubscriptionFilter putDestinationPolicy',
  },
  {
    services: 'cloudformation',
    changes: 'stacks, whose templates are not at hand',
    actions: 'createStack updateStack createStackSet updateStackSet createStackInstances executeChangeSet',
  },
];

const CHANGES: ReadonlyMap<string, string> = new Map(
  ROWS.flatMap(({ services, changes, actions }) =>
    services
      .split(' ')
      .flatMap((service) =>
        actions
          .split(/\s+/)
          .map((action): [string, string] => [`${service} ${action.toLowerCase()}`, changes]),
      ),
  ),
);

/** What a call changes that rules look at; `undefined` where it changes nothing of the kind that we know. */
export function changedBy(service: string, action: string): string | undefined {
  const name = service
    .toLowerCase()
    .replace(/^@aws-sdk\/client-/, '')
    .replaceAll('-', '');
  return CHANGES.get(`${name} ${action.replace(/Command$/, '').toLowerCase()}`);
}
