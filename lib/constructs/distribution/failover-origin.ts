import { Token } from 'aws-cdk-lib';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as origins from 'aws-cdk-lib/aws-cloudfront-origins';
import type { Construct } from 'constructs';
import { invalidOrigin, type OriginKind } from './origin-kinds';
import type { FailoverOriginProps, TlsOrigin } from './origins';

/**
 * The answers of a first origin that can send a request to the second one.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/high_availability_origin_failover.html
 */
const FAILOVER_CODES: readonly number[] = [403, 404, 500, 502, 503, 504];
const OF_FAULTS: readonly number[] = [500, 502, 503, 504];

/** See `TlsOrigin.failover`. */
export class FailoverOrigin implements OriginKind {
  readonly isPublic: boolean;
  readonly acceptsWrites = false;
  readonly isPair = true;
  readonly showsClientCertificate: boolean;
  readonly isInNetwork: boolean;
  readonly originRequestPolicy: cloudfront.IOriginRequestPolicyRef | undefined;

  constructor(
    private readonly primary: TlsOrigin,
    private readonly secondary: TlsOrigin,
    private readonly props: FailoverOriginProps,
  ) {
    this.isPublic = primary.isPublic && secondary.isPublic;
    this.showsClientCertificate = primary.showsClientCertificate || secondary.showsClientCertificate;
    this.isInNetwork = primary.isInNetwork || secondary.isInNetwork;
    this.originRequestPolicy = policyFor(primary, secondary);
  }

  create(scope: Construct): cloudfront.IOrigin {
    const { primary, secondary } = this;
    if (primary.isPair || secondary.isPair) {
      throw invalidOrigin(
        scope,
        'an origin that fails over must have two single origins, got a pair as one of them, CloudFront knows no third one',
      );
    }
    if (primary === secondary) {
      throw invalidOrigin(
        scope,
        'an origin must fail over to another one, got the same twice, name the other',
      );
    }
    return new origins.OriginGroup({
      primaryOrigin: primary,
      fallbackOrigin: secondary,
      fallbackStatusCodes: this.statusCodes(scope),
    });
  }

  private statusCodes(scope: Construct): number[] {
    const { statusCodes = [...OF_FAULTS] } = this.props;
    if (statusCodes.length === 0) {
      throw invalidOrigin(
        scope,
        `'statusCodes' must hold at least one of ${FAILOVER_CODES.join(', ')}, leave it out for ${OF_FAULTS.join(', ')}`,
      );
    }
    for (const [index, code] of statusCodes.entries()) {
      if (!Token.isUnresolved(code) && !FAILOVER_CODES.includes(code)) {
        throw invalidOrigin(
          scope,
          `'statusCodes[${index}]' must be one of ${FAILOVER_CODES.join(', ')}, got ${code}, CloudFront fails over upon no other`,
        );
      }
    }
    return [...new Set(statusCodes)];
  }
}

/** A behavior has one policy for both. S3 takes a foreign `Host` for the name of another bucket. */
function policyFor(
  { originRequestPolicy: first }: TlsOrigin,
  { originRequestPolicy: second }: TlsOrigin,
): cloudfront.IOriginRequestPolicyRef | undefined {
  if (first === second) return first;
  if (first === undefined || second === undefined) return undefined;
  return cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER;
}
