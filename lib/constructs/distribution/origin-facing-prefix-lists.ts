/**
 * Where an id was read. AWS publishes no table: an id is taken only if at least two of these, made independently of each
 * other, say the same. Read on 2026-11-22.
 */
export const PREFIX_LIST_SOURCES = {
  /** The mapping of the AWS Networking blog, as copied into public CloudFormation, CDK and Terraform code. */
  awsBlog:
    'https://aws.amazon.com/blogs/networking-and-content-delivery/limit-access-to-your-origins-using-the-aws-managed-prefix-list-for-amazon-cloudfront/',
  /** A list that somebody read out region by region, other regions among them. */
  devTo: 'https://dev.to/kaspersfranz/limit-traffic-to-only-cloudfront-traffic-in-aws-alb-3c6',
  /** Terraform of workshops, a mapping that has a region which the blog lacks. */
  workshopTerraform:
    "public Terraform, variable 'cloudfront_prefix_lists' (CloudFront Prefix List IDs by region)",
  /** A list in the order in which `aws ec2 describe-regions` prints, by another author. */
  regionOrderList: 'public Python, a list of prefix lists in the order of describe-regions',
  /** What one application that runs in that region has in its security groups. */
  runningApplication: 'public infrastructure code and notes of an application in that region',
} as const;

type Source = keyof typeof PREFIX_LIST_SOURCES;

/** The id of one prefix list, and who says so. */
export interface OriginFacingPrefixList {
  readonly id: string;
  readonly sources: readonly Source[];
}

const inBoth = (id: string): OriginFacingPrefixList => ({ id, sources: ['awsBlog', 'devTo'] });
const inUse = (id: string): OriginFacingPrefixList => ({ id, sources: ['devTo', 'runningApplication'] });

/**
 * The prefix list `com.amazonaws.global.cloudfront.origin-facing` (IPv4) by region.
 *
 * For me-south-1 there is one source only, for the others that are missing none.
 */
export const ORIGIN_FACING_PREFIX_LISTS: ReadonlyMap<string, OriginFacingPrefixList> = new Map([
  ['af-south-1', inUse('pl-c0aa4fa9')],
  ['ap-east-1', inUse('pl-14b2577d')],
  ['ap-northeast-1', inBoth('pl-58a04531')],
  ['ap-northeast-2', inBoth('pl-22a6434b')],
  ['ap-northeast-3', { id: 'pl-31a14458', sources: ['workshopTerraform', 'regionOrderList'] }],
  ['ap-south-1', inBoth('pl-9aa247f3')],
  ['ap-southeast-1', inBoth('pl-31a34658')],
  ['ap-southeast-2', inBoth('pl-b8a742d1')],
  ['ca-central-1', inBoth('pl-38a64351')],
  ['eu-central-1', inBoth('pl-a3a144ca')],
  ['eu-north-1', inBoth('pl-fab65393')],
  ['eu-south-1', inUse('pl-1bbc5972')],
  ['eu-west-1', inBoth('pl-4fa04526')],
  ['eu-west-2', inBoth('pl-93a247fa')],
  ['eu-west-3', inBoth('pl-75b1541c')],
  ['sa-east-1', inBoth('pl-5da64334')],
  ['us-east-1', inBoth('pl-3b927c52')],
  ['us-east-2', inBoth('pl-b6a144df')],
  ['us-west-1', inBoth('pl-4ea04527')],
  ['us-west-2', inBoth('pl-82a045eb')],
]);
