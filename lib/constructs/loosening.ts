import type { CfnResource } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { invalidProperty } from './invalid-property';

/** The section of a resource's CloudFormation Metadata that says what was loosened, and why. */
export const LOOSENING_METADATA = 'SecureTransmission';

/** Shorter than this no sentence gives a reason that a reviewer could weigh. */
const MIN_LENGTH = 20;
const MAX_LENGTH = 500;

/**
 * Writes down on a resource that it is looser than the default, and why.
 *
 * The sentence travels in the template, where the judge finds it; the finding stays until a waiver covers it.
 *
 * @param resource the resource that is looser
 * @param what what is lost, such as `plaintextTargets`
 * @param reason the sentence that says why
 */
export function recordLoosening(resource: CfnResource, what: string, reason: string): void {
  const recorded: unknown = resource.getMetadata(LOOSENING_METADATA);
  resource.addMetadata(LOOSENING_METADATA, { ...(isRecord(recorded) ? recorded : {}), [what]: reason });
}

/** Refuses a reason that is no sentence: `true`, an empty text, a single word. */
export function checkReason(scope: IConstruct, property: string, reason: string): void {
  const text: unknown = reason;
  if (typeof text === 'string' && text.trim().length >= MIN_LENGTH && text.length <= MAX_LENGTH) {
    if (text.trim().includes(' ')) return;
  }
  throw invalidProperty(
    scope,
    `'${property}' must be a sentence of ${MIN_LENGTH} to ${MAX_LENGTH} characters that says why the default cannot be kept, ` +
      `got ${JSON.stringify(text)}`.slice(0, 80),
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
