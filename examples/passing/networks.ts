import type { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as firewall from 'aws-cdk-lib/aws-networkfirewall';
import * as route53 from 'aws-cdk-lib/aws-route53';
import { CertificateAuthorityAuthorization, PrivateNetwork, ZoneSigning } from 'cdk-secure-transmission';
import { samplesOf } from './passing-code';

/** Subnets that nobody enters but by TLS, whatever their security groups say. */
export function networkAcl(stack: Stack): void {
  // #region networkAcl
  const { vpc } = new PrivateNetwork(stack, 'Network', { publicSubnets: true });
  const entry = new ec2.NetworkAcl(stack, 'Entry', {
    vpc,
    subnetSelection: { subnetType: ec2.SubnetType.PUBLIC },
  });
  entry.addEntry('TlsIn', {
    ruleNumber: 100,
    cidr: ec2.AclCidr.anyIpv4(),
    traffic: ec2.AclTraffic.tcpPort(443),
    direction: ec2.TrafficDirection.INGRESS,
  });
  // A network ACL keeps no connections in mind: answers need an entry of their own.
  entry.addEntry('AnswersOut', {
    ruleNumber: 100,
    cidr: ec2.AclCidr.anyIpv4(),
    traffic: ec2.AclTraffic.tcpPortRange(1024, 65535),
    direction: ec2.TrafficDirection.EGRESS,
  });
  // #endregion networkAcl
}

/** Rules of a firewall that let TLS on to closer inspection, and drop the rest. */
export function firewallRules(stack: Stack): void {
  // #region firewallRules
  const tlsOnly = new firewall.CfnRuleGroup(stack, 'TlsOnly', {
    ruleGroupName: 'tls-only',
    type: 'STATELESS',
    capacity: 10,
    ruleGroup: {
      rulesSource: {
        statelessRulesAndCustomActions: {
          statelessRules: [
            {
              priority: 1,
              ruleDefinition: {
                actions: ['aws:forward_to_sfe'],
                matchAttributes: { protocols: [6], destinationPorts: [{ fromPort: 443, toPort: 443 }] },
              },
            },
          ],
        },
      },
    },
  });
  new firewall.CfnFirewallPolicy(stack, 'Policy', {
    firewallPolicyName: 'tls-only',
    firewallPolicy: {
      statelessRuleGroupReferences: [{ resourceArn: tlsOnly.attrRuleGroupArn, priority: 1 }],
      statelessDefaultActions: ['aws:drop'],
      statelessFragmentDefaultActions: ['aws:drop'],
    },
  });
  // #endregion firewallRules
}

/** A firewall that writes down what it saw. */
export function networkFirewall(stack: Stack): void {
  // #region networkFirewall
  const { vpc } = new PrivateNetwork(stack, 'Network');
  const guard = new firewall.CfnFirewall(stack, 'Firewall', {
    firewallName: 'edge',
    firewallPolicyArn: 'arn:aws:network-firewall:eu-west-1:111122223333:firewall-policy/tls-only',
    vpcId: vpc.vpcId,
    subnetMappings: vpc.isolatedSubnets.map(({ subnetId }) => ({ subnetId })),
    deleteProtection: true,
  });
  const log = new logs.LogGroup(stack, 'Log', { retention: logs.RetentionDays.THIRTEEN_MONTHS });
  new firewall.CfnLoggingConfiguration(stack, 'Logging', {
    firewallArn: guard.attrFirewallArn,
    loggingConfiguration: {
      logDestinationConfigs: ['ALERT', 'FLOW'].map((logType) => ({
        logType,
        logDestinationType: 'CloudWatchLogs',
        logDestination: { logGroup: log.logGroupName },
      })),
    },
  });
  // #endregion networkFirewall
}

/** A transit gateway that somebody has to agree with, and a VPN that lets administrators in by name. */
export function waysIn(stack: Stack): void {
  // #region waysIn
  new ec2.CfnTransitGateway(stack, 'Hub', { autoAcceptSharedAttachments: 'disable' });

  const { vpc } = new PrivateNetwork(stack, 'Network');
  const vpn = vpc.addClientVpnEndpoint('Vpn', {
    cidr: '10.100.0.0/16',
    serverCertificateArn:
      'arn:aws:acm:eu-west-1:111122223333:certificate/11111111-2222-3333-4444-555555555555',
    userBasedAuthentication: ec2.ClientVpnUserBasedAuthentication.federated(
      iam.SamlProvider.fromSamlProviderArn(
        stack,
        'People',
        'arn:aws:iam::111122223333:saml-provider/identity-center',
      ),
    ),
    logGroup: new logs.LogGroup(stack, 'Log', { retention: logs.RetentionDays.THIRTEEN_MONTHS }),
    authorizeAllUsersToVpcCidr: false,
  });
  vpn.addAuthorizationRule('Administrators', { cidr: vpc.vpcCidrBlock, groupId: 'administrators' });
  // #endregion waysIn
}

/** A public zone whose answers are signed, which says who may issue certificates, and is asked in writing. */
export function publicZone(stack: Stack): void {
  // #region publicZone
  const log = new logs.LogGroup(stack, 'Queries', {
    logGroupName: '/aws/route53/example.com',
    retention: logs.RetentionDays.THIRTEEN_MONTHS,
  });
  log.grantWrite(new iam.ServicePrincipal('route53.amazonaws.com'));
  const zone = new route53.PublicHostedZone(stack, 'Zone', {
    zoneName: 'example.com',
    queryLogsLogGroupArn: log.logGroupArn,
  });
  new ZoneSigning(stack, 'Signing', { zone });
  new CertificateAuthorityAuthorization(stack, 'Authorities', { zone });
  // #endregion publicZone
}

/** Samples of this file. */
export const NETWORKS = [
  ...samplesOf('networks.ts', {
    'A network ACL': { networkAcl },
    'Rules of a network firewall': { firewallRules },
    'A network firewall': { networkFirewall },
    'A transit gateway and a VPN': { waysIn },
  }),
  ...samplesOf('networks.ts', { 'A public zone': { publicZone } }, 'us-east-1'),
];
