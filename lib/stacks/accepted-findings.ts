import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * Findings of cdk-nag's AwsSolutions pack that the baseline accepts, each with its reason.
 *
 * The ids are qualified by the pack (`Pack::Rule`): so the finding stays in the report, as suppressed. The short
 * form would erase it without a trace.
 */
function acknowledge(scope: IConstruct, rule: string, reason: string): void {
  Validations.of(scope).acknowledge({ id: `AwsSolutions::AwsSolutions-${rule}`, reason });
}

/** A bucket for logs does not log access to itself. */
export function acknowledgeLogBucket(bucket: IConstruct): void {
  acknowledge(
    bucket,
    'S1',
    'The bucket receives logs of AWS services: a log of its own would need a bucket in turn, and written into itself it would feed on its own entries.',
  );
}

/** A point of entry for customers is open to the internet because the configuration says so. */
export function acknowledgeOpenEndpoint(loadBalancer: IConstruct): void {
  acknowledge(
    loadBalancer,
    'EC23',
    "The configuration names everyone in 'loadBalancer.allowedPeers': this is the point of entry for customers, and only its TLS port, and the redirect to it, is open.",
  );
}
