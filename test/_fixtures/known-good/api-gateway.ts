import { type App, Stack } from 'aws-cdk-lib';
import * as v1 from 'aws-cdk-lib/aws-apigateway';
import * as v2 from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import {
  HttpAlbIntegration,
  HttpLambdaIntegration,
  HttpServiceDiscoveryIntegration,
  HttpUrlIntegration,
  WebSocketLambdaIntegration,
} from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Certificate, CertificateValidation } from 'aws-cdk-lib/aws-certificatemanager';
import { InterfaceVpcEndpointAwsService, Vpc } from 'aws-cdk-lib/aws-ec2';
import * as elb from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { IpTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2-targets';
import { AnyPrincipal, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { PrivateDnsNamespace } from 'aws-cdk-lib/aws-servicediscovery';
import { ENV, type KnownGood } from './known-good';

const POLICY = 'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09';

/** What the L2 cannot say. */
function withTls12(api: v1.RestApiBase): void {
  const cfn = api.node.defaultChild as v1.CfnRestApi;
  cfn.addPropertyOverride('SecurityPolicy', POLICY);
  cfn.addPropertyOverride('EndpointAccessMode', 'STRICT');
}

/** REST, HTTP and WebSocket APIs: with domains, behind links, and private. */
function build(app: App): void {
  const stack = new Stack(app, 'Apis', { env: ENV });
  const vpc = new Vpc(stack, 'Vpc');
  const zone = HostedZone.fromHostedZoneAttributes(stack, 'Zone', {
    hostedZoneId: 'Z1111111111111',
    zoneName: 'example.com',
  });
  const certificate = new Certificate(stack, 'Certificate', {
    domainName: 'api.example.com',
    validation: CertificateValidation.fromDns(zone),
  });
  const fn = new LambdaFunction(stack, 'Function', {
    runtime: Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: Code.fromInline('exports.handler = async () => ({ statusCode: 200 });'),
  });

  const rest = new v1.RestApi(stack, 'Regional', {
    endpointConfiguration: { types: [v1.EndpointType.REGIONAL] },
    disableExecuteApiEndpoint: true,
    domainName: {
      domainName: 'rest.example.com',
      certificate,
      securityPolicy: v1.SecurityPolicy.TLS13_1_2_PFS_PQ_2025_09,
      endpointAccessMode: v1.EndpointAccessMode.STRICT,
    },
  });
  withTls12(rest);
  rest.root.addMethod('GET', new v1.LambdaIntegration(fn));
  rest.root.addMethod('POST', new v1.HttpIntegration('https://backend.example.com/orders'));
  rest.root.addCorsPreflight({ allowOrigins: ['https://www.example.com'] });
  rest.root
    .addResource('queue')
    .addMethod('POST', new v1.AwsIntegration({ service: 'sqs', path: `${stack.account}/orders` }));

  const internal = new elb.NetworkLoadBalancer(stack, 'Nlb', { vpc });
  internal
    .addListener('Tls', {
      port: 443,
      certificates: [certificate],
      sslPolicy: elb.SslPolicy.TLS13_12_RES_PQ,
    })
    .addTargets('Ips', { port: 8443, protocol: elb.Protocol.TLS, targets: [new IpTarget('10.0.0.11')] });
  const link = new v1.VpcLink(stack, 'Link', { targets: [internal] });
  rest.root.addResource('private').addMethod(
    'GET',
    new v1.Integration({
      type: v1.IntegrationType.HTTP_PROXY,
      integrationHttpMethod: 'GET',
      uri: 'https://internal.example.com/',
      options: { connectionType: v1.ConnectionType.VPC_LINK, vpcLink: link },
    }),
  );

  const endpoint = vpc.addInterfaceEndpoint('ExecuteApi', {
    service: InterfaceVpcEndpointAwsService.APIGATEWAY,
  });
  const closed = new v1.LambdaRestApi(stack, 'Private', {
    handler: fn,
    endpointConfiguration: { types: [v1.EndpointType.PRIVATE], vpcEndpoints: [endpoint] },
    policy: new PolicyDocument({
      statements: [
        new PolicyStatement({
          principals: [new AnyPrincipal()],
          actions: ['execute-api:Invoke'],
          resources: ['execute-api:/*'],
        }),
      ],
    }),
  });

  withTls12(closed);

  const spec = new v1.SpecRestApi(stack, 'Spec', {
    apiDefinition: v1.ApiDefinition.fromInline({
      openapi: '3.0.1',
      info: { title: 'orders', version: '1' },
      paths: {
        '/orders': {
          get: {
            responses: {},
            'x-amazon-apigateway-integration': {
              type: 'http_proxy',
              httpMethod: 'GET',
              uri: 'https://backend.example.com/orders',
            },
          },
        },
      },
    }),
  });
  withTls12(spec);

  const domain = new v2.DomainName(stack, 'HttpDomain', { domainName: 'http.example.com', certificate });
  const http = new v2.HttpApi(stack, 'Http', {
    disableExecuteApiEndpoint: true,
    defaultDomainMapping: { domainName: domain },
    defaultAuthorizer: new HttpJwtAuthorizer('Jwt', 'https://idp.example.com', { jwtAudience: ['shop'] }),
    defaultIntegration: new HttpLambdaIntegration('Lambda', fn),
  });
  const alb = new elb.ApplicationLoadBalancer(stack, 'Alb', { vpc });
  const listener = alb.addListener('Https', {
    port: 443,
    certificates: [certificate],
    sslPolicy: elb.SslPolicy.TLS13_12_RES_PQ,
  });
  listener.addTargets('Ips', {
    protocol: elb.ApplicationProtocol.HTTPS,
    targets: [new IpTarget('10.0.0.10', 8443)],
    healthCheck: { protocol: elb.Protocol.HTTPS },
  });
  http.addRoutes({
    path: '/private',
    integration: new HttpAlbIntegration('Alb', listener, { secureServerName: 'api.example.com' }),
  });
  http.addRoutes({
    path: '/public',
    integration: new HttpUrlIntegration('Url', 'https://backend.example.com'),
  });
  const namespace = new PrivateDnsNamespace(stack, 'Namespace', { name: 'internal.example.com', vpc });
  http.addRoutes({
    path: '/mesh',
    integration: new HttpServiceDiscoveryIntegration('Mesh', namespace.createService('Service'), {
      vpcLink: new v2.VpcLink(stack, 'HttpLink', { vpc }),
      secureServerName: 'service.internal.example.com',
    }),
  });

  const socket = new v2.WebSocketApi(stack, 'Socket', {
    connectRouteOptions: { integration: new WebSocketLambdaIntegration('Connect', fn) },
  });
  new v2.WebSocketStage(stack, 'Stage', { webSocketApi: socket, stageName: 'live', autoDeploy: true });
}

export const API_GATEWAY: KnownGood = {
  area: 'API Gateway',
  build,
  remaining: [
    [
      'warning ApiDomainIsForwardSecret of Apis/HttpDomain at DomainNameConfigurations.0.SecurityPolicy',
      'the domain of an HTTP API offers RSA key transport, and nothing changes that',
    ],
    [
      'warning ApiEndpointIsForwardSecret of Apis/Socket at ProtocolType',
      'a WebSocket API offers RSA key transport, and nothing changes that',
    ],
  ],
};
