import { type IResource, Names, Resource } from 'aws-cdk-lib';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { checkEdgeRegion } from '../edge-region';
import { checkReason, recordLoosening } from '../loosening';
import { checkKeepsVersions, checkPinnedObject, type PinnedObject } from '../mutual-tls';

/** Long enough to tell trust stores apart, short enough for any service. */
const MAX_NAME = 64;

/** Certificate authorities whose clients a distribution lets in. */
export interface IViewerTrustStore extends IResource {
  /**
   * The id of the trust store.
   *
   * @attribute
   */
  readonly trustStoreId: string;
}

/** What identifies a trust store that exists already. */
export interface ViewerTrustStoreAttributes {
  /** The id of the trust store. */
  readonly trustStoreId: string;
}

/** Properties of a `ViewerTrustStore`. */
export interface ViewerTrustStoreProps {
  /** The bucket that holds the bundle, in any region; it keeps versions: a `TrustMaterialBucket`. */
  readonly bucket: s3.IBucket;
  /** The certificates of the authorities, root and intermediate ones, in one PEM file. */
  readonly caCertificates: PinnedObject;
  /**
   * Why CloudFront must not ask the authority whether a certificate has been revoked, as a sentence. It is written into
   * the template. A key that was stolen then opens the door until its certificate ends: have the authority issue
   * short-lived ones, or give `connectionFunction` a list of those that it turns away.
   *
   * @default - CloudFront asks the responder (OCSP) that a certificate names, and keeps the answer for up to 30 minutes;
   * AWS does not say what it does with a certificate that names none
   * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/certificate-revocation.html
   */
  readonly withoutRevocationChecksReason?: string;
}

class ImportedViewerTrustStore extends Resource implements IViewerTrustStore {
  readonly trustStoreId: string;

  constructor(scope: Construct, id: string, { trustStoreId }: ViewerTrustStoreAttributes) {
    super(scope, id);
    this.trustStoreId = trustStoreId;
  }
}

/**
 * The certificate authorities whose clients a distribution lets in (mutual TLS): with `ViewerClientCertificates`.
 *
 * Every certificate of these authorities opens the door, whatever it was issued for: trust an authority that issues for
 * this purpose alone, never a public one. It belongs to the account, and several distributions may use it. Whoever
 * deploys it needs `s3:GetObject` and `s3:GetObjectVersion` on the bundle. Its stack is in us-east-1, with the
 * distribution.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/trust-stores-certificate-management.html
 */
export class ViewerTrustStore extends Resource implements IViewerTrustStore {
  /** A trust store that another stack or app defines. */
  static fromViewerTrustStoreAttributes(
    scope: Construct,
    id: string,
    attributes: ViewerTrustStoreAttributes,
  ): IViewerTrustStore {
    return new ImportedViewerTrustStore(scope, id, attributes);
  }

  readonly trustStoreId: string;
  /** The trust store underneath. */
  readonly trustStore: cloudfront.CfnTrustStore;

  constructor(scope: Construct, id: string, props: ViewerTrustStoreProps) {
    super(scope, id);
    const { bucket, caCertificates, withoutRevocationChecksReason: reason } = props;
    checkEdgeRegion(this, 'a trust store of viewers');
    checkKeepsVersions(this, bucket);
    checkPinnedObject(this, 'caCertificates', caCertificates, 'the distribution');
    if (reason !== undefined) checkReason(this, 'withoutRevocationChecksReason', reason);

    this.trustStore = new cloudfront.CfnTrustStore(this, 'Resource', {
      name: Names.uniqueResourceName(this, { maxLength: MAX_NAME, separator: '-' }),
      caCertificatesBundleSource: {
        caCertificatesBundleS3Location: {
          bucket: bucket.bucketName,
          key: caCertificates.key,
          region: bucket.env.region,
          version: caCertificates.version,
        },
      },
      useClientCertificateOcspEndpoint: reason === undefined,
    });
    this.trustStoreId = this.trustStore.attrId;
    if (reason !== undefined) recordLoosening(this.trustStore, 'withoutRevocationChecks', reason);
  }
}
