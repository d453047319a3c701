import { Duration } from 'aws-cdk-lib';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { TlsTargetGroup, type TlsTargetGroupProps } from '../../../lib/constructs/network-load-balancer';
import { rendered, stackIn, vpcIn } from '../support';

const { HTTP, TCP, UDP } = elbv2.Protocol;
const TARGET_GROUP = 'AWS::ElasticLoadBalancingV2::TargetGroup';

function groupWith(props: TlsTargetGroupProps) {
  const stack = stackIn();
  const group = new TlsTargetGroup(stack, 'Group', {
    vpc: vpcIn(stack),
    targetType: elbv2.TargetType.IP,
    ...props,
  });
  return { stack, group };
}

describe('TlsTargetGroup', () => {
  test('is reached over TLS and health-checked over HTTPS, also where it stands alone', () => {
    rendered(groupWith({}).stack).hasResourceProperties(TARGET_GROUP, {
      Protocol: 'TLS',
      Port: 443,
      HealthCheckProtocol: 'HTTPS',
    });
  });

  test('cannot be talked out of it by a property that its type does not have', () => {
    const { stack } = groupWith({ protocol: TCP } as TlsTargetGroupProps);
    rendered(stack).hasResourceProperties(TARGET_GROUP, { Protocol: 'TLS' });
  });

  test('takes the settings of a target group', () => {
    const { stack } = groupWith({
      port: 8883,
      healthCheck: { path: '/health', interval: Duration.seconds(10) },
      preserveClientIp: false,
      proxyProtocolV2: true,
      connectionTermination: true,
    });
    rendered(stack).hasResourceProperties(TARGET_GROUP, {
      Port: 8883,
      HealthCheckProtocol: 'HTTPS',
      HealthCheckPath: '/health',
      HealthCheckIntervalSeconds: 10,
      TargetGroupAttributes: [
        { Key: 'proxy_protocol_v2.enabled', Value: 'true' },
        { Key: 'preserve_client_ip.enabled', Value: 'false' },
        { Key: 'deregistration_delay.connection_termination.enabled', Value: 'true' },
      ],
    });
  });

  test('is checked by opening a connection where targets speak no HTTP', () => {
    const { stack } = groupWith({ healthCheck: { protocol: TCP } });
    rendered(stack).hasResourceProperties(TARGET_GROUP, { HealthCheckProtocol: 'TCP' });
  });

  test('keeps health checks out of the clear when they are configured later', () => {
    const { stack, group } = groupWith({});
    group.configureHealthCheck({ path: '/health' });
    rendered(stack).hasResourceProperties(TARGET_GROUP, {
      HealthCheckProtocol: 'HTTPS',
      HealthCheckPath: '/health',
    });
  });

  test.each([HTTP, UDP])('refuses health checks over %s, also later', (protocol) => {
    const message = `Stack/Group: 'healthCheck.protocol' must be HTTPS, or TCP for targets that speak no HTTP, got "${protocol}", leave it out for HTTPS`;
    expect(() => groupWith({ healthCheck: { protocol } })).toThrow(message);
    expect(() => groupWith({}).group.configureHealthCheck({ protocol })).toThrow(message);
  });
});
