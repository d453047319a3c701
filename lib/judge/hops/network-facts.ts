import type { Resource } from '../template';
import type { Observed } from './observed';

/** Ports one after the other, both ends included. */
export interface PortRange {
  readonly first: number;
  readonly last: number;
}

/** One way into a network, as a firewall rule opens it. */
export interface IngressRule {
  /** The block of addresses that may connect, such as `10.0.0.0/8`; none where the source is no address. */
  readonly from: Observed<string>;
  /** The TCP ports; none where the rule opens no TCP port. */
  readonly tcpPorts: Observed<PortRange>;
  /** The UDP ports, by which HTTP/3 travels too; none where the rule opens no UDP port. */
  readonly udpPorts: Observed<PortRange>;
}

/** All ways into a network that one security group opens. */
export interface NetworkIngress {
  readonly fact: 'network-ingress';
  /** The group; a rule, where the group is not made by a template at hand. */
  readonly resource: Resource;
  readonly rules: readonly IngressRule[];
  readonly region: string | undefined;
  readonly when: string | undefined;
}

/** Traffic of a network that need not be encrypted although the network enforces it. */
export interface EncryptionExclusion {
  readonly fact: 'encryption-exclusion';
  /** VPC Encryption Control of the network. */
  readonly resource: Resource;
  /** What may be excluded, such as `natGateway`; `any` where nothing is said of anything. */
  readonly traffic: string;
  readonly excluded: Observed<boolean>;
  readonly region: string | undefined;
  readonly when: string | undefined;
}

/** A load balancer, or a listener of one, in a network whose encryption may be enforced. */
export interface NetworkResident {
  readonly fact: 'network-resident';
  readonly resource: Resource;
  /** What a network that enforces encryption refuses of it, in words, and where that stands. */
  readonly refused: Observed<string>;
  readonly region: string | undefined;
  readonly when: string | undefined;
}
