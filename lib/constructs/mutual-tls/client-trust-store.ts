import { type IResource, Resource } from 'aws-cdk-lib';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { TransmissionError } from '../../core/errors';
import { checkKeepsVersions, checkPinnedObject, type PinnedObject } from './pinned-object';

/**
 * What a trust store holds at most, by the quota that cannot be raised.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
 */
const MAX_REVOCATION_LISTS = 30;
const TRUSTER = 'the load balancer';

/** Certificate authorities whose clients a load balancer lets in. */
export interface IClientTrustStore extends IResource {
  /**
   * The ARN of the trust store.
   *
   * @attribute
   */
  readonly trustStoreArn: string;
}

/** What identifies a trust store that exists already. */
export interface ClientTrustStoreAttributes {
  /** The ARN of the trust store. */
  readonly trustStoreArn: string;
}

/** Properties of a `ClientTrustStore`. */
export interface ClientTrustStoreProps {
  /** The bucket that holds the bundle and the lists, in the region of the load balancer; it keeps versions. */
  readonly bucket: s3.IBucket;
  /**
   * The certificates of the authorities, in one PEM file: at most 25, chains of at most 4, each of at most 16 KB. A new
   * version replaces them without an interruption.
   */
  readonly caCertificates: PinnedObject;
  /**
   * Lists of certificates that were revoked before their end (CRL): at most 30 files of at most 50 MB, of 500,000
   * entries together. A load balancer fetches none from the authority: a revocation holds from the deployment that
   * names its list.
   *
   * @default - none, a certificate that was issued is good until its end: have the authority issue short-lived ones
   */
  readonly revocationLists?: PinnedObject[];
}

class ImportedClientTrustStore extends Resource implements IClientTrustStore {
  readonly trustStoreArn: string;

  constructor(scope: Construct, id: string, { trustStoreArn }: ClientTrustStoreAttributes) {
    super(scope, id, { environmentFromArn: trustStoreArn });
    this.trustStoreArn = trustStoreArn;
  }
}

/**
 * The certificate authorities whose clients a load balancer lets in (mutual TLS): with `ClientCertificates.verify`.
 *
 * Every certificate of these authorities opens the door, whatever it was issued for: trust an authority that issues for
 * this purpose alone, never a public one. An account has 20 trust stores; an Application Load Balancer verifies on two
 * listeners. It is billed by the hour while a load balancer uses it.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/mutual-authentication.html
 */
export class ClientTrustStore extends Resource implements IClientTrustStore {
  /**
   * A trust store that another stack or app defines, in the region of its ARN.
   *
   * Which authorities it trusts, in which version, and whether anything is revoked is not known here, and not checked.
   */
  static fromClientTrustStoreAttributes(
    scope: Construct,
    id: string,
    attributes: ClientTrustStoreAttributes,
  ): IClientTrustStore {
    return new ImportedClientTrustStore(scope, id, attributes);
  }

  readonly trustStoreArn: string;
  /** The trust store underneath. */
  readonly trustStore: elbv2.TrustStore;

  constructor(scope: Construct, id: string, props: ClientTrustStoreProps) {
    super(scope, id);
    const { bucket, caCertificates, revocationLists = [] } = props;
    checkKeepsVersions(this, bucket);
    checkPinnedObject(this, 'caCertificates', caCertificates, TRUSTER);
    this.checkLists(revocationLists);

    this.trustStore = new elbv2.TrustStore(this, 'Resource', { bucket, ...caCertificates });
    this.trustStoreArn = this.trustStore.trustStoreArn;
    if (revocationLists.length > 0) {
      new elbv2.TrustStoreRevocation(this, 'Revocation', {
        trustStore: this.trustStore,
        revocationContents: revocationLists.map(({ key, version }) => ({
          revocationType: elbv2.RevocationType.CRL,
          bucket,
          key,
          version,
        })),
      });
    }
  }

  private checkLists(lists: PinnedObject[]): void {
    if (lists.length > MAX_REVOCATION_LISTS) {
      throw this.invalid(
        `'revocationLists' must hold at most ${MAX_REVOCATION_LISTS} lists, got ${lists.length}, merge the lists of one authority`,
      );
    }
    lists.forEach((list, index) => {
      checkPinnedObject(this, `revocationLists[${index}]`, list, TRUSTER);
    });
  }

  private invalid(message: string): TransmissionError {
    return new TransmissionError('InvalidProperty', message, this.node.path);
  }
}
