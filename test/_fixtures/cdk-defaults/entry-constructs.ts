import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as appsync from 'aws-cdk-lib/aws-appsync';
import * as certificatemanager from 'aws-cdk-lib/aws-certificatemanager';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as origins from 'aws-cdk-lib/aws-cloudfront-origins';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elasticloadbalancing from 'aws-cdk-lib/aws-elasticloadbalancing';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as route53 from 'aws-cdk-lib/aws-route53';
import * as ses from 'aws-cdk-lib/aws-ses';
import type { DefaultConstruct } from './default-construct';

/** Ways in: APIs, distributions, load balancers, logins, names. */
export const ENTRY_CONSTRUCTS: readonly DefaultConstruct[] = [
  {
    name: 'aws-apigateway.RestApi',
    build: (stack) => void new apigateway.RestApi(stack, 'It').root.addMethod('GET'),
  },
  {
    name: 'aws-apigateway.LambdaRestApi',
    build: (stack, { handler }) => void new apigateway.LambdaRestApi(stack, 'It', { handler }),
  },
  {
    name: 'aws-apigateway.DomainName',
    build: (stack, { certificate }) =>
      void new apigateway.DomainName(stack, 'It', {
        domainName: 'api.example.com',
        certificate,
      }),
  },
  { name: 'aws-apigatewayv2.HttpApi', build: (stack) => void new apigatewayv2.HttpApi(stack, 'It') },
  {
    name: 'aws-apigatewayv2.WebSocketApi',
    build: (stack) => {
      const webSocketApi = new apigatewayv2.WebSocketApi(stack, 'It');
      new apigatewayv2.WebSocketStage(stack, 'Stage', { webSocketApi, stageName: 'live' });
    },
  },
  {
    name: 'aws-apigatewayv2.DomainName',
    build: (stack, { certificate }) =>
      void new apigatewayv2.DomainName(stack, 'It', {
        domainName: 'api.example.com',
        certificate,
      }),
  },
  {
    name: 'aws-appsync.GraphqlApi',
    build: (stack) => {
      const definition = appsync.Definition.fromSchema(new appsync.SchemaFile({ filePath: SCHEMA }));
      new appsync.GraphqlApi(stack, 'It', { name: 'shop', definition });
    },
  },
  {
    name: 'aws-appsync.EventApi',
    build: (stack) => void new appsync.EventApi(stack, 'It', { apiName: 'shop' }),
  },
  {
    name: 'aws-certificatemanager.Certificate',
    build: (stack) => void new certificatemanager.Certificate(stack, 'It', { domainName: 'www.example.com' }),
  },
  {
    name: 'aws-cloudfront.Distribution',
    build: (stack) =>
      void new cloudfront.Distribution(stack, 'It', {
        defaultBehavior: { origin: new origins.HttpOrigin('origin.example.com') },
      }),
  },
  {
    name: 'aws-cloudfront.ResponseHeadersPolicy',
    build: (stack) => void new cloudfront.ResponseHeadersPolicy(stack, 'It'),
  },
  {
    name: 'aws-cloudfront.VpcOrigin',
    build: (stack, { balancer }) => {
      const endpoint = cloudfront.VpcOriginEndpoint.applicationLoadBalancer(balancer);
      new cloudfront.VpcOrigin(stack, 'It', { endpoint });
    },
  },
  { name: 'aws-cognito.UserPool', build: (stack) => void new cognito.UserPool(stack, 'It') },
  {
    name: 'aws-cognito.UserPoolClient',
    build: (stack) => {
      const userPool = cognito.UserPool.fromUserPoolId(stack, 'Pool', 'eu-west-1_shop');
      new cognito.UserPoolClient(stack, 'It', { userPool });
    },
  },
  {
    name: 'aws-cognito.UserPoolDomain',
    build: (stack, { certificate }) => {
      const userPool = cognito.UserPool.fromUserPoolId(stack, 'Pool', 'eu-west-1_shop');
      const customDomain = { domainName: 'login.example.com', certificate };
      new cognito.UserPoolDomain(stack, 'It', { userPool, customDomain });
    },
  },
  { name: 'aws-ec2.Vpc', build: (stack) => void new ec2.Vpc(stack, 'It') },
  {
    name: 'aws-ec2.SecurityGroup',
    build: (stack, { vpc }) => void new ec2.SecurityGroup(stack, 'It', { vpc }),
  },
  { name: 'aws-ec2.NetworkAcl', build: (stack, { vpc }) => void new ec2.NetworkAcl(stack, 'It', { vpc }) },
  {
    name: 'aws-ec2.ClientVpnEndpoint',
    build: (stack, { vpc, certificate: { certificateArn } }) => {
      new ec2.ClientVpnEndpoint(stack, 'It', {
        vpc,
        cidr: '10.100.0.0/16',
        serverCertificateArn: certificateArn,
        clientCertificateArn: certificateArn,
      });
    },
  },
  {
    name: 'aws-elasticloadbalancing.LoadBalancer',
    build: (stack, { vpc }) => {
      const it = new elasticloadbalancing.LoadBalancer(stack, 'It', { vpc });
      it.addListener({ externalPort: 80 });
    },
  },
  {
    name: 'aws-elasticloadbalancingv2.ApplicationLoadBalancer',
    build: (stack, { vpc }) => void new elbv2.ApplicationLoadBalancer(stack, 'It', { vpc }),
  },
  {
    name: 'aws-elasticloadbalancingv2.ApplicationListener',
    build: (stack, { balancer, certificate }) =>
      void new elbv2.ApplicationListener(stack, 'It', {
        loadBalancer: balancer,
        port: 443,
        certificates: [certificate],
        defaultAction: elbv2.ListenerAction.fixedResponse(200),
      }),
  },
  {
    name: 'aws-elasticloadbalancingv2.ApplicationTargetGroup',
    build: (stack, { vpc }) => void new elbv2.ApplicationTargetGroup(stack, 'It', { vpc, port: 80 }),
  },
  {
    name: 'aws-elasticloadbalancingv2.NetworkLoadBalancer',
    build: (stack, { vpc }) => void new elbv2.NetworkLoadBalancer(stack, 'It', { vpc }),
  },
  {
    name: 'aws-elasticloadbalancingv2.NetworkListener',
    build: (stack, { networkBalancer, networkTargets }) =>
      void new elbv2.NetworkListener(stack, 'It', {
        loadBalancer: networkBalancer,
        port: 443,
        defaultTargetGroups: [networkTargets],
      }),
  },
  {
    name: 'aws-elasticloadbalancingv2.NetworkTargetGroup',
    build: (stack, { vpc }) => void new elbv2.NetworkTargetGroup(stack, 'It', { vpc, port: 443 }),
  },
  {
    name: 'aws-lambda.FunctionUrl',
    build: (stack, { handler }) => void new lambda.FunctionUrl(stack, 'It', { function: handler }),
  },
  {
    name: 'aws-route53.PublicHostedZone',
    build: (stack) => void new route53.PublicHostedZone(stack, 'It', { zoneName: 'example.com' }),
  },
  {
    name: 'aws-route53.PrivateHostedZone',
    build: (stack, { vpc }) =>
      void new route53.PrivateHostedZone(stack, 'It', { zoneName: 'shop.internal', vpc }),
  },
  { name: 'aws-ses.ConfigurationSet', build: (stack) => void new ses.ConfigurationSet(stack, 'It') },
  {
    name: 'aws-ses.ReceiptRule',
    build: (stack) => {
      const ruleSet = ses.ReceiptRuleSet.fromReceiptRuleSetName(stack, 'Set', 'mail');
      new ses.ReceiptRule(stack, 'It', { ruleSet });
    },
  },
];

const SCHEMA = 'test/_fixtures/cdk-defaults/schema.graphql';
