import { Stack, type StackProps } from 'aws-cdk-lib';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as route53 from 'aws-cdk-lib/aws-route53';
import {
  CloudFrontOriginFacing,
  ManagedCertificate,
  TargetCertificate,
  TlsContainerService,
  TlsLoadBalancer,
} from 'cdk-secure-transmission';
import type { Construct } from 'constructs';
import type { DataStack } from './data-stack';
import type { SETTINGS } from './settings';

/** What the shop stack is told. */
export interface ShopStackProps extends StackProps {
  readonly settings: typeof SETTINGS;
  readonly data: DataStack;
}

/** The shop: a load balancer that CloudFront alone reaches, and the containers behind it. */
export class ShopStack extends Stack {
  readonly certificate: ManagedCertificate;
  readonly loadBalancer: TlsLoadBalancer;
  readonly service: TlsContainerService;

  constructor(scope: Construct, id: string, props: ShopStackProps) {
    super(scope, id, props);
    const { settings, data } = props;
    const { vpc } = data.network;

    // #region load-balancer
    const zone = route53.HostedZone.fromHostedZoneAttributes(this, 'Zone', {
      zoneName: settings.domainName,
      hostedZoneId: settings.hostedZoneId,
    });
    this.certificate = new ManagedCertificate(this, 'Certificate', {
      domainName: settings.domainName,
      hostedZones: [zone],
    });
    this.loadBalancer = new TlsLoadBalancer(this, 'LoadBalancer', {
      vpc,
      certificate: this.certificate,
      allowedPeers: [CloudFrontOriginFacing.prefixListIn(settings.region)],
    });
    // #endregion

    // #region container
    // A cluster is a name under which containers run: nothing passes through it, and the CDK's own will do.
    const cluster = new ecs.Cluster(this, 'Cluster', {
      vpc,
      containerInsightsV2: ecs.ContainerInsights.ENABLED,
    });
    const repository = ecr.Repository.fromRepositoryName(this, 'Repository', settings.repositoryName);
    this.service = new TlsContainerService(this, 'Service', {
      cluster,
      image: ecs.ContainerImage.fromEcrRepository(repository, settings.imageDigest),
      certificate: TargetCertificate.inProcess(),
      route: { loadBalancer: this.loadBalancer },
      awsEndpoints: data.awsEndpoints,
      environment: {
        ...data.orders.clientEnvironment({ user: 'shop' }),
        SESSIONS_HOST: data.sessions.endpointAddress,
        SESSIONS_USER: data.sessionsUser.userName,
        PRODUCTS_TABLE: data.products.tableName,
        SHIPMENTS_QUEUE_URL: data.shipments.queueUrl,
      },
    });
    // #endregion

    // #region permissions
    const { service } = this;
    service.connections.allowToDefaultPort(data.orders, 'TLS to the orders');
    service.connections.allowToDefaultPort(data.sessions, 'TLS to the sessions');
    data.orders.grantConnect(service, 'shop');
    data.sessionsUser.grantConnect(service);
    data.products.grantReadData(service);
    data.shipments.grantSendMessages(service);
    // #endregion
  }
}
