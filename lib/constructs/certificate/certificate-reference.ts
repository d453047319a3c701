import { type IResource, Resource, Token } from 'aws-cdk-lib';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { TransmissionError } from '../../core/errors';

/** A certificate in AWS Certificate Manager, with its twin where it has one. */
export interface IManagedCertificate extends IResource {
  /**
   * The ARN of the certificate.
   *
   * @attribute
   */
  readonly certificateArn: string;
  /**
   * The ARN of its twin with an RSA key, for clients without ECDSA; absent where there is none.
   *
   * @attribute
   */
  readonly rsaCertificateArn?: string;
  /** The certificate and its twin, in the order in which an endpoint should offer them. */
  readonly certificates: acm.ICertificate[];

  /** The days until the certificate expires; those of its twin are among the metrics of `certificates`. */
  metricDaysToExpiry(options?: cloudwatch.MetricOptions): cloudwatch.Metric;
}

/** What identifies a certificate that exists already. */
export interface ManagedCertificateAttributes {
  /** The ARN of the certificate in AWS Certificate Manager; it may be known at deployment only. */
  readonly certificateArn: string;
  /**
   * The ARN of its twin for the same names with an RSA key.
   *
   * @default - the certificate has no twin
   */
  readonly rsaCertificateArn?: string;
}

/** What certificates have in common, whoever defines them. */
export abstract class ManagedCertificateBase extends Resource implements IManagedCertificate {
  abstract readonly certificateArn: string;
  abstract readonly rsaCertificateArn?: string;
  abstract readonly certificates: acm.ICertificate[];

  metricDaysToExpiry(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    const [first] = this.certificates as [acm.ICertificate, ...acm.ICertificate[]];
    return first.metricDaysToExpiry(options);
  }
}

/** A certificate that another stack or app defines, or that nobody defines in code. */
export class ImportedCertificate extends ManagedCertificateBase {
  readonly certificateArn: string;
  readonly rsaCertificateArn?: string;
  readonly certificates: acm.ICertificate[];

  constructor(scope: Construct, id: string, attributes: ManagedCertificateAttributes) {
    const { certificateArn, rsaCertificateArn } = attributes;
    super(scope, id, { environmentFromArn: certificateArn });
    checkArns(this, attributes);
    this.certificateArn = certificateArn;
    this.rsaCertificateArn = rsaCertificateArn;
    this.certificates = [acm.Certificate.fromCertificateArn(this, 'Certificate', certificateArn)];
    if (rsaCertificateArn !== undefined) {
      this.certificates.push(acm.Certificate.fromCertificateArn(this, 'RsaTwin', rsaCertificateArn));
    }
  }
}

/** Refuses what is no certificate of ACM, such as one in IAM: nothing renews it, and no metric tells its end. */
function checkArns(
  scope: Construct,
  { certificateArn, rsaCertificateArn }: ManagedCertificateAttributes,
): void {
  const invalid = (message: string) => new TransmissionError('InvalidProperty', message, scope.node.path);
  for (const [property, arn] of Object.entries({ certificateArn, rsaCertificateArn })) {
    if (arn === undefined || Token.isUnresolved(arn) || /^arn:[\w-]+:acm:/.test(arn)) continue;
    throw invalid(
      `'${property}' must be the ARN of a certificate in AWS Certificate Manager, got ${JSON.stringify(arn.slice(0, 80))}, import it there`,
    );
  }
  if (rsaCertificateArn !== certificateArn) return;
  throw invalid("'rsaCertificateArn' must be another certificate than 'certificateArn', leave it out");
}
