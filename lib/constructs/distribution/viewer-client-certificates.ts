import type * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import type { IConstruct } from 'constructs';
import { checkReason, recordLoosening } from '../loosening';
import type { IViewerTrustStore } from './viewer-trust-store';

/** How a distribution verifies the certificates of viewers. */
export interface VerifyViewersOptions {
  /**
   * Whether the names of the authorities are told to whoever connects, so that a client with several certificates knows
   * which one to send.
   *
   * @default false
   */
  readonly advertiseAuthorities?: boolean;
  /**
   * A function that decides on each connection whose certificate has been verified, such as one that looks up serial
   * numbers in a list. It can turn viewers away that would get in, never the other way round.
   *
   * @default - whoever has a certificate of an authority in the trust store gets in
   * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/connection-functions.html
   */
  readonly connectionFunction?: cloudfront.IConnectionFunctionRef;
  /**
   * Why certificates are good after their end, as a sentence.
   *
   * A key that leaked years ago then still opens the door. The reason is written into the template.
   *
   * @default - expired certificates are rejected
   */
  readonly expiredCertificatesReason?: string;
}

/** How a distribution verifies the certificates of those viewers who have one. */
export interface VerifySomeViewersOptions extends VerifyViewersOptions {
  /**
   * Why viewers without a certificate must get in, as a sentence. It is written into the template.
   *
   * What is cached was perhaps fetched for a viewer with a certificate, and is served to those without one too.
   */
  readonly viewersWithoutCertificateReason: string;
}

/** How certificates of viewers reach the origin without being verified. */
export interface PassViewerCertificatesOptions {
  /**
   * Why CloudFront must not verify, as a sentence. It is written into the template.
   *
   * Anybody then gets through to the origin, with any certificate or none: it must verify the chain itself, and accept
   * connections from CloudFront only.
   */
  readonly unverifiedViewersReason: string;
}

type MutualTls = cloudfront.CfnDistribution.ViewerMtlsConfigProperty;

/** A loosening: the property that asks for it, what the template calls it, and why. */
type Loosening = readonly [property: string, what: string, reason: string];

/**
 * What a distribution does with the certificates of its viewers (mutual TLS).
 *
 * It then speaks HTTP/2, since CloudFront asks for no certificate over HTTP/3, and refuses requests in clear on every
 * behavior, where no viewer can show one.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/enable-mtls-distributions.html
 */
export class ViewerClientCertificates {
  /**
   * Lets in those viewers only who prove that they hold the key of a certificate that an authority in the trust store
   * issued, and that has not ended.
   */
  static verify(trustStore: IViewerTrustStore, options: VerifyViewersOptions = {}): ViewerClientCertificates {
    return ViewerClientCertificates.verified('required', trustStore, options, []);
  }

  /** Verifies the certificates of those who have one, and lets in everybody who has none. */
  static verifySome(
    trustStore: IViewerTrustStore,
    options: VerifySomeViewersOptions,
  ): ViewerClientCertificates {
    return ViewerClientCertificates.verified('optional', trustStore, options, [
      [
        'viewersWithoutCertificateReason',
        'viewersWithoutCertificate',
        options.viewersWithoutCertificateReason,
      ],
    ]);
  }

  /** Lets everybody in and hands certificates on to the origin, which must verify them. */
  static passThrough({ unverifiedViewersReason }: PassViewerCertificatesOptions): ViewerClientCertificates {
    return new ViewerClientCertificates({ mode: 'passthrough' }, undefined, [
      ['unverifiedViewersReason', 'unverifiedViewers', unverifiedViewersReason],
    ]);
  }

  private static verified(
    mode: string,
    { trustStoreId }: IViewerTrustStore,
    options: VerifyViewersOptions,
    loosenings: readonly Loosening[],
  ): ViewerClientCertificates {
    const { advertiseAuthorities = false, connectionFunction, expiredCertificatesReason: reason } = options;
    return new ViewerClientCertificates(
      {
        mode,
        trustStoreConfig: {
          trustStoreId,
          advertiseTrustStoreCaNames: advertiseAuthorities,
          ignoreCertificateExpiry: reason !== undefined,
        },
      },
      connectionFunction,
      reason === undefined
        ? loosenings
        : [...loosenings, ['expiredCertificatesReason', 'expiredClientCertificates', reason]],
    );
  }

  private constructor(
    private readonly mutualTls: MutualTls,
    private readonly connectionFunction: cloudfront.IConnectionFunctionRef | undefined,
    private readonly loosenings: readonly Loosening[],
  ) {}

  /** Refuses a reason that is no sentence; its errors name the construct that took the property. */
  check(scope: IConstruct): void {
    for (const [property, , reason] of this.loosenings) checkReason(scope, property, reason);
  }

  /** The configuration of a distribution that asks for certificates. Called by the distribution. */
  configure(
    config: cloudfront.CfnDistribution.DistributionConfigProperty,
  ): cloudfront.CfnDistribution.DistributionConfigProperty {
    const id = this.connectionFunction?.connectionFunctionRef.connectionFunctionId;
    return {
      ...config,
      viewerMtlsConfig: this.mutualTls,
      ...(id === undefined ? {} : { connectionFunctionAssociation: { id } }),
    };
  }

  /** Writes down on the distribution what is looser than the default, and why. Called by the distribution. */
  recordOn(distribution: cloudfront.CfnDistribution): void {
    for (const [, what, reason] of this.loosenings) recordLoosening(distribution, what, reason);
  }
}
