import { Duration } from 'aws-cdk-lib';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { HttpsTargetGroup, type HttpsTargetGroupProps } from '../../../lib/constructs/load-balancer';
import { rendered, stackIn, vpcIn } from '../support';

const { IP } = elbv2.TargetType;
const TARGET_GROUP = 'AWS::ElasticLoadBalancingV2::TargetGroup';

describe('HttpsTargetGroup', () => {
  test('is reached and health-checked over TLS', () => {
    const stack = stackIn();
    new HttpsTargetGroup(stack, 'Group', { vpc: vpcIn(stack), targetType: IP });
    rendered(stack).hasResourceProperties(TARGET_GROUP, {
      Protocol: 'HTTPS',
      Port: 443,
      HealthCheckProtocol: 'HTTPS',
    });
  });

  test('cannot be talked out of it by a property that its type does not have', () => {
    const stack = stackIn();
    const props = {
      vpc: vpcIn(stack),
      targetType: IP,
      protocol: elbv2.ApplicationProtocol.HTTP,
    } as HttpsTargetGroupProps;
    new HttpsTargetGroup(stack, 'Group', props);
    rendered(stack).hasResourceProperties(TARGET_GROUP, { Protocol: 'HTTPS' });
  });

  test('takes the settings of a target group', () => {
    const stack = stackIn();
    new HttpsTargetGroup(stack, 'Group', {
      vpc: vpcIn(stack),
      targetType: IP,
      port: 8443,
      protocolVersion: elbv2.ApplicationProtocolVersion.HTTP2,
      healthCheck: { path: '/health', interval: Duration.seconds(10) },
      slowStart: Duration.seconds(60),
    });
    rendered(stack).hasResourceProperties(TARGET_GROUP, {
      Port: 8443,
      ProtocolVersion: 'HTTP2',
      HealthCheckProtocol: 'HTTPS',
      HealthCheckPath: '/health',
      HealthCheckIntervalSeconds: 10,
    });
  });

  test('keeps health checks on TLS when they are configured later', () => {
    const stack = stackIn();
    new HttpsTargetGroup(stack, 'Group', { vpc: vpcIn(stack), targetType: IP }).configureHealthCheck({
      path: '/health',
    });
    rendered(stack).hasResourceProperties(TARGET_GROUP, {
      HealthCheckProtocol: 'HTTPS',
      HealthCheckPath: '/health',
    });
  });

  const message = 'Stack/Group: \'healthCheck.protocol\' must be HTTPS, got "HTTP", leave it out for HTTPS';

  test('refuses plaintext health checks', () => {
    const stack = stackIn();
    const healthCheck = { protocol: elbv2.Protocol.HTTP };
    expect(
      () => new HttpsTargetGroup(stack, 'Group', { vpc: vpcIn(stack), targetType: IP, healthCheck }),
    ).toThrow(message);
  });

  test('refuses plaintext health checks when they are configured later', () => {
    const stack = stackIn();
    const group = new HttpsTargetGroup(stack, 'Group', { vpc: vpcIn(stack), targetType: IP });
    expect(() => group.configureHealthCheck({ protocol: elbv2.Protocol.HTTP })).toThrow(message);
  });
});
