import { configurationSchema } from '../../lib/cli/configuration-schema';

export const page = 'schemas/check-configuration.schema.json';

/** The published schema of a configuration file: made of what the reader works by. */
export function render(): string {
  return `${JSON.stringify(configurationSchema, null, 2)}\n`;
}
