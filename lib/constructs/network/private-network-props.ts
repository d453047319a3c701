import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { VpcEncryptionExclusions, VpcEncryptionMode } from './vpc-encryption';

/** Properties of a `PrivateNetwork`. */
export interface PrivateNetworkProps {
  /**
   * The range of addresses, in CIDR notation, from /16 to /28: a literal, since the subnets are cut out of it.
   *
   * @default '10.0.0.0/16'
   */
  readonly cidr?: string;
  /**
   * How many availability zones have subnets: a literal.
   *
   * @default 2
   */
  readonly availabilityZoneCount?: number;
  /**
   * Whether there are subnets that can be reached from the internet, for load balancers that face it.
   *
   * Nothing in them gets a public address of its own accord.
   *
   * @default false
   */
  readonly publicSubnets?: boolean;
  /**
   * Whether VPC origins of CloudFront lead to load balancers in the private subnets. AWS asks for an internet gateway at
   * the network then, to which no route of a private subnet leads: nothing else can come in by it, or get out.
   *
   * @default false
   * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-vpc-origins.html
   */
  readonly vpcOrigins?: boolean;
  /**
   * How many NAT gateways let the private subnets reach the internet: at most one for each availability zone. They
   * stand in public subnets.
   *
   * @default 0, private subnets have no way out
   */
  readonly natGateways?: number;
  /**
   * The bucket that receives the flow logs: that of another network, or any that is encrypted with SSE-S3 or a key of
   * yours, in any region. Its policy is extended, and that of the key, unless they were imported.
   *
   * @default - a new `LogBucket` of kind `VPC_FLOW`, with a key of its own
   */
  readonly flowLogBucket?: s3.IBucket;
  /**
   * Whether VPC Encryption Controls watch over the network, or enforce encryption in it.
   *
   * The flow logs then tell of each flow whether it was encrypted: they are replaced, and written under
   * `vpc-flow-logs-encryption` in place of `vpc-flow-logs`. AWS bills it.
   *
   * @default - neither, flow logs do not tell
   */
  readonly vpcEncryptionControl?: VpcEncryptionMode;
  /**
   * What encryption is not enforced for, each with a sentence that says why. Only with `VpcEncryptionMode.ENFORCE`,
   * under which a network with public subnets has to exclude its internet gateway, and its NAT gateways.
   *
   * @default - nothing
   */
  readonly vpcEncryptionExclusions?: VpcEncryptionExclusions;
  /**
   * The id of the organisation, such as `o-a1b2c3d4e5`, whose principals may reach its resources through endpoints.
   *
   * @default - endpoints lead only from principals of this account to resources of this account
   */
  readonly organizationId?: string;
}
