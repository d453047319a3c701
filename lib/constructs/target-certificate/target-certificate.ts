import type { Construct } from 'constructs';
import type {
  BoundTargetCertificate,
  CertificateSource,
  CertificateTarget,
  HopAssurance,
} from './certificate-source';
import { type ContainerStartCertificateProps, containerStartSource } from './container-start';
import { type InProcessCertificateProps, inProcessSource } from './in-process';
import { type ServiceConnectCertificateProps, serviceConnectSource } from './service-connect';

/**
 * Where the certificate of a target comes from: a container that ends TLS, or whose proxy does.
 *
 * No source makes a load balancer verify it. Application and network load balancers encrypt to their targets
 * and take any certificate, one that is self-signed or expired too, so that a certificate of an authority
 * would add nothing there; what keeps others from answering is that the network delivers to the address of
 * the target. Between services the proxies of ECS Service Connect do verify.
 *
 * Every source tells the container by environment variables (`TARGET_TLS_SOURCE` and the like) where the
 * certificate is, and that TLS 1.2 is the least. Targets in Node.js hand them to `targetTls`; others read
 * them as they are.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html#target-group-routing-configuration
 */
export class TargetCertificate {
  /**
   * Of a private authority, by ECS Service Connect: renewed every five days, and verified by the services
   * that call. Their connections speak TLS 1.3.
   *
   * The proxy in the task ends TLS, and passes requests on to the container inside the task: the container
   * serves HTTP, and nobody outside reaches it but through the proxy. Behind a load balancer that proxy takes
   * TLS 1.3 only, which every `TlsProfile` has the load balancer speak to targets.
   *
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-tls.html
   */
  static serviceConnect(props: ServiceConnectCertificateProps): TargetCertificate {
    return new TargetCertificate(serviceConnectSource(props));
  }

  /**
   * Made when the task starts, by a container that ends before the target begins: for targets in any
   * language, behind load balancers, which do not verify it.
   *
   * Key (ECDSA, P-256, a new one for every task) and certificate lie in a volume of the task, readable for
   * the user of the target alone, and are gone with the task. They are not renewed.
   */
  static atContainerStart(props: ContainerStartCertificateProps): TargetCertificate {
    return new TargetCertificate(containerStartSource(props));
  }

  /**
   * Made by the target itself, which keeps the key in its memory: behind load balancers, which do not verify
   * it.
   *
   * Targets in Node.js serve with `targetTls`, and renew with `keepRenewed`. Others make one themselves
   * (ECDSA P-256 or RSA 2048), as Go and Java can.
   */
  static inProcess(props: InProcessCertificateProps = {}): TargetCertificate {
    return new TargetCertificate(inProcessSource(props));
  }

  /** What hops of services that connect to the target are. From a load balancer, it is `ENCRYPTED` always. */
  readonly assurance: HopAssurance;
  /** Why it is no more, or no less. */
  readonly why: string;
  /** Whether the proxy of Service Connect ends TLS, in place of the container. */
  readonly inProxy: boolean;

  private constructor(private readonly source: CertificateSource) {
    this.assurance = source.assurance;
    this.why = source.why;
    this.inProxy = source.inProxy;
  }

  /**
   * Gives a container its certificate. `TlsContainerService` does; call it for task definitions of your own.
   *
   * @param scope where resources stand that it takes; once for each scope
   * @param target the container
   * @throws where the user is root or not given by number, the image not by digest, or the authority is
   * elsewhere
   */
  bind(scope: Construct, target: CertificateTarget): BoundTargetCertificate {
    return this.source.bind(scope, target);
  }
}
