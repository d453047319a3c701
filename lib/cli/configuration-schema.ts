import type { Schema } from '../core/schema';
import { tlsPolicySchema } from '../core/tls';
import { settingsSchema } from '../judge/profiles';
import { runSettingsSchema } from './run-settings-schema';

/** More names than these are no additions. */
const MOST_TLS_POLICIES = 200;

/** What a configuration file may hold, but for the entries of `tlsPolicies`, which have a reader of their own. */
export const fileSchema: Schema & { readonly properties: Readonly<Record<string, Schema>> } = {
  type: 'object',
  description: 'an object of settings',
  properties: {
    $schema: { type: 'string', description: 'where the schema of this file is' },
    ...runSettingsSchema,
    ...settingsSchema.properties,
    tlsPolicies: {
      type: 'array',
      title: 'TLS policies that AWS has published and the catalogue does not know yet',
      description: `a list of at most ${MOST_TLS_POLICIES} TLS policies`,
      maxItems: MOST_TLS_POLICIES,
    },
  },
  additionalProperties: false,
};

/**
 * The published schema of a configuration file: what an editor can tell while it is written.
 *
 * It cannot tell what depends on the day, on the rules that there are, or on two settings together: the reader does.
 */
export const configurationSchema: Readonly<Record<string, unknown>> = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'urn:cdk-secure-transmission:check-configuration:1',
  title: 'Settings for secure-transmission --config',
  description: 'What is judged, and how. Nothing is judged by settings that are wrong.',
  type: 'object',
  properties: {
    ...fileSchema.properties,
    tlsPolicies: { ...fileSchema.properties.tlsPolicies, items: tlsPolicySchema },
  },
  additionalProperties: false,
};
