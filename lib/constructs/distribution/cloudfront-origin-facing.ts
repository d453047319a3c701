import { Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { TransmissionError } from '../../core/errors';
import { ORIGIN_FACING_PREFIX_LISTS } from './origin-facing-prefix-lists';

const LIST_NAME = 'com.amazonaws.global.cloudfront.origin-facing';

/**
 * The addresses from which CloudFront reaches origins, as a peer of security groups.
 *
 * AWS keeps them in a managed prefix list, whose id differs between regions: here it is known without a look-up. They
 * are those of CloudFront as a whole, whosever the distribution: an origin in a public subnet must tell its own
 * distribution apart by other means, such as a client certificate. A load balancer in private subnets is reached by
 * VPC origins of its own account only.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/LocationsOfEdgeServers.html
 */
export class CloudFrontOriginFacing {
  /**
   * How many rules of a security group the list stands for. A group has 60 unless the quota was raised: the list fits in
   * once, so that a load balancer that redirects from port 80 too has no room for it.
   */
  static readonly WEIGHT = 55;

  /**
   * CloudFront, as seen from a region: `loadBalancer.allowFrom(CloudFrontOriginFacing.prefixListIn('eu-west-1'))`.
   *
   * @param region the region of the security group, as a literal
   * @throws TransmissionError where the id of that region is not known for certain
   */
  static prefixListIn(region: string): ec2.IPeer {
    return ec2.Peer.prefixList(CloudFrontOriginFacing.prefixListIdIn(region));
  }

  /**
   * The id of the prefix list in a region, such as `pl-4fa04526`.
   *
   * @param region the region of the security group, as a literal
   * @throws TransmissionError where the id of that region is not known for certain
   */
  static prefixListIdIn(region: string): string {
    if (Token.isUnresolved(region)) {
      throw invalid(
        "'region' must be a literal, got an unresolved value, set 'env: { region: ... }' on the stack",
      );
    }
    const list = ORIGIN_FACING_PREFIX_LISTS.get(region);
    if (list !== undefined) return list.id;
    throw invalid(
      `'region' must be one of ${[...ORIGIN_FACING_PREFIX_LISTS.keys()].join(', ')}, whose prefix list is known, got ${JSON.stringify(region.slice(0, 40))}, ` +
        `read its id with 'aws ec2 describe-managed-prefix-lists --filters Name=prefix-list-name,Values=${LIST_NAME}' there and give it to ec2.Peer.prefixList`,
    );
  }

  private constructor() {}
}

function invalid(message: string): TransmissionError {
  return new TransmissionError('InvalidProperty', message);
}
