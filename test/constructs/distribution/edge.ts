import type { Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { TlsDistribution, type TlsDistributionProps, TlsOrigin } from '../../../lib/constructs/distribution';
import { TlsLoadBalancer } from '../../../lib/constructs/load-balancer';
import { cloudFront } from '../../../lib/judge/hops/connectors/cloudfront';
import { factsOf, hopsOf } from '../../judge/support';
import { certificateIn, rendered, resourcesOf, vpcIn } from '../support';

export const DISTRIBUTION = 'AWS::CloudFront::Distribution';

/** The origin of a distribution that a test does not look at. */
export function someOrigin(): TlsOrigin {
  return TlsOrigin.httpsHost('origin.example.com');
}

/** A load balancer of the region of its stack. */
export function loadBalancerIn(stack: Stack): TlsLoadBalancer {
  return new TlsLoadBalancer(stack, 'Entry', {
    vpc: vpcIn(stack),
    certificate: certificateIn(stack, 'entry', stack.region),
  });
}

/** A function of Lambda@Edge that exists already. */
export function edgeLambdaIn(stack: Stack): lambda.IVersion {
  const arn = 'arn:aws:lambda:us-east-1:111122223333:function:edge:1';
  return lambda.Version.fromVersionArn(stack, 'Version', arn);
}

/** A distribution with what it must have. */
export function define(stack: Stack, props: Partial<TlsDistributionProps> = {}): TlsDistribution {
  return new TlsDistribution(stack, 'Edge', {
    certificate: props.certificate ?? certificateIn(stack, 'edge', 'us-east-1'),
    domainNames: ['shop.example.com'],
    defaultBehavior: { origin: someOrigin() },
    ...props,
  });
}

/** The configuration of the only distribution. */
export function configurationOf(stack: Stack): Record<string, unknown> {
  const [distribution] = Object.values(resourcesOf(stack, DISTRIBUTION));
  return distribution?.Properties.DistributionConfig;
}

/** How those who connect authenticate themselves over TLS, as the judge sees it. */
export function authenticationAt(
  stack: Stack,
  hop: 'cloudfront.viewer' | 'cloudfront.origin',
): readonly unknown[] {
  const facts = factsOf(cloudFront, rendered(stack).toJSON().Resources);
  return hopsOf(facts, hop).map(({ clientAuthentication }) => clientAuthentication.value);
}
