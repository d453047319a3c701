import { tlsPolicySchema } from '../core/tls';
import { settingsSchema } from '../judge/profiles';

/** More names than these are no additions. */
const MOST_TLS_POLICIES = 200;

/**
 * The published schema of a configuration file: what an editor can tell while it is written.
 *
 * It cannot tell what depends on the day, on the rules that there are, or on two settings together: the reader does.
 */
export const configurationSchema: Readonly<Record<string, unknown>> = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'urn:cdk-secure-transmission:check-configuration:1',
  title: 'Settings for secure-transmission --config',
  description: 'How rules judge. Nothing is judged by settings that are wrong.',
  type: 'object',
  properties: {
    $schema: { type: 'string' },
    ...settingsSchema.properties,
    tlsPolicies: {
      type: 'array',
      title: 'TLS policies that AWS has published and the catalogue does not know yet',
      description: `a list of at most ${MOST_TLS_POLICIES} TLS policies`,
      maxItems: MOST_TLS_POLICIES,
      items: tlsPolicySchema,
    },
  },
  additionalProperties: false,
};
