import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import type { IManagedCertificate } from '../constructs/certificate';
import { CloudFrontOriginFacing } from '../constructs/distribution/cloudfront-origin-facing';
import { TlsLoadBalancer } from '../constructs/load-balancer';
import { LogKind } from '../constructs/log-store';
import { WebAcl, WebAclScope } from '../constructs/web-acl';
import { ACCEPTED_FINDINGS, accept, acceptForFirewall } from './accepted-findings';
import type { Alarms } from './alarms';
import { BaselineStack } from './baseline-stack';
import type { BaselineConfiguration, DistributionConfiguration } from './configuration-file';
import { logBucketIn, logRetentionOf } from './log-buckets';
import { findOldTls } from './old-tls';

/** What the point of entry stands on. */
export interface EntryStackProps {
  readonly configuration: BaselineConfiguration;
  readonly vpc: ec2.IVpc;
  readonly certificate: IManagedCertificate;
  /** Who is told of old clients. */
  readonly alarms: Alarms;
}

/** The point of entry in the region: the load balancer at which TLS of customers, or of CloudFront, ends. */
export class EntryStack extends BaselineStack {
  readonly loadBalancer: TlsLoadBalancer;

  constructor(scope: Construct, id: string, { configuration, vpc, certificate, alarms }: EntryStackProps) {
    super(scope, id, configuration, { description: 'Point of entry: TLS from clients, TLS to targets' });
    const { tlsProfile, loadBalancer, distribution } = configuration;
    const logs = logBucketIn(this, 'Logs', LogKind.ALB_ACCESS, configuration);
    const webAcl = loadBalancer.internetFacing
      ? new WebAcl(this, 'WebAcl', {
          scope: WebAclScope.REGIONAL,
          logRetention: logRetentionOf(configuration),
        })
      : undefined;
    this.loadBalancer = new TlsLoadBalancer(this, 'LoadBalancer', {
      vpc,
      certificate,
      tlsProfile,
      internetFacing: loadBalancer.internetFacing,
      httpRedirect: loadBalancer.httpRedirect,
      allowedPeers: [
        ...loadBalancer.allowedPeers.map((range) => ec2.Peer.ipv4(range)),
        ...(distribution === undefined ? [] : [this.cloudFront(distribution)]),
      ],
      logBucket: logs.bucket,
      webAcl,
    });
    this.traces.push(logs, ...(webAcl === undefined ? [] : [webAcl]));
    if (webAcl !== undefined) acceptForFirewall(webAcl);
    if (loadBalancer.allowedPeers.some(isAnyone)) accept(this.loadBalancer, ACCEPTED_FINDINGS.openEndpoint);
    findOldTls(this, configuration, alarms, { albConnections: logs, albRequests: logs });
    this.handedOver.publish({
      'load-balancer/arn': this.loadBalancer.loadBalancerArn,
      'load-balancer/listener-arn': this.loadBalancer.listenerArn,
      'load-balancer/security-group-id': this.loadBalancer.connections.securityGroups[0]?.securityGroupId,
      'load-balancer/log-bucket-arn': logs.bucket.bucketArn,
    });
  }

  private cloudFront({ originFacingPrefixListId }: DistributionConfiguration): ec2.IPeer {
    return originFacingPrefixListId === undefined
      ? CloudFrontOriginFacing.prefixListIn(this.region)
      : ec2.Peer.prefixList(originFacingPrefixListId);
  }
}

function isAnyone(range: string): boolean {
  return range.endsWith('/0');
}
