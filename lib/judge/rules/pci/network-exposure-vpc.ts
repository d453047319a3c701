import type { PackRule } from '../../packs/pack';
import { Reference } from '../../template';
import {
  isFalse,
  isNoneOf,
  isPointedAt,
  isTrue,
  type PropertyTest,
  pointingAt,
  propertyRow,
  unknown,
  violation,
} from '../property';
import { COMPLIANT } from '../rule';
import { letsNoAdministratorsIn } from './network-exposure-acl';
import { REQUEST_LOG } from './requirements';

const VPC = 'AWS::EC2::VPC';

/** CDK's way to empty a default security group, which CloudFormation itself cannot. */
const EMPTIED_BY = 'Custom::VpcRestrictDefaultSG';
const ADDED_BY = ['AWS::EC2::SecurityGroupIngress', 'AWS::EC2::SecurityGroupEgress'];

const closesDefaultGroup: PropertyTest = (vpc) => {
  const added = ADDED_BY.flatMap((type) => pointingAt(vpc, type, 'GroupId', isDefaultGroup).found)[0];
  if (added !== undefined) {
    return violation(added.at('GroupId'), 'the default group of a network', 'a security group of its own');
  }
  const { found, hidden } = pointingAt(vpc, EMPTIED_BY, 'DefaultSecurityGroupId');
  if (found.length > 0) return COMPLIANT;
  if (hidden !== undefined) return unknown(hidden, 'which group it empties is hidden');
  const detail = 'its members reach each other, and everything else';
  return violation(vpc, 'a default security group as EC2 makes it', 'an emptied one', detail);
};

/** Rules on networks and what joins them, with their levels. */
export const NETWORK_EXPOSURE_VPC_ROWS: readonly PackRule[] = [
  propertyRow('warning', {
    id: 'NetworkWritesFlowLog',
    title: 'a network writes down who connected to whom',
    risk: 'After an intrusion nobody can tell where it came from, where it went, and what left the network.',
    fix: 'Add AWS::EC2::FlowLog with ResourceType VPC and ResourceId of the network. CDK: addFlowLog() of Vpc, which makes none by default; PrivateNetwork has one.',
    references: {
      pciDss: ['1.4.1', '10.2.1', '10.2.1.4', '10.2.2', 'A1.2.1'],
      gdpr: ['32(1)(d)', '33(1)'],
      securityHub: ['EC2.6'],
      cwe: ['CWE-778'],
      awsConfig: ['VPC_FLOW_LOGS_ENABLED'],
    },
    resourceTypes: [VPC],
    test: isPointedAt('AWS::EC2::FlowLog', 'ResourceId', { got: 'no flow log', want: 'one' }),
  }),
  propertyRow('warning', {
    id: 'DefaultSecurityGroupIsClosed',
    title: 'the default security group of a network lets nothing in or out',
    risk: 'What is started without naming a group is in it: it reaches everything else that was forgotten so, and the whole internet.',
    fix: 'Empty the group, which only a custom resource or the account can, and use groups of your own. CDK: restrictDefaultSecurityGroup: true on Vpc, or the feature flag @aws-cdk/aws-ec2:restrictDefaultSecurityGroup.',
    references: {
      pciDss: ['1.3.1', '1.3.2', '7.2.1'],
      gdpr: ['25(2)', '32(1)(b)'],
      securityHub: ['EC2.2'],
      cwe: ['CWE-284', 'CWE-1188'],
      awsConfig: ['VPC_DEFAULT_SECURITY_GROUP_CLOSED'],
    },
    resourceTypes: [VPC],
    test: closesDefaultGroup,
  }),
  propertyRow('warning', {
    id: 'NetworkAclKeepsAdministratorsOut',
    title: 'a network ACL lets nobody in by SSH or RDP from all over the internet',
    risk: 'The ACL is what still holds when a security group is opened by mistake; one that lets all in holds nothing.',
    fix: 'Name the addresses in CidrBlock and Ipv6CidrBlock, leave ports 22 and 3389 out of PortRange, or put an entry with a lower RuleNumber and RuleAction deny before it. CDK: addEntry() of NetworkAcl with AclTraffic.tcpPort(443) instead of AclTraffic.allTraffic().',
    references: {
      pciDss: ['1.3.1', '1.4.1', '1.4.2', 'A1.1.3'],
      gdpr: ['32(1)(b)'],
      securityHub: ['EC2.21'],
      cwe: ['CWE-284'],
      awsConfig: ['NACL_NO_UNRESTRICTED_SSH_RDP'],
    },
    resourceTypes: ['AWS::EC2::NetworkAclEntry'],
    test: letsNoAdministratorsIn,
  }),
  propertyRow('info', {
    id: 'NetworkAclIsUsed',
    title: 'a network ACL belongs to a subnet',
    risk: 'A list that nothing uses protects nothing, although whoever reads the template thinks that it does.',
    fix: 'Add AWS::EC2::SubnetNetworkAclAssociation, or remove the ACL. CDK: subnetSelection or associateWithSubnet() of NetworkAcl.',
    references: {
      pciDss: ['1.2.5', '1.3.1', '1.3.2'],
      gdpr: ['32(1)(b)'],
      securityHub: ['EC2.16'],
      cwe: ['CWE-1164'],
      awsConfig: ['VPC_NETWORK_ACL_UNUSED_CHECK'],
    },
    resourceTypes: ['AWS::EC2::NetworkAcl'],
    test: isPointedAt('AWS::EC2::SubnetNetworkAclAssociation', 'NetworkAclId', {
      got: 'no subnet',
      want: 'one',
    }),
  }),
  propertyRow('warning', {
    id: 'TransitGatewayAsksBeforeAttaching',
    title: 'a transit gateway takes networks of other accounts only after somebody has agreed',
    risk: 'Whoever the gateway is shared with joins any network to it, and reaches everything that it routes to.',
    fix: 'Leave AutoAcceptSharedAttachments out, or set it to disable. CDK: there is no L2 construct; autoAcceptSharedAttachments of CfnTransitGateway.',
    references: {
      pciDss: ['1.3.1', '1.3.2', '1.4.1', 'A1.1.3'],
      gdpr: ['32(1)(b)'],
      securityHub: ['EC2.23'],
      cwe: ['CWE-284'],
      awsConfig: ['EC2_TRANSIT_GATEWAY_AUTO_VPC_ATTACH_DISABLED'],
    },
    resourceTypes: ['AWS::EC2::TransitGateway'],
    test: isNoneOf('AutoAcceptSharedAttachments', ['enable']),
  }),
  propertyRow('warning', {
    id: 'VpnAuthorizesNamedGroups',
    title: 'a client VPN lets groups that are named into a network, not everybody',
    risk: 'Everyone who may use the VPN for anything reaches the whole range, the cardholder data environment included.',
    fix: 'Set AccessGroupId and leave AuthorizeAllGroups out; with certificates of clients alone there are no groups, so that such an endpoint needs federated or directory users too. CDK: groupId in addAuthorizationRule() of ClientVpnEndpoint, and authorizeAllUsersToVpcCidr: false, which is true by default.',
    references: {
      pciDss: ['1.3.1', '1.4.2', '7.2.2', 'A1.1.3'],
      gdpr: ['32(1)(b)', '32(4)'],
      cwe: ['CWE-284'],
      awsConfig: ['EC2_CLIENT_VPN_NOT_AUTHORIZE_ALL'],
    },
    resourceTypes: ['AWS::EC2::ClientVpnAuthorizationRule'],
    test: isFalse('AuthorizeAllGroups', { absent: 'compliant' }),
  }),
  propertyRow('warning', {
    id: 'VpnWritesConnectionLog',
    title: 'a client VPN writes down who connected',
    risk: 'Nobody can tell who was in the network when data left it.',
    fix: 'Set ConnectionLogOptions.Enabled to true, with CloudwatchLogGroup. CDK: logging of ClientVpnEndpoint, which is true by default; look for an override or a CfnClientVpnEndpoint.',
    references: {
      pciDss: REQUEST_LOG,
      gdpr: ['32(1)(d)', '33(1)'],
      securityHub: ['EC2.51'],
      cwe: ['CWE-778'],
      awsConfig: ['EC2_CLIENT_VPN_CONNECTION_LOG_ENABLED'],
    },
    resourceTypes: ['AWS::EC2::ClientVpnEndpoint'],
    test: isTrue('ConnectionLogOptions.Enabled'),
  }),
];

/** Other groups of the same network are referred to too. */
function isDefaultGroup(place: Parameters<PropertyTest>[0]): boolean {
  const value = place.value();
  return value instanceof Reference && value.attribute === 'DefaultSecurityGroup';
}
