import { Stack, Token, Validations } from 'aws-cdk-lib';
import { RegionInfo } from 'aws-cdk-lib/region-info';
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
  objectAccess: {
    pack: 'PciDss401Checks',
    rule: 'TrailRecordsObjectAccess',
    asks: 'a trail records who reads and writes objects',
    on: "the trail, only where 'audit.buckets' is empty",
    reason:
      'The baseline knows no bucket of an app: which objects are recorded, and paid for, is decided where they are kept. Who reads the record itself is logged by its bucket.',
  },
  logCopies: {
    pack: 'PciDss401Checks',
    rule: 'StoreIsInBackupPlan',
    asks: 'a store is in a backup plan',
    on: 'the buckets for logs, and that of the trail',
    reason:
      'Logs are versioned, and those of the trail locked, for as long as they must be kept: a backup would be another copy of addresses and names, which has to be erased as well.',
  },
  apiLogging: {
    pack: 'AwsSolutions',
    rule: 'IAM4',
    asks: 'roles have no managed policies of AWS',
    on: "the role by which API Gateway writes logs, only where 'monitoring.apiLogging' is true",
    reason:
      'API Gateway takes a role for its logs only with the managed policy that AWS names for it, which lets it write to every log group and read none.',
  },
  auditReads: {
    pack: 'AwsSolutions',
    rule: 'IAM5',
    asks: 'an IAM policy names resources without a wildcard',
    on: 'the role of the audit of certificates',
    reason:
      'It audits the certificates that nobody thinks of: it may list and describe all of the account in the audited regions, and change none.',
  },
  queryResults: {
    pack: 'PciDss401Checks',
    rule: 'StoreIsInBackupPlan',
    asks: 'a store is in a backup plan',
    on: 'the results of the search for old clients, and the log of who reads them',
    reason:
      'What was found is found again by asking again; it names people and systems, and is deleted after two weeks so that no copy is left.',
  },
  logReaders: {
    pack: 'AwsSolutions',
    rule: 'IAM5',
    asks: 'an IAM policy names actions and resources without a wildcard',
    on: 'the role of the weekly search for old clients',
    reason:
      'It reads logs, which are objects without number in buckets that it names; AWS Step Functions sets up the delivery of its log, and its traces, by actions that take no resource.',
  },
  alarmDeliveries: {
    pack: 'PciDss401Checks',
    rule: 'TopicLogsDeliveries',
    asks: 'a topic logs whether its messages arrived',
    on: 'the topics for alarms',
    reason: 'Amazon SNS logs no deliveries of e-mail, which is how these topics reach people.',
  },
  firewallLogKey: {
    pack: 'PciDss401Checks',
    rule: 'LogGroupHasOwnKey',
    asks: 'a log group is encrypted with a key of its owner',
    on: 'the logs of web ACLs',
    reason:
      'CloudWatch Logs encrypts it with keys of its own; credentials, cookies, query strings and bodies are left out at the source.',
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
 *
 * @param what of several findings of a rule of cdk-nag, the one that is meant, in brackets
 */
export function accept(scope: IConstruct, { pack, rule, reason }: AcceptedFinding, what = ''): void {
  Validations.of(scope).acknowledge({ id: `${pack}::${pack}-${rule}${what}`, reason });
}

/** What is accepted on an audit of certificates, as cdk-nag spells it: each wildcard is a finding of its own. */
export function acceptForCertificateAudit(audit: IConstruct, regions: readonly string[]): void {
  const { account } = Stack.of(audit);
  const owner = Token.isUnresolved(account) ? '<AWS::AccountId>' : account;
  const resources = regions.map(
    (region) => `arn:${RegionInfo.get(region).partition ?? 'aws'}:acm:${region}:${owner}:certificate/*`,
  );
  for (const resource of ['*', ...resources])
    accept(audit, ACCEPTED_FINDINGS.auditReads, `[Resource::${resource}]`);
}

/** What is accepted on the log of a web ACL. */
export function acceptForFirewall(webAcl: IConstruct): void {
  accept(webAcl, ACCEPTED_FINDINGS.firewallLogKey);
}

/** What is accepted on the results of the search for old clients, and on the log of who reads them. */
export function acceptForFinder(finder: IConstruct): void {
  accept(finder, ACCEPTED_FINDINGS.queryResults);
}
