import { REQUIRED_FIELDS, SCOPE_FIELDS, WAIVER_FIELDS } from '../../core/waivers';

/** The version of the file's shape; it changes when a reader of the last one could go wrong. */
export const WAIVER_FILE_VERSION = 1;

/** More exceptions than these are no exceptions. */
export const MOST_WAIVERS = 1000;

const { resource, ...otherScopes } = SCOPE_FIELDS;
const { ticket, ...otherFields } = WAIVER_FIELDS;

/**
 * The published schema of a file of waivers: what an editor can tell while it is written.
 *
 * It cannot tell what depends on the day, on the app, or on two fields together: the rules on waivers do.
 */
export const waiverFileSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: `urn:cdk-secure-transmission:waivers:${WAIVER_FILE_VERSION}`,
  title: 'Waivers for secure-transmission check --waivers',
  description:
    'Findings that are accepted for a time, each with a reason, an owner and an end. A waiver covers what agrees with all of construct, template and resource that it gives.',
  type: 'object',
  required: ['version', 'waivers'],
  properties: {
    $schema: { type: 'string' },
    version: { const: WAIVER_FILE_VERSION },
    waivers: {
      type: 'array',
      maxItems: MOST_WAIVERS,
      items: {
        type: 'object',
        required: REQUIRED_FIELDS,
        properties: {
          ...otherFields,
          ticket: { description: ticket?.description, anyOf: [ticket, { type: 'integer' }] },
          ...otherScopes,
          resource: {
            description: resource?.description,
            anyOf: [resource, { type: 'array', minItems: 1, items: resource }],
          },
        },
        additionalProperties: false,
        // Never the whole app.
        anyOf: Object.keys(SCOPE_FIELDS).map((key) => ({ required: [key] })),
      },
    },
  },
  additionalProperties: false,
} as const;
