import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import type { IManagedCertificate } from '../constructs/certificate';
import { TlsLoadBalancer } from '../constructs/load-balancer';
import { ACCEPTED_FINDINGS, accept } from './accepted-findings';
import { BaselineStack } from './baseline-stack';
import type { BaselineConfiguration } from './configuration';

/** What the edge stands on. */
export interface EdgeStackProps {
  readonly configuration: BaselineConfiguration;
  readonly vpc: ec2.IVpc;
  readonly certificate: IManagedCertificate;
}

/** The point of entry: the load balancer at which customers' TLS ends. */
export class EdgeStack extends BaselineStack {
  readonly loadBalancer: TlsLoadBalancer;

  constructor(scope: Construct, id: string, props: EdgeStackProps) {
    super(scope, id, props.configuration, 'Point of entry: TLS from customers, TLS to targets');
    const { tlsProfile, loadBalancer } = props.configuration;
    this.loadBalancer = new TlsLoadBalancer(this, 'LoadBalancer', {
      vpc: props.vpc,
      certificate: props.certificate,
      tlsProfile,
      internetFacing: loadBalancer.internetFacing,
      httpRedirect: loadBalancer.httpRedirect,
      allowedPeers: loadBalancer.allowedPeers.map(peer),
    });
    accept(this.loadBalancer.logBucket, ACCEPTED_FINDINGS.logBucket);
    if (loadBalancer.allowedPeers.some(isAnyone)) accept(this.loadBalancer, ACCEPTED_FINDINGS.openEndpoint);
  }
}

function peer(range: string): ec2.IPeer {
  return range.includes(':') ? ec2.Peer.ipv6(range) : ec2.Peer.ipv4(range);
}

function isAnyone(range: string): boolean {
  return range.endsWith('/0');
}
