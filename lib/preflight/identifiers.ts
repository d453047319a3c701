import { inRegion, quoted } from './shell';

/** How CloudFormation tells one resource of a type from another, which an import has to say. */
interface Identified {
  /** The properties; a test holds them against the registry of resource types. */
  readonly by: readonly string[];
  /** What removes it, for an identifier. */
  readonly remove?: (id: string) => string;
}

/**
 * Types that keep data and are retained, with what CloudFormation identifies them by (`primaryIdentifier` of the
 * registry).
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/import-resources-manually.html
 */
export const IDENTIFIED: Readonly<Record<string, Identified>> = {
  'AWS::S3::Bucket': { by: ['BucketName'], remove: (id) => `aws s3api delete-bucket --bucket ${id}` },
  'AWS::KMS::Key': {
    by: ['KeyId'],
    remove: (id) => `aws kms schedule-key-deletion --key-id ${id} --pending-window-in-days 30`,
  },
  'AWS::Logs::LogGroup': {
    by: ['LogGroupName'],
    remove: (id) => `aws logs delete-log-group --log-group-name ${id}`,
  },
  'AWS::Route53::HostedZone': {
    by: ['Id'],
    remove: (id) => `aws route53 delete-hosted-zone --id ${id}`,
  },
  'AWS::Route53::DNSSEC': {
    by: ['HostedZoneId'],
    remove: (id) => `aws route53 disable-hosted-zone-dnssec --hosted-zone-id ${id}`,
  },
  'AWS::Route53::KeySigningKey': { by: ['HostedZoneId', 'Name'] },
  'AWS::SNS::Topic': { by: ['TopicArn'], remove: (id) => `aws sns delete-topic --topic-arn ${id}` },
  'AWS::SQS::Queue': { by: ['QueueUrl'], remove: (id) => `aws sqs delete-queue --queue-url ${id}` },
  'AWS::DynamoDB::Table': {
    by: ['TableName'],
    remove: (id) => `aws dynamodb delete-table --table-name ${id}`,
  },
  'AWS::DynamoDB::GlobalTable': { by: ['TableName'] },
  'AWS::RDS::DBInstance': { by: ['DBInstanceIdentifier'] },
  'AWS::RDS::DBCluster': { by: ['DBClusterIdentifier'] },
  'AWS::SecretsManager::Secret': {
    by: ['Id'],
    remove: (id) => `aws secretsmanager delete-secret --secret-id ${id}`,
  },
  'AWS::ECR::Repository': {
    by: ['RepositoryName'],
    remove: (id) => `aws ecr delete-repository --repository-name ${id}`,
  },
  'AWS::Cognito::UserPool': {
    by: ['UserPoolId'],
    remove: (id) => `aws cognito-idp delete-user-pool --user-pool-id ${id}`,
  },
  'AWS::EFS::FileSystem': {
    by: ['FileSystemId'],
    remove: (id) => `aws efs delete-file-system --file-system-id ${id}`,
  },
  'AWS::CloudTrail::Trail': {
    by: ['TrailName'],
    remove: (id) => `aws cloudtrail delete-trail --name ${id}`,
  },
};

/** What a template says of the properties that identify a resource; `undefined` where only AWS knows. */
export type Identity = Readonly<Record<string, string | undefined>>;

/** The command that takes a resource back into its stack, and the one that removes it; words stand for what is not known. */
export function commandsFor(
  { type, logicalId }: { readonly type: string; readonly logicalId: string },
  stack: string,
  identity: Identity,
  region: string | undefined,
): { readonly adopt?: string; readonly remove?: string } {
  const identified = IDENTIFIED[type];
  if (identified === undefined) return {};
  const known = Object.fromEntries(
    identified.by.map((property) => [property, identity[property] ?? placeholder(property)]),
  );
  const mapping = JSON.stringify({ [logicalId]: known });
  const [only = ''] = Object.values(known);
  const remove = identified.remove?.(quoted(only));
  return {
    adopt: `cdk import ${quoted(stack)} --resource-mapping-inline ${quoted(mapping)}`,
    ...(remove === undefined ? {} : { remove: `${remove}${inRegion(region)}` }),
  };
}

/** `BucketName` as whoever types it has to replace it: `BUCKET_NAME`. */
function placeholder(property: string): string {
  return property.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase();
}
