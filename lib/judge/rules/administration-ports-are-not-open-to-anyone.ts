import type { Observed } from '../hops';
import { type AddressRange, isMoreThanOneOrganisation, parseCidr } from '../hops/address-range';
import type { IngressRule } from '../hops/network-facts';
import { defineRule } from './define';
import { unknown, violation } from './predicates';
import { COMPLIANT, firstOf, type Unknown, type Verdict } from './rule';

/** Ports that administrators come in by. */
export const PORTS: readonly (readonly [number, string])[] = [
  [22, 'SSH'],
  [3389, 'RDP'],
];

const WANT = 'addresses that you know, or a security group';

/**
 * Rules of a group add up: two blocks of half the internet are the internet. What counts is how many public
 * addresses they hold together.
 */
export const NETWORK_ADMINISTRATION_RULE = defineRule({
  id: 'AdministrationPortsAreNotOpenToAnyone',
  title: 'SSH and RDP cannot be reached from all over the internet',
  risk: 'A port for administrators is tried by strangers within minutes; one stolen or guessed credential is enough.',
  fix: 'Name the addresses in CidrIp and CidrIpv6, or use Session Manager and open no port at all. CDK: Peer.ipv4(...) instead of Peer.anyIpv4(), in every rule of the group.',
  references: {
    pciDss: ['1.3.1', '1.4.2'],
    gdpr: ['32(1)(b)'],
    securityHub: ['EC2.13', 'EC2.14', 'EC2.53', 'EC2.54'],
    cwe: ['CWE-284'],
    awsConfig: ['INCOMING_SSH_DISABLED'],
  },
  resourceTypes: ['AWS::EC2::SecurityGroup', 'AWS::EC2::SecurityGroupIngress'],
  reads: 'network-ingress',
  judge({ rules }): Verdict {
    const verdicts = PORTS.map(([port, name]) => judgePort(rules, port, name));
    return firstOf(verdicts, 'violation', 'unknown');
  },
});

/** What carries a port. */
export type Transport = 'tcp' | 'udp';

/** Whether rules together open a port to more than one organisation. */
export function judgePort(
  rules: readonly IngressRule[],
  port: number,
  name: string,
  transport: Transport = 'tcp',
): Verdict {
  const blocks: { from: Observed<string>; range: AddressRange }[] = [];
  let hidden: Unknown | undefined;
  for (const { from, [`${transport}Ports` as const]: ports } of rules) {
    const hiddenPorts = ports.unknown;
    if (ports.value !== undefined && (port < ports.value.first || port > ports.value.last)) continue;
    if (ports.value === undefined && hiddenPorts === undefined) continue;
    if (from.value === undefined && from.unknown === undefined) continue;
    const range = from.value === undefined ? undefined : parseCidr(from.value);
    if (hiddenPorts !== undefined) {
      // A few known addresses are harmless on any port.
      if (range === undefined || isMoreThanOneOrganisation([range])) hidden ??= unknown(ports, hiddenPorts);
    } else if (range !== undefined) blocks.push({ from, range });
    else hidden ??= unknown(from, from.unknown ?? `${from.got} is no block of addresses`);
  }
  if (!isMoreThanOneOrganisation(blocks.map(({ range }) => range))) return hidden ?? COMPLIANT;
  const [widest, ...others] = [...blocks].sort((a, b) => (sizeOf(a.range) > sizeOf(b.range) ? -1 : 1));
  if (widest === undefined) return COMPLIANT;
  const alone = isMoreThanOneOrganisation([widest.range]);
  const together = `together with ${others.map(({ from }) => from.got).join(', ')}`;
  return violation(
    widest.from,
    WANT,
    `${transport === 'udp' ? 'UDP ' : ''}port ${port} (${name}) is open${alone && others.length === 0 ? '' : ` ${together}`}`,
  );
}

function sizeOf({ family, first, last }: AddressRange): bigint {
  // Blocks of both families compare by their share of the whole.
  return (last - first + 1n) << (family === 6 ? 0n : 96n);
}
