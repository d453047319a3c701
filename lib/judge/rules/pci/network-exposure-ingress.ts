import type { Observed } from '../../hops';
import type { IngressRule, PortRange } from '../../hops/network-facts';
import type { PackRule } from '../../packs/pack';
import { judgePort, PORTS, type Transport } from '../administration-ports-are-not-open-to-anyone';
import { defineRule } from '../define';
import { COMPLIANT, type Verdict } from '../rule';

/**
 * Ports of data, and of protocols without encryption of their own. From the list of Security Hub's EC2.19, without those
 * of administrators, which have a rule, and those that any program may listen on.
 *
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-19
 */
const DATA_PORTS: readonly (readonly [number, string])[] = [
  [20, 'FTP'],
  [21, 'FTP'],
  [23, 'Telnet'],
  [25, 'SMTP'],
  [110, 'POP3'],
  [111, 'portmapper'],
  [135, 'RPC'],
  [143, 'IMAP'],
  [445, 'SMB'],
  [1433, 'SQL Server'],
  [1434, 'SQL Server'],
  [1521, 'Oracle'],
  [2049, 'NFS'],
  [3306, 'MySQL'],
  [4333, 'mSQL'],
  [5432, 'PostgreSQL'],
  [5439, 'Redshift'],
  [5500, 'VNC'],
  [5601, 'OpenSearch dashboards'],
  [6379, 'Redis'],
  [9200, 'OpenSearch'],
  [9300, 'OpenSearch'],
  [11211, 'Memcached'],
  [27017, 'MongoDB'],
];

/** What carries the web, on which ports, and what another port is not: HTTP/3 is HTTPS over UDP (RFC 9114, 3.1). */
const WEB: readonly (readonly [transport: Transport, ports: readonly number[], not: string])[] = [
  ['tcp', [80, 443], 'neither HTTPS nor HTTP'],
  ['udp', [443], 'not HTTP/3'],
];

const GROUPS = ['AWS::EC2::SecurityGroup', 'AWS::EC2::SecurityGroupIngress'];

/**
 * Rules on what security groups let in, with their levels. One open port is one finding: of administrators
 * (`AdministrationPortsAreNotOpenToAnyone`), of data, or any other.
 */
export const NETWORK_EXPOSURE_INGRESS_ROWS: readonly PackRule[] = [
  {
    level: 'error',
    // As for ports of administrators: a prefix list alone is no fault.
    unknown: 'warning',
    rule: defineRule({
      id: 'DataPortsAreNotOpenToAnyone',
      title: 'ports of databases, files and old protocols cannot be reached from all over the internet',
      risk: 'Scanners find a database within minutes; one unpatched hole or guessed password is enough to take all of it. FTP, Telnet and their like send passwords in clear.',
      fix: 'Name the addresses in CidrIp and CidrIpv6, or the security group of what connects in SourceSecurityGroupId. CDK: connections.allowDefaultPortFrom(service) instead of Peer.anyIpv4() and allowDefaultPortFromAnyIpv4().',
      references: {
        pciDss: ['1.2.5', '1.2.6', '1.3.1', '1.4.2', '1.4.4', '2.2.5', 'A1.1.3'],
        gdpr: ['25(2)', '32(1)(b)'],
        securityHub: ['EC2.19'],
        cwe: ['CWE-284', 'CWE-668'],
        awsConfig: ['RESTRICTED_INCOMING_TRAFFIC'],
      },
      resourceTypes: GROUPS,
      reads: 'network-ingress',
      judge: ({ rules }) => {
        const others = rules.filter((rule) => !includesAny(rule, PORTS));
        return first(DATA_PORTS.map(([port, name]) => judgePort(others, port, name)));
      },
    }),
  },
  {
    level: 'warning',
    unknown: 'warning',
    rule: defineRule({
      id: 'OnlyWebPortsAreOpenToAnyone',
      title: 'only ports 443 and 80 can be reached from all over the internet',
      risk: 'What listens on another port is often a tool that was meant for few: nobody patches it, and no web application firewall stands in front of it.',
      fix: 'Serve on 443 (UDP for HTTP/3 only), or name the addresses in CidrIp and CidrIpv6; a service that must be public on another port needs a waiver with its reason (PCI DSS 1.2.5). CDK: Port.tcp(443) with Peer.anyIpv4(), any other port with Peer.ipv4(...).',
      references: {
        pciDss: ['1.2.5', '1.3.1', '1.4.2', '2.2.5', 'A1.1.3'],
        gdpr: ['25(2)', '32(1)(b)'],
        securityHub: ['EC2.18'],
        cwe: ['CWE-284'],
        awsConfig: ['VPC_SG_OPEN_ONLY_TO_AUTHORIZED_PORTS'],
      },
      resourceTypes: GROUPS,
      reads: 'network-ingress',
      judge: ({ rules }) => {
        const others = rules.filter((rule) => !includesAny(rule, PORTS) && !includesAny(rule, DATA_PORTS));
        return first(
          WEB.flatMap(([transport, web, not]) => {
            const begins = others.flatMap((rule) => firstPortBesideWeb(rule[`${transport}Ports`], web));
            return [...new Set(begins)].map((port) => judgePort(others, port, not, transport));
          }),
        );
      },
    }),
  },
];

/** Whether a rule opens one of these ports, or hides which: whoever may come by it is the matter of another rule. */
function includesAny(
  { tcpPorts: { value, unknown: hidden } }: IngressRule,
  ports: readonly (readonly [number, string])[],
): boolean {
  if (value === undefined) return hidden !== undefined;
  return ports.some(([port]) => value.first <= port && port <= value.last);
}

/** What a range opens beside the web; what ranges have in common begins where one of them does. */
function firstPortBesideWeb(
  { value, unknown: hidden }: Observed<PortRange>,
  web: readonly number[],
): readonly number[] {
  // What is hidden is told of any port.
  if (value === undefined) return hidden === undefined ? [] : [0];
  let port = value.first;
  while (web.includes(port)) port += 1;
  return port <= value.last ? [port] : [];
}

function first(verdicts: readonly Verdict[]): Verdict {
  return (
    verdicts.find(({ verdict }) => verdict === 'violation') ??
    verdicts.find(({ verdict }) => verdict === 'unknown') ??
    COMPLIANT
  );
}
