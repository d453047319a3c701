import { type App, Stack } from 'aws-cdk-lib';
import { type CfnRestApi, LambdaIntegration, RestApi } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Certificate, CertificateValidation } from 'aws-cdk-lib/aws-certificatemanager';
import * as cf from 'aws-cdk-lib/aws-cloudfront';
import {
  FunctionUrlOrigin,
  HttpOrigin,
  LoadBalancerV2Origin,
  OriginGroup,
  RestApiOrigin,
  S3BucketOrigin,
  VpcOrigin,
} from 'aws-cdk-lib/aws-cloudfront-origins';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import * as elb from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { IpTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2-targets';
import { Code, FunctionUrlAuthType, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { ACCOUNT, ENV, type KnownGood } from './known-good';

const SHARED = {
  viewerProtocolPolicy: cf.ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
  responseHeadersPolicy: cf.ResponseHeadersPolicy.SECURITY_HEADERS,
};

const WRITES = {
  ...SHARED,
  viewerProtocolPolicy: cf.ViewerProtocolPolicy.HTTPS_ONLY,
  allowedMethods: cf.AllowedMethods.ALLOW_ALL,
  cachePolicy: cf.CachePolicy.CACHING_DISABLED,
};

/** One distribution in front of every kind of origin. */
function build(app: App): void {
  // The certificate has to be in us-east-1: its ARN comes from another region.
  const global = new Stack(app, 'CloudFrontCertificate', {
    env: { account: ACCOUNT, region: 'us-east-1' },
    crossRegionReferences: true,
  });
  const zone = HostedZone.fromHostedZoneAttributes(global, 'Zone', {
    hostedZoneId: 'Z1111111111111',
    zoneName: 'example.com',
  });
  const certificate = new Certificate(global, 'Certificate', {
    domainName: 'www.example.com',
    validation: CertificateValidation.fromDns(zone),
  });

  const stack = new Stack(app, 'CloudFront', { env: ENV, crossRegionReferences: true });
  const logs = new Bucket(stack, 'Logs', {
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    objectOwnership: ObjectOwnership.OBJECT_WRITER,
  });
  const site = new Bucket(stack, 'Site', {
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    encryption: BucketEncryption.S3_MANAGED,
    serverAccessLogsBucket: logs,
  });
  const fn = new LambdaFunction(stack, 'Function', {
    runtime: Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: Code.fromInline('exports.handler = async () => ({ statusCode: 200 });'),
  });
  const url = fn.addFunctionUrl({ authType: FunctionUrlAuthType.AWS_IAM });
  const rest = new RestApi(stack, 'Rest', { defaultIntegration: new LambdaIntegration(fn) });
  rest.root.addMethod('ANY');
  // What RestApi cannot say: its default endpoint would accept TLS 1.0.
  const cfnRest = rest.node.defaultChild as CfnRestApi;
  cfnRest.addPropertyOverride('SecurityPolicy', 'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09');
  cfnRest.addPropertyOverride('EndpointAccessMode', 'STRICT');
  const http = new HttpApi(stack, 'Http', { defaultIntegration: new HttpLambdaIntegration('Lambda', fn) });
  const vpc = new Vpc(stack, 'Vpc');
  const balancer = (id: string, internetFacing: boolean) => {
    const alb = new elb.ApplicationLoadBalancer(stack, id, { vpc, internetFacing });
    const listener = alb.addListener('Https', {
      port: 443,
      certificates: [
        elb.ListenerCertificate.fromArn(
          stack.formatArn({ service: 'acm', resource: 'certificate', resourceName: id }),
        ),
      ],
      sslPolicy: elb.SslPolicy.TLS13_12_RES_PQ,
    });
    listener.addTargets('Ips', {
      protocol: elb.ApplicationProtocol.HTTPS,
      targets: [new IpTarget('10.0.0.10', 8443)],
      healthCheck: { protocol: elb.Protocol.HTTPS },
    });
    return alb;
  };
  const bucketOrigin = S3BucketOrigin.withOriginAccessControl(site);
  new cf.Distribution(stack, 'Distribution', {
    certificate,
    domainNames: ['www.example.com'],
    minimumProtocolVersion: cf.SecurityPolicyProtocol.TLS_V1_2_2025,
    logBucket: logs,
    defaultBehavior: {
      ...SHARED,
      origin: new OriginGroup({
        primaryOrigin: bucketOrigin,
        fallbackOrigin: new HttpOrigin('fallback.example.com'),
      }),
    },
    additionalBehaviors: {
      '/rest/*': { ...WRITES, origin: new RestApiOrigin(rest) },
      '/http/*': {
        ...WRITES,
        origin: new HttpOrigin(`${http.apiId}.execute-api.${stack.region}.${stack.urlSuffix}`),
      },
      '/fn/*': { ...WRITES, origin: FunctionUrlOrigin.withOriginAccessControl(url) },
      '/alb/*': {
        ...WRITES,
        origin: new LoadBalancerV2Origin(balancer('Public', true), {
          protocolPolicy: cf.OriginProtocolPolicy.HTTPS_ONLY,
        }),
      },
      '/vpc/*': {
        ...WRITES,
        origin: VpcOrigin.withApplicationLoadBalancer(balancer('Private', false), {
          domainName: 'origin.example.com',
          protocolPolicy: cf.OriginProtocolPolicy.HTTPS_ONLY,
        }),
      },
      '/matching/*': {
        ...SHARED,
        origin: new HttpOrigin('match.example.com', { protocolPolicy: cf.OriginProtocolPolicy.MATCH_VIEWER }),
      },
    },
  });
}

export const CLOUDFRONT: KnownGood = {
  area: 'CloudFront',
  build,
  remaining: [
    [
      'warning ApiEndpointIsForwardSecret of CloudFront/Http at ProtocolType',
      'an HTTP API offers RSA key transport, and nothing changes that',
    ],
    [
      'warning ListenerSendsHsts of CloudFront/Public/Https at ListenerAttributes',
      'an internet-facing load balancer can be reached past CloudFront, which sends the header',
    ],
  ],
};
