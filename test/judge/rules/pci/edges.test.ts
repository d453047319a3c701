import type { PackRule } from '../../../../lib/judge/packs/pack';
import { ANALYTICS_ROWS } from '../../../../lib/judge/rules/pci/analytics';
import { API_ROWS } from '../../../../lib/judge/rules/pci/api';
import { AUDIT_SOURCE_ROWS } from '../../../../lib/judge/rules/pci/audit-sources';
import { CACHE_DATA_ROWS } from '../../../../lib/judge/rules/pci/caches';
import { DELIVERY_ROWS } from '../../../../lib/judge/rules/pci/delivery';
import { EC2_MACHINE_ROWS } from '../../../../lib/judge/rules/pci/ec2-machine';
import { LOGIN_ENDPOINT_ROWS } from '../../../../lib/judge/rules/pci/login-endpoint';
import { NETWORK_EXPOSURE_FIREWALL_ROWS } from '../../../../lib/judge/rules/pci/network-exposure-firewall';
import { NETWORK_EXPOSURE_VPC_ROWS } from '../../../../lib/judge/rules/pci/network-exposure-vpc';
import { RDS_DATA_ROWS } from '../../../../lib/judge/rules/pci/rds';
import { S3_EXPOSURE_ROWS } from '../../../../lib/judge/rules/pci/s3-exposure';
import { WAF_ROWS } from '../../../../lib/judge/rules/pci/waf';
import { WAREHOUSE_ROWS } from '../../../../lib/judge/rules/pci/warehouses';
import { SEARCH_ROWS } from '../../../../lib/judge/rules/pci/warehouses-search';
import type { JsonMap } from '../../../../lib/judge/template';
import { it as one, says } from './support';

/** A rule, what stands in a template of one resource, and all that is said of it. */
type Edge = readonly [rule: string, what: string, resources: JsonMap, said: readonly string[]];

/** What tools/mutate.mjs found that no other test tells apart: where a comparison begins and ends, and what is left out. */
describe.each<[string, readonly PackRule[], readonly Edge[]]>([
  [
    'analytics',
    ANALYTICS_ROWS,
    ['SSE_S3', 'CSE_KMS'].map((EncryptionOption) => [
      'QueryResultsAreEncrypted',
      `passes ${EncryptionOption}`,
      one('AWS::Athena::WorkGroup', {
        WorkGroupConfiguration: { ResultConfiguration: { EncryptionConfiguration: { EncryptionOption } } },
      }),
      [],
    ]),
  ],
  [
    'APIs',
    API_ROWS,
    [
      ...['INFO', 'DEBUG'].map(
        (FieldLogLevel): Edge => [
          'GraphQlApiWritesLog',
          `passes ${FieldLogLevel}`,
          one('AWS::AppSync::GraphQLApi', {
            LogConfig: { FieldLogLevel, CloudWatchLogsRoleArn: 'arn:aws:iam::111122223333:role/logs' },
          }),
          [],
        ],
      ),
      ['ApiStageWritesExecutionLog', 'passes INFO of a WebSocket API', webSocketStage('INFO'), []],
      [
        'ApiStageWritesExecutionLog',
        'fails a WebSocket API without a level',
        webSocketStage(undefined),
        ['info violation It.Properties.DefaultRouteSettings.LoggingLevel: absent'],
      ],
    ],
  ],
  [
    'sources of audit logs',
    AUDIT_SOURCE_ROWS,
    [
      [
        'BuildIsLogged',
        'passes a log that is switched on by name',
        one('AWS::CodeBuild::Project', { LogsConfig: { CloudWatchLogs: { Status: 'ENABLED' } } }),
        [],
      ],
      ['BrokerLogsAudit', 'says nothing of a broker without an engine', one('AWS::AmazonMQ::Broker'), []],
    ],
  ],
  [
    'caches',
    CACHE_DATA_ROWS,
    [
      [
        'CacheIsBackedUp',
        'says nothing of a node without an engine',
        one('AWS::ElastiCache::CacheCluster'),
        [],
      ],
      [
        'CacheIsBackedUp',
        'fails Valkey on a node',
        one('AWS::ElastiCache::CacheCluster', { Engine: 'valkey' }),
        ['info violation It.Properties.SnapshotRetentionLimit: absent'],
      ],
      [
        'CacheIsBackedUp',
        'says nothing of Memcached without servers',
        one('AWS::ElastiCache::ServerlessCache', { Engine: 'memcached' }),
        [],
      ],
    ],
  ],
  [
    'delivery',
    DELIVERY_ROWS,
    [
      [
        'BuildArtifactsAreEncrypted',
        'says nothing of artifacts that go nowhere',
        one('AWS::CodeBuild::Project', { Artifacts: { EncryptionDisabled: true } }),
        [],
      ],
      [
        'BuildArtifactsAreEncrypted',
        'passes a second artifact of which nothing is said',
        one('AWS::CodeBuild::Project', { SecondaryArtifacts: [{ Type: 'S3', ArtifactIdentifier: 'b' }] }),
        [],
      ],
      [
        'BuildLogsAreEncrypted',
        'says nothing of a log that is not switched on',
        one('AWS::CodeBuild::Project', { LogsConfig: { S3Logs: { EncryptionDisabled: true } } }),
        [],
      ],
    ],
  ],
  [
    'machines',
    EC2_MACHINE_ROWS,
    [
      [
        'MachineHasNoPublicAddress',
        'leaves it to the subnets of a group',
        one('AWS::AutoScaling::LaunchConfiguration', { ImageId: 'ami-1' }),
        [],
      ],
      [
        'MachineIsMonitoredByTheMinute',
        'fails a machine of which nothing is said',
        one('AWS::EC2::Instance', { ImageId: 'ami-1' }),
        ['info violation It.Properties.Monitoring: absent'],
      ],
      [
        'MachineIsMonitoredByTheMinute',
        'fails a launch template of which nothing is said',
        launched({}),
        ['info violation Launch.Properties.LaunchTemplateData.Monitoring.Enabled: absent'],
      ],
    ],
  ],
  [
    'ends of logins',
    LOGIN_ENDPOINT_ROWS,
    [
      [
        'SmtpCredentialsAreEncrypted',
        'says nothing of an ingress point without a kind',
        one('AWS::SES::MailManagerIngressPoint', { TlsPolicy: 'OPTIONAL' }),
        [],
      ],
      [
        'MailIsReceivedEncrypted',
        'says nothing of an ingress point without a kind',
        one('AWS::SES::MailManagerIngressPoint', { TlsPolicy: 'OPTIONAL' }),
        [],
      ],
      [
        'MailIsReceivedEncrypted',
        'fails plaintext beside certificates of clients',
        one('AWS::SES::MailManagerIngressPoint', { Type: 'MTLS', TlsPolicy: 'OPTIONAL' }),
        ['warning violation It.Properties.TlsPolicy: OPTIONAL'],
      ],
    ],
  ],
  [
    'firewalls',
    NETWORK_EXPOSURE_FIREWALL_ROWS,
    [
      [
        'StatelessRuleGroupHasRules',
        'says nothing of a group without a kind',
        one('AWS::NetworkFirewall::RuleGroup'),
        [],
      ],
    ],
  ],
  [
    'networks',
    NETWORK_EXPOSURE_VPC_ROWS,
    [
      [
        'VpnWritesConnectionLog',
        'fails an endpoint of which nothing is said',
        one('AWS::EC2::ClientVpnEndpoint', { ConnectionLogOptions: {} }),
        ['warning violation It.Properties.ConnectionLogOptions.Enabled: absent'],
      ],
    ],
  ],
  [
    'databases',
    RDS_DATA_ROWS,
    [
      [
        'DatabaseIsBackedUp',
        'passes a day',
        one('AWS::RDS::DBInstance', { Engine: 'postgres', BackupRetentionPeriod: 1 }),
        [],
      ],
      ...(
        [
          ['AWS::RDS::DBInstance', ['mysql', 'postgres', 'mariadb']],
          ['AWS::RDS::DBCluster', ['aurora', 'aurora-mysql', 'aurora-postgresql']],
        ] as const
      ).flatMap(([type, engines]) =>
        engines.map(
          (Engine): Edge => [
            'DatabaseAcceptsIamLogin',
            `fails ${Engine} in ${type}`,
            one(type, { Engine }),
            ['info violation It.Properties.EnableIAMDatabaseAuthentication: absent'],
          ],
        ),
      ),
      ['DatabaseAcceptsIamLogin', 'says nothing without an engine', one('AWS::RDS::DBInstance'), []],
    ],
  ],
  [
    'buckets',
    S3_EXPOSURE_ROWS,
    [
      [
        'BucketIsOpenedByPoliciesOnly',
        'fails a rule that names no owner',
        one('AWS::S3::Bucket', { OwnershipControls: { Rules: [{}] } }),
        ['info violation It.Properties.OwnershipControls.Rules.0.ObjectOwnership: absent'],
      ],
    ],
  ],
  [
    'firewalls of web applications',
    WAF_ROWS,
    [
      [
        'WebAclIsMeasured',
        'fails a web ACL of which nothing is said',
        one('AWS::WAFv2::WebACL', { VisibilityConfig: {} }),
        ['warning violation It.Properties.VisibilityConfig.CloudWatchMetricsEnabled: absent'],
      ],
    ],
  ],
  [
    'warehouses',
    WAREHOUSE_ROWS,
    [
      [
        'WarehouseIsBackedUp',
        'passes a day',
        one('AWS::Redshift::Cluster', { AutomatedSnapshotRetentionPeriod: 1 }),
        [],
      ],
    ],
  ],
  [
    'searches',
    SEARCH_ROWS,
    [
      [
        'SearchDomainLogsErrors',
        'fails a log that is not switched on',
        one('AWS::OpenSearchService::Domain', {
          LogPublishingOptions: {
            ES_APPLICATION_LOGS: {
              CloudWatchLogsLogGroupArn: 'arn:aws:logs:eu-west-1:111122223333:log-group:es',
            },
          },
        }),
        ['warning violation It.Properties.LogPublishingOptions.ES_APPLICATION_LOGS.Enabled: absent'],
      ],
    ],
  ],
])('%s', (_, rows, edges) => {
  test.each(edges)('%s %s', (id, _what, resources, said) => {
    expect(says(rows, id, resources)).toEqual(said);
  });
});

function webSocketStage(LoggingLevel: string | undefined): JsonMap {
  return {
    Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: 'WEBSOCKET' } },
    ...one('AWS::ApiGatewayV2::Stage', {
      ApiId: { Ref: 'Api' },
      DefaultRouteSettings: LoggingLevel === undefined ? {} : { LoggingLevel },
    }),
  };
}

function launched(LaunchTemplateData: JsonMap): JsonMap {
  return {
    Launch: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData } },
    ...one('AWS::EC2::Instance', {
      LaunchTemplate: {
        LaunchTemplateId: { Ref: 'Launch' },
        Version: { 'Fn::GetAtt': ['Launch', 'LatestVersionNumber'] },
      },
    }),
  };
}
