import { NETWORK_EXPOSURE_VPC_ROWS } from '../../../../lib/judge/rules/pci/network-exposure-vpc';
import type { JsonMap } from '../../../../lib/judge/template';
import { HIDDEN, says } from './support';

const ENTRY: JsonMap = {
  NetworkAclId: { Ref: 'Acl' },
  RuleNumber: 100,
  RuleAction: 'allow',
  Protocol: -1,
  CidrBlock: '0.0.0.0/0',
};
const SSH: JsonMap = { Protocol: 6, PortRange: { From: 22, To: 22 } };

/** The entries of one ACL: `It`, and others. */
function acl(it: JsonMap, ...others: readonly JsonMap[]): JsonMap {
  const entry = (more: JsonMap): JsonMap => ({
    Type: 'AWS::EC2::NetworkAclEntry',
    Properties: { ...ENTRY, ...more },
  });
  const rest = others.map((other, index) => [
    `Other${index}`,
    entry({ RuleAction: 'deny', RuleNumber: 50, ...other }),
  ]);
  return {
    Acl: { Type: 'AWS::EC2::NetworkAcl', Properties: {} },
    It: entry(it),
    ...Object.fromEntries(rest),
  };
}

const OPEN = 'warning violation It.Properties.CidrBlock: 0.0.0.0/0';

describe('NetworkAclKeepsAdministratorsOut', () => {
  test.each<[string, JsonMap, readonly string[]]>([
    ['fails an entry that lets all in', acl({}), [OPEN]],
    ['fails SSH', acl(SSH), [OPEN]],
    ['fails a range that holds RDP', acl({ Protocol: 6, PortRange: { From: 1024, To: 65535 } }), [OPEN]],
    [
      'fails IPv6',
      acl({ CidrBlock: { Ref: 'AWS::NoValue' }, Ipv6CidrBlock: '::/0' }),
      ['warning violation It.Properties.Ipv6CidrBlock: ::/0'],
    ],
    ['passes HTTPS', acl({ Protocol: 6, PortRange: { From: 443, To: 443 } }), []],
    ['passes ICMP', acl({ Protocol: 1 }), []],
    ['passes addresses of one organisation', acl({ ...SSH, CidrBlock: '198.51.100.0/24' }), []],
    ['says nothing about what goes out', acl({ Egress: true }), []],
    ['says nothing about what is denied', acl({ RuleAction: 'deny' }), []],
    ['passes what an entry before denies', acl(SSH, {}), []],
    ['fails where that is another protocol', acl({}, { ...SSH }), [OPEN]],
    ['fails where it denies part of the addresses', acl(SSH, { CidrBlock: '0.0.0.0/1' }), [OPEN]],
    ['fails where it comes after', acl(SSH, { RuleNumber: 200 }), [OPEN]],
    ['fails where it is about what goes out', acl(SSH, { Egress: true }), [OPEN]],
    [
      'fails where it denies one of the ports',
      acl({ Protocol: 6, PortRange: { From: 1, To: 9999 } }, SSH),
      [OPEN],
    ],
    ['fails where it is of another ACL', acl(SSH, { NetworkAclId: 'acl-1' }), [OPEN]],
    ['cannot tell hidden addresses', acl({ CidrBlock: HIDDEN }), ['warning unknown It.Properties.CidrBlock']],
    ['cannot tell a hidden action', acl({ RuleAction: HIDDEN }), ['warning unknown It.Properties.CidrBlock']],
    [
      'cannot tell hidden ports',
      acl({ Protocol: 6, PortRange: { From: HIDDEN, To: HIDDEN } }),
      ['warning unknown It.Properties.CidrBlock'],
    ],
    ['cannot tell a hidden direction', acl({ Egress: HIDDEN }), ['warning unknown It.Properties.CidrBlock']],
  ])('%s', (_, resources, expected) => {
    expect(says(NETWORK_EXPOSURE_VPC_ROWS, 'NetworkAclKeepsAdministratorsOut', resources)).toEqual(expected);
  });
});
