import type { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';

/** A network that exists already, of two zones, with subnets of one kind only. */
export function networkWith(
  stack: Stack,
  kind: 'isolated' | 'private' | 'public',
  subnets = ['subnet-1', 'subnet-2'],
): ec2.IVpc {
  const routeTables = subnets.map((_, index) => `rtb-${index}`);
  return ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-1',
    availabilityZones: ['eu-west-1a', 'eu-west-1b'].slice(0, subnets.length),
    ...(kind === 'isolated' ? { isolatedSubnetIds: subnets, isolatedSubnetRouteTableIds: routeTables } : {}),
    ...(kind === 'private' ? { privateSubnetIds: subnets, privateSubnetRouteTableIds: routeTables } : {}),
    ...(kind === 'public' ? { publicSubnetIds: subnets, publicSubnetRouteTableIds: routeTables } : {}),
  });
}
