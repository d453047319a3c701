import { Duration, type Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { IpTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2-targets';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as route53 from 'aws-cdk-lib/aws-route53';
import {
  CertificateAuthorityAuthorization,
  ManagedCertificate,
  PrivateNetwork,
  TlsDistribution,
  TlsLoadBalancer,
  TlsOrigin,
  WebAcl,
  WebAclScope,
} from 'cdk-secure-transmission';

/** A load balancer that speaks TLS on both sides, behind a firewall. */
export function loadBalancer(stack: Stack): void {
  // #region loadBalancer
  const network = new PrivateNetwork(stack, 'Network', { publicSubnets: true });
  const zone = new route53.PublicHostedZone(stack, 'Zone', { zoneName: 'example.com' });
  new CertificateAuthorityAuthorization(stack, 'Authorities', { zone });
  const certificate = new ManagedCertificate(stack, 'Certificate', {
    domainName: 'shop.example.com',
    hostedZones: [zone],
  });
  const entry = new TlsLoadBalancer(stack, 'Entry', {
    vpc: network.vpc,
    certificate,
    internetFacing: true,
    allowedPeers: [ec2.Peer.anyIpv4()],
  });
  entry.addTargets('Shop', {
    targets: [new IpTarget('10.0.130.10')],
    healthCheck: { path: '/health', interval: Duration.seconds(30) },
  });
  entry.connections.allowTo(ec2.Peer.ipv4('10.0.130.10/32'), ec2.Port.tcp(443), 'TLS to the shop');
  new WebAcl(stack, 'Firewall', { scope: WebAclScope.REGIONAL }).protectLoadBalancer(entry);
  // #endregion loadBalancer
}

/** A distribution with a certificate of its own, a firewall and an origin over TLS. */
export function distribution(stack: Stack): void {
  // #region distribution
  const zone = route53.HostedZone.fromHostedZoneAttributes(stack, 'Zone', {
    zoneName: 'example.com',
    hostedZoneId: 'Z0123456789ABCDEFGHIJ',
  });
  const certificate = new ManagedCertificate(stack, 'Certificate', {
    domainName: 'www.example.com',
    hostedZones: [zone],
  });
  new TlsDistribution(stack, 'Edge', {
    certificate,
    domainNames: ['www.example.com'],
    defaultBehavior: { origin: TlsOrigin.httpsHost('origin.example.com') },
    webAcl: new WebAcl(stack, 'Firewall', { scope: WebAclScope.CLOUDFRONT }),
  });
  // #endregion distribution
}

/** A function whose address asks callers who they are, on a runtime that is maintained. */
export function functionUrl(stack: Stack): void {
  // #region functionUrl
  const handler = new lambda.Function(stack, 'Quote', {
    runtime: lambda.Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline('exports.handler = async () => ({ statusCode: 204 });'),
  });
  handler.addFunctionUrl({ authType: lambda.FunctionUrlAuthType.AWS_IAM });
  // #endregion functionUrl
}
