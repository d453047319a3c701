import type { PackRule } from '../../packs/pack';
import type { Cursor } from '../../template';
import { anyOf, isOneOf, isPresent, isTrue, onlyWhere, propertyRow, unknown, violation } from '../property';
import { COMPLIANT, NOT_APPLICABLE, type Verdict } from '../rule';
import { AT_REST, EXPOSURE } from './requirements';

const NOTEBOOK = 'AWS::SageMaker::NotebookInstance';
const RESULTS = 'WorkGroupConfiguration.ResultConfiguration.EncryptionConfiguration';

/** Rules on Athena, EMR and SageMaker, with their levels. */
export const ANALYTICS_ROWS: readonly PackRule[] = [
  propertyRow('info', {
    id: 'QueryResultsAreEncrypted',
    title: 'a workgroup of Athena says how results of queries are encrypted',
    risk: 'Results are copies of the data: without a word they are encrypted as the bucket likes, not with the key that guards the data.',
    fix: 'Set ResultConfiguration.EncryptionConfiguration in WorkGroupConfiguration, SSE_KMS with KmsKey, or let Athena keep results (ManagedQueryResultsConfiguration.Enabled). CDK: L1 only (CfnWorkGroup.workGroupConfiguration).',
    references: {
      pciDss: AT_REST,
      gdpr: ['32(1)(a)'],
      cwe: ['CWE-311'],
      awsConfig: ['ATHENA_WORKGROUP_ENCRYPTED_AT_REST'],
    },
    resourceTypes: ['AWS::Athena::WorkGroup'],
    test: anyOf(
      isOneOf(`${RESULTS}.EncryptionOption`, ['SSE_S3', 'SSE_KMS', 'CSE_KMS']),
      isTrue('WorkGroupConfiguration.ManagedQueryResultsConfiguration.Enabled'),
    ),
  }),
  propertyRow('warning', {
    id: 'EmrClusterKnowsItsUsers',
    title: 'an EMR cluster asks users and services who they are',
    risk: 'Without Kerberos Hadoop believes what a client says of itself: whoever reaches the cluster works as anybody.',
    fix: 'Set KerberosAttributes, and AuthenticationConfiguration.KerberosConfiguration in the security configuration. CDK: L1 only (CfnCluster.kerberosAttributes); EmrCreateCluster of Step Functions takes kerberosAttributes.',
    references: {
      pciDss: ['2.2.7', '8.3.1', '8.3.2'],
      gdpr: ['32(1)(b)'],
      cwe: ['CWE-306'],
      awsConfig: ['EMR_KERBEROS_ENABLED'],
    },
    resourceTypes: ['AWS::EMR::Cluster'],
    test: isPresent('KerberosAttributes', 'a realm'),
  }),
  propertyRow('warning', {
    id: 'EmrClusterHasNoPublicAddress',
    title: 'the machines of an EMR cluster have no public address',
    risk: 'Pages of Hadoop and Spark run what they are given, and ask nobody: everybody on the internet can try them.',
    fix: 'Set Instances.Ec2SubnetId (Ec2SubnetIds) to subnets whose MapPublicIpOnLaunch is false; say it where the subnet is not in the template. CDK: L1 only (CfnCluster.instances), with privateSubnets of Vpc.',
    references: {
      pciDss: ['1.3.1', '1.4.2', '1.4.4'],
      gdpr: ['25(2)', '32(1)(b)'],
      securityHub: ['EMR.1'],
      cwe: ['CWE-668'],
      awsConfig: ['EMR_MASTER_NO_PUBLIC_IP'],
    },
    resourceTypes: ['AWS::EMR::Cluster'],
    test: inPrivateSubnets,
  }),
  propertyRow('info', {
    id: 'ModelVolumeUsesOwnKey',
    title: 'the disks of a SageMaker endpoint or notebook are encrypted with a key of the account',
    risk: 'With a key that AWS makes and throws away, no use of it is logged, and no second permission stands in the way.',
    fix: 'Set KmsKeyId; endpoints on machines with disks of their own (ml.g5, ml.m5d and the like) take none. CDK: encryptionKey on EndpointConfig of the alpha module aws-sagemaker-alpha; CfnNotebookInstance.kmsKeyId.',
    references: {
      pciDss: AT_REST,
      gdpr: ['32(1)(a)'],
      cwe: ['CWE-320'],
      awsConfig: [
        'SAGEMAKER_ENDPOINT_CONFIGURATION_KMS_KEY_CONFIGURED',
        'SAGEMAKER_NOTEBOOK_INSTANCE_KMS_KEY_CONFIGURED',
      ],
    },
    resourceTypes: ['AWS::SageMaker::EndpointConfig', NOTEBOOK],
    test: (properties, context) =>
      takesNoKey(properties) ? NOT_APPLICABLE : isPresent('KmsKeyId', 'a key')(properties, context),
  }),
  propertyRow('warning', {
    id: 'NotebookIsInVpc',
    title: 'a notebook is in a network of the account',
    risk: 'Outside of it no security group, endpoint policy or flow log sees what it loads and sends; it reaches the internet directly.',
    fix: 'Set SubnetId and SecurityGroupIds (the notebook is replaced). CDK: L1 only (CfnNotebookInstance.subnetId).',
    references: {
      pciDss: ['1.3.1', '1.3.2', '1.4.1', '1.4.2', '1.4.4', 'A1.1.3'],
      gdpr: ['32(1)(b)'],
      securityHub: ['SageMaker.2'],
      cwe: ['CWE-923'],
      awsConfig: ['SAGEMAKER_NOTEBOOK_INSTANCE_INSIDE_VPC', 'SAGEMAKER_NOTEBOOK_NO_DIRECT_INTERNET_ACCESS'],
    },
    resourceTypes: [NOTEBOOK],
    test: isPresent('SubnetId', 'a private subnet'),
  }),
  propertyRow('warning', {
    id: 'NotebookHasNoDirectInternetAccess',
    title: 'a notebook reaches the internet through its network only',
    risk: 'Beside the network there is a way out that no security group, endpoint policy or flow log sees: data leaves unnoticed.',
    fix: 'Set DirectInternetAccess to Disabled; the default is Enabled. CDK: L1 only (CfnNotebookInstance.directInternetAccess).',
    references: {
      pciDss: EXPOSURE,
      gdpr: ['32(1)(b)'],
      securityHub: ['SageMaker.1'],
      cwe: ['CWE-923'],
      awsConfig: ['SAGEMAKER_NOTEBOOK_NO_DIRECT_INTERNET_ACCESS'],
    },
    resourceTypes: [NOTEBOOK],
    // It cannot be turned off outside of a network, which is the fault then.
    test: onlyWhere(isPresent('SubnetId'), isOneOf('DirectInternetAccess', ['Disabled'])),
  }),
  propertyRow('info', {
    id: 'NotebookUsersAreNotRoot',
    title: 'users of a notebook are not its administrators',
    risk: 'Whoever runs code of others in it changes the machine, and what watches it.',
    fix: 'Set RootAccess to Disabled; the default is Enabled. CDK: L1 only (CfnNotebookInstance.rootAccess).',
    references: {
      pciDss: ['7.2.1', '7.2.2', '7.2.3'],
      gdpr: ['32(1)(b)'],
      securityHub: ['SageMaker.3'],
      cwe: ['CWE-250'],
      awsConfig: ['SAGEMAKER_NOTEBOOK_INSTANCE_ROOT_ACCESS_CHECK'],
    },
    resourceTypes: [NOTEBOOK],
    test: isOneOf('RootAccess', ['Disabled']),
  }),
];

/** EMR asks the subnet; without one it takes the default subnets, which give public addresses. */
function inPrivateSubnets(properties: Cursor): Verdict | readonly Verdict[] {
  const instances = properties.at('Instances');
  const single = instances.at('Ec2SubnetId');
  const several = instances.at('Ec2SubnetIds');
  if (!single.isPresent && !several.isPresent) {
    const why = 'default subnets give each machine a public address';
    return violation(single, 'absent', 'a subnet without public addresses', why);
  }
  const places = several.list();
  if (places.state === 'unresolved') return unknown(several, places.why);
  return [...(single.isPresent ? [single] : []), ...(places.state === 'given' ? places.value : [])].map(
    subnetVerdict,
  );
}

function subnetVerdict(at: Cursor): Verdict {
  const subnet = at.reference();
  if (subnet?.type !== 'AWS::EC2::Subnet') return unknown(at, 'the subnet is not in the templates');
  const maps = at.world.view(subnet).at('MapPublicIpOnLaunch').boolean();
  if (maps.state === 'unresolved') return unknown(at, maps.why);
  const isPublic = maps.state === 'given' && maps.value;
  const why = 'it gives each machine a public address';
  return isPublic ? violation(at, subnet.logicalId, 'a subnet without public addresses', why) : COMPLIANT;
}

/**
 * Machines with disks of their own encrypt those with a key of the hardware, and take no other; functions have none.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateEndpointConfig.html (KmsKeyId)
 */
const OWN_DISKS = /^ml\.(\w*\dd\w*|g4dn|g5|g6e?|gr6|p4de?|p5e?n?|trn1n?|trn2)\./;

function takesNoKey(properties: Cursor): boolean {
  const variants = properties.at('ProductionVariants').items();
  return (
    variants.length > 0 &&
    variants.every((variant) => {
      const type = variant.at('InstanceType').string();
      return (
        variant.at('ServerlessConfig').isPresent || (type.state === 'given' && OWN_DISKS.test(type.value))
      );
    })
  );
}
