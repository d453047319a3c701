import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { PrivateNetwork, VpcEncryptionMode } from '../../../lib';
import { type ConstructSample, existingBucket } from './construct-sample';

/** Networks. */
export const NETWORK_SAMPLES: readonly ConstructSample[] = [
  { construct: 'PrivateNetwork', build: (stack) => new PrivateNetwork(stack, 'Network') },
  {
    construct: 'PrivateNetwork',
    options: 'public subnets, a NAT gateway, two endpoints, encryption enforced with exclusions',
    build: (stack, around) => {
      const network = new PrivateNetwork(stack, 'Network', {
        cidr: '10.20.0.0/16',
        publicSubnets: true,
        natGateways: 1,
        flowLogBucket: existingBucket(around, 'flow-logs-of-example'),
        organizationId: 'o-a1b2c3d4e5',
        vpcEncryptionControl: VpcEncryptionMode.ENFORCE,
        vpcEncryptionExclusions: {
          internetGateway: 'Customers reach the load balancer from the internet.',
          natGateway: 'Containers fetch exchange rates from a bank outside of AWS.',
        },
      });
      network.addGatewayEndpoint('S3', { service: ec2.GatewayVpcEndpointAwsService.S3 });
      network.addInterfaceEndpoint('Secrets', {
        service: ec2.InterfaceVpcEndpointAwsService.SECRETS_MANAGER,
        peers: [network.addSecurityGroup('Shop', 'Containers of the shop')],
      });
      return network;
    },
  },
];
