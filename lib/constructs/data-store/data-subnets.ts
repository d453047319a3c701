import { Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { IConstruct } from 'constructs';
import { invalidProperty } from '../invalid-property';

/** A data store needs subnets in so many zones. */
const LEAST = 2;

/** The subnets that are asked for, or those farthest from the internet; public ones are refused. */
export function dataSubnets(
  scope: IConstruct,
  vpc: ec2.IVpc,
  given: ec2.SubnetSelection | undefined,
): ec2.SubnetSelection {
  const selection = given ?? { subnetType: farthest(vpc) };
  const { availabilityZones, hasPublic, isPendingLookup } = vpc.selectSubnets(selection);
  if (hasPublic || selection.subnetType === ec2.SubnetType.PUBLIC) {
    throw invalidProperty(
      scope,
      "'vpcSubnets' must not be public, from which the internet is a hop away, name private ones",
    );
  }
  const zones = new Set(availabilityZones).size;
  if (!isPendingLookup && !Token.isUnresolved(availabilityZones) && zones < LEAST) {
    throw invalidProperty(
      scope,
      `'vpcSubnets' must be in at least ${LEAST} availability zones, got ${zones}`,
    );
  }
  return selection;
}

function farthest({ isolatedSubnets }: ec2.IVpc): ec2.SubnetType {
  const { PRIVATE_ISOLATED, PRIVATE_WITH_EGRESS } = ec2.SubnetType;
  return isolatedSubnets.length > 0 ? PRIVATE_ISOLATED : PRIVATE_WITH_EGRESS;
}
