import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * Findings that the baseline accepts, each with its reason, on the construct that they are about.
 *
 * The ids are qualified by the pack (`Pack::Rule`): so a finding stays in the report, as suppressed. The short
 * form would erase those of cdk-nag without a trace, and do nothing to ours.
 */
function acknowledge(scope: IConstruct, pack: string, rule: string, reason: string): void {
  Validations.of(scope).acknowledge({ id: `${pack}::${pack}-${rule}`, reason });
}

/** A bucket for logs does not log access to itself. */
export function acknowledgeLogBucket(bucket: IConstruct): void {
  acknowledge(
    bucket,
    'AwsSolutions',
    'S1',
    'The bucket receives logs of AWS services: a log of its own would need a bucket in turn, and written into itself it would feed on its own entries.',
  );
}

/** A point of entry for customers is open to the internet because the configuration says so. */
export function acknowledgeOpenEndpoint(loadBalancer: IConstruct): void {
  acknowledge(
    loadBalancer,
    'AwsSolutions',
    'EC23',
    "The configuration names everyone in 'loadBalancer.allowedPeers': this is the point of entry for customers, and only its TLS port, and the redirect to it, is open.",
  );
}

/** Alarms about certificates may travel by e-mail. */
export function acknowledgeMail(alarmTopic: IConstruct): void {
  acknowledge(
    alarmTopic,
    'TransmissionChecks',
    'SubscriptionAvoidsMailAndSms',
    'The topic tells people that a certificate is not renewed: it names certificates and domain names, which are public, and no customer.',
  );
}
