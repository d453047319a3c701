import type { Schema } from '../../core/schema';
import { WAIVER_FIELDS } from '../../core/waivers';
import type { LegacyClientsTerms, SwitchedOffRule } from './given-settings';
import { PROFILE_NAMES } from './names';
import { parametersSchema } from './parameters-schema';

/** More rules than these are no exceptions. */
const MOST_SWITCHED_OFF = 50;

/** A field as waivers have it; spaces around it are mistakes, which nobody sees. */
function field(name: string, about?: string): Schema {
  const { pattern = '', description = '', ...rest } = WAIVER_FIELDS[name] ?? {};
  return {
    type: 'string',
    ...rest,
    description: about ?? description,
    pattern: pattern.replace(/^\^/, '^(?!\\s)').replace(/\$$/, '(?<!\\s)$'),
  };
}

const reasonFor = (what: string) =>
  field('reason', `a sentence of 20 to 500 characters on one line that says ${what}`);
const until = field('expires', 'the last day, such as 2027-01-31');

const SWITCHED_OFF: Readonly<Record<keyof SwitchedOffRule, Schema>> = {
  rule: field('rule', 'the name of one rule, such as GdprChecks-LogRetentionEnds'),
  owner: field('owner'),
  reason: reasonFor('why the rule does not run'),
  until,
};

const LEGACY_CLIENTS: Readonly<Record<keyof LegacyClientsTerms, Schema>> = {
  owner: field('owner'),
  approvedBy: field('approvedBy'),
  reason: reasonFor('which clients cannot speak TLS 1.2 yet, and why'),
  compensatingControl: field('compensatingControl'),
  until,
};

/** The schema of settings: as properties of a pack, and in a file. */
export const settingsSchema: Schema & { readonly properties: Readonly<Record<string, Schema>> } = {
  type: 'object',
  description: 'an object of settings',
  properties: {
    profile: {
      type: 'string',
      title: 'the kind of app: levels and parameters for it',
      description: `one of ${PROFILE_NAMES.join(', ')}`,
      enum: PROFILE_NAMES,
    },
    legacyClients: {
      type: 'object',
      title: 'the terms of the profile legacy-clients',
      description: `an object with ${Object.keys(LEGACY_CLIENTS).join(', ')}`,
      properties: LEGACY_CLIENTS,
      required: Object.keys(LEGACY_CLIENTS),
      additionalProperties: false,
    },
    parameters: parametersSchema,
    switchedOff: {
      type: 'array',
      title: 'rules that do not run',
      description: `a list of at most ${MOST_SWITCHED_OFF} rules`,
      maxItems: MOST_SWITCHED_OFF,
      items: {
        type: 'object',
        description: `a rule with ${Object.keys(SWITCHED_OFF).join(', ')}`,
        properties: SWITCHED_OFF,
        required: Object.keys(SWITCHED_OFF),
        additionalProperties: false,
      },
    },
    rulesAsOf: {
      type: 'string',
      title: 'the version whose rules and levels are asked for',
      description: 'a version of this package, such as 0.1.0',
      pattern: '^\\d{1,6}\\.\\d{1,6}(\\.\\d{1,6})?$',
    },
  },
  additionalProperties: false,
};
