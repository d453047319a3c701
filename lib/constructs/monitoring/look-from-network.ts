import { CfnResource, Token } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { invalidProperty } from '../invalid-property';
import { checkReason, recordLoosening } from '../loosening';

/** From where a function looks at servers, and at which of them. */
export interface LookFromNetworkProps {
  /**
   * The network from which it looks, for what the internet does not reach.
   *
   * Its role then lets Lambda, and not the code, attach it there: where cdk-nag is registered, acknowledge
   * `AwsSolutions-IAM5` on that role, since these actions know no resource.
   *
   * @default - none: it looks from the internet
   */
  readonly vpc?: ec2.IVpc;
  /** @default - those of the network that have a way out, else all private ones */
  readonly vpcSubnets?: ec2.SubnetSelection;
  /** @default - a new one that lets nobody in */
  readonly securityGroups?: ec2.ISecurityGroup[];
  /**
   * Why it may connect to private addresses, as a sentence: whoever can change a DNS record could send it to servers that
   * trust its network. Needed for what is inside of `vpc`. Link-local addresses and the metadata services stay out.
   *
   * The reason is written into the template.
   *
   * @default - it connects to addresses of the internet only
   */
  readonly privateAddressesReason?: string;
}

/** Refuses private addresses without a network, or without a sentence that says why; `what` is looked at. */
export function checkLookFromNetwork(
  scope: Construct,
  { vpc, privateAddressesReason: reason }: LookFromNetworkProps,
  what: 'hosts' | 'pages',
): void {
  if (reason === undefined) return;
  if (!Token.isUnresolved(reason)) checkReason(scope, 'privateAddressesReason', reason);
  if (vpc !== undefined) return;
  throw invalidProperty(
    scope,
    `'privateAddressesReason' is for ${what} inside of 'vpc', which is not given, add it or leave the reason out`,
  );
}

/** Writes into the template that private addresses may be connected to, and why. */
export function recordPrivateAddresses(fn: lambda.Function, reason: string | undefined): void {
  const resource = fn.node.defaultChild;
  if (reason !== undefined && CfnResource.isCfnResource(resource)) {
    recordLoosening(resource, 'privateAddresses', reason);
  }
}
