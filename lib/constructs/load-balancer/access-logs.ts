import type * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { admitDelivery, LogKind } from '../log-store';

/** Where below the bucket access logs lie. */
export const ACCESS_PREFIX = 'access';
const CONNECTION_PREFIX = 'connections';

/**
 * The kinds of log of an application load balancer. They share a bucket: the same service writes both, and what it can
 * encrypt with, lock and where it can write is the same.
 */
export const REQUEST_LOGS = [LogKind.ALB_ACCESS, LogKind.ALB_CONNECTION] as const;

/**
 * Lets an application load balancer write its access logs and connection logs into a bucket.
 *
 * Not by the CDK's `logAccessLogs` and `logConnectionLogs`: in older regions they admit an account of Elastic Load
 * Balancing, by a policy that AWS asks to replace, and in all of them the delivery service too, which writes the logs
 * of other load balancers only, on behalf of any account.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
 */
export function logRequests(loadBalancer: elbv2.ApplicationLoadBalancer, bucket: s3.IBucket): void {
  admitDelivery(loadBalancer, bucket, { kind: LogKind.ALB_ACCESS, prefix: ACCESS_PREFIX });
  admitDelivery(loadBalancer, bucket, { kind: LogKind.ALB_CONNECTION, prefix: CONNECTION_PREFIX });
  const logs = { access_logs: ACCESS_PREFIX, connection_logs: CONNECTION_PREFIX };
  for (const [name, prefix] of Object.entries(logs)) {
    loadBalancer.setAttribute(`${name}.s3.enabled`, 'true');
    loadBalancer.setAttribute(`${name}.s3.bucket`, bucket.bucketName);
    loadBalancer.setAttribute(`${name}.s3.prefix`, prefix);
  }
  // Elastic Load Balancing tries the bucket out when it is told of it.
  if (bucket.policy !== undefined) loadBalancer.node.addDependency(bucket.policy);
}
