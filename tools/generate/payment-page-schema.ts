import { APPROVED_SCHEMA } from '../../lib/live/payment-page/approved-schema';

export const page = 'schemas/payment-page.schema.json';

/** The published schema of an approved list: the one that the reader checks. */
export function render(): string {
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'urn:cdk-secure-transmission:payment-page:1',
    title: 'What was approved for payment pages, for secure-transmission payment-page check --approved',
    ...APPROVED_SCHEMA,
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}
