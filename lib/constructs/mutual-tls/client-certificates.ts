import { Stack } from 'aws-cdk-lib';
import type * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { IConstruct } from 'constructs';
import { TransmissionError } from '../../core/errors';
import { checkReason, recordLoosening } from '../loosening';
import { checkSameRegion } from '../region';
import type { IClientTrustStore } from './client-trust-store';

/** How a load balancer verifies the certificates of clients. */
export interface VerifyClientsOptions {
  /**
   * Whether the names of the authorities are told to whoever connects, so that a client with several certificates knows
   * which one to send.
   *
   * @default false
   */
  readonly advertiseAuthorities?: boolean;
  /**
   * Why certificates are good after their end, as a sentence.
   *
   * A key that leaked years ago then still opens the door. The reason is written into the template.
   *
   * @default - expired certificates are rejected
   */
  readonly expiredCertificatesReason?: string;
}

/** How certificates of clients reach the targets without being verified. */
export interface PassClientCertificatesOptions {
  /**
   * Why the load balancer must not verify, as a sentence. It is written into the template.
   *
   * Anybody then gets through to the targets, with any certificate or none: they must verify the chain in the header
   * `X-Amzn-Mtls-Clientcert` themselves, and accept connections from the load balancer only.
   */
  readonly unverifiedClientsReason: string;
}

/** A loosening: the property that asks for it, what the template calls it, and why. */
type Loosening = readonly [property: string, what: string, reason: string];

/** What a listener does with the certificates of its clients: it verifies them, or hands them on. */
export class ClientCertificates {
  /**
   * Lets in those clients only who prove that they hold the key of a certificate that an authority in the trust store
   * issued, that has not ended, and that no list in the trust store revokes.
   */
  static verify(trustStore: IClientTrustStore, options: VerifyClientsOptions = {}): ClientCertificates {
    const { advertiseAuthorities = false, expiredCertificatesReason: reason } = options;
    return new ClientCertificates(
      {
        mode: 'verify',
        trustStoreArn: trustStore.trustStoreArn,
        ignoreClientCertificateExpiry: reason !== undefined,
        advertiseTrustStoreCaNames: advertiseAuthorities ? 'on' : 'off',
      },
      reason === undefined ? undefined : ['expiredCertificatesReason', 'expiredClientCertificates', reason],
      trustStore,
    );
  }

  /**
   * Lets everybody in and hands certificates on to the targets, which must verify them. Application Load Balancers can
   * do it, Network Load Balancers cannot.
   */
  static passThrough({ unverifiedClientsReason }: PassClientCertificatesOptions): ClientCertificates {
    return new ClientCertificates({ mode: 'passthrough' }, [
      'unverifiedClientsReason',
      'unverifiedClients',
      unverifiedClientsReason,
    ]);
  }

  private constructor(
    /** The property of a listener. Prefer `applyTo`, which checks reasons and writes them into the template. */
    readonly mutualAuthentication: elbv2.CfnListener.MutualAuthenticationProperty,
    private readonly loosening: Loosening | undefined,
    private readonly trustStore?: IClientTrustStore,
  ) {}

  /**
   * Refuses a trust store of another region, and a reason that is no sentence; its errors name the construct that took
   * the property.
   */
  check(scope: IConstruct): void {
    if (this.trustStore !== undefined) checkTrustStore(scope, this.trustStore);
    if (this.loosening === undefined) return;
    const [property, , reason] = this.loosening;
    checkReason(scope, property, reason);
  }

  /** Sets the property on a listener that ends TLS, and writes down on it what is looser than the default, and why. */
  applyTo(listener: elbv2.CfnListener): void {
    this.check(listener);
    this.checkProtocol(listener);
    listener.mutualAuthentication = this.mutualAuthentication;
    if (this.loosening === undefined) return;
    const [, what, reason] = this.loosening;
    recordLoosening(listener, what, reason);
  }

  private checkProtocol(listener: elbv2.CfnListener): void {
    const protocol: unknown = Stack.of(listener).resolve(listener.protocol);
    if (protocol === 'HTTPS' || (typeof protocol === 'object' && protocol !== null)) return;
    if (protocol === 'TLS') {
      if (this.mutualAuthentication.mode === 'verify') return;
      throw new TransmissionError(
        'InvalidProperty',
        'certificates of clients must be verified by a Network Load Balancer, which cannot hand them on, use ClientCertificates.verify',
        listener.node.path,
      );
    }
    throw new TransmissionError(
      'InvalidProperty',
      `certificates of clients must be asked for by a listener whose protocol is HTTPS or TLS, got ${JSON.stringify(protocol) ?? 'none'}, clients send none in clear`,
      listener.node.path,
    );
  }
}

function checkTrustStore(scope: IConstruct, resource: IClientTrustStore): void {
  checkSameRegion(scope, {
    property: 'clientCertificates',
    resource,
    arn: resource.trustStoreArn,
    of: 'the load balancer',
    remedy: 'define a trust store there',
  });
}
