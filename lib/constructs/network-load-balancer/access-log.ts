import type * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { admitDelivery, LogKind } from '../log-store';

/** Where below the bucket the access log lies. */
export const ACCESS_PREFIX = 'access';

/**
 * Lets a network load balancer write its access log into a bucket.
 *
 * Not by the CDK's `logAccessLogs`: that admits an account of Elastic Load Balancing, which writes the logs of other
 * load balancers only, and lets the delivery service write for any account.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/enable-access-logs.html
 */
export function logAccess(loadBalancer: elbv2.NetworkLoadBalancer, bucket: s3.IBucket): void {
  admitDelivery(loadBalancer, bucket, { kind: LogKind.NLB_ACCESS, prefix: ACCESS_PREFIX });
  loadBalancer.setAttribute('access_logs.s3.enabled', 'true');
  loadBalancer.setAttribute('access_logs.s3.bucket', bucket.bucketName);
  loadBalancer.setAttribute('access_logs.s3.prefix', ACCESS_PREFIX);
  if (bucket.policy !== undefined) loadBalancer.node.addDependency(bucket.policy);
}
