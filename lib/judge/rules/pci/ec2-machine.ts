import type { PackRule } from '../../packs/pack';
import type { Cursor } from '../../template';
import {
  allOf,
  anyOf,
  each,
  isAbsent,
  isFalse,
  isOneOf,
  isPresent,
  isTrue,
  type PropertyTest,
  propertyRow,
  unknown,
  violation,
} from '../property';
import { COMPLIANT, NOT_APPLICABLE, type Verdict } from '../rule';
import { LAUNCH_CONFIGURATION, LAUNCH_TEMPLATE, launchTemplateOf, MACHINE, settingsOf } from './ec2-launch';

/** Rules on virtual machines and what they are started from, with their levels. */
export const EC2_MACHINE_ROWS: readonly PackRule[] = [
  propertyRow('warning', {
    id: 'MetadataNeedsToken',
    title: 'the credentials of a machine are given to sessions with a token only (IMDSv2)',
    risk: 'Whoever makes a program on the machine fetch an address of theirs (SSRF) reads the credentials of its role with one request.',
    fix: 'Set MetadataOptions.HttpTokens to required on the instance, launch template or launch configuration; left out, the image and the account decide. CDK: requireImdsv2: true on Instance, LaunchTemplate and AutoScalingGroup, which is false by default.',
    references: {
      pciDss: ['2.2.6', '7.2.5', '8.2.8'],
      gdpr: ['32(1)(b)'],
      securityHub: ['AutoScaling.3', 'EC2.8', 'EC2.170'],
      cwe: ['CWE-918'],
      awsConfig: ['EC2_IMDSV2_CHECK', 'AUTOSCALING_LAUNCHCONFIG_REQUIRES_IMDSV2'],
    },
    resourceTypes: [MACHINE, LAUNCH_TEMPLATE, LAUNCH_CONFIGURATION],
    test: ofMachine(
      'MetadataOptions',
      anyOf(
        isOneOf('MetadataOptions.HttpTokens', ['required']),
        isOneOf('MetadataOptions.HttpEndpoint', ['disabled']),
      ),
    ),
  }),
  propertyRow('warning', {
    id: 'MachineHasNoPublicAddress',
    title: 'a machine has no public address',
    risk: 'Everyone on the internet can try each port that a security group leaves open, now or after a mistake; behind a load balancer only its listeners are tried.',
    fix: 'Set AssociatePublicIpAddress to false in NetworkInterfaces (on a launch configuration: directly), or name a subnet whose MapPublicIpOnLaunch is false; say it where the subnet is not in the template. CDK: associatePublicIpAddress: false, and vpcSubnets with private subnets, which Instance takes by default.',
    references: {
      pciDss: ['1.3.1', '1.4.2', '1.4.4', '1.4.5'],
      gdpr: ['25(2)', '32(1)(b)'],
      securityHub: ['AutoScaling.5', 'EC2.9', 'EC2.25'],
      cwe: ['CWE-668'],
      awsConfig: [
        'EC2_INSTANCE_NO_PUBLIC_IP',
        'EC2_LAUNCH_TEMPLATE_PUBLIC_IP_DISABLED',
        'AUTOSCALING_LAUNCH_CONFIG_PUBLIC_IP_DISABLED',
      ],
    },
    resourceTypes: [MACHINE, LAUNCH_TEMPLATE, LAUNCH_CONFIGURATION],
    test: (properties, context) => {
      const settings = settingsOf(properties);
      const nothingPublic = isFalse('AssociatePublicIpAddress', { absent: 'compliant' });
      if (properties.resource.type === LAUNCH_CONFIGURATION) return nothingPublic(settings, context);
      if (settings.at('NetworkInterfaces').isPresent) {
        return each('NetworkInterfaces', interfaceIsPrivate)(settings, context);
      }
      return properties.resource.type === MACHINE ? subnetIsPrivate(properties) : COMPLIANT;
    },
  }),
  propertyRow('warning', {
    id: 'MachineHasNoKeyPair',
    title: 'a machine is not opened by a key pair that people share',
    risk: 'Everyone who ever got the private key is the same user to the machine: nobody can tell who did what, and nobody can take the key back from one of them.',
    fix: 'Remove KeyName, and come in with Session Manager, which knows who comes and logs it. CDK: no keyPair and no keyName; ssmSessionPermissions: true on Instance.',
    references: {
      pciDss: ['8.2.1', '8.2.2', '8.6.1'],
      gdpr: ['32(1)(b)', '32(4)'],
      cwe: ['CWE-287'],
      awsConfig: ['EC2_NO_AMAZON_KEY_PAIR'],
    },
    resourceTypes: [MACHINE, LAUNCH_TEMPLATE, LAUNCH_CONFIGURATION],
    test: (properties, context) => isAbsent('KeyName')(settingsOf(properties), context),
  }),
  propertyRow('info', {
    id: 'MachineHasRole',
    title: 'a machine has a role of its own',
    risk: 'A program without a role gets its access from a key that somebody puts on the disk, that never changes and works from anywhere.',
    fix: 'Set IamInstanceProfile on the instance or its launch template. CDK: Instance makes a role and a profile; look for a CfnInstance or an override.',
    references: {
      pciDss: ['7.2.1', '7.2.2', '7.2.5', '8.6.1'],
      gdpr: ['32(1)(b)'],
      cwe: ['CWE-250'],
      awsConfig: ['EC2_INSTANCE_PROFILE_ATTACHED'],
    },
    resourceTypes: [MACHINE],
    test: wherever('IamInstanceProfile', isPresent('IamInstanceProfile', 'an instance profile')),
  }),
  propertyRow('info', {
    id: 'MachineIsMonitoredByTheMinute',
    title: 'a machine is measured every minute',
    risk: 'With a figure every five minutes, a machine that is misused or about to fail is noticed minutes later.',
    fix: 'Set Monitoring to true (Monitoring.Enabled in a launch template). CDK: detailedMonitoring: true on Instance and LaunchTemplate.',
    references: {
      pciDss: ['10.4.1.1', '10.7.1', '10.7.2', 'A3.3.1'],
      gdpr: ['32(1)(d)'],
      cwe: ['CWE-778'],
      awsConfig: ['EC2_INSTANCE_DETAILED_MONITORING_ENABLED'],
    },
    resourceTypes: [MACHINE],
    test: wherever('Monitoring', isTrue('Monitoring'), isTrue('Monitoring.Enabled')),
  }),
];

/** Asks the settings of a machine; what an instance leaves to a launch template is judged there. */
function ofMachine(property: string, test: PropertyTest): PropertyTest {
  return (properties, context) => {
    const settings = settingsOf(properties);
    if (settings.at(property).isPresent) return test(settings, context);
    const template = launchTemplateOf(properties);
    if (template.state === 'hidden') return unknown(template.at, template.why);
    return template.state === 'known' ? NOT_APPLICABLE : test(settings, context);
  };
}

/** Asks an instance, or its launch template where the instance itself says nothing. */
function wherever(property: string, test: PropertyTest, inTemplate = test): PropertyTest {
  return (properties, context) => {
    const template = launchTemplateOf(properties);
    if (template.state === 'none' || properties.at(property).isPresent) return test(properties, context);
    return template.state === 'known'
      ? inTemplate(template.settings, context)
      : unknown(template.at, template.why);
  };
}

const interfaceIsPrivate: PropertyTest = allOf(
  isFalse('AssociatePublicIpAddress', { absent: 'notApplicable' }),
  (nic) =>
    nic.at('AssociatePublicIpAddress').isPresent || !nic.at('SubnetId').isPresent
      ? COMPLIANT
      : subnetIsPrivate(nic),
);

/** Without a word about it, the subnet decides. */
function subnetIsPrivate(place: Cursor): Verdict {
  const at = place.at('SubnetId');
  const want = 'a subnet without public addresses, or AssociatePublicIpAddress false';
  const subnet = at.reference();
  if (subnet?.type === 'AWS::EC2::Subnet') {
    const maps = place.world.view(subnet).at('MapPublicIpOnLaunch').boolean();
    if (maps.state === 'unresolved') return unknown(at, maps.why);
    const isPublic = maps.state === 'given' && maps.value;
    return isPublic
      ? violation(at, subnet.logicalId, want, 'it gives each machine a public address')
      : COMPLIANT;
  }
  const template = launchTemplateOf(place);
  if (!at.isPresent && template.state !== 'none') {
    // A launch template of this app is judged itself.
    return template.state === 'known' ? NOT_APPLICABLE : unknown(template.at, template.why);
  }
  return unknown(at, at.isPresent ? 'the subnet is not in the templates' : 'the default subnet decides');
}
