import { App, Aws, CfnParameter, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import {
  type EndpointException,
  PrivateNetwork,
  type PrivateNetworkProps,
} from '../../../lib/constructs/network';
import { findingsOf, nagErrorsOf } from '../judged';
import { FLAGS, rendered, resourcesOf, stackIn } from '../support';

const ENDPOINT = 'AWS::EC2::VPCEndpoint';
const REASON = 'Containers load the layers of their images from the bucket of Amazon ECR.';
const LAYERS: EndpointException = {
  actions: ['s3:GetObject'],
  resources: ['arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/*'],
  reason: REASON,
};
const SECRETS = ec2.InterfaceVpcEndpointAwsService.SECRETS_MANAGER;
const S3 = ec2.GatewayVpcEndpointAwsService.S3;

const networkIn = (stack: Stack, props: PrivateNetworkProps = {}) =>
  new PrivateNetwork(stack, 'Network', props);

const endpointOf = (stack: Stack) => {
  const [endpoint, ...others] = Object.values(resourcesOf(stack, ENDPOINT));
  expect(others).toEqual([]);
  return endpoint;
};

const groupOf = (stack: Stack, id: string) =>
  Object.entries(resourcesOf(stack, 'AWS::EC2::SecurityGroup')).find(([name]) =>
    name.startsWith(`Network${id}`),
  );

const NO_EGRESS = [
  expect.objectContaining({ CidrIp: '255.255.255.255/32', IpProtocol: 'icmp', FromPort: 252, ToPort: 86 }),
];

describe('endpoints of a PrivateNetwork', () => {
  test.each([
    [
      'an interface endpoint',
      (network: PrivateNetwork) => network.addInterfaceEndpoint('E', { service: SECRETS }),
    ],
    ['a gateway endpoint', (network: PrivateNetwork) => network.addGatewayEndpoint('E', { service: S3 })],
  ])(
    '%s leads from the account to the account, and within the organisation where that is given',
    (_, add) => {
      const conditionOf = (props: PrivateNetworkProps) => {
        const stack = stackIn('eu-west-1');
        add(networkIn(stack, props));
        const Statement = endpointOf(stack)?.Properties.PolicyDocument.Statement;
        expect(Statement).toHaveLength(1);
        expect(Statement[0]).toMatchObject({ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' });
        return Statement[0].Condition;
      };
      const account = { Ref: 'AWS::AccountId' };
      expect(conditionOf({})).toEqual({
        StringEquals: { 'aws:PrincipalAccount': account, 'aws:ResourceAccount': account },
      });
      expect(conditionOf({ organizationId: 'o-a1b2c3d4e5' })).toEqual({
        StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5', 'aws:ResourceOrgID': 'o-a1b2c3d4e5' },
      });
    },
  );

  test('answer to the name of the service, in the private subnets', () => {
    const stack = stackIn('eu-west-1');
    const network = networkIn(stack, { publicSubnets: true, natGateways: 1 });
    network.addInterfaceEndpoint('Secrets', { service: SECRETS });
    expect(endpointOf(stack)?.Properties).toMatchObject({
      PrivateDnsEnabled: true,
      ServiceName: 'com.amazonaws.eu-west-1.secretsmanager',
      SubnetIds: network.vpc.privateSubnets.map(({ subnetId }) => stack.resolve(subnetId)),
      VpcEndpointType: 'Interface',
    });
    rendered(stack).hasResourceProperties('AWS::EC2::VPC', {
      EnableDnsHostnames: true,
      EnableDnsSupport: true,
    });
  });

  test('admit nobody by default, not even the network, and open nothing themselves', () => {
    const stack = stackIn('eu-west-1');
    networkIn(stack).addInterfaceEndpoint('Secrets', { service: SECRETS });
    const [id, group] = groupOf(stack, 'Secrets') ?? [];
    expect(endpointOf(stack)?.Properties.SecurityGroupIds).toEqual([{ 'Fn::GetAtt': [id, 'GroupId'] }]);
    expect(group?.Properties.SecurityGroupIngress).toBeUndefined();
    expect(group?.Properties.SecurityGroupEgress).toEqual(NO_EGRESS);
    rendered(stack).resourceCountIs('AWS::EC2::SecurityGroupIngress', 0);
  });

  test('admit the peers that are given, on port 443, which is all that a closed peer may then do', () => {
    const stack = stackIn('eu-west-1');
    const network = networkIn(stack);
    const shop = network.addSecurityGroup('Shop', 'The containers of the shop');
    network.addInterfaceEndpoint('Secrets', { service: SECRETS, peers: [shop] });
    const [endpointGroup] = groupOf(stack, 'Secrets') ?? [];
    const [shopGroup] = groupOf(stack, 'Shop') ?? [];
    const https = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443 };
    const rulesOf = (type: string) => Object.values(resourcesOf(stack, type)).map((rule) => rule.Properties);
    expect(rulesOf('AWS::EC2::SecurityGroupIngress')).toEqual([
      expect.objectContaining({
        ...https,
        GroupId: { 'Fn::GetAtt': [endpointGroup, 'GroupId'] },
        SourceSecurityGroupId: { 'Fn::GetAtt': [shopGroup, 'GroupId'] },
      }),
    ]);
    expect(rulesOf('AWS::EC2::SecurityGroupEgress')).toEqual([
      expect.objectContaining({
        ...https,
        GroupId: { 'Fn::GetAtt': [shopGroup, 'GroupId'] },
        DestinationSecurityGroupId: { 'Fn::GetAtt': [endpointGroup, 'GroupId'] },
      }),
    ]);
  });

  test('admit peers of another stack, which needs the network and is not needed by it', () => {
    const app = new App({ context: FLAGS });
    const env = { region: 'eu-west-1' };
    const [base, shop] = [new Stack(app, 'Base', { env }), new Stack(app, 'Shop', { env })];
    const network = networkIn(base);
    const peer = new ec2.SecurityGroup(shop, 'Peer', { vpc: network.vpc, allowAllOutbound: false });
    network.addInterfaceEndpoint('Secrets', { service: SECRETS, peers: [peer] });
    app.synth();
    expect(base.dependencies).toEqual([]);
    rendered(shop).hasResourceProperties('AWS::EC2::SecurityGroupIngress', { FromPort: 443, ToPort: 443 });
    rendered(shop).hasResourceProperties('AWS::EC2::SecurityGroupEgress', { FromPort: 443, ToPort: 443 });
  });

  test('of the gateway kind stand in the route tables of all subnets', () => {
    const stack = stackIn('eu-west-1');
    networkIn(stack).addGatewayEndpoint('Objects', { service: S3 });
    expect(endpointOf(stack)?.Properties).toMatchObject({
      VpcEndpointType: 'Gateway',
      RouteTableIds: Object.keys(resourcesOf(stack, 'AWS::EC2::RouteTable')).map((Ref) => ({ Ref })),
    });
  });

  test.each([
    [
      'interface',
      (network: PrivateNetwork) =>
        network.addInterfaceEndpoint('E', { service: SECRETS, exceptions: [LAYERS] }),
    ],
    [
      'gateway',
      (network: PrivateNetwork) => network.addGatewayEndpoint('E', { service: S3, exceptions: [LAYERS] }),
    ],
  ])('of the %s kind lead beyond the perimeter to what is named, and keep why in the template', (_, add) => {
    const stack = stackIn('eu-west-1');
    add(networkIn(stack));
    const endpoint = endpointOf(stack);
    expect(endpoint?.Properties.PolicyDocument.Statement[1]).toEqual({
      Sid: 'Exception1',
      Effect: 'Allow',
      Principal: '*',
      Action: 's3:GetObject',
      Resource: LAYERS.resources[0],
    });
    expect(endpoint?.Metadata?.SecureTransmission).toEqual({ endpointException1: REASON });
  });

  test('take resources that are known only at deployment', () => {
    const stack = stackIn('eu-west-1');
    const resources = [
      `arn:${stack.partition}:s3:::layers/*`,
      Stack.of(stack).formatArn({ service: 's3', resource: 'x' }),
    ];
    networkIn(stack).addGatewayEndpoint('E', { service: S3, exceptions: [{ ...LAYERS, resources }] });
    expect(endpointOf(stack)?.Properties.PolicyDocument.Statement).toHaveLength(2);
  });

  test.each<[string, Partial<EndpointException>, string]>([
    [
      'everything',
      { resources: ['*'] },
      `Stack/Network: 'exceptions[0].resources' must name what is needed, got "*"`,
    ],
    [
      'all actions',
      { actions: ['*'] },
      `Stack/Network: 'exceptions[0].actions' must name what is needed, got "*"`,
    ],
    [
      'any service',
      { actions: ['*:Get'] },
      `Stack/Network: 'exceptions[0].actions' must name what is needed, got "*:Get"`,
    ],
    ['any bucket', { resources: ['arn:aws:s3:::*'] }, 'got "arn:aws:s3:::*"'],
    [
      'any bucket of a partition that is known at deployment',
      { resources: [`arn:${Aws.PARTITION}:s3:::*`] },
      "Stack/Network: 'exceptions[0].resources' must name what is needed",
    ],
    ['any account', { resources: ['arn:aws:sqs:eu-west-1:*:*'] }, 'got "arn:aws:sqs:eu-west-1:*:*"'],
    [
      'nothing',
      { resources: [] },
      "Stack/Network: 'exceptions[0].resources' must name what is needed, got nothing",
    ],
    [
      'no reason',
      { reason: 'because' },
      "Stack/Network: 'exceptions[0].reason' must be a sentence of 20 to 500 characters",
    ],
  ])('refuse an exception with %s', (_, wrong, message) => {
    const network = networkIn(stackIn('eu-west-1'));
    const exceptions = [{ ...LAYERS, ...wrong }];
    expect(() => network.addGatewayEndpoint('E', { service: S3, exceptions })).toThrow(message);
  });

  test('refuse a service that is on another port', () => {
    const service = new ec2.InterfaceVpcEndpointAwsService('email-smtp', undefined, 587);
    expect(() => networkIn(stackIn()).addInterfaceEndpoint('Mail', { service })).toThrow(
      "Stack/Network: 'service' must be one that is spoken to on port 443, got email-smtp on port 587, use its API over HTTPS",
    );
  });

  test('take an organisation that is known only at deployment', () => {
    const stack = stackIn('eu-west-1');
    const organizationId = new CfnParameter(stack, 'Organization').valueAsString;
    networkIn(stack, { organizationId }).addGatewayEndpoint('E', { service: S3 });
    expect(endpointOf(stack)?.Properties.PolicyDocument.Statement[0].Condition.StringEquals).toEqual({
      'aws:PrincipalOrgID': { Ref: 'Organization' },
      'aws:ResourceOrgID': { Ref: 'Organization' },
    });
  });

  test.each(['', 'o-1', 'r-a1b2', 'O-A1B2C3D4E5'])('refuse %p for an organisation', (organizationId) => {
    expect(() => networkIn(stackIn(), { organizationId })).toThrow(
      `Stack/Network: 'organizationId' must be 'o-' and 10 to 32 lower-case letters or digits, got ${JSON.stringify(organizationId)}`,
    );
  });

  test.each([
    ['with', FLAGS],
    ['without', {}],
  ])('leave neither pack anything to say but of the log of a log bucket, %s feature flags', (_, flags) => {
    const stack = stackIn('eu-west-1', flags);
    const network = networkIn(stack, { organizationId: 'o-a1b2c3d4e5' });
    const peers = [network.addSecurityGroup('Shop', 'The containers of the shop')];
    network.addInterfaceEndpoint('Secrets', { service: SECRETS, peers });
    network.addGatewayEndpoint('Objects', { service: S3 });
    expect(findingsOf(stack)).toEqual([]);
    expect(nagErrorsOf(stack)).toEqual(['AwsSolutions-S1']);
  });
});

test('a security group of a PrivateNetwork lets nothing in and nothing out', () => {
  const stack = stackIn('eu-west-1');
  const network = networkIn(stack);
  network.addSecurityGroup('Shop', 'The containers of the shop');
  const [, group] = groupOf(stack, 'Shop') ?? [];
  expect(group?.Properties).toMatchObject({
    GroupDescription: 'The containers of the shop',
    SecurityGroupEgress: NO_EGRESS,
    VpcId: stack.resolve(network.vpc.vpcId),
  });
  expect(group?.Properties.SecurityGroupIngress).toBeUndefined();
});
