import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** A finding that the baseline accepts. */
export interface AcceptedFinding {
  readonly pack: string;
  /** The rule, without the pack. */
  readonly rule: string;
  /** What the rule asks for. */
  readonly asks: string;
  /** What it is accepted on, and when. */
  readonly on: string;
  /** Why; it stands in the report beside the finding. */
  readonly reason: string;
}

/** All findings that the baseline accepts; `docs/configuration.md` prints them. */
export const ACCEPTED_FINDINGS = {
  logBucket: {
    pack: 'AwsSolutions',
    rule: 'S1',
    asks: 'access to a bucket is logged',
    on: 'the buckets for logs of load balancer, network, distribution, and of the access to the record of the trail',
    reason:
      'The bucket receives logs of AWS services: a log of its own would need a bucket in turn, and written into itself it would feed on its own entries.',
  },
  openEndpoint: {
    pack: 'AwsSolutions',
    rule: 'EC23',
    asks: 'no security group lets everyone in',
    on: "the load balancer, only where 'loadBalancer.allowedPeers' names everyone (a range that ends in /0)",
    reason:
      "The configuration names everyone in 'loadBalancer.allowedPeers': this is the point of entry for customers, and only its TLS port, and the redirect to it, is open.",
  },
  distributionLog: {
    pack: 'AwsSolutions',
    rule: 'CFR3',
    asks: 'a distribution logs requests',
    on: 'the distribution',
    reason:
      'It logs by the newer standard logging (v2), with TLS version and cipher of each request; the rule knows the property of the older logging only.',
  },
  everyCountry: {
    pack: 'AwsSolutions',
    rule: 'CFR1',
    asks: 'a distribution serves some countries only, where that fits',
    on: "the distribution, only where 'distribution.allowedCountries' is empty",
    reason:
      "The configuration names no countries in 'distribution.allowedCountries': customers connect from everywhere.",
  },
  mail: {
    pack: 'TransmissionChecks',
    rule: 'SubscriptionAvoidsMailAndSms',
    asks: 'messages are not sent by e-mail',
    on: "the topic for alarms, only where 'alarms.email' is given",
    reason:
      'The topic tells people that a certificate is not renewed: it names certificates and domain names, which are public, and no customer.',
  },
} as const satisfies Record<string, AcceptedFinding>;

/**
 * Accepts a finding on the construct that it is about.
 *
 * The id is qualified by the pack (`Pack::Rule`): so the finding stays in the report, as suppressed. The short form
 * would erase those of cdk-nag without a trace, and do nothing to ours.
 */
export function accept(scope: IConstruct, { pack, rule, reason }: AcceptedFinding): void {
  Validations.of(scope).acknowledge({ id: `${pack}::${pack}-${rule}`, reason });
}
