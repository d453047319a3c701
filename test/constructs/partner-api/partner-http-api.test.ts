import { type App, CfnParameter, Duration, Stack } from 'aws-cdk-lib';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpAlbIntegration, HttpUrlIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { ApiVpcLink } from '../../../lib/constructs/api';
import { TlsLoadBalancer } from '../../../lib/constructs/load-balancer';
import { TrustMaterialBucket } from '../../../lib/constructs/mutual-tls';
import {
  HttpApiAuthorization,
  LoadBalancerIntegration,
  PartnerHttpApi,
  type PartnerHttpApiProps,
} from '../../../lib/constructs/partner-api';
import { synthesised } from '../../checks/synthesised';
import { allPacks, findingsOf } from '../judged';
import { certificateIn, FLAGS, propertiesOfOnly, rendered, resourcesOf, stackIn, zoneIn } from '../support';

const NAME = 'events.example.com';
const ISSUER = 'https://login.partner.example.com/';
const jwt = () => HttpApiAuthorization.jwt({ issuer: ISSUER, audience: ['events'], scopes: ['write'] });

const handlerIn = (stack: Stack, name = 'payments') =>
  lambda.Function.fromFunctionAttributes(stack, name, {
    functionArn: `arn:aws:lambda:eu-west-1:111122223333:function:${name}`,
    sameEnvironment: true,
  });

/** A network that exists already. */
const vpcIn = (stack: Stack) =>
  ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-1',
    availabilityZones: ['eu-west-1a', 'eu-west-1b'],
    privateSubnetIds: ['subnet-1', 'subnet-2'],
  });

function define(
  more: Partial<PartnerHttpApiProps> | ((stack: Stack) => Partial<PartnerHttpApiProps>) = {},
  flags: Record<string, unknown> = FLAGS,
) {
  const stack = stackIn('eu-west-1', flags);
  const given = typeof more === 'function' ? more(stack) : more;
  const api = new PartnerHttpApi(stack, 'Events', {
    domainName: NAME,
    certificate: certificateIn(stack),
    authorization: jwt(),
    ...given,
  });
  return { stack, api };
}

describe.each([
  ['under the flags of the baseline', FLAGS],
  ['without any feature flag', {}],
])('PartnerHttpApi %s', (_, flags) => {
  test('has one way in: a domain from TLS 1.2 on', () => {
    const { stack } = define({}, flags);
    expect(propertiesOfOnly(stack, 'AWS::ApiGatewayV2::Api')).toMatchObject({
      DisableExecuteApiEndpoint: true,
      ProtocolType: 'HTTP',
    });
    expect(propertiesOfOnly(stack, 'AWS::ApiGatewayV2::DomainName')).toEqual({
      DomainName: NAME,
      DomainNameConfigurations: [
        {
          CertificateArn: 'arn:aws:acm:eu-west-1:111122223333:certificate/Certificate',
          EndpointType: 'REGIONAL',
          SecurityPolicy: 'TLS_1_2',
        },
      ],
    });
    const [api] = Object.keys(resourcesOf(stack, 'AWS::ApiGatewayV2::Api'));
    expect(propertiesOfOnly(stack, 'AWS::ApiGatewayV2::ApiMapping')).toMatchObject({ ApiId: { Ref: api } });
  });

  test('lets in tokens of one issuer for one audience, each verified by API Gateway', () => {
    const { stack, api } = define({}, flags);
    api.addRoute('POST /events', handlerIn(stack));
    api.addRoute('GET /events/{id}', handlerIn(stack, 'read'));
    const [authorizer] = Object.keys(resourcesOf(stack, 'AWS::ApiGatewayV2::Authorizer'));
    expect(propertiesOfOnly(stack, 'AWS::ApiGatewayV2::Authorizer')).toMatchObject({
      AuthorizerType: 'JWT',
      IdentitySource: ['$request.header.Authorization'],
      JwtConfiguration: { Audience: ['events'], Issuer: ISSUER },
    });
    const routes = Object.values(resourcesOf(stack, 'AWS::ApiGatewayV2::Route')).map(
      ({ Properties }) => Properties,
    );
    expect(routes.map(({ RouteKey }) => RouteKey)).toEqual(['POST /events', 'GET /events/{id}']);
    for (const route of routes) {
      expect(route).toMatchObject({
        AuthorizationType: 'JWT',
        AuthorizationScopes: ['write'],
        AuthorizerId: { Ref: authorizer },
      });
    }
  });

  test('asks clients for certificates of a pinned bundle where that is wanted', () => {
    const { stack } = define(
      (around) => ({
        clientTrust: {
          bucket: new TrustMaterialBucket(around, 'Trust').bucket,
          caCertificates: { key: 'partners.pem', version: 'v1' },
        },
        ownershipCertificate: certificateIn(around, 'Ownership'),
      }),
      flags,
    );
    const [bucket] = Object.keys(resourcesOf(stack, 'AWS::S3::Bucket'));
    expect(propertiesOfOnly(stack, 'AWS::ApiGatewayV2::DomainName')).toMatchObject({
      DomainNameConfigurations: [
        {
          OwnershipVerificationCertificateArn: 'arn:aws:acm:eu-west-1:111122223333:certificate/Ownership',
          SecurityPolicy: 'TLS_1_2',
        },
      ],
      MutualTlsAuthentication: {
        TruststoreUri: { 'Fn::Join': ['', ['s3://', { Ref: bucket }, '/partners.pem']] },
        TruststoreVersion: 'v1',
      },
    });
  });

  test('writes an encrypted log of who called, without what HTTP APIs cannot tell', () => {
    const { stack } = define({}, flags);
    const stage = propertiesOfOnly(stack, 'AWS::ApiGatewayV2::Stage') as {
      AccessLogSettings: { Format: string };
    };
    expect(stage).toMatchObject({
      // A stage of another name stands before each path that functions and load balancers get.
      StageName: '$default',
      AutoDeploy: true,
      DefaultRouteSettings: {
        DetailedMetricsEnabled: true,
        ThrottlingBurstLimit: 200,
        ThrottlingRateLimit: 100,
      },
    });
    const format = JSON.parse(stage.AccessLogSettings.Format);
    expect(format).toMatchObject({
      requestId: '$context.requestId',
      routeKey: '$context.routeKey',
      status: '$context.status',
      clientCertificateSubject: '$context.identity.clientCert.subjectDN',
      authorizerSubject: '$context.authorizer.claims.sub',
    });
    expect(Object.keys(format)).not.toContain('tlsVersion');
    expect(propertiesOfOnly(stack, 'AWS::Logs::LogGroup')).toMatchObject({ KmsKeyId: expect.anything() });
  });
});

/** The variables of the page "Customize HTTP API access logs" (read 2026-11-23), without those that hold messages. */
const KNOWN_TO_HTTP_APIS = [
  'accountId',
  'apiId',
  'authorizer.claims.sub',
  'domainName',
  'error.responseType',
  'httpMethod',
  'identity.accountId',
  'identity.caller',
  'identity.clientCert.issuerDN',
  'identity.clientCert.serialNumber',
  'identity.clientCert.subjectDN',
  'identity.clientCert.validity.notAfter',
  'identity.principalOrgId',
  'identity.sourceIp',
  'identity.userArn',
  'integration.latency',
  'integration.requestId',
  'integration.status',
  'protocol',
  'requestId',
  'requestTime',
  'requestTimeEpoch',
  'responseLatency',
  'responseLength',
  'routeKey',
  'stage',
  'status',
];

describe('PartnerHttpApi', () => {
  test('asks its access log for variables that AWS documents for HTTP APIs, and for no other', () => {
    const { stack } = define();
    const stage = propertiesOfOnly(stack, 'AWS::ApiGatewayV2::Stage') as {
      AccessLogSettings: { Format: string };
    };
    const asked: string[] = Object.values(JSON.parse(stage.AccessLogSettings.Format));
    expect(asked.toSorted()).toEqual(KNOWN_TO_HTTP_APIS.map((name) => `$context.${name}`));
  });

  test('calls a load balancer in a network over TLS, and verifies its name', () => {
    const { stack, api } = define();
    const vpc = vpcIn(stack);
    const target = new TlsLoadBalancer(stack, 'Ledger', {
      vpc,
      certificate: certificateIn(stack, 'Ledger2'),
    });
    const vpcLink = new ApiVpcLink(stack, 'Link', { vpc });
    const ledger = new LoadBalancerIntegration('Ledger', {
      vpcLink,
      target,
      serverName: 'ledger.example.com',
    });
    api.addRoute('GET /ledger/{id}', ledger);
    api.addRoute('POST /ledger', ledger);
    expect(propertiesOfOnly(stack, 'AWS::ApiGatewayV2::Integration')).toMatchObject({
      ConnectionId: { Ref: Object.keys(resourcesOf(stack, 'AWS::ApiGatewayV2::VpcLink'))[0] },
      ConnectionType: 'VPC_LINK',
      IntegrationMethod: 'ANY',
      IntegrationType: 'HTTP_PROXY',
      IntegrationUri: { Ref: Object.keys(resourcesOf(stack, 'AWS::ElasticLoadBalancingV2::Listener'))[0] },
      TlsConfig: { ServerNameToVerify: 'ledger.example.com' },
    });
    const ingress = Object.values(resourcesOf(stack, 'AWS::EC2::SecurityGroupIngress'));
    expect(ingress.map(({ Properties }) => [Properties.FromPort, Properties.ToPort])).toEqual([[443, 443]]);
  });

  test('takes signatures of AWS, and the word of a function that is asked each time', () => {
    const { stack, api } = define({ authorization: HttpApiAuthorization.iam() });
    api.addRoute('GET /signed', handlerIn(stack));
    api.addRoute('GET /asked', handlerIn(stack, 'asked'), {
      authorization: HttpApiAuthorization.lambda(handlerIn(stack, 'authorizer')),
    });
    const types = Object.values(resourcesOf(stack, 'AWS::ApiGatewayV2::Route')).map(
      ({ Properties }) => Properties.AuthorizationType,
    );
    expect(types).toEqual(['AWS_IAM', 'CUSTOM']);
    expect(propertiesOfOnly(stack, 'AWS::ApiGatewayV2::Authorizer')).toMatchObject({
      AuthorizerType: 'REQUEST',
      AuthorizerResultTtlInSeconds: 0,
      IdentitySource: ['$request.header.Authorization'],
    });
  });

  test('has metrics by id, alarms on them, a record, and grants for its routes', () => {
    const { stack, api } = define((around) => ({ hostedZone: zoneIn(around) }));
    const role = new iam.Role(stack, 'Caller', { assumedBy: new iam.AccountPrincipal('444455556666') });
    api.grantInvoke(role, { method: 'GET', path: '/events/{id}' });
    expect(api.metricClientErrors()).toMatchObject({ metricName: '4xx', namespace: 'AWS/ApiGateway' });
    expect(Object.keys(api.metricServerErrors().dimensions ?? {})).toEqual(['ApiId', 'Stage']);
    expect(api.url).toBe(`https://${NAME}/`);
    expect(api.httpApiId).toBe(api.api.apiId);
    expect(propertiesOfOnly(stack, 'AWS::Route53::RecordSet')).toMatchObject({ Name: `${NAME}.`, Type: 'A' });
    const alarms = Object.values(resourcesOf(stack, 'AWS::CloudWatch::Alarm'));
    expect(alarms).toHaveLength(4);
    expect(JSON.stringify(alarms)).toContain('"MetricName":"4xx"');
    expect(JSON.stringify(resourcesOf(stack, 'AWS::IAM::Policy'))).toContain('/GET/events/*');
  });

  test('of another app can be measured', () => {
    const stack = stackIn('eu-west-1');
    const api = PartnerHttpApi.fromPartnerHttpApiAttributes(stack, 'Events', {
      httpApiId: 'abc123',
      domainName: NAME,
    });
    expect(api.metricCount().dimensions).toEqual({ ApiId: 'abc123', Stage: '$default' });
    expect(api.url).toBe(`https://${NAME}/`);
  });

  test('no pack of ours and not cdk-nag finds more than what only the app can say', () => {
    const { findings } = synthesised(
      (app: App) => {
        const stack = new Stack(app, 'Stack', { env: { region: 'eu-west-1' } });
        const api = new PartnerHttpApi(stack, 'Events', {
          domainName: NAME,
          certificate: certificateIn(stack),
          authorization: jwt(),
        });
        api.addRoute('POST /events', handlerIn(stack));
      },
      allPacks,
      { context: FLAGS },
    );
    const left = findings.filter(({ severity }) => severity !== 'info').map(({ rule }) => rule);
    expect([...new Set(left)].toSorted()).toEqual([
      'PciDss401Checks-CertificateIsInventoried',
      'PciDss401Checks-DataStoreIsClassified',
      // TLS_1_2 offers RSA key transport, and HTTP APIs have no other TLS policy.
      'TransmissionChecks-ApiDomainIsForwardSecret',
    ]);
  });
});

test('with mutual TLS nobody is told to choose a TLS policy that AWS has not', () => {
  const { stack } = define((around) => ({
    clientTrust: {
      bucket: new TrustMaterialBucket(around, 'Trust').bucket,
      caCertificates: { key: 'partners.pem', version: 'v1' },
    },
  }));
  expect(findingsOf(stack)).toEqual([]);
});

describe('PartnerHttpApi refuses', () => {
  test.each<[string, string, string]>([
    [
      'plain HTTP',
      'http://login.example.com/',
      `'issuer' must be an https:// URL, as the claim iss has it, got "http://login.example.com/", use https`,
    ],
    [
      'no URL',
      'login.example.com',
      `'issuer' must be an https:// URL, as the claim iss has it, got "login.example.com", name the whole URL`,
    ],
    [
      'a query',
      'https://login.example.com/?a=b',
      `'issuer' must be an https:// URL, as the claim iss has it, without credentials, query and fragment, got some, take them out`,
    ],
  ])('an issuer with %s', (_, issuer, message) => {
    const { stack, api } = define({
      authorization: HttpApiAuthorization.jwt({ issuer, audience: ['events'] }),
    });
    expect(() => api.addRoute('GET /', handlerIn(stack))).toThrow(`Stack/Events: ${message}`);
  });

  test('an issuer of http that is known at deployment only', () => {
    const { stack, api } = define((around) => ({
      authorization: HttpApiAuthorization.jwt({
        issuer: `http://${new CfnParameter(around, 'Host').valueAsString}/`,
        audience: ['events'],
      }),
    }));
    expect(() => api.addRoute('GET /', handlerIn(stack))).toThrow(
      `'issuer' must be an https:// URL, as the claim iss has it, got one that begins with "http:", use https`,
    );
  });

  test('tokens for whomever', () => {
    const { stack, api } = define({
      authorization: HttpApiAuthorization.jwt({ issuer: ISSUER, audience: [] }),
    });
    expect(() => api.addRoute('GET /', handlerIn(stack))).toThrow(
      "Stack/Events: 'audience' must name for whom tokens are issued, got nothing, or tokens for other services of the issuer would do",
    );
  });

  test('an authorizer that is asked for nothing, or too seldom', () => {
    const { stack, api } = define();
    const handler = handlerIn(stack);
    expect(() =>
      api.addRoute('GET /', handler, {
        authorization: HttpApiAuthorization.lambda(handler, { identitySources: [] }),
      }),
    ).toThrow(
      "'identitySources' must not be empty, since the function would be asked about requests without any proof, name what it decides by",
    );
    expect(() =>
      api.addRoute('GET /', handler, {
        authorization: HttpApiAuthorization.lambda(handler, { cacheTtl: Duration.hours(2) }),
      }),
    ).toThrow(
      "'cacheTtl' must be at most an hour, which is what API Gateway takes, got 7200 seconds, shorten it",
    );
  });

  test.each<[string, string]>([
    [
      '*.example.com',
      '\'serverName\' must be one exact name, got "*.example.com", name one that the certificate is valid for',
    ],
    ['10.0.0.1', '\'serverName\' must be a fully qualified domain name, not an IP address, got "10.0.0.1"'],
  ])('to verify the name %s', (serverName, message) => {
    const { stack, api } = define();
    const vpc = vpcIn(stack);
    const target = new TlsLoadBalancer(stack, 'Ledger', {
      vpc,
      certificate: certificateIn(stack, 'Ledger2'),
    });
    const integration = new LoadBalancerIntegration('Ledger', {
      vpcLink: new ApiVpcLink(stack, 'Link', { vpc }),
      target,
      serverName,
    });
    expect(() => api.addRoute('GET /', integration)).toThrow(message);
  });

  test('to be synthesised with a route that anybody may call', () => {
    const { stack, api } = define();
    new apigatewayv2.HttpRoute(stack, 'Open', {
      httpApi: api.api,
      routeKey: apigatewayv2.HttpRouteKey.with('/open', apigatewayv2.HttpMethod.GET),
      integration: new HttpUrlIntegration('Url', 'https://example.com/'),
    });
    expect(() => rendered(stack)).toThrow(
      'routes must ask callers who they are, got GET /open, add them by addRoute, or give them an authorizer',
    );
  });

  test('to be synthesised with a route that an override opens', () => {
    const { stack, api } = define();
    for (const { node } of api.addRoute('GET /opened', handlerIn(stack))) {
      (node.defaultChild as apigatewayv2.CfnRoute).addPropertyOverride('AuthorizationType', 'NONE');
    }
    expect(() => rendered(stack)).toThrow(/routes must ask callers who they are, got GET \/opened, /);
  });

  test('to be synthesised with an integration that goes on in clear, by URL or over a VPC link', () => {
    const { stack, api } = define();
    api.addRoute('GET /plain', new HttpUrlIntegration('Plain', 'http://example.com/'));
    const vpc = vpcIn(stack);
    const listener = elbv2.ApplicationListener.fromApplicationListenerAttributes(stack, 'Listener', {
      listenerArn: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/ledger/1/2',
      securityGroup: ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1'),
    });
    const { vpcLink } = new ApiVpcLink(stack, 'Link', { vpc });
    api.addRoute('GET /unverified', new HttpAlbIntegration('Unverified', listener, { vpcLink }));
    expect(() => rendered(stack)).toThrow(
      /integrations must go on over TLS, got Stack\/Events\/Api\/GET--plain\/Plain, Stack\/Events\/Api\/GET--unverified\/Unverified, name an https:\/\/ URL/,
    );
  });
});
