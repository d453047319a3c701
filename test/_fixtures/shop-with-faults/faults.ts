import {
  type App,
  CfnResource,
  aws_cloudfront as cloudfront,
  aws_elasticache as elasticache,
  aws_elasticloadbalancingv2 as elbv2,
  aws_route53 as route53,
  aws_s3 as s3,
} from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { buildShop, type Shop } from '../../../examples/shop/shop';

/**
 * The shop of `examples/shop`, taken apart behind the back of its constructs: by override, L1, plain `CfnResource` and
 * raw policy. The line that makes a fault ends in `// fault: <rule>`.
 */
export function buildShopWithFaults(app: App): void {
  const shop = buildShop(app);
  faultsOfData(shop);
  faultsOfContainers(shop);
  faultsOfLoadBalancers(shop);
  faultsOfEdge(shop);
}

/** A resource of the shop, by the path of its construct. */
function resourceAt(scope: Construct, path: string): CfnResource {
  const found = path.split('/').reduce<Construct>((one, id) => one.node.findChild(id) as Construct, scope);
  return found as CfnResource;
}

function faultsOfData({ data }: Shop): void {
  const parameters = resourceAt(data.orders, 'Parameters');
  parameters.addPropertyOverride('Parameters.rds\\.force_ssl', '0'); // fault: DatabaseRequiresTls

  const description = { replicationGroupDescription: 'carts', transitEncryptionEnabled: false };
  new elasticache.CfnReplicationGroup(data, 'Carts', description); // fault: CacheRequiresTls

  const onlyAbroad = { 'aws:SourceVpc': data.network.vpc.vpcId };
  const policy = resourceAt(data.shipments, 'Resource/Policy/Resource');
  const condition = 'PolicyDocument.Statement.0.Condition.StringNotEquals';
  policy.addPropertyOverride(condition, onlyAbroad); // fault: QueueDeniesPlaintext

  const receipts = new s3.CfnBucket(data, 'Receipts');
  const statement = {
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: [receipts.attrArn, `${receipts.attrArn}/*`],
  };
  const older = { NumericLessThan: { 's3:TlsVersion': 1.2 } };
  // It denies requests over TLS.
  const inverted = { Bool: { 'aws:SecureTransport': 'true' } };
  const document = { Statement: [inverted, older].map((Condition) => ({ ...statement, Condition })) };
  const bucket = { bucket: receipts.ref, policyDocument: document };
  new s3.CfnBucketPolicy(data, 'ReceiptsPolicy', bucket); // fault: BucketDeniesPlaintext
}

function faultsOfContainers({ shop }: Shop): void {
  const service = resourceAt(shop.service, 'Service/Service');
  const mesh = { Enabled: true, Namespace: 'shop', Services: [{ PortName: 'target' }] };
  service.addPropertyOverride('ServiceConnectConfiguration', mesh); // fault: ServiceConnectUsesTls

  const task = resourceAt(shop.service, 'TaskDefinition/Resource');
  const volumes = [{ Name: 'images', EFSVolumeConfiguration: { FilesystemId: 'fs-0123456789abcdef0' } }];
  task.addPropertyOverride('Volumes', volumes); // fault: EfsVolumeIsEncryptedInTransit

  const topic = resourceAt(shop.certificate, 'AlarmTopic/Resource/Resource');
  const pager = { TopicArn: topic.ref, Protocol: 'http', Endpoint: 'http://pager.example.com/' };
  const subscription = { type: 'AWS::SNS::Subscription', properties: pager };
  new CfnResource(shop, 'Pager', subscription); // fault: SubscriptionIsEncrypted

  const policy = resourceAt(shop.certificate, 'AlarmTopic/Resource/Policy/Resource');
  policy.addPropertyOverride('PolicyDocument.Statement.0.Action', 'sns:Subscribe'); // fault: TopicDeniesPlaintext
}

function faultsOfLoadBalancers({ data, shop }: Shop): void {
  const { loadBalancer } = shop;
  const listener = resourceAt(loadBalancer, 'Resource/Listener/Resource') as elbv2.CfnListener;
  listener.addPropertyDeletionOverride('SslPolicy'); // fault: ListenerRequiresTls12
  listener.mutualAuthentication = { mode: 'passthrough' }; // fault: ListenerVerifiesClientCertificates

  const group = shop.service.targetGroup?.node.defaultChild as elbv2.CfnTargetGroup;
  group.protocol = 'HTTP'; // fault: TargetGroupIsEncrypted
  group.addPropertyOverride('HealthCheckProtocol', 'HTTP'); // fault: HealthCheckIsEncrypted

  const forward = [{ Type: 'forward', TargetGroupArn: group.ref }];
  const port80 = { Port: 80, Protocol: 'HTTP', DefaultActions: forward };
  const properties = { LoadBalancerArn: loadBalancer.loadBalancerArn, ...port80 };
  const plain = { type: 'AWS::ElasticLoadBalancingV2::Listener', properties };
  new CfnResource(shop, 'Plain', plain); // fault: ListenerIsEncrypted

  const logs = resourceAt(loadBalancer, 'Logs/Resource/Resource');
  const algorithm =
    'BucketEncryption.ServerSideEncryptionConfiguration.0.ServerSideEncryptionByDefault.SSEAlgorithm';
  logs.addPropertyOverride(algorithm, 'aws:kms'); // fault: LogBucketEncryptionAdmitsDelivery

  const { vpcId, isolatedSubnets } = data.network.vpc;
  const network = new elbv2.CfnLoadBalancer(shop, 'Partners', {
    type: 'network',
    scheme: 'internal',
    subnets: isolatedSubnets.map(({ subnetId }) => subnetId),
  });
  const tcp = { protocol: 'TCP', port: 8443, vpcId, targetType: 'ip', healthCheckProtocol: 'HTTPS' };
  const partners = new elbv2.CfnTargetGroup(shop, 'PartnerTargets', tcp); // fault: TargetGroupIsEncrypted
  new elbv2.CfnListener(shop, 'PartnerListener', {
    loadBalancerArn: network.ref,
    protocol: 'TLS',
    port: 443,
    certificates: [{ certificateArn: shop.certificate.certificateArn }],
    sslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09',
    defaultActions: [{ type: 'forward', targetGroupArn: partners.ref }],
  });
}

function faultsOfEdge({ edge }: Shop): void {
  const distribution = edge.distribution.distribution.node.defaultChild as cloudfront.CfnDistribution;
  distribution.addPropertyDeletionOverride('DistributionConfig.ViewerCertificate'); // fault: DistributionHasOwnCertificate

  const origin = resourceAt(edge.distribution, 'Resource/Origin1/VpcOrigin/Resource');
  const protocol = 'VpcOriginEndpointConfig.OriginProtocolPolicy';
  origin.addPropertyDeletionOverride(protocol); // fault: VpcOriginNamesItsProtocol

  const headers = resourceAt(edge.distribution, 'ResponseHeaders/Resource/Resource');
  const hsts = 'ResponseHeadersPolicyConfig.SecurityHeadersConfig.StrictTransportSecurity';
  headers.addPropertyDeletionOverride(hsts); // fault: DistributionSendsHsts

  const previous = {
    enabled: true,
    aliases: ['previous-shop.example'],
    viewerCertificate: {
      acmCertificateArn: edge.certificate.certificateArn,
      minimumProtocolVersion: 'TLSv1.2_2025',
      sslSupportMethod: 'sni-only',
    },
    defaultCacheBehavior: {
      targetOriginId: 'previous',
      viewerProtocolPolicy: 'redirect-to-https',
      cachePolicyId: cloudfront.CachePolicy.CACHING_DISABLED.cachePolicyId,
      responseHeadersPolicyId: cloudfront.ResponseHeadersPolicy.SECURITY_HEADERS.responseHeadersPolicyId,
    },
    origins: [
      {
        id: 'previous',
        domainName: 'origin.previous-shop.example',
        customOriginConfig: { originProtocolPolicy: 'http-only', originSslProtocols: ['TLSv1.2'] },
      },
    ],
  };
  new cloudfront.CfnDistribution(edge, 'Previous', { distributionConfig: previous }); // fault: OriginIsEncrypted

  const zone = new route53.CfnHostedZone(edge, 'PreviousZone', { name: 'previous-shop.example' }); // fault: ZoneNamesCertificateAuthorities
  sign(edge, zone);
}

/** Its answers are signed: that nobody is named in it is its only fault. */
function sign(scope: Construct, { ref: hostedZoneId }: route53.CfnHostedZone): void {
  const keyManagementServiceArn =
    'arn:aws:kms:us-east-1:111122223333:key/11111111-2222-3333-4444-555555555555';
  const name = 'KeySigningKey1';
  const key = { hostedZoneId, name, keyManagementServiceArn, status: 'ACTIVE' };
  new route53.CfnKeySigningKey(scope, 'PreviousKey', key);
  new route53.CfnDNSSEC(scope, 'PreviousSigning', { hostedZoneId });
}
