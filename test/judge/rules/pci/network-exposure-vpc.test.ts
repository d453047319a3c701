import { NETWORK_EXPOSURE_VPC_ROWS } from '../../../../lib/judge/rules/pci/network-exposure-vpc';
import type { JsonMap } from '../../../../lib/judge/template';
import { HIDDEN, it as one, says } from './support';

const VPC = 'AWS::EC2::VPC';
const ACL = 'AWS::EC2::NetworkAcl';
const RESTRICT = 'Custom::VpcRestrictDefaultSG';

/** A network, and another resource. */
const vpcAnd = (Type: string, Properties: JsonMap): JsonMap => ({ ...one(VPC), Other: { Type, Properties } });
const flowLog = (ResourceId: JsonMap | string) =>
  vpcAnd('AWS::EC2::FlowLog', { ResourceId, ResourceType: 'VPC' });
const DEFAULT_GROUP: JsonMap = { 'Fn::GetAtt': ['It', 'DefaultSecurityGroup'] };

describe.each<[string, readonly (readonly [string, JsonMap, readonly string[]])[]]>([
  [
    'NetworkWritesFlowLog',
    [
      ['passes a network with a flow log', flowLog({ Ref: 'It' }), []],
      ['fails one without', one(VPC), ['warning violation It.Properties: no flow log']],
      [
        'fails one whose flow log is of another',
        flowLog('vpc-1'),
        ['warning violation It.Properties: no flow log'],
      ],
      [
        'cannot tell a flow log of a hidden network',
        flowLog(HIDDEN),
        ['warning unknown Other.Properties.ResourceId'],
      ],
    ],
  ],
  [
    'DefaultSecurityGroupIsClosed',
    [
      ['passes a group that is emptied', vpcAnd(RESTRICT, { DefaultSecurityGroupId: DEFAULT_GROUP }), []],
      [
        'fails a group that nobody empties',
        one(VPC),
        ['warning violation It.Properties: a default security group as EC2 makes it'],
      ],
      [
        'fails a group that rules are added to',
        {
          ...vpcAnd(RESTRICT, { DefaultSecurityGroupId: DEFAULT_GROUP }),
          Added: {
            Type: 'AWS::EC2::SecurityGroupIngress',
            Properties: { GroupId: DEFAULT_GROUP, IpProtocol: '-1' },
          },
        },
        ['warning violation Added.Properties.GroupId: the default group of a network'],
      ],
      [
        'cannot tell which group is emptied',
        vpcAnd(RESTRICT, { DefaultSecurityGroupId: HIDDEN }),
        ['warning unknown Other.Properties.DefaultSecurityGroupId'],
      ],
    ],
  ],
  [
    'NetworkAclIsUsed',
    [
      [
        'passes an ACL of a subnet',
        {
          ...one(ACL),
          Of: { Type: 'AWS::EC2::SubnetNetworkAclAssociation', Properties: { NetworkAclId: { Ref: 'It' } } },
        },
        [],
      ],
      ['fails an ACL of none', one(ACL), ['info violation It.Properties: no subnet']],
      [
        'cannot tell an association that is hidden',
        {
          ...one(ACL),
          Of: { Type: 'AWS::EC2::SubnetNetworkAclAssociation', Properties: { NetworkAclId: HIDDEN } },
        },
        ['info unknown Of.Properties.NetworkAclId'],
      ],
    ],
  ],
  [
    'TransitGatewayAsksBeforeAttaching',
    [
      ['passes the default', one('AWS::EC2::TransitGateway'), []],
      [
        'fails a gateway that takes all',
        one('AWS::EC2::TransitGateway', { AutoAcceptSharedAttachments: 'enable' }),
        ['warning violation It.Properties.AutoAcceptSharedAttachments: enable'],
      ],
      [
        'cannot tell a parameter',
        one('AWS::EC2::TransitGateway', { AutoAcceptSharedAttachments: HIDDEN }),
        ['warning unknown It.Properties.AutoAcceptSharedAttachments'],
      ],
    ],
  ],
  [
    'VpnAuthorizesNamedGroups',
    [
      ['passes a group', one('AWS::EC2::ClientVpnAuthorizationRule', { AccessGroupId: 'ops' }), []],
      [
        'fails everybody',
        one('AWS::EC2::ClientVpnAuthorizationRule', { AuthorizeAllGroups: true }),
        ['warning violation It.Properties.AuthorizeAllGroups: true'],
      ],
      [
        'cannot tell a parameter',
        one('AWS::EC2::ClientVpnAuthorizationRule', { AuthorizeAllGroups: HIDDEN }),
        ['warning unknown It.Properties.AuthorizeAllGroups'],
      ],
    ],
  ],
  [
    'VpnWritesConnectionLog',
    [
      ['passes a log', one('AWS::EC2::ClientVpnEndpoint', { ConnectionLogOptions: { Enabled: true } }), []],
      [
        'fails none',
        one('AWS::EC2::ClientVpnEndpoint', { ConnectionLogOptions: { Enabled: false } }),
        ['warning violation It.Properties.ConnectionLogOptions.Enabled: false'],
      ],
      [
        'cannot tell a parameter',
        one('AWS::EC2::ClientVpnEndpoint', { ConnectionLogOptions: { Enabled: HIDDEN } }),
        ['warning unknown It.Properties.ConnectionLogOptions.Enabled'],
      ],
    ],
  ],
])('%s', (id, cases) => {
  test.each(cases)('%s', (_, resources, expected) => {
    expect(says(NETWORK_EXPOSURE_VPC_ROWS, id, resources)).toEqual(expected);
  });
});
