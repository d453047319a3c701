import type { Construct } from 'constructs';
import { PrivateNetwork } from '../constructs/network';
import { ACCEPTED_FINDINGS, accept } from './accepted-findings';
import { BaselineStack } from './baseline-stack';
import type { BaselineConfiguration } from './configuration';

/** The network in which the baseline stands. */
export class NetworkStack extends BaselineStack {
  readonly network: PrivateNetwork;

  constructor(scope: Construct, id: string, configuration: BaselineConfiguration) {
    super(scope, id, configuration, 'Network: closed by default, with flow logs');
    const { cidr, availabilityZoneCount, natGateways } = configuration.network;
    this.network = new PrivateNetwork(this, 'Network', {
      cidr,
      availabilityZoneCount,
      natGateways,
      publicSubnets: configuration.loadBalancer.internetFacing || natGateways > 0,
    });
    accept(this.network.flowLogBucket, ACCEPTED_FINDINGS.logBucket);
  }
}
