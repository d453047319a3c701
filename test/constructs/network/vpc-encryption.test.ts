import { Match } from 'aws-cdk-lib/assertions';
import { PrivateNetwork, type PrivateNetworkProps, VpcEncryptionMode } from '../../../lib/constructs/network';
import { findingsOf, nagErrorsOf } from '../judged';
import { FLAGS, rendered, resourcesOf, stackIn, statementsOf } from '../support';

const CONTROL = 'AWS::EC2::VPCEncryptionControl';
const REASON = 'Clients on the internet speak TLS 1.2 or newer to the load balancer.';
const { MONITOR, ENFORCE } = VpcEncryptionMode;

const networkWith = (props: PrivateNetworkProps) => {
  const stack = stackIn('eu-west-1');
  new PrivateNetwork(stack, 'Network', props);
  return stack;
};

describe('encryption control of a PrivateNetwork', () => {
  test('is absent by default, and flow logs have the default format', () => {
    const stack = networkWith({});
    rendered(stack).resourceCountIs(CONTROL, 0);
    rendered(stack).hasResourceProperties('AWS::EC2::FlowLog', { LogFormat: Match.absent() });
  });

  test.each([
    [MONITOR, 'monitor'],
    [ENFORCE, 'enforce'],
  ])('%s holds for the network, without any exclusion', (vpcEncryptionControl, Mode) => {
    const stack = networkWith({ vpcEncryptionControl });
    const [vpc] = Object.keys(resourcesOf(stack, 'AWS::EC2::VPC'));
    const [control] = Object.values(resourcesOf(stack, CONTROL));
    expect(control?.Properties).toEqual({ Mode, VpcId: { Ref: vpc } });
    expect(control?.Metadata?.SecureTransmission).toBeUndefined();
  });

  test('adds whether a flow was encrypted to the fields that flow logs have anyway', () => {
    rendered(networkWith({ vpcEncryptionControl: MONITOR })).hasResourceProperties('AWS::EC2::FlowLog', {
      LogFormat: [
        ...['version', 'account-id', 'interface-id', 'srcaddr', 'dstaddr', 'srcport', 'dstport', 'protocol'],
        ...['packets', 'bytes', 'start', 'end', 'action', 'log-status'],
        ...['flow-direction', 'traffic-path', 'reject-reason', 'encryption-status'],
      ]
        .map((field) => `\${${field}}`)
        .join(' '),
    });
  });

  test('writes such flow logs under a prefix of their own, which the bucket admits', () => {
    const stack = networkWith({ vpcEncryptionControl: MONITOR });
    const [log] = Object.values(resourcesOf(stack, 'AWS::EC2::FlowLog'));
    expect(JSON.stringify(log?.Properties.LogDestination)).toContain('"/vpc-flow-logs-encryption"');
    const put = statementsOf(stack, 'AWS::S3::BucketPolicy').find(({ Action }) => Action === 's3:PutObject');
    expect(JSON.stringify(put?.Resource)).toContain(
      '"/vpc-flow-logs-encryption/AWSLogs/aws-account-id=",{"Ref":"AWS::AccountId"},"/*"',
    );
  });

  test('leaves the logical ids of network, flow log and bucket as they are without it', () => {
    const without = rendered(networkWith({})).toJSON().Resources;
    const { Resources } = rendered(networkWith({ vpcEncryptionControl: MONITOR })).toJSON();
    const added = Object.keys(Resources).filter((id) => !(id in without));
    expect(added).toEqual(['NetworkEncryptionControl70B72A69']);
    expect(Object.keys(without).filter((id) => !(id in Resources))).toEqual([]);
  });

  test('excludes what is named, and keeps why in the template', () => {
    const stack = networkWith({
      publicSubnets: true,
      natGateways: 1,
      vpcEncryptionControl: ENFORCE,
      vpcEncryptionExclusions: {
        internetGateway: REASON,
        egressOnlyInternetGateway: REASON,
        natGateway: REASON,
        virtualPrivateGateway: REASON,
        vpcPeering: REASON,
        lambda: REASON,
        vpcLattice: REASON,
        elasticFileSystem: REASON,
      },
    });
    rendered(stack).hasResource(CONTROL, {
      Properties: {
        InternetGatewayExclusionInput: 'enable',
        EgressOnlyInternetGatewayExclusionInput: 'enable',
        NatGatewayExclusionInput: 'enable',
        VirtualPrivateGatewayExclusionInput: 'enable',
        VpcPeeringExclusionInput: 'enable',
        LambdaExclusionInput: 'enable',
        VpcLatticeExclusionInput: 'enable',
        ElasticFileSystemExclusionInput: 'enable',
      },
      Metadata: {
        SecureTransmission: {
          internetGatewayExclusion: REASON,
          egressOnlyInternetGatewayExclusion: REASON,
          natGatewayExclusion: REASON,
          virtualPrivateGatewayExclusion: REASON,
          vpcPeeringExclusion: REASON,
          lambdaExclusion: REASON,
          vpcLatticeExclusion: REASON,
          elasticFileSystemExclusion: REASON,
        },
      },
    });
  });

  test('refuses an exclusion without a sentence', () => {
    const props = { vpcEncryptionControl: ENFORCE, vpcEncryptionExclusions: { lambda: 'yes' } };
    expect(() => networkWith(props)).toThrow(
      "Stack/Network: 'vpcEncryptionExclusions.lambda' must be a sentence of 20 to 500 characters",
    );
  });

  test.each([undefined, MONITOR])('refuses exclusions under %s', (vpcEncryptionControl) => {
    const props = { vpcEncryptionExclusions: { lambda: REASON } };
    expect(() => networkWith({ ...props, vpcEncryptionControl })).toThrow(
      "Stack/Network: 'vpcEncryptionExclusions' must be absent unless 'vpcEncryptionControl' is ENFORCE, got 'lambda', remove it",
    );
  });

  test.each<[string, PrivateNetworkProps]>([
    ['internetGateway', { publicSubnets: true }],
    [
      'natGateway',
      { publicSubnets: true, natGateways: 1, vpcEncryptionExclusions: { internetGateway: REASON } },
    ],
  ])('refuses to enforce with a gateway that AWS would refuse: %s', (name, props) => {
    expect(() => networkWith({ ...props, vpcEncryptionControl: ENFORCE })).toThrow(
      `Stack/Network: 'vpcEncryptionExclusions.${name}' must be a sentence where 'vpcEncryptionControl' is ENFORCE and the ` +
        "network has one, got nothing, say why it is needed or set 'publicSubnets' and 'natGateways' back",
    );
  });

  test('only monitors public subnets and NAT gateways without a question', () => {
    const stack = networkWith({ publicSubnets: true, natGateways: 1, vpcEncryptionControl: MONITOR });
    rendered(stack).resourceCountIs(CONTROL, 1);
  });

  test.each([
    ['with', FLAGS],
    ['without', {}],
  ])('leaves neither pack anything to say but of the log of a log bucket, %s feature flags', (_, flags) => {
    const stack = stackIn('eu-west-1', flags);
    new PrivateNetwork(stack, 'Network', { vpcEncryptionControl: ENFORCE });
    expect(findingsOf(stack)).toEqual([]);
    expect(nagErrorsOf(stack)).toEqual(['AwsSolutions-S1']);
  });
});
