import type { TemplateResource } from '../construct-samples/synthesise';
import { count, HOURS, type Price } from './price';

export { HOURS, type Price, READ_ON, REGION } from './price';

const ELB = 'https://clustercost.com/blog/network-load-balancer-pricing-2025';
const NAT = 'https://cloudburn.io/blog/aws-nat-gateway-pricing';
const VPC = 'https://www.factualminds.com/blog/amazon-vpc-pricing-endpoints-peering-transit-gateway/';
const WAF = 'https://c3x.dev/blog/aws-waf-cost-explained/';
const KMS = 'https://cloudburn.io/blog/aws-kms-pricing';
const ALARM = 'https://c3x.dev/resources/aws/aws_cloudwatch_metric_alarm';
const AURORA = 'https://c3x.dev/blog/aws-aurora-serverless-v2-cost/';

const STORED = 'what is stored and requested';
const PUBLIC_ADDRESS = 0.005;

/** Serverless instances are charged by the capacity of their cluster; it pauses nowhere below `MinCapacity`. */
const LEAST_CAPACITY = 0.5;
const PER_CAPACITY_UNIT = 0.12;

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
    atRest: () => 0.1,
    counts: '$0.10 an alarm',
    readAt: ALARM,
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
  'AWS::CloudFront::Distribution': 'requests and data',
  'AWS::CloudFront::FieldLevelEncryptionConfig': 'requests whose fields are encrypted',
  'AWS::CloudFront::Function': 'invocations',
  'AWS::CloudFront::TrustStore': 'connections, where a price applies',
  'AWS::Config::ConformancePack': 'evaluations of rules: those that look once a day too',
  'AWS::DynamoDB::Table': STORED,
  'AWS::EC2::FlowLog': 'records that are delivered',
  'AWS::Lambda::Function': 'invocations: it runs when the stack is deployed',
  'AWS::Logs::Delivery': 'records that are delivered',
  'AWS::Logs::LogGroup': 'what is written and stored',
  'AWS::Logs::MetricFilter': 'a metric of its own in the hours in which it counts',
  'AWS::S3::Bucket': STORED,
  'AWS::SNS::Topic': 'messages',
  'AWS::SQS::Queue': 'messages',
  'AWS::CloudTrail::Trail': 'nothing for the first copy of management events',
};

const FREE: readonly string[] = [
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
  'AWS::Events::Rule',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::Logs::DeliveryDestination',
  'AWS::Logs::DeliverySource',
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
