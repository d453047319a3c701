import { Aws } from 'aws-cdk-lib';
import { CloudFrontOriginFacing } from '../../../lib/constructs/distribution';
import {
  ORIGIN_FACING_PREFIX_LISTS,
  PREFIX_LIST_SOURCES,
} from '../../../lib/constructs/distribution/origin-facing-prefix-lists';
import { isTransmissionError } from '../../../lib/core/errors';
import { resourcesOf, stackIn } from '../support';
import { loadBalancerIn } from './edge';

describe('CloudFrontOriginFacing', () => {
  test('is the only one that a load balancer admits', () => {
    const stack = stackIn('eu-west-1');
    loadBalancerIn(stack).allowFrom(CloudFrontOriginFacing.prefixListIn('eu-west-1'));
    expect(Object.values(resourcesOf(stack, 'AWS::EC2::SecurityGroupIngress'))).toMatchObject([
      { Properties: { SourcePrefixListId: 'pl-4fa04526', IpProtocol: 'tcp', FromPort: 443, ToPort: 443 } },
    ]);
    const [group] = Object.values(resourcesOf(stack, 'AWS::EC2::SecurityGroup'));
    expect(group?.Properties.SecurityGroupIngress).toBeUndefined();
  });

  test('fits into a security group once, and not twice', () => {
    const RULES_OF_A_GROUP = 60;
    expect(CloudFrontOriginFacing.WEIGHT).toBeLessThanOrEqual(RULES_OF_A_GROUP);
    expect(2 * CloudFrontOriginFacing.WEIGHT).toBeGreaterThan(RULES_OF_A_GROUP);
  });

  test.each([
    ['us-east-1', 'pl-3b927c52'],
    ['eu-central-1', 'pl-a3a144ca'],
    ['eu-south-1', 'pl-1bbc5972'],
  ])('knows the list of %s', (region, id) => {
    expect(CloudFrontOriginFacing.prefixListIdIn(region)).toBe(id);
  });

  test('refuses a region whose list is not known for certain, and says how to find it', () => {
    const thrown = () => CloudFrontOriginFacing.prefixListIn('me-south-1');
    expect(thrown).toThrow(
      /^'region' must be one of af-south-1, ap-east-1, .*, us-west-2, whose prefix list/,
    );
    expect(thrown).toThrow(
      `got "me-south-1", read its id with 'aws ec2 describe-managed-prefix-lists --filters Name=prefix-list-name,Values=com.amazonaws.global.cloudfront.origin-facing' there and give it to ec2.Peer.prefixList`,
    );
    try {
      thrown();
    } catch (error) {
      expect(isTransmissionError(error)).toBe(true);
    }
  });

  test('refuses a region that is not known yet', () => {
    expect(() => CloudFrontOriginFacing.prefixListIn(Aws.REGION)).toThrow(
      "'region' must be a literal, got an unresolved value, set 'env: { region: ... }' on the stack",
    );
  });
});

describe('the table of prefix lists', () => {
  const rows = [...ORIGIN_FACING_PREFIX_LISTS];

  test.each(rows)('has at least two sources for %s', (_, { sources }) => {
    expect(new Set(sources).size).toBeGreaterThanOrEqual(2);
    for (const source of sources) expect(PREFIX_LIST_SOURCES[source]).toBeTruthy();
  });

  test.each(rows)('has an id of the right form for %s', (_, { id }) => {
    expect(id).toMatch(/^pl-[0-9a-f]{8}$/);
  });

  test('has no id twice, and is in order', () => {
    expect(new Set(rows.map(([, { id }]) => id)).size).toBe(rows.length);
    const regions = rows.map(([region]) => region);
    expect(regions).toEqual([...regions].sort());
  });
});
