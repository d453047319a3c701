import type { Stack } from 'aws-cdk-lib';
import { TlsDistribution, type TlsDistributionProps, TlsOrigin } from '../../../lib/constructs/distribution';
import { certificateIn, resourcesOf } from '../support';

export const DISTRIBUTION = 'AWS::CloudFront::Distribution';

/** The origin of a distribution that a test does not look at. */
export function someOrigin(): TlsOrigin {
  return TlsOrigin.httpsHost('origin.example.com');
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
