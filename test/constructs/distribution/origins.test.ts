import { App, CfnParameter, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { TlsOrigin } from '../../../lib/constructs/distribution';
import { LogBucket, LogKind } from '../../../lib/constructs/log-store';
import { findingsOf } from '../judged';
import { FLAGS, rendered, resourcesOf, stackIn, statementsOf } from '../support';
import { configurationOf, define, edgeLambdaIn, loadBalancerIn } from './edge';

const VPC_ORIGIN = 'AWS::CloudFront::VpcOrigin';
const OAC = 'AWS::CloudFront::OriginAccessControl';

function stacks(other = 'eu-west-1'): { app: App; region: Stack; edge: Stack } {
  const app = new App({ context: FLAGS });
  const region = new Stack(app, 'Region', { env: { region: other } });
  const edge = new Stack(app, 'Stack', { env: { region: 'us-east-1' } });
  return { app, region, edge };
}

function functionIn(stack: Stack): lambda.Function {
  return new lambda.Function(stack, 'Function', {
    runtime: lambda.Runtime.NODEJS_LATEST,
    handler: 'index.handler',
    code: lambda.Code.fromInline('exports.handler = async () => ({ statusCode: 200 })'),
  });
}

function withOrigin(stack: Stack, origin: TlsOrigin) {
  return define(stack, { defaultBehavior: { origin } });
}

describe('a load balancer as origin', () => {
  const domainName = 'origin.example.com';

  test('is a VPC origin that is reached over TLS 1.2 or newer only, by a name of its certificate', () => {
    const stack = stackIn('us-east-1');
    const loadBalancer = loadBalancerIn(stack);
    withOrigin(stack, TlsOrigin.loadBalancer(loadBalancer, { domainName }));
    rendered(stack).hasResourceProperties(VPC_ORIGIN, {
      VpcOriginEndpointConfig: {
        Arn: stack.resolve(loadBalancer.loadBalancerArn),
        HTTPSPort: 443,
        OriginProtocolPolicy: 'https-only',
        OriginSSLProtocols: ['TLSv1.2'],
      },
    });
    const [id] = Object.keys(resourcesOf(stack, VPC_ORIGIN));
    expect(configurationOf(stack)).toMatchObject({
      Origins: [{ DomainName: domainName, VpcOriginConfig: { VpcOriginId: { 'Fn::GetAtt': [id, 'Id'] } } }],
      DefaultCacheBehavior: {
        CachePolicyId: cloudfront.CachePolicy.CACHING_DISABLED.cachePolicyRef.cachePolicyId,
        OriginRequestPolicyId: cloudfront.OriginRequestPolicy.ALL_VIEWER.originRequestPolicyId,
      },
    });
    expect(findingsOf(stack)).toEqual([]);
  });

  test('of another region is referred to weakly: by an output, without functions and parameters', () => {
    const { app, region, edge } = stacks();
    withOrigin(edge, TlsOrigin.loadBalancer(loadBalancerIn(region), { domainName }));
    app.synth();
    const template = Template.fromStack(edge);
    template.hasResourceProperties(VPC_ORIGIN, {
      VpcOriginEndpointConfig: Match.objectLike({
        Arn: {
          'Fn::GetStackOutput': {
            StackName: 'Region',
            Region: 'eu-west-1',
            OutputName: Match.stringLikeRegexp('^PublishOutputRefEntry'),
          },
        },
      }),
    });
    template.resourceCountIs('AWS::Lambda::Function', 0);
    template.resourceCountIs('Custom::CrossRegionExportReader', 0);
    Template.fromStack(region).resourceCountIs('Custom::CrossRegionExportWriter', 0);
    expect(findingsOf(app)).toEqual([]);
  });

  test('of the same region but another stack keeps its strong reference', () => {
    const { app, region, edge } = stacks('us-east-1');
    withOrigin(edge, TlsOrigin.loadBalancer(loadBalancerIn(region), { domainName }));
    app.synth();
    Template.fromStack(edge).hasResourceProperties(VPC_ORIGIN, {
      VpcOriginEndpointConfig: Match.objectLike({ Arn: { 'Fn::ImportValue': Match.anyValue() } }),
    });
  });

  test.each([cloudfront.LambdaEdgeEventType.ORIGIN_REQUEST, cloudfront.LambdaEdgeEventType.ORIGIN_RESPONSE])(
    'is refused a function of Lambda@Edge on %s, alone and in a pair',
    (eventType) => {
      const stack = stackIn('us-east-1');
      const functionVersion = edgeLambdaIn(stack);
      const single = TlsOrigin.loadBalancer(loadBalancerIn(stack), { domainName });
      for (const origin of [single, TlsOrigin.failover(TlsOrigin.httpsHost('a.example.com'), single)]) {
        expect(() =>
          define(stackIn('us-east-1'), {
            defaultBehavior: { origin, edgeLambdas: [{ eventType, functionVersion }] },
          }),
        ).toThrow(
          "Stack/Edge: 'edgeLambdas' must not run at the origin where that is a load balancer in a network (VPC origin), for which CloudFront has no such functions, run them at the viewer",
        );
      }
    },
  );

  test('may be an imported one of the CDK, on another port', () => {
    const stack = stackIn('us-east-1');
    const loadBalancerArn = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/entry/1';
    const loadBalancer = elbv2.ApplicationLoadBalancer.fromApplicationLoadBalancerAttributes(stack, 'Entry', {
      loadBalancerArn,
      securityGroupId: 'sg-1',
    });
    withOrigin(stack, TlsOrigin.loadBalancer(loadBalancer, { domainName, port: 8443 }));
    rendered(stack).hasResourceProperties(VPC_ORIGIN, {
      VpcOriginEndpointConfig: Match.objectLike({ Arn: loadBalancerArn, HTTPSPort: 8443 }),
    });
  });

  test('is made once, whatever the number of its behaviors', () => {
    const stack = stackIn('us-east-1');
    const origin = TlsOrigin.loadBalancer(loadBalancerIn(stack), { domainName });
    define(stack, { defaultBehavior: { origin }, additionalBehaviors: { '/api/*': { origin } } });
    rendered(stack).resourceCountIs(VPC_ORIGIN, 1);
    expect(configurationOf(stack).Origins).toHaveLength(1);
  });

  test('is refused by the name that AWS gives it, which is in no certificate', () => {
    const stack = stackIn('us-east-1');
    const name = 'internal-entry-1.eu-west-1.elb.amazonaws.com';
    const origin = TlsOrigin.loadBalancer(loadBalancerIn(stack), { domainName: name });
    expect(() => withOrigin(stack, origin)).toThrow(
      `Stack/Edge/Resource/Origin1: the 'domainName' of an origin must be a name in the certificate of the load balancer, which the name that AWS gives it never is, got ${name}`,
    );
  });
});

describe('a bucket as origin', () => {
  test('admits this distribution by origin access control, and is cached and compressed', () => {
    const stack = stackIn('us-east-1');
    const { bucket } = new LogBucket(stack, 'Files', { kind: LogKind.ALB_ACCESS });
    withOrigin(stack, TlsOrigin.bucket(bucket));
    rendered(stack).hasResourceProperties(OAC, {
      OriginAccessControlConfig: Match.objectLike({
        OriginAccessControlOriginType: 's3',
        SigningBehavior: 'always',
        SigningProtocol: 'sigv4',
      }),
    });
    const [id] = Object.keys(resourcesOf(stack, OAC));
    expect(configurationOf(stack)).toMatchObject({
      Origins: [
        {
          DomainName: stack.resolve(bucket.bucketRegionalDomainName),
          OriginAccessControlId: { 'Fn::GetAtt': [id, 'Id'] },
          S3OriginConfig: { OriginAccessIdentity: '' },
        },
      ],
      DefaultCacheBehavior: {
        CachePolicyId: cloudfront.CachePolicy.CACHING_OPTIMIZED.cachePolicyRef.cachePolicyId,
        Compress: true,
      },
    });
    expect(findingsOf(stack)).toEqual([]);
  });

  test('lets CloudFront read for this distribution, and nobody else', () => {
    const stack = stackIn('us-east-1');
    const bucket = new s3.Bucket(stack, 'Files', { enforceSSL: true });
    define(stack, {
      defaultBehavior: { origin: TlsOrigin.bucket(bucket) },
      logBucket: s3.Bucket.fromBucketName(stack, 'Logs', 'logs'),
    });
    const allowed = statementsOf(stack, 'AWS::S3::BucketPolicy').filter(({ Effect }) => Effect === 'Allow');
    const [distribution] = Object.keys(resourcesOf(stack, 'AWS::CloudFront::Distribution'));
    expect(allowed).toEqual([
      {
        Effect: 'Allow',
        Principal: { Service: 'cloudfront.amazonaws.com' },
        Action: 's3:GetObject',
        Resource: { 'Fn::Join': ['', [stack.resolve(bucket.bucketArn), '/*']] },
        Condition: {
          StringEquals: {
            'AWS:SourceArn': { 'Fn::Join': ['', expect.arrayContaining([{ Ref: distribution }])] },
          },
        },
      },
    ]);
  });

  test('is refused as a website, whose endpoint has no TLS', () => {
    const stack = stackIn('us-east-1');
    const bucket = new s3.Bucket(stack, 'Files', { websiteIndexDocument: 'index.html' });
    expect(() => withOrigin(stack, TlsOrigin.bucket(bucket))).toThrow(
      "Stack/Edge/Resource/Origin1: bucket 'Stack/Files' must not be a website, whose endpoint has no TLS, remove 'websiteIndexDocument' and set 'defaultRootObject' on the distribution",
    );
  });

  test('is refused from another stack, whose policy would have to name the distribution', () => {
    const { region, edge } = stacks();
    const { bucket } = new LogBucket(region, 'Files', { kind: LogKind.ALB_ACCESS });
    expect(() => withOrigin(edge, TlsOrigin.bucket(bucket))).toThrow(
      "Stack/Edge/Resource/Origin1: bucket 'Region/Files/Resource' must be in the stack of the distribution, since its policy names the distribution, define it there",
    );
  });
});

describe('a function URL as origin', () => {
  test('admits this distribution by origin access control, over TLS 1.2 or newer', () => {
    const stack = stackIn('us-east-1');
    withOrigin(stack, TlsOrigin.functionUrl(functionIn(stack).addFunctionUrl()));
    rendered(stack).hasResourceProperties(OAC, {
      OriginAccessControlConfig: Match.objectLike({
        OriginAccessControlOriginType: 'lambda',
        SigningBehavior: 'always',
      }),
    });
    const [id] = Object.keys(resourcesOf(stack, OAC));
    expect(configurationOf(stack)).toMatchObject({
      Origins: [
        {
          OriginAccessControlId: { 'Fn::GetAtt': [id, 'Id'] },
          CustomOriginConfig: { OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'] },
        },
      ],
      DefaultCacheBehavior: {
        OriginRequestPolicyId:
          cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER.originRequestPolicyId,
      },
    });
    rendered(stack).allResourcesProperties('AWS::Lambda::Permission', {
      Principal: 'cloudfront.amazonaws.com',
      SourceArn: Match.anyValue(),
    });
    expect(findingsOf(stack)).toEqual([]);
  });

  test('is refused where everyone may call it', () => {
    const stack = stackIn('us-east-1');
    const url = functionIn(stack).addFunctionUrl({ authType: lambda.FunctionUrlAuthType.NONE });
    expect(() => withOrigin(stack, TlsOrigin.functionUrl(url))).toThrow(
      "Stack/Edge/Resource/Origin1: 'authType' of function URL 'Stack/Function/FunctionUrl' must be AWS_IAM, got NONE, which lets everyone past the distribution",
    );
  });

  test('is refused from another region, where the permission cannot be made', () => {
    const { region, edge } = stacks();
    expect(() => withOrigin(edge, TlsOrigin.functionUrl(functionIn(region).addFunctionUrl()))).toThrow(
      "Stack/Edge/Resource/Origin1: function URL 'Region/Function/FunctionUrl' must be in us-east-1, got eu-west-1, since the permission for CloudFront is made beside the distribution, define the function there or put a load balancer before it",
    );
  });
});

describe('any host as origin', () => {
  test('is reached over TLS 1.2 or newer only, and gets all but the name that the viewer asked for', () => {
    const stack = stackIn('us-east-1');
    withOrigin(stack, TlsOrigin.httpsHost('api.example.com', { port: 8443, originPath: '/v1' }));
    expect(configurationOf(stack)).toMatchObject({
      Origins: [
        {
          DomainName: 'api.example.com',
          OriginPath: '/v1',
          CustomOriginConfig: {
            HTTPSPort: 8443,
            OriginProtocolPolicy: 'https-only',
            OriginSSLProtocols: ['TLSv1.2'],
          },
        },
      ],
      DefaultCacheBehavior: {
        OriginRequestPolicyId:
          cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER.originRequestPolicyId,
      },
    });
    expect(findingsOf(stack)).toEqual([]);
  });

  test.each([
    [
      'files.s3-website-eu-west-1.amazonaws.com',
      'must not be a website endpoint of S3, which has no TLS, use TlsOrigin.bucket',
    ],
    [
      'files.s3-website.eu-central-1.amazonaws.com',
      'must not be a website endpoint of S3, which has no TLS, use TlsOrigin.bucket',
    ],
    [
      'files.s3.eu-west-1.amazonaws.com',
      'must not be a bucket, which would have to be public, use TlsOrigin.bucket',
    ],
    ['files.s3.amazonaws.com', 'must not be a bucket, which would have to be public, use TlsOrigin.bucket'],
    [
      'abc.lambda-url.us-east-1.on.aws',
      'must not be a function URL, which would have to be public, use TlsOrigin.functionUrl',
    ],
    ['http://api.example.com', 'must be a fully qualified domain name without scheme, port and path'],
    ['*.example.com', 'must be one host'],
  ])('is refused as %s', (host, problem) => {
    const stack = stackIn('us-east-1');
    expect(() => withOrigin(stack, TlsOrigin.httpsHost(host))).toThrow(
      `Stack/Edge/Resource/Origin1: the 'domainName' of an origin ${problem}, got `,
    );
  });

  test.each(['api.s3x.example.com', 'vault.amazonaws.com.example.org'])('may be %s', (host) => {
    expect(() => withOrigin(stackIn('us-east-1'), TlsOrigin.httpsHost(host))).not.toThrow();
  });

  test.each([80, 22, 444, 65_536, 8443.5])('is refused on port %d, and so is a load balancer', (port) => {
    const stack = stackIn('us-east-1');
    const host = TlsOrigin.httpsHost('api.example.com', { port });
    const balancer = TlsOrigin.loadBalancer(loadBalancerIn(stack), { domainName: 'api.example.com', port });
    for (const origin of [host, balancer]) {
      expect(() => withOrigin(stackIn('us-east-1'), origin)).toThrow(
        `Stack/Edge/Resource/Origin1: 'port' of an origin must be 443 or a whole number from 1024 to 65535, got ${port}, leave it out for 443`,
      );
    }
  });

  test('may have a name that is not known yet', () => {
    const stack = stackIn('us-east-1');
    const host = new CfnParameter(stack, 'Host').valueAsString;
    withOrigin(stack, TlsOrigin.httpsHost(host));
    expect(configurationOf(stack)).toMatchObject({ Origins: [{ DomainName: { Ref: 'Host' } }] });
  });
});
