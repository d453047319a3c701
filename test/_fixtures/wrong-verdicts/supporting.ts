import { CfnTrail } from 'aws-cdk-lib/aws-cloudtrail';
import { AttributeType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { CfnSecurityGroup, CfnSecurityGroupIngress, CfnVPC } from 'aws-cdk-lib/aws-ec2';
import { CfnManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { CfnKey } from 'aws-cdk-lib/aws-kms';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnRotationSchedule, CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import type { WrongVerdict } from './wrong-verdict';

function key(scope: Construct, rotationPeriodInDays: number): void {
  new CfnKey(scope, 'Key', { enableKeyRotation: true, rotationPeriodInDays }).overrideLogicalId('Key');
}

function logGroup(scope: Construct, retentionInDays: number): void {
  new CfnLogGroup(scope, 'Log', { retentionInDays }).overrideLogicalId('Log');
}

function secret(scope: Construct, automaticallyAfterDays: number): void {
  const made = new CfnSecret(scope, 'Secret', { generateSecretString: {} });
  new CfnRotationSchedule(scope, 'Schedule', {
    secretId: made.ref,
    rotationLambdaArn: 'arn:aws:lambda:eu-west-1:111122223333:function:rotate',
    rotationRules: { automaticallyAfterDays },
  }).overrideLogicalId('Schedule');
}

function trail(scope: Construct, isLogging: boolean, isMultiRegionTrail: boolean): void {
  new CfnTrail(scope, 'Trail', {
    s3BucketName: 'trail',
    enableLogFileValidation: true,
    isLogging,
    isMultiRegionTrail,
  }).overrideLogicalId('Trail');
}

function table(scope: Construct, pointInTimeRecoveryEnabled: boolean): void {
  const made = new TableV2(scope, 'Table', {
    partitionKey: { name: 'id', type: AttributeType.STRING },
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled },
  });
  const [global] = made.node.findAll().filter((child): child is CfnKey => 'cfnResourceType' in child);
  global?.overrideLogicalId('Table');
}

type Source = Pick<CfnSecurityGroup.IngressProperty, 'cidrIp' | 'cidrIpv6'>;

function group(scope: Construct, sources: readonly Source[], port = 22): CfnSecurityGroup {
  const made = new CfnSecurityGroup(scope, 'Group', {
    groupDescription: 'shop',
    vpcId: 'vpc-11112222',
    securityGroupIngress: sources.map((source) => ({
      ipProtocol: 'tcp',
      fromPort: port,
      toPort: port,
      ...source,
    })),
  });
  made.overrideLogicalId('Group');
  return made;
}

function halfBeside(scope: Construct, cidrIp: string): void {
  const made = group(scope, [{ cidrIp: '0.0.0.0/1' }].slice(cidrIp === '128.0.0.0/1' ? 0 : 1));
  new CfnSecurityGroupIngress(scope, 'Beside', {
    groupId: made.attrGroupId,
    ipProtocol: 'tcp',
    fromPort: 22,
    toPort: 22,
    cidrIp,
  }).overrideLogicalId('Beside');
}

function policy(scope: Construct, statement: object): void {
  const policyDocument = { Version: '2012-10-17', Statement: [statement] };
  new CfnManagedPolicy(scope, 'Policy', { policyDocument }).overrideLogicalId('Policy');
}

const TRAIL = { service: 'CloudTrail', cdkNagRule: 'cloudtrail.CloudTrailLogFileValidationEnabled' } as const;
const SSH = { service: 'Security groups', ourRule: 'AdministrationPortsAreNotOpenToAnyone' } as const;
const LOGS = {
  service: 'CloudWatch Logs',
  cdkNagRule: 'cloudwatch.CloudWatchLogGroupRetentionPeriod',
} as const;
const PASSES = { cdkNagSays: 'compliant', right: 'violation' } as const;

/** What differs beside transmission: keys, logs, stores, ways in. */
export const SUPPORTING: readonly WrongVerdict[] = [
  {
    ...PASSES,
    id: 'kms-rotation-after-seven-years',
    service: 'KMS',
    about: 'a key rotates every 2560 days',
    cdkNagRule: 'kms.KMSBackingKeyRotationEnabled',
    ourRule: 'KeyRotatesWithinAYear',
    at: 'Key Properties.RotationPeriodInDays',
    build: (stack) => key(stack, 2560),
    repaired: (stack) => key(stack, 365),
  },
  {
    ...PASSES,
    ...LOGS,
    id: 'logs-kept-for-a-day',
    about: 'a log group forgets after one day',
    ourRule: 'LogRetentionCoversAYear',
    at: 'Log Properties.RetentionInDays',
    build: (stack) => logGroup(stack, 1),
    repaired: (stack) => logGroup(stack, 400),
  },
  {
    ...PASSES,
    ...LOGS,
    id: 'logs-kept-for-ten-years',
    about: 'a log group keeps its entries for ten years',
    ourRule: 'LogRetentionEnds',
    at: 'Log Properties.RetentionInDays',
    build: (stack) => logGroup(stack, 3653),
    repaired: (stack) => logGroup(stack, 400),
  },
  {
    ...PASSES,
    id: 'secret-rotation-every-thousand-days',
    service: 'Secrets Manager',
    about: 'a secret rotates every 1000 days',
    cdkNagRule: 'secretsmanager.SecretsManagerRotationEnabled',
    ourRule: 'SecretRotatesWithin90Days',
    at: 'Schedule Properties.RotationRules.AutomaticallyAfterDays',
    build: (stack) => secret(stack, 1000),
    repaired: (stack) => secret(stack, 90),
  },
  {
    ...PASSES,
    ...TRAIL,
    id: 'cloudtrail-not-logging',
    about: 'a trail is switched off (`IsLogging: false`)',
    ourRule: 'TrailIsLogging',
    at: 'Trail Properties.IsLogging',
    build: (stack) => trail(stack, false, true),
    repaired: (stack) => trail(stack, true, true),
  },
  {
    ...PASSES,
    ...TRAIL,
    id: 'cloudtrail-one-region',
    about: 'a trail records the calls of one region only',
    ourRule: 'TrailCoversEveryRegion',
    at: 'Trail Properties.IsMultiRegionTrail',
    build: (stack) => trail(stack, true, false),
    repaired: (stack) => trail(stack, true, true),
  },
  {
    id: 'dynamodb-global-table',
    service: 'DynamoDB',
    about: 'a `TableV2`, which is a global table, cannot be restored to a point in time',
    cdkNagRule: 'dynamodb.DynamoDBPITREnabled',
    cdkNagSays: 'not applicable',
    right: 'violation',
    ourRule: 'TableCanBeRestored',
    at: 'Table Properties.Replicas.0.PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled',
    build: (stack) => table(stack, false),
    repaired: (stack) => table(stack, true),
  },
  {
    ...SSH,
    id: 'security-group-cidr-of-vpc',
    about:
      'a security group lets SSH in from its own VPC, whose block is an attribute (`Fn::GetAtt Vpc.CidrBlock`)',
    cdkNagRule: 'ec2.EC2RestrictedSSH',
    cdkNagSays: 'rule threw',
    right: 'compliant',
    build: (stack) => {
      const vpc = new CfnVPC(stack, 'Vpc', { cidrBlock: '10.0.0.0/16' });
      group(stack, [{ cidrIp: vpc.attrCidrBlock }]);
    },
  },
  {
    ...PASSES,
    ...SSH,
    id: 'security-group-two-halves',
    about: 'a security group lets SSH in from `0.0.0.0/1` and `128.0.0.0/1`, which is everywhere',
    cdkNagRule: 'ec2.EC2RestrictedSSH',
    at: 'Group Properties.SecurityGroupIngress.0.CidrIp',
    build: (stack) => void group(stack, [{ cidrIp: '0.0.0.0/1' }, { cidrIp: '128.0.0.0/1' }]),
    repaired: (stack) => void group(stack, [{ cidrIp: '198.51.100.0/24' }, { cidrIp: '10.0.0.0/8' }]),
  },
  {
    ...PASSES,
    ...SSH,
    id: 'security-group-two-halves-apart',
    about: 'one half of the internet stands in the security group, the other in a rule beside it',
    cdkNagRule: 'ec2.EC2RestrictedSSH',
    at: 'Group Properties.SecurityGroupIngress.0.CidrIp',
    build: (stack) => halfBeside(stack, '128.0.0.0/1'),
    repaired: (stack) => halfBeside(stack, '198.51.100.0/24'),
  },
  {
    ...PASSES,
    ...SSH,
    id: 'security-group-ipv6',
    about: 'a security group lets SSH in from `2000::/3`, which is all that IPv6 routes',
    cdkNagRule: 'ec2.EC2RestrictedSSH',
    at: 'Group Properties.SecurityGroupIngress.0.CidrIpv6',
    build: (stack) => void group(stack, [{ cidrIpv6: '2000::/3' }]),
    repaired: (stack) => void group(stack, [{ cidrIpv6: '2001:db8::/32' }]),
  },
  {
    ...PASSES,
    ...SSH,
    id: 'security-group-rdp-ipv6',
    about: 'a security group lets RDP in from every IPv6 address (`::/0`)',
    cdkNagRule: 'ec2.EC2RestrictedCommonPorts',
    at: 'Group Properties.SecurityGroupIngress.0.CidrIpv6',
    build: (stack) => void group(stack, [{ cidrIpv6: '::/0' }], 3389),
    repaired: (stack) => void group(stack, [{ cidrIpv6: '2001:db8::/32' }], 3389),
  },
  {
    ...PASSES,
    id: 'iam-administrator-in-another-order',
    service: 'IAM',
    about: 'a policy allows every action on every resource, and says `Effect` before `Action`',
    cdkNagRule: 'iam.IAMPolicyNoStatementsWithAdminAccess',
    ourRule: 'NobodyIsAdministrator',
    at: 'Policy Properties.PolicyDocument.Statement.0',
    build: (stack) => policy(stack, { Effect: 'Allow', Action: '*', Resource: '*' }),
    repaired: (stack) => policy(stack, { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }),
  },
];
