import type { WaiverScope } from '../../core/waivers';

/** Something by which a finding does not count: what a reviewer looks at first in a change that adds one. */
export interface Exemption {
  /** The same in every run, wherever its line has moved, and when it is renewed: rule and scope make it. */
  readonly id: string;
  /** A *waiver* has an owner and an end; an *acknowledgement* of CDK has a reason at most. */
  readonly kind: 'waiver' | 'acknowledgement';
  /** Where it stands: a template's Metadata, into which `Waivers.of` writes, a file of waivers, or a construct. */
  readonly carrier: 'template' | 'file' | 'construct';
  /** The rule as it was given. */
  readonly rule: string;
  readonly scope: WaiverScope;
  readonly reason: string;
  readonly owner?: string;
  readonly ticket?: string;
  readonly expires?: string;
  readonly compensatingControl?: string;
  readonly approvedBy?: string;
  /** Whether it does something, as far as it is for us to say: a waiver that is over, or says too little, does not. */
  readonly holds: boolean;
  /** For a waiver: how many findings of this pack it covers. */
  readonly findings?: number;
}
