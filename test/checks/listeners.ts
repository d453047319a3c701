import { CfnResource, aws_elasticloadbalancingv2 as elbv2 } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** What a listener in clear looks like in a template. */
export const PLAIN_LISTENER = {
  LoadBalancerArn: 'lb',
  Port: 80,
  Protocol: 'HTTP',
  DefaultActions: [{ Type: 'forward', TargetGroupArn: 'tg' }],
};

/** A listener in clear, as a plain resource. */
export const plainListener = (scope: Construct, id = 'Listener') =>
  new CfnResource(scope, id, {
    type: 'AWS::ElasticLoadBalancingV2::Listener',
    properties: PLAIN_LISTENER,
  });

/** A listener without a fault. */
export const goodListener = (scope: Construct, id = 'Good') =>
  new elbv2.CfnListener(scope, id, {
    loadBalancerArn: 'lb',
    port: 443,
    protocol: 'HTTPS',
    sslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09',
    certificates: [{ certificateArn: 'arn:aws:acm:eu-west-1:111122223333:certificate/x' }],
    listenerAttributes: [
      {
        key: 'routing.http.response.strict_transport_security.header_value',
        value: 'max-age=63072000; includeSubDomains',
      },
    ],
    defaultActions: [{ type: 'fixed-response', fixedResponseConfig: { statusCode: '404' } }],
  });
