/** What somebody is told of, as a row of a table. */
export interface AccountAlarm {
  /** In lower case with hyphens: the runbook is `docs/runbooks/account-<id>.md`. */
  readonly id: string;
  /** In PascalCase: id of the constructs, and name of the metric. */
  readonly metricName: string;
  /** What has happened, as the alarm says it. */
  readonly title: string;
  /** Of the CIS AWS Foundations Benchmark v3.0.0, which numbers as v1.4.0 does; absent where it asks for none. */
  readonly cis?: string;
  /** The control of Security Hub; absent where there is none. */
  readonly securityHub?: string;
  /** Which entries of the trail are counted: a filter pattern of CloudWatch Logs. */
  readonly pattern: string;
  /** So many within five minutes raise the alarm. */
  readonly threshold: number;
}

/**
 * The runbook of an alarm, seen from the root of the project.
 *
 * @param id of the alarm
 */
export function runbookOf(id: string): string {
  return `docs/runbooks/account-${id}.md`;
}

/**
 * Security Hub compares patterns letter by letter with those that CIS prescribes, and fails the control where a field or a
 * term is added: those of its controls stand here as its documentation writes them. What they leave out is in rows of our
 * own.
 *
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html
 */
// biome-ignore format: a table is read by the row
const OF_CIS: readonly AccountAlarm[] = [
  { id: 'unauthorised-calls', metricName: 'UnauthorisedCalls', title: 'Calls were refused: somebody tries what they may not do', cis: '4.1', securityHub: 'CloudWatch.2', threshold: 10,
    pattern: '{($.errorCode="*UnauthorizedOperation") || ($.errorCode="AccessDenied*")}' },
  { id: 'sign-in-without-mfa', metricName: 'SignInWithoutMfa', title: 'A user signed in to the console without a second factor', cis: '4.2', securityHub: 'CloudWatch.3', threshold: 1,
    pattern: '{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") && ($.userIdentity.type = "IAMUser") && ($.responseElements.ConsoleLogin = "Success") }' },
  { id: 'root-use', metricName: 'RootUse', title: 'The root user was used', cis: '4.3', securityHub: 'CloudWatch.1', threshold: 1,
    pattern: '{$.userIdentity.type="Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType !="AwsServiceEvent"}' },
  { id: 'iam-changes', metricName: 'IamChanges', title: 'An IAM policy was changed, attached or detached', cis: '4.4', securityHub: 'CloudWatch.4', threshold: 1,
    pattern: calls('iam', ['DeleteGroupPolicy', 'DeleteRolePolicy', 'DeleteUserPolicy', 'PutGroupPolicy', 'PutRolePolicy', 'PutUserPolicy', 'CreatePolicy', 'DeletePolicy', 'CreatePolicyVersion', 'DeletePolicyVersion', 'AttachRolePolicy', 'DetachRolePolicy', 'AttachUserPolicy', 'DetachUserPolicy', 'AttachGroupPolicy', 'DetachGroupPolicy']) },
  { id: 'trail-changes', metricName: 'TrailChanges', title: 'A trail was made, changed, deleted, started or stopped', cis: '4.5', securityHub: 'CloudWatch.5', threshold: 1,
    pattern: anyCalls(['CreateTrail', 'UpdateTrail', 'DeleteTrail', 'StartLogging', 'StopLogging']) },
  { id: 'sign-in-failures', metricName: 'SignInFailures', title: 'Somebody failed to sign in to the console', cis: '4.6', securityHub: 'CloudWatch.6', threshold: 3,
    pattern: '{($.eventName=ConsoleLogin) && ($.errorMessage="Failed authentication")}' },
  { id: 'key-loss', metricName: 'KeyLoss', title: 'A key was disabled, or its deletion scheduled', cis: '4.7', securityHub: 'CloudWatch.7', threshold: 1,
    pattern: calls('kms', ['DisableKey', 'ScheduleKeyDeletion']) },
  { id: 'bucket-policy-changes', metricName: 'BucketPolicyChanges', title: 'The policy, an access list, or another rule of a bucket was changed', cis: '4.8', securityHub: 'CloudWatch.8', threshold: 1,
    pattern: calls('s3', ['PutBucketAcl', 'PutBucketPolicy', 'PutBucketCors', 'PutBucketLifecycle', 'PutBucketReplication', 'DeleteBucketPolicy', 'DeleteBucketCors', 'DeleteBucketLifecycle', 'DeleteBucketReplication']) },
  { id: 'config-changes', metricName: 'ConfigChanges', title: 'AWS Config was stopped, or records elsewhere', cis: '4.9', securityHub: 'CloudWatch.9', threshold: 1,
    pattern: calls('config', ['StopConfigurationRecorder', 'DeleteDeliveryChannel', 'PutDeliveryChannel', 'PutConfigurationRecorder']) },
  { id: 'security-group-changes', metricName: 'SecurityGroupChanges', title: 'A security group was changed', cis: '4.10', securityHub: 'CloudWatch.10', threshold: 1,
    pattern: anyCalls(['AuthorizeSecurityGroupIngress', 'AuthorizeSecurityGroupEgress', 'RevokeSecurityGroupIngress', 'RevokeSecurityGroupEgress', 'CreateSecurityGroup', 'DeleteSecurityGroup']) },
  { id: 'network-acl-changes', metricName: 'NetworkAclChanges', title: 'A network ACL was changed', cis: '4.11', securityHub: 'CloudWatch.11', threshold: 1,
    pattern: anyCalls(['CreateNetworkAcl', 'CreateNetworkAclEntry', 'DeleteNetworkAcl', 'DeleteNetworkAclEntry', 'ReplaceNetworkAclEntry', 'ReplaceNetworkAclAssociation']) },
  { id: 'gateway-changes', metricName: 'GatewayChanges', title: 'A network gateway was made, attached, detached or deleted', cis: '4.12', securityHub: 'CloudWatch.12', threshold: 1,
    pattern: anyCalls(['CreateCustomerGateway', 'DeleteCustomerGateway', 'AttachInternetGateway', 'CreateInternetGateway', 'DeleteInternetGateway', 'DetachInternetGateway']) },
  { id: 'route-table-changes', metricName: 'RouteTableChanges', title: 'A route or route table was changed', cis: '4.13', securityHub: 'CloudWatch.13', threshold: 1,
    pattern: calls('ec2', ['CreateRoute', 'CreateRouteTable', 'ReplaceRoute', 'ReplaceRouteTableAssociation', 'DeleteRouteTable', 'DeleteRoute', 'DisassociateRouteTable']) },
  { id: 'network-changes', metricName: 'NetworkChanges', title: 'A network (VPC) or peering was changed', cis: '4.14', securityHub: 'CloudWatch.14', threshold: 1,
    pattern: anyCalls(['CreateVpc', 'DeleteVpc', 'ModifyVpcAttribute', 'AcceptVpcPeeringConnection', 'CreateVpcPeeringConnection', 'DeleteVpcPeeringConnection', 'RejectVpcPeeringConnection', 'AttachClassicLinkVpc', 'DetachClassicLinkVpc', 'DisableVpcClassicLink', 'EnableVpcClassicLink']) },
  { id: 'organization-changes', metricName: 'OrganizationChanges', title: 'The organisation was changed: its accounts, units, or service control policies', cis: '4.15', threshold: 1,
    pattern: calls('organizations', ['AcceptHandshake', 'AttachPolicy', 'CreateAccount', 'CreateOrganizationalUnit', 'CreatePolicy', 'DeclineHandshake', 'DeleteOrganization', 'DeleteOrganizationalUnit', 'DeletePolicy', 'DetachPolicy', 'DisablePolicyType', 'EnablePolicyType', 'InviteAccountToOrganization', 'LeaveOrganization', 'MoveAccount', 'RemoveAccountFromOrganization', 'UpdatePolicy', 'UpdateOrganizationalUnit']) },
];

// biome-ignore format: a table is read by the row
const OF_OUR_OWN: readonly AccountAlarm[] = [
  // https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-network-events-with-cloudtrail.html
  { id: 'endpoint-denials', metricName: 'EndpointDenials', title: 'An endpoint refused a call: credentials or resources that are not yours, from a network of yours', threshold: 1,
    pattern: '{ ($.eventCategory = "NetworkActivity") && ($.errorCode = "VpceAccessDenied") }' },
  { id: 'calls-below-tls12', metricName: 'CallsBelowTls12', title: 'A client called AWS over TLS 1.0 or 1.1', threshold: 1,
    pattern: '{ ($.tlsDetails.tlsVersion = "TLSv1") || ($.tlsDetails.tlsVersion = "TLSv1.1") }' },
  // Calls that make a trail blind, and that CIS does not name.
  { id: 'trail-selection-changes', metricName: 'TrailSelectionChanges', title: 'What a trail records was changed', threshold: 1,
    pattern: calls('cloudtrail', ['PutEventSelectors', 'PutInsightSelectors']) },
  { id: 'firewall-changes', metricName: 'FirewallChanges', title: 'A web ACL was taken off, or deleted', threshold: 1,
    pattern: calls('wafv2', ['DisassociateWebACL', 'DeleteWebACL']) },
  { id: 'detector-changes', metricName: 'DetectorChanges', title: 'What finds breaches was changed or switched off', threshold: 1,
    pattern: anyCalls(['DeleteDetector', 'UpdateDetector', 'DisableMacie', 'DisableSecurityHub', 'BatchDisableStandards', 'DeleteAnalyzer']) },
];

/** Every alarm on calls, in the order of the benchmark, then our own. */
export const ACCOUNT_ALARMS: readonly AccountAlarm[] = [...OF_CIS, ...OF_OUR_OWN];

/** Calls of one service, by name. */
function calls(service: string, names: readonly string[]): string {
  return `{($.eventSource=${service}.amazonaws.com) && (${alternatives(names)})}`;
}

/** Calls by name, whose service nobody else has. */
function anyCalls(names: readonly string[]): string {
  return `{${alternatives(names)}}`;
}

function alternatives(names: readonly string[]): string {
  return names.map((name) => `($.eventName=${name})`).join(' || ');
}
