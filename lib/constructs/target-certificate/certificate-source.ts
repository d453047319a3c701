import type * as ecs from 'aws-cdk-lib/aws-ecs';
import type { Construct, IDependable } from 'constructs';

/** What a hop to a target is, as far as its certificate decides. */
export enum HopAssurance {
  /**
   * Who listens in reads nothing. Who stands in between and answers in place of the target is not found out.
   */
  ENCRYPTED = 'encrypted',
  /** Whoever connects verifies the certificate besides, so that nobody answers in place of the target. */
  ENCRYPTED_AND_AUTHENTICATED = 'encrypted and authenticated',
}

/** A container whose TLS a certificate is for. */
export interface CertificateTarget {
  /** The container. Its environment says where the certificate is. */
  readonly container: ecs.ContainerDefinition;
  /** Who the container runs as: the numbers of a user and of a group, such as `1000:1000`. */
  readonly user: string;
  /**
   * Where containers beside it write their log to.
   *
   * @default - nowhere
   */
  readonly logging?: ecs.LogDriver;
}

/** What a certificate asks of the service that runs its target. */
export interface BoundTargetCertificate {
  /**
   * What every entry of Service Connect has to say about TLS.
   *
   * @default - nothing: the container ends TLS itself
   */
  readonly serviceConnectTls?: ecs.ServiceConnectTlsConfiguration;
  /** What has to be there before the service. */
  readonly dependencies: IDependable[];
}

/** One way to come by a certificate. */
export interface CertificateSource {
  readonly assurance: HopAssurance;
  readonly why: string;
  /** Whether it serves in the proxy of Service Connect, in place of the container. */
  readonly inProxy: boolean;
  bind(scope: Construct, target: CertificateTarget): BoundTargetCertificate;
}
