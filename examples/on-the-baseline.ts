/**
 * A team's stack on the baseline of its platform: targets behind the load balancer that is there already.
 *
 * `baseline.json` is the one that the synthesis of the baseline wrote.
 */
import { type App, Stack, Validations } from 'aws-cdk-lib';
import { Port } from 'aws-cdk-lib/aws-ec2';
import { ListenerCondition } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { IpTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2-targets';
import { PrivateNetwork, TlsLoadBalancer, TransmissionChecks } from 'cdk-secure-transmission';

/** The app, which is synthesised by whoever runs it. */
export function onTheBaseline(app: App): Stack {
  // #region stack
  const stack = new Stack(app, 'Orders', { env: { region: 'eu-west-1' } });
  const network = PrivateNetwork.fromBaseline(stack, 'Network');
  const loadBalancer = TlsLoadBalancer.fromBaseline(stack, 'LoadBalancer');

  const orders = network.addSecurityGroup('Orders', 'What answers for orders');
  orders.connections.allowFrom(loadBalancer, Port.tcp(8443), 'TLS from the load balancer');
  loadBalancer.addTargets('Orders', {
    targets: [new IpTarget('10.0.130.20', 8443)],
    port: 8443,
    priority: 10,
    conditions: [ListenerCondition.pathPatterns(['/orders/*'])],
    healthCheck: { path: '/health' },
  });
  Validations.of(app).addPlugins(new TransmissionChecks(app));
  // #endregion stack
  return stack;
}
