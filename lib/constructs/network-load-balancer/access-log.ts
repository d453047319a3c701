import { Stack } from 'aws-cdk-lib';
import type * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as s3 from 'aws-cdk-lib/aws-s3';

const PREFIX = 'access';

/**
 * Lets a network load balancer write its access log into a bucket.
 *
 * Not by the CDK's `logAccessLogs`: that admits an account of Elastic Load Balancing, which writes the logs of other
 * load balancers only, and lets the delivery service write for any account.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/enable-access-logs.html
 */
export function logAccess(loadBalancer: elbv2.NetworkLoadBalancer, bucket: s3.IBucket): void {
  const stack = Stack.of(loadBalancer);
  const delivery = new iam.ServicePrincipal('delivery.logs.amazonaws.com');
  const source = {
    StringEquals: { 'aws:SourceAccount': stack.account },
    ArnLike: { 'aws:SourceArn': stack.formatArn({ service: 'logs', resource: '*' }) },
  };
  bucket.addToResourcePolicy(
    new iam.PolicyStatement({
      principals: [delivery],
      actions: ['s3:PutObject'],
      resources: [bucket.arnForObjects(`${PREFIX}/AWSLogs/${stack.account}/*`)],
      conditions: {
        ...source,
        StringEquals: { ...source.StringEquals, 's3:x-amz-acl': 'bucket-owner-full-control' },
      },
    }),
  );
  bucket.addToResourcePolicy(
    new iam.PolicyStatement({
      principals: [delivery],
      actions: ['s3:GetBucketAcl'],
      resources: [bucket.bucketArn],
      conditions: source,
    }),
  );
  bucket.encryptionKey?.addToResourcePolicy(
    new iam.PolicyStatement({
      principals: [delivery],
      actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
      resources: ['*'],
      conditions: source,
    }),
  );
  loadBalancer.setAttribute('access_logs.s3.enabled', 'true');
  loadBalancer.setAttribute('access_logs.s3.bucket', bucket.bucketName);
  loadBalancer.setAttribute('access_logs.s3.prefix', PREFIX);
  if (bucket.policy !== undefined) loadBalancer.node.addDependency(bucket.policy);
}
