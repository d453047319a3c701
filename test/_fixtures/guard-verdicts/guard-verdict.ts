/**
 * Where rules of other people find fault with our templates, and why the templates stay as they are.
 *
 * A finding without an entry fails the test, and so does an entry without a finding.
 */

/** Why a finding leads to no change. */
export type Standing =
  /** The rule does not understand what the template says. */
  | 'misread'
  /** The service refuses what the rule asks for, or documents nowhere that it takes it. */
  | 'not possible'
  /** The rule is right about something else than transmission, and the stack that uses the construct decides it. */
  | 'left to the app';

/** One rule, and the resources of ours that it finds fault with, for one reason. */
export interface GuardVerdict {
  /** The rule, as the validator prints it. */
  readonly rule: string;
  /** The control of AWS Control Tower that it checks; absent for the default rules of the CDK. */
  readonly control?: string;
  /** What it asks for. */
  readonly asks: string;
  /** What the resources are, see `roleOf`. */
  readonly where: readonly string[];
  readonly standing: Standing;
  readonly why: string;
  /** Where that can be read. */
  readonly source: string;
}

/** Where AWS documents itself. */
export const DOCS = 'https://docs.aws.amazon.com';
