import { baselineConfigurationSchema } from '../../lib/stacks/configuration-schema';

export const page = 'schemas/baseline-configuration.schema.json';

/** The published schema of the baseline's configuration: a copy of what the validator works by. */
export function render(): string {
  return `${JSON.stringify(baselineConfigurationSchema, null, 2)}\n`;
}
