import { EC2_MACHINE_ROWS } from '../../../../lib/judge/rules/pci/ec2-machine';
import type { JsonMap } from '../../../../lib/judge/template';
import { HIDDEN, it as one, says } from './support';

const MACHINE = 'AWS::EC2::Instance';
const TEMPLATE = 'AWS::EC2::LaunchTemplate';
const CONFIGURATION = 'AWS::AutoScaling::LaunchConfiguration';

const template = (LaunchTemplateData: JsonMap): JsonMap => one(TEMPLATE, { LaunchTemplateData });

/** An instance, and the launch template that it names. */
const launched = (Properties: JsonMap, LaunchTemplateData: JsonMap): JsonMap => ({
  It: { Type: MACHINE, Properties: { LaunchTemplate: { LaunchTemplateId: { Ref: 'From' } }, ...Properties } },
  From: { Type: TEMPLATE, Properties: { LaunchTemplateData } },
});

const inSubnet = (MapPublicIpOnLaunch: boolean | JsonMap, Properties?: JsonMap): JsonMap => ({
  It: { Type: MACHINE, Properties: Properties ?? { SubnetId: { Ref: 'Subnet' } } },
  Subnet: { Type: 'AWS::EC2::Subnet', Properties: { MapPublicIpOnLaunch } },
});

const interfaces = (AssociatePublicIpAddress: boolean | JsonMap): JsonMap => ({
  NetworkInterfaces: [{ DeviceIndex: '0', AssociatePublicIpAddress }],
});

const SSRF = 'Properties.MetadataOptions.HttpTokens';

describe('MetadataNeedsToken', () => {
  test.each<[string, JsonMap, readonly string[]]>([
    [
      'passes an instance that demands tokens',
      one(MACHINE, { MetadataOptions: { HttpTokens: 'required' } }),
      [],
    ],
    [
      'passes an instance without the service',
      one(MACHINE, { MetadataOptions: { HttpEndpoint: 'disabled' } }),
      [],
    ],
    [
      'fails where tokens are optional',
      one(MACHINE, { MetadataOptions: { HttpTokens: 'optional' } }),
      [`warning violation It.${SSRF}: optional`],
    ],
    ['fails where nothing is said', one(MACHINE), [`warning violation It.${SSRF}: absent`]],
    ['fails a launch configuration', one(CONFIGURATION), [`warning violation It.${SSRF}: absent`]],
    [
      'fails a launch template',
      template({}),
      ['warning violation It.Properties.LaunchTemplateData.MetadataOptions.HttpTokens: absent'],
    ],
    ['passes a launch template', template({ MetadataOptions: { HttpTokens: 'required' } }), []],
    [
      'tells an instance with a launch template once, at the template',
      launched({}, {}),
      ['warning violation From.Properties.LaunchTemplateData.MetadataOptions.HttpTokens: absent'],
    ],
    [
      'finds an instance that weakens its launch template',
      launched(
        { MetadataOptions: { HttpTokens: 'optional' } },
        { MetadataOptions: { HttpTokens: 'required' } },
      ),
      [`warning violation It.${SSRF}: optional`],
    ],
    [
      'cannot tell a launch template from elsewhere',
      one(MACHINE, { LaunchTemplate: { LaunchTemplateId: 'lt-1', Version: '1' } }),
      ['warning unknown It.Properties.LaunchTemplate'],
    ],
    [
      'cannot tell a parameter',
      one(MACHINE, { MetadataOptions: { HttpTokens: HIDDEN } }),
      [`warning unknown It.${SSRF}`],
    ],
  ])('%s', (_, resources, expected) => {
    expect(says(EC2_MACHINE_ROWS, 'MetadataNeedsToken', resources)).toEqual(expected);
  });

  test('follows a launch template by its name', () => {
    const resources = {
      It: { Type: MACHINE, Properties: { LaunchTemplate: { LaunchTemplateName: 'base', Version: '1' } } },
      From: {
        Type: TEMPLATE,
        Properties: {
          LaunchTemplateName: 'base',
          LaunchTemplateData: { MetadataOptions: { HttpTokens: 'required' } },
        },
      },
    };
    expect(says(EC2_MACHINE_ROWS, 'MetadataNeedsToken', resources)).toEqual([]);
  });
});

describe('MachineHasNoPublicAddress', () => {
  test.each<[string, JsonMap, readonly string[]]>([
    ['passes what says so', one(MACHINE, interfaces(false)), []],
    [
      'fails an interface with a public address',
      one(MACHINE, interfaces(true)),
      ['warning violation It.Properties.NetworkInterfaces.0.AssociatePublicIpAddress: true'],
    ],
    ['passes a subnet without public addresses', inSubnet(false), []],
    ['fails a subnet that gives them', inSubnet(true), ['warning violation It.Properties.SubnetId: Subnet']],
    [
      'fails an interface that leaves it to such a subnet',
      inSubnet(true, { NetworkInterfaces: [{ DeviceIndex: '0', SubnetId: { Ref: 'Subnet' } }] }),
      ['warning violation It.Properties.NetworkInterfaces.0.SubnetId: Subnet'],
    ],
    [
      'passes an interface that goes against its subnet',
      inSubnet(true, {
        NetworkInterfaces: [
          { DeviceIndex: '0', SubnetId: { Ref: 'Subnet' }, AssociatePublicIpAddress: false },
        ],
      }),
      [],
    ],
    ['cannot tell what a subnet hides', inSubnet(HIDDEN), ['warning unknown It.Properties.SubnetId']],
    [
      'cannot tell a subnet from elsewhere',
      one(MACHINE, { SubnetId: 'subnet-1' }),
      ['warning unknown It.Properties.SubnetId'],
    ],
    ['cannot tell the default subnet', one(MACHINE), ['warning unknown It.Properties.SubnetId']],
    [
      'cannot tell a parameter',
      one(MACHINE, interfaces(HIDDEN)),
      ['warning unknown It.Properties.NetworkInterfaces.0.AssociatePublicIpAddress'],
    ],
    [
      'fails a launch template',
      template(interfaces(true)),
      [
        'warning violation It.Properties.LaunchTemplateData.NetworkInterfaces.0.AssociatePublicIpAddress: true',
      ],
    ],
    ['passes a launch template that leaves it to the group', template({}), []],
    ['leaves an instance to its launch template', launched({}, {}), []],
    [
      'cannot tell a launch template from elsewhere',
      one(MACHINE, { LaunchTemplate: { LaunchTemplateId: HIDDEN } }),
      ['warning unknown It.Properties.LaunchTemplate'],
    ],
    [
      'fails a launch configuration',
      one(CONFIGURATION, { AssociatePublicIpAddress: true }),
      ['warning violation It.Properties.AssociatePublicIpAddress: true'],
    ],
    ['passes a launch configuration', one(CONFIGURATION, { AssociatePublicIpAddress: false }), []],
  ])('%s', (_, resources, expected) => {
    expect(says(EC2_MACHINE_ROWS, 'MachineHasNoPublicAddress', resources)).toEqual(expected);
  });
});

describe('MachineHasNoKeyPair', () => {
  test.each<[string, JsonMap, readonly string[]]>([
    ['passes an instance without one', one(MACHINE), []],
    ['fails a name', one(MACHINE, { KeyName: 'ops' }), ['warning violation It.Properties.KeyName: ops']],
    [
      'fails a name that is given at deployment, since there is one then',
      one(CONFIGURATION, { KeyName: HIDDEN }),
      ['warning violation It.Properties.KeyName: (parameter Hidden has no default)'],
    ],
    [
      'fails a launch template',
      template({ KeyName: 'ops' }),
      ['warning violation It.Properties.LaunchTemplateData.KeyName: ops'],
    ],
    ['passes no value', one(MACHINE, { KeyName: { Ref: 'AWS::NoValue' } }), []],
  ])('%s', (_, resources, expected) => {
    expect(says(EC2_MACHINE_ROWS, 'MachineHasNoKeyPair', resources)).toEqual(expected);
  });
});

describe('MachineHasRole', () => {
  test.each<[string, JsonMap, readonly string[]]>([
    ['passes a profile', one(MACHINE, { IamInstanceProfile: HIDDEN }), []],
    ['passes a profile of the launch template', launched({}, { IamInstanceProfile: { Name: 'web' } }), []],
    ['fails none', one(MACHINE), ['info violation It.Properties.IamInstanceProfile: absent']],
    [
      'fails none in the launch template either',
      launched({}, {}),
      ['info violation From.Properties.LaunchTemplateData.IamInstanceProfile: absent'],
    ],
    [
      'cannot tell a launch template from elsewhere',
      one(MACHINE, { LaunchTemplate: { LaunchTemplateId: 'lt-1' } }),
      ['info unknown It.Properties.LaunchTemplate'],
    ],
  ])('%s', (_, resources, expected) => {
    expect(says(EC2_MACHINE_ROWS, 'MachineHasRole', resources)).toEqual(expected);
  });
});

describe('MachineIsMonitoredByTheMinute', () => {
  test.each<[string, JsonMap, readonly string[]]>([
    ['passes an instance', one(MACHINE, { Monitoring: true }), []],
    ['passes by the launch template', launched({}, { Monitoring: { Enabled: true } }), []],
    ['fails the default', one(MACHINE), ['info violation It.Properties.Monitoring: absent']],
    [
      'fails an instance that goes against its launch template',
      launched({ Monitoring: false }, { Monitoring: { Enabled: true } }),
      ['info violation It.Properties.Monitoring: false'],
    ],
    [
      'fails a launch template',
      launched({}, { Monitoring: { Enabled: false } }),
      ['info violation From.Properties.LaunchTemplateData.Monitoring.Enabled: false'],
    ],
    [
      'cannot tell a parameter',
      one(MACHINE, { Monitoring: HIDDEN }),
      ['info unknown It.Properties.Monitoring'],
    ],
  ])('%s', (_, resources, expected) => {
    expect(says(EC2_MACHINE_ROWS, 'MachineIsMonitoredByTheMinute', resources)).toEqual(expected);
  });
});
