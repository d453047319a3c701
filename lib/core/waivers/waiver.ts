/** A waiver as its author writes it, in code, in a template's Metadata or in a file: texts that nobody has checked. */
export interface WaiverText {
  /**
   * The rule: `ListenerIsEncrypted` in every pack of ours, `TransmissionChecks-ListenerIsEncrypted` in one,
   * `AwsSolutions-S1` for a rule of cdk-nag.
   */
  readonly rule: string;
  /** Why the finding is accepted: a sentence of 20 to 500 characters. */
  readonly reason: string;
  /** Who answers for it: a person or a team. */
  readonly owner: string;
  /** Where it is followed up: the id or the address of a ticket. */
  readonly ticket: string;
  /** The last day on which it holds, in UTC, such as `2027-01-31`. */
  readonly expires: string;
  /**
   * What protects the data meanwhile: a sentence. Asked for where a finding is about plaintext or TLS below 1.2.
   *
   * @default - none, which does for all other findings
   */
  readonly compensatingControl?: string;
  /**
   * Who else agreed; never the owner. Asked for where a finding is about plaintext or TLS below 1.2.
   *
   * @default - nobody, which does for all other findings
   */
  readonly approvedBy?: string;
}

/** The rule that a waiver names. */
export interface WaivedRule {
  /** The pack; `undefined` stands for every pack of ours. */
  readonly pack: string | undefined;
  /** The rule's id without the pack; with cdk-nag's finding in brackets, such as `IAM5[Resource::*]`. */
  readonly id: string;
}

/** What a waiver covers: as far as all that is given agrees. */
export interface WaiverScope {
  /** A construct path: it and all below it. */
  readonly construct?: string;
  /** A template: the path of its stack, or the name of its file. */
  readonly template?: string;
  /** Logical ids. */
  readonly resources?: readonly string[];
}

/** A waiver that says all it must. */
export interface Waiver extends Omit<WaiverText, 'rule'> {
  readonly rule: WaivedRule;
  readonly scope: WaiverScope;
}

/** Something that is wrong with one field of a waiver. */
export interface WaiverProblem {
  readonly field: string;
  /** What stands there, as a message may show it. */
  readonly got: string;
  /** What should: the words after *must be*. */
  readonly want: string;
}
