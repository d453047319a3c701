import { CfnParameter, Stack } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { LogBucket, LogKind } from '../../../lib/constructs/log-store';
import { PrivateNetwork } from '../../../lib/constructs/network';
import { FLAGS, rendered, resourcesOf, stackIn, statementsOf } from '../support';

describe('PrivateNetwork', () => {
  test('has private subnets in two zones and no way out', () => {
    const stack = stackIn('eu-west-1');
    const { vpc } = new PrivateNetwork(stack, 'Network');
    expect([vpc.publicSubnets.length, vpc.privateSubnets.length, vpc.isolatedSubnets.length]).toEqual([
      0, 0, 2,
    ]);
    rendered(stack).resourceCountIs('AWS::EC2::InternetGateway', 0);
    rendered(stack).resourceCountIs('AWS::EC2::NatGateway', 0);
  });

  test('takes its zones from CloudFormation, without asking AWS', () => {
    const stack = stackIn('eu-west-1');
    new PrivateNetwork(stack, 'Network');
    const zones = Object.values(resourcesOf(stack, 'AWS::EC2::Subnet')).map(
      ({ Properties }) => Properties.AvailabilityZone,
    );
    expect(zones).toEqual([0, 1].map((index) => ({ 'Fn::Select': [index, { 'Fn::GetAZs': '' }] })));
  });

  test('gives no public address to what starts in a public subnet', () => {
    const stack = stackIn('eu-west-1');
    new PrivateNetwork(stack, 'Network', { publicSubnets: true, natGateways: 1 });
    rendered(stack).allResourcesProperties('AWS::EC2::Subnet', { MapPublicIpOnLaunch: false });
    rendered(stack).resourceCountIs('AWS::EC2::Subnet', 4);
    rendered(stack).resourceCountIs('AWS::EC2::NatGateway', 1);
  });

  test.each([
    ['with', FLAGS],
    ['without', {}],
  ])('empties the default security group %s feature flags', (_, flags) => {
    const stack = stackIn('eu-west-1', flags);
    new PrivateNetwork(stack, 'Network');
    const [vpc] = Object.keys(resourcesOf(stack, 'AWS::EC2::VPC'));
    rendered(stack).hasResourceProperties('Custom::VpcRestrictDefaultSG', {
      DefaultSecurityGroupId: { 'Fn::GetAtt': [vpc, 'DefaultSecurityGroup'] },
    });
  });

  test('logs every flow of the network, by the minute', () => {
    const stack = stackIn('eu-west-1');
    new PrivateNetwork(stack, 'Network');
    const [vpc] = Object.keys(resourcesOf(stack, 'AWS::EC2::VPC'));
    const [bucket] = Object.keys(resourcesOf(stack, 'AWS::S3::Bucket'));
    const [policy] = Object.keys(resourcesOf(stack, 'AWS::S3::BucketPolicy'));
    rendered(stack).hasResource('AWS::EC2::FlowLog', {
      DependsOn: [policy],
      Properties: {
        ResourceId: { Ref: vpc },
        ResourceType: 'VPC',
        TrafficType: 'ALL',
        MaxAggregationInterval: 60,
        LogDestinationType: 's3',
        LogDestination: { 'Fn::Join': ['', [{ 'Fn::GetAtt': [bucket, 'Arn'] }, '/vpc-flow-logs']] },
        DestinationOptions: { FileFormat: 'parquet', HiveCompatiblePartitions: true, PerHourPartition: true },
      },
    });
  });

  test.each([
    ['with', FLAGS],
    ['without', {}],
  ])('lets the delivery service write flow logs of this account only, %s feature flags', (_, flags) => {
    const stack = stackIn('eu-west-1', flags);
    new PrivateNetwork(stack, 'Network');
    const account = { Ref: 'AWS::AccountId' };
    const allowed = statementsOf(stack, 'AWS::S3::BucketPolicy').filter(({ Effect }) => Effect === 'Allow');
    expect(allowed).toHaveLength(2);
    for (const statement of allowed) {
      expect(statement).toMatchObject({
        Principal: { Service: 'delivery.logs.amazonaws.com' },
        Condition: {
          StringEquals: { 'aws:SourceAccount': account },
          ArnLike: { 'aws:SourceArn': { 'Fn::Join': ['', expect.arrayContaining([account, ':*'])] } },
        },
      });
    }
    expect(allowed.map(({ Action }) => Action)).toEqual([
      's3:PutObject',
      ['s3:GetBucketAcl', 's3:ListBucket'],
    ]);
  });

  test('writes to a bucket that is given, and makes none', () => {
    const stack = stackIn('eu-west-1');
    const { flowLogBucket } = new PrivateNetwork(
      new Stack(stack, 'Other', { env: { region: 'eu-west-1' } }),
      'Other',
    );
    const network = new PrivateNetwork(stack, 'Network', { flowLogBucket });
    expect(network.flowLogBucket).toBe(flowLogBucket);
    rendered(stack).resourceCountIs('AWS::S3::Bucket', 0);
    rendered(stack).hasResourceProperties('AWS::EC2::FlowLog', { LogDestination: Match.anyValue() });
  });

  test('encrypts flow logs with a key of its own, and lets their delivery use it', () => {
    const stack = stackIn('eu-west-1');
    new PrivateNetwork(stack, 'Network');
    const [key] = Object.keys(resourcesOf(stack, 'AWS::KMS::Key'));
    rendered(stack).hasResource('AWS::KMS::Key', {
      DeletionPolicy: 'Retain',
      Properties: {
        EnableKeyRotation: true,
        KeyPolicy: {
          Statement: Match.arrayWith([
            Match.objectLike({
              Principal: { Service: 'delivery.logs.amazonaws.com' },
              Condition: Match.objectLike({
                StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
              }),
            }),
          ]),
        },
      },
    });
    rendered(stack).hasResourceProperties('AWS::S3::Bucket', {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          Match.objectLike({
            ServerSideEncryptionByDefault: {
              SSEAlgorithm: 'aws:kms',
              KMSMasterKeyID: { 'Fn::GetAtt': [key, 'Arn'] },
            },
          }),
        ],
      },
    });
  });

  test('shares the bucket of another network, which admits their deliveries once', () => {
    const stack = stackIn('eu-west-1');
    const { flowLogBucket } = new PrivateNetwork(stack, 'Network');
    new PrivateNetwork(stack, 'Second', { flowLogBucket });
    rendered(stack).resourceCountIs('AWS::S3::Bucket', 1);
    rendered(stack).resourceCountIs('AWS::EC2::FlowLog', 2);
    const allowed = statementsOf(stack, 'AWS::S3::BucketPolicy').filter(({ Effect }) => Effect === 'Allow');
    expect(allowed).toHaveLength(2);
  });

  test('writes to a bucket of another app in another region', () => {
    const stack = stackIn('eu-west-1');
    const { bucket: flowLogBucket } = LogBucket.fromLogBucketAttributes(stack, 'Logs', {
      kind: LogKind.VPC_FLOW,
      bucketArn: 'arn:aws:s3:::flow-logs-of-the-company',
      region: 'eu-central-1',
    });
    new PrivateNetwork(stack, 'Network', { flowLogBucket });
    rendered(stack).resourceCountIs('AWS::S3::BucketPolicy', 0);
    rendered(stack).hasResourceProperties('AWS::EC2::FlowLog', {
      LogDestination: 'arn:aws:s3:::flow-logs-of-the-company/vpc-flow-logs',
    });
  });

  test('refuses a bucket for logs of another kind', () => {
    const stack = stackIn('eu-west-1');
    const { bucket: flowLogBucket } = new LogBucket(stack, 'Logs', { kind: LogKind.CLOUDTRAIL });
    expect(() => new PrivateNetwork(stack, 'Network', { flowLogBucket })).toThrow(
      "Stack/Network: 'flowLogBucket' must be for flow logs of networks, got a LogBucket for trails of AWS CloudTrail, make one of kind VPC_FLOW",
    );
  });

  test('takes another range and number of zones', () => {
    const stack = stackIn('eu-west-1');
    new PrivateNetwork(stack, 'Network', { cidr: '10.8.0.0/20', availabilityZoneCount: 2 });
    rendered(stack).hasResourceProperties('AWS::EC2::VPC', { CidrBlock: '10.8.0.0/20' });
  });

  test('refuses NAT gateways without public subnets', () => {
    expect(() => new PrivateNetwork(stackIn(), 'Network', { natGateways: 1 })).toThrow(
      "Stack/Network: 'natGateways' must be 0 where 'publicSubnets' is false, since they stand in public subnets, got 1",
    );
  });

  test.each([0, -1, 1.5, Number.NaN])('refuses %p availability zones', (availabilityZoneCount) => {
    expect(() => new PrivateNetwork(stackIn(), 'Network', { availabilityZoneCount })).toThrow(
      `Stack/Network: 'availabilityZoneCount' must be a whole number of at least 1, got ${availabilityZoneCount}`,
    );
  });

  test('refuses more availability zones than the stack knows, which the CDK would leave out', () => {
    expect(() => new PrivateNetwork(stackIn('eu-west-1'), 'Network', { availabilityZoneCount: 3 })).toThrow(
      "Stack/Network: 'availabilityZoneCount' must be at most 2, the availability zones that the stack knows, got 3, override 'availabilityZones' of the stack",
    );
  });

  test.each([-1, 0.5, 3])('refuses %p NAT gateways for two zones', (natGateways) => {
    expect(() => new PrivateNetwork(stackIn(), 'Network', { natGateways, publicSubnets: true })).toThrow(
      `Stack/Network: 'natGateways' must be a whole number from 0 to 2, one for each availability zone, got ${natGateways}`,
    );
  });

  test.each(['10.0.0.0', '10.0.0.0/15', '10.0.0.0/29', 'fd00::/48', ''])('refuses the range %j', (cidr) => {
    expect(() => new PrivateNetwork(stackIn(), 'Network', { cidr })).toThrow(
      `Stack/Network: 'cidr' must be a range of IPv4 addresses from /16 to /28, which is what a network can have, got ${JSON.stringify(cidr)}, such as 10.0.0.0/16`,
    );
  });

  test('refuses what decides the template and is known at deployment only', () => {
    const stack = stackIn('eu-west-1');
    const number = new CfnParameter(stack, 'Number', { type: 'Number' }).valueAsNumber;
    const text = new CfnParameter(stack, 'Text').valueAsString;
    const remedy = 'got an unresolved value, read it from configuration';
    expect(() => new PrivateNetwork(stack, 'A', { cidr: text })).toThrow(
      `Stack/A: 'cidr' must be a literal, since the subnets are cut out of it, ${remedy}`,
    );
    expect(() => new PrivateNetwork(stack, 'B', { availabilityZoneCount: number })).toThrow(
      `Stack/B: 'availabilityZoneCount' must be a literal, since each has subnets in the template, ${remedy}`,
    );
    expect(() => new PrivateNetwork(stack, 'C', { natGateways: number, publicSubnets: true })).toThrow(
      `Stack/C: 'natGateways' must be a literal, since each stands in the template, ${remedy}`,
    );
  });

  test.each(['', 'a'.repeat(256), 'für die Kasse'])(
    'refuses the description %j of a security group',
    (text) => {
      const network = new PrivateNetwork(stackIn('eu-west-1'), 'Network');
      expect(() => network.addSecurityGroup('Group', text)).toThrow(
        `Stack/Network: 'description' must be 1 to 255 letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*, which is what Amazon EC2 takes, got ${JSON.stringify(text.slice(0, 80))} of ${text.length} characters, say it shorter or in ASCII`,
      );
    },
  );
});
