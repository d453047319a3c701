import {
  type App,
  aws_certificatemanager as acm,
  aws_apigateway as apigateway,
  CfnResource,
  aws_cloudfront as cloudfront,
  Duration,
  aws_dms as dms,
  aws_ec2 as ec2,
  aws_ecs as ecs,
  aws_elasticache as elasticache,
  aws_elasticloadbalancingv2 as elbv2,
  aws_iam as iam,
  aws_kms as kms,
  aws_msk as msk,
  NestedStack,
  aws_opensearchservice as opensearch,
  aws_cloudfront_origins as origins,
  aws_ecs_patterns as patterns,
  aws_rds as rds,
  Stack,
  Stage,
  aws_s3 as s3,
  aws_sns as sns,
  aws_sqs as sqs,
} from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/**
 * A shop as people write it, with a fault on each line that has such a comment above it: `// fault: <rule>`.
 *
 * `repaired` builds the same shop without them. Faults come by L2, L1, override, plain CfnResource, nested stack,
 * Stage and a pattern that nests deeper than the ten frames of V8.
 */
export function buildShop(app: App, repaired: boolean): void {
  const env = { region: 'us-east-1' };
  new EdgeStack(app, 'Edge', repaired, env);
  new WebStack(app, 'Web', repaired, env);
  new PatternStack(new Stage(app, 'Prod', { env }), 'Pattern', repaired, env);
  new DataStack(app, 'Data', repaired, env);
}

const GOOD_POLICY = elbv2.SslPolicy.TLS13_12_RES_PQ;
const HSTS = 'max-age=63072000; includeSubDomains; preload';
const CERTIFICATE = 'arn:aws:acm:us-east-1:111122223333:certificate/00000000-0000-0000-0000-000000000000';
const IAM_CERTIFICATE = 'arn:aws:iam::111122223333:server-certificate/old';

interface Env {
  readonly region: string;
}

class EdgeStack extends Stack {
  constructor(scope: Construct, id: string, repaired: boolean, env: Env) {
    super(scope, id, { env });
    const certificate = acm.Certificate.fromCertificateArn(this, 'Imported', CERTIFICATE);
    const headers = new cloudfront.ResponseHeadersPolicy(this, 'Headers', {
      securityHeadersBehavior: {
        strictTransportSecurity: {
          accessControlMaxAge: Duration.days(730),
          includeSubdomains: true,
          override: true,
        },
      },
    });
    const https = new origins.HttpOrigin('origin.example.com', {
      protocolPolicy: cloudfront.OriginProtocolPolicy.HTTPS_ONLY,
      originSslProtocols: [cloudfront.OriginSslPolicy.TLS_V1_2],
    });
    const behaviour = {
      origin: https,
      responseHeadersPolicy: headers,
      viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.HTTPS_ONLY,
    };
    const tls = { certificate, domainNames: ['shop.example.com'], minimumProtocolVersion: VIEWER_POLICY };
    // One fault each: a distribution is one construct, so its line cannot tell two apart.
    // fault: DistributionHasOwnCertificate
    new cloudfront.Distribution(this, 'NoCertificate', {
      defaultBehavior: behaviour,
      ...(repaired ? tls : {}),
    });
    // fault: DistributionServesOnlyTls
    new cloudfront.Distribution(this, 'AllowsHttp', {
      ...tls,
      defaultBehavior: {
        ...behaviour,
        viewerProtocolPolicy: repaired
          ? behaviour.viewerProtocolPolicy
          : cloudfront.ViewerProtocolPolicy.ALLOW_ALL,
      },
    });
    // fault: OriginIsEncrypted
    new cloudfront.Distribution(this, 'PlainOrigin', {
      ...tls,
      defaultBehavior: {
        ...behaviour,
        origin: repaired
          ? https
          : new origins.HttpOrigin('old.example.com', {
              protocolPolicy: cloudfront.OriginProtocolPolicy.HTTP_ONLY,
            }),
      },
    });
    // fault: ApiDomainRequiresTls12
    const domain = new apigateway.CfnDomainName(this, 'ApiDomain', {
      domainName: 'api.example.com',
      regionalCertificateArn: CERTIFICATE,
      endpointConfiguration: { types: ['REGIONAL'] },
      endpointAccessMode: repaired ? 'STRICT' : undefined,
      securityPolicy: repaired ? 'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09' : 'TLS_1_0',
    });
    domain.tags.setTag('part', 'edge');
  }
}

const VIEWER_POLICY = cloudfront.SecurityPolicyProtocol.TLS_V1_2_2025;

class WebStack extends Stack {
  constructor(scope: Construct, id: string, repaired: boolean, env: Env) {
    super(scope, id, { env });
    const vpc = new ec2.Vpc(this, 'Vpc', { natGateways: 0, maxAzs: 2 });
    const balancer = new elbv2.ApplicationLoadBalancer(this, 'Balancer', {
      vpc,
      internetFacing: true,
      dropInvalidHeaderFields: true,
    });
    const certificates = [elbv2.ListenerCertificate.fromArn(CERTIFICATE)];
    const targets = new elbv2.ApplicationTargetGroup(this, 'Targets', {
      vpc,
      port: 443,
      protocol: elbv2.ApplicationProtocol.HTTPS,
      targetType: elbv2.TargetType.IP,
      healthCheck: { protocol: elbv2.Protocol.HTTPS },
    });
    const forward = elbv2.ListenerAction.forward([targets]);

    // fault: ListenerRequiresTls12
    const old = balancer.addListener('NoPolicy', {
      port: 8443,
      protocol: elbv2.ApplicationProtocol.HTTPS,
      certificates,
      sslPolicy: repaired ? GOOD_POLICY : undefined,
      defaultAction: forward,
    });
    // fault: ListenerRequiresTls12
    const lowered = balancer.addListener('Lowered', {
      port: 443,
      protocol: elbv2.ApplicationProtocol.HTTPS,
      certificates,
      sslPolicy: GOOD_POLICY,
      defaultAction: forward,
    });
    // override of Lowered
    if (!repaired)
      (lowered.node.defaultChild as elbv2.CfnListener).addPropertyOverride(
        'SslPolicy',
        'ELBSecurityPolicy-TLS13-1-0-2021-06',
      );
    // fault: ListenerCertificateIsManaged
    const iamCertificate = balancer.addListener('IamCertificate', {
      port: 9443,
      protocol: elbv2.ApplicationProtocol.HTTPS,
      certificates: [elbv2.ListenerCertificate.fromArn(repaired ? CERTIFICATE : IAM_CERTIFICATE)],
      sslPolicy: GOOD_POLICY,
      defaultAction: forward,
    });
    for (const listener of [old, lowered, iamCertificate]) sendHsts(listener);
    // fault: ListenerIsEncrypted
    const plain = balancer.addListener('Plain', {
      port: 8080,
      protocol: elbv2.ApplicationProtocol.HTTP,
      defaultAction: repaired ? redirect() : forward,
    });
    plain.connections.allowDefaultPortFromAnyIpv4();
    const redirecting = balancer.addListener('Redirect', {
      port: 80,
      protocol: elbv2.ApplicationProtocol.HTTP,
      defaultAction: redirect(),
    });
    // fault: ListenerRuleForwardsOnlyTls
    new elbv2.ApplicationListenerRule(this, 'BackDoor', {
      listener: redirecting,
      priority: 1,
      conditions: [elbv2.ListenerCondition.pathPatterns(['/old'])],
      action: repaired ? redirect() : forward,
    });
    // fault: TargetGroupIsEncrypted
    new elbv2.ApplicationTargetGroup(this, 'PlainTargets', {
      vpc,
      port: repaired ? 443 : 80,
      protocol: repaired ? elbv2.ApplicationProtocol.HTTPS : elbv2.ApplicationProtocol.HTTP,
      targetType: elbv2.TargetType.IP,
      healthCheck: { protocol: elbv2.Protocol.HTTPS },
    });
    // fault: HealthCheckIsEncrypted
    new elbv2.ApplicationTargetGroup(this, 'PlainHealthCheck', {
      vpc,
      port: 443,
      protocol: elbv2.ApplicationProtocol.HTTPS,
      targetType: elbv2.TargetType.IP,
      healthCheck: { protocol: repaired ? elbv2.Protocol.HTTPS : elbv2.Protocol.HTTP },
    });
  }
}

/** The listener is made by a pattern: its line is the line that made the pattern. */
class PatternStack extends Stack {
  constructor(scope: Construct, id: string, repaired: boolean, env: Env) {
    super(scope, id, { env });
    const vpc = new ec2.Vpc(this, 'Vpc', { natGateways: 0, maxAzs: 2 });
    // fault: ListenerIsEncrypted
    const service = new patterns.ApplicationLoadBalancedFargateService(this, 'Service', {
      vpc,
      taskImageOptions: {
        image: ecs.ContainerImage.fromRegistry('registry.example.com/shop'),
        containerPort: 443,
      },
      targetProtocol: elbv2.ApplicationProtocol.HTTPS,
      minHealthyPercent: 100,
      ...(repaired
        ? {
            protocol: elbv2.ApplicationProtocol.HTTPS,
            certificate: acm.Certificate.fromCertificateArn(this, 'Imported', CERTIFICATE),
            sslPolicy: GOOD_POLICY,
          }
        : { protocol: elbv2.ApplicationProtocol.HTTP }),
    });
    service.targetGroup.configureHealthCheck({ protocol: elbv2.Protocol.HTTPS });
    service.loadBalancer.setAttribute('routing.http.drop_invalid_header_fields.enabled', 'true');
    if (repaired) sendHsts(service.listener);
  }
}

class DataStack extends Stack {
  constructor(scope: Construct, id: string, repaired: boolean, env: Env) {
    super(scope, id, { env });
    // fault: BucketDeniesPlaintext
    new s3.Bucket(this, 'Uploads', {
      enforceSSL: repaired,
      minimumTLSVersion: repaired ? 1.2 : undefined,
    });
    const weakened = new s3.Bucket(this, 'Weakened');
    // fault: BucketDeniesPlaintext
    weakened.addToResourcePolicy(
      new iam.PolicyStatement({
        effect: iam.Effect.DENY,
        principals: [new iam.AnyPrincipal()],
        actions: ['s3:*'],
        resources: [weakened.bucketArn, weakened.arnForObjects('*')],
        conditions: {
          Bool: { 'aws:SecureTransport': 'false' },
          // Everyone outside of one VPC may still use plaintext.
          ...(repaired ? {} : { StringEquals: { 'aws:SourceVpc': 'vpc-11112222' } }),
        },
      }),
    );
    const tls12 = new iam.PolicyStatement({
      effect: iam.Effect.DENY,
      principals: [new iam.AnyPrincipal()],
      actions: ['s3:*'],
      resources: [weakened.bucketArn, weakened.arnForObjects('*')],
      conditions: { NumericLessThan: { 's3:TlsVersion': 1.2 } },
    });
    weakened.addToResourcePolicy(tls12);
    // fault: TopicDeniesPlaintext
    new sns.Topic(this, 'Orders', {
      masterKey: kms.Alias.fromAliasName(this, 'Key', 'alias/aws/sns'),
      enforceSSL: repaired,
    });
    new Inner(this, 'Inner', repaired);
    const dataSubnets = ['subnet-1', 'subnet-2'];
    // fault: CacheRequiresTls
    new elasticache.CfnReplicationGroup(this, 'Sessions', {
      replicationGroupDescription: 'sessions',
      transitEncryptionEnabled: true,
      transitEncryptionMode: repaired ? 'required' : 'preferred',
    });
    // fault: OpenSearchRequiresHttps
    new opensearch.CfnDomain(this, 'Search', {
      domainEndpointOptions: { enforceHttps: repaired, tlsSecurityPolicy: 'Policy-Min-TLS-1-2-PFS-2023-10' },
      nodeToNodeEncryptionOptions: { enabled: true },
    });
    // fault: DatabaseRequiresTls
    const parameters = new rds.CfnDBParameterGroup(this, 'Parameters', {
      family: 'postgres16',
      description: 'shop',
      parameters: { 'rds.force_ssl': repaired ? '1' : '0', ssl_min_protocol_version: 'TLSv1.2' },
    });
    new rds.CfnDBInstance(this, 'Database', {
      engine: 'postgres',
      engineVersion: '16.4',
      dbInstanceClass: 'db.t4g.medium',
      dbParameterGroupName: parameters.ref,
    });
    // fault: KafkaClientsRequireTls
    new msk.CfnCluster(this, 'Events', {
      clusterName: 'events',
      kafkaVersion: '3.8.x',
      numberOfBrokerNodes: 2,
      brokerNodeGroupInfo: { clientSubnets: dataSubnets, instanceType: 'kafka.m7g.large' },
      clientAuthentication: { sasl: { iam: { enabled: true } }, unauthenticated: { enabled: false } },
      encryptionInfo: {
        encryptionInTransit: { clientBroker: repaired ? 'TLS' : 'TLS_PLAINTEXT', inCluster: true },
      },
    });
    // fault: DmsEndpointIsEncrypted
    new dms.CfnEndpoint(this, 'Legacy', {
      endpointType: 'source',
      engineName: 'postgres',
      serverName: 'legacy.example.com',
      sslMode: repaired ? 'verify-full' : 'none',
    });
  }
}

class Inner extends NestedStack {
  constructor(scope: Construct, id: string, repaired: boolean) {
    super(scope, id);
    // fault: QueueDeniesPlaintext
    const queue = new CfnResource(this, 'Queue', { type: 'AWS::SQS::Queue' });
    if (repaired) {
      new sqs.CfnQueuePolicy(this, 'Policy', {
        queues: [queue.ref],
        policyDocument: {
          Statement: [
            {
              Effect: 'Deny',
              Principal: '*',
              Action: 'sqs:*',
              Resource: queue.getAtt('Arn'),
              Condition: { Bool: { 'aws:SecureTransport': 'false' } },
            },
          ],
        },
      });
    }
  }
}

function redirect(): elbv2.ListenerAction {
  return elbv2.ListenerAction.redirect({ protocol: 'HTTPS', port: '443', permanent: true });
}

function sendHsts(listener: elbv2.ApplicationListener): void {
  (listener.node.defaultChild as elbv2.CfnListener).listenerAttributes = [
    { key: 'routing.http.response.strict_transport_security.header_value', value: HSTS },
  ];
}
