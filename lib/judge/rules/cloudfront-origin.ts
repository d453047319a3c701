import type { PackRule } from '../packs/pack';
import { hopRule } from './define';
import { floorIsAtLeast, type HopPredicate, isEncrypted, judged } from './predicates';
import { NOT_APPLICABLE } from './rule';

const DISTRIBUTION = 'AWS::CloudFront::Distribution';
const ORIGIN_ACCESS_CONTROL = 'AWS::CloudFront::OriginAccessControl';
const VPC_ORIGIN = 'AWS::CloudFront::VpcOrigin';

/** Plaintext that a viewer causes today is a graver fault, of `VpcOriginIsEncrypted`. */
const namesItsProtocol: HopPredicate = (hop) =>
  hop.protocol.value === 'tls' && hop.followsViewer !== undefined
    ? judged(hop.followsViewer, 'https-only', (follows) => !follows)
    : NOT_APPLICABLE;

const usesOriginAccessControl: HopPredicate = (hop) =>
  hop.originAccess === undefined
    ? NOT_APPLICABLE
    : judged(hop.originAccess, 'an origin access control that signs', (access) => access === 'control');

/** Rules on what CloudFront fetches, with their levels. */
export const CLOUDFRONT_ORIGIN_ROWS: readonly PackRule[] = [
  {
    level: 'error',
    unknown: 'error',
    rule: hopRule({
      id: 'OriginIsEncrypted',
      title: 'a CloudFront distribution fetches nothing from a custom origin in clear',
      risk: 'The viewer sees a lock, while requests and answers cross the internet between the edge and the origin in clear.',
      fix: 'Set CustomOriginConfig.OriginProtocolPolicy to https-only; match-viewer will do where every viewer has to use HTTPS. A website endpoint of S3 has no TLS: use the bucket itself (S3OriginConfig) with origin access control. CDK: new HttpOrigin(host) is https-only; LoadBalancerV2Origin takes protocolPolicy.',
      references: {
        pciDss: ['4.2.1', '2.2.7'],
        gdpr: ['32(1)(a)'],
        securityHub: ['CloudFront.9'],
        cwe: ['CWE-319'],
        awsConfig: ['CLOUDFRONT_TRAFFIC_TO_ORIGIN_ENCRYPTED'],
      },
      resourceTypes: [DISTRIBUTION],
      hops: ['cloudfront.origin'],
      judge: isEncrypted('https-only'),
    }),
  },
  {
    level: 'error',
    unknown: 'error',
    rule: hopRule({
      id: 'VpcOriginIsEncrypted',
      title: 'a CloudFront distribution fetches nothing from a VPC origin in clear',
      risk: 'The viewer sees a lock, while requests and answers go to the load balancer in the VPC in clear. Without a setting CloudFront matches the viewer.',
      fix: 'Set VpcOriginEndpointConfig.OriginProtocolPolicy of the AWS::CloudFront::VpcOrigin to https-only. CDK: VpcOrigin.withApplicationLoadBalancer(alb, { protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY }).',
      references: {
        pciDss: ['4.2.1', '2.2.7'],
        gdpr: ['32(1)(a)'],
        cwe: ['CWE-319'],
        awsConfig: ['CLOUDFRONT_TRAFFIC_TO_ORIGIN_ENCRYPTED'],
      },
      resourceTypes: [VPC_ORIGIN, DISTRIBUTION],
      hops: ['cloudfront.vpc-origin'],
      judge: isEncrypted('https-only'),
    }),
  },
  {
    level: 'warning',
    unknown: 'warning',
    rule: hopRule({
      id: 'VpcOriginNamesItsProtocol',
      title: 'a VPC origin is reached over TLS whatever its viewers speak',
      risk: 'Without a protocol of its own, which is the default, a VPC origin is asked with that of the viewer. Today every viewer has to use TLS; the day one behaviour of one distribution, of another stack perhaps, serves HTTP, requests reach the load balancer in clear, and nobody has touched the origin.',
      fix: 'Set VpcOriginEndpointConfig.OriginProtocolPolicy to https-only. CDK: protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY; left out, the template names none.',
      references: { pciDss: ['4.2.1', '2.2.7'], gdpr: ['25(2)', '32(1)(a)'], cwe: ['CWE-319', 'CWE-1188'] },
      resourceTypes: [VPC_ORIGIN, DISTRIBUTION],
      hops: ['cloudfront.vpc-origin'],
      judge: namesItsProtocol,
    }),
  },
  {
    level: 'error',
    unknown: 'error',
    rule: hopRule({
      id: 'OriginRequiresTls12',
      title: 'CloudFront uses nothing below TLS 1.2 towards custom and VPC origins',
      risk: 'CloudFront accepts the oldest version in the list if the origin asks for it; without a list, SSL 3 and TLS 1.0.',
      fix: 'Set OriginSSLProtocols to [TLSv1.2]: it is the newest that can be named, and TLS 1.3 is used where the origin has it. CDK: originSslProtocols: [OriginSslPolicy.TLS_V1_2].',
      references: {
        pciDss: ['4.2.1', '2.2.7'],
        gdpr: ['32(1)(a)'],
        securityHub: ['CloudFront.10'],
        cwe: ['CWE-326', 'CWE-757'],
        awsConfig: ['CLOUDFRONT_NO_DEPRECATED_SSL_PROTOCOLS'],
      },
      resourceTypes: [DISTRIBUTION, VPC_ORIGIN],
      hops: ['cloudfront.origin', 'cloudfront.vpc-origin'],
      judge: floorIsAtLeast('TLSv1.2', 'TLSv1.2 alone'),
    }),
  },
  {
    level: 'warning',
    unknown: 'warning',
    rule: hopRule({
      id: 'S3OriginUsesOriginAccessControl',
      title: 'a bucket behind CloudFront is reached through origin access control',
      risk: 'Without it the bucket has to be open to everyone, past the TLS policy and the headers of the distribution; the older identity knows neither SSE-KMS nor newer regions.',
      fix: 'Set OriginAccessControlId to an AWS::CloudFront::OriginAccessControl with SigningBehavior always, and leave S3OriginConfig.OriginAccessIdentity empty. CDK: S3BucketOrigin.withOriginAccessControl(bucket).',
      references: {
        pciDss: ['1.4.4', '10.3.4'],
        gdpr: ['32(1)(b)'],
        securityHub: ['CloudFront.13'],
        cwe: ['CWE-284'],
        awsConfig: ['CLOUDFRONT_S3_ORIGIN_ACCESS_CONTROL_ENABLED'],
      },
      resourceTypes: [DISTRIBUTION, ORIGIN_ACCESS_CONTROL],
      hops: ['cloudfront.s3-origin'],
      judge: usesOriginAccessControl,
    }),
  },
];
