import type { Json, JsonMap } from '../../../lib/judge/template';
import { beside, OFF_ON, ON_OFF, type Pair, resource, type Values } from './subject';

const REST_STAGE = { RestApiId: 'abc123', DeploymentId: 'def456', StageName: 'prod' };
const ALB = { Type: 'application', Scheme: 'internet-facing', Subnets: ['subnet-1', 'subnet-2'] };
const CERTIFICATE = 'arn:aws:acm:us-east-1:111122223333:certificate/00000000-1111-2222-3333-444455556666';
const FUNCTION =
  'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:111122223333:function:shop/invocations';
const LOG_GROUP = 'arn:aws:logs:eu-west-1:111122223333:log-group:access';

const DISTRIBUTION = {
  DistributionConfig: {
    Enabled: true,
    Aliases: ['shop.example.com'],
    ViewerCertificate: {
      AcmCertificateArn: CERTIFICATE,
      SslSupportMethod: 'sni-only',
      MinimumProtocolVersion: 'TLSv1.2_2021',
    },
    Origins: [
      {
        Id: 'shop',
        DomainName: 'origin.example.com',
        CustomOriginConfig: { OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'] },
      },
    ],
    DefaultCacheBehavior: {
      TargetOriginId: 'shop',
      ViewerProtocolPolicy: 'https-only',
      CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
    },
  },
};

function stage(path: string, values: Values, more: Readonly<Record<string, Values>> = {}) {
  return resource('AWS::ApiGateway::Stage', REST_STAGE, { [path]: values, ...more });
}

/** Settings for every method, or for one. */
function settings(right: object, others: Readonly<Record<string, object>>): Values {
  const all = { HttpMethod: '*', ResourcePath: '/*' };
  const named = Object.entries(others).map(([name, setting]) => [name, [{ ...all, ...setting }]]);
  return { right: [{ ...all, ...right }], ...Object.fromEntries(named), absent: undefined };
}

const ACL_ARN = 'arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/shop/00000000';
const WEB_ACL = {
  Scope: 'REGIONAL',
  DefaultAction: { Allow: {} },
  VisibilityConfig: { CloudWatchMetricsEnabled: true, MetricName: 'shop', SampledRequestsEnabled: true },
};

/** What puts a web ACL in front of a resource. */
function acl(ResourceArn: JsonMap): JsonMap {
  return { Type: 'AWS::WAFv2::WebACLAssociation', Properties: { ResourceArn, WebACLArn: ACL_ARN } };
}

/** Ways in: APIs, distributions, load balancers. */
export const ENTRY_PAIRS: readonly Pair[] = [
  {
    theirs: 'apigw.APIGWAccessLogging',
    ours: ['ApiStageWritesAccessLog'],
    subject: stage('AccessLogSetting', {
      both: { DestinationArn: LOG_GROUP, Format: '$context.requestId' },
      'no format': { DestinationArn: LOG_GROUP },
      'no destination': { Format: '$context.requestId' },
      absent: undefined,
    }),
  },
  {
    theirs: 'apigw.APIGWAccessLogging',
    ours: ['ApiStageWritesAccessLog'],
    subject: resource(
      'AWS::ApiGatewayV2::Stage',
      { ApiId: 'abc123', StageName: 'prod' },
      {
        AccessLogSettings: {
          both: { DestinationArn: LOG_GROUP, Format: '$context.requestId' },
          'no format': { DestinationArn: LOG_GROUP },
          absent: undefined,
        },
      },
    ),
  },
  {
    theirs: 'apigw.APIGWCacheEnabledAndEncrypted',
    ours: ['ApiCacheIsEncrypted'],
    subject: stage(
      'MethodSettings',
      settings(
        { CachingEnabled: true, CacheDataEncrypted: true },
        {
          'cached in clear': { CachingEnabled: true, CacheDataEncrypted: false },
          'not cached': { CachingEnabled: false },
        },
      ),
      { CacheClusterEnabled: [true, false] },
    ),
  },
  {
    theirs: 'apigw.APIGWExecutionLoggingEnabled',
    ours: ['ApiStageWritesExecutionLog'],
    subject: stage(
      'MethodSettings',
      settings(
        { LoggingLevel: 'ERROR' },
        { info: { LoggingLevel: 'INFO' }, off: { LoggingLevel: 'OFF' }, unsaid: { MetricsEnabled: true } },
      ),
    ),
  },
  {
    theirs: 'apigw.APIGWSSLEnabled',
    ours: ['ApiStageShowsClientCertificate'],
    subject: {
      relations: ['calls'],
      axes: { ClientCertificateId: ['cert-1', undefined], calls: ['HTTP', 'a function'] },
      resources: ({ ClientCertificateId, calls }) => ({
        Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'shop' } },
        Method: {
          Type: 'AWS::ApiGateway::Method',
          Properties: {
            RestApiId: { Ref: 'Api' },
            ResourceId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] },
            HttpMethod: 'GET',
            Integration:
              calls === 'HTTP'
                ? { Type: 'HTTP_PROXY', IntegrationHttpMethod: 'GET', Uri: 'https://partner.example.com' }
                : { Type: 'AWS_PROXY', IntegrationHttpMethod: 'POST', Uri: FUNCTION },
          },
        },
        It: {
          Type: 'AWS::ApiGateway::Stage',
          Properties: {
            RestApiId: { Ref: 'Api' },
            DeploymentId: 'def456',
            ...(ClientCertificateId === undefined ? {} : { ClientCertificateId }),
          },
        },
      }),
    },
  },
  {
    theirs: 'apigw.APIGWXrayEnabled',
    ours: ['ApiStageIsTraced'],
    subject: stage('TracingEnabled', ON_OFF),
  },
  {
    theirs: 'apigw.APIGWAssociatedWithWAF',
    ours: ['PublicEndpointHasWebAcl'],
    subject: {
      relations: ['association'],
      axes: { association: ['of the stage', 'of another stage', undefined] },
      resources: ({ association }) => ({
        Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'shop' } },
        It: {
          Type: 'AWS::ApiGateway::Stage',
          Properties: { RestApiId: { Ref: 'Api' }, DeploymentId: 'def456', StageName: 'prod' },
        },
        ...(association === undefined
          ? {}
          : {
              Acl: acl({
                'Fn::Sub': `arn:\${AWS::Partition}:apigateway:\${AWS::Region}::/restapis/\${Api}/stages/${
                  association === 'of the stage' ? '${It}' : 'test'
                }`,
              }),
            }),
      }),
    },
  },
  {
    theirs: 'appsync.AppSyncGraphQLRequestLogging',
    ours: ['GraphQlApiWritesLog'],
    subject: resource(
      'AWS::AppSync::GraphQLApi',
      { Name: 'shop', AuthenticationType: 'AWS_IAM' },
      {
        LogConfig: {
          all: { CloudWatchLogsRoleArn: 'arn:aws:iam::111122223333:role/logs', FieldLogLevel: 'ALL' },
          'errors, no content': {
            CloudWatchLogsRoleArn: 'arn:aws:iam::111122223333:role/logs',
            FieldLogLevel: 'ERROR',
            ExcludeVerboseContent: true,
          },
          none: { CloudWatchLogsRoleArn: 'arn:aws:iam::111122223333:role/logs', FieldLogLevel: 'NONE' },
          absent: undefined,
        },
      },
    ),
  },
  {
    theirs: 'cloudfront.CloudFrontDistributionHttpsViewerNoOutdatedSSL',
    ours: [
      'DistributionHasOwnCertificate',
      'DistributionRequiresTls12',
      'DistributionUsesServerNameIndication',
    ],
    subject: resource('AWS::CloudFront::Distribution', DISTRIBUTION, {
      'DistributionConfig.ViewerCertificate.MinimumProtocolVersion': [
        'TLSv1.2_2021',
        'TLSv1_2016',
        undefined,
      ],
      'DistributionConfig.ViewerCertificate.SslSupportMethod': ['sni-only', 'vip'],
    }),
  },
  {
    theirs: 'cloudfront.CloudFrontDistributionHttpsViewerNoOutdatedSSL',
    ours: [
      'DistributionHasOwnCertificate',
      'DistributionRequiresTls12',
      'DistributionUsesServerNameIndication',
    ],
    subject: resource('AWS::CloudFront::Distribution', DISTRIBUTION, {
      'DistributionConfig.ViewerCertificate': {
        own: DISTRIBUTION.DistributionConfig.ViewerCertificate,
        'of CloudFront': { CloudFrontDefaultCertificate: true },
        absent: undefined,
      },
    }),
  },
  {
    theirs: 'cloudfront.CloudFrontDistributionNoOutdatedSSL',
    ours: ['OriginRequiresTls12', 'OriginIsEncrypted'],
    subject: resource('AWS::CloudFront::Distribution', DISTRIBUTION, {
      'DistributionConfig.Origins.0.CustomOriginConfig.OriginProtocolPolicy': [
        'https-only',
        'http-only',
        'match-viewer',
      ],
      'DistributionConfig.Origins.0.CustomOriginConfig.OriginSSLProtocols': [
        ['TLSv1.2'],
        ['TLSv1.2', 'SSLv3'],
        ['TLSv1'],
        undefined,
      ],
    }),
  },
  {
    theirs: 'cloudfront.CloudFrontDistributionS3OriginAccessControl',
    ours: ['S3OriginUsesOriginAccessControl'],
    subject: {
      relations: ['origin'],
      axes: {
        OriginAccessControlId: ['E2QWRUHAPOMQZL', '', undefined],
        origin: ['bucket', 'another bucket'],
      },
      resources: ({ OriginAccessControlId: id, origin }) => ({
        Bucket: { Type: 'AWS::S3::Bucket', Properties: {} },
        It: {
          Type: 'AWS::CloudFront::Distribution',
          Properties: {
            DistributionConfig: {
              ...DISTRIBUTION.DistributionConfig,
              Origins: [
                {
                  Id: 'shop',
                  DomainName:
                    origin === 'bucket'
                      ? { 'Fn::GetAtt': ['Bucket', 'RegionalDomainName'] }
                      : 'images.s3.eu-west-1.amazonaws.com',
                  S3OriginConfig: { OriginAccessIdentity: '' },
                  ...(id === undefined ? {} : { OriginAccessControlId: id }),
                },
              ],
            },
          },
        },
      }),
    },
  },
  {
    theirs: 'cloudfront.CloudFrontDistributionAccessLogging',
    ours: ['DistributionWritesAccessLog'],
    subject: resource('AWS::CloudFront::Distribution', DISTRIBUTION, {
      'DistributionConfig.Logging': {
        bucket: { Bucket: 'logs.s3.amazonaws.com' },
        'no bucket': { Prefix: 'shop' },
        absent: undefined,
      },
    }),
  },
  {
    theirs: 'cloudfront.CloudFrontDistributionAccessLogging',
    ours: ['DistributionWritesAccessLog'],
    subject: beside('AWS::CloudFront::Distribution', DISTRIBUTION, 'delivery', {
      'of it': deliveryOf('${It}'),
      'of another': deliveryOf('E1111111111111'),
      absent: {},
    }),
  },
  {
    theirs: 'cloudfront.CloudFrontDistributionWAFIntegration',
    ours: ['DistributionHasWebAcl'],
    subject: resource('AWS::CloudFront::Distribution', DISTRIBUTION, {
      'DistributionConfig.WebACLId': [ACL_ARN.replace('regional', 'global'), '', undefined],
    }),
  },
  {
    theirs: 'elb.ALBHttpToHttpsRedirection',
    ours: ['ListenerIsEncrypted'],
    subject: resource(
      'AWS::ElasticLoadBalancingV2::Listener',
      {
        LoadBalancerArn: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/shop/1',
        Port: 80,
      },
      {
        DefaultActions: {
          redirect: [{ Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS', StatusCode: 'HTTP_301' } }],
          'redirect in clear': [
            { Type: 'redirect', RedirectConfig: { Protocol: 'HTTP', StatusCode: 'HTTP_301' } },
          ],
          forward: [
            {
              Type: 'forward',
              TargetGroupArn: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/t/1',
            },
          ],
        },
        Protocol: ['HTTP', 'HTTPS'],
      },
    ),
  },
  {
    theirs: 'elb.ELBv2ACMCertificateRequired',
    ours: ['ListenerIsEncrypted', 'ListenerCertificateIsManaged'],
    subject: resource(
      'AWS::ElasticLoadBalancingV2::Listener',
      {
        LoadBalancerArn: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/shop/1',
        Port: 443,
        Protocol: 'HTTPS',
        SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
        DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }],
      },
      {
        Certificates: {
          ACM: [{ CertificateArn: CERTIFICATE }],
          IAM: [{ CertificateArn: 'arn:aws:iam::111122223333:server-certificate/shop' }],
          none: [],
          absent: undefined,
        },
      },
    ),
  },
  {
    theirs: 'elb.ALBWAFEnabled',
    ours: ['PublicEndpointHasWebAcl'],
    subject: {
      relations: ['association'],
      axes: {
        association: ['of it', 'of another', undefined],
        Scheme: ['internet-facing', 'internal'],
        Type: ['application', 'network', undefined],
      },
      resources: ({ association, ...chosen }) => ({
        It: {
          Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
          Properties: JSON.parse(JSON.stringify({ ...ALB, ...chosen, Type: chosen.Type })),
        },
        ...(association === undefined
          ? {}
          : {
              Acl: acl(
                association === 'of it'
                  ? { Ref: 'It' }
                  : {
                      'Fn::Sub':
                        'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/other/1',
                    },
              ),
            }),
      }),
    },
  },
  {
    theirs: 'elb.ELBLoggingEnabled',
    ours: ['LoadBalancerWritesAccessLog'],
    subject: resource('AWS::ElasticLoadBalancingV2::LoadBalancer', ALB, {
      LoadBalancerAttributes: {
        on: [
          { Key: 'access_logs.s3.enabled', Value: 'true' },
          { Key: 'access_logs.s3.bucket', Value: 'logs' },
        ],
        'on, value first': [
          { Value: 'true', Key: 'access_logs.s3.enabled' },
          { Key: 'access_logs.s3.bucket', Value: 'logs' },
        ],
        off: [{ Key: 'access_logs.s3.enabled', Value: 'false' }],
        'something else': [{ Key: 'deletion_protection.enabled', Value: 'true' }],
        absent: undefined,
      },
    }),
  },
  {
    theirs: 'elb.ELBLoggingEnabled',
    ours: ['LoadBalancerWritesAccessLog'],
    subject: resource(
      'AWS::ElasticLoadBalancing::LoadBalancer',
      {
        Listeners: [
          { LoadBalancerPort: '443', InstancePort: '443', Protocol: 'SSL', InstanceProtocol: 'SSL' },
        ],
      },
      {
        AccessLoggingPolicy: {
          on: { Enabled: true, S3BucketName: 'logs' },
          off: { Enabled: false, S3BucketName: 'logs' },
          absent: undefined,
        },
      },
    ),
  },
  {
    theirs: 'elb.ELBTlsHttpsListenersOnly',
    ours: ['ClassicListenerIsEncrypted', 'ClassicBackendIsEncrypted'],
    subject: resource(
      'AWS::ElasticLoadBalancing::LoadBalancer',
      { Listeners: [{ LoadBalancerPort: '443', InstancePort: '443', SSLCertificateId: CERTIFICATE }] },
      {
        'Listeners.0.Protocol': ['HTTPS', 'SSL'],
        'Listeners.0.InstanceProtocol': ['HTTPS', 'SSL', 'HTTP', 'TCP', undefined],
      },
    ),
  },
  {
    theirs: 'elb.ELBACMCertificateRequired',
    ours: ['ClassicListenerCertificateIsManaged'],
    subject: resource(
      'AWS::ElasticLoadBalancing::LoadBalancer',
      {
        Listeners: [
          { LoadBalancerPort: '443', InstancePort: '443', Protocol: 'HTTPS', InstanceProtocol: 'HTTPS' },
        ],
      },
      {
        'Listeners.0.SSLCertificateId': [
          CERTIFICATE,
          'arn:aws:iam::111122223333:server-certificate/shop',
          undefined,
        ],
      },
    ),
  },
  {
    theirs: 'waf.WAFv2LoggingEnabled',
    ours: ['WebAclWritesLog'],
    subject: beside('AWS::WAFv2::WebACL', WEB_ACL, 'log', {
      'of it': loggingOf({ 'Fn::GetAtt': ['It', 'Arn'] }),
      'of another': loggingOf(ACL_ARN),
      absent: {},
    }),
  },
  {
    theirs: 'elasticbeanstalk.ElasticBeanstalkManagedUpdatesEnabled',
    ours: ['BeanstalkUpdatesItsPlatform'],
    subject: resource(
      'AWS::ElasticBeanstalk::Environment',
      { ApplicationName: 'shop' },
      {
        OptionSettings: {
          both: beanstalk('true', 'minor'),
          patches: beanstalk('true', 'patch'),
          off: beanstalk('false', 'minor'),
          'no level': beanstalk('true', undefined),
          absent: undefined,
        },
      },
    ),
  },
  {
    theirs: 'vpc.VPCFlowLogsEnabled',
    ours: ['NetworkWritesFlowLog'],
    subject: beside('AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' }, 'log', {
      all: flowLog('ALL'),
      rejected: flowLog('REJECT'),
      accepted: flowLog('ACCEPT'),
      'of another': flowLog('ALL', 'vpc-1'),
      absent: {},
    }),
  },
  {
    theirs: 'autoscaling.AutoScalingLaunchConfigPublicIpDisabled',
    ours: ['MachineHasNoPublicAddress'],
    subject: resource(
      'AWS::AutoScaling::LaunchConfiguration',
      { ImageId: 'ami-1', InstanceType: 'm7g.large' },
      { AssociatePublicIpAddress: OFF_ON },
    ),
  },
];

function beanstalk(enabled: string, level: string | undefined) {
  const on = {
    Namespace: 'aws:elasticbeanstalk:managedactions',
    OptionName: 'ManagedActionsEnabled',
    Value: enabled,
  };
  if (level === undefined) return [on];
  const Namespace = 'aws:elasticbeanstalk:managedactions:platformupdate';
  return [on, { Namespace, OptionName: 'UpdateLevel', Value: level }];
}

/** What delivers the access log of a distribution (logging v2). */
function deliveryOf(distribution: string): JsonMap {
  const ResourceArn = {
    'Fn::Sub': `arn:\${AWS::Partition}:cloudfront::\${AWS::AccountId}:distribution/${distribution}`,
  };
  return {
    Source: {
      Type: 'AWS::Logs::DeliverySource',
      Properties: { Name: 'shop', LogType: 'ACCESS_LOGS', ResourceArn },
    },
    Delivery: {
      Type: 'AWS::Logs::Delivery',
      Properties: {
        DeliverySourceName: { Ref: 'Source' },
        DeliveryDestinationArn: 'arn:aws:logs:us-east-1:111122223333:delivery-destination:shop',
      },
    },
  };
}

/** What logs the requests that a web ACL decides on. */
function loggingOf(ResourceArn: Json): JsonMap {
  const LogDestinationConfigs = ['arn:aws:logs:eu-west-1:111122223333:log-group:aws-waf-logs-shop'];
  return {
    Log: { Type: 'AWS::WAFv2::LoggingConfiguration', Properties: { ResourceArn, LogDestinationConfigs } },
  };
}

function flowLog(TrafficType: string, ResourceId: Json = { Ref: 'It' }): JsonMap {
  const Properties = {
    ResourceType: 'VPC',
    ResourceId,
    TrafficType,
    LogDestination: 'arn:aws:s3:::logs',
    LogDestinationType: 's3',
  };
  return { Log: { Type: 'AWS::EC2::FlowLog', Properties } };
}
