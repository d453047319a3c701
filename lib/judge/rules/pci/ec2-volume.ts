import type { PackRule } from '../../packs/pack';
import type { Cursor } from '../../template';
import { decided, each, propertyRow, unknown, violation } from '../property';
import { COMPLIANT, NOT_APPLICABLE, type Verdict } from '../rule';
import { LAUNCH_CONFIGURATION, LAUNCH_TEMPLATE, launchTemplateOf, MACHINE, settingsOf } from './ec2-launch';

const VOLUME = 'AWS::EC2::Volume';
const GROUP = 'AWS::AutoScaling::AutoScalingGroup';

/** Where a group of machines names what they are started from. */
const NAMED_BY_GROUP = [
  'LaunchTemplate.LaunchTemplateId',
  'MixedInstancesPolicy.LaunchTemplate.LaunchTemplateSpecification.LaunchTemplateId',
];

/**
 * Rules on disks, with their levels. An account can have encryption by default (`EC2_EBS_ENCRYPTION_BY_DEFAULT`), which
 * no template shows: a volume that says nothing is unencrypted in all others.
 */
export const EC2_VOLUME_ROWS: readonly PackRule[] = [
  propertyRow('error', {
    id: 'VolumeIsEncrypted',
    title: 'a volume of EBS is encrypted',
    risk: 'Whoever gets a snapshot of it, which can be shared with one call, reads the disk with everything that was ever written to it.',
    fix: 'Set Encrypted to true on the volume, and on Ebs of every BlockDeviceMappings, with KmsKeyId where the key is to be yours; a copy of a snapshot states it too. CDK: encrypted: true on Volume, and BlockDeviceVolume.ebs(size, { encrypted: true }), both of which leave it out by default.',
    references: {
      pciDss: ['3.5.1', '8.3.2'],
      gdpr: ['32(1)(a)'],
      securityHub: ['EC2.3'],
      cwe: ['CWE-311'],
      awsConfig: ['ENCRYPTED_VOLUMES'],
    },
    resourceTypes: [VOLUME, MACHINE, LAUNCH_TEMPLATE, LAUNCH_CONFIGURATION],
    test: (properties, context) =>
      properties.resource.type === VOLUME
        ? isEncrypted(properties)
        : each('BlockDeviceMappings', (mapping) => {
            const disk = mapping.at('Ebs');
            return disk.isPresent ? isEncrypted(disk) : NOT_APPLICABLE;
          })(settingsOf(properties), context),
  }),
  propertyRow('warning', {
    id: 'MachineStatesItsDisks',
    title: 'a machine states its disks, so that their encryption can be told',
    risk: 'Without a word about them, the image and a setting of the account decide whether the disk that the system is on is encrypted: in most accounts it is not.',
    fix: 'Add BlockDeviceMappings with the device of the image (/dev/xvda or /dev/sda1) and Ebs.Encrypted true, to the instance or to its launch template. CDK: blockDevices: [{ deviceName: "/dev/xvda", volume: BlockDeviceVolume.ebs(size, { encrypted: true }) }].',
    references: {
      pciDss: ['3.5.1'],
      gdpr: ['32(1)(a)'],
      cwe: ['CWE-311', 'CWE-1188'],
      awsConfig: ['ENCRYPTED_VOLUMES'],
    },
    resourceTypes: [MACHINE, LAUNCH_TEMPLATE, LAUNCH_CONFIGURATION],
    test: (properties) => {
      if (properties.resource.type === LAUNCH_TEMPLATE && !isOfGroup(properties)) return NOT_APPLICABLE;
      const own = statesDisks(settingsOf(properties));
      const template = launchTemplateOf(properties);
      if (own.verdict !== 'violation' || template.state === 'none') return own;
      return template.state === 'known' ? statesDisks(template.settings) : unknown(template.at, template.why);
    },
  }),
];

function isEncrypted(disk: Cursor): Verdict {
  const at = disk.at('Encrypted');
  const encrypted = at.boolean();
  const copied = ['SnapshotId', 'SourceVolumeId'].map((name) => disk.at(name)).find((one) => one.isPresent);
  if (encrypted.state === 'absent' && copied !== undefined) {
    return unknown(at, `it is inherited through ${copied.path}`);
  }
  return decided(at, encrypted, 'violation', 'true', (value) => value);
}

/** A launch template of an instance is asked with the instance, which may state its disks itself. */
function isOfGroup({ world, resource }: Cursor): boolean {
  return NAMED_BY_GROUP.some((path) => world.app.referring(resource, GROUP, path).length > 0);
}

function statesDisks(settings: Cursor): Verdict {
  const at = settings.at('BlockDeviceMappings');
  const mappings = at.list();
  if (mappings.state === 'unresolved') return unknown(at, mappings.why);
  const disks = mappings.state === 'given' ? mappings.value.filter((one) => one.at('Ebs').isPresent) : [];
  return disks.length > 0
    ? COMPLIANT
    : violation(
        at,
        mappings.state === 'given' ? 'without a disk' : 'absent',
        'given, with Ebs.Encrypted true',
      );
}
