import type * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as route53 from 'aws-cdk-lib/aws-route53';
import { CloudFrontTarget } from 'aws-cdk-lib/aws-route53-targets';
import { Construct } from 'constructs';
import { zoneFor } from '../constructs/certificate';

/** What leads to a distribution. */
export interface AliasRecordsProps {
  readonly domainNames: readonly string[];
  /** Of several zones that a name lies in, the longest wins. */
  readonly zones: readonly route53.IHostedZone[];
  readonly distribution: cloudfront.IDistribution;
}

/** Lets names lead to a distribution, over IPv4 and IPv6. A record that exists is not overwritten: the deployment fails. */
export class AliasRecords extends Construct {
  constructor(scope: Construct, id: string, { domainNames, zones, distribution }: AliasRecordsProps) {
    super(scope, id);
    const target = route53.RecordTarget.fromAlias(new CloudFrontTarget(distribution));
    for (const recordName of domainNames) {
      const zone = zoneFor(recordName, zones);
      if (zone === undefined) continue;
      const props = { zone, recordName, target };
      new route53.ARecord(this, `${recordName}-A`, props);
      new route53.AaaaRecord(this, `${recordName}-AAAA`, props);
    }
  }
}
