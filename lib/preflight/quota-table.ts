import type { App, Resource } from '../judge/template';
import {
  type Counted,
  certificatesByBalancer,
  namesByCertificate,
  natGatewaysByZone,
  once,
  perRegion,
  perTarget,
  publicCertificates,
  sizesOf,
} from './quota-counts';

/** A quota of AWS. */
export interface Quota {
  /** As Service Quotas or the page calls it. */
  readonly quota: string;
  /** The default. */
  readonly limit: number;
  readonly adjustable: boolean;
  readonly source: string;
  /** The code of the service in Service Quotas, where the quota has the same name there. */
  readonly service?: string;
  readonly count: (app: App) => readonly Counted[];
}

const DOCS = 'https://docs.aws.amazon.com';
const VPC = `${DOCS}/vpc/latest/userguide/amazon-vpc-limits.html`;
const ENDPOINTS = `${DOCS}/vpc/latest/privatelink/vpc-limits-endpoints.html`;
const ALB = `${DOCS}/elasticloadbalancing/latest/application/load-balancer-limits.html`;
const ACM = `${DOCS}/acm/latest/userguide/acm-limits.html`;
const TRAIL = `${DOCS}/awscloudtrail/latest/userguide/WhatIsCloudTrail-Limits.html`;
const WAF = `${DOCS}/waf/latest/developerguide/limits.html`;
const CDN = `${DOCS}/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html`;
const ZONES = `${DOCS}/Route53/latest/DeveloperGuide/DNSLimitations.html`;
const STACKS = `${DOCS}/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html`;

/**
 * Quotas that an app with points of entry meets, with their defaults; reviewed on 2026-11-22. What is not listed was
 * not looked up, and is not said to fit.
 */
export const QUOTAS: readonly Quota[] = [
  row('VPCs per Region', 5, VPC, perRegion('AWS::EC2::VPC'), 'vpc'),
  row('Internet gateways per Region', 5, VPC, perRegion('AWS::EC2::InternetGateway'), 'vpc'),
  row('Elastic IP addresses per Region', 5, VPC, perRegion('AWS::EC2::EIP')),
  row('NAT gateways per Availability Zone', 5, VPC, natGatewaysByZone, 'vpc'),
  row('Subnets per VPC', 200, VPC, perTarget('AWS::EC2::Subnet', 'VpcId'), 'vpc'),
  row(
    'Interface and Gateway Load Balancer endpoints per VPC',
    50,
    ENDPOINTS,
    perTarget('AWS::EC2::VPCEndpoint', 'VpcId', isInterface),
  ),
  row(
    'Gateway VPC endpoints per Region',
    20,
    ENDPOINTS,
    perRegion('AWS::EC2::VPCEndpoint', isGateway),
    'vpc',
  ),
  row(
    'Application Load Balancers per Region',
    50,
    ALB,
    perRegion('AWS::ElasticLoadBalancingV2::LoadBalancer', ({ properties }) =>
      [undefined, 'application'].includes(properties.Type as string | undefined),
    ),
    'elasticloadbalancing',
  ),
  row(
    'Certificates per Application Load Balancer (excluding default certificates)',
    25,
    ALB,
    certificatesByBalancer,
  ),
  row(
    'Listeners per Application Load Balancer',
    50,
    ALB,
    perTarget('AWS::ElasticLoadBalancingV2::Listener', 'LoadBalancerArn'),
  ),
  row(
    'Target Groups per Region',
    3000,
    ALB,
    perRegion('AWS::ElasticLoadBalancingV2::TargetGroup'),
    'elasticloadbalancing',
  ),
  row('Trust stores per account', 20, ALB, perRegion('AWS::ElasticLoadBalancingV2::TrustStore')),
  row('Number of ACM certificates', 2500, ACM, publicCertificates),
  row('Number of domain names per ACM certificate', 10, ACM, namesByCertificate),
  fixed('Trails per Region', 5, TRAIL, perRegion('AWS::CloudTrail::Trail')),
  row('Web ACLs per Region', 100, WAF, perRegion('AWS::WAFv2::WebACL')),
  row('Rule groups per Region', 100, WAF, perRegion('AWS::WAFv2::RuleGroup')),
  row('IP sets per Region', 100, WAF, perRegion('AWS::WAFv2::IPSet')),
  row('Distributions per AWS account', 500, CDN, once('AWS::CloudFront::Distribution')),
  row('Origin access controls per AWS account', 100, CDN, once('AWS::CloudFront::OriginAccessControl')),
  row('Cache policies per AWS account', 20, CDN, once('AWS::CloudFront::CachePolicy')),
  row('Hosted zones per AWS account', 500, ZONES, once('AWS::Route53::HostedZone')),
  fixed('Resources in one template', 500, STACKS, sizesOf('Resources')),
  fixed('Outputs in one template', 200, STACKS, sizesOf('Outputs')),
  fixed('Parameters in one template', 200, STACKS, sizesOf('Parameters')),
];

function row(quota: string, limit: number, source: string, count: Quota['count'], service?: string): Quota {
  return { quota, limit, adjustable: true, source, count, ...(service === undefined ? {} : { service }) };
}

function fixed(quota: string, limit: number, source: string, count: Quota['count']): Quota {
  return { ...row(quota, limit, source, count), adjustable: false };
}

function isInterface({ properties }: Resource): boolean {
  return ['Interface', 'GatewayLoadBalancer'].includes(properties.VpcEndpointType as string);
}

/** CloudFormation's default. */
function isGateway({ properties }: Resource): boolean {
  return [undefined, 'Gateway'].includes(properties.VpcEndpointType as string | undefined);
}
