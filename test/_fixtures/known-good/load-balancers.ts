import { type App, Stack } from 'aws-cdk-lib';
import { Certificate, CertificateValidation, KeyAlgorithm } from 'aws-cdk-lib/aws-certificatemanager';
import { UserPool, UserPoolClient, UserPoolDomain } from 'aws-cdk-lib/aws-cognito';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import * as elb from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { AuthenticateCognitoAction } from 'aws-cdk-lib/aws-elasticloadbalancingv2-actions';
import { AlbListenerTarget, IpTarget, LambdaTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2-targets';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { ENV, type KnownGood } from './known-good';

const HSTS = {
  key: 'routing.http.response.strict_transport_security.header_value',
  value: 'max-age=31536000; includeSubDomains',
};

function httpsTargets(stack: Stack, id: string, vpc: Vpc): elb.ApplicationTargetGroup {
  return new elb.ApplicationTargetGroup(stack, id, {
    vpc,
    protocol: elb.ApplicationProtocol.HTTPS,
    targets: [new IpTarget('10.0.0.10', 8443)],
    healthCheck: { protocol: elb.Protocol.HTTPS, path: '/health' },
  });
}

/** Application, network and gateway load balancers, with every kind of action that leads to TLS. */
function build(app: App): void {
  const stack = new Stack(app, 'LoadBalancers', { env: ENV });
  const vpc = new Vpc(stack, 'Vpc');
  const zone = HostedZone.fromHostedZoneAttributes(stack, 'Zone', {
    hostedZoneId: 'Z1111111111111',
    zoneName: 'example.com',
  });
  const certificate = new Certificate(stack, 'Certificate', {
    domainName: 'shop.example.com',
    subjectAlternativeNames: ['api.example.com'],
    validation: CertificateValidation.fromDns(zone),
    keyAlgorithm: KeyAlgorithm.EC_PRIME256V1,
  });
  const alb = new elb.ApplicationLoadBalancer(stack, 'Alb', {
    vpc,
    internetFacing: true,
    ipAddressType: elb.IpAddressType.DUAL_STACK,
    dropInvalidHeaderFields: true,
  });
  alb.addRedirect();
  const blue = httpsTargets(stack, 'Blue', vpc);
  const green = httpsTargets(stack, 'Green', vpc);
  const https = alb.addListener('Https', {
    port: 443,
    protocol: elb.ApplicationProtocol.HTTPS,
    certificates: [certificate],
    sslPolicy: elb.SslPolicy.TLS13_12_RES_PQ,
    defaultAction: elb.ListenerAction.weightedForward([
      { targetGroup: blue, weight: 9 },
      { targetGroup: green, weight: 1 },
    ]),
  });
  (https.node.defaultChild as elb.CfnListener).listenerAttributes = [HSTS];
  https.addCertificates('Further', [
    elb.ListenerCertificate.fromArn(
      stack.formatArn({ service: 'acm', resource: 'certificate', resourceName: 'further' }),
    ),
  ]);
  const users = new UserPool(stack, 'Users');
  https.addAction('SignedIn', {
    priority: 10,
    conditions: [elb.ListenerCondition.pathPatterns(['/account/*'])],
    action: new AuthenticateCognitoAction({
      userPool: users,
      userPoolClient: new UserPoolClient(stack, 'Client', { userPool: users }),
      userPoolDomain: new UserPoolDomain(stack, 'Domain', {
        userPool: users,
        cognitoDomain: { domainPrefix: 'shop-example' },
      }),
      next: elb.ListenerAction.forward([blue]),
    }),
  });
  const fn = new LambdaFunction(stack, 'Function', {
    runtime: Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: Code.fromInline('exports.handler = async () => ({ statusCode: 200 });'),
  });
  https.addTargets('Serverless', {
    priority: 20,
    conditions: [elb.ListenerCondition.pathPatterns(['/fn/*'])],
    targets: [new LambdaTarget(fn)],
  });
  const refusing = alb.addListener('Refusing', {
    port: 8080,
    protocol: elb.ApplicationProtocol.HTTP,
    defaultAction: elb.ListenerAction.fixedResponse(403),
  });
  refusing.addAction('Redirected', {
    priority: 1,
    conditions: [elb.ListenerCondition.hostHeaders(['shop.example.com'])],
    action: elb.ListenerAction.redirect({ protocol: 'HTTPS', port: '443', permanent: true }),
  });

  const nlb = new elb.NetworkLoadBalancer(stack, 'Nlb', { vpc, internetFacing: true });
  nlb
    .addListener('Tls', {
      port: 443,
      protocol: elb.Protocol.TLS,
      certificates: [certificate],
      sslPolicy: elb.SslPolicy.TLS13_12_RES_PQ,
    })
    .addTargets('Ips', { port: 8443, protocol: elb.Protocol.TLS, targets: [new IpTarget('10.0.0.11')] });
  // Fixed addresses in front of the ALB: TLS passes through, and ends there.
  nlb.addListener('ToAlb', { port: 8443, protocol: elb.Protocol.TCP }).addTargets('Alb', {
    port: 443,
    targets: [new AlbListenerTarget(https)],
    healthCheck: { protocol: elb.Protocol.HTTPS },
  });

  const gateway = new elb.CfnLoadBalancer(stack, 'Gateway', { type: 'gateway' });
  const appliances = new elb.CfnTargetGroup(stack, 'Appliances', {
    protocol: 'GENEVE',
    port: 6081,
    vpcId: vpc.vpcId,
    targetType: 'instance',
  });
  new elb.CfnListener(stack, 'GatewayListener', {
    loadBalancerArn: gateway.ref,
    defaultActions: [{ type: 'forward', targetGroupArn: appliances.ref }],
  });
}

export const LOAD_BALANCERS: KnownGood = { area: 'load balancers', build, remaining: [] };
