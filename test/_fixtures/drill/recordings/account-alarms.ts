import type { RecordedEntry, Recordings } from '../recording';
import { call, ROOT, signIn, trailEntry } from './trail-entry';

/** One entry that fires each alarm of `AccountAlarms`, by its id. */
export const ACCOUNT_EVENTS: Readonly<Record<string, Omit<RecordedEntry, 'name'>>> = {
  'unauthorised-calls': {
    entry: call('ec2', 'DescribeInstances', {
      errorCode: 'Client.UnauthorizedOperation',
      errorMessage: 'You are not authorized to perform this operation.',
    }),
    times: 10,
  },
  'sign-in-without-mfa': { entry: signIn('Success', 'No') },
  'root-use': { entry: call('s3', 'ListBuckets', { userIdentity: ROOT, readOnly: true }) },
  'iam-changes': {
    entry: call('iam', 'AttachRolePolicy', {
      requestParameters: {
        roleName: 'deploy',
        policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess',
      },
    }),
  },
  'trail-changes': {
    entry: call('cloudtrail', 'StopLogging', { requestParameters: { name: 'baseline-Trail' } }),
  },
  'sign-in-failures': { entry: signIn('Failure', 'No'), times: 3 },
  'key-loss': {
    entry: call('kms', 'ScheduleKeyDeletion', {
      requestParameters: { keyId: '1234abcd-12ab-34cd-56ef-1234567890ab', pendingWindowInDays: 7 },
    }),
  },
  'bucket-policy-changes': {
    entry: call('s3', 'PutBucketPolicy', { requestParameters: { bucketName: 'invoices-of-example' } }),
  },
  'config-changes': {
    entry: call('config', 'StopConfigurationRecorder', {
      requestParameters: { configurationRecorderName: 'default' },
    }),
  },
  'security-group-changes': {
    entry: call('ec2', 'AuthorizeSecurityGroupIngress', {
      requestParameters: { groupId: 'sg-0123456789abcdef0' },
    }),
  },
  'network-acl-changes': { entry: call('ec2', 'ReplaceNetworkAclEntry') },
  'gateway-changes': { entry: call('ec2', 'AttachInternetGateway') },
  'route-table-changes': { entry: call('ec2', 'CreateRoute') },
  'network-changes': { entry: call('ec2', 'AcceptVpcPeeringConnection') },
  'organization-changes': { entry: call('organizations', 'LeaveOrganization') },
  // https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-network-events-with-cloudtrail.html
  'endpoint-denials': {
    entry: trailEntry({
      eventSource: 'kms.amazonaws.com',
      eventName: 'Decrypt',
      eventType: 'AwsVpceEvent',
      eventCategory: 'NetworkActivity',
      errorCode: 'VpceAccessDenied',
      errorMessage: 'The request was denied due to a VPC endpoint policy',
      vpcEndpointId: 'vpce-0123456789abcdef0',
      vpcEndpointAccountId: '111122223333',
    }),
  },
  'calls-below-tls12': {
    entry: call('s3', 'GetBucketLocation', {
      tlsDetails: { tlsVersion: 'TLSv1.1', cipherSuite: 'ECDHE-RSA-AES128-SHA' },
    }),
  },
  'trail-selection-changes': { entry: call('cloudtrail', 'PutEventSelectors') },
  'firewall-changes': { entry: call('wafv2', 'DisassociateWebACL') },
  'detector-changes': { entry: call('guardduty', 'DeleteDetector') },
};

/** What looks like it, and is not. */
const HARMLESS: Readonly<Record<string, Omit<RecordedEntry, 'name'>>> = {
  'nine calls that were refused': {
    entry: call('ec2', 'DescribeInstances', { errorCode: 'Client.UnauthorizedOperation' }),
    times: 9,
  },
  'a call that failed for another reason': {
    entry: call('s3', 'GetBucketTagging', { errorCode: 'NoSuchTagSet' }),
    times: 100,
  },
  'a sign-in with a second factor': { entry: signIn('Success', 'Yes') },
  'a sign-in through the identity provider, which asks for the second factor itself': {
    entry: signIn('Success', 'No', { userIdentity: { type: 'AssumedRole' } }),
  },
  'a service that acts for the root user': {
    entry: call('kms', 'Decrypt', {
      userIdentity: { ...ROOT, invokedBy: 's3.amazonaws.com' },
    }),
  },
  'an event of a service itself': {
    entry: call('kms', 'RotateKey', { userIdentity: ROOT, eventType: 'AwsServiceEvent' }),
  },
  'two failed sign-ins': { entry: signIn('Failure', 'No'), times: 2 },
  'a policy of another service': { entry: call('iot', 'CreatePolicy') },
  'a look at a trail': { entry: call('cloudtrail', 'GetTrailStatus', { readOnly: true }) },
  'a key that is enabled': { entry: call('kms', 'EnableKey') },
  'a look at a bucket policy': { entry: call('s3', 'GetBucketPolicy', { readOnly: true }) },
  'a look at security groups': { entry: call('ec2', 'DescribeSecurityGroups', { readOnly: true }) },
  'a route of an API': { entry: call('apigateway', 'CreateRoute') },
  'an endpoint that lets a call through': {
    entry: trailEntry({
      eventSource: 'kms.amazonaws.com',
      eventName: 'Decrypt',
      eventType: 'AwsVpceEvent',
      eventCategory: 'NetworkActivity',
    }),
  },
  'a call over TLS 1.2': { entry: call('s3', 'ListBuckets', { tlsDetails: { tlsVersion: 'TLSv1.2' } }) },
  'a call without TLS details': { entry: call('kms', 'GenerateDataKey', { tlsDetails: undefined }) },
  'a web ACL that is put on': { entry: call('wafv2', 'AssociateWebACL') },
  'a line that is no entry of a trail': { entry: 'StopLogging DeleteTrail Root ConsoleLogin' },
};

/** What the alarms of `AccountAlarms` are tried with. */
export const ACCOUNT_RECORDINGS: Recordings = {
  entries: named(ACCOUNT_EVENTS),
  metrics: [
    {
      name: 'trail-silent',
      namespace: 'AWS/Logs',
      metricName: 'IncomingLogEvents',
      fires: [...Array<number | null>(2).fill(900), ...Array<number | null>(14).fill(null)],
      // Five minutes short of an hour.
      quiet: [...Array<number | null>(3).fill(900), ...Array<number | null>(11).fill(null)],
    },
  ],
  harmless: { entries: named(HARMLESS) },
};

function named(entries: Readonly<Record<string, Omit<RecordedEntry, 'name'>>>): readonly RecordedEntry[] {
  return Object.entries(entries).map(([name, recorded]) => ({ name, ...recorded }));
}
