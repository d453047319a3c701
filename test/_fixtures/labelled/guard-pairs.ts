/** A rule of cfn-guard for AWS Control Tower, and the rules of ours that find the same fault on the same resources. */
export interface GuardPair {
  readonly theirs: string;
  readonly ours: readonly string[];
  /** The types that their rule reports on, of which labels are complete. */
  readonly on: readonly string[];
}

/**
 * Only rules that ask for the same: theirs that ask for more (a key of one's own, a block that is written out, a TLS
 * version beside a certificate) or for less (a rotation of whatever period) are left out, as are faults that only ours
 * know. Each false alarm and each miss of theirs was looked at, as each of ours was.
 */
export const GUARD_PAIRS: readonly GuardPair[] = [
  pair('alb_http_to_https_redirection_check', ['ListenerIsEncrypted'], 'ElasticLoadBalancingV2::Listener'),
  pair(
    'elbv2_acm_certificate_required_check',
    ['ListenerCertificateIsManaged'],
    'ElasticLoadBalancingV2::Listener',
  ),
  pair(
    'elb_acm_certificate_required_check',
    ['ClassicListenerCertificateIsManaged'],
    'ElasticLoadBalancing::LoadBalancer',
  ),
  pair(
    'elb_tls_https_listeners_only_check',
    ['ClassicListenerIsEncrypted', 'ClassicListenerIsNotPassedThrough'],
    'ElasticLoadBalancing::LoadBalancer',
  ),
  pair('cloudfront_viewer_policy_https_check', ['DistributionServesOnlyTls'], 'CloudFront::Distribution'),
  pair('cloudfront_traffic_to_origin_encrypted_check', ['OriginIsEncrypted'], 'CloudFront::Distribution'),
  pair(
    'cloudfront_security_policy_check',
    ['DistributionRequiresTls12', 'DistributionHasOwnCertificate'],
    'CloudFront::Distribution',
  ),
  pair('s3_bucket_policy_ssl_requests_only_check', ['BucketDeniesPlaintext'], 'S3::BucketPolicy'),
  pair(
    's3_access_point_public_access_prohibited_check',
    ['AccessPointBlocksPublicAccess'],
    'S3::AccessPoint',
  ),
  pair('api_gw_cache_encrypted_check', ['ApiCacheIsEncrypted'], 'ApiGateway::Stage'),
  pair(
    'api_gw_domain_tls_check',
    ['ApiDomainRequiresTls12', 'ApiDomainTlsPolicyIsClassified'],
    'ApiGateway::DomainName',
  ),
  pair('rds_proxy_tls_check', ['DatabaseProxyRequiresTls'], 'RDS::DBProxy'),
  pair('rds_db_parameter_group_tls_check', ['DatabaseRequiresTls'], 'RDS::DBParameterGroup'),
  pair('rds_db_cluster_parameter_group_tls_check', ['DatabaseRequiresTls'], 'RDS::DBClusterParameterGroup'),
  pair('rds_instance_public_access_check', ['DatabaseIsNotPublic'], 'RDS::DBInstance'),
  pair('rds_instance_storage_encrypted_check', ['StoreIsEncrypted'], 'RDS::DBInstance'),
  pair('rds_cluster_storage_encrypted_check', ['StoreIsEncrypted'], 'RDS::DBCluster'),
  pair('redshift_cluster_public_access_check', ['WarehouseIsNotPublic'], 'Redshift::Cluster'),
  pair('redshift_cluster_encrypted_check', ['StoreIsEncrypted'], 'Redshift::Cluster'),
  pair(
    'redshift_parameter_group_require_tls_ssl_check',
    ['RedshiftRequiresTls'],
    'Redshift::ClusterParameterGroup',
  ),
  pair(
    'opensearch_https_required_check',
    ['OpenSearchRequiresHttps', 'OpenSearchRequiresTls12', 'OpenSearchTlsPolicyIsClassified'],
    'OpenSearchService::Domain',
  ),
  pair(
    'opensearch_node_to_node_encryption_check',
    ['OpenSearchNodesEncryptTraffic'],
    'OpenSearchService::Domain',
  ),
  pair('opensearch_encrypted_at_rest_check', ['StoreIsEncrypted'], 'OpenSearchService::Domain'),
  pair('opensearch_in_vpc_only_check', ['SearchDomainIsInVpc'], 'OpenSearchService::Domain'),
  pair('msk_broker_node_tls_check', ['KafkaBrokersUseTls'], 'MSK::Cluster'),
  pair('kinesis_stream_encrypted_check', ['StreamIsEncrypted'], 'Kinesis::Stream'),
  pair('docdb_cluster_encrypted_check', ['StoreIsEncrypted'], 'DocDB::DBCluster'),
  pair('neptune_cluster_encrypted_check', ['StoreIsEncrypted'], 'Neptune::DBCluster'),
  pair(
    'neptune_cluster_iam_database_authentication_check',
    ['NeptuneAuthenticatesByIam'],
    'Neptune::DBCluster',
  ),
  pair('dax_cluster_encryption_enabled_check', ['StoreIsEncrypted'], 'DAX::Cluster'),
  pair('dax_tls_endpoint_encryption_check', ['DaxRequiresTls'], 'DAX::Cluster'),
  pair(
    'elasticache_repl_grp_encrypted_in_transit_check',
    ['CacheRequiresTls'],
    'ElastiCache::ReplicationGroup',
  ),
  pair('elasticache_repl_grp_encrypted_at_rest_check', ['StoreIsEncrypted'], 'ElastiCache::ReplicationGroup'),
  pair('cloud_trail_encryption_enabled_check', ['TrailHasOwnKey'], 'CloudTrail::Trail'),
  pair('cloud_trail_log_file_validation_enabled_check', ['TrailFilesAreValidated'], 'CloudTrail::Trail'),
  pair('cloud_trail_cloud_watch_logs_enabled_check', ['TrailReachesLogGroup'], 'CloudTrail::Trail'),
  pair(
    'dms_replication_instance_not_public_check',
    ['ReplicationInstanceIsNotPublic'],
    'DMS::ReplicationInstance',
  ),
  pair('dms_endpoint_ssl_configured_check', ['DmsEndpointIsEncrypted'], 'DMS::Endpoint'),
  pair('lambda_function_url_auth_check', ['FunctionUrlIsAuthenticated'], 'Lambda::Url'),
  pair('lambda_function_public_access_prohibited_check', ['FunctionIsNotPublic'], 'Lambda::Permission'),
  pair('eks_endpoint_no_public_access_check', ['ClusterEndpointIsPrivate'], 'EKS::Cluster'),
  pair('eks_secrets_encrypted_check', ['ClusterSecretsHaveOwnKey'], 'EKS::Cluster'),
];

function pair(theirs: string, ours: readonly string[], ...on: readonly string[]): GuardPair {
  return { theirs, ours, on: on.map((type) => `AWS::${type}`) };
}
