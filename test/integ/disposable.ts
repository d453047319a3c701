import { type App, Aspects, CfnResource, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import type { IConstruct } from 'constructs';

const PROTECTION = 'deletion_protection.enabled';

/**
 * Lets an app be taken down: what our constructs keep and protect for customers would stay in the account of the
 * tests, and some of it would refuse the next run.
 *
 * Buckets stay all the same, since CloudFormation cannot empty them, and have names of their own each time.
 */
export function disposable(app: App): void {
  Aspects.of(app).add({ visit: dispose });
}

function dispose(node: IConstruct): void {
  if (node instanceof Stack) node.terminationProtection = false;
  if (node instanceof CfnResource && !(node instanceof CfnBucket)) {
    // Only what says that it stays is told otherwise: everything else goes anyway.
    if (node.cfnOptions.deletionPolicy !== undefined) node.applyRemovalPolicy(RemovalPolicy.DESTROY);
  }
  if (node instanceof CfnLoadBalancer) unprotect(node);
}

function unprotect(balancer: CfnLoadBalancer): void {
  const attributes: unknown = Stack.of(balancer).resolve(balancer.loadBalancerAttributes);
  if (!Array.isArray(attributes)) return;
  balancer.loadBalancerAttributes = attributes.map((attribute: { key: string; value: string }) =>
    attribute.key === PROTECTION ? { ...attribute, value: 'false' } : attribute,
  );
}
