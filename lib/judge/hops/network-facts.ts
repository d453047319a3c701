import type { Resource } from '../template';
import type { Observed } from './observed';

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
