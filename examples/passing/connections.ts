import type { Stack } from 'aws-cdk-lib';
import * as acmpca from 'aws-cdk-lib/aws-acmpca';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpAlbIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { IpTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2-targets';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as vpclattice from 'aws-cdk-lib/aws-vpclattice';
import {
  ClientCertificates,
  ClientTrustStore,
  ManagedCertificate,
  PrivateNetwork,
  TargetCertificate,
  TlsContainerService,
  TlsLoadBalancer,
  TrustMaterialBucket,
} from 'cdk-secure-transmission';
import { samplesOf } from './passing-code';

/** A load balancer that partners reach with certificates of their authority, and no other way. */
export function partnerEntry(stack: Stack): void {
  // #region partnerEntry
  const { vpc } = new PrivateNetwork(stack, 'Network');
  const trustStore = new ClientTrustStore(stack, 'Partners', {
    bucket: new TrustMaterialBucket(stack, 'Material').bucket,
    caCertificates: { key: 'partners.pem', version: 'L4kqtJlcpXroDTDmpUMLUo' },
  });
  const entry = new TlsLoadBalancer(stack, 'Entry', {
    vpc,
    certificate: ManagedCertificate.fromManagedCertificateAttributes(stack, 'Certificate', {
      certificateArn: 'arn:aws:acm:eu-west-1:111122223333:certificate/11111111-2222-3333-4444-555555555555',
    }),
    clientCertificates: ClientCertificates.verify(trustStore),
    allowedPeers: [ec2.Peer.ipv4('192.0.2.0/24')],
  });
  entry.addTargets('Invoices', {
    targets: [new IpTarget('10.0.130.10')],
    priority: 10,
    conditions: [elbv2.ListenerCondition.pathPatterns(['/invoices/*'])],
  });
  // #endregion partnerEntry
}

/** A load balancer that answers in clear with nothing but the way to TLS, under names of old too. */
export function formerName(stack: Stack): void {
  // #region formerName
  const { vpc } = new PrivateNetwork(stack, 'Network', { publicSubnets: true });
  const entry = new elbv2.ApplicationLoadBalancer(stack, 'Entry', {
    vpc,
    internetFacing: true,
    dropInvalidHeaderFields: true,
  });
  const clear = entry.addListener('Clear', {
    port: 80,
    defaultAction: elbv2.ListenerAction.redirect({ protocol: 'HTTPS', port: '443', permanent: true }),
  });
  clear.addAction('FormerName', {
    priority: 10,
    conditions: [elbv2.ListenerCondition.hostHeaders(['store.example.com'])],
    action: elbv2.ListenerAction.redirect({
      protocol: 'HTTPS',
      port: '443',
      host: 'shop.example.com',
      permanent: true,
    }),
  });
  // #endregion formerName
}

/** A service of VPC Lattice that calls a function, whose identity AWS vouches for. */
export function latticeFunction(stack: Stack): void {
  // #region latticeFunction
  const handler = new lambda.Function(stack, 'Quote', {
    runtime: lambda.Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline('exports.handler = async () => ({ statusCode: 204 });'),
  });
  const targets = new vpclattice.CfnTargetGroup(stack, 'Targets', {
    type: 'LAMBDA',
    targets: [{ id: handler.functionArn }],
  });
  const service = new vpclattice.CfnService(stack, 'Quotes', { name: 'quotes', authType: 'AWS_IAM' });
  new vpclattice.CfnListener(stack, 'Listener', {
    serviceIdentifier: service.attrId,
    protocol: 'HTTPS',
    defaultAction: { forward: { targetGroups: [{ targetGroupIdentifier: targets.attrId }] } },
  });
  // #endregion latticeFunction
}

/** A REST API whose TLS policy is that of the domain before it. */
export function mappedApi(stack: Stack): void {
  // #region mappedApi
  const api = new apigateway.RestApi(stack, 'Orders', {
    endpointTypes: [apigateway.EndpointType.REGIONAL],
    disableExecuteApiEndpoint: true,
  });
  api.root.addMethod('GET', new apigateway.HttpIntegration('https://orders.internal.example.com/'), {
    authorizationType: apigateway.AuthorizationType.IAM,
  });
  api.addDomainName('Domain', {
    domainName: 'orders.example.com',
    certificate: acm.Certificate.fromCertificateArn(
      stack,
      'Certificate',
      'arn:aws:acm:eu-west-1:111122223333:certificate/11111111-2222-3333-4444-555555555555',
    ),
    endpointType: apigateway.EndpointType.REGIONAL,
    securityPolicy: apigateway.SecurityPolicy.TLS13_1_2_PFS_PQ_2025_09,
    endpointAccessMode: apigateway.EndpointAccessMode.STRICT,
  });
  // The handshake of the domain uses the TLS policy of the API behind it, which the L2 construct does not set.
  const resource = api.node.defaultChild as apigateway.CfnRestApi;
  resource.securityPolicy = 'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09';
  resource.endpointAccessMode = 'STRICT';
  // #endregion mappedApi
}

/** An HTTP API that reaches a load balancer in a network, and looks at its certificate. */
export function apiIntoNetwork(stack: Stack): void {
  // #region apiIntoNetwork
  const { vpc } = new PrivateNetwork(stack, 'Network');
  const orders = new TlsLoadBalancer(stack, 'Orders', {
    vpc,
    certificate: ManagedCertificate.fromManagedCertificateAttributes(stack, 'Certificate', {
      certificateArn: 'arn:aws:acm:eu-west-1:111122223333:certificate/11111111-2222-3333-4444-555555555555',
    }),
    allowedPeers: [ec2.Peer.ipv4(vpc.vpcCidrBlock)],
  });
  orders.addTargets('Orders', { targets: [new IpTarget('10.0.130.10')] });
  new apigatewayv2.HttpApi(stack, 'Api', {
    disableExecuteApiEndpoint: true,
    defaultIntegration: new HttpAlbIntegration('Orders', orders.listener, {
      vpcLink: new apigatewayv2.VpcLink(stack, 'Link', {
        vpc,
        subnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
      }),
      secureServerName: 'orders.internal.example.com',
    }),
  });
  // #endregion apiIntoNetwork
}

/** A service that others call by Service Connect, with certificates of a private authority. */
export function serviceConnect(stack: Stack): void {
  // #region serviceConnect
  const { vpc } = new PrivateNetwork(stack, 'Network', { publicSubnets: true, natGateways: 1 });
  const cluster = new ecs.Cluster(stack, 'Cluster', {
    vpc,
    containerInsightsV2: ecs.ContainerInsights.ENABLED,
    defaultCloudMapNamespace: { name: 'shop.internal', useForServiceConnect: true },
  });
  new TlsContainerService(stack, 'Payments', {
    cluster,
    image: ecs.ContainerImage.fromRegistry('public.ecr.aws/docker/library/node:24'),
    certificate: TargetCertificate.serviceConnect({
      certificateAuthority: acmpca.CertificateAuthority.fromCertificateAuthorityArn(
        stack,
        'Authority',
        'arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/11111111-2222-3333-4444-555555555555',
      ),
    }),
    serviceConnect: { dnsName: 'payments' },
    environment: { ORDERS_TABLE: 'orders' },
    awsEndpoints: [ec2.Peer.anyIpv4()],
  });
  // #endregion serviceConnect
}

/** Samples of this file. */
export const CONNECTIONS = samplesOf('connections.ts', {
  'A load balancer for partners with certificates': { partnerEntry },
  'A former name of a site': { formerName },
  'A function behind VPC Lattice': { latticeFunction },
  'A TLS policy for a domain and its API': { mappedApi },
  'An HTTP API before a network': { apiIntoNetwork },
  'A container behind Service Connect': { serviceConnect },
});
