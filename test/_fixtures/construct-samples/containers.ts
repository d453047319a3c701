import * as acmpca from 'aws-cdk-lib/aws-acmpca';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Construct } from 'constructs';
import { TargetCertificate, TlsContainerService, TlsLoadBalancer } from '../../../lib';
import { type ConstructSample, existingCertificate, existingVpc } from './construct-sample';

const AUTHORITY =
  'arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/11111111-2222-3333-4444-555555555555';

/** An image in a registry of the account. */
function imageOf(around: Construct, repositoryName: string): ecs.ContainerImage {
  const repository = ecr.Repository.fromRepositoryAttributes(around, `Repository-${repositoryName}`, {
    repositoryName,
    repositoryArn: `arn:aws:ecr:eu-west-1:111122223333:repository/${repositoryName}`,
  });
  return ecs.ContainerImage.fromEcrRepository(repository, `sha256:${'0'.repeat(64)}`);
}

function clusterIn(around: Construct, props: ecs.ClusterProps = {}): ecs.Cluster {
  return new ecs.Cluster(around, 'Cluster', {
    vpc: existingVpc(around),
    containerInsightsV2: ecs.ContainerInsights.ENABLED,
    ...props,
  });
}

/** Containers that end TLS themselves. */
export const CONTAINER_SAMPLES: readonly ConstructSample[] = [
  {
    construct: 'TlsContainerService',
    build: (stack, around) =>
      new TlsContainerService(stack, 'Shop', {
        cluster: clusterIn(around),
        image: imageOf(around, 'shop'),
        certificate: TargetCertificate.inProcess(),
        awsEndpoints: [ec2.Peer.ipv4('10.0.0.0/16')],
      }),
  },
  {
    construct: 'TlsContainerService',
    options: 'behind a load balancer, with a certificate made at the start',
    build: (stack, around) => {
      const cluster = clusterIn(around);
      const loadBalancer = new TlsLoadBalancer(around, 'Entry', {
        vpc: cluster.vpc,
        certificate: existingCertificate(around),
      });
      return new TlsContainerService(stack, 'Shop', {
        cluster,
        image: imageOf(around, 'shop'),
        certificate: TargetCertificate.atContainerStart({ image: imageOf(around, 'openssl') }),
        awsEndpoints: [ec2.Peer.ipv4('10.0.0.0/16')],
        route: {
          loadBalancer,
          priority: 10,
          conditions: [elbv2.ListenerCondition.pathPatterns(['/shop/*'])],
        },
        environment: { LOG_LEVEL: 'info' },
        writablePaths: ['/tmp'],
        desiredCount: 3,
      });
    },
  },
  {
    construct: 'TlsContainerService',
    options: 'in Service Connect, with certificates of a private authority',
    build: (stack, around) => {
      const certificateAuthority = acmpca.CertificateAuthority.fromCertificateAuthorityArn(
        around,
        'Authority',
        AUTHORITY,
      );
      return new TlsContainerService(stack, 'Shop', {
        cluster: clusterIn(around, { defaultCloudMapNamespace: { name: 'shop.internal' } }),
        image: imageOf(around, 'shop'),
        certificate: TargetCertificate.serviceConnect({ certificateAuthority }),
        awsEndpoints: [ec2.Peer.ipv4('10.0.0.0/16')],
        serviceConnect: { dnsName: 'shop' },
      });
    },
  },
];
