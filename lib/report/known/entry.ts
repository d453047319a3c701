import type { Schema } from '../../core/schema';
import { WAIVER_FIELDS } from '../../core/waivers';
import type { Level } from '../../judge/packs/pack';

/** A finding that was there before anybody looked, as a file of known findings lists it. */
export interface KnownEntry {
  /** What makes it this one; the rest says the same to people, and is compared. */
  readonly fingerprint: string;
  readonly rule: string;
  readonly resource: string;
  readonly property: string;
  /** How grave it was when it was accepted: what got graver since is not covered. */
  readonly level: Exclude<Level, 'fatal'>;
  readonly verdict: 'violation' | 'unknown';
  /** Who answers for it. */
  readonly owner: string;
  /** The day on which it was accepted. */
  readonly since: string;
  /** What its owner wants to be known. */
  readonly note?: string;
  /** The target that it is found in, where several have a finding of that fingerprint. */
  readonly target?: string;
}

/** What tells entries apart: a file has one of each. */
export function keyOf({ fingerprint, target = '' }: Pick<KnownEntry, 'fingerprint' | 'target'>): string {
  return `${fingerprint}\n${target}`;
}

/** The version of the file's shape; it changes when a reader of the last one could go wrong. */
export const KNOWN_FINDINGS_VERSION = 1;

/** More old findings than these are nobody's to answer for. */
export const MOST_KNOWN_FINDINGS = 20_000;

/** After so many days somebody has to look again. */
export const KNOWN_DAYS = 180;

const line = (description: string, maxLength: number): Schema => ({
  type: 'string',
  description,
  pattern: '^[^\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}]+$',
  minLength: 1,
  maxLength,
});

const { pattern: ownerPattern = '', ...owner } = WAIVER_FIELDS.owner ?? {};

const ENTRY: Readonly<Record<keyof KnownEntry, Schema>> = {
  fingerprint: {
    type: 'string',
    description: 'a fingerprint of 32 hexadecimal digits, as reports have it',
    pattern: '^[0-9a-f]{32}$',
  },
  rule: { type: 'string', description: 'the id of a rule', pattern: '^[A-Z][A-Za-z0-9]*$', maxLength: 200 },
  resource: line('the resource, as reports name it', 2000),
  property: line('the property, as reports name it', 2000),
  level: {
    type: 'string',
    description: 'error, warning or info',
    enum: ['error', 'warning', 'info'],
  },
  verdict: { type: 'string', description: 'violation or unknown', enum: ['violation', 'unknown'] },
  owner: {
    ...owner,
    type: 'string',
    description: 'the person or team that answers for it, in 2 to 100 characters',
    pattern: ownerPattern.replace(/^\^/, '^(?!\\s)').replace(/\$$/, '(?<!\\s)$'),
  },
  since: {
    type: 'string',
    description: 'the day on which it was accepted, such as 2026-11-22',
    pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$',
  },
  note: line('a note of at most 500 characters on one line', 500),
  target: line('the target, as reports name it', 2000),
};

/** What makes a name one that a file of known findings takes. */
export const KNOWN_OWNER: Schema = ENTRY.owner;

/**
 * The published schema of a file of known findings: what an editor can tell while it is written.
 *
 * It cannot tell what depends on the day, or on two entries together: the reader does.
 */
export const knownFindingsSchema: Schema & { readonly $schema: string; readonly $id: string } = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: `urn:cdk-secure-transmission:known-findings:${KNOWN_FINDINGS_VERSION}`,
  title: 'Known findings for secure-transmission check --known',
  description: `Old findings that were accepted, each with an owner and a day: for ${KNOWN_DAYS} days they do not count. Written by --update-known.`,
  type: 'object',
  properties: {
    $schema: { type: 'string', description: 'the address of this schema' },
    version: {
      type: 'integer',
      description: `the version of this shape, ${KNOWN_FINDINGS_VERSION}`,
      minimum: KNOWN_FINDINGS_VERSION,
      maximum: KNOWN_FINDINGS_VERSION,
    },
    findings: {
      type: 'array',
      description: `a list of at most ${MOST_KNOWN_FINDINGS} findings`,
      maxItems: MOST_KNOWN_FINDINGS,
      items: {
        type: 'object',
        description: 'an old finding',
        properties: ENTRY,
        required: Object.keys(ENTRY).filter((key) => key !== 'note' && key !== 'target'),
        additionalProperties: false,
      },
    },
  },
  required: ['version', 'findings'],
  additionalProperties: false,
};
