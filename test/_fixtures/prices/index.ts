import type { TemplateResource } from '../construct-samples/synthesise';
import { count, HOURS, type Price } from './price';

export { HOURS, type Price, READ_ON, REGION } from './price';

const ELB = 'https://clustercost.com/blog/network-load-balancer-pricing-2025';
const NAT = 'https://cloudburn.io/blog/aws-nat-gateway-pricing';
const VPC = 'https://www.factualminds.com/blog/amazon-vpc-pricing-endpoints-peering-transit-gateway/';
const WAF = 'https://c3x.dev/blog/aws-waf-cost-explained/';
const KMS = 'https://cloudburn.io/blog/aws-kms-pricing';
const ALARM = 'https://c3x.dev/resources/aws/aws_cloudwatch_metric_alarm';
const DASHBOARD =
  'https://www.factualminds.com/blog/amazon-cloudwatch-pricing-metrics-logs-alarms-dashboards.md';
const AURORA = 'https://c3x.dev/blog/aws-aurora-serverless-v2-cost/';

const STORED = 'what is stored and requested';
const PUBLIC_ADDRESS = 0.005;

/** Serverless instances are charged by the capacity of their cluster; it pauses nowhere below `MinCapacity`. */
const LEAST_CAPACITY = 0.5;
const PER_CAPACITY_UNIT = 0.12;

/** Each metric of an alarm counts; the band of what is usual has two beside the metric itself. */
function alarm(resource: TemplateResource): number {
  const { Metrics: metrics } = resource.properties;
  const isStat = (metric: unknown) => JSON.stringify(metric).includes('MetricStat');
  const measured = Array.isArray(metrics) ? metrics.filter(isStat).length : 1;
  return 0.1 * (resource.properties.ThresholdMetricId === undefined ? measured : measured + 2);
}

function loadBalancer(resource: TemplateResource): number {
  // One public address in each subnet.
  const addresses = resource.properties.Scheme === 'internet-facing' ? count(resource, 'Subnets') : 0;
  return HOURS * (0.0225 + addresses * PUBLIC_ADDRESS);
}

function endpoint(resource: TemplateResource): number {
  const isInterface = resource.properties.VpcEndpointType === 'Interface';
  return isInterface ? HOURS * 0.01 * count(resource, 'SubnetIds') : 0;
}

function database({ properties }: TemplateResource): number {
  const type = properties.DBInstanceClass;
  if (type === 'db.serverless') return HOURS * LEAST_CAPACITY * PER_CAPACITY_UNIT;
  if (type === 'db.r7g.large') return HOURS * 0.276;
  throw new RangeError(`no price is known for an instance of ${JSON.stringify(type)}, add it`);
}

const CHARGED: readonly Price[] = [
  {
    type: 'AWS::CloudWatch::Alarm',
    atRest: alarm,
    counts: '$0.10 for each metric of an alarm, and three for one that learns what is usual',
    readAt: ALARM,
  },
  {
    type: 'AWS::CloudWatch::Dashboard',
    atRest: () => 3,
    counts: '$3 a dashboard',
    readAt: DASHBOARD,
  },
  {
    type: 'AWS::EC2::EIP',
    atRest: () => HOURS * PUBLIC_ADDRESS,
    counts: '$0.005 an hour',
    readAt: VPC,
  },
  {
    type: 'AWS::EC2::NatGateway',
    atRest: () => HOURS * 0.045,
    counts: '$0.045 an hour',
    besides: 'data',
    readAt: NAT,
  },
  {
    type: 'AWS::EC2::VPCEncryptionControl',
    isUnknown: true,
    besides: 'an hourly price for each VPC that is not empty',
  },
  {
    type: 'AWS::EC2::VPCEndpoint',
    atRest: endpoint,
    counts: '$0.01 an hour in each zone; gateways nothing',
    besides: 'data',
    readAt: VPC,
  },
  {
    type: 'AWS::ECS::Service',
    isUnknown: true,
    besides: 'CPU and memory of each task, as long as it runs: by their size, which is yours to choose',
  },
  {
    type: 'AWS::ElastiCache::ServerlessCache',
    isUnknown: true,
    besides: 'a least amount of data, and what is stored and requested',
  },
  {
    type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    atRest: loadBalancer,
    counts: '$0.0225 an hour, and $0.005 for each public address',
    besides: 'connections and data',
    readAt: ELB,
  },
  {
    type: 'AWS::ElasticLoadBalancingV2::TrustStore',
    atRest: () => HOURS * 0.0056,
    counts: '$0.0056 an hour on an application load balancer',
  },
  {
    type: 'AWS::KMS::Key',
    atRest: () => 1,
    counts: '$1 a key',
    besides: '$1 more after each of the first two rotations; requests',
    readAt: KMS,
  },
  {
    type: 'AWS::RDS::DBCluster',
    atRest: ({ properties }) => (properties.ManageMasterUserPassword === true ? 0.4 : 0),
    counts: '$0.40 for the secret of its administrator',
    besides: 'storage, backups, requests',
  },
  {
    type: 'AWS::RDS::DBInstance',
    atRest: database,
    counts: '$0.12 an hour and capacity unit, at least half a unit; db.r7g.large from memory',
    besides: 'storage, backups, requests',
    readAt: AURORA,
  },
  {
    type: 'AWS::WAFv2::WebACL',
    atRest: (resource) => 5 + count(resource, 'Rules'),
    counts: '$5, and $1 for each rule or group of rules',
    besides: 'requests',
    readAt: WAF,
  },
];

const BY_USE: Readonly<Record<string, string>> = {
  'AWS::ApiGateway::RestApi': 'requests and data',
  'AWS::ApiGatewayV2::Api': 'requests and data',
  'AWS::Events::ApiDestination': 'invocations',
  'AWS::Athena::WorkGroup': 'data that queries read: $5 a terabyte, at least 10 MB a query',
  'AWS::CloudFront::Distribution': 'requests and data',
  'AWS::CloudFront::FieldLevelEncryptionConfig': 'requests whose fields are encrypted',
  'AWS::CloudFront::Function': 'invocations',
  'AWS::CloudFront::TrustStore': 'connections, where a price applies',
  'AWS::Config::ConformancePack': 'evaluations of rules: those that look once a day too',
  'AWS::DynamoDB::Table': STORED,
  'AWS::EC2::FlowLog': 'records that are delivered',
  'AWS::Glue::Table': 'objects of the catalogue beyond a million',
  'AWS::GuardDuty::Detector': 'events and volumes that it looks through',
  'AWS::Lambda::Function': 'invocations: it runs when the stack is deployed',
  'AWS::Logs::Delivery': 'records that are delivered',
  'AWS::Logs::LogGroup': 'what is written and stored',
  'AWS::Logs::MetricFilter': 'a metric of its own in the hours in which it counts',
  'AWS::Macie::Session': 'buckets that it watches, and objects that it looks through',
  'AWS::S3::Bucket': STORED,
  'AWS::SecurityHub::Hub': 'checks, and findings of other products beyond 10,000 a month',
  'AWS::SecurityHub::Standard': 'checks of its controls',
  'AWS::SNS::Topic': 'messages',
  'AWS::SQS::Queue': 'messages',
  'AWS::StepFunctions::StateMachine': 'steps that it takes',
  'AWS::CloudTrail::Trail':
    'data and network activity events, and what Insights looks through; not the first copy of management events',
};

const FREE: readonly string[] = [
  'AWS::AccessAnalyzer::Analyzer',
  'AWS::ApiGateway::Account',
  'AWS::ApiGateway::ApiKey',
  'AWS::ApiGateway::BasePathMapping',
  'AWS::ApiGateway::BasePathMappingV2',
  'AWS::ApiGateway::Deployment',
  'AWS::ApiGateway::DomainName',
  'AWS::ApiGateway::DomainNameAccessAssociation',
  'AWS::ApiGateway::DomainNameV2',
  'AWS::ApiGateway::Method',
  'AWS::ApiGateway::Model',
  'AWS::ApiGateway::RequestValidator',
  'AWS::ApiGateway::Resource',
  'AWS::ApiGateway::Stage',
  'AWS::ApiGateway::UsagePlan',
  'AWS::ApiGateway::UsagePlanKey',
  'AWS::ApiGatewayV2::ApiMapping',
  'AWS::ApiGatewayV2::Authorizer',
  'AWS::ApiGatewayV2::DomainName',
  'AWS::ApiGatewayV2::Integration',
  'AWS::ApiGatewayV2::Route',
  'AWS::ApiGatewayV2::Stage',
  'AWS::ApiGatewayV2::VpcLink',
  'AWS::Athena::NamedQuery',
  'AWS::CertificateManager::Certificate',
  'AWS::CloudFront::FieldLevelEncryptionProfile',
  'AWS::CloudFront::PublicKey',
  'AWS::CloudFront::ResponseHeadersPolicy',
  'AWS::CloudFront::VpcOrigin',
  'AWS::EC2::InternetGateway',
  'AWS::EC2::Route',
  'AWS::EC2::RouteTable',
  'AWS::EC2::SecurityGroup',
  'AWS::EC2::SecurityGroupEgress',
  'AWS::EC2::SecurityGroupIngress',
  'AWS::EC2::Subnet',
  'AWS::EC2::SubnetRouteTableAssociation',
  'AWS::EC2::VPC',
  'AWS::EC2::VPCGatewayAttachment',
  'AWS::ECS::TaskDefinition',
  'AWS::ElastiCache::User',
  'AWS::ElastiCache::UserGroup',
  'AWS::ElasticLoadBalancingV2::Listener',
  'AWS::ElasticLoadBalancingV2::ListenerCertificate',
  'AWS::ElasticLoadBalancingV2::TargetGroup',
  'AWS::ElasticLoadBalancingV2::TrustStoreRevocation',
  'AWS::Events::Connection',
  'AWS::Events::Rule',
  'AWS::Glue::Database',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::Lambda::Alias',
  'AWS::Lambda::CodeSigningConfig',
  'AWS::Lambda::LayerVersion',
  'AWS::Lambda::Permission',
  'AWS::Lambda::Version',
  'AWS::Logs::DeliveryDestination',
  'AWS::Logs::DeliverySource',
  'AWS::Logs::QueryDefinition',
  'AWS::Logs::ResourcePolicy',
  'AWS::RDS::DBClusterParameterGroup',
  'AWS::RDS::DBSubnetGroup',
  'AWS::Route53::DNSSEC',
  'AWS::Route53::KeySigningKey',
  'AWS::Route53::RecordSet',
  'AWS::S3::BucketPolicy',
  'AWS::SNS::Subscription',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::QueuePolicy',
  'AWS::WAFv2::LoggingConfiguration',
  'AWS::WAFv2::WebACLAssociation',
  'Custom::VpcRestrictDefaultSG',
];

/** What each type of resource costs, of all that constructs make. */
export const PRICES: ReadonlyMap<string, Price> = new Map(
  [
    ...CHARGED,
    ...Object.entries(BY_USE).map(([type, besides]) => ({ type, besides })),
    ...FREE.map((type) => ({ type })),
  ].map((price) => [price.type, price] as const),
);
