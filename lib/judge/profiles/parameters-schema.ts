import { TRANSFER_BASES } from '../../core/classification';
import type { Schema } from '../../core/schema';
import { DEFAULT_RULE_PARAMETERS, type RuleParameters } from '../rules/parameters';

const DEFAULTS = DEFAULT_RULE_PARAMETERS;
const DAY = '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$';
/** One line, in which nothing is hidden. */
const LINE = '^(?!\\s)[^\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Zl}\\p{Zp}]+(?<!\\s)$';
const COUNTRY: Schema = {
  type: 'string',
  description: 'a country as two capital letters (ISO 3166-1)',
  pattern: '^[A-Z]{2}$',
  examples: ['DE'],
};

const text = (description: string, minLength: number, maxLength: number): Schema => ({
  type: 'string',
  description,
  pattern: LINE,
  minLength,
  maxLength,
});

const day = (about: string): Schema => ({
  type: 'string',
  description: `${about}: a day such as 2026-11-22`,
  pattern: DAY,
});

const days = (title: string, minimum: number, maximum: number, otherwise: number): Schema => ({
  type: 'integer',
  title,
  description: `a whole number of days from ${minimum} to ${maximum}`,
  minimum,
  maximum,
  default: otherwise,
});

const list = (description: string, items: Schema, more: Partial<Schema> = {}): Schema => ({
  type: 'array',
  description,
  items,
  minItems: 1,
  maxItems: 200,
  uniqueItems: true,
  ...more,
});

const recipient: Schema = {
  type: 'object',
  description: 'a recipient with name and agreement',
  properties: {
    name: text('its name, in 2 to 100 characters', 2, 100),
    agreement: text('where the contract is to be found, in 2 to 300 characters', 2, 300),
    hosts: list('a list of 1 to 200 hosts', {
      type: 'string',
      description: 'a host in small letters, without scheme and path',
      pattern: '^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$',
      examples: ['api.parcels.example'],
    }),
    accounts: list('a list of 1 to 200 accounts', {
      type: 'string',
      description: 'the 12 digits of an account of AWS, in quotes',
      pattern: '^\\d{12}$',
      examples: ['111122223333'],
    }),
    transferBases: list('a list of bases for a transfer', {
      type: 'string',
      description: `one of ${Object.keys(TRANSFER_BASES).join(', ')}`,
      enum: Object.keys(TRANSFER_BASES),
    }),
  },
  required: ['name', 'agreement'],
  additionalProperties: false,
};

const transferLists: Schema = {
  type: 'object',
  title: 'what you know better than the lists of countries that Chapter V of the GDPR goes by',
  description: 'changes with the day of their review',
  properties: {
    reviewed: day('the day on which the changed lists were compared with their sources'),
    add: {
      type: 'array',
      description: 'decisions that are new, or replace those of the same country',
      maxItems: 200,
      items: {
        type: 'object',
        description: 'a decision with country, decision, adopted and source',
        properties: {
          country: COUNTRY,
          decision: text('the number of the decision', 3, 100),
          adopted: day('the day it was adopted'),
          ends: day('the last day on which it holds'),
          covers: text('whom or what it covers, where that is not everyone there', 3, 300),
          source: text('where it was looked up, in 10 to 500 characters', 10, 500),
        },
        required: ['country', 'decision', 'adopted', 'source'],
        additionalProperties: false,
      },
    },
    repeal: list('a list of countries whose decision no longer holds', COUNTRY),
    regions: {
      type: 'object',
      description: 'regions with their countries, which the lists lack or have elsewhere',
    },
  },
  required: ['reviewed'],
  additionalProperties: false,
};

/** The schema of each parameter. Bounds keep a rule from saying another thing than its id does. */
const PARAMETERS: Readonly<Record<keyof RuleParameters, Schema>> = {
  // KMS takes 90 to 2560 days; a rule that asks for a year takes no more.
  // https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKeyRotation.html
  keyRotationDays: days(
    'after how many days the material of a key is replaced: the cryptoperiod (PCI DSS 3.7.4)',
    90,
    365,
    DEFAULTS.keyRotationDays,
  ),
  secretRotationDays: days(
    'after how many days a secret is replaced (PCI DSS 8.3.9, 8.6.3)',
    1,
    90,
    DEFAULTS.secretRotationDays,
  ),
  logRetentionLeastDays: days(
    'how long log groups keep their entries at least (PCI DSS 10.5.1)',
    365,
    3653,
    DEFAULTS.logRetentionLeastDays,
  ),
  logRetentionMostDays: days(
    'after how long log groups have forgotten their entries (GDPR 5(1)(e))',
    365,
    3653,
    DEFAULTS.logRetentionMostDays,
  ),
  allowedRegions: list(
    'a list of 1 to 50 regions',
    {
      type: 'string',
      description: 'a region as AWS spells it',
      pattern: '^[a-z]{2,4}(-[a-z]+)+-\\d{1,2}$',
      examples: ['eu-central-1'],
    },
    { title: 'regions that personal data may be in, where that is less than the law allows', maxItems: 50 },
  ),
  recipients: list('a list of at most 200 recipients', recipient, {
    title: 'the register of processors and recipients (GDPR 28, 30(1)(d))',
    minItems: 0,
  }),
  userAttributes: list(
    'a list of attributes of Amazon Cognito',
    {
      type: 'string',
      description: 'the name of an attribute of Amazon Cognito',
      pattern: '^(custom:)?[A-Za-z0-9_.-]{1,32}$',
      examples: ['email'],
    },
    {
      title: 'what users may be asked for when they sign up (GDPR 5(1)(c))',
      default: DEFAULTS.userAttributes,
      minItems: 0,
    },
  ),
  maskedIdentifiers: list(
    'a list of data identifiers of CloudWatch Logs',
    {
      type: 'string',
      description: 'the name of a data identifier of CloudWatch Logs',
      pattern: '^[A-Za-z0-9][A-Za-z0-9_-]{0,127}$',
      examples: ['EmailAddress'],
    },
    { title: 'what logs that hold personal data mask (GDPR 25(1))', default: DEFAULTS.maskedIdentifiers },
  ),
  assessmentDays: days(
    'after how many days an assessment of impact has to be looked at again (GDPR 35(11))',
    30,
    365,
    DEFAULTS.assessmentDays,
  ),
  transferLists,
};

/** The schema of parameters. */
export const parametersSchema: Schema = {
  type: 'object',
  title: 'what your organisation decides and rules ask for',
  description: 'an object of parameters',
  properties: PARAMETERS,
  additionalProperties: false,
};
