import { EC2_VOLUME_ROWS } from '../../../../lib/judge/rules/pci/ec2-volume';
import type { JsonMap } from '../../../../lib/judge/template';
import { HIDDEN, it as one, says } from './support';

const VOLUME = 'AWS::EC2::Volume';
const MACHINE = 'AWS::EC2::Instance';
const TEMPLATE = 'AWS::EC2::LaunchTemplate';
const CONFIGURATION = 'AWS::AutoScaling::LaunchConfiguration';

const disk = (Ebs: JsonMap): JsonMap => ({
  BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs }],
});

describe('VolumeIsEncrypted', () => {
  test.each<[string, JsonMap, readonly string[]]>([
    ['passes an encrypted volume', one(VOLUME, { Encrypted: true }), []],
    [
      'fails one that is not',
      one(VOLUME, { Encrypted: false }),
      ['error violation It.Properties.Encrypted: false'],
    ],
    ['fails the default', one(VOLUME), ['error violation It.Properties.Encrypted: absent']],
    [
      'fails a key without the switch, which is not used then',
      one(VOLUME, { KmsKeyId: 'key' }),
      ['error violation It.Properties.Encrypted: absent'],
    ],
    [
      'cannot tell a copy of a snapshot',
      one(VOLUME, { SnapshotId: 'snap-1' }),
      ['error unknown It.Properties.Encrypted'],
    ],
    [
      'cannot tell a copy of a volume',
      one(VOLUME, { SourceVolumeId: 'vol-1' }),
      ['error unknown It.Properties.Encrypted'],
    ],
    [
      'cannot tell a parameter',
      one(VOLUME, { Encrypted: HIDDEN }),
      ['error unknown It.Properties.Encrypted'],
    ],
    ['passes a disk of an instance', one(MACHINE, disk({ Encrypted: true })), []],
    [
      'fails a disk of an instance',
      one(MACHINE, disk({ VolumeSize: 8 })),
      ['error violation It.Properties.BlockDeviceMappings.0.Ebs.Encrypted: absent'],
    ],
    [
      'fails a disk of a launch template',
      one(TEMPLATE, { LaunchTemplateData: disk({ Encrypted: 'false' }) }),
      ['error violation It.Properties.LaunchTemplateData.BlockDeviceMappings.0.Ebs.Encrypted: false'],
    ],
    [
      'fails a disk of a launch configuration',
      one(CONFIGURATION, disk({})),
      ['error violation It.Properties.BlockDeviceMappings.0.Ebs.Encrypted: absent'],
    ],
    [
      'says nothing about disks of the host, which encrypts them',
      one(MACHINE, { BlockDeviceMappings: [{ DeviceName: '/dev/sdb', VirtualName: 'ephemeral0' }] }),
      [],
    ],
  ])('%s', (_, resources, expected) => {
    expect(says(EC2_VOLUME_ROWS, 'VolumeIsEncrypted', resources)).toEqual(expected);
  });
});

/** A launch template, and who is started from it. */
const startedFrom = (LaunchTemplateData: JsonMap, by: JsonMap): JsonMap => ({
  It: { Type: TEMPLATE, Properties: { LaunchTemplateData } },
  By: by,
});

const SPECIFICATION: JsonMap = { LaunchTemplateId: { Ref: 'It' }, Version: '1' };
const GROUP: JsonMap = {
  Type: 'AWS::AutoScaling::AutoScalingGroup',
  Properties: { LaunchTemplate: SPECIFICATION },
};
const MIXED: JsonMap = {
  Type: 'AWS::AutoScaling::AutoScalingGroup',
  Properties: {
    MixedInstancesPolicy: { LaunchTemplate: { LaunchTemplateSpecification: SPECIFICATION } },
  },
};
const INSTANCE: JsonMap = { Type: MACHINE, Properties: { LaunchTemplate: SPECIFICATION } };

describe('MachineStatesItsDisks', () => {
  const inTemplate = 'It.Properties.LaunchTemplateData.BlockDeviceMappings';
  test.each<[string, JsonMap, readonly string[]]>([
    ['passes an instance', one(MACHINE, disk({ Encrypted: true })), []],
    ['fails an instance', one(MACHINE), ['warning violation It.Properties.BlockDeviceMappings: absent']],
    [
      'fails disks of the host alone',
      one(MACHINE, { BlockDeviceMappings: [{ DeviceName: '/dev/sdb', VirtualName: 'ephemeral0' }] }),
      ['warning violation It.Properties.BlockDeviceMappings: without a disk'],
    ],
    ['passes an instance by its launch template', startedFrom(disk({}), INSTANCE), []],
    ['fails it once at the template', startedFrom({}, INSTANCE), [`warning violation ${inTemplate}: absent`]],
    ['fails the template of a group', startedFrom({}, GROUP), [`warning violation ${inTemplate}: absent`]],
    [
      'fails the template of a mixed group',
      startedFrom({}, MIXED),
      [`warning violation ${inTemplate}: absent`],
    ],
    ['leaves a template that nothing is started from', one(TEMPLATE, { LaunchTemplateData: {} }), []],
    [
      'cannot tell a launch template from elsewhere',
      one(MACHINE, { LaunchTemplate: { LaunchTemplateId: 'lt-1' } }),
      ['warning unknown It.Properties.LaunchTemplate'],
    ],
    [
      'cannot tell a parameter',
      one(CONFIGURATION, { BlockDeviceMappings: HIDDEN }),
      ['warning unknown It.Properties.BlockDeviceMappings'],
    ],
  ])('%s', (_, resources, expected) => {
    expect(says(EC2_VOLUME_ROWS, 'MachineStatesItsDisks', resources)).toEqual(expected);
  });
});
