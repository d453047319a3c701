/** Templates that break a rule, written by hand in YAML: the tests write the same as JSON, and for Windows. */
export interface TemplateCase {
  readonly rule: string;
  readonly name: string;
  readonly yaml: string;
}

const at = (rule: string, name: string, yaml: string): TemplateCase => ({ rule, name, yaml: yaml.slice(1) });

const LISTENER = (lines: string) => `
AWSTemplateFormatVersion: '2010-09-09'
Parameters:
  Certificate: { Type: String }
Resources:
  Balancer: # the way in
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      Subnets: [subnet-1, subnet-2]
  Listener:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !Ref Balancer
${lines}
  Targets:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties: {VpcId: vpc-1, Port: 443, Protocol: HTTPS, HealthCheckProtocol: HTTPS}
`;

const HTTPS = `      Port: 443
      Protocol: HTTPS
      Certificates:
      - CertificateArn: !Ref Certificate
      DefaultActions:
      - Type: forward # to ours
        TargetGroupArn: !Ref Targets`;

const DISTRIBUTION = (behaviour: string, rest = '', origin = '') => `
Resources:
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Aliases: ['shop.example.com']
        DefaultCacheBehavior:
          TargetOriginId: shop
          CachePolicyId: 658327ea-f89d-4fab-a63d-7e88639e58f6
${behaviour}
        Origins:
          - Id: shop
            DomainName: origin.example.com
            CustomOriginConfig:
              HTTPSPort: 443
${origin}
        ViewerCertificate:
          AcmCertificateArn: arn:aws:acm:us-east-1:111122223333:certificate/1
          SslSupportMethod: sni-only
${rest}
`;

const FINE = '          ViewerProtocolPolicy: redirect-to-https';
const MINIMUM = '          MinimumProtocolVersion: TLSv1.2_2025';
const ORIGIN = '              OriginProtocolPolicy: https-only\n              OriginSSLProtocols: [TLSv1.2]';

const DATABASE = (family: string, engine: string, parameters: string) => `
Resources:
  Group:
    Type: AWS::RDS::DBParameterGroup
    Properties:
      Description: ours
      Family: ${family}
      Parameters:
${parameters}
  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: ${engine}
      DBInstanceClass: db.t4g.medium
      DBParameterGroupName: !Ref Group
      StorageEncrypted: true
`;

/** One or more for each rule that has a repair. */
export const TEMPLATE_CASES: readonly TemplateCase[] = [
  at('ListenerRequiresTls12', 'without a policy', LISTENER(HTTPS)),
  at(
    'ListenerRequiresTls12',
    'with one of 2016',
    LISTENER(`      SslPolicy: "ELBSecurityPolicy-2016-08" # old\n${HTTPS}`),
  ),
  at('ListenerRequiresTls12', 'with a policy that is empty', LISTENER(`      SslPolicy:\n${HTTPS}`)),
  at(
    'ListenerTlsPolicyIsForwardSecret',
    'with Ext2',
    LISTENER(`      SslPolicy: ELBSecurityPolicy-TLS13-1-2-Ext2-2021-06\n${HTTPS}`),
  ),
  at(
    'ListenerTlsPolicyIsOnSecurityHubList',
    'with CBC',
    LISTENER(`      SslPolicy: ELBSecurityPolicy-TLS13-1-2-FIPS-2023-04\n${HTTPS}`),
  ),
  at(
    'ListenerTlsPolicyIsPostQuantum',
    'with a classical one',
    LISTENER(`      SslPolicy: ELBSecurityPolicy-TLS13-1-2-Res-2021-06\n${HTTPS}`),
  ),
  at('ListenerSendsHsts', 'without attributes', LISTENER(HTTPS)),
  at(
    'ListenerSendsHsts',
    'with another attribute',
    LISTENER(
      `${HTTPS}\n      ListenerAttributes:\n        - Key: routing.http.response.server.enabled\n          Value: "false"`,
    ),
  ),
  at(
    'ListenerSendsHsts',
    'with a short one',
    LISTENER(
      `${HTTPS}\n      ListenerAttributes:\n        - Key: routing.http.response.strict_transport_security.header_value\n          Value: max-age=300`,
    ),
  ),
  at(
    'ListenerIsEncrypted',
    'beside the one that takes HTTPS',
    LISTENER(
      `      SslPolicy: ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09\n${HTTPS}
  Clear:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !Ref Balancer
      Port: 80
      Protocol: HTTP
      DefaultActions:
      - Type: forward
        TargetGroupArn: !Ref Targets`,
    ),
  ),
  at(
    'ListenerIsEncrypted',
    'that redirects to HTTP',
    LISTENER(`      Port: 80
      Protocol: HTTP
      DefaultActions:
        - Type: redirect
          RedirectConfig:
            StatusCode: HTTP_301
            Protocol: HTTP
            Port: "8080"`),
  ),
  at(
    'ListenerIsEncrypted',
    'that redirects without a protocol',
    LISTENER(`      Port: 80
      Protocol: HTTP
      DefaultActions: [{Type: redirect, RedirectConfig: {StatusCode: HTTP_301, Port: "443"}}]`),
  ),
  at(
    'TargetGroupIsEncrypted',
    'over HTTP',
    LISTENER(HTTPS).replace('Port: 443, Protocol: HTTPS,', 'Port: 8080, Protocol: HTTP,'),
  ),
  at('HealthCheckIsEncrypted', 'without a word', LISTENER(HTTPS).replace(', HealthCheckProtocol: HTTPS', '')),
  at(
    'DistributionServesOnlyTls',
    'for everybody',
    DISTRIBUTION('          ViewerProtocolPolicy: allow-all', MINIMUM, ORIGIN),
  ),
  at(
    'DistributionServesOnlyTls',
    'for writers',
    DISTRIBUTION(
      '          ViewerProtocolPolicy: allow-all\n          AllowedMethods: [GET, HEAD, OPTIONS, PUT, POST, PATCH, DELETE]',
      MINIMUM,
      ORIGIN,
    ),
  ),
  at('DistributionRequiresTls12', 'without a minimum', DISTRIBUTION(FINE, '', ORIGIN)),
  at(
    'DistributionRequiresTls12',
    'with an old one',
    DISTRIBUTION(FINE, '          MinimumProtocolVersion: TLSv1.1_2016', ORIGIN),
  ),
  at(
    'DistributionTlsPolicyIsForwardSecret',
    'with RSA',
    DISTRIBUTION(FINE, '          MinimumProtocolVersion: TLSv1.2_2018', ORIGIN),
  ),
  at(
    'OriginIsEncrypted',
    'over HTTP',
    DISTRIBUTION(
      FINE,
      MINIMUM,
      '              OriginProtocolPolicy: http-only\n              OriginSSLProtocols: [TLSv1.2]',
    ),
  ),
  at(
    'OriginRequiresTls12',
    'with a list in blocks',
    DISTRIBUTION(
      FINE,
      MINIMUM,
      '              OriginProtocolPolicy: https-only\n              OriginSSLProtocols:\n                - TLSv1\n                - TLSv1.2',
    ),
  ),
  at(
    'OriginRequiresTls12',
    'without a list',
    DISTRIBUTION(FINE, MINIMUM, '              OriginProtocolPolicy: https-only'),
  ),
  at(
    'ApiDomainRequiresTls12',
    'of a REST API',
    `
Resources:
    Domain:
        Type: AWS::ApiGateway::DomainName
        Properties:
            DomainName: api.example.com
            RegionalCertificateArn: arn:aws:acm:eu-west-1:111122223333:certificate/1
            EndpointConfiguration:
                Types: [REGIONAL]
            SecurityPolicy: TLS_1_0
`,
  ),
  at(
    'BucketDeniesPlaintext',
    'without a policy',
    `
Conditions:
  InProduction: !Equals [!Ref AWS::Region, eu-west-1]
Resources:
  Data:
    Type: AWS::S3::Bucket
    Condition: InProduction

Outputs:
  Name: {Value: !Ref Data, Condition: InProduction}
`,
  ),
  at(
    'BucketDeniesPlaintext',
    'with a policy about something else',
    `
Resources:
  Data:
    Type: AWS::S3::Bucket
  DataPolicy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Data
      PolicyDocument:
        Version: 2012-10-17
        Statement:
          - Effect: Allow
            Principal: {Service: cloudtrail.amazonaws.com}
            Action: s3:GetBucketAcl
            Resource: !GetAtt Data.Arn
`,
  ),
  at(
    'BucketDeniesPlaintext',
    'with a Deny of one action',
    `
Resources:
  DataPolicy:
    Type: AWS::S3::BucketPolicy
    Properties:
      PolicyDocument:
        Statement:
        - Effect: Deny
          Principal: "*"
          Action: s3:PutObject
          Resource: !Sub "\${Data.Arn}/*"
          Condition:
            Bool:
              aws:SecureTransport: "false"
        # the last one
      Bucket: !Ref Data
  Data:
    Type: AWS::S3::Bucket
`,
  ),
  at(
    'BucketRequiresTls12',
    'with a Deny of plaintext',
    `
Resources:
  Data:
    Type: AWS::S3::Bucket
  DataPolicy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Data
      PolicyDocument:
        Statement:
          - {Effect: Deny, Principal: "*", Action: "s3:*", Resource: "*", Condition: {Bool: {"aws:SecureTransport": "false"}}}
`,
  ),
  at(
    'BucketBlocksPublicAccess',
    'with two of four',
    `
Resources:
  Data:
    Type: AWS::S3::Bucket
    Properties:
      PublicAccessBlockConfiguration:
        BlockPublicAcls: true
        IgnorePublicAcls: false
`,
  ),
  at(
    'QueueDeniesPlaintext',
    'without a policy',
    `
Resources:
  Orders:
    Type: AWS::SQS::Queue
`,
  ),
  at(
    'QueueDeniesPlaintext',
    'with a policy for two',
    `
Resources:
  Orders: {Type: AWS::SQS::Queue}
  Failed: {Type: AWS::SQS::Queue}
  Policy:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref Orders, !Ref Failed]
      PolicyDocument:
        Statement:
          - Effect: Allow
            Principal: {Service: sns.amazonaws.com}
            Action: sqs:SendMessage
            Resource: [!GetAtt Orders.Arn, !GetAtt Failed.Arn]
            Condition: {ArnEquals: {"aws:SourceArn": "arn:aws:sns:eu-west-1:111122223333:t"}}
`,
  ),
  at(
    'TopicDeniesPlaintext',
    'without a policy',
    `
Resources:
  Orders:
    Type: AWS::SNS::Topic
    Properties:
      KmsMasterKeyId: alias/aws/sns
`,
  ),
  at(
    'StoreIsEncrypted',
    'of a topic',
    `
Resources:
  Orders:
    Type: AWS::SNS::Topic
`,
  ),
  at(
    'TableDeniesPlaintext',
    'without a policy',
    `
Resources:
  Orders:
    Type: AWS::DynamoDB::Table
    Properties:
      KeySchema: [{AttributeName: id, KeyType: HASH}]
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
      BillingMode: PAY_PER_REQUEST
`,
  ),
  at(
    'DatabaseRequiresTls',
    'of PostgreSQL',
    DATABASE(
      'postgres14',
      'postgres\n      EngineVersion: "14.9"',
      `        rds.force_ssl: '0'\n        log_connections: '1'`,
    ),
  ),
  at(
    'DatabaseRequiresTls',
    'of MySQL',
    DATABASE('mysql8.0', 'mysql\n      EngineVersion: "8.0.35"', `        tls_version: TLSv1.2,TLSv1.3`),
  ),
  at(
    'StoreIsEncrypted',
    'of a database',
    DATABASE('postgres16', 'postgres\n      EngineVersion: "16.3"', `        rds.force_ssl: '1'`).replace(
      'StorageEncrypted: true',
      'StorageEncrypted: false',
    ),
  ),
  at(
    'DatabaseProxyRequiresTls',
    'that takes all',
    `
Resources:
  Proxy:
    Type: AWS::RDS::DBProxy
    Properties:
      DBProxyName: orders
      EngineFamily: POSTGRESQL
      RoleArn: arn:aws:iam::111122223333:role/proxy
      Auth: [{AuthScheme: SECRETS, SecretArn: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:s"}]
      VpcSubnetIds: [subnet-1]
`,
  ),
  at(
    'RedshiftRequiresTls',
    'without the parameter',
    `
Resources:
  Warehouse:
    Type: AWS::Redshift::Cluster
    Properties:
      ClusterType: single-node
      NodeType: ra3.large
      DBName: orders
      MasterUsername: owner
      ManageMasterPassword: true
      Encrypted: true
      ClusterParameterGroupName: !Ref Group
  Group:
    Type: AWS::Redshift::ClusterParameterGroup
    Properties:
      Description: ours
      ParameterGroupFamily: redshift-1.0
      Parameters:
        - ParameterName: enable_user_activity_logging
          ParameterValue: "true"
`,
  ),
  at(
    'RedshiftServerlessRequiresTls',
    'without parameters',
    `
Resources:
  Group:
    Type: AWS::RedshiftServerless::Workgroup
    Properties:
      WorkgroupName: orders
`,
  ),
  at(
    'CacheRequiresTls',
    'in clear',
    `
Resources:
  Sessions:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: sessions
      Engine: valkey
      CacheNodeType: cache.t4g.small
      AtRestEncryptionEnabled: true
      TransitEncryptionEnabled: false
`,
  ),
  at(
    'CacheRequiresTls',
    'for whoever asks',
    `
Resources:
  Sessions:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: sessions
      Engine: valkey
      CacheNodeType: cache.t4g.small
      AtRestEncryptionEnabled: true
      TransitEncryptionEnabled: true
      TransitEncryptionMode: preferred
`,
  ),
  at(
    'StoreIsEncrypted',
    'of a cache',
    `
Resources:
  Sessions:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: sessions
      Engine: redis
      CacheNodeType: cache.t4g.small
      TransitEncryptionEnabled: true
`,
  ),
  at(
    'MemoryDbRequiresTls',
    'switched off',
    `
Resources:
  Sessions:
    Type: AWS::MemoryDB::Cluster
    Properties: {ClusterName: sessions, NodeType: db.t4g.small, ACLName: ours, TLSEnabled: false}
`,
  ),
  at(
    'KafkaClientsRequireTls',
    'of both kinds',
    `
Resources:
  Bus:
    Type: AWS::MSK::Cluster
    Properties:
      ClusterName: bus
      KafkaVersion: 3.8.x
      NumberOfBrokerNodes: 3
      BrokerNodeGroupInfo: {InstanceType: kafka.m7g.large, ClientSubnets: [a, b, c]}
      ClientAuthentication: {Sasl: {Iam: {Enabled: true}}, Unauthenticated: {Enabled: false}}
      EncryptionInfo: {EncryptionInTransit: {ClientBroker: TLS_PLAINTEXT, InCluster: true}}
`,
  ),
  at(
    'KafkaBrokersUseTls',
    'in clear',
    `
Resources:
  Bus:
    Type: AWS::MSK::Cluster
    Properties:
      ClusterName: bus
      KafkaVersion: 3.8.x
      NumberOfBrokerNodes: 3
      BrokerNodeGroupInfo: {InstanceType: kafka.m7g.large, ClientSubnets: [a, b, c]}
      ClientAuthentication: {Sasl: {Iam: {Enabled: true}}, Unauthenticated: {Enabled: false}}
      EncryptionInfo:
        EncryptionInTransit:
          InCluster: false
`,
  ),
  at(
    'DocumentDbRequiresTls',
    'disabled',
    `
Resources:
  Group:
    Type: AWS::DocDB::DBClusterParameterGroup
    Properties:
      Description: ours
      Family: docdb5.0
      Parameters:
        tls: disabled
  Orders:
    Type: AWS::DocDB::DBCluster
    Properties:
      DBClusterParameterGroupName: !Ref Group
      StorageEncrypted: true
`,
  ),
  ...['OpenSearchRequiresHttps', 'OpenSearchNodesEncryptTraffic', 'StoreIsEncrypted'].map((rule) =>
    at(
      rule,
      'of a search domain',
      `
Resources:
  Search:
    Type: AWS::OpenSearchService::Domain
    Properties:
      EngineVersion: OpenSearch_2.19
`,
    ),
  ),
  at(
    'OpenSearchTlsPolicyIsForwardSecret',
    'by default',
    `
Resources:
  Search:
    Type: AWS::OpenSearchService::Domain
    Properties:
      DomainEndpointOptions: {EnforceHTTPS: true, TLSSecurityPolicy: Policy-Min-TLS-1-2-2019-07}
`,
  ),
  at(
    'OpenSearchRequiresTls12',
    'with TLS 1.0',
    `
Resources:
  Search:
    Type: AWS::OpenSearchService::Domain
    Properties:
      DomainEndpointOptions:
        EnforceHTTPS: true
        TLSSecurityPolicy: Policy-Min-TLS-1-0-2019-07
`,
  ),
  at(
    'SesRequiresTls',
    'without options',
    `
Resources:
  Mail:
    Type: AWS::SES::ConfigurationSet
    Properties:
      Name: mail
`,
  ),
  at(
    'EfsVolumeIsEncryptedInTransit',
    'without a word',
    `
Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions:
        - Name: web
          Image: web
          ReadonlyRootFilesystem: true
      Volumes:
        - Name: files
          EFSVolumeConfiguration:
            FilesystemId: fs-1
`,
  ),
  at(
    'FileSystemIsEncrypted',
    'of a file system',
    `
Resources:
  Files:
    Type: AWS::EFS::FileSystem
    Properties:
      PerformanceMode: generalPurpose
`,
  ),
  at(
    'VolumeIsEncrypted',
    'without a word',
    `
Resources:
  Disk:
    Type: AWS::EC2::Volume
    Properties: {AvailabilityZone: eu-west-1a, Size: 20}
`,
  ),
  at(
    'KeyRotatesWithinAYear',
    'without a word',
    `
Resources:
  Key:
    Type: AWS::KMS::Key
    Properties:
      Description: >
        The key of the shop,
        and of nothing else

`,
  ),
  at(
    'LogRetentionEnds',
    'never',
    `
Resources:
  Log:
    Type: AWS::Logs::LogGroup
`,
  ),
  at(
    'DistributionTlsPolicyIsOnSecurityHubList',
    'with CBC',
    DISTRIBUTION(FINE, '          MinimumProtocolVersion: TLSv1.2_2019', ORIGIN),
  ),
  at(
    'DatabaseRequiresTls12',
    'of an old PostgreSQL',
    DATABASE(
      'postgres14',
      'postgres\n      EngineVersion: "14.9"',
      `        rds.force_ssl: '1'\n        ssl_min_protocol_version: TLSv1.1`,
    ),
  ),
  at(
    'DatabaseStatesTls12',
    'in a group about something else',
    DATABASE('postgres16', 'postgres\n      EngineVersion: "16.3"', `        log_connections: '1'`),
  ),
  at(
    'DocumentDbRequiresTls12',
    'by enabled',
    `
Resources:
  Group:
    Type: AWS::DocDB::DBClusterParameterGroup
    Properties: {Description: ours, Family: docdb5.0, Parameters: {tls: enabled}}
  Orders:
    Type: AWS::DocDB::DBCluster
    Properties:
      DBClusterParameterGroupName: !Ref Group
      StorageEncrypted: true
`,
  ),
];
