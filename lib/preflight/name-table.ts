import { quoted } from './shell';

/** How far a name has to be the only one. */
export type Reach = 'region' | 'account' | 'world';

/** Resources of one type that a template can name. */
export interface NamedType {
  readonly type: string;
  /** The dotted property that holds the name, or the list of names. */
  readonly property: string;
  readonly reach: Reach;
  /** What prints who has the name, without the region. */
  readonly check?: (name: string) => string;
}

const named = (
  type: string,
  property: string,
  check?: (name: string) => string,
  reach: Reach = 'region',
): NamedType => ({ type: `AWS::${type}`, property, reach, ...(check === undefined ? {} : { check }) });

/**
 * The types whose names a template may give, and that refuse a second one of the same name. Records of Route 53 are
 * told apart by name and type, and stand in `names.ts`.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-name.html
 */
export const NAMED_TYPES: readonly NamedType[] = [
  named('S3::Bucket', 'BucketName', (name) => `aws s3api head-bucket --bucket ${quoted(name)}`, 'world'),
  named(
    'CloudTrail::Trail',
    'TrailName',
    (name) => `aws cloudtrail describe-trails --trail-name-list ${quoted(name)}`,
  ),
  named('SSM::Parameter', 'Name', (name) => `aws ssm get-parameter --name ${quoted(name)}`),
  named(
    'Logs::LogGroup',
    'LogGroupName',
    (name) => `aws logs describe-log-groups --log-group-name-prefix ${quoted(name)}`,
  ),
  named('Logs::DeliverySource', 'Name', (name) => `aws logs get-delivery-source --name ${quoted(name)}`),
  named(
    'Logs::DeliveryDestination',
    'Name',
    (name) => `aws logs get-delivery-destination --name ${quoted(name)}`,
  ),
  named('Logs::ResourcePolicy', 'PolicyName', () => 'aws logs describe-resource-policies'),
  named('KMS::Alias', 'AliasName', (name) => `aws kms describe-key --key-id ${quoted(name)}`),
  named('IAM::Role', 'RoleName', (name) => `aws iam get-role --role-name ${quoted(name)}`, 'account'),
  named('IAM::User', 'UserName', (name) => `aws iam get-user --user-name ${quoted(name)}`, 'account'),
  named('IAM::ManagedPolicy', 'ManagedPolicyName', undefined, 'account'),
  named('SNS::Topic', 'TopicName'),
  named('SQS::Queue', 'QueueName', (name) => `aws sqs get-queue-url --queue-name ${quoted(name)}`),
  named(
    'Lambda::Function',
    'FunctionName',
    (name) => `aws lambda get-function --function-name ${quoted(name)}`,
  ),
  named('DynamoDB::Table', 'TableName', (name) => `aws dynamodb describe-table --table-name ${quoted(name)}`),
  named(
    'SecretsManager::Secret',
    'Name',
    (name) => `aws secretsmanager describe-secret --secret-id ${quoted(name)}`,
  ),
  named(
    'ECR::Repository',
    'RepositoryName',
    (name) => `aws ecr describe-repositories --repository-names ${quoted(name)}`,
  ),
  named(
    'RDS::DBInstance',
    'DBInstanceIdentifier',
    (name) => `aws rds describe-db-instances --db-instance-identifier ${quoted(name)}`,
  ),
  named(
    'RDS::DBCluster',
    'DBClusterIdentifier',
    (name) => `aws rds describe-db-clusters --db-cluster-identifier ${quoted(name)}`,
  ),
  named(
    'ElasticLoadBalancingV2::LoadBalancer',
    'Name',
    (name) => `aws elbv2 describe-load-balancers --names ${quoted(name)}`,
  ),
  named(
    'ElasticLoadBalancingV2::TargetGroup',
    'Name',
    (name) => `aws elbv2 describe-target-groups --names ${quoted(name)}`,
  ),
  named(
    'ElasticLoadBalancingV2::TrustStore',
    'Name',
    (name) => `aws elbv2 describe-trust-stores --names ${quoted(name)}`,
  ),
  named(
    'CloudWatch::Alarm',
    'AlarmName',
    (name) => `aws cloudwatch describe-alarms --alarm-names ${quoted(name)}`,
  ),
  named('Events::Rule', 'Name', (name) => `aws events describe-rule --name ${quoted(name)}`),
  named('WAFv2::WebACL', 'Name'),
  named('WAFv2::IPSet', 'Name'),
  named(
    'CloudFront::Function',
    'Name',
    (name) => `aws cloudfront describe-function --name ${quoted(name)}`,
    'account',
  ),
  named('CloudFront::ResponseHeadersPolicy', 'ResponseHeadersPolicyConfig.Name', undefined, 'account'),
  named('CloudFront::CachePolicy', 'CachePolicyConfig.Name', undefined, 'account'),
  named('CloudFront::OriginRequestPolicy', 'OriginRequestPolicyConfig.Name', undefined, 'account'),
  named('CloudFront::OriginAccessControl', 'OriginAccessControlConfig.Name', undefined, 'account'),
  named('CloudFront::VpcOrigin', 'VpcOriginEndpointConfig.Name', undefined, 'account'),
  // One name leads to one distribution, whoever owns it.
  named('CloudFront::Distribution', 'DistributionConfig.Aliases', aliasCheck, 'world'),
];

/** Finds the distributions of the own account only. */
function aliasCheck(name: string): string {
  const query = `DistributionList.Items[?Aliases.Items[?@=='${name}']].Id`;
  const word = /^[\w.*-]+$/.test(name) ? `"${query}"` : quoted(query);
  return `aws cloudfront list-distributions --query ${word} --output text`;
}
