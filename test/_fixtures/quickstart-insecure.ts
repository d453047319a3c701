/** The quickstart, and what could go wrong after it: the TLS policy lowered, and a route to targets in clear. */
import { App, Stack, Validations } from 'aws-cdk-lib';
import { Peer, Port } from 'aws-cdk-lib/aws-ec2';
import { CfnListener, CfnListenerRule, CfnTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { IpTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2-targets';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import {
  ManagedCertificate,
  PrivateNetwork,
  TlsLoadBalancer,
  TransmissionChecks,
} from 'cdk-secure-transmission';

const app = new App();
const stack = new Stack(app, 'Shop', { env: { region: 'eu-west-1' } });

const zone = HostedZone.fromHostedZoneAttributes(stack, 'Zone', {
  zoneName: 'example.com',
  hostedZoneId: 'Z0123456789ABCDEFGHIJ',
});
const network = new PrivateNetwork(stack, 'Network', { publicSubnets: true });
const certificate = new ManagedCertificate(stack, 'Certificate', {
  domainName: 'shop.example.com',
  hostedZones: [zone],
});
const loadBalancer = new TlsLoadBalancer(stack, 'LoadBalancer', {
  vpc: network.vpc,
  certificate,
  internetFacing: true,
  allowedPeers: [Peer.anyIpv4()],
});
loadBalancer.addTargets('Shop', { targets: [new IpTarget('10.0.130.10')], healthCheck: { path: '/health' } });
loadBalancer.connections.allowTo(Peer.ipv4('10.0.130.10/32'), Port.tcp(443), 'TLS to the shop');

// An override that the L2 does not see: TLS 1.0 again.
const listener = loadBalancer.listener.node.defaultChild;
if (CfnListener.isCfnListener(listener)) {
  listener.addPropertyOverride('SslPolicy', 'ELBSecurityPolicy-2016-08');
}
// A route past the construct, to targets in clear.
const plaintext = new CfnTargetGroup(stack, 'Reports', {
  vpcId: network.vpc.vpcId,
  targetType: 'ip',
  protocol: 'HTTP',
  port: 80,
  targets: [{ id: '10.0.130.11', port: 80 }],
});
new CfnListenerRule(stack, 'ReportsRule', {
  listenerArn: loadBalancer.listenerArn,
  priority: 10,
  conditions: [{ field: 'path-pattern', pathPatternConfig: { values: ['/reports/*'] } }],
  actions: [{ type: 'forward', targetGroupArn: plaintext.ref }],
});

Validations.of(app).addPlugins(new TransmissionChecks(app));
app.synth();
