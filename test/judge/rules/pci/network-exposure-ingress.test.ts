import { SUPPORTING_PACK } from '../../../../lib/judge/packs/supporting';
import { NETWORK_EXPOSURE_INGRESS_ROWS } from '../../../../lib/judge/rules/pci/network-exposure-ingress';
import type { JsonMap } from '../../../../lib/judge/template';
import { HIDDEN, it as one, says } from './support';

const GROUP = 'AWS::EC2::SecurityGroup';

const rule = (
  FromPort: number | JsonMap,
  ToPort: number | JsonMap,
  CidrIp: string | JsonMap = '0.0.0.0/0',
) => ({
  IpProtocol: 'tcp',
  FromPort,
  ToPort,
  CidrIp,
});
const udp = (...[from, to, block]: Parameters<typeof rule>) => ({
  ...rule(from, to, block),
  IpProtocol: 'udp',
});
const group = (...SecurityGroupIngress: readonly JsonMap[]): JsonMap => one(GROUP, { SecurityGroupIngress });
const everything: JsonMap = { IpProtocol: '-1', CidrIp: '0.0.0.0/0' };
const at = (index: number) => `It.Properties.SecurityGroupIngress.${index}.CidrIp`;

describe('DataPortsAreNotOpenToAnyone', () => {
  test.each<[string, JsonMap, readonly string[]]>([
    ['passes HTTPS', group(rule(443, 443)), []],
    ['passes a database within a network', group(rule(5432, 5432, '10.0.0.0/8')), []],
    ['fails a database', group(rule(443, 443), rule(5432, 5432)), [`error violation ${at(1)}: 0.0.0.0/0`]],
    [
      'fails a range that holds one',
      group(rule(4000, 5000, '0.0.0.0/1')),
      [`error violation ${at(0)}: 0.0.0.0/1`],
    ],
    [
      'tells the block that is the largest part of its internet',
      group(
        { IpProtocol: 'tcp', FromPort: 5432, ToPort: 5432, CidrIpv6: '2000::/3' },
        rule(5432, 5432, '0.0.0.0/1'),
      ),
      [`error violation ${at(1)}: 0.0.0.0/1`],
    ],
    ['leaves a range that holds RDP to the rule on administrators', group(rule(3000, 4000)), []],
    ['fails a range of data ports alone', group(rule(6000, 7000)), [`error violation ${at(0)}: 0.0.0.0/0`]],
    [
      'fails blocks that are more than one organisation together',
      group(
        rule(3306, 3306, '0.0.0.0/9'),
        rule(3306, 3306, '100.128.0.0/9'),
        rule(3306, 3306, '128.0.0.0/9'),
      ),
      [`error violation ${at(0)}: 0.0.0.0/9`],
    ],
    [
      'fails a rule beside its group',
      {
        ...one(GROUP),
        Beside: {
          Type: 'AWS::EC2::SecurityGroupIngress',
          Properties: { GroupId: { Ref: 'It' }, ...rule(27017, 27017) },
        },
      },
      ['error violation Beside.Properties.CidrIp: 0.0.0.0/0'],
    ],
    ['cannot tell hidden addresses', group(rule(5432, 5432, HIDDEN)), [`warning unknown ${at(0)}`]],
    ['leaves a group that opens everything to the rule on administrators', group(everything), []],
    ['leaves hidden ports to that rule', group(rule(HIDDEN, HIDDEN)), []],
  ])('%s', (_, resources, expected) => {
    const found = says(NETWORK_EXPOSURE_INGRESS_ROWS, 'DataPortsAreNotOpenToAnyone', resources);
    expect(found).toEqual(expected);
  });
});

describe('OnlyWebPortsAreOpenToAnyone', () => {
  test.each<[string, JsonMap, readonly string[]]>([
    ['passes HTTPS, and HTTP for its redirect', group(rule(443, 443), rule(80, 80)), []],
    ['passes another port for those who are named', group(rule(8443, 8443, '198.51.100.0/24')), []],
    ['fails another port', group(rule(8080, 8080)), [`warning violation ${at(0)}: 0.0.0.0/0`]],
    [
      'fails a range that begins with the web',
      group(rule(80, 90)),
      [`warning violation ${at(0)}: 0.0.0.0/0`],
    ],
    ['passes what has no ports', group({ IpProtocol: 'icmp', CidrIp: '0.0.0.0/0' }), []],
    ['passes HTTP/3', group({ ...rule(443, 443), IpProtocol: 'udp' }), []],
    [
      'fails HTTP over UDP, which nobody speaks',
      group(udp(80, 80)),
      [`warning violation ${at(0)}: 0.0.0.0/0`],
    ],
    ['fails another UDP port', group(udp(8080, 8080)), [`warning violation ${at(0)}: 0.0.0.0/0`]],
    [
      'fails a UDP port by the number of the protocol',
      group({ ...rule(53, 53), IpProtocol: '17' }),
      [`warning violation ${at(0)}: 0.0.0.0/0`],
    ],
    [
      'fails UDP ports of administrators and databases, which speak TCP',
      group(udp(22, 22), udp(5432, 5432)),
      [`warning violation ${at(0)}: 0.0.0.0/0`],
    ],
    [
      'fails a UDP range that begins with HTTP/3',
      group(udp(443, 444)),
      [`warning violation ${at(0)}: 0.0.0.0/0`],
    ],
    ['fails every UDP port', group(udp(-1, -1)), [`warning violation ${at(0)}: 0.0.0.0/0`]],
    ['passes another UDP port for those who are named', group(udp(8443, 8443, '198.51.100.0/24')), []],
    [
      'does not add up what is opened by TCP and by UDP',
      group(rule(8443, 8443, '0.0.0.0/9'), rule(8443, 8443, '100.128.0.0/9'), udp(8443, 8443, '128.0.0.0/9')),
      [],
    ],
    [
      'adds up what is opened by UDP',
      group(udp(8443, 8443, '0.0.0.0/9'), udp(8443, 8443, '100.128.0.0/9'), udp(8443, 8443, '128.0.0.0/9')),
      [`warning violation ${at(0)}: 0.0.0.0/9`],
    ],
    [
      'cannot tell hidden UDP ports',
      group(udp(HIDDEN, HIDDEN)),
      ['warning unknown It.Properties.SecurityGroupIngress.0.FromPort'],
    ],
    ['passes hidden UDP ports for those who are named', group(udp(HIDDEN, HIDDEN, '198.51.100.0/24')), []],
    ['cannot tell hidden addresses', group(rule(8080, 8080, HIDDEN)), [`warning unknown ${at(0)}`]],
    ['leaves a database to its own rule', group(rule(5432, 5432)), []],
    ['leaves a group that opens everything to the rule on administrators', group(everything), []],
  ])('%s', (_, resources, expected) => {
    const found = says(NETWORK_EXPOSURE_INGRESS_ROWS, 'OnlyWebPortsAreOpenToAnyone', resources);
    expect(found).toEqual(expected);
  });
});

test.each<[string, JsonMap]>([
  ['everything', group(everything)],
  ['SSH', group(rule(22, 22))],
  ['a database', group(rule(5432, 5432))],
  ['another port', group(rule(9443, 9443))],
  ['hidden ports', group(rule(HIDDEN, HIDDEN))],
  ['another UDP port', group(udp(9443, 9443))],
  ['hidden UDP ports', group(udp(HIDDEN, HIDDEN))],
  ['ports of a hidden protocol', group({ ...rule(443, 443), IpProtocol: HIDDEN })],
  ['hidden addresses', group(rule(5432, 5432, HIDDEN))],
])('what opens %s is one finding, whatever rules are run', (_, resources) => {
  const rows = [...NETWORK_EXPOSURE_INGRESS_ROWS, ...SUPPORTING_PACK.rules].filter(
    ({ rule: { reads } }) => reads === 'network-ingress',
  );
  expect(rows).toHaveLength(3);
  expect(rows.flatMap((row) => says(rows, row.rule.id, resources))).toHaveLength(1);
});
