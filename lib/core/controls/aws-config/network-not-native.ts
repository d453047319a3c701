import type { NotNative } from './managed-config-rule';
import { atChangesOf, DAILY, DAILY_OF_ACCOUNT, delegated, listed } from './not-native';

const CLASSIC =
  'AWS WAF Classic has ended: a web ACL of it is found by WebAclIsNotClassic, whatever its rules are';
const MANAGER = 'Firewall Manager sets it for an organisation, outside of templates';
const NO_REQUIREMENT = 'no requirement of 4.0.1 is mapped to it';

/** Rules of AWS Config on networks and what is exposed that no rule of ours stands for. */
export const NETWORK_NOT_NATIVE: readonly NotNative[] = [
  // The account, or what runs in it, decides.
  delegated(
    'CLB_DESYNC_MODE_CHECK',
    'CloudFormation has no property for the attribute of a Classic Load Balancer',
    atChangesOf('AWS::ElasticLoadBalancing::LoadBalancer'),
  ),
  delegated(
    'EBS_SNAPSHOT_PUBLIC_RESTORABLE_CHECK',
    'snapshots are taken and shared by calls after deployment',
    DAILY,
  ),
  delegated(
    'EC2_EBS_ENCRYPTION_BY_DEFAULT',
    'it is a setting of the account and region without a CloudFormation type',
    DAILY,
  ),
  delegated(
    'EC2_VOLUME_INUSE_CHECK',
    'volumes are left behind by instances that have ended, and attached by those that run; templates attach few of them',
    atChangesOf('AWS::EC2::Volume'),
  ),
  delegated(
    'FMS_SHIELD_RESOURCE_POLICY_CHECK',
    MANAGER,
    atChangesOf(
      'AWS::CloudFront::Distribution',
      'AWS::EC2::EIP',
      'AWS::ElasticLoadBalancing::LoadBalancer',
      'AWS::ElasticLoadBalancingV2::LoadBalancer',
    ),
  ),
  delegated(
    'FMS_WEBACL_RESOURCE_POLICY_CHECK',
    MANAGER,
    atChangesOf(
      'AWS::ApiGateway::Stage',
      'AWS::CloudFront::Distribution',
      'AWS::ElasticLoadBalancingV2::LoadBalancer',
    ),
  ),
  delegated(
    'FMS_WEBACL_RULEGROUP_ASSOCIATION_CHECK',
    MANAGER,
    atChangesOf('AWS::WAF::WebACL', 'AWS::WAFRegional::WebACL'),
  ),
  delegated(
    'INTERNET_GATEWAY_AUTHORIZED_VPC_ONLY',
    'it compares with the ids of networks that may have a gateway, which are known after deployment only',
    atChangesOf('AWS::EC2::InternetGateway'),
  ),
  delegated(
    'SERVICE_VPC_ENDPOINT_ENABLED',
    'it takes the name of a service: what the programs in a network call is not in its template',
    DAILY,
  ),
  delegated(
    'SHIELD_DRT_ACCESS',
    'it is granted once for an account that has subscribed to Shield Advanced, whichever template does it',
    DAILY_OF_ACCOUNT,
    ['us-east-1'],
  ),
  delegated(
    'VPC_PEERING_DNS_RESOLUTION_CHECK',
    'CloudFormation has no property for the option of a peering connection',
    atChangesOf('AWS::EC2::VPCPeeringConnection'),
  ),
  delegated(
    'VPC_VPN_2_TUNNELS_UP',
    'whether a tunnel is up is known at run time only',
    atChangesOf('AWS::EC2::VPNConnection'),
  ),
  // Nothing that a template should have.
  listed('ALB_DESYNC_MODE_CHECK', `${NO_REQUIREMENT}, and the mode is defensive where nobody weakens it`),
  listed(
    'CLOUDFRONT_ORIGIN_ACCESS_IDENTITY_ENABLED',
    'superseded by origin access control, for which S3OriginUsesOriginAccessControl asks',
  ),
  listed('EC2_INSTANCE_MULTIPLE_ENI_CHECK', NO_REQUIREMENT),
  listed(
    'EC2_SECURITY_GROUP_ATTACHED_TO_ENI_PERIODIC',
    `${NO_REQUIREMENT}; what a group that nothing uses lets in is judged all the same`,
  ),
  listed('EIP_ATTACHED', `${NO_REQUIREMENT}; an address that nothing has exposes nothing`),
  listed('INSTANCES_IN_VPC', 'superseded: EC2-Classic has ended, so that every instance is in a VPC'),
  listed(
    'NO_UNRESTRICTED_ROUTE_TO_IGW',
    'every public subnet of CDK has such a route by design, and a load balancer cannot be public without; what is public in it is judged by MachineHasNoPublicAddress and the rules on ingress',
  ),
  listed(
    'SUBNET_AUTO_ASSIGN_PUBLIC_IP_DISABLED',
    `${NO_REQUIREMENT}, and public subnets of CDK break it by design; MachineHasNoPublicAddress follows it to the machines`,
  ),
  listed('WAF_GLOBAL_RULEGROUP_NOT_EMPTY', CLASSIC),
  listed('WAF_GLOBAL_RULE_NOT_EMPTY', CLASSIC),
  listed('WAF_REGIONAL_RULEGROUP_NOT_EMPTY', CLASSIC),
  listed('WAF_REGIONAL_RULE_NOT_EMPTY', CLASSIC),
];
