// #region quickstart
import { App, Stack, Validations } from 'aws-cdk-lib';
import { Peer, Port } from 'aws-cdk-lib/aws-ec2';
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

Validations.of(app).addPlugins(new TransmissionChecks(app));
app.synth();
// #endregion
