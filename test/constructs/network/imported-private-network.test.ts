import { CfnParameter, Fn } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { TlsLoadBalancer } from '../../../lib/constructs/load-balancer';
import { PrivateNetwork, type PrivateNetworkAttributes } from '../../../lib/constructs/network';
import { findingsOf } from '../judged';
import { certificateIn, rendered, resourcesOf, stackIn } from '../support';

const ATTRIBUTES: PrivateNetworkAttributes = {
  vpcId: 'vpc-1',
  availabilityZones: ['eu-west-1a', 'eu-west-1b'],
  privateSubnetIds: ['subnet-1', 'subnet-2'],
  privateSubnetRouteTableIds: ['rtb-1', 'rtb-2'],
};

function define(attributes: Partial<PrivateNetworkAttributes> = {}) {
  const stack = stackIn('eu-west-1');
  const all = { ...ATTRIBUTES, ...attributes };
  return { stack, network: PrivateNetwork.fromPrivateNetworkAttributes(stack, 'Network', all) };
}

const subnetIds = (subnets: readonly ec2.ISubnet[]) => subnets.map(({ subnetId }) => subnetId);

describe('a PrivateNetwork that exists already', () => {
  test('makes nothing, asks AWS for nothing, and warns of nothing', () => {
    const { stack } = define();
    expect(rendered(stack).toJSON().Resources).toBeUndefined();
    Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
  });

  test('has private subnets without a way out, unless it says that they have one', () => {
    const closed = define().network.vpc;
    expect(subnetIds(closed.isolatedSubnets)).toEqual(['subnet-1', 'subnet-2']);
    expect([...closed.privateSubnets, ...closed.publicSubnets]).toEqual([]);
    const open = define({ privateSubnetsHaveEgress: true, publicSubnetIds: ['subnet-3', 'subnet-4'] }).network
      .vpc;
    expect(subnetIds(open.privateSubnets)).toEqual(['subnet-1', 'subnet-2']);
    expect(subnetIds(open.publicSubnets)).toEqual(['subnet-3', 'subnet-4']);
    expect(open.isolatedSubnets).toEqual([]);
  });

  test('takes load balancers into its private subnets', () => {
    const { stack, network } = define();
    new TlsLoadBalancer(stack, 'Entry', { vpc: network.vpc, certificate: certificateIn(stack) });
    rendered(stack).hasResourceProperties('AWS::ElasticLoadBalancingV2::LoadBalancer', {
      Subnets: ['subnet-1', 'subnet-2'],
    });
  });

  test('takes endpoints that are as closed as those of a network that is defined here', () => {
    const { stack, network } = define({ organizationId: 'o-a1b2c3d4e5' });
    network.addInterfaceEndpoint('Kms', { service: ec2.InterfaceVpcEndpointAwsService.KMS });
    network.addGatewayEndpoint('S3', { service: ec2.GatewayVpcEndpointAwsService.S3 });
    const endpoints = Object.values(resourcesOf(stack, 'AWS::EC2::VPCEndpoint'));
    expect(endpoints).toHaveLength(2);
    for (const { Properties } of endpoints) {
      expect(Properties.VpcId).toBe('vpc-1');
      expect(Properties.PolicyDocument.Statement).toEqual([
        expect.objectContaining({
          Condition: {
            StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5', 'aws:ResourceOrgID': 'o-a1b2c3d4e5' },
          },
        }),
      ]);
    }
    expect(endpoints.flatMap(({ Properties }) => Properties.RouteTableIds ?? [])).toEqual(['rtb-1', 'rtb-2']);
    expect(endpoints.flatMap(({ Properties }) => Properties.SubnetIds ?? [])).toEqual([
      'subnet-1',
      'subnet-2',
    ]);
    expect(findingsOf(stack)).toEqual([]);
  });

  test('takes security groups that let nothing in and nothing out', () => {
    const { stack, network } = define();
    network.addSecurityGroup('Group', 'What the shop runs on');
    rendered(stack).hasResourceProperties('AWS::EC2::SecurityGroup', {
      VpcId: 'vpc-1',
      SecurityGroupIngress: Match.absent(),
      SecurityGroupEgress: [Match.objectLike({ CidrIp: '255.255.255.255/32' })],
    });
  });

  test('may have ids that are known at deployment only, in lists of known length', () => {
    const stack = stackIn('eu-west-1');
    const text = new CfnParameter(stack, 'Subnets').valueAsString;
    const network = PrivateNetwork.fromPrivateNetworkAttributes(stack, 'Network', {
      vpcId: new CfnParameter(stack, 'VpcId').valueAsString,
      availabilityZones: [0, 1].map((index) => Fn.select(index, Fn.getAzs())),
      privateSubnetIds: Fn.split(',', text, 2),
    });
    network.addInterfaceEndpoint('Kms', { service: ec2.InterfaceVpcEndpointAwsService.KMS });
    rendered(stack).hasResourceProperties('AWS::EC2::VPCEndpoint', {
      VpcId: { Ref: 'VpcId' },
      SubnetIds: [0, 1].map((index) => ({
        'Fn::Select': [index, { 'Fn::Split': [',', { Ref: 'Subnets' }] }],
      })),
    });
    Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
  });

  test.each([
    'availabilityZones',
    'privateSubnetIds',
    'publicSubnetIds',
    'privateSubnetRouteTableIds',
  ] as const)('refuses %s of a length that is not known', (property) => {
    const list = new CfnParameter(stackIn(), 'List', { type: 'CommaDelimitedList' }).valueAsList;
    expect(() => define({ [property]: list })).toThrow(
      `Stack/Network: '${property}' must be a list whose length is known at synthesis, got an unresolved value, split it into a list of known length: Fn.split(",", text, 2)`,
    );
    expect(() => define({ [property]: [] })).toThrow(
      `Stack/Network: '${property}' must not be empty, name at least one`,
    );
  });

  test('refuses zones with fewer subnets than others, and subnets without their route tables', () => {
    expect(() => define({ privateSubnetIds: ['subnet-1', 'subnet-2', 'subnet-3'] })).toThrow(
      "Stack/Network: 'privateSubnetIds' must hold as many subnets for each of the 2 availability zones, got 3, name them zone by zone",
    );
    expect(() => define({ publicSubnetIds: ['subnet-3'] })).toThrow(
      "Stack/Network: 'publicSubnetIds' must hold as many subnets for each of the 2 availability zones, got 1",
    );
    expect(() => define({ privateSubnetRouteTableIds: ['rtb-1'] })).toThrow(
      "Stack/Network: 'privateSubnetRouteTableIds' must hold one route table for each of 'privateSubnetIds', got 1 for 2, repeat one that several subnets share",
    );
  });

  test('refuses a gateway endpoint where a route table is not known', () => {
    const S3 = { service: ec2.GatewayVpcEndpointAwsService.S3 };
    const problem = (property: string) =>
      `Stack/Network: '${property}' must be among the attributes of an imported network to add a gateway endpoint`;
    expect(() =>
      define({ privateSubnetRouteTableIds: undefined }).network.addGatewayEndpoint('S3', S3),
    ).toThrow(problem('privateSubnetRouteTableIds'));
    const publicSubnetIds = ['subnet-3', 'subnet-4'];
    expect(() => define({ publicSubnetIds }).network.addGatewayEndpoint('S3', S3)).toThrow(
      problem('publicSubnetRouteTableIds'),
    );
  });

  test('refuses an organisation that is none', () => {
    expect(() => define({ organizationId: 'o-1' })).toThrow("Stack/Network: 'organizationId' must be 'o-'");
  });
});
