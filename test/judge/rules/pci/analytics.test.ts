import { ANALYTICS_ROWS } from '../../../../lib/judge/rules/pci/analytics';
import type { JsonMap } from '../../../../lib/judge/template';
import { HIDDEN, it as one, says } from './support';

const workgroup = (WorkGroupConfiguration: JsonMap): JsonMap =>
  one('AWS::Athena::WorkGroup', { WorkGroupConfiguration });
const results = (EncryptionOption: string | JsonMap): JsonMap =>
  workgroup({ ResultConfiguration: { EncryptionConfiguration: { EncryptionOption } } });
const RESULTS =
  'It.Properties.WorkGroupConfiguration.ResultConfiguration.EncryptionConfiguration.EncryptionOption';
const emr = (Instances: JsonMap, more: JsonMap = {}): JsonMap =>
  one('AWS::EMR::Cluster', { Instances, ...more });
const inSubnet = (Instances: JsonMap, MapPublicIpOnLaunch?: JsonMap | boolean): JsonMap => ({
  ...emr(Instances),
  Subnet: {
    Type: 'AWS::EC2::Subnet',
    Properties: MapPublicIpOnLaunch === undefined ? {} : { MapPublicIpOnLaunch },
  },
});
const REF: JsonMap = { Ref: 'Subnet' };
const notebook = (Properties: JsonMap = {}): JsonMap => one('AWS::SageMaker::NotebookInstance', Properties);
const endpoint = (variant: JsonMap): JsonMap =>
  one('AWS::SageMaker::EndpointConfig', { ProductionVariants: [variant] });
const SUBNET = 'It.Properties.Instances.Ec2SubnetId';

test.each<[string, string, JsonMap, readonly string[]]>([
  ['QueryResultsAreEncrypted', 'passes a key', results('SSE_KMS'), []],
  [
    'QueryResultsAreEncrypted',
    'passes results that Athena keeps',
    workgroup({ ManagedQueryResultsConfiguration: { Enabled: true } }),
    [],
  ],
  ['QueryResultsAreEncrypted', 'fails no word', workgroup({}), [`info violation ${RESULTS}: absent`]],
  ['QueryResultsAreEncrypted', 'cannot tell a parameter', results(HIDDEN), [`info unknown ${RESULTS}`]],
  [
    'EmrClusterKnowsItsUsers',
    'passes Kerberos',
    emr({}, { KerberosAttributes: { Realm: 'EC2.INTERNAL' } }),
    [],
  ],
  [
    'EmrClusterKnowsItsUsers',
    'takes hidden attributes for some',
    emr({}, { KerberosAttributes: HIDDEN }),
    [],
  ],
  [
    'EmrClusterKnowsItsUsers',
    'fails none',
    emr({}),
    ['warning violation It.Properties.KerberosAttributes: absent'],
  ],
  ['EmrClusterHasNoPublicAddress', 'passes a subnet without', inSubnet({ Ec2SubnetId: REF }), []],
  [
    'EmrClusterHasNoPublicAddress',
    'fails a subnet with public addresses',
    inSubnet({ Ec2SubnetId: REF }, true),
    [`warning violation ${SUBNET}: Subnet`],
  ],
  [
    'EmrClusterHasNoPublicAddress',
    'fails one of several',
    inSubnet({ Ec2SubnetIds: [REF] }, true),
    [`warning violation ${SUBNET}s.0: Subnet`],
  ],
  [
    'EmrClusterHasNoPublicAddress',
    'fails no subnet, which is a default one',
    emr({}),
    [`warning violation ${SUBNET}: absent`],
  ],
  [
    'EmrClusterHasNoPublicAddress',
    'cannot tell a subnet from elsewhere',
    emr({ Ec2SubnetId: 'subnet-1' }),
    [`warning unknown ${SUBNET}`],
  ],
  [
    'EmrClusterHasNoPublicAddress',
    'cannot tell hidden subnets',
    emr({ Ec2SubnetIds: HIDDEN }),
    [`warning unknown ${SUBNET}s`],
  ],
  [
    'EmrClusterHasNoPublicAddress',
    'cannot tell a hidden switch of the subnet',
    inSubnet({ Ec2SubnetId: REF }, HIDDEN),
    [`warning unknown ${SUBNET}`],
  ],
  ['ModelVolumeUsesOwnKey', 'passes a key', notebook({ KmsKeyId: HIDDEN }), []],
  [
    'ModelVolumeUsesOwnKey',
    'fails a notebook without',
    notebook(),
    ['info violation It.Properties.KmsKeyId: absent'],
  ],
  [
    'ModelVolumeUsesOwnKey',
    'fails an endpoint without',
    endpoint({ InstanceType: 'ml.m5.large' }),
    ['info violation It.Properties.KmsKeyId: absent'],
  ],
  [
    'ModelVolumeUsesOwnKey',
    'fails an endpoint on a machine that is hidden',
    endpoint({ InstanceType: HIDDEN }),
    ['info violation It.Properties.KmsKeyId: absent'],
  ],
  [
    'ModelVolumeUsesOwnKey',
    'says nothing of machines with disks of their own',
    endpoint({ InstanceType: 'ml.m5d.large' }),
    [],
  ],
  [
    'ModelVolumeUsesOwnKey',
    'says nothing of machines with graphics and disks',
    endpoint({ InstanceType: 'ml.g5.xlarge' }),
    [],
  ],
  [
    'ModelVolumeUsesOwnKey',
    'asks for a key where one of several machines takes one',
    one('AWS::SageMaker::EndpointConfig', {
      ProductionVariants: [{ InstanceType: 'ml.g5.xlarge' }, { InstanceType: 'ml.m5.large' }],
    }),
    ['info violation It.Properties.KmsKeyId: absent'],
  ],
  [
    'ModelVolumeUsesOwnKey',
    'says nothing without servers',
    endpoint({ ServerlessConfig: { MaxConcurrency: 1 } }),
    [],
  ],
  ['NotebookIsInVpc', 'passes a subnet', notebook({ SubnetId: HIDDEN }), []],
  ['NotebookIsInVpc', 'fails none', notebook(), ['warning violation It.Properties.SubnetId: absent']],
  [
    'NotebookHasNoDirectInternetAccess',
    'passes what has none',
    notebook({ SubnetId: 'subnet-1', DirectInternetAccess: 'Disabled' }),
    [],
  ],
  [
    'NotebookHasNoDirectInternetAccess',
    'fails the default',
    notebook({ SubnetId: 'subnet-1' }),
    ['warning violation It.Properties.DirectInternetAccess: absent'],
  ],
  [
    'NotebookHasNoDirectInternetAccess',
    'leaves a notebook outside of a network to the other rule',
    notebook(),
    [],
  ],
  [
    'NotebookHasNoDirectInternetAccess',
    'cannot tell a parameter',
    notebook({ SubnetId: 'subnet-1', DirectInternetAccess: HIDDEN }),
    ['warning unknown It.Properties.DirectInternetAccess'],
  ],
  ['NotebookUsersAreNotRoot', 'passes users', notebook({ RootAccess: 'Disabled' }), []],
  [
    'NotebookUsersAreNotRoot',
    'fails the default, which is root',
    notebook(),
    ['info violation It.Properties.RootAccess: absent'],
  ],
  [
    'NotebookUsersAreNotRoot',
    'cannot tell a parameter',
    notebook({ RootAccess: HIDDEN }),
    ['info unknown It.Properties.RootAccess'],
  ],
])('%s %s', (id, _, resources, expected) => {
  expect(says(ANALYTICS_ROWS, id, resources)).toEqual(expected);
});
