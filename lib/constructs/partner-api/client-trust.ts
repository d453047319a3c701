import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { checkKeepsVersions, checkPinnedObject, type PinnedObject } from '../mutual-tls';

/** Which certificates of clients let them in (mutual TLS). */
export interface PartnerTrust {
  /** The bucket that holds the bundle, in the region of the API; it keeps versions: a `TrustMaterialBucket`. */
  readonly bucket: s3.IBucket;
  /**
   * The certificates of the authorities, root and intermediate ones, in one PEM file of at most 1,000 certificates and
   * 1 MB, in one version. A new version replaces them without an interruption.
   *
   * Every certificate of these authorities opens the door, whatever it was issued for: trust an authority that issues
   * for this purpose alone, never a public one. API Gateway looks at no list of revoked certificates and asks no
   * responder: have the authority issue short-lived ones.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mutual-tls.html
   */
  readonly caCertificates: PinnedObject;
}

/** Refuses a bundle that another could be put in the place of; the property as domains of the CDK take it. */
export function mutualTlsOf(scope: Construct, { bucket, caCertificates }: PartnerTrust) {
  checkKeepsVersions(scope, bucket);
  checkPinnedObject(scope, 'clientTrust.caCertificates', caCertificates, 'API Gateway');
  return { bucket, key: caCertificates.key, version: caCertificates.version };
}
